#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes html_text_references.inc: the named character references of the
WHATWG HTML standard (2,125 names, 106 of them legal without a semicolon), as
Python's html.entities knows them, in one string of `name=HEX` items; `name!HEX`
where the semicolon may be missing, `HEX+HEX` where there are two code points.

    python3 make_html_text_references.py > html_text_references.inc
"""
import html.entities

names = html.entities.html5
items = []
for name in sorted(n for n in names if n.endswith(';')):
    bare = name[:-1]
    mark = '!' if bare in names else '='
    code = '+'.join('%X' % ord(c) for c in names[name])
    items.append(bare + mark + code + ' ')
print('// Made by make_html_text_references.py. Do not edit.')
line = ''
for item in items:
    if len(line) + len(item) > 76:
        print('"' + line + '"')
        line = ''
    line += item
print('"' + line + '"')
