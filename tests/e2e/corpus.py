# SPDX-License-Identifier: Apache-2.0
"""Small dumps of our own making, seeded, with every kind of input and damage.

Nothing here comes from anywhere else: words are drawn from short lists, pages
and captions are built around them.
"""
import gzip
import io
import json
import random
from pathlib import Path

ENGLISH = (
    "the river of stones and that have with be to water under bridge morning "
    "people walk slowly between houses while children carry lanterns because "
    "winter evenings begin early near mountain villages where teachers read "
    "letters about distant harbours ships markets gardens windows painted "
    "doors quiet music simple bread honest work careful hands"
).split()
KOREAN = (
    "강물은 바다로 흐르고 아이들은 골목에서 등불을 들었다 겨울 저녁에는 "
    "마을 사람들이 천천히 걸으며 이야기를 나누었고 선생님은 편지를 읽었다 "
    "시장에는 빵과 과일이 있었으며 창문마다 불빛이 비쳤다"
).split()


def sentence(rng, words):
    n = rng.randint(6, 16)
    text = " ".join(rng.choice(words) for _ in range(n))
    return text[0].upper() + text[1:] + "."


def text(rng, words=ENGLISH, sentences=None):
    sentences = sentences or rng.randint(8, 30)
    parts = [sentence(rng, words) for _ in range(sentences)]
    lines = []
    while parts:
        k = rng.randint(1, 4)
        lines.append(" ".join(parts[:k]))
        parts = parts[k:]
    return "\n".join(lines)


def edited(rng, original):
    """The same text with a few words changed: a near duplicate."""
    words = original.split(" ")
    for _ in range(2):
        words[rng.randrange(len(words))] = rng.choice(ENGLISH)
    return " ".join(words)


def documents(seed, count):
    """Texts with exact and near duplicates, short ones and Korean ones."""
    rng = random.Random(seed)
    out = []
    for i in range(count):
        kind = rng.random()
        if kind < 0.1 and out:
            out.append(rng.choice(out))
        elif kind < 0.2 and out:
            out.append(edited(rng, rng.choice(out)))
        elif kind < 0.3:
            out.append(text(rng, KOREAN))
        elif kind < 0.35:
            out.append("Too short.")
        else:
            out.append(text(rng))
    return out


def write_jsonl(path, seed, count):
    lines = [
        json.dumps({"id": f"{path.stem}-{i}", "text": t, "lang_hint": "x"},
                   ensure_ascii=False)
        for i, t in enumerate(documents(seed, count))
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def page(rng):
    body = "".join(f"<p>{line}</p>" for line in text(rng).split("\n"))
    return (f"<!doctype html><html><head><title>{sentence(rng, ENGLISH)}"
            f"</title><style>p{{}}</style></head><body><nav>Home | About</nav>"
            f"<main>{body}</main><script>var x = 1 < 2;</script>"
            f"<footer>end</footer></body></html>")


def warc_record(uri, html):
    http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"\r\n" + html.encode())
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\n"
            f"WARC-Date: 2024-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{abs(hash(uri)):032x}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n").encode()
    return head + http + b"\r\n\r\n"


def write_warc(path, seed, count):
    rng = random.Random(seed)
    with open(path, "wb") as out:
        for i in range(count):
            record = warc_record(f"http://site{i % 7}.example/{i}", page(rng))
            out.write(gzip.compress(record, mtime=0))


def write_vtt(path, seed):
    rng = random.Random(seed)
    out = io.StringIO()
    out.write("WEBVTT\n\n")
    for i in range(40):
        out.write(f"00:{i // 60:02}:{i % 60:02}.000 --> "
                  f"00:{i // 60:02}:{i % 60:02}.900\n")
        out.write(sentence(rng, ENGLISH) + "\n\n")
    path.write_text(out.getvalue(), encoding="utf-8")


def build(root, documents_each=300):
    """A dump of three folders. Returns their paths."""
    root = Path(root)
    for name in ("a_json", "b_web", "c_talk"):
        (root / name / "deep").mkdir(parents=True)
    for i in range(4):
        write_jsonl(root / "a_json" / f"part{i}.jsonl", i, documents_each)
    many = (root / "a_json" / "part0.jsonl").read_bytes()
    lines = many.splitlines(keepends=True)
    members = b"".join(gzip.compress(b"".join(lines[k:k + 7]), mtime=0)
                       for k in range(0, len(lines), 7))
    (root / "a_json" / "deep" / "members.jsonl.gz").write_bytes(members)
    (root / "a_json" / "cut.jsonl.gz").write_bytes(members[:-40])
    (root / "a_json" / "broken.jsonl").write_bytes(
        lines[0] + b'{"text": "no end\n' + lines[1] + b"[1,2]\n"
        + b'{"id": "no text"}\n' + lines[2])
    write_warc(root / "b_web" / "pages.warc.gz", 11, 120)
    rng = random.Random(5)
    for i in range(20):
        (root / "b_web" / "deep" / f"p{i:02}.html").write_text(
            page(rng), encoding="utf-8")
    for i in range(10):
        write_vtt(root / "c_talk" / f"talk{i}.vtt", 100 + i)
    (root / "c_talk" / "empty.txt").write_bytes(b"")
    (root / "c_talk" / "picture.bin").write_bytes(
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return [root / "a_json", root / "b_web", root / "c_talk"]
