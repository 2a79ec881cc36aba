# SPDX-License-Identifier: Apache-2.0
"""Where results and messages go, and what a broken stdout or stderr does."""
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time
import unittest

import harness
from harness import WINNOW, winnow


def through(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE):
    return subprocess.run([WINNOW, *map(str, args)], stdout=stdout,
                          stderr=stderr, timeout=120)


def on_terminal(*args, columns=80, environment=None):
    """Runs with stderr and stdout on one terminal. Returns what it shows."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [WINNOW, *map(str, args)], stdin=subprocess.DEVNULL, stdout=slave,
        stderr=slave, env={**os.environ, **(environment or {})})
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    process.wait(timeout=120)
    return shown.decode()


class Output(harness.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        out = cls.root / "out"
        made = winnow("run", cls.recipe, "--input", *cls.inputs, "--output",
                      out, "--memory", "2GiB")
        assert made.returncode == 0, made.stderr.decode()
        cls.out = out
        cls.jsonl = cls.inputs[0] / "part0.jsonl"
        vocab = ["--vocab", "o200k_base"]
        cls.printing = [
            ["--help"], ["--version"], ["help"], ["run", "--help"],
            ["recipe"], ["recipe", "fineweb"],
            ["recipe", "--resolved", "gopher"], ["recipe", "--help"],
            ["recipe", "--help", "minhash"],
            ["report", out], ["report", out, "--json"],
            ["report", out, "--html"],
            ["explain", out, "part0-1"], ["explain", cls.recipe, cls.jsonl],
            ["read", cls.jsonl], ["read", cls.jsonl, "--stats"],
            ["run", cls.recipe, "-i", cls.jsonl, "-o", "-", "--quiet"],
            ["run", cls.recipe, "-i", *cls.inputs, "-o", out],
        ]
        if harness.have_vocabularies():
            cls.printing.append(["tokens", *vocab, cls.jsonl])

    def test_a_full_stdout_is_an_error(self):
        for args in self.printing:
            with open("/dev/full", "wb") as full:
                result = through(*args, stdout=full)
            self.assertEqual(result.returncode, 1, args)
            self.assertIn(b"cannot write: stdout: No space left",
                          result.stderr, args)
            self.assertEqual(result.stderr.count(b"cannot write"), 1, args)

    def test_a_closed_stdout_is_an_error(self):
        for args in (["--version"], ["read", self.jsonl]):
            line = [WINNOW, *map(str, args)]
            result = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *line],
                                    capture_output=True, timeout=60)
            self.assertEqual(result.returncode, 1, args)
            self.assertIn(b"cannot write: stdout", result.stderr)

    def test_a_reader_that_goes_away_is_none(self):
        for args in self.printing:
            read, write = os.pipe()
            os.close(read)
            result = through(*args, stdout=write)
            os.close(write)
            self.assertEqual(result.returncode, 0, args)
            self.assertNotIn(b"cannot write", result.stderr, args)

    def test_stderr_never_ends_a_run(self):
        whole = winnow("read", *self.inputs).stdout
        for how in ("2>&-", "2>/dev/full"):
            out = self.root / ("stderr" + str(len(how)))
            for args in (["run", self.recipe, "-i", *self.inputs, "-o", out],
                         ["read", *self.inputs]):
                line = [WINNOW, *map(str, args)]
                result = subprocess.run(["sh", "-c", f'"$@" {how}', "sh",
                                         *line], capture_output=True,
                                        timeout=120)
                self.assertEqual(result.returncode, 0, (how, args))
            self.assertEqual(result.stdout, whole)
            # No message went into a file that became descriptor 2.
            self.assertEqual(harness.fingerprint(out),
                             harness.fingerprint(self.out))

    def test_signals_from_the_first_moment(self):
        fifo = self.root / "fifo"
        os.mkfifo(fifo)
        for number in (signal.SIGINT, signal.SIGTERM):
            # The run waits for an input that nobody writes.
            process = subprocess.Popen(
                [WINNOW, "run", str(self.recipe), "--input", str(fifo),
                 "--output", "-", "--threads", "1"], stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            while process.poll() is None and not caught_signals(process.pid):
                time.sleep(0.01)
            time.sleep(2)
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, errors)
        for delay in (0.01, 0.03, 0.06, 0.1):
            out = self.root / f"early{delay}"
            process = subprocess.Popen(
                [WINNOW, "run", str(self.recipe), "--input", "-", "--output",
                 "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            time.sleep(delay)
            caught = caught_signals(process.pid)
            process.send_signal(signal.SIGINT)
            process.communicate(b"", timeout=60)
            if caught >> (signal.SIGINT - 1) & 1:
                self.assertEqual(process.returncode, 130, delay)

    def test_nothing_but_text_off_a_terminal(self):
        out = self.root / "piped"
        result = winnow("run", self.recipe, "-i", *self.inputs, "-o", out)
        self.assertNotIn(b"\x1b", result.stdout + result.stderr)
        self.assertNotIn(b"\r", result.stdout + result.stderr)

    def test_no_colour(self):
        for name, environment in (("no", {"NO_COLOR": "1"}), ("yes", {})):
            shown = on_terminal("run", self.recipe, "-i", *self.inputs, "-o",
                                self.root / f"colour{name}",
                                environment=environment)
            self.assertIn("survive (", shown)
            self.assertIsNone(re.search(r"\x1b\[[0-9;]*m", shown))

    def test_a_dumb_terminal_has_no_progress(self):
        shown = on_terminal("run", self.recipe, "-i", *self.inputs, "-o",
                            self.root / "dumb", environment={"TERM": "dumb"})
        self.assertNotIn("\x1b", shown)

    def test_other_spellings(self):
        version = winnow("--version").stdout
        for args in (["version"], ["-V"]):
            self.assertEqual(winnow(*args).stdout, version)
        self.assertEqual(winnow("help").stdout, winnow("--help").stdout)
        self.assertEqual(winnow("help", "run").stdout,
                         winnow("run", "--help").stdout)
        self.assertIn(b"Exit codes", winnow("help").stdout)

    def test_conflicts_are_told(self):
        for args, expected in (
                (["run", self.recipe, "-i", self.jsonl, "-o", "-",
                  "--dropped", "all"], b"--dropped all: --output -"),
                (["read", self.jsonl, "--json"], b"goes with --stats"),
                (["report", self.out, "--json", "--html"], b"one of them"),
                (["run", self.recipe, "-i", self.jsonl, "-o", self.root / "n",
                  "--threads", "99999999999"], b"too large"),
                (["run", self.recipe, "-i", self.jsonl, "-o", self.root / "n",
                  "--memory", "12"], b"such as 12GiB")):
            result = winnow(*args)
            self.assertEqual(result.returncode, 2, args)
            self.assertIn(expected, result.stderr)
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
            self.assertEqual(result.stdout, b"")


def caught_signals(pid):
    """The mask of caught signals of a process; 0 before its handlers."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("SigCgt:"):
                    return int(line.split()[1], 16)
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    unittest.main()
