#!/usr/bin/env python3
"""Signs by a command that reads the message and writes the signature, such as openssl.

    crosstrust cert --ca-cert ca.crt --ca-signer \
        'python3 command.py openssl dgst -{hash} -sign ca.key' --in instances.yml

The command runs once for each signature. `{hash}` in its words becomes sha256 or sha384, `{key}` the
SHA-256 of the public key in hexadecimal. It gets the message on standard input (with --digest its hash),
and writes the signature alone: RSA PKCS#1 v1.5, or ECDSA in DER.
"""

import base64
import json
import subprocess
import sys


def sign(request, words, part):
    names = {"{hash}": request["hash"] or "", "{key}": request["key"]}
    for name, value in names.items():
        words = [word.replace(name, value) for word in words]
    message = base64.b64decode(request[part])
    # What it says goes to our standard error, and so to the person who waits.
    return subprocess.run(words, input=message, stdout=subprocess.PIPE, check=True).stdout


def main():
    words, part = sys.argv[1:], "message"
    if words[:1] == ["--digest"]:
        words, part = words[1:], "digest"
    if not words:
        sys.exit(__doc__)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            signature = sign(request, words, part)
            answer["signature"] = base64.b64encode(signature).decode()
        except (OSError, subprocess.CalledProcessError) as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


main()
