#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs pages into a WARC as crawls are packed: request, response and metadata
a page, a gzip member (level 6) or plain bytes for each record.

    pack_warc.py OUT.warc[.gz] [--megabytes N] FOLDER...
"""
import argparse
import hashlib
import base64
import pathlib
import zlib


def gzip_member(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(kind: str, number: int, uri: str, content: str,
           block: bytes, more: str = "") -> bytes:
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
            "WARC-Date: 2024-05-06T07:08:09Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>"
            f"\r\nContent-Length: {len(block)}\r\nContent-Type: {content}\r\n"
            f"WARC-Target-URI: {uri}\r\n{more}"
            f"WARC-Block-Digest: {digest(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def records(page: bytes, number: int, uri: str):
    yield record("request", number, uri, "application/http; msgtype=request",
                 f"GET /{number} HTTP/1.1\r\nUser-Agent: bot/2.0\r\n"
                 "Accept: text/html\r\nHost: example.org\r\n"
                 "Connection: Keep-Alive\r\n\r\n".encode())
    http = ("HTTP/1.1 200 OK\r\nDate: Mon, 06 May 2024 07:08:09 GMT\r\n"
            "Server: nginx\r\nContent-Type: text/html; charset=utf-8\r\n"
            "X-Crawler-Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
            f"Content-Length: {len(page)}\r\n\r\n").encode()
    yield record("response", number, uri, "application/http; msgtype=response",
                 http + page,
                 f"WARC-Payload-Digest: {digest(page)}\r\n"
                 "WARC-Identified-Payload-Type: text/html\r\n")
    yield record("metadata", number, uri, "application/warc-fields",
                 b"fetchTimeMs: 215\r\ncharset-detected: UTF-8\r\n"
                 b"languages-cld2: {\"reliable\":true,\"text-bytes\":3421}\r\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--megabytes", type=int, default=150)
    args = parser.parse_args()
    pack = gzip_member if args.out.endswith(".gz") else bytes
    pages = sorted(p for f in args.folders for p in pathlib.Path(f).rglob("*")
                   if p.suffix in (".html", ".htm") and p.is_file())
    payload = number = 0
    with open(args.out, "wb") as out:
        out.write(pack(record("warcinfo", 0, "file:///x", "application/warc-"
                              "fields", b"software: pack_warc\r\n")))
        for path in pages:
            if payload >= args.megabytes * 1_000_000:
                break
            page = path.read_bytes()
            payload += len(page)
            number += 1
            for one in records(page, number, f"https://example.org/{number}"):
                out.write(pack(one))
    print(f"{number} pages, {payload / 1e6:.1f} MB of payload")


if __name__ == "__main__":
    main()
