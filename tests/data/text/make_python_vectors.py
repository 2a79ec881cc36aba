#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes python_vectors.jsonl: what CPython makes of strings of our own."""
import json
import pathlib
import random

PARTS = (
    [chr(c) for c in (*range(0x08, 0x0F), *range(0x1B, 0x22), 0x7F)]
    + [chr(c) for c in (0x84, 0x85, 0x86, 0xA0, 0x1680, 0x180E)]
    + [chr(c) for c in (*range(0x1FFF, 0x200D), *range(0x2027, 0x2030))]
    + [chr(c) for c in (0x205F, 0x2060, 0x3000, 0x3001, 0xFEFF, 0x1F600)]
    + ["\r\n", "\n\r", "\n\n", "...", "..", ".", "\u2026", "#"]
    + ["a", "Word", "naïve", "한국어", "漢字", "x1", "é"] * 6
)


def main():
    rng = random.Random(20240607)
    texts = ["", *PARTS[:43]]
    texts += ["".join(rng.choices(PARTS, k=rng.randrange(1, 24)))
              for _ in range(300)]
    texts += ["".join(rng.choices(PARTS, k=150)) for _ in range(10)]
    out = pathlib.Path(__file__).with_name("python_vectors.jsonl")
    with out.open("w", encoding="ascii") as f:
        for text in texts:
            f.write(json.dumps({
                "text": text,
                "chars": len(text),
                "split": text.split(),
                "splitlines": text.splitlines(),
                "lines": text.split("\n"),
                "ellipses": text.count("...") + text.count("\u2026"),
            }, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
