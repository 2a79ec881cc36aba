# SPDX-License-Identifier: Apache-2.0
"""The scoring rules of the extraction benchmarks.

Zyte (scrapinghub/article-extraction-benchmark : evaluate.py): multisets of
token 4-grams. WCXB (Murrough-Foley/web-content-extraction-benchmark): bags of
lower-case words, the mean of the F1 of pages, and the share of wanted and
unwanted snippets found.
"""

import collections
import re

WORDS = re.compile(r'\w+', re.UNICODE)


def zyte_tokens(text):
    """Maximal runs of letters, digits and underscores, case kept."""
    return WORDS.findall(text or '')


def zyte_shingles(text, n=4):
    tokens = zyte_tokens(text)
    if not tokens:
        return collections.Counter()
    if len(tokens) < n:
        return collections.Counter([tuple(tokens)])
    return collections.Counter(
        tuple(tokens[i:i + n]) for i in range(len(tokens) - n + 1))


def zyte_page(truth, predicted):
    """Shares of true positives, false positives and false negatives."""
    want, have = zyte_shingles(truth), zyte_shingles(predicted)
    tp = fp = fn = 0
    for key in want.keys() | have.keys():
        t, p = want[key], have[key]
        tp += min(t, p)
        fp += max(0, p - t)
        fn += max(0, t - p)
    total = tp + fp + fn
    if total > 0:
        return tp / total, fp / total, fn / total
    return 0.0, 0.0, 0.0


def _ratio(part, rest):
    if part == 0 and rest == 0:
        return 0.0
    return part / (part + rest)


def zyte_score(pairs):
    """pairs: (truth, predicted). F1, precision, recall, accuracy."""
    precisions, recalls, equal, count = [], [], 0, 0
    for truth, predicted in pairs:
        tp, fp, fn = zyte_page(truth, predicted)
        if fp == fn == 0:
            precisions.append(1.0)
            recalls.append(1.0)
        else:
            if tp + fp > 0:
                precisions.append(_ratio(tp, fp))
            if tp + fn > 0:
                recalls.append(_ratio(tp, fn))
        equal += zyte_tokens(truth) == zyte_tokens(predicted)
        count += 1
    p = sum(precisions) / max(1, len(precisions))
    r = sum(recalls) / max(1, len(recalls))
    f1 = 2 * p * r / (p + r) if p + r > 0 else 0.0
    return {'f1': f1, 'p': p, 'r': r, 'acc': equal / max(1, count)}


def wcxb_page(truth, predicted):
    """Precision, recall and F1 of the bags of words."""
    want = collections.Counter(WORDS.findall((truth or '').lower()))
    have = collections.Counter(WORDS.findall((predicted or '').lower()))
    if not want and not have:
        return 1.0, 1.0, 1.0
    if not want or not have:
        return 0.0, 0.0, 0.0
    overlap = sum((want & have).values())
    p = overlap / sum(have.values())
    r = overlap / sum(want.values())
    return p, r, 2 * p * r / (p + r) if p + r > 0 else 0.0


def snippet_rate(snippets, predicted):
    """Share of snippets found; 1 for none, as the benchmark has it."""
    if not snippets:
        return 1.0
    text = (predicted or '').lower()
    return sum(s.lower() in text for s in snippets) / len(snippets)


def wcxb_score(rows):
    """rows: (truth, predicted, with, without). Means over the pages."""
    total = collections.Counter()
    for truth, predicted, with_, without in rows:
        p, r, f1 = wcxb_page(truth, predicted)
        total['p'] += p
        total['r'] += r
        total['f1'] += f1
        total['with'] += snippet_rate(with_, predicted)
        total['without'] += snippet_rate(without, predicted)
        total['pages'] += 1
    pages = max(1, total.pop('pages'))
    keys = ('f1', 'p', 'r', 'with', 'without')
    return {key: total[key] / pages for key in keys}
