#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares winnow's heuristic filters with datatrove's own.

    datatrove_oracle.py --setup                   # once: a venv in the cache folder
    datatrove_oracle.py --vectors                 # tests/data/filters/*.jsonl, datatrove alone
    datatrove_oracle.py --dump build/dev/tests/oracle/winnow_filter_dump [--out FILE] PATH...
    datatrove_oracle.py --dump ... --random 2000 --seed 1

PATH: files or folders; .jsonl gives the string under "text" of each line, .json every
string under "text" as one document, .html and .html.gz the text without tags, .csv its second
column, .vtt its cue lines, anything else the file itself.

Every document goes through GopherRepetitionFilter, GopherQualityFilter,
C4QualityFilter(filter_no_terminal_punct=False) and FineWebQualityFilter, each by
itself and one after the other, as FineWeb ran them; winnow_filter_dump does the
same. Printed: how many verdicts and reasons are equal; --out keeps datatrove's
answers and winnow's as JSONL. Exit code 1 if any verdict differs.
"""

import argparse
import collections
import csv
import gzip
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import venv

PACKAGES = ["datatrove==0.10.1", "spacy>=3.8,<3.9", "numpy", "nltk", "regex", "loguru"]
FILTERS = ["gopher_repetition", "gopher_quality", "c4", "fineweb_quality"]

# datatrove's reasons in winnow's words.
REASONS = {
    "gopher_repetition": {
        "dup_para_frac": "duplicate_paragraphs",
        "dup_para_char_frac": "duplicate_paragraph_chars",
        "dup_line_frac": "duplicate_lines",
        "dup_line_char_frac": "duplicate_line_chars",
        **{f"top_{n}_gram": f"top_{n}_gram" for n in range(2, 5)},
        **{f"duplicated_{n}_n_grams": f"duplicate_{n}_grams" for n in range(5, 11)},
    },
    "gopher_quality": {
        "gopher_short_doc": "short_doc",
        "gopher_long_doc": "long_doc",
        "gopher_below_avg_threshold": "short_words",
        "gopher_above_avg_threshold": "long_words",
        "gopher_too_many_hashes": "hashes",
        "gopher_too_many_ellipsis": "ellipses",
        "gopher_too_many_bullets": "bullet_lines",
        "gopher_too_many_end_ellipsis": "ellipsis_lines",
        "gopher_below_alpha_threshold": "few_alpha_words",
        "gopher_enough_stop_words": "few_stop_words",
    },
    "c4": {"lorem_ipsum": "lorem_ipsum", "curly_bracket": "curly_bracket", "too_few_sentences": "few_sentences"},
    "fineweb_quality": {
        "line_punct_ratio": "few_terminal_lines",
        "short_line_ratio": "short_lines",
        "char_dup_ratio": "duplicate_line_chars",
        "list_ratio": "newlines",
    },
}


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "winnow" / "datatrove-oracle"


def setup(folder):
    venv.create(folder, with_pip=True)
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", *PACKAGES], check=True)


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


def cue_lines(captions):
    keep = [s for s in captions.splitlines() if s.strip() and "-->" not in s and s != "WEBVTT"]
    return "\n".join(keep)


def documents(path):
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from documents(child)
        return
    name = path.name.lower()
    opened = gzip.open if name.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        if name.endswith(".jsonl"):
            for line in file:
                if line.strip():
                    yield json.loads(line)["text"]
        elif name.endswith(".json"):
            yield "\n".join(strings_under_text(json.load(file)))
        elif name.endswith(".csv"):
            for row in csv.reader(file):
                if len(row) > 1:
                    yield row[1]
        elif name.endswith((".html", ".html.gz")):
            yield without_tags(file.read())
        elif name.endswith(".vtt"):
            yield cue_lines(file.read())
        else:
            yield file.read()


def sample(source, limit, seed, cut):
    """At most `limit` documents, chosen by seed, cut into parts of `cut` characters."""
    texts = [t.encode("utf-8", "replace").decode() for t in source if t]
    if cut:
        texts = [t[i : i + cut] for t in texts for i in range(0, len(t), cut)]
    if limit and len(texts) > limit:
        texts = random.Random(seed).sample(texts, limit)
    return texts


NAMED = (
    "the and of to with that have # ... \u2026 - \u2022 { } [1] [] [edit] [12 [x] \" ' \u201d \u3002 don't U.S. Mr. e.g. "
    "1999 3.14 ? ! : ; ( ) \U0001f600 e\u0301 \ud55c\uad6d\uc5b4 \u6f22\u5b57 [\u0661] \u0661 javascript JavaScript java[2]script"
).split(" ") + [
    "lorem ipsum", "Lorem Ipsum", "[citation needed]", "privacy policy", "Terms of Use", "use cookies",
    "uses cookies", "use of cookies", "cookie policy", "coo\u212aies", "use coo\u212aies",
]
BETWEEN = [" "] * 8 + [". ", ".\n", "\n", "\n\n", "\n\n\n", ", ", "!\n", "\r\n", "\t", "...\n", " \n", "\u00a0", "\u3000",
                       "\u2028", "\x85", "\x0c", "? ", "\x1c"]


def random_documents(count, seed):
    """Texts near the thresholds: few words, repeats, and whatever a rule names."""
    choose = random.Random(seed)
    for _ in range(count):
        words = ["".join(choose.choices("abcd", k=choose.randint(1, 9))) for _ in range(choose.randint(3, 400))]
        named, repeats = choose.uniform(0, 0.2), choose.uniform(0, 0.1)
        between = BETWEEN[: choose.randint(1, len(BETWEEN))]
        parts = []
        for _ in range(choose.randint(1, 600)):
            if parts and choose.random() < repeats:
                at = choose.randrange(len(parts))
                parts += parts[at : at + choose.randint(1, 40)]
            parts.append(choose.choice(NAMED if choose.random() < named else words))
            parts.append(choose.choice(between))
        yield "".join(parts)


# ---------------------------------------------------------------- datatrove


class Datatrove:
    def __init__(self):
        from datatrove.data import Document
        from datatrove.pipeline import filters

        self.document = Document
        self.filters = {
            "gopher_repetition": filters.GopherRepetitionFilter(),
            "gopher_quality": filters.GopherQualityFilter(),
            "c4": filters.C4QualityFilter(filter_no_terminal_punct=False),
            "fineweb_quality": filters.FineWebQualityFilter(),
        }

    def judge(self, name, text, block=None):
        """The verdict in winnow's words, and the text afterwards."""
        document = self.document(text=text, id="")
        try:
            result = (block or self.filters[name]).filter(document)
        except ZeroDivisionError:
            return "error", text
        if result is True:
            return "keep", document.text
        reason = result[1]
        return REASONS[name].get(reason, reason), text

    def answer(self, text):
        out = {}
        for name in FILTERS:
            out[name], after = self.judge(name, text)
            if name == "c4":
                out["text"] = after
        out["fineweb_after_c4"] = self.judge("fineweb_quality", out["text"])[0]
        return out


def chained(answer):
    """(filter, reason) of the first that drops, as FineWeb runs them; or None."""
    for name in ["gopher_repetition", "gopher_quality", "c4", "fineweb_after_c4"]:
        if answer[name] != "keep":
            return name, answer[name]
    return None


# ---------------------------------------------------------------- comparing


class Tally:
    def __init__(self):
        self.documents = self.verdicts = self.reasons = 0
        self.kept = 0

    def add(self, ours, theirs):
        self.documents += 1
        self.kept += theirs == "keep" or theirs is None
        self.verdicts += (ours in ("keep", None)) == (theirs in ("keep", None))
        self.reasons += ours == theirs

    def line(self, name):
        n = self.documents
        if not n:
            return f"{name:20} no documents"
        return (
            f"{name:20} {n:6} documents, {self.kept / n:7.2%} kept, "
            f"verdict equal {self.verdicts / n:8.3%} ({n - self.verdicts} differ), "
            f"reason equal {self.reasons / n:8.3%} ({n - self.reasons} differ)"
        )


def compare(texts, datatrove, program, out, tallies, show):
    process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for text in texts:
        process.stdin.write(json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n")
        process.stdin.flush()
        ours = json.loads(process.stdout.readline())
        theirs = datatrove.answer(text)
        differs = False
        for name in [*FILTERS, "fineweb_after_c4"]:
            tallies[name].add(ours[name], theirs[name])
            differs |= ours[name] != theirs[name]
        ours["chained"], theirs["chained"] = chained(ours), chained(theirs)
        tallies["chained"].add(ours["chained"], theirs["chained"])
        if ours["c4"] == theirs["c4"] == "keep":
            same = ours["text"] == theirs["text"]
            tallies["text after c4"].add(*("keep", "keep") if same else ("drop", "keep"))
            differs |= not same
        if differs and show[0] > 0:
            show[0] -= 1
            brief = {k: (ours[k], theirs[k]) for k in [*FILTERS, "fineweb_after_c4"] if ours[k] != theirs[k]}
            print(f"  differs: {brief or 'text after c4'} in {text[:120]!r} ({len(text)} characters)")
        if out:
            out.write(json.dumps({"text": text, "datatrove": theirs, "winnow": ours, "differs": differs}) + "\n")
    process.stdin.close()
    process.wait()


# ---------------------------------------------------------------- vectors


def datatrove_block(name, params):
    from datatrove.pipeline import filters

    def value(key, default):
        text = params.get(key)
        if text is None:
            return default
        if text in ("true", "false"):
            return text == "true"
        return None if text == "null" else float(text) if "." in text else int(text)

    # The nearest language without spaCy's English rules stands for `space`, and
    # it is another one: such vectors are left out.
    if params.get("profile"):
        return None
    if name == "gopher_repetition":
        return filters.GopherRepetitionFilter(
            top_n_grams=[
                (n, v)
                for n, d in ((2, 0.2), (3, 0.18), (4, 0.16))
                if (v := value(f"max_top_{n}_gram", d)) is not None
            ]
        )
    if name == "gopher_quality":
        words = params.get("stop_words")
        return filters.GopherQualityFilter(
            min_doc_words=value("min_words", 50),
            max_doc_words=value("max_words", 100000),
            stop_words=words.strip("[]").split(", ") if words else None,
        )
    if name == "c4":
        off = lambda key, default: -1 if (v := value(key, default)) is None else v
        return filters.C4QualityFilter(
            filter_no_terminal_punct=value("terminal_punct", True),
            min_num_sentences=off("min_sentences", 5),
            min_words_per_line=off("min_words_per_line", 3),
            max_word_length=off("max_word_length", 1000),
            filter_lorem_ipsum=value("lorem_ipsum", True),
            filter_javascript=value("javascript", True),
            filter_curly_bracket=value("curly_bracket", True),
            filter_policy=value("policy", True),
            remove_citations=value("citations", True),
        )
    newlines = value("max_newlines_per_word", 0.3)
    return filters.FineWebQualityFilter(
        line_punct_exclude_zero=value("allow_no_terminal_line", False),
        new_line_ratio=float("inf") if newlines is None else newlines,
    )


def check_vectors(datatrove):
    folder = pathlib.Path(__file__).resolve().parent.parent / "data" / "filters"
    failed = checked = left_out = 0
    for name in FILTERS:
        for line in open(folder / f"{name}.jsonl", encoding="utf-8"):
            test = json.loads(line)
            block = datatrove_block(name, test.get("params", {}))
            if block is None:
                left_out += 1
                continue
            text = "".join(piece * times for piece, times in test["text"])
            got, after = datatrove.judge(name, text, block)
            want = test.get("datatrove", test.get("reason", "keep"))
            checked += 1
            if got != want or (got == "keep" and after != test.get("output", after) and "datatrove" not in test):
                failed += 1
                print(f"{name}: {test['name']}: datatrove says {got}, expected {want}")
    print(f"{checked} vectors checked with datatrove, {failed} differ, {left_out} left out")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--vectors", action="store_true")
    parser.add_argument("--venv", type=pathlib.Path, default=cache_folder())
    parser.add_argument("--dump", help="the program winnow_filter_dump")
    parser.add_argument("--out", type=argparse.FileType("w"), help="JSONL with both answers")
    parser.add_argument("--limit", type=int, default=0, help="documents of each PATH, chosen by --seed")
    parser.add_argument("--cut", type=int, default=0, help="cut documents into parts of so many characters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="differences to print")
    parser.add_argument("--random", type=int, default=0, help="generated texts to compare as well")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    if options.setup:
        setup(options.venv)
        return 0
    python = options.venv / "bin" / "python"
    if python.exists() and pathlib.Path(sys.prefix) != options.venv:
        os.execv(python, [str(python), *sys.argv])
    datatrove = Datatrove()
    if options.vectors:
        return check_vectors(datatrove)
    if not options.dump:
        parser.error("--dump is needed")

    tallies = collections.defaultdict(Tally)
    show = [options.show]
    sources = [(path.name, documents(path)) for path in options.paths]
    if options.random:
        sources.append((f"random, seed {options.seed}", random_documents(options.random, options.seed)))
    for name, source in sources:
        texts = sample(source, options.limit, options.seed, options.cut)
        print(f"{name}: {len(texts)} documents, {sum(map(len, texts))} characters", flush=True)
        compare(texts, datatrove, options.dump, options.out, tallies, show)
    for name, tally in tallies.items():
        print(tally.line(name))
    return 1 if any(t.verdicts != t.documents for t in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
