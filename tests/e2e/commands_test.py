# SPDX-License-Identifier: Apache-2.0
"""What the commands print, refuse and count."""
import json
import subprocess
import unittest

import harness
from harness import winnow


class Commands(harness.Case):
    def test_ledger_adds_up(self):
        report = harness.report(self.run_into("ledger", "--threads", 2))
        keys = ("documents", "bytes", "chars", "words")
        before = report["stages"][0]["out"]
        for stage in report["stages"]:
            for key in keys:
                dropped = sum(q[key] for q in stage["reasons"].values())
                rewritten = stage["rewritten"]
                self.assertEqual(
                    stage["in"][key],
                    stage["out"][key] + dropped + rewritten["removed"][key]
                    - rewritten["added"][key], (stage["name"], key))
                self.assertEqual(stage["in"][key], before[key])
            before = stage["out"]
        for key in keys:
            self.assertEqual(before[key], report["kept"][key])
        given = report["input"]
        unreadable = sum(n["bytes"] for n in given["unreadable"].values())
        others = sum(n["bytes"] for n in given["non_documents"].values())
        self.assertEqual(
            given["decoded_bytes"] + given["undecoded_bytes"],
            given["document_bytes"] + given["framing_bytes"] + unreadable
            + others)
        for reason in ("read.gzip_truncated", "read.json_invalid",
                       "read.json_no_text", "read.empty_file",
                       "read.unknown_format"):
            self.assertIn(reason, given["unreadable"])

    def test_output_is_what_the_report_says(self):
        out = self.run_into("output", "--threads", 2)
        report = harness.report(out)
        documents = 0
        text_bytes = 0
        for part in report["outputs"]:
            raw = subprocess.run(["zstd", "-dc", out / part["path"]],
                                 capture_output=True, check=True).stdout
            rows = [json.loads(line) for line in raw.splitlines()]
            self.assertEqual(len(rows), part["documents"])
            documents += len(rows)
            for row in rows:
                text_bytes += len(row["text"].encode())
                self.assertTrue(row["metadata"]["winnow_id"])
        self.assertEqual(documents, report["kept"]["documents"])
        self.assertEqual(text_bytes, report["kept"]["bytes"])
        self.assertGreater(len(report["outputs"]), 1)  # several shards

    def test_read_loses_nothing(self):
        result = winnow("read", *self.inputs, "--threads", 2)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        stats = json.loads(
            winnow("read", *self.inputs, "--stats", "--json").stdout)
        self.assertEqual(len(rows), stats["documents"])
        carried = [row for row in rows if row.get("lang_hint") == "x"]
        self.assertGreater(len(carried), 1000)

    def test_limit_takes_the_first(self):
        every = winnow("read", *self.inputs).stdout.splitlines()
        for limit in (1, 7, 300):
            for threads in (1, 3):
                some = winnow("read", *self.inputs, "--limit", limit,
                              "--threads", threads).stdout.splitlines()
                self.assertEqual(some, every[:limit])

    def test_streaming(self):
        lines = (self.inputs[0] / "part1.jsonl").read_bytes()
        result = winnow("run", self.recipe, "--input", "-", "--output", "-",
                        input=lines)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertGreater(len(rows), 20)

    def test_explain_agrees_with_the_run(self):
        out = self.run_into("explained", "--threads", 2, "--dropped", "all")
        reasons = {}
        for path in sorted((out / "dropped").iterdir()):
            raw = subprocess.run(["zstd", "-dc", path], capture_output=True,
                                 check=True).stdout
            for line in raw.splitlines():
                row = json.loads(line)
                reasons[row["metadata"]["winnow_id"]] = row["metadata"][
                    "drop_reason"]
        by_reason = {}
        for identity, reason in reasons.items():
            by_reason.setdefault(reason, identity)
        self.assertGreater(len(by_reason), 2)
        result = winnow("explain", out, *by_reason.values())
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        explained = {}
        for line in result.stdout.splitlines():
            row = json.loads(line)
            explained[row["winnow_id"]] = row
        for reason, identity in by_reason.items():
            self.assertEqual(explained[identity]["reason"], reason)
            if reason.endswith("duplicate"):
                rules = explained[identity]["rules"]
                kept = [r for r in rules if "duplicate_of" in r]
                self.assertEqual(len(kept), 1, rules)
                self.assertNotIn(kept[0]["duplicate_of"], reasons)

    def test_parts_cover_everything_once(self):
        every = harness.report(self.run_into("whole"))["input"]["documents"]
        parts = [
            harness.report(self.run_into(f"part{k}", "--part", f"{k}/3"))
            for k in (1, 2, 3)
        ]
        self.assertEqual(sum(p["input"]["documents"] for p in parts), every)

    def test_strict(self):
        self.run_into("strict", "--strict", code=3)

    def test_report_from_the_folder_alone(self):
        out = self.run_into("reported", "--threads", 2)
        text = winnow("report", out).stdout.decode()
        self.assertIn("survive (", text.splitlines()[-1])
        as_json = json.loads(winnow("report", out, "--json").stdout)
        self.assertEqual(as_json, harness.report(out))
        html = winnow("report", out, "--html").stdout.decode()
        self.assertNotIn("<script", html)
        self.assertNotIn("http", html)

    def test_a_done_run_is_not_done_again(self):
        out = self.run_into("again", "--threads", 2)
        before = (out / "report.json").read_bytes()
        self.run_into("again", "--threads", 2)
        self.assertEqual((out / "report.json").read_bytes(), before)

    def test_another_run_is_refused(self):
        out = self.run_into("mine", "--threads", 2)
        result = winnow("run", self.recipe, "--input", self.inputs[0],
                        "--output", out)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"another run", result.stderr)
        foreign = self.root / "foreign"
        foreign.mkdir()
        (foreign / "thesis.txt").write_text("mine")
        result = winnow("run", self.recipe, "--input", self.inputs[0],
                        "--output", foreign)
        self.assertEqual(result.returncode, 2)
        self.assertEqual((foreign / "thesis.txt").read_text(), "mine")

    def test_mistakes_are_one_line_and_exit_2(self):
        bad = self.root / "bad.yaml"
        cases = {
            "version: 1\nstages:\n  - minhsh: {}\n": b"bad.yaml:3:5: unknown "
            b"stage 'minhsh': did you mean 'minhash'?",
            "version: 1\nstages:\n  - minhash: {band: 3}\n":
                b"did you mean 'bands'?",
            "version: 1\nstages:\n  - minhash: {bands: 010}\n": b"bad.yaml:3",
            "version: 1\nread: {}\nread: {}\n": b"duplicate key",
            "version: 1\ncheckpoint_bytes: .nan\n": b"bad.yaml:2",
            "version: 1\n---\nversion: 1\n": b"second YAML document",
            "version: 1\nstages: &a []\ntokens: *a\n": b"bad.yaml:2",
            "version: 1\nstages: " + "[" * 2000 + "\n": b"bad.yaml",
            "version: 1\nname: ~\n": b"bad.yaml:2",
            "version: 2\n": b"reads version 1",
            "": b"empty",
        }
        for recipe, expected in cases.items():
            bad.write_text(recipe)
            result = winnow("run", bad, "--input", self.inputs[0], "--output",
                            self.root / "never")
            self.assertEqual(result.returncode, 2, recipe[:60])
            self.assertIn(expected, result.stderr, recipe[:60])
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
        for arguments in (["run"], ["rnu"], ["run", "everything", "--thread",
                                             "3"],
                          ["run", "everything", "-i", "x", "-o", "y", "-t",
                           "abc"],
                          ["run", "everything", "-i", "/nonexistent", "-o",
                           self.root / "never"],
                          ["recipe", "--help", "minhsh"]):
            result = winnow(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
        self.assertFalse((self.root / "never").exists())
        self.assertIn(b"did you mean 'run'?", winnow("rnu").stderr)
        self.assertIn(b"did you mean '--threads'?",
                      winnow("run", "everything", "--thread", "3").stderr)

    def test_recipes_resolve_to_themselves(self):
        for name in ("fineweb", "gopher", "english_web", "korean_web",
                     "everything"):
            resolved = winnow("recipe", "--resolved", name)
            self.assertEqual(resolved.returncode, 0, resolved.stderr.decode())
            path = self.root / f"{name}.yaml"
            path.write_bytes(resolved.stdout)
            again = winnow("recipe", "--resolved", path)
            self.assertEqual(again.stdout, resolved.stdout)


if __name__ == "__main__":
    unittest.main()
