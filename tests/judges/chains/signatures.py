"""Signature algorithms: AlgorithmIdentifier and signature."""

import der
from keys import DIGESTS

# Digest: object identifier of the signature algorithm.
PKCS1 = {
    "md5": "1.2.840.113549.1.1.4",
    "sha1": "1.2.840.113549.1.1.5",
    "sha224": "1.2.840.113549.1.1.14",
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
    "sha512-224": "1.2.840.113549.1.1.15",
    "sha512-256": "1.2.840.113549.1.1.16",
    "sha3-224": "2.16.840.1.101.3.4.3.13",
    "sha3-256": "2.16.840.1.101.3.4.3.14",
    "sha3-384": "2.16.840.1.101.3.4.3.15",
    "sha3-512": "2.16.840.1.101.3.4.3.16",
}
ECDSA = {
    "sha1": "1.2.840.10045.4.1",
    "sha224": "1.2.840.10045.4.3.1",
    "sha256": "1.2.840.10045.4.3.2",
    "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4",
    "sha3-224": "2.16.840.1.101.3.4.3.9",
    "sha3-256": "2.16.840.1.101.3.4.3.10",
    "sha3-384": "2.16.840.1.101.3.4.3.11",
    "sha3-512": "2.16.840.1.101.3.4.3.12",
}
DSA = {
    "sha1": "1.2.840.10040.4.3",
    "sha224": "2.16.840.1.101.3.4.3.1",
    "sha256": "2.16.840.1.101.3.4.3.2",
    "sha384": "2.16.840.1.101.3.4.3.3",
    "sha512": "2.16.840.1.101.3.4.3.4",
    "sha3-224": "2.16.840.1.101.3.4.3.5",
    "sha3-256": "2.16.840.1.101.3.4.3.6",
    "sha3-384": "2.16.840.1.101.3.4.3.7",
    "sha3-512": "2.16.840.1.101.3.4.3.8",
}
UNKNOWN = ["1.3.6.1.4.1.99999.1", "1.2.840.113549.1.1.99", "1.2.840.10045.4.3.9", "2.16.840.1.101.3.4.3.17",
           "1.2.643.7.1.1.3.2", "1.2.840.113549.1.1.2", "1.3.14.3.2.29", "1.3.14.3.2.27", "1.3.14.3.2.13",
           "1.2.840.10045.4.2", "1.2.840.10045.4.3"]


def digest_identifier(name, with_null=True):
    return der.sequence(der.oid(DIGESTS[name][1]), der.NULL if with_null else b"")


def pss_parameters(name, mask, salt, trailer=None, whole=False):
    """RSASSA-PSS-params; defaults are left out unless `whole`."""
    parts = []
    if name != "sha1" or whole:
        parts.append(der.tagged(0, digest_identifier(name)))
    if mask != "sha1" or whole:
        parts.append(der.tagged(1, der.sequence(der.oid("1.2.840.113549.1.1.8"), digest_identifier(mask))))
    if salt != 20 or whole:
        parts.append(der.tagged(2, der.integer(salt)))
    if trailer is not None:
        parts.append(der.tagged(3, der.integer(trailer)))
    return der.sequence(*parts)


class Scheme:
    """A name, the AlgorithmIdentifier, and what signs."""

    def __init__(self, name, identifier, sign):
        self.name, self.identifier, self.sign = name, identifier, sign


def pkcs1(key, name, parameters=der.NULL):
    return Scheme(f"rsa-{name}", der.sequence(der.oid(PKCS1[name]), parameters),
                  lambda message, rng: key.sign_pkcs1(name, message))


def pss(key, name, mask, salt, parameters=None):
    encoded = pss_parameters(name, mask, salt) if parameters is None else parameters
    return Scheme(f"pss-{name}-{mask}-{salt}", der.sequence(der.oid("1.2.840.113549.1.1.10"), encoded),
                  lambda message, rng: key.sign_pss((name, mask, salt), message, rng))


def digested(key, name, parameters=b""):
    """ECDSA or DSA."""
    oid = (ECDSA if key.family == "ec" else DSA)[name]
    return Scheme(f"{key.family}-{name}", der.sequence(der.oid(oid), parameters),
                  lambda message, rng: key.sign(name, message, rng))


def edwards(key, parameters=b""):
    return Scheme(key.family, der.sequence(der.oid(key.oid), parameters), lambda message, rng: key.sign(message))


def unknown(oid, parameters=der.NULL):
    return Scheme(f"oid-{oid}", der.sequence(der.oid(oid), parameters), lambda message, rng: rng.randbytes(256))


def every(key):
    """Every scheme that a key can be asked for."""
    if key.family == "rsa":
        found = [pkcs1(key, name) for name in PKCS1]
        masks = [name for name in DIGESTS if name != "md5"]
        found += [pss(key, name, name, len_of(name)) for name in masks]
        found += [pss(key, "sha256", mask, 32) for mask in masks]
        found += [pss(key, name, "sha1", 20) for name in masks]
        return found + [pss(key, "sha256", "sha256", salt) for salt in (0, 1, 20, 64, 190)]
    if key.family in ("ec", "dsa"):
        return [digested(key, name) for name in (ECDSA if key.family == "ec" else DSA)]
    return [edwards(key)]


def len_of(name):
    from keys import digest

    return len(digest(name, b""))
