"""Several records of one kind (people, goods, servers, sessions) with the same attributes, written as sentences, a table,
CSV or a list, and questions about one of them."""

from . import reading, values
from .common import capitalised
from .data import record_forms

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
    rows = [heads] + [[name] + [columns[c][name] for c in columns] for name in names]
    shape = rng.randrange(5)
    if shape == 0:
        rows.insert(1, ["---"] * len(heads))
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    if shape < 3:
        mark = (",", "; ")[shape - 1] if not any("," in cell for row in rows for cell in row) else "; "
        return "\n".join(mark.join(row) for row in rows)
    if shape == 3:
        return "\n".join("- " + row[0] + ": " + ", ".join(h + " " + v for h, v in zip(heads[1:], row[1:])) for row in rows[1:])
    return "\n\n".join("\n".join(h + ": " + v for h, v in zip(heads, row)) for row in rows[1:])


def compose(rng, split):
    """(body, words for the text, asks): asks(rng) gives a (question, answer) about it again and again."""
    family = rng.choice(list(record_forms.FAMILIES))
    names, absent, columns = _records(rng, split, family)
    form = _sentences if rng.random() < 0.5 else _table
    body = rng.choice(record_forms.HEADINGS) + form(rng, split, family, names, columns)
    attributes = record_forms.FAMILIES[family][3]

    def ask(rng, may_miss=True):
        attribute = rng.choice(list(columns))
        _, _, forward, backward = attributes[attribute]
        cells = columns[attribute]
        name = rng.choice(names)
        if may_miss and rng.random() < 0.1:
            if rng.random() < 0.5:
                return _cell(split.pick(rng, forward), absent, ""), ABSENT
            return _cell(split.pick(rng, backward), "", cells[absent]), ABSENT
        if rng.random() < 0.3:
            return _cell(split.pick(rng, backward), "", cells[name]), name
        return _cell(split.pick(rng, forward), name, ""), cells[name]
    return body, record_forms.FAMILIES[family][2], ask
