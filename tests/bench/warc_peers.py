#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times FastWARC and warc_bench on one .warc.gz in turn, one core, and prints
the best of each. Needs `pip install fastwarc==2.0.1`.

    warc_peers.py WARC_BENCH FILE.warc.gz [ROUNDS]
"""
import json
import os
import subprocess
import sys
import time

from fastwarc.warc import ArchiveIterator


def fastwarc(path: str) -> float:
    """Seconds of CPU for all records, HTTP heads parsed."""
    start = time.process_time()
    records = 0
    for one in ArchiveIterator(path, parse_http=True):
        records += 1
        one.http_headers  # parsed when asked for
    return time.process_time() - start


def winnow(bench: str, path: str) -> dict:
    out = subprocess.run(
        [bench, "--benchmark_format=json", "--benchmark_min_time=0.3"],
        env={**os.environ, "WINNOW_WARC": path}, check=True,
        capture_output=True).stdout
    return {b["name"]: (b["bytes_per_second"] / 1e6, b["cpu_time"] / 1e3)
            for b in json.loads(out)["benchmarks"]}


def main() -> None:
    bench, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peer, ours = [], {}
    decoded = 0.0
    for _ in range(rounds):
        peer.append(fastwarc(path))
        for name, (rate, seconds) in winnow(bench, path).items():
            ours[name] = max(ours.get(name, 0), rate)
            decoded = max(decoded, rate * seconds)
    rates = {**ours, "fastwarc": decoded / min(peer)}
    for name, rate in sorted(rates.items(), key=lambda x: -x[1]):
        print(f"{name:24} {rate:8.0f} MB/s decoded, "
              f"{rate / rates['BM_Warc_libdeflate']:.2f} of libdeflate, "
              f"{rate / rates['fastwarc']:.2f} of fastwarc")


if __name__ == "__main__":
    main()
