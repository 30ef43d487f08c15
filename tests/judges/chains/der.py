"""DER: the few encodings that certificates are made of."""


def encode(tag, contents):
    """A tag, the length, the contents."""
    size = len(contents)
    if size < 128:
        return bytes([tag, size]) + contents
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + contents


def sequence(*parts):
    return encode(0x30, b"".join(parts))


def integer(number):
    return encode(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def boolean(value):
    return encode(0x01, b"\xff" if value else b"\x00")


def octets(contents):
    return encode(0x04, contents)


def bits(contents, unused=0):
    return encode(0x03, bytes([unused]) + contents)


def oid(text):
    first, second, *rest = (int(part) for part in text.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        group = bytes([arc & 0x7F])
        while arc := arc >> 7:
            group = bytes([arc & 0x7F | 0x80]) + group
        out += group
    return encode(0x06, out)


def tagged(number, contents, constructed=True):
    return encode((0xA0 if constructed else 0x80) | number, contents)


NULL = encode(0x05, b"")
