"""Every signature algorithm once, by a trusted CA's key of every kind, and its forged twin.

python3 algorithms.py SEED prints the cases as generate.py does.
"""

import random
import sys

import der
from certificates import Certificate, authority, name
from generate import forged, line
from keys import POOL, Dsa, Ec, Edwards, Rsa
from signatures import UNKNOWN, digested, edwards, every, pkcs1, pss, pss_parameters, unknown


def odd(key):
    """Schemes whose parameters are not those that belong there."""
    if key.family == "rsa":
        yield "no-parameters", pkcs1(key, "sha256", b"")
        yield "octets", pkcs1(key, "sha256", der.octets(b"x"))
        yield "pss-absent", pss(key, "sha1", "sha1", 20, b"")
        yield "pss-null", pss(key, "sha1", "sha1", 20, der.NULL)
        yield "pss-whole", pss(key, "sha1", "sha1", 20, pss_parameters("sha1", "sha1", 20, 1, True))
        yield "pss-trailer-2", pss(key, "sha256", "sha256", 32, pss_parameters("sha256", "sha256", 32, 2))
        yield "pss-other-salt", pss(key, "sha256", "sha256", 20, pss_parameters("sha256", "sha256", 32))
        yield "pss-other-mask", pss(key, "sha256", "sha1", 32, pss_parameters("sha256", "sha256", 32))
        yield "pss-garbage", pss(key, "sha256", "sha256", 32, der.octets(b"x"))
    elif key.family in ("ec", "dsa"):
        yield "null", digested(key, "sha256", der.NULL)
        yield "octets", digested(key, "sha256", der.octets(b"x"))
    else:
        yield "null", edwards(key, der.NULL)
        yield "octets", edwards(key, der.octets(b"x"))
    for oid in UNKNOWN:
        yield "unknown", unknown(oid)


def keys(rng):
    for kind in POOL["rsa"]:
        if kind.endswith("-0"):
            yield Rsa(kind)
    yield Rsa("rsa-2048-0", b"")
    yield Rsa("rsa-2048-0", pss_parameters("sha256", "sha256", 32))
    yield Rsa("rsa-2048-0", pss_parameters("sha1", "sha1", 20))
    for kind in POOL["dsa"]:
        yield Dsa(kind, rng)
    yield Dsa("dsa-2048-256", rng, inherited=True)
    for kind in POOL["curves"]:
        yield Ec(kind, rng)
    yield Ec("p256", rng, explicit=True)
    yield Edwards("ed25519", rng)
    yield Edwards("ed448", rng)


def main(seed):
    rng = random.Random(seed)
    subject, leaf = Ec("p256", rng), name("CN=node")
    for key in keys(rng):
        root = Certificate(name("CN=ca"), name("CN=ca"), key, 1)
        authority(root)
        other = Rsa("rsa-2048-1")
        anchor = root.sign(pkcs1(other, "sha256"), rng)
        for why, scheme in [("", scheme) for scheme in every(key)] + list(odd(key)):
            signed = Certificate(leaf, name("CN=ca"), subject, 2).sign(scheme, rng)
            if signed is None:
                continue
            case = f"{key.name}/{scheme.name}" + (f"/{why}" if why else "")
            print(line(case, [anchor], [signed]))
            print(line(f"{case}/forged", [anchor], [forged(signed, rng)]))
        crossed = digested(Ec("p256", rng), "sha256") if key.family != "ec" else pkcs1(other, "sha256")
        signed = Certificate(leaf, name("CN=ca"), subject, 2).sign(crossed, rng)
        print(line(f"{key.name}/{crossed.name}/of-another-kind", [anchor], [signed]))
        mixed = Certificate(leaf, name("CN=ca"), subject, 2)
        mixed.inner = pkcs1(other, "sha1").identifier
        signed = mixed.sign(every(key)[3 if key.family != "ed25519" and key.family != "ed448" else 0], rng)
        if signed:
            print(line(f"{key.name}/inner-differs", [anchor], [signed]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
