#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares winnow's spacy_en tokens and sentences with spaCy itself.

    spacy_oracle.py --setup                      # once: a venv in the cache folder
    spacy_oracle.py --dump build/dev/tests/oracle/winnow_spacy_dump PATH...
    spacy_oracle.py --dump ... --random 20000 --seed 1

PATH: files or folders; .jsonl gives the strings under "text", .json every string
under "text" at any depth, .html its text without tags, .csv its second column,
anything else the file itself. Exit code 1 if anything differs.

The functions compared with are datatrove's split_into_words and
split_into_sentences (0.10), which call spaCy 3.8.
"""

import argparse
import csv
import html
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import time
import unicodedata
import venv

PACKAGES = ["spacy>=3.8,<3.9", "datatrove==0.10.1", "regex", "loguru"]


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "winnow" / "spacy-oracle"


def setup(folder):
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)


# ---------------------------------------------------------------- documents


def strings_under_text(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from strings_under_text(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_under_text(value)


def without_tags(page):
    page = re.sub(r"(?is)<(script|style).*?</\1>", " ", page)
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def documents(path):
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from documents(child)
        return
    name = path.name.lower()
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        if name.endswith(".jsonl"):
            for line in file:
                if line.strip():
                    yield from strings_under_text(json.loads(line))
        elif name.endswith(".json"):
            # One document a file: single turns are too small to be worth it.
            yield "\n".join(strings_under_text(json.load(file)))
        elif name.endswith(".csv"):
            for row in csv.reader(file):
                if len(row) > 1:
                    yield row[1]
        elif ".html" in name:
            yield without_tags(file.read())
        else:
            yield file.read()


# Whatever the rules look at, so that every pair of them meets.
ATOMS = (
    "a b n s t m x D O I A B Z 0 1 5 10 99 he He can not it do ca U.S. e.g Mr Mr. am a.m. a.m p.m "
    "km kg m/s GB MB % $ US$ C$ A$ US C + ++ - -- --- ---- ~ = : ; , . .. ... .... ! ? ( ) [ ] { } < > _ "
    "# * & ^ / \\ | @ ' '' \" ` 's 'S n't 'll 've 're 'd 'm :) :( :-) :-( :)) :))) ;) =) :D XD xD 8) <3 "
    "</3 o.O O_o -_- ._. >.< ^_^ (: (; :'( http:// https:// ftp:// www. .com .org .x x.io foo.bar me@ @x "
    "1.2.3.4 10.0.0.1 192.168.1.1 :80 :8080 /a ?q=1 #f and/or w/o C++ <space> \\t \\n \\\") "
    "\u2019 \u2018 \u201c \u201d \u2019s \u2019S \u2018s \u2019\u2019 \u2014 \u2013 \u2014\u2014 \u2026 "
    "\u2026\u2026 \u00b0 \u00b0C \u00b0F. \u00b2 \u00b3 km\u00b2 m\u00b3 \u00b5m \u00a3 \u20ac \u20bf \u00a7 "
    "\u00b7 \u00bf \u00a1 \u00ab \u00bb \u00b4 \u201a \u201e \u0e3f \ufdfc \u20bd \u20b4 \u00a9 \u00ae "
    "\u2122 \u2116 \u2192 \u2190 \u25a1 \u256f \ufe35 \u253b \u2501 \U0001f600 \U0001f44d \u2764 \ufe0f \u200d "
    "\U0001f1e6 \U0001f3fb \u00e9 \u00c9 \u00df \u0130 \u0131 \u01c5 \u0149 \u03b1 \u0391 \u03c2 \u0410 "
    "\u0430 \u0451 \u0456 \u043a\u043c \u043a\u0433 \u0442\u0431 \u0442\u0431\u0643\u0645 \u043c/\u0441 "
    "\u0643\u0645 \u0645 \u0645\u00b2 \u063a\u0631\u0627\u0645 \u061f \u060c \u06d4 \u0627 \u05d0 \u0905 "
    "\u0964 \u0965 \u0cb0 \u0ca0_\u0ca0 \u0ca0 \u0e01 \uac00 \ud55c\uad6d \u1100 \u3042 \u30a2 \u30fc "
    "\u4e2d \u6587 \u3002 \uff0c \uff01 \uff1f \uff1b \uff1a \uff5e \uff08 \uff09 \u300c \u300d \u3010 "
    "\u3011 \uff10 \uff21 \uff41 \uff0e \u0660 \u0969 \u0300 \u0301 a\u0301 \u200b \ufeff \u00ad \u0378 "
    "\ue000 \U00020000 \U0002f800 \U000f0000 \u1362 \u166e \u2047 \u203c \u10fb \u2e2e \uff61 \u06dd \x00 "
    "\x01 \x7f"
).split(" ")
SPACES = [" "] * 12 + ["  ", "\n", "\n\n", " \n", "\t", "\r\n", "\u00a0", " \u00a0", "\u2009", "\u3000",
                       "\u2028", "\x1c", "\x0b", "\x85", "   ", "\u202f "]
SPACES = [s for s in SPACES if s]


def random_documents(count, seed):
    choose = random.Random(seed)
    from spacy.lang.en import English

    keys = sorted(English().tokenizer.rules)
    for _ in range(count):
        parts = []
        gap = choose.choice([0.02, 0.2, 0.5])
        for _ in range(choose.randrange(1, 60)):
            draw = choose.random()
            if draw < gap:
                parts.append(choose.choice(SPACES))
            elif draw > 0.85:
                parts.append(choose.choice(keys))
            elif draw > 0.83:
                c = choose.randrange(0x110000)
                if not 0xD800 <= c < 0xE000 and unicodedata.category(chr(c)) != "Cn":
                    parts.append(chr(c))
            else:
                parts.append(choose.choice(ATOMS))
        yield "".join(parts)


# ---------------------------------------------------------------- comparing


class Winnow:
    """The C++ side, a process that answers document by document."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def part(self):
        (size,) = struct.unpack("<I", self.process.stdout.read(4))
        return self.process.stdout.read(size)

    def ask(self, data):
        self.process.stdin.write(struct.pack("<I", len(data)) + data)
        self.process.stdin.flush()
        tokens, flags, chars, sentences, count = (self.part() for _ in range(5))
        chars = struct.unpack(f"<{len(chars) // 4}I", chars)
        return tokens, flags, chars, sentences, struct.unpack("<I", count)[0]


def flags_of(token, punctuation):
    return any(c.isalpha() for c in token) + 2 * any(c not in punctuation for c in token)


def first_difference(ours, theirs):
    ours, theirs = ours.split(b"\0"), theirs.split(b"\0")
    for i, (a, b) in enumerate(zip(ours, theirs)):
        if a != b:
            break
    else:
        i = min(len(ours), len(theirs))
    show = lambda parts: [p.decode(errors="replace") for p in parts[max(0, i - 3) : i + 4]]
    return f"  winnow {show(ours)}\n  spaCy  {show(theirs)}"


def compare(source, winnow, limit, log):
    from datatrove.utils.text import PUNCTUATION_SET, split_into_sentences, split_into_words

    total = dict(documents=0, bytes=0, tokens=0, sentences=0, differ=0)
    start = time.time()
    known = {}
    for text in source:
        data = text.encode("utf-8", "replace")
        text = data.decode("utf-8")
        if limit and total["bytes"] >= limit:
            break
        words, sentences = split_into_words(text), split_into_sentences(text)
        tokens, flags, chars, our_sentences, count = winnow.ask(data)
        total["documents"] += 1
        total["bytes"] += len(data)
        total["tokens"] += len(words)
        total["sentences"] += len(sentences)
        problems = []
        their_tokens = "\0".join(words).encode()
        if tokens != their_tokens:
            problems.append("tokens\n" + first_difference(tokens, their_tokens))
        else:
            for i, word in enumerate(words):
                facts = known.get(word)
                if facts is None:
                    facts = known[word] = (flags_of(word, PUNCTUATION_SET), len(word))
                if facts != (flags[i], chars[i]):
                    problems.append(f"flags, chars of {word!r}: {(flags[i], chars[i])}, not {facts}")
                    break
        their_sentences = "\0".join(sentences).encode()
        if our_sentences != their_sentences:
            problems.append("sentences\n" + first_difference(our_sentences, their_sentences))
        if count != min(5, len(sentences)):
            problems.append(f"CountSentences(text, 5) = {count}, not {min(5, len(sentences))}")
        if problems:
            total["differ"] += 1
            if total["differ"] <= 20:
                print(f"document {total['documents']}: " + "\n".join(problems), file=log)
                if len(text) < 300:
                    print(f"  text {text!r}", file=log)
    total["seconds"] = round(time.time() - start, 1)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--venv", type=pathlib.Path, default=cache_folder())
    parser.add_argument("--dump", help="the program winnow_spacy_dump")
    parser.add_argument("--limit", type=int, default=0, help="bytes of each PATH")
    parser.add_argument("--sample", type=float, default=1.0, help="share of documents")
    parser.add_argument("--random", type=int, default=0, help="hostile strings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    if options.setup:
        setup(options.venv)
        return 0
    python = options.venv / "bin" / "python"
    if python.exists() and pathlib.Path(sys.prefix) != options.venv:
        os.execv(python, [str(python), *sys.argv])
    if not options.dump:
        parser.error("--dump is needed")

    winnow = Winnow(options.dump)
    failed = False
    sources = [(str(p), documents(p)) for p in options.paths]
    if options.random:
        sources.append((f"random, seed {options.seed}", random_documents(options.random, options.seed)))
    for name, source in sources:
        draw = random.Random(options.seed)
        if options.sample < 1:
            source = (text for text in source if draw.random() < options.sample)
        total = compare(source, winnow, options.limit, sys.stdout)
        print(name, json.dumps(total), flush=True)
        failed |= total["differ"] != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
