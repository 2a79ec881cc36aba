# SPDX-License-Identifier: Apache-2.0
"""What a run may take as input and output, whose files it leaves alone, and
what it says of input that it could not read."""
import json
import os
import signal
import subprocess
import time
import unittest
from pathlib import Path

import harness
from harness import winnow

RECIPE = """version: 1
name: small
checkpoint_bytes: 64KiB
tokens: {vocab: []}
"""


def line(i, size=200):
    return json.dumps({"text": f"document {i} " + "word " * (size // 5)}) + "\n"


def ledger(folder):
    report = harness.report(folder)
    report.pop("timing")
    return report


def manifest_ledger(folder):
    return json.loads((Path(folder) / "manifest.json").read_text())["ledger"]


class Runs(harness.Case):
    def setUp(self):
        self.dir = self.root / self.id().rsplit(".", 1)[-1]
        self.dir.mkdir()
        self.small = self.dir / "small.yaml"
        self.small.write_text(RECIPE)

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def run_small(self, *inputs, out="out", extra=(), code=0, **options):
        result = winnow("run", self.small, "--input", *inputs, "--output",
                        self.dir / out if out != "-" else "-", *extra,
                        **options)
        self.assertEqual(result.returncode, code, result.stderr.decode(
            errors="replace"))
        if code == 2:
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
        return result

    def long(self):
        """Enough that a run is killed long before it is done."""
        return "".join(line(i, 2000) for i in range(3000))

    def killed_at(self, marks, *inputs, out, extra=()):
        """Starts a run and kills it once it has passed so many marks."""
        process = subprocess.Popen(
            [harness.WINNOW, "run", self.small, "--input", *inputs,
             "--output", self.dir / out, *map(str, extra)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        log = self.dir / out / "run.log"
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if log.exists() and log.read_text().count("mark ") >= marks:
                break
            time.sleep(0.002)
        process.kill()
        process.wait()
        self.assertTrue((self.dir / out / "manifest.json").exists())

    # Whose files.

    def test_files_of_others_survive(self):
        own = self.write("y/data/my.jsonl", line(1))
        for folder in ("data", "dropped", "dedup"):
            self.write(f"z/{folder}/keep.txt", "mine")
            refused = self.run_small(own, out="z", code=2)
            self.assertIn(b"not winnow's", refused.stderr)
            self.assertTrue((self.dir / "z" / folder / "keep.txt").exists())
        refused = self.run_small(self.dir / "y" / "data", out="y", code=2)
        self.assertIn(b"inside the output", refused.stderr)
        self.assertEqual(own.read_text(), line(1))

    def test_a_done_run_is_left_as_it_is(self):
        dump = self.write("d.jsonl", "".join(map(line, range(20))))
        self.run_small(dump)
        self.write("out/data/notes.txt", "mine")
        before = {p: p.read_bytes() for p in (self.dir / "out").rglob("*")
                  if p.is_file()}
        self.run_small(dump)
        after = {p: p.read_bytes() for p in (self.dir / "out").rglob("*")
                 if p.is_file()}
        self.assertEqual(before, after)

    # What a run may read and where it may write.

    def test_output_inside_input_is_refused(self):
        self.write("d/a.jsonl", line(1))
        for out in ("d/out", "d"):
            refused = self.run_small(self.dir / "d", out=out, code=2)
            self.assertIn(b"inside the input", refused.stderr)
        self.assertEqual(os.listdir(self.dir / "d"), ["a.jsonl"])
        self.run_small(self.dir / "d", out="d2")

    def test_streams_are_refused_but_for_stdout(self):
        fifo = self.dir / "fifo"
        os.mkfifo(fifo)
        for path in (fifo, "-", "/dev/stdin", "/dev/null"):
            refused = self.run_small(path, code=2, input=line(1).encode(),
                                     timeout=20)
            self.assertIn(b"not a regular file", refused.stderr)
            self.assertIn(b"--output -", refused.stderr)
        self.assertFalse((self.dir / "out").exists())
        done = self.run_small("/dev/stdin", out="-", input=line(1).encode())
        self.assertEqual(json.loads(done.stdout)["text"][:10], "document 1")

    def test_outputs_that_cannot_be(self):
        dump = self.write("d.jsonl", line(1))
        self.write("afile", "x")
        for out in ("afile", "afile/sub", "/proc/no/such"):
            refused = self.run_small(dump, out=out, code=2)
            self.assertIn(b"choose another --output", refused.stderr)
        result = winnow("run", self.small, "--input", dump, "--output", "")
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"--output", result.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_unreadable_folders_are_counted(self):
        self.write("d/a.jsonl", line(1))
        self.write("d/locked/b.jsonl", line(2))
        os.chmod(self.dir / "d" / "locked", 0)
        self.run_small(self.dir / "d")
        lost = ledger(self.dir / "out")["input"]["unreadable"]["read.io_error"]
        self.assertEqual(lost["first"], [{"at": "d/locked#0", "bytes": 0}])
        os.chmod(self.dir / "d" / "locked", 0o700)

    def test_names_that_are_no_utf8(self):
        name = os.fsencode(self.dir) + b"/d/f\xff%.jsonl"
        self.write("d/plain%20.jsonl", line(0))
        with open(name, "wb") as out:
            out.write(self.long().encode())
        self.killed_at(2, self.dir / "d", out="out")
        self.run_small(self.dir / "d")
        ids = []
        for part in sorted((self.dir / "out" / "data").iterdir()):
            raw = subprocess.run(["zstd", "-dc", part], capture_output=True,
                                 check=True).stdout
            ids += [json.loads(row.decode())["id"] for row in raw.splitlines()]
        self.assertEqual(ids[0], "d/f%FF%.jsonl#0")
        self.assertEqual(ids[-1], "d/plain%20.jsonl#0")
        explained = winnow("explain", self.dir / "out", ids[1])
        self.assertEqual(explained.returncode, 0, explained.stderr)
        self.run_small(self.dir / "d")  # done already

    def test_one_input_however_it_is_written(self):
        self.write("d/good.jsonl", line(1))
        self.run_small("d/good.jsonl", "./d//good.jsonl", "./d/./good.jsonl",
                       cwd=self.dir)
        self.assertEqual(ledger(self.dir / "out")["input"]["files"], 1)

    def test_lists(self):
        self.write("d/a.jsonl", line(1))
        names = self.write("names", "# the first\n\nd/a.jsonl\n#d/b.jsonl\n")
        self.run_small(f"@{names}", cwd=self.dir)
        self.assertEqual(ledger(self.dir / "out")["input"]["files"], 1)
        self.write("names", "d/a.jsonl\n\nd/b.jsonl\n")
        refused = self.run_small(f"@{names}", out="o2", code=2, cwd=self.dir)
        self.assertIn(b"names:3: no such input: d/b.jsonl", refused.stderr)

    def test_a_refusal_says_what_differs(self):
        a = self.write("d/a.jsonl", line(1))
        self.write("d/b.jsonl", line(2))
        self.run_small(self.dir / "d")
        for extra, expected in (
                (("--limit", 3), b"another limit (none, not 3)"),
                (("--dropped", "all"), b"another dropped (none, not all)"),
                (("--part", "1/2"), b"another part (1/1, not 1/2)")):
            refused = self.run_small(self.dir / "d", extra=extra, code=2)
            self.assertIn(expected, refused.stderr)
        a.write_text(line(1) + line(3))
        refused = self.run_small(self.dir / "d", code=2)
        self.assertIn(b"other inputs (d/a.jsonl had", refused.stderr)
        a.unlink()
        refused = self.run_small(self.dir / "d", code=2)
        self.assertIn(b"d/a.jsonl is gone", refused.stderr)
        self.small.write_text(RECIPE + "stages: [exact]\n")
        refused = self.run_small(self.dir / "d", code=2)
        self.assertIn(b"another recipe", refused.stderr)

    # Resume.

    def test_a_bom_in_mid_file_is_the_same_behind_a_mark(self):
        """A mark falls right before each line with a BOM."""
        rows = [(b"\xef\xbb\xbf" if i % 512 == 0 else b"   ")
                + b'{"text": "%s"}' % (b"%06d " % i).ljust(110, b"w")
                for i in range(512 * 40)]
        text = b"".join(row.ljust(127) + b"\n" for row in rows)
        self.assertEqual(len(text), 40 * 65536)
        dump = self.write("d.jsonl", text)
        self.run_small(dump, out="whole")
        reference = ledger(self.dir / "whole")
        self.assertEqual(reference["input"]["unreadable"]["read.json_invalid"]
                         ["count"], 39)
        self.assertEqual(reference["input"]["framing_bytes"], 3)
        for marks in (1, 9):
            self.killed_at(marks, dump, out=f"k{marks}")
            self.run_small(dump, out=f"k{marks}")
            self.assertEqual(ledger(self.dir / f"k{marks}"), reference)

    def damaged(self):
        rows = []
        for i in range(3000):
            rows.append(line(i, 1000))
            if i % 3 == 0:
                rows.append('{"text": "no end\n')
            if i % 5 == 0:
                rows.append("\n")
            if i % 7 == 0:
                rows.append('{"id": "no text"}\n')
        return "".join(rows)

    def test_limit_counts_the_same_whatever_the_threads(self):
        dump = self.write("d/a.jsonl", self.damaged())
        self.write("d/b.bin", b"\x00\x01\x02" * 1000)
        self.write("d/c.jsonl", self.damaged())
        with open(self.dir / "d" / "b2.jsonl.gz", "wb") as out:
            out.write(b"\x1f\x8b\x08" + b"x" * 100)
        del dump
        for limit in (1, 2999, 3001):
            ledgers = []
            for threads in (1, 2, 8, 16):
                out = f"l{limit}-{threads}"
                self.run_small(self.dir / "d", out=out,
                               extra=("--limit", limit, "--threads", threads))
                ledgers.append((ledger(self.dir / out),
                                manifest_ledger(self.dir / out)))
                self.assertEqual(ledgers[-1], ledgers[0], (limit, threads))
            self.assertEqual(ledgers[0][0]["input"]["documents"], limit)
        # Right behind the first document nothing has been counted.
        first = harness.report(self.dir / "l1-8")["input"]
        self.assertEqual(first["unreadable"].keys(), {"read.not_read"})
        self.assertEqual(first["decoded_bytes"], first["document_bytes"])
        for marks, threads in ((2, 8), (9, 1), (30, 16)):
            out = f"k{marks}"
            extra = ("--limit", 3001, "--threads", threads)
            self.killed_at(marks, self.dir / "d", out=out, extra=extra)
            self.run_small(self.dir / "d", out=out, extra=extra)
            self.assertEqual(ledger(self.dir / out),
                             ledger(self.dir / "l3001-1"))
            self.assertEqual(manifest_ledger(self.dir / out),
                             manifest_ledger(self.dir / "l3001-1"))

    def test_unreadable_input_is_located(self):
        self.write("d/a.jsonl", line(1) + "bad\n" + line(2) + "worse\n")
        self.write("d/b.jsonl", "".join(
            line(i, 1000) + "damaged\n" for i in range(4000)))
        os.symlink("nowhere", self.dir / "d" / "c.jsonl")
        self.run_small(self.dir / "d")
        unreadable = ledger(self.dir / "out")["input"]["unreadable"]
        bad = unreadable["read.json_invalid"]
        self.assertEqual(bad["count"], 4002)
        self.assertEqual(len(bad["first"]), 20)
        at = len(line(1))
        self.assertEqual(bad["first"][0],
                         {"at": f"d/a.jsonl#{at}", "bytes": 4})
        self.assertEqual(bad["first"][2]["at"], f"d/b.jsonl#{len(line(0, 1000))}")
        self.assertEqual(unreadable["read.io_error"]["first"],
                         [{"at": "d/c.jsonl#0", "bytes": 0}])
        for marks, threads in ((1, 1), (3, 2), (9, 7)):
            out = f"k{marks}"
            extra = ("--threads", threads)
            self.killed_at(marks, self.dir / "d", out=out, extra=extra)
            self.run_small(self.dir / "d", out=out, extra=extra)
            self.assertEqual(ledger(self.dir / out), ledger(self.dir / "out"))

    def test_the_ledger_on_disk_is_the_same_after_a_kill(self):
        dump = self.write("d.jsonl", self.long())
        self.run_small(dump, out="whole", extra=("--threads", 1))
        self.killed_at(5, dump, out="killed", extra=("--threads", 7))
        self.run_small(dump, out="killed", extra=("--threads", 2))
        self.assertEqual(manifest_ledger(self.dir / "killed"),
                         manifest_ledger(self.dir / "whole"))

    def test_the_manifest_does_not_grow_with_the_inputs(self):
        for i in range(300):
            self.write(f"d/{i:03}.jsonl", line(i))
        self.run_small(self.dir / "d")
        manifest = (self.dir / "out" / "manifest.json").read_text()
        self.assertNotIn("299.jsonl", manifest)
        inputs = json.loads((self.dir / "out" / "inputs.json").read_text())
        self.assertEqual(len(inputs["files"]), 300)

    def test_an_input_changed_half_way(self):
        dump = self.write("d.jsonl", self.long())
        self.killed_at(3, dump, out="out")
        self.assertFalse((self.dir / "out" / "report.json").exists())
        was = os.stat(dump)
        middle = dump.read_bytes().replace(b"document 1500 ", b"dOCUMENT 1500 ")
        dump.write_bytes(middle)
        os.utime(dump, ns=(was.st_atime_ns, was.st_mtime_ns + 10**9))
        refused = self.run_small(dump, code=2)
        self.assertIn(b"touch -d @", refused.stderr)
        self.assertIn(os.fsencode(dump), refused.stderr)

    def test_damaged_output_is_not_blessed(self):
        dump = self.write("d.jsonl", self.long())
        self.killed_at(3, dump, out="out")
        self.assertFalse((self.dir / "out" / "report.json").exists())
        part = self.dir / "out" / "data" / "00000.jsonl.zst"
        raw = bytearray(part.read_bytes())
        raw[20] ^= 1
        part.write_bytes(raw)
        self.run_small(dump, code=1)

    def test_interrupt_is_obeyed(self):
        """A run that is too long to be done by itself."""
        big = self.dir / "big"
        big.mkdir()
        chunk = "".join(line(i, 2000) for i in range(2000))
        for i in range(40):
            (big / f"{i:02}.jsonl").write_text(chunk)
        process = subprocess.Popen(
            [harness.WINNOW, "run", self.small, "--input", big, "--output",
             self.dir / "out", "--threads", "1"], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        log = self.dir / "out" / "run.log"
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if log.exists() and log.read_text().count("mark ") >= 1:
                break
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors.decode())
        self.assertFalse((self.dir / "out" / "report.json").exists())

    # Carried members.

    def test_carried_keys_cannot_pose(self):
        self.write("d.jsonl",
                   '{"text":"a text","metadata":{"winnow\\u005fid":"SPOOF",'
                   '"k":1,"\\u006b":2},"z":"\\ud800","z":"second"}\n')
        done = self.run_small("d.jsonl", out="-", cwd=self.dir)
        pairs = json.loads(done.stdout, object_pairs_hook=list)
        metadata = dict(pairs)["metadata"]
        self.assertEqual(metadata, [("winnow_id", "d.jsonl#0"), ("k", 1)])
        self.assertEqual([v for k, v in pairs if k == "z"], ["\ufffd"])


if __name__ == "__main__":
    unittest.main()
