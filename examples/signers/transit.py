#!/usr/bin/env python3
"""Signs with a key of the transit engine of OpenBao or Vault.

    export BAO_ADDR=https://bao.example.com:8200 BAO_TOKEN=…
    crosstrust cert --ca-cert ca.crt --ca-signer 'python3 transit.py transport-ca' --in instances.yml

Takes the name of the key, and with --mount where the engine is (transit). The address, the token, the
namespace and the CA of the server come from the environment: BAO_ADDR, BAO_TOKEN, BAO_NAMESPACE and
BAO_CACERT, or the same names with VAULT_. The token needs `update` on MOUNT/sign/KEY/*, and nothing else.
Only the digest is sent.
"""

import argparse
import json
import os
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request


def setting(name):
    return os.environ.get(f"BAO_{name}") or os.environ.get(f"VAULT_{name}")


def sign(request, options, tls):
    path = "/".join(
        urllib.parse.quote(part, safe="/") for part in (options.mount, "sign", options.key, hash_of(request))
    )
    asked = {"input": request["digest"], "prehashed": True, "marshaling_algorithm": "asn1"}
    if request["algorithm"].endswith("WithRSAEncryption"):
        asked["signature_algorithm"] = "pkcs1v15"  # the engine's own choice is PSS
    headers = {"X-Vault-Token": setting("TOKEN") or "", "Content-Type": "application/json"}
    if setting("NAMESPACE"):
        headers["X-Vault-Namespace"] = setting("NAMESPACE")
    address = (setting("ADDR") or "https://127.0.0.1:8200").rstrip("/")
    question = urllib.request.Request(f"{address}/v1/{path}", json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(question, timeout=30, context=tls) as answer:
        signature = json.load(answer)["data"]["signature"]
    return signature.split(":")[-1]  # vault:v1:BASE64


def hash_of(request):
    return {"sha256": "sha2-256", "sha384": "sha2-384", "sha512": "sha2-512"}[request["hash"]]


def why(error):
    """What the server says of a refusal, which is more than its status."""
    try:
        return "; ".join(json.load(error)["errors"]) or str(error)
    except (AttributeError, KeyError, TypeError, ValueError):
        return str(error)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("key")
    parser.add_argument("--mount", default="transit")
    options = parser.parse_args()
    tls = ssl.create_default_context(cafile=setting("CACERT"))
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            answer["signature"] = sign(request, options, tls)
        except urllib.error.HTTPError as error:
            answer["error"] = why(error)
        except (OSError, KeyError, ValueError) as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


main()
