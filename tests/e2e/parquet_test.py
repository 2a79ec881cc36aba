# SPDX-License-Identifier: Apache-2.0
"""Parquet in and out: the same bytes for any number of threads, after kills,
and what Python's pyarrow makes of it."""
import json
import os
import random
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

import harness

sys.path.append(os.environ.get("WINNOW_PYARROW", ""))
try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    pa = None

RECIPE = """version: 1
name: parquet
checkpoint_bytes: 128KiB
stages:
  - exact: {{}}
  - c4: {{terminal_punct: false}}
tokens: {{vocab: []}}
write: {{format: {format}, shard_bytes: 100KiB}}
"""


def documents(folder):
    """Documents of JSONL shards, or of Parquet shards by pyarrow."""
    rows = []
    for path in sorted((folder / "data").iterdir()):
        if path.suffix == ".parquet":
            rows += pq.read_table(path).to_pylist()
        else:
            rows += map(json.loads, subprocess.run(
                ["zstd", "-dcq", path], check=True,
                capture_output=True).stdout.splitlines())
    return rows


class Parquet(harness.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jsonl_recipe = cls.root / "jsonl.yaml"
        cls.jsonl_recipe.write_text(RECIPE.format(format="jsonl"))
        cls.recipe = cls.root / "parquet.yaml"
        cls.recipe.write_text(RECIPE.format(format="parquet"))
        cls.reference = cls.root / "reference"
        result = harness.winnow("run", cls.recipe, "--input", *cls.inputs,
                                "--output", cls.reference, "--threads", 1,
                                "--memory", "2GiB", "--dropped", "all",
                                timeout=600)
        if b"without Parquet" in result.stderr:
            raise unittest.SkipTest("built without Parquet")
        assert result.returncode == 0, result.stderr.decode()
        cls.fingerprint = harness.fingerprint(cls.reference)

    def test_threads(self):
        for threads in (2, 3, 7):
            out = self.run_into(f"t{threads}", "--threads", threads,
                                "--dropped", "all", timeout=600)
            self.assertEqual(harness.fingerprint(out), self.fingerprint)

    def start(self, out):
        return subprocess.Popen(
            [harness.WINNOW, "run", self.recipe, "--input", *self.inputs,
             "--output", out, "--threads", "2", "--memory", "2GiB",
             "--dropped", "all"], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)

    def test_kill_and_resume(self):
        rng = random.Random(11)
        out = self.root / "killed"
        kills = 0

        def marks():
            log = out / "run.log"
            return log.read_text().count("mark ") if log.exists() else 0

        for _ in range(8):
            process = self.start(out)
            wanted = marks() + rng.randint(1, 4)
            deadline = time.monotonic() + 120
            while (process.poll() is None and marks() < wanted
                   and time.monotonic() < deadline):
                pass
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.communicate()
        final = self.start(out)
        _, errors = final.communicate(timeout=600)
        self.assertEqual(final.returncode, 0, errors.decode())
        self.assertGreaterEqual(kills, 2)
        self.assertEqual(harness.fingerprint(out), self.fingerprint)

    def test_a_lost_report_is_written_again(self):
        out = self.run_into("report", "--dropped", "all", timeout=600)
        (out / "report.json").unlink()
        self.run_into("report", "--dropped", "all", timeout=600)
        self.assertEqual(harness.fingerprint(out), self.fingerprint)

    @unittest.skipIf(pa is None, "no pyarrow")
    def test_pyarrow_reads_what_jsonl_would_hold(self):
        out = self.root / "jsonl"
        result = harness.winnow("run", self.jsonl_recipe, "--input",
                                *self.inputs, "--output", out, "--memory",
                                "2GiB", timeout=600)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        expected = documents(out)
        shards = sorted((self.reference / "data").iterdir())
        self.assertGreater(len(shards), 1)
        for shard in shards:
            pq.ParquetFile(shard).metadata.row_group(0).column(1)
        actual = documents(self.reference)
        self.assertEqual(len(actual), len(expected))
        for got, want in zip(actual, expected):
            extra = json.loads(got["extra"] or "{}")
            got = {k: v for k, v in got.items()
                   if v is not None and k != "extra"}
            got["metadata"] = json.loads(got["metadata"])
            self.assertEqual({**got, **extra}, want)

    def test_read_gives_the_documents_again(self):
        result = harness.winnow("read", self.reference / "data")
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        report = harness.report(self.reference)
        self.assertEqual(len(rows), report["kept"]["documents"])
        self.assertTrue(all("lang_hint" in r or "id" in r for r in rows))

    @unittest.skipIf(pa is None, "no pyarrow")
    def test_input_of_pyarrow_resumes(self):
        rng = random.Random(2)
        folder = self.root / "tables"
        folder.mkdir(exist_ok=True)
        texts = [f"This is document {i}. "
                 + "Some words stand here. " * rng.randint(6, 60)
                 for i in range(6000)]
        table = pa.table({"text": texts, "id": [f"p{i}" for i in range(6000)],
                          "meta": [{"a": i, "b": [None, "x"]}
                                   for i in range(6000)]})
        for i, codec in enumerate(("snappy", "zstd", "gzip", "none")):
            pq.write_table(table.slice(i * 1500, 1500),
                           folder / f"{i}.parquet", compression=codec,
                           row_group_size=200 + 100 * i)
        results = []
        for threads in (1, 2, 7):
            out = self.run_into(f"tables{threads}", "--threads", threads,
                                inputs=[folder],
                                timeout=600)
            results.append(harness.fingerprint(out))
        self.assertEqual(len(set(results)), 1)
        self.assertEqual(
            harness.report(out)["input"]["documents"], 6000)
        rows = documents(out)
        self.assertEqual(json.loads(rows[0]["metadata"])["winnow_id"],
                         "tables/0.parquet#0")
        self.assertEqual(json.loads(rows[0]["extra"]),
                         {"meta": {"a": 0, "b": [None, "x"]}})


if __name__ == "__main__":
    unittest.main()
