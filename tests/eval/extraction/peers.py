# SPDX-License-Identifier: Apache-2.0
"""Other extractors on the same pages: quality and speed, one process.

    python3 -m venv VENV
    VENV/bin/pip install trafilatura==2.3.1 resiliparse==2.0.1 \
        lxml lxml_html_clean cssselect
    VENV/bin/pip install --no-deps readability-lxml==0.9
    WINNOW_CORPORA_DIR=DIR VENV/bin/python peers.py SET NAME [OUT.jsonl]

NAME is trafilatura, trafilatura_precision, trafilatura_recall, resiliparse or
readability. Time is process CPU time around the call alone; the bytes are those
of the decoded page. Settings are each tool's defaults for main content, with
comments off for trafilatura.
"""

import json
import sys
import time

import corpora
import score


def trafilatura(**settings):
    import trafilatura as peer

    def run(html):
        return peer.extract(html, include_comments=False, **settings) or ''

    return run


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def readability():
    import lxml.html
    from readability import Document

    def run(html):
        summary = Document(html).summary()
        return lxml.html.fromstring(summary).text_content()

    return run


PEERS = {
    'trafilatura': trafilatura,
    'trafilatura_precision': lambda: trafilatura(favor_precision=True),
    'trafilatura_recall': lambda: trafilatura(favor_recall=True),
    'resiliparse': resiliparse,
    'readability': readability,
}


def main():
    name, peer = sys.argv[1], sys.argv[2]
    run = PEERS[peer]()
    pages = corpora.load(name)
    found, spent, size = {}, 0.0, 0
    for page in pages:
        html = page.html()
        size += len(page.bytes())
        begin = time.process_time()
        try:
            text = run(html)
        except Exception:  # A tool that gives up has found nothing.
            text = ''
        spent += time.process_time() - begin
        found[page.name] = text
    print(f'{peer} on {name}: {size / spent / 1e6:.2f} MB/s, '
          f'{len(pages) / spent:.1f} pages/s')
    print('\n'.join(score.report(pages, found, name == 'aeb')))
    if len(sys.argv) > 3:
        with open(sys.argv[3], 'w', encoding='utf-8') as out:
            for key, text in found.items():
                out.write(json.dumps({'id': key, 'text': text}) + '\n')


if __name__ == '__main__':
    main()
