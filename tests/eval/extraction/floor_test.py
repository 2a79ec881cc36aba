# SPDX-License-Identifier: Apache-2.0
"""Pins the quality of main-content extraction where the benchmarks are.

The floors stand a little below what was measured, so that noise passes and a
broken feature does not. Every page type of WCXB must stay above what
trafilatura 2.3.1 reaches on the same pages.
"""

import json
import os
import subprocess
import unittest

import corpora
import scoring

TOOL = os.environ.get('WINNOW_EXTRACT_PAGES', 'winnow_extract_pages')
TRAFILATURA = {
    'article': 0.9398, 'collection': 0.6034, 'documentation': 0.9050,
    'forum': 0.7971, 'listing': 0.5649, 'product': 0.5855, 'service': 0.7819,
}


def extract(pages):
    paths = [str(page.path) for page in pages]
    out = subprocess.run([TOOL, 'main_content'] + paths, check=True,
                         capture_output=True).stdout
    records = [json.loads(line) for line in out.splitlines()]
    return {record['id']: record['text'] for record in records}


class FloorTest(unittest.TestCase):

    def pages(self, name):
        if not any(corpora.base().glob(f'extraction_{name}/*')):
            self.skipTest(f'no {name}: set WINNOW_CORPORA_DIR')
        return corpora.load(name)

    def test_zyte(self):
        pages = self.pages('aeb')
        found = extract(pages)
        score = scoring.zyte_score(
            [(page.truth, found[page.name]) for page in pages])
        self.assertGreaterEqual(score['f1'], 0.960)

    def test_wcxb(self):
        pages = self.pages('wcxb')
        found = extract(pages)
        kinds = {}
        for page in pages:
            f1 = scoring.wcxb_page(page.truth, found[page.name])[2]
            kinds.setdefault(page.kind, []).append(f1)
        every = [f1 for values in kinds.values() for f1 in values]
        self.assertGreaterEqual(sum(every) / len(every), 0.87)
        for kind, floor in TRAFILATURA.items():
            mean = sum(kinds[kind]) / len(kinds[kind])
            self.assertGreater(mean, floor, kind)


class ScoringTest(unittest.TestCase):

    def test_zyte_rules(self):
        score = scoring.zyte_score([('a b c d', 'a b c d'), ('a b', '')])
        self.assertEqual((score['p'], score['r']), (1.0, 0.5))
        tp, fp, fn = scoring.zyte_page('a b c d e', 'a b c d x')
        self.assertEqual((tp, fp, fn), (1 / 3, 1 / 3, 1 / 3))

    def test_wcxb_rules(self):
        self.assertEqual(scoring.wcxb_page('', '')[2], 1.0)
        self.assertEqual(scoring.wcxb_page('a', '')[2], 0.0)
        self.assertEqual(scoring.wcxb_page('A b', 'a b c d')[:2], (0.5, 1.0))
        self.assertEqual(scoring.snippet_rate([], 'x'), 1.0)
        self.assertEqual(scoring.snippet_rate(['X', 'y'], 'x'), 0.5)


if __name__ == '__main__':
    unittest.main()
