#!/usr/bin/env python3
"""Signs with a key in ssh-agent, such as one that was added with a life time or asks to be confirmed.

    ssh-add -c -t 10m ca.key
    crosstrust cert --ca-cert ca.crt --ca-signer 'python3 ssh_agent.py' --in instances.yml

The key is found by itself among those of the agent at SSH_AUTH_SOCK: it is the one of the CA certificate.
RSA, and ECDSA on P-256 and P-384. The agent hashes the message itself (draft-ietf-sshm-ssh-agent, 3.6).
"""

import base64
import hashlib
import json
import os
import socket
import struct
import sys

REQUEST_IDENTITIES, IDENTITIES_ANSWER, SIGN_REQUEST, SIGN_RESPONSE = 11, 12, 13, 14
RSA_SHA2_256 = 2  # a flag of SIGN_REQUEST; the agent's own choice is SHA-1
# AlgorithmIdentifiers of public keys, in DER.
RSA = "300d06092a864886f70d0101010500"
P256 = "301306072a8648ce3d020106082a8648ce3d030107"
P384 = "301006072a8648ce3d020106052b81040022"
ALGORITHMS = {
    "sha256WithRSAEncryption": b"rsa-sha2-256",
    "ecdsa-with-SHA256": b"ecdsa-sha2-nistp256",
    "ecdsa-with-SHA384": b"ecdsa-sha2-nistp384",
}


def string(value):
    return struct.pack(">I", len(value)) + value


def strings(value):
    """The strings that a blob holds, one after the other."""
    found = []
    while value:
        (length,) = struct.unpack(">I", value[:4])
        found.append(value[4 : 4 + length])
        value = value[4 + length :]
    return found


def der(tag, *parts):
    contents = b"".join(parts)
    length = len(contents)
    if length < 128:
        return bytes([tag, length]) + contents
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(octets)]) + octets + contents


def integer(value):
    """An INTEGER of an mpint, whose octets are the same but for leading zeros."""
    number = int.from_bytes(value, "big")
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def public_key(blob):
    """The SubjectPublicKeyInfo of a key of the agent; nothing for other kinds."""
    kind, *fields = strings(blob)
    if kind == b"ssh-rsa":
        exponent, modulus = fields
        algorithm, bits = RSA, der(0x30, integer(modulus), integer(exponent))
    elif kind in (b"ecdsa-sha2-nistp256", b"ecdsa-sha2-nistp384"):
        algorithm, bits = (P256 if kind.endswith(b"256") else P384), fields[1]
    else:
        return None
    return der(0x30, bytes.fromhex(algorithm), der(3, b"\0", bits))


class Agent:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(os.environ["SSH_AUTH_SOCK"])

    def ask(self, kind, contents=b""):
        self.socket.sendall(string(bytes([kind]) + contents))
        (length,) = struct.unpack(">I", self.read(4))
        answer = self.read(length)
        return answer[0], answer[1:]

    def read(self, length):
        data = b""
        while len(data) < length:
            piece = self.socket.recv(length - len(data))
            if not piece:
                raise OSError("the agent has closed the connection")
            data += piece
        return data

    def key(self, wanted):
        kind, answer = self.ask(REQUEST_IDENTITIES)
        blobs = strings(answer[4:])[::2] if kind == IDENTITIES_ANSWER else []
        for blob in blobs:
            info = public_key(blob)
            if info and hashlib.sha256(info).hexdigest() == wanted:
                return blob
        raise ValueError(f"none of the {len(blobs)} keys of the agent is the CA's")

    def sign(self, request):
        algorithm = ALGORITHMS[request["algorithm"]]
        message = base64.b64decode(request["message"])
        flags = struct.pack(">I", RSA_SHA2_256 if algorithm == b"rsa-sha2-256" else 0)
        blob = string(self.key(request["key"]))
        kind, answer = self.ask(SIGN_REQUEST, blob + string(message) + flags)
        if kind != SIGN_RESPONSE:
            raise ValueError("the agent refuses to sign")
        used, signature = strings(strings(answer)[0])
        if used != algorithm:
            raise ValueError(f"the agent signs with {used.decode()}")
        if algorithm == b"rsa-sha2-256":
            return signature
        return der(0x30, *map(integer, strings(signature)))


def main():
    agent = Agent()
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            answer["signature"] = base64.b64encode(agent.sign(request)).decode()
        except KeyError as error:
            answer["error"] = f"an agent has no algorithm for {error}"
        except (OSError, ValueError) as error:
            answer["error"] = str(error)
        print(json.dumps(answer), flush=True)


main()
