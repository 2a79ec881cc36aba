#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Percentiles of what each rule measures on a corpus, for thresholds.

    winnow=winnow configs/derive_thresholds.py PATH... [--min-words 50]

Runs `winnow explain` with one stage at a time (profile `space`), so that no
stage hides a document from the next, and prints a table in Markdown.
"""
import argparse
import collections
import json
import os
import subprocess
import tempfile

STAGES = ("gopher_quality", "gopher_repetition", "fineweb_quality")
POINTS = (0.01, 0.05, 0.5, 0.95, 0.99)


def measure(winnow, stage, paths, min_words):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as recipe:
        recipe.write(f"version: 1\nstages: [{stage}: {{profile: space}}]\n")
        recipe.flush()
        values = collections.OrderedDict()
        documents = 0
        with subprocess.Popen([winnow, "explain", recipe.name, *paths],
                              stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                row = json.loads(line)
                if row["words"] < min_words:
                    continue
                documents += 1
                for rule in row["rules"]:
                    if "rule" in rule:
                        key = (rule["rule"], rule["drop_if"],
                               rule["threshold"])
                        values.setdefault(key, []).append(rule["value"])
        return documents, values


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--min-words", type=int, default=50)
    arguments = parser.parse_args()
    winnow = os.environ.get("winnow", "winnow")
    print("| stage | rule | published |",
          " | ".join(f"p{100 * p:g}" for p in POINTS), "|")
    print("|---" * (3 + len(POINTS)) + "|")
    for stage in STAGES:
        documents, values = measure(winnow, stage, arguments.paths,
                                    arguments.min_words)
        for (rule, op, threshold), row in values.items():
            row.sort()
            cells = [row[min(len(row) - 1, int(p * len(row)))]
                     for p in POINTS]
            print(f"| {stage} | {rule} | {op} {threshold:g} |",
                  " | ".join(f"{c:.3g}" for c in cells), "|")
        print(f"| {stage} | documents | |  {documents} |")


if __name__ == "__main__":
    main()
