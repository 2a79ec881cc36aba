# SPDX-License-Identifier: Apache-2.0
"""Memory: the ceiling holds, and no address space is a message. Tokens: a
rewriting stage behind a decision counts the same on any number of threads."""
import json
import os
import random
import re
import resource
import shutil
import tempfile
import unittest
from pathlib import Path

from harness import report, vocab, winnow

WORDS = ("the of and to in is that it was for on are with as they be at one "
         "have this from or had by hot but some what there we can out other "
         "were all your when").split()

# Rules that would drop random words early are off: the rest has to work.
EVERY_FILTER = """version: 1
stages:
  - language: {{keep: [en, de, fr], min_score: 0.0}}
  - gopher_repetition: {{max_duplicate_5_grams: null,
      max_duplicate_6_grams: null, max_duplicate_7_grams: null,
      max_duplicate_8_grams: null, max_duplicate_9_grams: null,
      max_duplicate_10_grams: 1.0, max_top_2_gram: null, max_top_3_gram: null,
      max_top_4_gram: null}}
  - gopher_quality: {{max_words: null}}
  - c4: {{terminal_punct: false}}
  - fineweb_quality: {{max_duplicate_line_chars: null}}
  - minhash: {{}}
tokens: {{vocab: {vocab}}}
"""
LATE_REWRITE = """version: 1
stages:
  - exact: {{}}
  - c4: {{}}
tokens: {{vocab: {vocab}}}
"""
# AddressSanitizer keeps freed memory and reserves address space.
SANITIZED = "asan" in os.environ["WINNOW_BINARY"]


def text(rng, size):
    lines, length = [], 0
    while length < size:
        words = [rng.choice(WORDS) + rng.choice(("", "", "ly", "s"))
                 for _ in range(rng.randrange(8, 60))]
        lines.append(" ".join(words).capitalize() + ".")
        length += len(lines[-1]) + 1
    return "\n".join(lines)


class Limits(unittest.TestCase):
    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="winnow-e2e-")
        self.root = Path(self._temporary.name)
        self.rng = random.Random(1)

    def tearDown(self):
        self._temporary.cleanup()

    def write(self, name, sizes):
        path = self.root / name
        with open(path, "w") as out:
            for i, size in enumerate(sizes):
                out.write(json.dumps({"id": str(i),
                                      "text": text(self.rng, size)}) + "\n")
        return path

    def recipe(self, template):
        path = self.root / "recipe.yaml"
        path.write_text(template.format(vocab=vocab()))
        return path

    @unittest.skipIf(SANITIZED, "sanitizers keep freed memory")
    def test_the_ceiling_holds_for_giants(self):
        dump = self.write("giants.jsonl", [12_000_000] * 4)
        run = ("run", self.recipe(EVERY_FILTER), "--input", dump, "--output",
               self.root / "out", "--threads", 2, "--quiet", "--memory")
        small = winnow(*run, "50MiB")
        self.assertNotEqual(small.returncode, 0)
        least = int(re.search(rb"at least (\d+)MiB", small.stderr)[1])
        result = winnow(*run, f"{least}MiB", timeout=300)
        self.assertEqual(result.returncode, 0, result.stderr)
        done = report(self.root / "out")
        self.assertEqual(done["stages"][-1]["in"]["documents"], 4)
        self.assertLess(done["timing"]["peak_rss_bytes"], least << 20)

    @unittest.skipIf(SANITIZED, "sanitizers reserve address space")
    def test_no_address_space_is_a_message(self):
        dump = self.write("dump.jsonl", [4000] * 1000)
        recipe = self.recipe(LATE_REWRITE)
        failed = 0
        for mib in (60, 90, 130, 180, 240, 320, 400, 500, 650):
            limit = mib << 20
            if winnow("--version", preexec_fn=lambda n=limit: resource.setrlimit(
                    resource.RLIMIT_AS, (n, n))).returncode != 0:
                continue  # not even its libraries fit
            result = winnow(
                "run", recipe, "--input", dump, "--output",
                self.root / f"out{mib}", "--threads", 4, "--memory", "2GiB",
                "--quiet",
                preexec_fn=lambda n=limit: resource.setrlimit(
                    resource.RLIMIT_AS, (n, n)))
            self.assertIn(result.returncode, (0, 1), result.stderr)
            if result.returncode == 1:
                failed += 1
                self.assertIn(b"memory", result.stderr)
        self.assertGreater(failed, 0)

    def test_tokens_behind_a_decision(self):
        dump = self.root / "texts"
        dump.mkdir()
        for i in range(40):
            # Lines that c4 removes, so that every text is rewritten.
            lines = text(self.rng, self.rng.randrange(50_000, 400_000))
            (dump / f"{i}.txt").write_text(lines.replace(".\n", "\n", 50))
        recipe = self.recipe(LATE_REWRITE)
        seen = set()
        for turn, threads in enumerate((1, 3, 12, 12, 12)):
            out = self.root / f"late{turn}"
            result = winnow("run", recipe, "--input", dump, "--output", out,
                            "--threads", threads, "--memory", "8GiB", "--quiet")
            self.assertEqual(result.returncode, 0, result.stderr)
            done = report(out)
            rewritten = done["stages"][2]["rewritten"]
            self.assertGreater(rewritten["removed"]["words"], 0)
            seen.add(json.dumps([done["stages"], done["kept"]]))
            shutil.rmtree(out)
        self.assertEqual(len(seen), 1)


if __name__ == "__main__":
    unittest.main()
