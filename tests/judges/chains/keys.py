"""Keys and how they sign, in plain numbers: every key type, size, digest and parameter can be had, and the
same seed gives the same bytes. None of it is fit for anything but a test."""

import hashlib
import json
import pathlib

import der

POOL = json.loads((pathlib.Path(__file__).parent / "pool.json").read_text())
# Name: hashlib's name, object identifier.
DIGESTS = {
    "md5": ("md5", "1.2.840.113549.2.5"),
    "sha1": ("sha1", "1.3.14.3.2.26"),
    "sha224": ("sha224", "2.16.840.1.101.3.4.2.4"),
    "sha256": ("sha256", "2.16.840.1.101.3.4.2.1"),
    "sha384": ("sha384", "2.16.840.1.101.3.4.2.2"),
    "sha512": ("sha512", "2.16.840.1.101.3.4.2.3"),
    "sha512-224": ("sha512_224", "2.16.840.1.101.3.4.2.5"),
    "sha512-256": ("sha512_256", "2.16.840.1.101.3.4.2.6"),
    "sha3-224": ("sha3_224", "2.16.840.1.101.3.4.2.7"),
    "sha3-256": ("sha3_256", "2.16.840.1.101.3.4.2.8"),
    "sha3-384": ("sha3_384", "2.16.840.1.101.3.4.2.9"),
    "sha3-512": ("sha3_512", "2.16.840.1.101.3.4.2.10"),
}


def digest(name, message):
    return hashlib.new(DIGESTS[name][0], message).digest()


class Rsa:
    """Of as many primes as the modulus has; the key says rsaEncryption, or RSASSA-PSS (`pss`)."""

    family = "rsa"

    def __init__(self, name, pss=None):
        self.name = name if pss is None else f"{name}-pss"
        self.primes = [int(prime) for prime in POOL["rsa"][name]]
        self.modulus, order = 1, 1
        for prime in self.primes:
            self.modulus, order = self.modulus * prime, order * (prime - 1)
        self.exponent = 65537
        secret = pow(self.exponent, -1, order)
        self.parts = [(p, secret % (p - 1), pow(self.modulus // p, -1, p)) for p in self.primes]
        self.bits = self.modulus.bit_length()
        oid = "1.2.840.113549.1.1.1" if pss is None else "1.2.840.113549.1.1.10"
        algorithm = der.sequence(der.oid(oid), der.NULL if pss is None else pss)
        key = der.sequence(der.integer(self.modulus), der.integer(self.exponent))
        self.public = der.sequence(algorithm, der.bits(key))

    def power(self, encoded):
        """The private operation, by the remainders."""
        number, total = int.from_bytes(encoded, "big"), 0
        for prime, secret, inverse in self.parts:
            total += pow(number, secret, prime) * inverse % prime * (self.modulus // prime)
        return (total % self.modulus).to_bytes((self.bits + 7) // 8, "big")

    def sign_pkcs1(self, name, message):
        info = der.sequence(der.sequence(der.oid(DIGESTS[name][1]), der.NULL), der.octets(digest(name, message)))
        fill = (self.bits + 7) // 8 - len(info) - 3
        if fill < 8:
            return None
        return self.power(b"\x00\x01" + b"\xff" * fill + b"\x00" + info)

    def sign_pss(self, parameters, message, rng):
        """RFC 8017, section 9.1.1. Nothing where the key is too small."""
        name, mask, salt_length = parameters
        hashed = digest(name, message)
        size = (self.bits - 1 + 7) // 8
        if size < len(hashed) + salt_length + 2:
            return None
        salt = rng.randbytes(salt_length)
        hashed = digest(name, bytes(8) + hashed + salt)
        block = bytes(size - salt_length - len(hashed) - 2) + b"\x01" + salt
        masked = bytes(a ^ b for a, b in zip(block, mgf(mask, hashed, len(block))))
        masked = bytes([masked[0] & 0xFF >> 8 * size - (self.bits - 1)]) + masked[1:]
        return self.power(masked + hashed + b"\xbc")


def mgf(name, seed, length):
    out, counter = b"", 0
    while len(out) < length:
        out += digest(name, seed + counter.to_bytes(4, "big"))
        counter += 1
    return out[:length]


def leftmost(name, message, order):
    number = int.from_bytes(digest(name, message), "big")
    return number >> max(len(digest(name, b"")) * 8 - order.bit_length(), 0)


class Ec:
    """On a named curve; with `explicit`, the key writes the curve out."""

    family = "ec"

    def __init__(self, name, rng, explicit=False):
        row = POOL["curves"][name]
        self.name = f"ec-{name}" + ("-explicit" if explicit else "")
        self.p, self.a, self.b, self.n, x, y = (int(row[k]) for k in ("p", "a", "b", "n", "x", "y"))
        self.base = (x, y)
        self.bits = self.n.bit_length()
        self.secret = rng.randrange(1, self.n)
        size = (self.p.bit_length() + 7) // 8
        point = lambda pair: b"\x04" + b"".join(c.to_bytes(size, "big") for c in pair)
        curve = der.oid(row["oid"])
        if explicit:
            field = der.sequence(der.oid("1.2.840.10045.1.1"), der.integer(self.p))
            numbers = der.sequence(*(der.octets(c.to_bytes(size, "big")) for c in (self.a, self.b)))
            curve = der.sequence(der.integer(1), field, numbers, der.octets(point(self.base)), der.integer(self.n),
                                 der.integer(1))
        algorithm = der.sequence(der.oid("1.2.840.10045.2.1"), curve)
        self.public = der.sequence(algorithm, der.bits(point(self.times(self.secret))))

    def times(self, factor):
        """The base point, so many times, in Jacobian coordinates."""
        total = None
        for bit in bin(factor)[2:]:
            total = self.double(total) if total else None
            if bit == "1":
                total = self.add(total)
        x, y, z = total
        inverse = pow(z, -1, self.p)
        return x * inverse**2 % self.p, y * inverse**3 % self.p

    def double(self, point):
        (x, y, z), p = point, self.p
        s, m = 4 * x * y * y % p, (3 * x * x + self.a * pow(z, 4, p)) % p
        x3 = (m * m - 2 * s) % p
        return x3, (m * (s - x3) - 8 * pow(y, 4, p)) % p, 2 * y * z % p

    def add(self, point):
        """The base point more."""
        (x2, y2), p = self.base, self.p
        if point is None:
            return x2, y2, 1
        x1, y1, z1 = point
        u, s = x2 * z1 * z1 % p, y2 * z1 * z1 * z1 % p
        h, r = (u - x1) % p, (s - y1) % p
        if h == 0:
            return self.double(point)
        x3 = (r * r - h**3 - 2 * x1 * h * h) % p
        return x3, (r * (x1 * h * h - x3) - y1 * h**3) % p, h * z1 % p

    def sign(self, name, message, rng):
        number = leftmost(name, message, self.n)
        nonce = rng.randrange(1, self.n)
        r = self.times(nonce)[0] % self.n
        return der.sequence(der.integer(r), der.integer(pow(nonce, -1, self.n) * (number + r * self.secret) % self.n))


class Dsa:
    """Of a group of the pool; with `inherited`, the key leaves the group out."""

    family = "dsa"

    def __init__(self, name, rng, inherited=False):
        self.name = name + ("-inherited" if inherited else "")
        self.p, self.q, self.g = (int(number) for number in POOL["dsa"][name])
        self.bits = self.p.bit_length()
        self.secret = rng.randrange(1, self.q)
        group = der.sequence(der.integer(self.p), der.integer(self.q), der.integer(self.g))
        algorithm = der.sequence(der.oid("1.2.840.10040.4.1"), b"" if inherited else group)
        self.public = der.sequence(algorithm, der.bits(der.integer(pow(self.g, self.secret, self.p))))

    def sign(self, name, message, rng):
        number = leftmost(name, message, self.q)
        nonce = rng.randrange(1, self.q)
        r = pow(self.g, nonce, self.p) % self.q
        return der.sequence(der.integer(r), der.integer(pow(nonce, -1, self.q) * (number + r * self.secret) % self.q))


class Edwards:
    """Ed25519 and Ed448 (RFC 8032): the base point in affine numbers, slow and short."""

    def __init__(self, family, rng):
        self.name = self.family = family
        big = family == "ed448"
        self.size = 57 if big else 32
        self.p = 2**448 - 2**224 - 1 if big else 2**255 - 19
        self.a = 1 if big else -1
        self.d = -39081 if big else -121665 * pow(121666, -1, self.p) % self.p
        self.n = (2**446 - 13818066809895115352007386748515426880336692474882178609894547503885 if big
                  else 2**252 + 27742317777372353535851937790883648493)
        y = (298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660
             if big else 4 * pow(5, -1, self.p) % self.p)
        x = (224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710
             if big else 15112221349535400772501151409588531511454012693041857206046113283949847762202)
        self.base = (x, y, 1)
        self.seed = rng.randbytes(self.size)
        expanded = self.hash(self.seed)
        secret = bytearray(expanded[: self.size])
        if big:
            secret[0] &= 252
            secret[55] |= 128
            secret[56] = 0
        else:
            secret[0] &= 248
            secret[31] = secret[31] & 127 | 64
        self.secret, self.prefix = int.from_bytes(secret, "little"), expanded[self.size:]
        self.point = self.times(self.secret)
        self.bits = self.size * 8
        self.oid = "1.3.101.113" if big else "1.3.101.112"
        self.public = der.sequence(der.sequence(der.oid(self.oid)), der.bits(self.point))

    def hash(self, data):
        return hashlib.shake_256(data).digest(114) if self.size == 57 else hashlib.sha512(data).digest()

    def add(self, one, other):
        (x1, y1, z1), (x2, y2, z2), p = one, other, self.p
        a, c, d = z1 * z2 % p, x1 * x2 % p, y1 * y2 % p
        b, e = a * a % p, self.d * c * d % p
        f, g = (b - e) % p, (b + e) % p
        x = a * f * ((x1 + y1) * (x2 + y2) - c - d) % p
        return x, a * g * (d - self.a * c) % p, f * g % p

    def times(self, factor):
        total, step = (0, 1, 1), self.base
        while factor:
            if factor & 1:
                total = self.add(total, step)
            step, factor = self.add(step, step), factor >> 1
        inverse = pow(total[2], -1, self.p)
        x, y = total[0] * inverse % self.p, total[1] * inverse % self.p
        encoded = bytearray(y.to_bytes(self.size, "little"))
        encoded[-1] |= (x & 1) << 7
        return bytes(encoded)

    def sign(self, message):
        start = b"SigEd448\x00\x00" if self.size == 57 else b""
        nonce = int.from_bytes(self.hash(start + self.prefix + message), "little") % self.n
        point = self.times(nonce)
        challenge = int.from_bytes(self.hash(start + point + self.point + message), "little")
        return point + ((nonce + challenge * self.secret) % self.n).to_bytes(self.size, "little")
