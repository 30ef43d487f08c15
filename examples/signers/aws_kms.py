#!/usr/bin/env python3
"""Signs with a key of AWS KMS.

    crosstrust cert --ca-cert ca.crt --ca-signer 'python3 aws_kms.py alias/transport-ca' --in instances.yml

Takes the id, ARN or alias of a key whose use is SIGN_VERIFY: RSA_2048 to RSA_4096, ECC_NIST_P256 or
ECC_NIST_P384. Credentials and region are found as boto3 finds them (environment, profile, role); they need
kms:Sign on that key, and nothing else. Only the digest is sent; with --raw what is to be signed, of which KMS
takes 4096 bytes. Needs boto3: `pip install boto3`.
"""

import base64
import json
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

ALGORITHMS = {
    "sha256WithRSAEncryption": "RSASSA_PKCS1_V1_5_SHA_256",
    "ecdsa-with-SHA256": "ECDSA_SHA_256",
    "ecdsa-with-SHA384": "ECDSA_SHA_384",
}


def sign(request, kms, key, raw):
    answer = kms.sign(
        KeyId=key,
        Message=base64.b64decode(request["message" if raw else "digest"]),
        MessageType="RAW" if raw else "DIGEST",
        SigningAlgorithm=ALGORITHMS[request["algorithm"]],
    )
    return base64.b64encode(answer["Signature"]).decode()


def main():
    raw = sys.argv[1:2] == ["--raw"]
    keys = sys.argv[2 if raw else 1 :]
    if len(keys) != 1:
        sys.exit(__doc__)
    kms = boto3.client("kms")
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            answer["signature"] = sign(request, kms, keys[0], raw)
        except KeyError as error:
            answer["error"] = f"KMS has no algorithm for {error}"
        except (BotoCoreError, ClientError) as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


main()
