# SPDX-License-Identifier: Apache-2.0
"""What is refused in a recipe, alike by `run` and by `winnow recipe`."""
import gzip
import unittest

import harness
from harness import winnow

HEAD = b"version: 1\n"


class Recipe(harness.Case):
    def refused(self, recipe, expected):
        path = self.root / "bad.yaml"
        path.write_bytes(recipe)
        said = set()
        for args in (["recipe", "--resolved", path],
                     ["recipe", "--check", path],
                     ["run", path, "-i", self.inputs[0], "-o",
                      self.root / "never"]):
            result = winnow(*args)
            self.assertEqual(result.returncode, 2, (args, recipe))
            self.assertIn(expected, result.stderr, (args, recipe))
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
            said.add(result.stderr)
        self.assertEqual(len(said), 1)
        self.assertFalse((self.root / "never").exists())

    def test_what_run_refuses_all_refuse(self):
        gopher = HEAD + b"stages:\n  - gopher_quality:\n"
        for recipe, expected in (
                (HEAD + b"tokens: {vocab: [gpt4]}\n",
                 b"bad.yaml:2:17: vocabulary gpt4: not known"),
                (HEAD + b"tokens:\n  vocab: [o200k_base, o200k_base]\n",
                 b"bad.yaml:3:10: vocabulary o200k_base: named twice"),
                (gopher + b"      min_words: 9\n      max_words: 3\n",
                 b"bad.yaml:4:18: gopher_quality: min_words is above"),
                (gopher + b"      max_words: 3\n", b"bad.yaml:4:18: "),
                (gopher + b"      max_hash_ratio: 5\n",
                 b"bad.yaml:4:23: 'max_hash_ratio': expected a number between "
                 b"0 and 1"),
                (HEAD + b"read: {text_field: ''}\n", b"bad.yaml:2:20: "
                 b"'text_field': empty"),
                (HEAD + b"read: !!map {}\n", b"tags"),
                (HEAD + b"stages: !x []\n", b"tags"),
                (HEAD + b"stages: ! []\n", b"tags"),
                (HEAD + b"checkpoint_bytes: 3\n",
                 b"between 64KiB and 1000TB"),
                (HEAD + b"write: {level: 99999999999999999999}\n",
                 b"bad.yaml:2:16: 'level': too large"),
                (HEAD + b"checkpoint_bytes: 99999999999999999999\n",
                 b"too large"),
                (HEAD + b"checkpoint_bytes: 99999999999TiB\n", b"too large"),
                (HEAD + b"read:\n\thtml: visible_text\n",
                 b"bad.yaml:3:1: a tab: indent with spaces"),
                (HEAD + b"\n# caf\xe9\n", b"bad.yaml:3:6: not valid UTF-8"),
                (HEAD + b"name: a\0b\n", b"bad.yaml:2:8: a NUL byte")):
            self.refused(recipe, expected)

    def test_unknown_languages(self):
        path = self.root / "language.yaml"
        path.write_text("version: 1\nstages:\n  - language: {keep: [kr]}\n")
        result = winnow("recipe", "--resolved", path)
        if result.returncode == 0:
            self.skipTest("no language model")
        self.refused(path.read_bytes(), b"bad.yaml:3:22: stage language: keep: "
                     b"unknown language 'kr': did you mean 'ko'?")

    def test_check(self):
        result = winnow("recipe", "--check", self.recipe)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        self.assertEqual(result.stdout, b"e2e: right: 4 stages\n")


class Tokens(harness.Case):
    def setUp(self):
        if not harness.have_vocabularies():
            self.skipTest("no vocabularies")

    def test_packed_files_are_not_counted(self):
        packed = self.root / "x.jsonl.gz"
        packed.write_bytes(gzip.compress(b'{"text": "words"}\n'))
        binary = self.root / "x.bin"
        binary.write_bytes(b"\x00\x01\x02" * 50)
        text = self.root / "x.txt"
        text.write_text("some words\n")
        result = winnow("tokens", "--json", packed, text, binary)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout.count(b"\n"), 1)
        self.assertIn(b"x.jsonl.gz: gzip, not text", result.stderr)
        self.assertIn(b"x.bin: binary data, not text", result.stderr)
        self.assertIn(b"winnow read", result.stderr)

    def test_nothing_before_a_missing_path(self):
        result = winnow("tokens", self.recipe, self.root / "nope")
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stdout, b"")


if __name__ == "__main__":
    unittest.main()
