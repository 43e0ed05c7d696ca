"""Several records of one kind (people, goods, servers, sessions) with the same attributes, written as sentences or in
one of the forms of record_layouts.py, and questions about one of them."""

from . import reading, record_layouts, values
from .common import capitalised
from .data import asking, record_forms
from .data.indirect import indirect

ABSENT = "The text does not say."


def _cell(template, name, value):
    return template.replace("{n}", name).replace("{a v}", values.a(value)).replace("{v}", value)


def _records(rng, split, family):
    kind, _, _, attributes = record_forms.FAMILIES[family]
    count = rng.choice((2, 3, 3, 3, 4, 4, 5))
    if kind == "person":
        some = values.several(rng, split, values.first_name, count + 1) if rng.random() < 0.6 else \
            values.people(rng, split, count + 1)
    elif kind == "topic":
        some = [rng.choice(("the workshop on ", "the talk on ", "the course on ")) + hobby
                for hobby in values.several(rng, split, values.hobby, count + 1)]
    else:
        some = values.several(rng, split, getattr(values, kind), count + 1)
    chosen = rng.sample(list(attributes), min(rng.choice((1, 2, 2, 3)), len(attributes)))
    styles = {"date": rng.choice(values.DATE_STYLES), "time": rng.choice(values.TIME_STYLES)}
    columns = {}
    for attribute in chosen:
        cells = {name: None for name in some}
        taken = {name: name for name in some}
        for name in some:
            cells[name] = taken[attribute + name] = reading.distinct_value(rng, split, attributes[attribute][0], taken, styles)
        columns[attribute] = cells
    return some[:count], some[count], columns


def _sentences(rng, split, family, names, columns):
    lines = []
    for name in names:
        for attribute, cells in columns.items():
            forms = split.part(record_forms.FAMILIES[family][3][attribute][1])
            line = _cell(rng.choice(forms), name, cells[name]).replace(".m..", ".m.")
            lines.append(line if family == "servers" else capitalised(line))
    if rng.random() < 0.25:
        rng.shuffle(lines)
    return rng.choice((" ", " ", "\n")).join(lines)


def _table(rng, split, family, names, columns):
    heads = [record_forms.FAMILIES[family][1]] + list(columns)
    return record_layouts.records(rng, heads, [[name] + [columns[c][name] for c in columns] for name in names])


# What may be taken for each other: not asked for where the other one is in the text.
_ALIKE = {"hobby": ("color", "pet"), "color": ("hobby", "pet"), "pet": ("hobby", "color"), "job": ("department",),
          "department": ("job",), "time": ("day",), "day": ("time",), "room": ("time", "day"), "ip": ("port",),
          "stock": ("code", "price"),
          "city": ("language",), "language": ("city",)}


def _unmentioned(family, columns):
    """Attributes that the text says nothing about."""
    attributes = record_forms.FAMILIES[family][3]
    return [a for a in attributes if a not in columns and not set(_ALIKE.get(a, ())) & set(columns)]


def _question(rng, split, templates, name, value):
    """(question, whether it is a direct one)."""
    template = split.pick(rng, templates)
    clause = indirect(template) if rng.random() < 0.35 else None
    if clause:
        return split.pick(rng, asking.INDIRECT_FRAMES).replace("{i}", _cell(clause, name, value)), False
    return _cell(template, name, value), True


def compose(rng, split):
    """(body, words for the text, asks): asks(rng) gives a (question, answer) about it again and again, where a question
    is a pair of the text and whether it is a direct one."""
    family = rng.choice(list(record_forms.FAMILIES))
    names, absent, columns = _records(rng, split, family)
    form = _sentences if rng.random() < 0.5 else _table
    body = (rng.choice(record_forms.HEADINGS) if rng.random() < 0.4 else "") + form(rng, split, family, names, columns)
    attributes = record_forms.FAMILIES[family][3]

    def ask(rng, may_miss=True):
        unmentioned = _unmentioned(family, columns)
        if may_miss and unmentioned and rng.random() < 0.05:
            return _question(rng, split, attributes[rng.choice(unmentioned)][2], rng.choice(names), ""), ABSENT
        attribute = rng.choice(list(columns))
        _, _, forward, backward = attributes[attribute]
        cells = columns[attribute]
        name = rng.choice(names)
        if may_miss and rng.random() < 0.1:
            if rng.random() < 0.5:
                return _question(rng, split, forward, absent, ""), ABSENT
            return _question(rng, split, backward, "", cells[absent]), ABSENT
        if rng.random() < 0.3:
            return _question(rng, split, backward, "", cells[name]), name
        return _question(rng, split, forward, name, ""), cells[name]
    return body, record_forms.FAMILIES[family][2], ask
