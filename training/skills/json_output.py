"""JSON skill: a text and a JSON Schema, a list of keys or a sketch; the answer is one line of JSON, keys as asked for."""

import copy
import json
import re

from . import reading, values
from .common import Sample, capitalised
from .data import asking, fillers, json_forms as forms, json_forms_2 as more, json_things

NAME = "json"
WEIGHT = 12

CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")


def _with(pool, added):
    """Both lists as one, whose held-out tail begins with that of `pool`'s."""
    cut = len(pool) - max(1, len(pool) // 6)
    return pool[:cut] + added + pool[cut:]


_OLD_LAYOUTS = [lay for lay in asking.LAYOUTS if "uestion" not in lay and "QUESTION" not in lay
                and "and answer" not in lay
                and lay not in ("{t} {q}", "{q} {t}", "{q} \"{t}\"", "{q} Here is the {w}:\n\n{t}", "{q} This is the {w}: {t}")]
_LAYOUTS = _with(_OLD_LAYOUTS, more.LAYOUTS)
_SCHEMA_REQUESTS = _with(forms.SCHEMA_REQUESTS, more.SCHEMA_REQUESTS)
_KEY_REQUESTS = _with(forms.KEY_REQUESTS, more.KEY_REQUESTS)
_SKETCH_REQUESTS = _with(forms.SKETCH_REQUESTS, more.SKETCH_REQUESTS)
_SYSTEM_REQUESTS = _with(forms.SYSTEM_REQUESTS, more.SYSTEM_REQUESTS)


def _worded(rng, split, pool):
    """A text of the pool with one part of every {a|b}."""
    text = split.pick(rng, pool)
    if "|" not in text and rng.random() < 0.5:
        text = split.pick(rng, pool)
    while CHOICE.search(text):
        text = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)
    return text


def _things():
    things = []
    for block in (forms.TEXT.strip() + "\n\n" + json_things.TEXT.strip()).split("\n\n"):
        rows = block.split("\n")
        fields = []
        for row in rows[1:]:
            keys, rest = row.split(":", 1)
            kind, sentences = rest.split("|", 1)
            sentences = [[s.strip() for s in part.split(" / ")] for part in sentences.split(" ~ ")]
            fields.append((keys.split(", "), kind.split(), sentences))
        things.append((rows[0].split("|")[1].strip(), fields))
    return things


_THINGS = _things()


def _string(rng, split, kind, made, styles):
    if kind == "dish":
        return values.first_name(rng, split) + "'s " + values.food(rng, split)
    return reading.distinct_value(rng, split, kind, made, styles)


def _part(rng, split, kind, made, styles):
    """A value of a nested object: some of them are integers."""
    if kind == "cm":
        return values.integer(rng, split, 5, 200)
    if kind == "temp":
        return values.integer(rng, split, 90, 260)
    if kind == "room_int":
        return values.integer(rng, split, 2, 499)
    return _string(rng, split, kind, made, styles)


def _number(rng, split, low, high):
    while True:
        whole, part = rng.randint(low, high), rng.choice((rng.randint(1, 9) * 10, rng.randint(1, 99), 50, 25))
        if part % 10 and not split.accepts(whole, part):
            continue
        return float(f"{whole}.{part:02d}")


def _schema_of(value):
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": kinds[type(value)]}


def _field(rng, split, kind, made, styles):
    """(value, schema) of a field; `made` holds the texts so far, so that none comes twice."""
    if kind[0] == "str":
        value = _string(rng, split, kind[1], made, styles)
    elif kind[0] == "int":
        low, high = int(kind[1]), int(kind[2])
        value = values.integer(rng, split, low, high) if high - low > 40 else rng.randint(low, high)
    elif kind[0] == "num":
        value = _number(rng, split, int(kind[1]), int(kind[2]))
    elif kind[0] == "bool":
        value = rng.random() < 0.5
    elif kind[0] == "enum":
        choices = kind[1].split(",")
        choices = rng.sample(choices, rng.randint(min(3, len(choices)), len(choices)))
        value = rng.choice(choices)
        return value, {"type": "string", "enum": choices} if rng.random() < 0.8 else {"enum": choices}
    elif kind[0] == "list":
        count = rng.choice((2, 2, 3, 3, 4))
        value = values.people(rng, split, count) if kind[1] == "person" else \
            values.several(rng, split, getattr(values, kind[1]), count)
        return value, {"type": "array", "items": {"type": "string"}}
    else:
        value, parts = {}, dict(made)
        for pair in kind[1:]:
            key, part = pair.split("=")
            value[key] = _part(rng, split, part, parts, styles)
            parts[key] = str(value[key])
        if "to" in value:
            reading.put_in_order(value, [("from", "to")], styles)
        return value, {"type": "object", "properties": {k: _schema_of(v) for k, v in value.items()},
                       "required": list(value)}
    return value, _schema_of(value)


def _shown(value):
    if isinstance(value, list):
        return ", ".join(value[:-1]) + " and " + value[-1]
    return f"{value:.2f}" if isinstance(value, float) and value * 10 != int(value * 10) else str(value)


def _say(rng, split, sentences, value, name, key=None):
    if isinstance(value, bool):
        ways = sentences[0 if value else 1]
    else:
        ways = split.part(sentences[0])
        if key in more.NOUN_KEYS and not isinstance(value, (list, dict)) and rng.random() < 0.35:
            spoken = key.replace("_", " ")
            ways = [split.pick(rng, more.NOUN_SENTENCES).replace("{k_cap}", capitalised(spoken)).replace("{k}", spoken)]
    template = rng.choice(ways).replace("{n}", name)
    if isinstance(value, dict):
        for key, part in value.items():
            template = template.replace("{" + key + "}", str(part))
        return template
    shown = _shown(value)
    return template.replace("{a v}", values.a(shown)).replace("{v}", shown)


def _camel(key):
    head, *rest = key.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _recast(key, style):
    return {"snake": key, "camel": _camel(key), "title": capitalised(key).replace("_", " ")}[style]


def _key_values(rng, known):
    """The facts as a list of lines, with names of their own."""
    mark = rng.choice((": ", ": ", " = ", " - ", " | ", ":\t", " -> ", "="))
    bullet = rng.choice(("", "", "- ", "* ", "| "))
    lines = []
    for key, value in known:
        if isinstance(value, dict):
            lines += [capitalised(key + " " + k) + mark + str(v) for k, v in value.items()]
        elif isinstance(value, bool):
            lines.append(capitalised(key).replace("_", " ") + mark + ("yes" if value else "no"))
        else:
            shown = ", ".join(value) if isinstance(value, list) else _shown(value)
            lines.append(capitalised(key).replace("_", " ") + mark + shown)
    return "\n".join(bullet + line for line in lines)


def _material(rng, split):
    """(word for the text, body, facts): facts are (key, value, schema, kind) of 3-7 fields."""
    word, fields = rng.choice(_THINGS)
    chosen = [fields[0]] + rng.sample(fields[1:], rng.randint(2, min(6, len(fields) - 1)))
    style = rng.choice(("snake",) * 7 + ("camel", "camel", "title"))
    styles = {"date": rng.choice(values.DATE_STYLES), "time": "14:30"}
    made, facts, sentences, name, known = {}, [], [], "", []
    for keys, kind, ways in chosen:
        value, schema = _field(rng, split, kind, made, styles)
        made[keys[0]] = json.dumps(value) if not isinstance(value, str) else value
        name = name or str(value)
        facts.append((_recast(rng.choice(keys), style), value, schema, kind[0]))
        known.append((keys[0], value))
        sentences.append(capitalised(_say(rng, split, ways, value, name, keys[0] if name != value else None)))
    if rng.random() < 0.25:
        body = _key_values(rng, known)
    else:
        if rng.random() < 0.5:
            rest = sentences[1:]
            rng.shuffle(rest)
            sentences[1:] = rest
        if rng.random() < 0.4:
            sentences.insert(rng.randint(1, len(sentences)), split.pick(rng, fillers.SENTENCES))
        body = rng.choice((" ", " ", " ", "\n")).join(sentences)
    return word, body, _unlike(facts)


def _unlike(facts):
    """Without the facts whose key has come before."""
    seen = {}
    for fact in facts:
        seen.setdefault(fact[0], fact)
    return list(seen.values())


def _chosen(rng, facts, plain):
    """2-5 of the facts in any order; plain ones need no schema to be read in one way only."""
    if plain:
        facts = [f for f in facts if f[3] in ("str", "int", "num", "enum", "list")]
    count = min(len(facts), rng.choice((2, 3, 3, 4, 4, 5)))
    chosen = rng.sample(facts, count)
    return chosen if rng.random() < 0.6 else [f for f in facts if f in chosen]


def _schema(rng, chosen, word):
    schema = {"type": "object", "properties": {f[0]: copy.deepcopy(f[2]) for f in chosen}}
    if rng.random() < 0.7:
        schema["required"] = [f[0] for f in chosen]
    if rng.random() < 0.35:
        schema["additionalProperties"] = False
    if rng.random() < 0.08:
        schema = {"title": capitalised(word)} | schema
    return schema


def _with_missing(rng, schema, value):
    """Adds a property that the text says nothing about, and that may be null."""
    key = rng.choice(("fax", "note", "website", "nickname", "comment", "middle_name", "discount_code", "remark"))
    schema["properties"][key] = {"type": ["string", "null"]}
    if "required" in schema:
        schema["required"].append(key)
    value[key] = None


def _schema_text(rng, schema):
    return json.dumps(schema, ensure_ascii=False, indent=2 if rng.random() < 0.15 else None)


def _list_of_keys(rng, keys):
    quote = rng.choice(("", "", "\"", "`"))
    keys = [quote + key + quote for key in keys]
    if rng.random() < 0.5:
        return ", ".join(keys)
    return ", ".join(keys[:-1]) + " and " + keys[-1] if len(keys) > 1 else keys[0]


def _lines_of_keys(rng, facts):
    """The keys, one a line, sometimes with their types."""
    mark = rng.choice(("- ", "* ", "", "{}. ", "{}) "))
    kind = rng.choice((None, None, ": {}", " ({})"))
    return "\n".join(mark.replace("{}", str(i)) + f[0] + (kind.replace("{}", _type_word(f)) if kind else "")
                     for i, f in enumerate(facts, 1))


def _type_word(fact):
    if fact[3] == "list":
        return "array of strings"
    return fact[2].get("type", "string")


def _sketch(fact):
    if fact[3] == "list":
        return "[string, ...]"
    if fact[3] == "obj":
        inner = ", ".join(json.dumps(k) + ": " + s["type"] for k, s in fact[2]["properties"].items())
        return "{" + inner + "}"
    return " | ".join(json.dumps(c) for c in fact[2]["enum"]) if fact[3] == "enum" else _type_word(fact)


def _request(rng, split, facts, word):
    """(request, value, schema) in one of four ways to ask."""
    way = rng.random()
    chosen = _chosen(rng, facts, 0.45 < way < 0.72)
    value = {f[0]: f[1] for f in chosen}
    schema = _schema(rng, chosen, word)
    if way < 0.45:
        if rng.random() < 0.06:
            _with_missing(rng, schema, value)
        request = _worded(rng, split, _SCHEMA_REQUESTS).replace("{s}", _schema_text(rng, schema))
    elif way < 0.72:
        if rng.random() < 0.3:
            request = _worded(rng, split, more.LINE_REQUESTS).replace("{k}", _lines_of_keys(rng, chosen))
        else:
            request = _worded(rng, split, _KEY_REQUESTS).replace("{k}", _list_of_keys(rng, list(value)))
    elif way < 0.82:
        typed = ", ".join(f"{f[0]} ({_type_word(f)})" for f in chosen if f[3] != "obj")
        value = {f[0]: f[1] for f in chosen if f[3] != "obj"}
        schema = _schema(rng, [f for f in chosen if f[3] != "obj"], word)
        request = _worded(rng, split, _KEY_REQUESTS).replace("{k}", typed)
    else:
        sketch = "{" + ", ".join(json.dumps(f[0]) + ": " + _sketch(f) for f in chosen) + "}"
        request = _worded(rng, split, _SKETCH_REQUESTS).replace("{e}", sketch)
    return request, value, schema


def _from_system(rng, split):
    word, body, facts = _material(rng, split)
    chosen = _chosen(rng, facts, False)
    schema = _schema(rng, chosen, word)
    system = _worded(rng, split, _SYSTEM_REQUESTS).replace("{s}", _schema_text(rng, schema))
    return [{"role": "system", "content": system}, {"role": "user", "content": body}], {f[0]: f[1] for f in chosen}, schema


def _from_user(rng, split):
    word, body, facts = _material(rng, split)
    request, value, schema = _request(rng, split, facts, word)
    layout = split.pick(rng, _LAYOUTS)
    prompt = re.sub(r"\{w_a\}", values.a(word), layout).replace("{w}", word)
    head, _, tail = prompt.partition("{t}")
    prompt = head.replace("{q}", request) + body + tail.replace("{q}", request)
    return [{"role": "user", "content": prompt}], value, schema


def make(rng, split):
    while True:
        messages, value, schema = (_from_system if rng.random() < 0.12 else _from_user)(rng, split)
        if value:
            break
    messages.append({"role": "assistant", "content": json.dumps(value, ensure_ascii=False)})
    return Sample(NAME, messages, check={"kind": "json", "value": value, "schema": schema})
