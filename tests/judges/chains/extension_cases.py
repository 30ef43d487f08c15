"""Extensions for Extensions.java and for us: python3 extension_cases.py SEED COUNT prints OID:HEX, well-formed
ones first."""

import random
import sys

from extensions import WELL_FORMED, damaged


def main(seed, count):
    rng = random.Random(seed)
    for oid, values in WELL_FORMED.items():
        for value in values:
            print(f"{oid}:{value.hex()}")
    for _ in range(count):
        oid = rng.choice(list(WELL_FORMED))
        value = rng.choice(WELL_FORMED[oid])
        for _ in range(rng.choice([1, 1, 1, 2])):
            value = damaged(value, rng) if value else value
        print(f"{oid}:{value.hex()}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
