#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Token speed of PyPI's tiktoken and gigatoken on the documents of a JSONL file.

    python3 -m venv VENV && VENV/bin/pip install gigatoken==0.10.0 tiktoken
    taskset -c 0 VENV/bin/python token_peers.py --vocab o200k_base FILE.jsonl

Prints MB of text a second on one core: cold (a new tokenizer over the whole
text) and warm (the same one again), the best of the rounds; and the tokens, so
that they can be compared with `winnow tokens`. The vocabularies are those that
`./dev setup` installs.
"""

import argparse
import base64
import json
import os
import pathlib
import time

os.environ["RAYON_NUM_THREADS"] = "1"

O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+|"
    r" ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)


def vocabulary_path(name):
    data = os.environ.get("WINNOW_DATA")
    if not data:
        home = os.environ.get("XDG_DATA_HOME") or str(pathlib.Path.home() / ".local/share")
        data = os.path.join(home, "winnow")
    return os.path.join(data, "vocab", name + ".tiktoken")


def tiktoken_counter(name):
    import tiktoken

    ranks = {}
    with open(vocabulary_path(name), "rb") as lines:
        for line in lines:
            if line.strip():
                token, rank = line.split()
                ranks[base64.b64decode(token)] = int(rank)
    encoding = tiktoken.Encoding(
        name=name,
        pat_str=O200K if name.startswith("o200k") else CL100K,
        mergeable_ranks=ranks,
        special_tokens={},
    )
    return lambda texts: sum(len(encoding.encode_ordinary(t)) for t in texts)


def gigatoken_counter(name):
    import gigatoken

    tokenizer = gigatoken.Tokenizer.from_tiktoken(vocabulary_path(name))
    return lambda texts: sum(len(row) for row in tokenizer.encode_batch(texts))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vocab", default="o200k_base")
    parser.add_argument("--limit", type=int, default=25_000_000, help="bytes of text")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip-tiktoken", action="store_true")
    parser.add_argument("path")
    args = parser.parse_args()
    texts, size = [], 0
    with open(args.path, encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            texts.append(text)
            size += len(text.encode())
            if size >= args.limit:
                break
    peers = {"gigatoken": gigatoken_counter}
    if not args.skip_tiktoken:
        peers["tiktoken"] = tiktoken_counter
    for peer, make in peers.items():
        best = {"cold": 1e9, "warm": 1e9}
        for _ in range(args.rounds):
            count = make(args.vocab)
            for state in best:
                begun = time.perf_counter()
                tokens = count(texts)
                best[state] = min(best[state], time.perf_counter() - begun)
        print(
            f"{peer:10} {args.vocab} {size / 1e6:.1f} MB {tokens} tokens"
            + "".join(f", {s} {size / t / 1e6:.0f} MB/s" for s, t in best.items()),
            flush=True,
        )


if __name__ == "__main__":
    main()
