#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes html_text.jsonl: small pages and their visible text, by a slow reader
on top of Python's html.parser that was written apart from the C++ one. It marks
breaks in the text and resolves runs of marks at the end.

    python3 make_html_vectors.py > html_text.jsonl
"""
import html.parser
import json
import random
import re

PARA = set('p h1 h2 h3 h4 h5 h6 hr pre listing blockquote table figure article'
           ' section form nav footer aside'.split())
LINE = set('address body caption center dd details dialog dir div dl dt'
           ' fieldset figcaption frameset head header hgroup html legend li'
           ' main menu ol optgroup option summary tbody tfoot thead tr'
           ' ul'.split())
DROP = set('nav footer aside button select object svg template canvas audio'
           ' video'.split())
RAW = set('script style iframe noembed noframes textarea'.split())
# What an end tag closes on its way: elements whose end must be written.
TRACKED = DROP | set('form noscript article blockquote center details div fieldset'
                     ' figure header main ol pre section table ul'
                     ' listing'.split())
UNDROP = ('form', 'noscript')
LINE_MARK, PARA_MARK, CELL_MARK, BR_MARK = '\x01\x02\x03\x04'
PRE = {' ': '\x10', '\n': '\x11', '\t': '\x12'}


class Events(html.parser.HTMLParser):
    """Pieces of text and marks; [start, end] of what closed by its own tag."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.out = []
        self.open = []
        self.spans = []
        self.raw = None
        self.title = None
        self.after_pre = False
        self.feed(page)
        self.close()

    def mark(self, tag):
        if tag in PARA:
            self.out.append(PARA_MARK)
        elif tag in LINE:
            self.out.append(LINE_MARK)

    def handle_comment(self, data):
        self.after_pre = False

    handle_decl = handle_pi = unknown_decl = handle_comment

    def handle_starttag(self, tag, attrs):
        self.after_pre = False
        if tag in RAW or tag == 'title':
            self.raw = tag
            return
        self.mark(tag)
        if tag == 'br':
            self.out.append(BR_MARK)
        if tag in ('td', 'th'):
            self.out.append(CELL_MARK)
        if tag in TRACKED:
            if tag in UNDROP and any(t == tag for t, _ in self.open):
                return
            self.open.append((tag, len(self.out)))
            self.after_pre = tag in ('pre', 'listing')

    def handle_startendtag(self, tag, attrs):
        if tag == 'svg':
            return
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.after_pre = False
        if tag == self.raw:
            self.raw = None
            return
        if any(t == tag for t, _ in self.open):
            while True:
                top, start = self.open.pop()
                if top == tag:
                    self.spans.append((tag, start, len(self.out)))
                    break
        self.mark(tag)

    def handle_data(self, data):
        if self.raw == 'title':
            if self.title is None and data.strip():
                self.title = ' '.join(data.split())
            return
        if self.raw:
            return
        data = data.replace('\r\n', '\n').replace('\r', '\n')
        if self.after_pre and data.startswith('\n'):
            data = data[1:]
        self.after_pre = False
        in_pre = any(t in ('pre', 'listing') for t, _ in self.open)
        text = []
        for c in data:
            if c == '\xa0':
                c = ' '
            if c == '\f':
                c = '\n'
            if c in PRE:
                c = PRE[c] if in_pre else ' '
            elif ord(c) < 32 or ord(c) == 127:
                continue
            text.append(c)
        self.out.append(''.join(text))


def resolve(pieces):
    text = ''.join(pieces)

    done = ''
    for part in re.split('([ \x01-\x04]+)', text):
        if not part.strip(' \x01\x02\x03\x04') and part:
            feeds = min(2, part.count(BR_MARK))
            if LINE_MARK in part:
                feeds = max(feeds, 1)
            if PARA_MARK in part:
                feeds = 2
            have = len(done) - len(done.rstrip('\n\x11'))
            if feeds:
                part = '\n' * max(0, feeds - have)
            elif have:
                part = ''
            else:
                part = '\t' if CELL_MARK in part else ' '
        done += part
    text = done
    for white, mark in PRE.items():
        text = text.replace(mark, white)
    return text.strip(' \t\n')


def visible_text(page):
    events = Events(page)
    out = list(events.out)
    groups = {tag: [] for tag in UNDROP}
    for tag, start, end in events.spans:  # inner ones come first
        if tag in DROP:
            for i in range(start, end):
                out[i] = ''
            out[max(0, start - 1)] += ' '
        elif tag in UNDROP:
            groups[tag].append((start, end))

    # Only what separates at the ends of a span survives it.
    def without(*spans):
        left = list(out)
        for start, end in spans:
            said = [i for i in range(start, end)
                    if left[i].strip(' \x01\x02\x03\x04')]
            if not said:
                continue
            first, last = left[said[0]], left[said[-1]]
            for i in range(said[0], said[-1] + 1):
                left[i] = ''
            if first[0] == ' ':
                left[said[0]] = ' '
            if last[-1] == ' ':
                left[said[-1]] += ' '
        return left

    # How many line feeds stay between a pre and a removed form is not said.
    if any(groups.values()) and set(''.join(out)) & set(PRE.values()):
        return None, None
    size = max(1, len(resolve(out).encode()))
    removed = []
    for spans in groups.values():
        if not spans:
            continue
        share = 1 - len(resolve(without(*spans)).encode()) / size
        # Near the limit the two ways of counting differ: no vector.
        if 0.35 < share < 0.65:
            return None, None
        if share < 0.5:
            removed += spans
    return resolve(without(*removed)), events.title


WORDS = ['alpha', 'beta', 'gamma delta', 'Grüße', '한국어 글', '漢字', '1 < 2', 'a & b', '&amp;', '&lt;p&gt;', '&eacute', '&notit;', '&nbsp;',
         '&#x1F600;', '&#233;', '&#150;', '&unknown;', '&', '&;', '&NotEqualTilde;',
         ' ', '  ', '\n', '\t', '\r\n', '\u00a0', '<>', '<!-- c -->', '<!-- <p> - > -->', '<!doctype html>', '<?php x ?>']
# Elements by what may stand in them: the reader knows no tree, so pages are
# nested as the standard has it. What a browser makes of others is tested apart.
FLOW = sorted((PARA | LINE | {'nav', 'footer', 'aside', 'x-y'}) -
              set('p h1 h2 h3 h4 h5 h6 hr pre listing table head html body'
                  ' frameset li ol ul menu dir dl dt dd tr tbody thead tfoot'
                  ' caption option optgroup summary legend'
                  ' figcaption'.split()))
PHRASING = 'p h1 h2 h3 h4 h5 h6 pre listing'.split()
INLINE = 'b span x-y i'.split()
ALTERNATIVES = 'audio video canvas object button'.split()
ATTRS = ['', '', '', ' class="a b"', " id='x>y'", ' hidden', ' a=1 b = "<p>"',
         ' title=it\'s', ' x="&quot;"', '\n  data-a="1"\n']
RAW_ELEMENTS = ['<script>if (a < b) { x = "</p>"; }</script>',
                '<style>p > a { }</style>', '<textarea>hid</textarea>',
                '<noscript>none</noscript>', '<title>A &amp; B\n c</title>',
                '<br>', '<br/>', '<hr>', '<img alt="no" src=x>', '<svg/>',
                '<svg><text>drawn</text></svg>', '<br><br>', '<wbr>']


def tags(r, name, content, may_lack_end=False):
    shown = name.upper() if r.random() < 0.2 else name
    end = '' if may_lack_end and r.random() < 0.4 else '</' + shown + '>'
    return '<' + shown + r.choice(ATTRS) + '>' + content + end


def some(r, most, make):
    return ''.join(make() for _ in range(r.randint(1, most)))


def phrasing(r, depth):
    def part():
        k = r.random()
        if k < 0.6 or depth > 4:
            return r.choice(WORDS)
        if k < 0.75:
            return r.choice(RAW_ELEMENTS).replace('<hr>', '<br>')
        if k < 0.9:
            return tags(r, r.choice(INLINE), phrasing(r, depth + 1))
        return r.choice(['</b>', '</x-y>', '</em>'])
    return some(r, 4, part)


def flow(r, depth, stray=True):
    def items(outer, inner):
        return tags(r, outer, some(r, 3, lambda: tags(
            r, r.choice(inner), flow(r, depth + 2, stray), True)))

    def cells():
        return tags(r, 'tr', some(r, 3, lambda: tags(
            r, r.choice(['td', 'th']), flow(r, depth + 3, False), True)), True)

    def part():
        k = r.random()
        if k < 0.4 or depth > 4:
            return r.choice(WORDS)
        if k < 0.5:
            return r.choice(RAW_ELEMENTS)
        if k < 0.7:
            name = r.choice(FLOW)
            if name in DROP or name in UNDROP or r.random() < 0.85:
                return tags(r, name, flow(r, depth + 1, stray))
            return '<' + name + '>' + flow(r, depth + 1, stray)
        if k < 0.8:
            name = r.choice(PHRASING)
            return tags(r, name, phrasing(r, depth + 1), name == 'p')
        if k < 0.84:
            return items(r.choice(['ul', 'ol', 'menu', 'dir']), ['li'])
        if k < 0.87:
            return items('dl', ['dt', 'dd'])
        if k < 0.91:
            groups = [cells, lambda: tags(r, 'tbody', some(r, 2, cells), True)]
            return tags(r, 'table', some(r, 2, r.choice(groups)))
        if k < 0.94:
            return tags(r, 'select', some(r, 3, lambda: tags(
                r, 'option', r.choice(WORDS), True)))
        if k < 0.97:
            return tags(r, r.choice(ALTERNATIVES), phrasing(r, 4))
        # An end tag of nothing, or of something far out.
        return r.choice(['</p>', '</h3>', '</div>', '</section>', '</nav>']
                        if stray else ['</b>', '</em>'])
    return some(r, 5, part)


def random_page(r):
    return flow(r, 0)


def main():
    r = random.Random(20240917)
    written = 0
    while written < 400:
        page = random_page(r)
        if page.lower().count('<form') > 1:  # they do not nest
            continue
        text, title = visible_text(page)
        if text is None:
            continue
        vector = {'html': page, 'text': text}
        if title:
            vector['title'] = title
        print(json.dumps(vector, ensure_ascii=False))
        written += 1


main()
