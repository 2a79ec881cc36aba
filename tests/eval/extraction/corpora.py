# SPDX-License-Identifier: Apache-2.0
"""Pages and truth of the extraction benchmarks, wherever they are unpacked.

Sets: `aeb` (scrapinghub/article-extraction-benchmark, 181 articles), `wcxb`
and `wcxb_more` (Murrough-Foley/web-content-extraction-benchmark: a part to
measure on, another to train on). Nothing of them is in the repository; the
folders are $WINNOW_CORPORA_DIR/extraction_NAME.
"""

import gzip
import json
import os
import pathlib


class Page:
    """One page: its name, HTML as text, the truth and what it is."""

    def __init__(self, name, path, truth, kind, with_=(), without=()):
        self.name = name
        self.path = path
        self.truth = truth
        self.kind = kind
        self.with_ = list(with_)
        self.without = list(without)

    def bytes(self):
        data = self.path.read_bytes()
        if data[:2] == b'\x1f\x8b':
            data = gzip.decompress(data)
        return data

    def html(self):
        return self.bytes().decode('utf-8', 'replace')


def base():
    """$WINNOW_CORPORA_DIR, else where the C++ tests unpack corpora."""
    chosen = os.environ.get('WINNOW_CORPORA_DIR')
    if chosen:
        return pathlib.Path(chosen)
    cache = os.environ.get('XDG_CACHE_HOME')
    cache = pathlib.Path(cache) if cache else pathlib.Path.home() / '.cache'
    return cache / 'winnow' / 'corpora'


def load_aeb(folder):
    truth = json.loads((folder / 'ground-truth.json').read_text())
    return [
        Page(name, folder / 'html' / (name + '.html.gz'),
             truth[name]['articleBody'], 'article') for name in sorted(truth)
    ]


def load_wcxb(folder):
    pages = []
    for path in sorted((folder / 'dev' / 'ground-truth').glob('*.json')):
        record = json.loads(path.read_text())
        truth = record['ground_truth']
        html = folder / 'dev' / 'html' / (path.stem + '.html')
        if not html.exists():
            html = html.with_suffix('.html.gz')
        if not html.exists():
            continue
        pages.append(
            Page(path.stem, html, truth.get('main_content') or '',
                 record['_internal']['page_type']['primary'],
                 truth.get('with') or (),
                 truth.get('without') or ()))
    return pages


def load(name):
    """The pages of set `name`, sorted by page name."""
    root = base() / ('extraction_' + name)
    for found in sorted(root.rglob('ground-truth.json')):
        return load_aeb(found.parent)
    for found in sorted(root.rglob('ground-truth')):
        return load_wcxb(found.parent.parent)
    raise SystemExit(f'{root}: no benchmark there: set WINNOW_CORPORA_DIR')
