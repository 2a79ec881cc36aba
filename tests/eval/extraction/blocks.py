# SPDX-License-Identifier: Apache-2.0
"""Blocks of pages with features, and labels from the truth.

Reads what `winnow_extract_pages features` writes. A block's label is the share
of its words that a longest common subsequence of the page's words and the
truth's words covers.
"""

import re
import struct

import numpy

# For each block: four ranges of blocks around it, its section, two groups of
# siblings with the sibling it is in.
LINKS = 13
WORDS = re.compile(r'\w+', re.UNICODE)


class Blocks:
    """One page: texts, breaks, elements, a matrix of features."""

    def __init__(self, name, title, texts, breaks, elements, features):
        self.name = name
        self.title = title
        self.texts = texts
        self.breaks = breaks
        self.links = numpy.array(elements, 'i8').reshape(len(texts), LINKS)
        self.features = features
        self.words = [WORDS.findall(text.lower()) for text in texts]
        self.sizes = numpy.array([len(words) for words in self.words], float)


class _Reader:

    def __init__(self, data):
        self.data = data
        self.at = 0

    def u32(self):
        value = struct.unpack_from('<I', self.data, self.at)[0]
        self.at += 4
        return value

    def text(self):
        size = self.u32()
        value = self.data[self.at:self.at + size].decode('utf-8', 'replace')
        self.at += size
        return value

    def floats(self, count):
        value = numpy.frombuffer(self.data, '<f4', count, self.at)
        self.at += 4 * count
        return value


def read(path):
    """(feature names, {page name: Blocks})."""
    with open(path, 'rb') as file:
        reader = _Reader(file.read())
    names = [reader.text() for _ in range(reader.u32())]
    pages = {}
    while reader.at < len(reader.data):
        name, title = reader.text(), reader.text()
        while name in pages:
            name += '+'
        texts, breaks, elements, rows = [], [], [], []
        for _ in range(reader.u32()):
            texts.append(reader.text())
            breaks.append(reader.u32())
            elements.append([reader.u32() for _ in range(LINKS)])
            rows.append(reader.floats(len(names)))
        matrix = numpy.array(rows, 'f4').reshape(len(texts), len(names))
        pages[name] = Blocks(name, title, texts, breaks, elements, matrix)
    return names, pages


def label(blocks, truth):
    """Share of each block's words that the truth has, in its order."""
    from rapidfuzz.distance import LCSseq
    want = WORDS.findall(truth.lower())
    have = [word for words in blocks.words for word in words]
    owner = numpy.repeat(numpy.arange(len(blocks.texts)),
                         [len(words) for words in blocks.words])
    hits = numpy.zeros(len(blocks.texts))
    for op in LCSseq.opcodes(have, want):
        if op.tag == 'equal':
            # A lone word in common is chance as often as not, unless the
            # block is that short.
            for at in range(op.src_start, op.src_end):
                hits[owner[at]] += 1
    return hits / numpy.maximum(blocks.sizes, 1)
