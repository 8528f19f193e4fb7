"""Verify the chain of evidence in an export: python3 verify.py evidence.csv [HEAD]

Standard library only. Each line of the file is an entry: leaf = SHA-256(0x00, salt, entry), and
head = SHA-256(0x01, n as eight bytes, head before, leaf). The head before the first is 32 zero bytes.
An entry without salt and words was erased; its leaf stays. HEAD is one that was kept elsewhere, or its
first 16 digits or more: it must be the head of one of the entries.
"""

import csv
import sys
from hashlib import sha256


def verify(path: str, wanted: str = "") -> "tuple[int, str, str]":
    """How many entries there are, the last head, and what does not fit (empty where all does)."""
    n, head, found = 0, bytes(32), not wanted
    csv.field_size_limit(2**27)
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            try:
                number, leaf, said = int(row["n"]), bytes.fromhex(row["leaf"]), bytes.fromhex(row["head"])
                sealed = sha256(b"\x00" + bytes.fromhex(row["salt"]) + row["entry"].encode()).digest()
            except (KeyError, TypeError, ValueError):
                return n, head.hex(), f"what follows entry {n} is no entry"
            if number != n + 1:
                return n, head.hex(), f"entry {n + 1} is missing"
            if row["salt"] + row["entry"] and sealed != leaf:
                return n, head.hex(), f"entry {number} is not the one that was sealed"
            head = sha256(b"\x01" + number.to_bytes(8, "big") + head + leaf).digest()
            if head != said:
                return n, said.hex(), f"entry {number} does not follow from the one before"
            n, found = number, found or head.hex().startswith(wanted.lower())
    return n, head.hex(), "" if found else "no entry has that head"


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3 or len(sys.argv) == 3 and len(sys.argv[2]) < 16:
        sys.exit(__doc__)
    count, last, wrong = verify(*sys.argv[1:])
    print(f"{count} entries, head {last}")
    if wrong:
        sys.exit(f"It does not hold: {wrong}.")
