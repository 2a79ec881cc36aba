#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares winnow's spacy_en tokens and sentences with spaCy itself.

    spacy_oracle.py --setup                      # once: a venv in the cache folder
    spacy_oracle.py --dump build/dev/tests/oracle/winnow_spacy_dump PATH...
    spacy_oracle.py --dump ... --random 20000 --seed 1
    spacy_oracle.py --vectors tests/data/text    # rewrites the vectors of the unit tests

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
import venv

from spacy_texts import TEXTS, random_documents

PACKAGES = ["spacy>=3.8,<3.9", "datatrove==0.10.1", "regex", "loguru"]


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "winnow" / "spacy-oracle"


def setup(folder):
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)



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


def write_vectors(folder):
    from datatrove.utils.text import split_into_sentences, split_into_words

    texts = TEXTS + list(random_documents(250, 2024))
    for name, key, split in [
        ("spacy_tokens.jsonl", "tokens", split_into_words),
        ("spacy_sentences.jsonl", "sentences", split_into_sentences),
    ]:
        with open(folder / name, "w", encoding="utf-8") as file:
            for text in texts:
                print(json.dumps({"text": text, key: split(text)}), file=file)


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
    parser.add_argument("--vectors", type=pathlib.Path, help="folder to write spacy_*.jsonl to")
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
    if options.vectors:
        write_vectors(options.vectors)
        return 0
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
