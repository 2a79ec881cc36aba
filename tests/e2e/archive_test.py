# SPDX-License-Identifier: Apache-2.0
"""`winnow read` on a WARC of many members: documents, identities and --stats
are the same for any number of threads, damaged or not."""
import gzip
import json
import pathlib
import tempfile
import unittest

from harness import winnow


def record(kind, uri, block):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n"
            f"WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Length: {len(block)}"
            "\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def records():
    for i in range(3000):
        uri = f"http://example.org/{i}"
        status = "404 Not Found" if i % 10 == 9 else "200 OK"
        page = f"<title>{i}</title><p>" + " ".join(
            f"word{i * 7919 % 1009 + k}" for k in range(300))
        http = (f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n{page}")
        yield record("request", uri, b"GET / HTTP/1.1\r\n\r\n")
        yield record("response", uri, http.encode())


class ArchiveTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        members = [gzip.compress(r, 6, mtime=0) for r in records()]
        root = pathlib.Path(cls.folder.name)
        cls.whole = root / "whole.warc.gz"
        cls.whole.write_bytes(b"".join(members))
        for i in range(100, len(members), 501):  # the middle of a member
            half = len(members[i]) // 2
            members[i] = members[i][:half] + b"\xff" * 8 + members[i][half + 8:]
        cls.damaged = root / "damaged.warc.gz"
        cls.damaged.write_bytes(b"".join(members)[:-50])

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_any_number_of_threads(self):
        for path in (self.whole, self.damaged):
            seen = set()
            for threads in (1, 2, 3, 7):
                documents = winnow("read", "-t", str(threads), str(path)).stdout
                stats = winnow("read", "-t", str(threads), "--stats", "--json",
                               str(path)).stdout
                seen.add((documents, stats))
            self.assertEqual(len(seen), 1, path.name)

    def test_stats(self):
        stats = json.loads(
            winnow("read", "--stats", "--json", str(self.whole)).stdout)
        self.assertEqual(stats["documents"], 2700)
        self.assertEqual(stats["type"], {"request": 3000, "response": 3000})
        self.assertEqual(stats["status"], {"200": 2700, "404": 300})
        self.assertEqual(stats["mime"], {"text/html": 3000})
        self.assertEqual(stats["charset"], {"utf-8": 2700})
        self.assertEqual(stats["unreadable"], {})
        table = winnow("read", "--stats", str(self.whole)).stdout
        self.assertIn(b"HTTP status", table)

    def test_a_damaged_member_costs_itself(self):
        stats = json.loads(
            winnow("read", "--stats", "--json", str(self.damaged)).stdout)
        damaged = len(range(100, 6000, 501))
        self.assertGreaterEqual(stats["documents"], 2700 - damaged - 1)
        lost = stats["unreadable"]["read.gzip_invalid"]["count"]
        self.assertLessEqual(lost, damaged)


if __name__ == "__main__":
    unittest.main()
