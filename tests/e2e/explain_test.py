# SPDX-License-Identifier: Apache-2.0
"""What `winnow explain` says of documents of a run."""
import json
import os
import random
import signal
import subprocess
import time
import unittest

import corpus
import harness
from harness import WINNOW, winnow


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


class Explain(harness.Case):
    def explain(self, *args, code=0, **options):
        result = winnow("explain", *args, **options)
        self.assertEqual(result.returncode, code, result.stderr.decode())
        return result

    def identities(self, *paths):
        return [json.loads(line)["metadata"]["winnow_id"]
                for line in winnow("read", *paths).stdout.splitlines()]

    def test_behind_the_limit_is_not_kept(self):
        out = self.run_into("limited", "--limit", 500)
        known = self.identities(*self.inputs)
        explained = rows(self.explain(out, known[499], known[500]))
        self.assertNotIn("not_read", explained[0])
        self.assertIsNone(explained[1]["kept"])
        self.assertEqual(explained[1]["not_read"], "behind --limit 500")
        own = rows(self.explain(out, "part3-100"))
        self.assertEqual(own[0]["not_read"], "behind --limit 500")

    def test_a_run_that_is_not_done(self):
        # Enough for several marks; killed behind the first of them.
        many = self.root / "many"
        many.mkdir(exist_ok=True)
        for i in range(12):
            corpus.write_jsonl(many / f"m{i:02}.jsonl", 50 + i, 300)
        out = self.root / "killed"
        process = subprocess.Popen(
            [WINNOW, "run", self.recipe, "--input", many, "--output", out,
             "--threads", "1", "--memory", "2GiB"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            segments = out / "dedup"
            if segments.exists() and len(list(segments.iterdir())) > 6:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.001)
        process.wait()
        manifest = json.loads((out / "manifest.json").read_text())
        if manifest["done"]:
            self.skipTest("the run was faster than the signal")
        known = self.identities(many)
        states = {r["winnow_id"]: r
                  for r in rows(self.explain(out, *known))}
        verdicts = [states[i] for i in known]
        unread = [r for r in verdicts if "not_read" in r]
        self.assertGreater(len(unread), 0)
        self.assertIn("not done", unread[0]["not_read"])
        # What was read comes first, and its duplicates are known.
        first = next(i for i, r in enumerate(verdicts) if "not_read" in r)
        self.assertEqual(len(unread), len(verdicts) - first)
        done = self.root / "undisturbed"
        result = winnow("run", self.recipe, "--input", many, "--output", done,
                        "--memory", "2GiB")
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        final = rows(self.explain(done, *known))
        self.assertEqual([r["reason"] for r in final[:first]],
                         [r["reason"] for r in verdicts[:first]])
        reasons = {r["reason"] for r in verdicts[:first]}
        self.assertIn("exact.duplicate", reasons)

    def test_own_ids_with_a_hash_and_shared_ones(self):
        dump = self.root / "ids"
        dump.mkdir()
        text = corpus.text(random.Random(1))
        with open(dump / "a.jsonl", "w", encoding="utf-8") as out:
            for own in ("x#7", "twice", "twice", "a.jsonl"):
                out.write(json.dumps({"id": own, "text": text}) + "\n")
        out = self.run_into("ids-out", inputs=[dump])
        self.assertEqual(rows(self.explain(out, "x#7"))[0]["id"], "x#7")
        twice = self.explain(out, "twice")
        self.assertEqual(len(rows(twice)), 2)
        self.assertIn(b"2 documents have this id", twice.stderr)
        missing = self.explain(out, "x#7", "y#7", code=1)
        self.assertEqual(len(rows(missing)), 1)
        self.assertIn(b"y#7: no such document", missing.stderr)

    def test_inputs_that_have_moved(self):
        dump = self.root / "moving"
        dump.mkdir()
        corpus.write_jsonl(dump / "a.jsonl", 1, 5)
        corpus.write_jsonl(dump / "b.jsonl", 2, 5)
        out = self.run_into("moved", inputs=[dump])
        os.rename(dump / "a.jsonl", dump / "c.jsonl")
        result = self.explain(out, "moving/a.jsonl#0", code=1)
        self.assertIn(b"moved since the run?", result.stderr)
        self.assertIn(b"a.jsonl", result.stderr)
        self.assertEqual(len(rows(self.explain(out, "b-3"))), 1)

    def test_stage_and_what_decided(self):
        recipe = self.root / "two.yaml"
        recipe.write_text(
            "version: 1\nstages:\n"
            "  - gopher_repetition: {profile: space}\n"
            "  - fineweb_quality: {}\n"
            "tokens: {vocab: []}\n")
        page = self.root / "page.txt"
        page.write_text("One line of words that stands there.\n" * 30)
        row = rows(self.explain(recipe, page))[0]
        self.assertTrue(row["reason"].startswith("gopher_repetition."))
        fired = [r for r in row["rules"] if r.get("fired")]
        self.assertEqual(
            [f"{r['stage']}.{r['rule']}" for r in fired], [row["reason"]])
        self.assertGreater(
            len([r for r in row["rules"] if r.get("holds")]), 1)
        text = self.explain(recipe, page, "--text").stdout.decode()
        self.assertIn("dropped: " + row["reason"], text)
        self.assertEqual(text.count("<- dropped by this rule"), 1)

    def test_language_is_named(self):
        recipe = self.root / "language.yaml"
        recipe.write_text("version: 1\nstages:\n"
                          "  - language: {keep: [en, de]}\n"
                          "tokens: {vocab: []}\n")
        page = self.root / "korean.txt"
        page.write_text(corpus.text(random.Random(3),
                                    corpus.KOREAN), encoding="utf-8")
        result = winnow("explain", recipe, page)
        if b"lid.176" in result.stderr:
            self.skipTest("no language model")
        row = rows(result)[0]
        self.assertEqual(row["reason"], "language.wrong_language")
        rule = next(r for r in row["rules"]
                    if r.get("rule") == "wrong_language")
        self.assertEqual((rule["value"], rule["drop_if"], rule["threshold"]),
                         ("ko", "not in", "en, de"))
        self.assertIn(next(r["low_score_of"] for r in row["rules"]
                           if "low_score_of" in r), ("en", "de"))


if __name__ == "__main__":
    unittest.main()
