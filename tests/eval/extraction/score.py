# SPDX-License-Identifier: Apache-2.0
"""Scores predictions on an extraction benchmark.

    WINNOW_CORPORA_DIR=DIR python3 score.py SET PREDICTIONS.jsonl [--worst N]

SET is aeb, wcxb or wcxb_more. A line of PREDICTIONS is {"id", "text"}; a page
without a line counts as empty. `winnow_extract_pages` writes such lines.
"""

import argparse
import json

import corpora
import scoring


def read_predictions(path):
    found = {}
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            record = json.loads(line)
            found[record['id']] = record['text']
    return found


def row(label, count, score):
    columns = '  '.join(f'{key} {value:.4f}' for key, value in score.items())
    return f'{label:14s} {count:4d}  {columns}'


def report(pages, found, zyte):
    """Lines of text: the total and each kind of page."""
    if zyte:
        pairs = [(page.truth, found.get(page.name, '')) for page in pages]
        return [row('zyte', len(pages), scoring.zyte_score(pairs))]
    lines = []
    kinds = sorted({page.kind for page in pages})
    for kind in ['all'] + kinds:
        chosen = [p for p in pages if kind in ('all', p.kind)]
        rows = [(p.truth, found.get(p.name, ''), p.with_, p.without)
                for p in chosen]
        lines.append(row(kind, len(chosen), scoring.wcxb_score(rows)))
    return lines


def page_f1(page, predicted, zyte):
    if zyte:
        return scoring.zyte_score([(page.truth, predicted)])['f1']
    return scoring.wcxb_page(page.truth, predicted)[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('set')
    parser.add_argument('predictions')
    parser.add_argument('--worst', type=int, default=0)
    args = parser.parse_args()
    zyte = args.set == 'aeb'
    pages = corpora.load(args.set)
    found = read_predictions(args.predictions)
    print('\n'.join(report(pages, found, zyte)))
    worst = sorted(
        (page_f1(p, found.get(p.name, ''), zyte), p.name, p.kind)
        for p in pages)
    for f1, name, kind in worst[:args.worst]:
        print(f'{f1:.3f} {name} {kind}')


if __name__ == '__main__':
    main()
