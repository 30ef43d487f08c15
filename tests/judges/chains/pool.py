"""Makes pool.json anew: the numbers of the keys that generate.py signs with. Needs openssl.

Keys of a test, each of which is in this file for everybody to read: python3 pool.py > pool.json
"""

import json
import re
import subprocess

CURVES = {
    "p192": ("prime192v1", "1.2.840.10045.3.1.1"),
    "p224": ("secp224r1", "1.3.132.0.33"),
    "p256": ("prime256v1", "1.2.840.10045.3.1.7"),
    "p384": ("secp384r1", "1.3.132.0.34"),
    "p521": ("secp521r1", "1.3.132.0.35"),
    "k256": ("secp256k1", "1.3.132.0.10"),
    "brainpool256": ("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7"),
}
# Bits of the modulus, and how many keys; the largest is of many primes, which takes less long.
RSA = [(512, 1), (1016, 1), (1024, 2), (2048, 6), (2056, 1), (3072, 2), (4096, 1)]
LARGE = 8208


def openssl(*arguments, given=None):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=True, input=given).stdout


def prime(bits):
    return int(openssl("prime", "-generate", "-bits", str(bits)))


def rsa(bits, parts=2):
    while True:
        primes = [prime(bits // parts) for _ in range(parts)]
        modulus = 1
        for one in primes:
            modulus *= one
        if modulus.bit_length() == bits and len(set(primes)) == parts and all(p % 65537 != 1 for p in primes):
            return [str(one) for one in primes]


def numbers(text):
    """The hexadecimal blocks of openssl's text, by what stands before each."""
    found = {}
    for name, block in re.findall(r"^\s*([A-Za-z]+)[^:\n]*:\s*\n((?:\s+[0-9a-f:]+\n)+)", text, re.M):
        found[name] = str(int(re.sub(r"[\s:]", "", block), 16))
    for name, number in re.findall(r"^\s*([A-Za-z]+):\s+(\d+)(?: \(0x[0-9a-f]+\))?$", text, re.M):
        found[name] = number
    return found


def dsa(p, q):
    parameters = openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", f"dsa_paramgen_bits:{p}",
                         "-pkeyopt", f"dsa_paramgen_q_bits:{q}")
    found = numbers(openssl("dsaparam", "-text", "-noout", given=parameters).decode())
    return [found["P"], found["Q"], found["G"]]


def curve(name, oid):
    text = openssl("ecparam", "-name", name, "-param_enc", "explicit", "-text", "-noout").decode()
    found = numbers(text.replace("Prime:", "Prime :\n"))
    point = int(found["Generator"])
    size = (int(found["Prime"]).bit_length() + 7) // 8
    return {"oid": oid, "p": found["Prime"], "a": found["A"], "b": found["B"], "n": found["Order"],
            "x": str(point >> size * 8 & (1 << size * 8) - 1), "y": str(point & (1 << size * 8) - 1)}


if __name__ == "__main__":
    curves = {name: curve(*row) for name, row in CURVES.items()}
    keys = {f"rsa-{bits}-{index}": rsa(bits) for bits, count in RSA for index in range(count)}
    keys[f"rsa-{LARGE}-0"] = rsa(LARGE, 8)
    sizes = [(1024, 160), (2048, 224), (2048, 256), (3072, 256)]
    groups = {f"dsa-{p}-{q}": dsa(p, q) for p, q in sizes}
    groups["dsa-768-160"] = dsa(768, 160)
    pool = {"rsa": keys, "dsa": groups, "curves": curves}
    print(json.dumps(pool, indent=1))
