# SPDX-License-Identifier: Apache-2.0
"""How often unlabelled text in a legacy encoding is decoded right, by encoding
and length.

    charset_detection.py PATH_OF_winnow_charset_dump [--korean FOLDER] [--misses]

Texts are Debian's installation guide (package installation-guide-amd64) and,
if given, a folder of Korean Markdown, encoded with Python's codecs; what a
codec lacks is left out. Windows of 200, 1,000 and 10,000 bytes at places drawn
with a fixed seed; windows without a high byte are not counted.
"""
import argparse
import collections
import glob
import html
import os
import random
import re
import subprocess

GUIDE = "/usr/share/doc/installation-guide-amd64"
ENCODINGS = {
    "ko": ["cp949", "iso2022_kr"], "ko_md": ["cp949"],
    "ja": ["cp932", "euc_jp", "iso2022_jp"],
    "zh_CN": ["gb18030"], "zh_TW": ["big5hkscs"],
    "ru": ["cp1251", "koi8_r", "iso8859_5", "cp866"],
    "el": ["cp1253", "iso8859_7"], "cs": ["cp1250", "iso8859_2"],
    "ro": ["cp1250"], "pl": ["cp1250"], "hu": ["cp1250"],
}
SIZES = (200, 1000, 10000)
WINDOWS = 100


def plain(page):
    page = re.sub(r"(?s)<(script|style).*?</\1>", "", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def read(paths):
    out = []
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as f:
            out.append(f.read())
    return out


def texts(korean):
    for folder in sorted(glob.glob(GUIDE + "/*/")):
        name = os.path.basename(folder[:-1])
        if name == "vi":  # windows-1258 wants its letters taken apart first
            continue
        pages = read(sorted(glob.glob(folder + "*.html"))[:80])
        yield name, plain(" ".join(pages))
    if korean:
        paths = sorted(glob.glob(korean + "/**/*.md", recursive=True))
        yield "ko_md", re.sub(r"\s+", " ", " ".join(read(paths[:4000:10])))


def windows(name, text, encoding, size):
    draw = random.Random(1)
    for _ in range(WINDOWS):
        at = draw.randrange(max(1, len(text) - size))
        piece = text[at:at + size]
        data = piece.encode(encoding, "ignore")
        while len(data) > size:  # whole characters only
            piece = piece[:-max(1, (len(data) - size) // 4)]
            data = piece.encode(encoding, "ignore")
        if any(b >= 0x80 or b == 0x1B for b in data):
            yield data, data.decode(encoding)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dump")
    parser.add_argument("--korean")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    cases = []
    for name, text in texts(args.korean):
        for encoding in ENCODINGS.get(name, ["cp1252"]):
            for size in SIZES:
                for data, want in windows(name, text, encoding, size):
                    cases.append((f"{name} {encoding}", size, data, want))
    lines = "".join(c[2].hex() + "\n" for c in cases)
    done = subprocess.run([args.dump, "detect"], input=lines.encode(),
                          capture_output=True, check=True)
    right = collections.Counter()
    total = collections.Counter()
    wrong = collections.defaultdict(collections.Counter)
    for (name, size, _, want), line in zip(
            cases, done.stdout.decode().splitlines()):
        charset, _, got = line.partition(" ")
        total[name, size] += 1
        # A wave dash has two code points, depending on whose table it is.
        same = str.maketrans("\u301c\u2016\u2212\u00a2\u00a3\u00ac",
                             "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2")
        if bytes.fromhex(got).decode().translate(same) == want.translate(same):
            right[name, size] += 1
        else:
            wrong[name, size][charset] += 1
    print(f"{'text, encoding':24}" + "".join(f"{s:>12} B" for s in SIZES))
    for name in dict.fromkeys(n for n, _ in total):
        row = "".join(f"{right[name, s]:>9}/{total[name, s]:<4}" for s in SIZES)
        print(f"{name:24}{row}")
        if args.misses:
            for size in SIZES:
                if wrong[name, size]:
                    print(f"    {size} B: {dict(wrong[name, size])}")


if __name__ == "__main__":
    main()
