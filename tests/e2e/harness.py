# SPDX-License-Identifier: Apache-2.0
"""Runs the winnow command and looks at what it leaves."""
import hashlib
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import corpus

WINNOW = os.environ["WINNOW_BINARY"]


def have_vocabularies():
    data = os.environ.get("WINNOW_DATA") or os.path.join(
        os.environ.get("XDG_DATA_HOME")
        or os.path.expanduser("~/.local/share"), "winnow")
    return os.path.exists(os.path.join(data, "vocab", "o200k_base.tiktoken"))


def vocab():
    return "[o200k_base, cl100k_base]" if have_vocabularies() else "[]"


RECIPE = """version: 1
name: e2e
checkpoint_bytes: 64KiB
stages:
  - exact: {{}}
  - gopher_quality: {{profile: space, min_stop_words: null, min_alpha_words: null}}
  - c4: {{terminal_punct: false}}
  - minhash: {{}}
tokens: {{vocab: {vocab}}}
write: {{shard_bytes: 200KiB}}
"""


def winnow(*args, **options):
    return subprocess.run([WINNOW, *map(str, args)], capture_output=True,
                          timeout=options.pop("timeout", 120), **options)


def report(folder):
    return json.loads((Path(folder) / "report.json").read_text())


def fingerprint(folder):
    """Everything that must be equal between two equal runs."""
    folder = Path(folder)
    digest = hashlib.sha256()
    for sub in ("data", "dropped"):
        for path in sorted((folder / sub).iterdir()):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update((folder / "dedup" / "clusters.jsonl").read_bytes())
    without_timing = report(folder)
    without_timing.pop("timing")
    digest.update(json.dumps(without_timing).encode())
    return digest.hexdigest()


class Case(unittest.TestCase):
    """A dump and a recipe in a temporary folder, made once for the class."""

    @classmethod
    def setUpClass(cls):
        cls._temporary = tempfile.TemporaryDirectory(prefix="winnow-e2e-")
        cls.root = Path(cls._temporary.name)
        cls.inputs = corpus.build(cls.root / "dump")
        cls.recipe = cls.root / "recipe.yaml"
        cls.recipe.write_text(RECIPE.format(vocab=vocab()))

    @classmethod
    def tearDownClass(cls):
        cls._temporary.cleanup()

    def run_into(self, name, *extra, inputs=None, code=0, **options):
        out = self.root / name
        result = winnow("run", self.recipe, "--input",
                        *(inputs or self.inputs), "--output", out,
                        "--memory", "2GiB", *extra, **options)
        self.assertEqual(result.returncode, code, result.stderr.decode())
        return out
