"""Extensions that Java parses, well-formed and not."""

import der
from certificates import PURPOSES, dns, name, usages

ANY_POLICY = "2.5.29.32.0"
POLICIES, MAPPINGS, POLICY_CONSTRAINTS, INHIBIT_ANY = "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"
PRACTICE = der.sequence(der.oid("1.3.6.1.5.5.7.2.1"), der.encode(0x16, b"https://ca.example.com/cps"))


def uri(text):
    return der.tagged(6, text.encode(), constructed=False)


def policy(oid, qualified=False):
    return der.sequence(der.oid(oid), der.sequence(PRACTICE) if qualified else b"")


def small(number, value):
    """An INTEGER with the context-specific tag of a number."""
    return der.tagged(number, der.integer(value)[2:], constructed=False)


def point(*parts):
    return der.sequence(der.sequence(*parts))


URI = uri("http://crl.example.com/ca.crl")
FULL_NAME = der.tagged(0, der.tagged(0, URI))
OCSP = der.sequence(der.oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp.example.com"))
LDAP = der.sequence(der.oid("1.3.6.1.5.5.7.48.2"), uri("ldap:///CN=ca,CN=AIA?cACertificate?base"))
OTHER_NAME = der.tagged(0, der.oid("2.5.4.3") + der.tagged(0, der.encode(0x0C, b"node1")))
TIME = b"20240101000000Z"
RELATIVE = der.sequence(der.oid("2.5.4.3"), der.encode(0x0C, b"x"))
# Object identifier: values that are well-formed.
WELL_FORMED = {
    "2.5.29.9": [der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.9.4"), der.encode(0x31, der.encode(0x13, b"DE"))))],
    "2.5.29.14": [der.octets(bytes(20))],
    "2.5.29.15": [usages("digitalSignature"), usages("digitalSignature", "keyCertSign", "cRLSign")],
    "2.5.29.16": [der.sequence(der.tagged(0, TIME, False), der.tagged(1, TIME, False)),
                  der.sequence(der.tagged(1, TIME, False))],
    "2.5.29.17": [der.sequence(dns("node1.example.com"), URI, OTHER_NAME), der.sequence(uri("urn:node1")),
                  der.sequence(der.tagged(8, der.oid("1.2.3")[2:], False), der.tagged(4, name("CN=x")))],
    "2.5.29.18": [der.sequence(dns("ca.example.com"), der.tagged(1, b"a@example.com", False))],
    "2.5.29.19": [der.sequence(), der.sequence(der.boolean(True)),
                  der.sequence(der.boolean(True), der.integer(2)), der.sequence(der.integer(1))],
    "2.5.29.20": [der.integer(17)],
    "2.5.29.21": [der.encode(0x0A, b"\x01")],
    "2.5.29.27": [der.integer(3)],
    "2.5.29.28": [der.sequence(FULL_NAME, der.tagged(1, b"\xff", False), der.tagged(3, b"\x01\x60", False))],
    "2.5.29.29": [der.sequence(der.tagged(4, name("CN=ca")))],
    "2.5.29.30": [der.sequence(der.tagged(0, der.sequence(dns("example.com")) + der.sequence(uri(".example.com")))),
                  der.sequence(der.tagged(1, der.sequence(der.tagged(1, b"x.com", False), small(0, 0))))],
    "2.5.29.31": [point(FULL_NAME), point(FULL_NAME, der.tagged(1, b"\x01\x60", False)),
                  point(der.tagged(2, der.tagged(4, name("CN=ca")))), point(der.tagged(0, der.tagged(1, RELATIVE)))],
    "2.5.29.32": [der.sequence(policy("1.2.3.4")), der.sequence(policy(ANY_POLICY, True), policy("1.2.3.5"))],
    "2.5.29.33": [der.sequence(der.sequence(der.oid("1.2.3.4"), der.oid("1.2.3.5")))],
    "2.5.29.35": [der.sequence(der.tagged(0, bytes(20), False)),
                  der.sequence(der.tagged(1, der.tagged(4, name("CN=ca0"))), der.tagged(2, b"\x01", False))],
    "2.5.29.36": [der.sequence(small(0, 3)), der.sequence(small(0, 5), small(1, 0))],
    "2.5.29.37": [der.sequence(*(der.oid(PURPOSES[one]) for one in ("server", "client"))), der.sequence()],
    "2.5.29.46": [point(FULL_NAME)],
    "2.5.29.54": [der.integer(1)],
    "1.3.6.1.5.5.7.1.1": [der.sequence(OCSP), der.sequence(OCSP, LDAP), der.sequence()],
    "1.3.6.1.5.5.7.1.11": [der.sequence(LDAP)],
    "1.3.6.1.5.5.7.48.1.5": [der.NULL],
    "2.16.840.1.113730.1.1": [der.bits(b"\xc0", 6), der.bits(b"\x02", 1)],
    "1.3.6.1.4.1.311.20.2": [der.encode(0x1E, "Machine".encode("utf-16-be"))],
}


def damaged(value, rng):
    """A value in which something is wrong, most often."""
    what = rng.choice(["garbage", "cut", "tag", "nothing", "empty", "trailing", "bit", "bit", "inner", "wrapped"])
    if what == "garbage":
        return rng.randbytes(rng.randrange(1, 12))
    if what == "cut":
        return value[:rng.randrange(len(value))]
    if what == "tag":
        return bytes([rng.choice([0x02, 0x03, 0x04, 0x05, 0x0C, 0x30, 0x31, 0xA0])]) + value[1:]
    if what == "nothing":
        return b""
    if what == "empty":
        return value[:1] + b"\x00"
    if what == "trailing":
        return value + rng.choice([b"\x05\x00", b"\x00", b"x"])
    if what == "inner":
        return der.encode(value[0], value[2:] + rng.choice([b"\x05\x00", b"\x02\x01\x00", b"\x80\x01\x00", b"x"]))
    if what == "wrapped":
        return der.encode(rng.choice([0x30, 0x04]), value)
    at = rng.randrange(len(value))
    return value[:at] + bytes([value[at] ^ 1 << rng.randrange(8)]) + value[at + 1:]
