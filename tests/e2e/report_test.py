# SPDX-License-Identifier: Apache-2.0
"""The funnel, the page and `winnow report`."""
import json
import re
import unittest

import harness
from harness import winnow
from output_test import on_terminal


class Report(harness.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.out = cls.root / "out"
        made = winnow("run", cls.recipe, "--input", *cls.inputs, "--output",
                      cls.out, "--memory", "2GiB")
        assert made.returncode == 0, made.stderr.decode()
        cls.report = harness.report(cls.out)

    def edited(self, name, change):
        """A folder with a report that differs from the run's."""
        report = json.loads(json.dumps(self.report))
        change(report)
        folder = self.root / name
        folder.mkdir(exist_ok=True)
        (folder / "report.json").write_text(json.dumps(report))
        return folder

    def funnel(self, folder):
        result = winnow("report", folder)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return result.stdout.decode()

    def test_shares_name_their_unit(self):
        funnel = self.funnel(self.out)
        head = next(l for l in funnel.splitlines() if l.startswith("stage"))
        unit = "tokens kept" if harness.have_vocabularies() else "words kept"
        self.assertIn("docs kept", head)
        self.assertIn(unit, head)
        source = next(l for l in funnel.splitlines()
                      if l.startswith("source"))
        self.assertIn(unit, source)

        def at_ends(report):  # tokens: {at: ends}
            for stage in report["stages"][1:]:
                for q in (stage["in"], stage["out"]):
                    q["tokens"] = {v: None for v in q["tokens"]}
        ends = self.funnel(self.edited("ends", at_ends))
        head = next(l for l in ends.splitlines() if l.startswith("stage"))
        self.assertIn("words kept", head)
        self.assertNotIn("tokens kept", head)

    def test_every_vocabulary_is_told(self):
        funnel = self.funnel(self.out).splitlines()
        names = list(self.report["kept"]["tokens"])
        survive = [l for l in funnel if "survive (" in l]
        self.assertEqual(len(survive), max(1, len(names)))
        page = winnow("report", self.out, "--html").stdout.decode()
        for name in names:
            self.assertIn(f"<th>{name}</th>", page)
        for word in ("seconds", "MB/s"):
            self.assertIn(word, page)
        self.assertNotIn("tokens or words", page)

    def test_rewriting_shows(self):
        c4 = next(s for s in self.report["stages"] if s["name"] == "c4")
        self.assertGreater(c4["rewritten"]["removed"]["bytes"], 0)
        self.assertIn("rewrote: removed", self.funnel(self.out))
        page = winnow("report", self.out, "--html").stdout.decode()
        self.assertIn("rewrote: removed", page)

    def test_rates_need_time(self):
        def timing(report):
            for part in report["timing"]["parts"]:
                part.update(seconds=0.001, bytes=10**9)
        funnel = self.funnel(self.edited("fast", timing))
        self.assertNotIn("1000000.0", funnel)

    def test_dropped_before_language_is_not_und(self):
        def language(report):
            stages = report["stages"]
            stages[2]["name"] = "language"
            early = (stages[0]["out"]["documents"]
                     - stages[2]["in"]["documents"])
            self.assertGreater(early, 0)
            everything = stages[0]["out"]

            def part(n):
                return {**everything, "documents": n}
            report["by"]["language"] = {
                "en": {"in": part(10), "kept": part(10)},
                "und": {"in": part(early + 7), "kept": part(7)}}
            self.early = early
        funnel = self.funnel(self.edited("und", language))
        rows = {l[:14].strip(): l.split() for l in funnel.splitlines()}
        self.assertEqual(rows["und"][1], "7")
        self.assertEqual(rows["not determined"][2], str(self.early))

    def test_places_of_what_could_not_be_read(self):
        def first(report):
            reason = report["input"]["unreadable"]["read.json_invalid"]
            reason["first"] = [{"at": f"a/b.jsonl#{i}", "bytes": 3}
                               for i in range(5)]
        folder = self.edited("places", first)
        self.assertIn("first: a/b.jsonl#0, a/b.jsonl#1, a/b.jsonl#2\n",
                      self.funnel(folder))
        page = winnow("report", folder, "--html").stdout.decode()
        self.assertIn("a/b.jsonl#2", page)

    def test_plurals(self):
        one = self.root / "one.jsonl"
        one.write_text('{"text": "One single document."}\n')
        result = winnow("run", self.recipe, "-i", one, "-o",
                        self.root / "single", "-t", "1")
        self.assertIn(b"1 file, ", result.stderr)
        self.assertIn(b"1 thread\n", result.stderr)
        self.assertIn(b"1 file, ", result.stdout)
        self.assertIn(b", 1 document\n", result.stdout)

    def test_narrow_terminals(self):
        for columns in (60, 80, 120):
            shown = on_terminal("report", self.out, columns=columns)
            for line in shown.replace("\r", "").splitlines():
                self.assertLessEqual(len(line), columns, line)
            self.assertIn("docs kept", shown)
        wide = on_terminal("report", self.out, columns=120)
        self.assertIsNotNone(re.search(r"seconds +MB/s", wide))

    def test_what_is_wrong_with_a_folder(self):
        undone = self.root / "undone"
        undone.mkdir()
        (undone / "manifest.json").write_text("{}")
        empty = self.root / "empty"
        empty.mkdir()
        for path, expected in ((self.root / "nope", b"no such folder"),
                               (self.recipe, b"a file"),
                               (empty, b"not the output of a run"),
                               (undone, b"this run is not done")):
            result = winnow("report", path)
            self.assertEqual(result.returncode, 2, path)
            self.assertIn(expected, result.stderr)
            self.assertEqual(result.stdout, b"")

    def test_json_of_several_is_an_array(self):
        one = json.loads(winnow("report", self.out, "--json").stdout)
        self.assertEqual(one, self.report)
        two = json.loads(
            winnow("report", self.out, self.out, "--json").stdout)
        self.assertEqual(two, [self.report, self.report])


if __name__ == "__main__":
    unittest.main()
