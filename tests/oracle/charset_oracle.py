# SPDX-License-Identifier: Apache-2.0
"""Compares the decoders of legacy encodings with Python's codecs, and, given
the WHATWG indexes as one JSON object of lists, with those.

    winnow_charset_dump | python3 charset_oracle.py [--indexes FILE]

Prints for each encoding how many sequences were compared and how many differ,
by kind, with a few of them. Fails if a sequence differs from the WHATWG index.
"""
import argparse
import bisect
import collections
import json
import sys

# Python's nearest codec.
CODECS = {
    "euc-kr": "cp949", "gb18030": "gb18030", "big5": "big5hkscs",
    "euc-jp": "euc_jp", "shift_jis": "cp932", "windows-874": "cp874",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2", "ibm852": "cp852", "ibm855": "cp855",
    "ibm866": "cp866",
}

# GB18030-2022 took these out of private use; older copies of the index and
# Python's codec do not have them yet.
GB_2022 = {0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13,
           0xA6DD: 0xFE14, 0xA6DE: 0xFE15, 0xA6DF: 0xFE16, 0xA6EC: 0xFE17,
           0xA6ED: 0xFE18, 0xA6F3: 0xFE19, 0xFE59: 0x9FB4, 0xFE61: 0x9FB5,
           0xFE66: 0x9FB6, 0xFE67: 0x9FB7, 0xFE6D: 0x9FB8, 0xFE7E: 0x9FB9,
           0xFE90: 0x9FBA, 0xFEA0: 0x9FBB}


def from_python(label, data):
    codec = CODECS.get(label, label.replace("windows-", "cp"))
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


class Whatwg:
    """The standard's decoders, written from its text, one sequence a call."""

    def __init__(self, indexes):
        self.indexes = indexes
        self.starts = [row[0] for row in indexes["gb18030-ranges"]]

    def cell(self, index, pointer):
        table = self.indexes[index]
        code = table[pointer] if 0 <= pointer < len(table) else None
        return None if code is None else chr(code)

    def four(self, data):
        a, b, c, d = data
        p = ((a - 0x81) * 10 + b - 0x30) * 1260 + (c - 0x81) * 10 + d - 0x30
        if 39419 < p < 189000 or p > 1237575:
            return None
        if p == 7457:
            return "\ue7c7"
        row = self.indexes["gb18030-ranges"][
            bisect.bisect_right(self.starts, p) - 1]
        return chr(row[1] + p - row[0])

    def single(self, label, byte):
        if byte < 0x80:
            return chr(byte)
        if label == "gb18030":
            return "\u20ac" if byte == 0x80 else None
        if label == "shift_jis":
            if byte == 0x80:
                return "\x80"
            return chr(0xFF61 + byte - 0xA1) if 0xA1 <= byte <= 0xDF else None
        if label in ("euc-kr", "big5", "euc-jp"):
            return None
        if label == "windows-1252" and label not in self.indexes:
            return None
        return self.cell(label, byte - 0x80)

    def pair(self, label, a, b):
        if label == "euc-kr":
            return self.cell(label, (a - 0x81) * 190 + b - 0x41) \
                if 0x81 <= a <= 0xFE and 0x41 <= b <= 0xFE else None
        if label == "gb18030":
            if not 0x81 <= a <= 0xFE or not 0x40 <= b <= 0xFE or b == 0x7F:
                return None
            if a * 256 + b in GB_2022:
                return chr(GB_2022[a * 256 + b])
            return self.cell(label, (a - 0x81) * 190 + b -
                             (0x40 if b < 0x7F else 0x41))
        if label == "big5":
            if not 0x81 <= a <= 0xFE or not (0x40 <= b <= 0x7E or
                                             0xA1 <= b <= 0xFE):
                return None
            p = (a - 0x81) * 157 + b - (0x40 if b < 0x7F else 0x62)
            two = {1133: "\u00ca\u0304", 1135: "\u00ca\u030c",
                   1164: "\u00ea\u0304", 1166: "\u00ea\u030c"}
            return two.get(p) or self.cell(label, p)
        if label == "shift_jis":
            if not (0x81 <= a <= 0x9F or 0xE0 <= a <= 0xFC) or \
                    not 0x40 <= b <= 0xFC or b == 0x7F:
                return None
            p = (a - (0x81 if a < 0xA0 else 0xC1)) * 188 + b - (
                0x40 if b < 0x7F else 0x41)
            if 8836 <= p <= 10715:
                return chr(0xE000 - 8836 + p)
            return self.cell("jis0208", p)
        if label == "euc-jp":
            if a == 0x8E and 0xA1 <= b <= 0xDF:
                return chr(0xFF61 + b - 0xA1)
            return self.cell("jis0208", (a - 0xA1) * 94 + b - 0xA1) \
                if 0xA1 <= a <= 0xFE and 0xA1 <= b <= 0xFE else None
        return None

    def decode(self, label, data):
        if len(data) == 1:
            return self.single(label, data[0])
        if len(data) == 3:
            return self.cell("jis0212",
                             (data[1] - 0xA1) * 94 + data[2] - 0xA1)
        if len(data) == 4:
            return self.four(data)
        first = self.single(label, data[0])
        if first is not None:
            second = self.decode(label, data[1:])
            return None if second is None else first + second
        return self.pair(label, *data)


def report(name, compared, kinds, samples):
    total = sum(kinds.values())
    print(f"{name}: {compared} compared, {total} differ"
          + "".join(f", {n} {k}" for k, n in sorted(kinds.items())))
    for data, ours, theirs in samples:
        show = lambda s: "-" if s is None else "+".join(
            f"U+{ord(c):04X}" for c in s)
        print(f"    {data.hex()} ours {show(ours)} theirs {show(theirs)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--indexes")
    parser.add_argument("--samples", type=int, default=3)
    args = parser.parse_args()
    whatwg = None
    if args.indexes:
        with open(args.indexes) as f:
            whatwg = Whatwg(json.load(f))
    compared = collections.Counter()
    kinds = collections.defaultdict(collections.Counter)
    samples = collections.defaultdict(list)
    for line in sys.stdin:
        label, hexed, *codes = line.split()
        data = bytes.fromhex(hexed)
        ours = None if codes == ["-"] else "".join(
            chr(int(c, 16)) for c in codes)
        others = [("python", from_python)]
        if whatwg is not None and (label in whatwg.indexes or
                                   label in ("euc-jp", "shift_jis")):
            others.append(("whatwg", whatwg.decode))
        for who, decode in others:
            key = f"{label} {who}"
            compared[key] += 1
            theirs = decode(label, data)
            if theirs == ours:
                continue
            kind = ("only ours" if theirs is None else
                    "only theirs" if ours is None else "other character")
            kinds[key][kind] += 1
            if len(samples[key]) < args.samples:
                samples[key].append((data, ours, theirs))
    for key in compared:
        report(key, compared[key], kinds[key], samples[key])
    return 1 if any(kinds[k] for k in kinds if k.endswith("whatwg")) else 0


if __name__ == "__main__":
    sys.exit(main())
