"""Certificates, encoded by hand, so that any of them may be wrong."""

import copy
import hashlib

import der

BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE = "2.5.29.19", "2.5.29.15", "2.5.29.37"
SUBJECT_KEY, AUTHORITY_KEY, NAME_CONSTRAINTS, ALTERNATIVE_NAMES = "2.5.29.14", "2.5.29.35", "2.5.29.30", "2.5.29.17"
PURPOSES = {"server": "1.3.6.1.5.5.7.3.1", "client": "1.3.6.1.5.5.7.3.2", "code": "1.3.6.1.5.5.7.3.3",
            "any": "2.5.29.37.0"}
USAGES = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
          "cRLSign"]


def name(*attributes):
    """`CN=a`, `O=b`: a name of relative names of one attribute each."""
    types = {"CN": "2.5.4.3", "O": "2.5.4.10", "DC": "0.9.2342.19200300.100.1.25"}
    parts = []
    for attribute in attributes:
        kind, value = attribute.split("=")
        tag = 0x16 if kind == "DC" else 0x0C
        parts.append(der.encode(0x31, der.sequence(der.oid(types[kind]), der.encode(tag, value.encode()))))
    return der.sequence(*parts)


def time(year, month=1, day=1):
    text = f"{year:04}{month:02}{day:02}000000Z"
    return der.encode(0x18, text.encode()) if year >= 2050 else der.encode(0x17, text[2:].encode())


def usages(*names):
    number = 0
    for one in names:
        number |= 0x80 >> USAGES.index(one)
    unused = (number & -number).bit_length() - 1 if number else 0
    return der.bits(bytes([number]) if number else b"", unused)


def dns(text):
    return der.tagged(2, text.encode(), constructed=False)


def key_identifier(key):
    return hashlib.sha1(key.public).digest()


class Certificate:
    """The fields of a certificate that is not signed yet."""

    def __init__(self, subject, issuer, key, serial):
        self.subject, self.issuer, self.key, self.serial = subject, issuer, key, serial
        self.version = 3
        self.validity = (time(2020), time(2040))
        # Object identifier, critical, value: a list, since one may stand there twice.
        self.extensions = []
        # The AlgorithmIdentifier inside, where it is not the outer one.
        self.inner = None

    def copy(self):
        return copy.copy(self) if self.extensions is None else self._copy()

    def _copy(self):
        other = copy.copy(self)
        other.extensions = list(self.extensions)
        return other

    def add(self, oid, value, critical=False):
        self.extensions.append((oid, critical, value))

    def drop(self, oid):
        self.extensions = [one for one in self.extensions if one[0] != oid]

    def replace(self, oid, value, critical=False):
        self.drop(oid)
        self.add(oid, value, critical)

    def to_be_signed(self, identifier):
        parts = [der.tagged(0, der.integer(self.version - 1))] if self.version > 1 else []
        parts += [der.integer(self.serial), self.inner or identifier, self.issuer, der.sequence(*self.validity),
                  self.subject, self.key.public]
        if self.extensions:
            encoded = (der.sequence(der.oid(oid), der.boolean(True) if critical else b"", der.octets(value))
                       for oid, critical, value in self.extensions)
            parts.append(der.tagged(3, der.sequence(*encoded)))
        return der.sequence(*parts)

    def sign(self, scheme, rng):
        """The certificate, or nothing where the key is too small for the scheme."""
        body = self.to_be_signed(scheme.identifier)
        signature = scheme.sign(body, rng)
        return signature and der.sequence(body, scheme.identifier, der.bits(signature))


def authority(certificate, path_length=None):
    """Makes it a CA's, as elasticsearch-certutil does, with a keyUsage."""
    limit = b"" if path_length is None else der.integer(path_length)
    certificate.replace(BASIC_CONSTRAINTS, der.sequence(der.boolean(True), limit), True)
    certificate.replace(KEY_USAGE, usages("keyCertSign", "cRLSign"), True)
