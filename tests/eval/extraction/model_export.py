# SPDX-License-Identifier: Apache-2.0
"""Boosted trees as C++ tables for pipeline/read/html/block_model.cc.

Children stand side by side, a leaf points to itself. Values are integers in
1/65536 of a logit, the mean over the models; thresholds are rounded down to
float, which decides alike for features that are floats.
"""

import math

import numpy

LOGIT_UNIT = 1 << 16
MAX_LOGIT = 8
STEPS = 64
CERTAIN = 1024


def _floor_to_float(value):
    rounded = numpy.float32(value)
    if float(rounded) > value:
        rounded = numpy.nextafter(rounded, numpy.float32(-numpy.inf))
    return rounded


def _flatten(root):
    """[(threshold, feature, left, value)] and the depth of one tree."""
    rows = [None]
    todo = [(root, 0, 0)]
    depth = 0
    while todo:
        node, at, level = todo.pop(0)
        depth = max(depth, level)
        if 'leaf_value' in node:
            rows[at] = (None, 0, at, node['leaf_value'])
            continue
        assert node['decision_type'] == '<='
        left = len(rows)
        rows += [None, None]
        rows[at] = (_floor_to_float(node['threshold']), node['split_feature'],
                    left, 0.0)
        todo.append((node['left_child'], left, level + 1))
        todo.append((node['right_child'], left + 1, level + 1))
    return rows, depth


def _table(items, per_line):
    lines = [', '.join(items[i:i + per_line])
             for i in range(0, len(items), per_line)]
    return ',\n    '.join(lines)


def source(models, features):
    trees, nodes, values = [], [], []
    scale = LOGIT_UNIT / len(models)
    for model in models:
        for tree in model.dump_model()['tree_info']:
            rows, depth = _flatten(tree['tree_structure'])
            trees.append(f'{{{len(nodes)}, {depth}}}')
            for threshold, feature, left, value in rows:
                shown = 'kLeaf' if threshold is None else f'{threshold!r}F'
                if threshold is not None:
                    shown = f'{float(threshold):.9g}'
                    shown += 'F' if ('.' in shown or 'e' in shown) else '.F'
                nodes.append(f'{{{shown}, {feature}, {left}}}')
                values.append(str(round(value * scale)))
    table = []
    for at in range(2 * MAX_LOGIT * STEPS):
        logit = (at + 0.5) / STEPS - MAX_LOGIT
        table.append(str(round(CERTAIN / (1 + math.exp(-logit)))))
    return f"""\
// SPDX-License-Identifier: Apache-2.0
// Written by tests/eval/extraction/train.py; not to be edited.
// clang-format off
constexpr size_t kModelFeatures = {features};
constexpr int32_t kModels = {len(models)};
constexpr size_t kFirstModel = {models[0].num_trees()};  // trees
constexpr int32_t kBias = 0;
constexpr float kLeaf = std::numeric_limits<float>::infinity();
constexpr Tree kTrees[] = {{
    {_table(trees, 8)}}};
constexpr Node kNodes[] = {{
    {_table(nodes, 4)}}};
constexpr int32_t kValues[] = {{
    {_table(values, 10)}}};
// Of the middle of each step, from -{MAX_LOGIT} to {MAX_LOGIT}.
constexpr uint16_t kSigmoid[] = {{
    {_table(table, 14)}}};
"""
