# SPDX-License-Identifier: Apache-2.0
"""Trains the block model and writes it as C++.

    VENV/bin/pip install lightgbm==4.7.0 numpy==2.* rapidfuzz==3.14.6
    WINNOW_CORPORA_DIR=DIR VENV/bin/python train.py TOOL OUT.inc [--folds N]

TOOL is winnow_extract_pages. Trains on wcxb_more alone. A block's target is the
share of its words that the truth has, its weight grows with its share of the
page, so that each page counts about the same. Pages are also shown cut short:
long texts lose most of their content and keep the rest of the page, because
short news items amid much else are rare in the training set and common on the
web. With --folds N prints the F1 of pages that the model has not seen.
"""

import argparse
import collections
import random
import subprocess
import sys
import tempfile

import lightgbm
import numpy

import blocks
import corpora
import model_export
import scoring

WEIGHT_POWER = 0.7
MIN_PAGE_WORDS = 80
HIDE_NAMES = 0.25  # share of the copies whose class names say nothing
MAX_BLOCKS = 200  # of a page, drawn at random
COPY_WEIGHT = 0.4
COPY_WORDS = (70, 120, 200, 300, 450, 700)

SHARED = dict(
    objective='cross_entropy', min_data_in_leaf=20, min_sum_hessian_in_leaf=3,
    lambda_l2=5.0, bagging_fraction=0.6, bagging_freq=1, max_bin=63,
    max_depth=7, num_threads=1, deterministic=True, verbose=-1)
MODELS = (
    (dict(learning_rate=0.1, num_leaves=16, feature_fraction=0.3, seed=1), 100),
    (dict(learning_rate=0.12, num_leaves=24, feature_fraction=0.25, seed=7,
          extra_trees=True), 120),
    (dict(learning_rate=0.12, num_leaves=24, feature_fraction=0.25, seed=11,
          extra_trees=True), 120),
)


class Sample:
    """A page, or a cut copy of one: blocks, labels, words of its truth."""

    def __init__(self, page, found, labels, words, factor):
        self.page = page
        self.blocks = found
        self.labels = labels
        self.words = words
        self.factor = factor

    def hide(self, columns):
        """Makes features unknown: a page without telling names."""
        self.blocks.features = self.blocks.features.copy()
        self.blocks.features[:, columns] = 0

    def rows(self):
        sizes = numpy.maximum(self.blocks.sizes, 0.3)
        weights = self.factor * (
            sizes / max(self.words, MIN_PAGE_WORDS))**WEIGHT_POWER
        count = len(self.labels)
        if count <= MAX_BLOCKS:
            return self.blocks.features, self.labels, weights
        draw = numpy.random.RandomState(count).permutation(count)[:MAX_BLOCKS]
        draw.sort()
        return (self.blocks.features[draw], self.labels[draw],
                weights[draw] * (count / MAX_BLOCKS))


def run_tool(tool, names):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run([tool, 'features', out.name, '-'], check=True,
                       input='\n'.join(names) + '\n', text=True)
        return blocks.read(out.name)


def cut_copies(sample, rng):
    """Lists of blocks to leave out of copies of a page."""
    if sample.page.kind in ('product', 'listing', 'collection'):
        return
    content = [i for i, share in enumerate(sample.labels)
               if share >= 0.5 and sample.blocks.sizes[i] > 0]
    words = sample.blocks.sizes[content].sum()
    for _ in range(4 if sample.page.kind == 'article' else 1):
        wanted = rng.choice(COPY_WORDS)
        if words < 200 or wanted > words * 0.7:
            continue
        start = 0 if rng.random() < 0.7 else rng.randrange(
            max(1, len(content) // 2))
        kept, have = set(), 0
        for i in content[start:]:
            kept.add(i)
            have += sample.blocks.sizes[i]
            if have >= wanted:
                break
        dropped = [i for i in content if i not in kept]
        if dropped:
            yield dropped


def load(tool):
    """(feature names, samples of whole pages, {page name: cut copies})."""
    pages = corpora.load('wcxb_more')
    names, found = run_tool(tool, [str(page.path) for page in pages])
    samples = []
    for page in pages:
        labels = blocks.label(found[page.name], page.truth)
        words = len(blocks.WORDS.findall(page.truth.lower()))
        samples.append(Sample(page, found[page.name], labels, words, 1.0))
    rng = random.Random(9)
    jobs = [(sample, dropped) for sample in samples
            for dropped in cut_copies(sample, rng)]
    lines = [','.join([str(sample.page.path)] + [str(i) for i in dropped])
             for sample, dropped in jobs]
    _, cut = run_tool(tool, lines)
    copies = collections.defaultdict(list)
    classes = [i for i, name in enumerate(names)
               if name.startswith(('name_', 'body_class', 'around_26'))]
    for (sample, dropped), found_cut in zip(jobs, cut.values()):
        gone = set(dropped)
        labels = numpy.array([share for i, share in enumerate(sample.labels)
                              if i not in gone])
        words = (found_cut.sizes * labels).sum()
        copy = Sample(sample.page, found_cut, labels, words, COPY_WEIGHT)
        if rng.random() < HIDE_NAMES:
            copy.hide(classes)
        copies[sample.page.name].append(copy)
    return names, samples, copies


def fit(samples, copies):
    chosen = list(samples)
    for sample in samples:
        chosen += copies[sample.page.name]
    rows = [sample.rows() for sample in chosen if len(sample.labels)]
    features = numpy.concatenate([row[0] for row in rows])
    labels = numpy.concatenate([row[1] for row in rows])
    weights = numpy.concatenate([row[2] for row in rows])
    data = lightgbm.Dataset(features, labels, weight=weights / weights.mean(),
                            params={'max_bin': 63}, free_raw_data=False)
    return [lightgbm.train({**SHARED, **own}, data, rounds)
            for own, rounds in MODELS]


def keep(models, sample):
    """Blocks above half of the best expected F1 of the page."""
    if not len(sample.labels):
        return numpy.zeros(0, bool)
    raw = sum(model.predict(sample.blocks.features, raw_score=True)
              for model in models) / len(models)
    chance = 1 / (1 + numpy.exp(-raw))
    order = numpy.argsort(-chance, kind='stable')
    sizes = sample.blocks.sizes[order]
    hits = numpy.cumsum(sizes * chance[order])
    f1 = 2 * hits / (numpy.cumsum(sizes) + hits[-1] + 1e-9)
    return chance >= max(f1.max() / 2 - 0.05, 0.02)


def cross_validate(samples, copies, folds):
    order = list(samples)
    random.Random(0).shuffle(order)
    total = collections.defaultdict(list)
    for fold in range(folds):
        held = order[fold::folds]
        names = {sample.page.name for sample in held}
        models = fit([s for s in samples if s.page.name not in names], copies)
        for sample in held:
            text = '\n'.join(t for t, k in zip(sample.blocks.texts,
                                               keep(models, sample)) if k)
            f1 = scoring.wcxb_page(sample.page.truth, text)[2]
            total[sample.page.kind].append(f1)
            total['all'].append(f1)
    for kind, values in sorted(total.items()):
        print(f'{kind:14s} {len(values):4d}  f1 {numpy.mean(values):.4f}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('tool')
    parser.add_argument('out')
    parser.add_argument('--folds', type=int, default=0)
    args = parser.parse_args()
    names, samples, copies = load(args.tool)
    if args.folds:
        cross_validate(samples, copies, args.folds)
    models = fit(samples, copies)
    gain = sum(model.feature_importance('gain') for model in models)
    for at in numpy.argsort(-gain)[:30]:
        print(f'{gain[at]:12.0f} {names[at]}', file=sys.stderr)
    with open(args.out, 'w', encoding='ascii') as out:
        out.write(model_export.source(models, len(names)))


if __name__ == '__main__':
    main()
