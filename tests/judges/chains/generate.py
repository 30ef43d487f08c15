"""Random chains for Chains.java and for us, each with two forged twins.

python3 generate.py SEED COUNT prints NAME<TAB>TRUSTED,…<TAB>PRESENTED,… with DER in base64. The same seed gives
the same chains. NAME says what is unusual about the chain: number/change/change, then /signature or /content
for the twins, in each of which one bit is another.
"""

import base64
import random
import sys

import der
from certificates import (ALTERNATIVE_NAMES, AUTHORITY_KEY, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, KEY_USAGE,
                          NAME_CONSTRAINTS, PURPOSES, SUBJECT_KEY, USAGES, Certificate, authority, dns, key_identifier,
                          name, time, usages)
from extensions import (ANY_POLICY, INHIBIT_ANY, MAPPINGS, POLICIES, POLICY_CONSTRAINTS, WELL_FORMED, damaged, policy,
                        small, uri)
from keys import POOL, Dsa, Ec, Edwards, Rsa
from signatures import PKCS1, UNKNOWN, digested, edwards, every, pkcs1, pss, unknown


def line(case, trusted, presented):
    fields = (",".join(base64.b64encode(one).decode() for one in group) for group in (trusted, presented))
    return "\t".join([case, *fields])


def forged(certificate, rng):
    """One bit of the signature is another."""
    changed = bytearray(certificate)
    changed[-1 - rng.randrange(16)] ^= 1 << rng.randrange(8)
    return bytes(changed)


class Keys:
    """Keys of every kind, made once; RSA and P-256 are what most chains have."""

    def __init__(self, rng):
        usual = [Rsa(f"rsa-2048-{index}") for index in range(6)] + [Ec("p256", rng) for _ in range(4)]
        self.usual = usual
        self.odd = [Rsa(kind) for kind in POOL["rsa"] if not kind.startswith(("rsa-2048", "rsa-8208"))]
        self.odd += [Ec(kind, rng) for kind in POOL["curves"]] + [Edwards("ed25519", rng), Edwards("ed448", rng)]
        self.odd += [Dsa(kind, rng) for kind in POOL["dsa"] if kind != "dsa-3072-256"]
        self.odd += [Rsa("rsa-2048-0", b""), Ec("p384", rng), Ec("p521", rng), Rsa("rsa-1024-1")]

    def any(self, rng):
        return rng.choice(self.odd if rng.random() < 0.12 else self.usual)


def usual_scheme(key):
    if key.family == "rsa":
        return pkcs1(key, "sha256")
    return digested(key, "sha256") if key.family in ("ec", "dsa") else edwards(key)


class Chain:
    """Authorities from the root down, the node's certificate last; what each is signed with."""

    def __init__(self, rng, keys):
        self.rng, self.keys, self.changes = rng, keys, []
        depth = rng.choices([1, 2, 3, 4], [40, 40, 15, 5])[0]
        self.members = []
        issuer = None
        for level in range(depth + 1):
            is_leaf = level == depth
            subject = name("CN=node1") if is_leaf else name(f"CN=ca{level}")
            key = keys.any(rng)
            one = Certificate(subject, issuer.subject if issuer else subject, key, rng.randrange(1, 1 << 60))
            one.parent, one.scheme = issuer or one, None
            one.add(SUBJECT_KEY, der.octets(key_identifier(key)))
            if issuer:
                one.add(AUTHORITY_KEY, der.sequence(der.tagged(0, key_identifier(issuer.key), constructed=False)))
            if is_leaf:
                one.add(ALTERNATIVE_NAMES, der.sequence(dns("node1.example.com")))
            else:
                authority(one)
            self.members.append(one)
            issuer = one
        self.extra_trusted, self.extra_presented, self.drop_root, self.order = [], [], rng.random() < 0.6, None
        self.trust_level = 0 if rng.random() < 0.85 or depth == 1 else rng.randrange(depth)

    @property
    def leaf(self):
        return self.members[-1]

    @property
    def authorities(self):
        return self.members[:-1]

    def below(self):
        """Any but the root."""
        return self.rng.choice(self.members[1:])

    def sign(self, one):
        if getattr(one, "signed", None) is None:
            scheme = one.scheme or usual_scheme(one.parent.key)
            signed = one.sign(scheme, self.rng)
            one.signed = signed or one.sign(usual_scheme(one.parent.key), self.rng)
        return one.signed

    def usable(self):
        return all(self.sign(one) for one in self.members + self.extra_trusted + self.extra_presented)

    def lists(self):
        presented = list(reversed(self.members))
        if self.drop_root:
            presented = presented[:-1]
        presented += self.extra_presented
        if self.order:
            presented = self.order(presented)
        trusted = [self.members[self.trust_level]] + self.extra_trusted
        self.rng.shuffle(trusted)
        return [self.sign(one) for one in trusted], [self.sign(one) for one in presented]


# What may be changed. Each gives a word, or nothing where it does not apply.


def signature(chain):
    one = chain.below()
    scheme = chain.rng.choice(every(one.parent.key))
    one.scheme = scheme
    return scheme.name


def unknown_algorithm(chain):
    one = chain.below()
    one.scheme = unknown(chain.rng.choice(UNKNOWN))
    return one.scheme.name


def path_length(chain):
    one, limit = chain.rng.choice(chain.authorities), chain.rng.choice([0, 0, 1, 2, 3])
    authority(one, limit)
    return f"path-length-{limit}"


def constraints(chain):
    one = chain.rng.choice(chain.members)
    what = chain.rng.choice(["none", "not-ca", "ca", "default", "not-critical"])
    values = {"none": None, "not-ca": der.sequence(der.boolean(False)), "ca": der.sequence(der.boolean(True)),
              "default": der.sequence(), "not-critical": der.sequence(der.boolean(True))}
    one.drop(BASIC_CONSTRAINTS)
    if values[what] is not None:
        one.add(BASIC_CONSTRAINTS, values[what], what != "not-critical")
    return f"constraints-{what}"


def key_usage(chain):
    one = chain.rng.choice(chain.members)
    names = [usage for usage in USAGES if chain.rng.random() < 0.4]
    one.drop(KEY_USAGE)
    if chain.rng.random() < 0.8:
        one.add(KEY_USAGE, usages(*names), chain.rng.random() < 0.5)
    return "key-usage"


def purposes(chain):
    one = chain.rng.choice([chain.leaf, chain.leaf, chain.below()])
    chosen = chain.rng.sample(list(PURPOSES), chain.rng.randrange(1, 4))
    one.replace(EXTENDED_KEY_USAGE, der.sequence(*(der.oid(PURPOSES[each]) for each in chosen)),
                chain.rng.random() < 0.3)
    return "purposes-" + "-".join(sorted(chosen))


def validity(chain):
    one = chain.rng.choice(chain.members)
    one.validity = chain.rng.choice([(time(2010), time(2020)), (time(2030), time(2040)), (time(2020), time(2060)),
                                     (time(2026, 11, 22), time(2040)), (time(2020), time(2026, 11, 22)),
                                     (time(2020), time(2026, 11, 21))])
    return "validity"


def key_identifiers(chain):
    one, rng = chain.rng.choice(chain.members), chain.rng
    what = rng.choice(["no-subject-key", "no-authority-key", "other-subject-key", "other-authority-key",
                       "authority-serial", "authority-other-serial", "authority-issuer"])
    serial = (one.parent.serial + (what == "authority-other-serial")).to_bytes(8, "big")
    number = der.tagged(2, serial.lstrip(b"\0") if serial.lstrip(b"\0")[0] < 128 else b"\0" + serial.lstrip(b"\0"),
                        constructed=False)
    issuer = der.tagged(1, der.tagged(4, one.parent.issuer))
    if what.endswith("subject-key"):
        one.drop(SUBJECT_KEY)
        if what.startswith("other"):
            one.add(SUBJECT_KEY, der.octets(rng.randbytes(20)))
        return what
    one.drop(AUTHORITY_KEY)
    if what == "other-authority-key":
        one.add(AUTHORITY_KEY, der.sequence(der.tagged(0, rng.randbytes(20), constructed=False)))
    elif what != "no-authority-key":
        one.add(AUTHORITY_KEY, der.sequence(issuer, number))
    return what


def twin(chain, source, key=None):
    """Another certificate of an authority's name."""
    other = source.copy()
    other.key, other.serial, other.signed = key or chain.keys.any(chain.rng), chain.rng.randrange(1, 1 << 60), None
    other.replace(SUBJECT_KEY, der.octets(key_identifier(other.key)))
    if other.parent is source:
        other.parent = other
    return other


def same_name(chain):
    source = chain.rng.choice(chain.authorities)
    other = twin(chain, source)
    chain.rng.choice([chain.extra_trusted, chain.extra_presented]).append(other)
    return "same-name"


def renewed(chain):
    """The same name and key, with other dates."""
    source = chain.rng.choice(chain.authorities)
    other = twin(chain, source, source.key)
    other.validity = chain.rng.choice([(time(2020), time(2025)), (time(2021), time(2050)), (time(2027), time(2050))])
    chain.rng.choice([chain.extra_trusted, chain.extra_presented]).append(other)
    return "renewed"


def cross_signed(chain):
    """The root's name and key, signed by another authority, which may be trusted."""
    root = chain.members[0]
    above = Certificate(name("CN=above"), name("CN=above"), chain.keys.any(chain.rng), 77)
    above.parent, above.scheme = above, None
    above.add(SUBJECT_KEY, der.octets(key_identifier(above.key)))
    authority(above)
    crossed = twin(chain, root, root.key)
    crossed.issuer, crossed.parent = above.subject, above
    crossed.add(AUTHORITY_KEY, der.sequence(der.tagged(0, key_identifier(above.key), constructed=False)))
    chain.extra_presented.append(crossed)
    if chain.rng.random() < 0.7:
        chain.extra_trusted.append(above)
    return "cross-signed"


def wrong_key(chain):
    """Signed by a key that is not the issuer's."""
    one = chain.below()
    stranger = chain.keys.any(chain.rng)
    one.scheme = usual_scheme(stranger)
    return "wrong-key" if stranger is not one.parent.key else "right-key"


def order(chain):
    what = chain.rng.choice(["shuffled", "reversed-authorities", "duplicate", "duplicate-leaf", "missing"])
    rng = chain.rng

    def changed(presented):
        head, rest = presented[:1], presented[1:]
        if what == "shuffled":
            rng.shuffle(presented)
            return presented
        if what == "reversed-authorities":
            return head + rest[::-1]
        if what == "duplicate":
            return presented + [rng.choice(presented)]
        if what == "duplicate-leaf":
            return head + presented
        return head + [one for one in rest if rng.random() < 0.5]

    chain.order = changed
    return what


def old_version(chain):
    one = chain.rng.choice(chain.members)
    one.version = chain.rng.choice([1, 1, 1, 2])
    if chain.rng.random() < 0.85:
        one.extensions = []
    return f"version-{one.version}"


def extension(chain):
    one = chain.rng.choice(chain.members)
    what = chain.rng.choice(["unknown", "critical", "critical", "policies", "twice"])
    value = der.sequence(der.sequence(der.oid("2.5.29.32.0"))) if what == "policies" else der.octets(b"x")
    oid = "2.5.29.32" if what == "policies" else "1.3.6.1.4.1.99999.5"
    one.add(oid, value, what in ("critical", "policies"))
    if what == "twice":
        one.add(oid, value)
    return f"extension-{what}"


def name_constraints(chain):
    if len(chain.authorities) < 2:
        return None
    one = chain.rng.choice(chain.authorities)
    kind = chain.rng.choice([0, 1])
    subtree = chain.rng.choice([dns("example.com"), dns(".example.com"), dns("other.com"), dns(""),
                                der.tagged(4, name("O=x")), der.tagged(7, bytes([192, 0, 2, 0, 255, 255, 255, 0]), False),
                                der.tagged(1, b"example.com", False), uri("example.com"), uri(".example.com")])
    one.add(NAME_CONSTRAINTS, der.sequence(der.tagged(kind, der.sequence(subtree))), chain.rng.random() < 0.7)
    return "name-constraints"


def names(chain):
    what = chain.rng.choice(["none", "address", "many", "subject", "uri", "uri"])
    leaf = chain.leaf
    if what == "none":
        leaf.drop(ALTERNATIVE_NAMES)
    elif what == "address":
        leaf.replace(ALTERNATIVE_NAMES, der.sequence(der.tagged(7, bytes([192, 0, 2, 1]), False)))
    elif what == "many":
        leaf.replace(ALTERNATIVE_NAMES, der.sequence(dns("a.example.com"), dns("b.other.com"),
                                                     der.tagged(1, b"a@example.com", False)))
    elif what == "uri":
        place = chain.rng.choice(["urn:node1", "http://example.com/x", "https://node1.example.com:9200", "ldap:///CN=x",
                                  "https://[2001:db8::1]/", "http://192.0.2.1/", "http://node_1.example.com/",
                                  "https://user@node1.example.com/", "https://node1.other.com", "file:/x"])
        leaf.replace(ALTERNATIVE_NAMES, der.sequence(dns("node1.example.com"), uri(place)))
    else:
        leaf.subject = name("DC=com", "O=x", "CN=node1")
    return f"names-{what}"


def policies(chain):
    """Policies down the chain, which an authority may require, map or inhibit."""
    rng, known = chain.rng, ["1.2.3.4", "1.2.3.5", ANY_POLICY]
    for one in chain.members[rng.randrange(2):]:
        if rng.random() < 0.15:
            continue
        chosen = rng.sample(known, rng.choices([1, 2, 3], [60, 30, 10])[0])
        critical, qualified = rng.random() < 0.25, rng.random() < 0.2
        one.replace(POLICIES, der.sequence(*(policy(each, qualified) for each in chosen)), critical)
    words = ["policies"]
    if rng.random() < 0.6:
        limits = [(small(number, rng.choice([0, 0, 1, 2])) if rng.random() < 0.7 else b"") for number in (0, 1)]
        rng.choice(chain.members).replace(POLICY_CONSTRAINTS, der.sequence(*limits), rng.random() < 0.5)
        words.append("constraints")
    if rng.random() < 0.3:
        pairs = [[rng.choice(known[:2] * 4 + known) for _ in range(2)] for _ in range(rng.choice([1, 1, 2, 3]))]
        value = der.sequence(*(der.sequence(*map(der.oid, pair)) for pair in pairs))
        rng.choice(chain.members).replace(MAPPINGS, value, rng.random() < 0.5)
        words.append("mappings")
    if rng.random() < 0.3:
        value = der.integer(rng.choice([0, 0, 1, 2, -1]))
        rng.choice(chain.members).replace(INHIBIT_ANY, value, rng.random() < 0.85)
        words.append("inhibit-any")
    return "-".join(words)


def known_extension(chain):
    """An extension that Java parses, well-formed or not, in any certificate."""
    rng, oid = chain.rng, chain.rng.choice(list(WELL_FORMED))
    value = rng.choice(WELL_FORMED[oid])
    if is_damaged := rng.random() < 0.6:
        value = damaged(value, rng)
    critical = rng.random() < 0.35
    rng.choice(chain.members + chain.extra_trusted).replace(oid, value, critical)
    return f"{'damaged' if is_damaged else 'known'}-{oid}" + ("-critical" if critical else "")


def trusted_leaf(chain):
    chain.extra_trusted.append(chain.leaf)
    return "trusted-leaf"


CHANGES = [(signature, 22), (unknown_algorithm, 4), (path_length, 8), (constraints, 7), (key_usage, 7), (purposes, 8),
           (validity, 7), (key_identifiers, 9), (same_name, 8), (renewed, 6), (cross_signed, 7), (wrong_key, 5),
           (order, 12), (old_version, 6), (extension, 6), (name_constraints, 10), (names, 6), (trusted_leaf, 3),
           (policies, 12), (known_extension, 20)]


def make(rng, keys):
    while True:
        chain = Chain(rng, keys)
        count = rng.choices([0, 1, 2, 3, 4], [6, 34, 34, 18, 8])[0]
        for change in rng.choices(*zip(*CHANGES), k=count):
            word = change(chain)
            if word:
                chain.changes.append(word)
        if chain.usable():
            return chain


def content_forged(certificate, rng):
    """One bit of what is signed is another: in the serial number, so that it is still a certificate."""
    changed = bytearray(certificate)
    # Certificate, its length; what is signed, its length; version 3; serial number.
    start = changed.find(b"\x02", 8)
    start = changed.index(b"\xa0\x03\x02\x01", 0, 20) + 5 if b"\xa0\x03\x02\x01" in changed[:20] else start
    size = changed[start + 1]
    changed[start + 1 + size] ^= 1 << rng.randrange(8)
    return bytes(changed)


def main(seed, count):
    rng = random.Random(seed)
    keys = Keys(rng)
    for number in range(count):
        chain = make(rng, keys)
        case = "/".join([f"{seed}-{number}", *chain.changes])
        trusted, presented = chain.lists()
        print(line(case, trusted, presented))
        if not presented:
            continue
        # The first certificate: whatever path is found, it is in it.
        for twin_word, forge in (("signature", forged), ("content", content_forged)):
            changed = forge(presented[0], rng)
            others = [changed if one == presented[0] else one for one in presented]
            print(line(f"{case}/forged-{twin_word}", trusted, others))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
