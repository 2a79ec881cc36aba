# SPDX-License-Identifier: Apache-2.0
"""Same dump, same recipe: the same bytes, whatever the threads, the order of
arguments, the kills."""
import os
import random
import signal
import subprocess
import time
import unittest

import harness


class Determinism(harness.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        out = cls.root / "reference"
        result = harness.winnow("run", cls.recipe, "--input", *cls.inputs,
                                "--output", out, "--threads", 1, "--memory",
                                "2GiB", "--dropped", "all")
        assert result.returncode == 0, result.stderr.decode()
        cls.reference = harness.fingerprint(out)

    def test_threads(self):
        for threads in (2, 3, 7):
            out = self.run_into(f"t{threads}", "--threads", threads,
                                "--dropped", "all")
            self.assertEqual(harness.fingerprint(out), self.reference, threads)

    def test_order_of_arguments(self):
        shuffled = list(self.inputs)
        random.Random(3).shuffle(shuffled)
        out = self.run_into("shuffled", "--threads", 2, "--dropped", "all",
                            inputs=shuffled[::-1])
        self.assertEqual(harness.fingerprint(out), self.reference)

    def test_memory_and_quiet_change_nothing(self):
        out = self.root / "small"
        result = harness.winnow("run", self.recipe, "--input", *self.inputs,
                                "--output", out, "--memory", "1100MiB",
                                "--threads", 2, "--quiet", "--dropped", "all")
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        self.assertEqual(result.stdout, b"")
        self.assertEqual(harness.fingerprint(out), self.reference)

    def marks(self, out):
        log = out / "run.log"
        if not log.exists():
            return 0
        return log.read_text().count("mark ")

    def start(self, out, *extra, threads=2):
        return subprocess.Popen(
            [harness.WINNOW, "run", self.recipe, "--input", *self.inputs,
             "--output", out, "--threads", str(threads), "--memory", "2GiB",
             "--dropped", "all", *extra], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)

    def wait_for_marks(self, process, out, marks):
        deadline = time.monotonic() + 60
        while (process.poll() is None and self.marks(out) < marks
               and time.monotonic() < deadline):
            time.sleep(0.001)

    def test_limit_survives_a_kill(self):
        whole = self.run_into("limit", "--limit", 1000, "--dropped", "all")
        out = self.root / "limit-killed"
        process = self.start(out, "--limit", "1000")
        self.wait_for_marks(process, out, 2)
        process.kill()
        process.communicate()
        final = self.start(out, "--limit", "1000")
        _, errors = final.communicate(timeout=120)
        self.assertEqual(final.returncode, 0, errors.decode())
        self.assertEqual(harness.fingerprint(out), harness.fingerprint(whole))
        self.assertEqual(harness.report(out)["input"]["documents"], 1000)

    def test_kill_and_resume(self):
        """kill -9 soon after the next mark, again and again, each time with
        other threads."""
        rng = random.Random(7)
        out = self.root / "killed"
        kills = 0
        for threads in (2, 7, 1, 16, 3, 2, 8, 1):
            process = self.start(out, threads=threads)
            self.wait_for_marks(process, out,
                                self.marks(out) + rng.randint(1, 4))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.communicate()
        final = self.start(out)
        _, errors = final.communicate(timeout=120)
        self.assertEqual(final.returncode, 0, errors.decode())
        self.assertGreaterEqual(kills, 2)
        self.assertEqual(harness.fingerprint(out), self.reference)
        # Less than two marks of work is done twice after each kill.
        furthest = mark = 0
        for line in (out / "run.log").read_text().splitlines():
            what, value = line.split()
            value = int(value)
            if what == "resume":
                self.assertGreaterEqual(value, mark)
                self.assertLess(furthest - value, 2 * 65536)
            if what == "cut":
                furthest = value
            if what == "mark":
                mark = value
        self.assertGreater(mark, 0)

    def test_interrupt(self):
        for attempt in range(10):  # it may be done before the signal comes
            out = self.root / f"interrupted{attempt}"
            process = self.start(out)
            self.wait_for_marks(process, out, 1)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
            if process.returncode != 0:
                break
        self.assertEqual(process.returncode, 130, errors.decode())
        self.assertIn(b"interrupted", errors)
        self.assertFalse((out / "report.json").exists())
        final = self.start(out)
        _, errors = final.communicate(timeout=120)
        self.assertEqual(final.returncode, 0, errors.decode())
        self.assertEqual(harness.fingerprint(out), self.reference)

    def test_file_size_limit_then_again(self):
        """A full disk, as the writer sees it."""
        out = self.root / "full"

        def small_files():
            import resource
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

        result = harness.winnow("run", self.recipe, "--input", *self.inputs,
                                "--output", out, "--threads", 2, "--memory",
                                "2GiB", "--dropped", "all",
                                preexec_fn=small_files)
        self.assertEqual(result.returncode, 1, result.stderr.decode())
        self.assertIn(b"cannot write", result.stderr)
        out = self.run_into("full", "--threads", 2, "--dropped", "all")
        self.assertEqual(harness.fingerprint(out), self.reference)


if __name__ == "__main__":
    unittest.main()
