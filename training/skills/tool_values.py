"""Values of the arguments of functions: a kind's name, as the library writes it, to (text in the request, value).

Kinds with a range or choices: `int:2-90`, `enum:low,high`, `w:sunny,cloudy` (a result's word), `list:song`.
"""

from . import values
from .data import tool_pools

NAMED = {}


def kind(function):
    NAMED[function.__name__.removesuffix("_")] = function
    return function


def _two(rng, split, first, second):
    head = values.name(rng, split) if rng.random() < 0.4 else split.pick(rng, first)
    return head + " " + split.pick(rng, second)


def _filled(rng, split, pool):
    """A sentence of the pool with its holes filled in: {name}, {city}, {food}, {product}, {room}, {n}."""
    text = split.pick(rng, pool)
    while "{" in text:
        start = text.index("{")
        end = text.index("}")
        text = text[:start] + _HOLES[text[start + 1 : end]](rng, split) + text[end + 1 :]
    return text


_HOLES = {
    "name": values.first_name, "city": values.city, "food": values.food, "product": values.product,
    "room": lambda rng, split: rng.choice(tool_pools.ROOMS), "n": lambda rng, split: str(rng.randint(2, 60)),
    "word": values.word, "made": values.name,
}


@kind
def city(rng, split):
    return values.city(rng, split)


@kind
def place(rng, split):
    if rng.random() < 0.5:
        return values.address(rng, split)
    return values.name(rng, split) + " " + rng.choice(tool_pools.PLACE_ENDINGS)


@kind
def person(rng, split):
    return values.person(rng, split)


@kind
def first(rng, split):
    return values.first_name(rng, split)


@kind
def email(rng, split):
    return values.email(rng, split)


@kind
def phone(rng, split):
    return values.phone(rng, split)


@kind
def company(rng, split):
    return values.company(rng, split)


@kind
def product(rng, split):
    if rng.random() < 0.3:
        return values.word(rng, split) + " " + rng.choice(("lamps", "bags", "pens", "chairs", "cables", "cups", "shoes"))
    item = values.product(rng, split)
    if rng.random() < 0.5 and item[-1] not in "sxfhy":
        return item + "s"
    return split.pick(rng, tool_pools.GOODS)


@kind
def day(rng, split):
    if rng.random() < 0.45:
        return rng.choice(tool_pools.DAYS)
    return values.date(rng, split, rng.choice(("March 4, 2025", "4 March", "2025-03-04", "March 4", "March 4")))


@kind
def time(rng, split):
    clock = values.clock(rng, split)
    if clock[1] == 0 and rng.random() < 0.5:
        return f"{(clock[0] + 11) % 12 + 1} {'am' if clock[0] < 12 else 'pm'}"
    return values.format_time(clock, rng.choice(("14:30", "14:30", "2:30 PM")))


@kind
def code(rng, split):
    return values.code(rng, split) if rng.random() < 0.7 else values.number_code(rng, split)


@kind
def flightno(rng, split):
    return values.flight(rng, split)


@kind
def login(rng, split):
    return values.username(rng, split) if rng.random() < 0.6 else values.first_name(rng, split).lower()


@kind
def file(rng, split):
    return values.filename(rng, split)


@kind
def folder(rng, split):
    head = rng.choice(tool_pools.FOLDERS)
    return head + "/" + values.word(rng, split) if rng.random() < 0.6 else values.word(rng, split)


@kind
def name(rng, split):
    return values.word(rng, split) if rng.random() < 0.5 else rng.choice(tool_pools.TECHNICAL) + "_" + values.word(rng, split)


@kind
def made(rng, split):
    return values.word(rng, split)


@kind
def language(rng, split):
    return values.language(rng, split)


@kind
def room(rng, split):
    return rng.choice(tool_pools.ROOMS)


@kind
def food(rng, split):
    return values.word(rng, split) + " " + rng.choice(("soup", "cake", "salad", "pie", "bread")) \
        if rng.random() < 0.4 else values.food(rng, split)


@kind
def grocery(rng, split):
    return values.food(rng, split)


@kind
def cuisine(rng, split):
    return split.pick(rng, tool_pools.CUISINES)


@kind
def venue(rng, split):
    return _two(rng, split, tool_pools.VENUE_HEADS, tool_pools.VENUE_TAILS)


@kind
def subject(rng, split):
    return _two(rng, split, tool_pools.SUBJECT_HEADS, tool_pools.SUBJECT_TAILS)


@kind
def project(rng, split):
    return values.name(rng, split) if rng.random() < 0.4 else _two(rng, split, tool_pools.SUBJECT_HEADS, tool_pools.PROJECT_TAILS)


@kind
def song(rng, split):
    return _two(rng, split, tool_pools.SONG_HEADS, tool_pools.SONG_TAILS)


@kind
def word(rng, split):
    return split.pick(rng, tool_pools.WORDS) if rng.random() < 0.6 else values.word(rng, split)


@kind
def topic(rng, split):
    return split.pick(rng, tool_pools.TOPICS) if rng.random() < 0.6 else values.name(rng, split)


@kind
def msg(rng, split):
    return _filled(rng, split, tool_pools.MESSAGES)


@kind
def task(rng, split):
    return _filled(rng, split, tool_pools.TASKS)


@kind
def reason(rng, split):
    return _filled(rng, split, tool_pools.REASONS)


@kind
def issue(rng, split):
    return _filled(rng, split, tool_pools.ISSUES)


@kind
def ticker(rng, split):
    return split.draw(rng, lambda r: "".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(r.choice((3, 4)))))


@kind
def gate(rng, split):
    return rng.choice("ABCDEFG") + str(rng.randint(1, 48))


@kind
def tag(rng, split):
    return values.word(rng, split) if rng.random() < 0.5 else split.pick(rng, tool_pools.WORDS).split()[-1]


@kind
def currency(rng, split):
    return rng.choice(tool_pools.CURRENCIES)


@kind
def unit(rng, split):
    return rng.choice(tool_pools.UNITS)


@kind
def expr(rng, split):
    sign = rng.choice(("+", "-", "*", "/"))
    gap = rng.choice((" ", " ", ""))
    text = str(values.integer(rng, split, 2, 900)) + gap + sign + gap + str(rng.randint(2, 90))
    return text if rng.random() < 0.8 else f"({text}) {rng.choice('+-*')} {rng.randint(2, 20)}"


def number(rng, split):
    """An amount as (text, value): whole, or with cents that JSON writes the same way."""
    whole = values.integer(rng, split, 2, rng.choice((60, 300, 2000)))
    if rng.random() < 0.6:
        return str(whole), whole
    text = f"{whole}.{rng.choice((5, 25, 75, rng.randint(1, 9), rng.randint(1, 9) * 10 + rng.randint(1, 9)))}"
    return text, float(text)


def joined(items):
    return ", ".join(items[:-1]) + " and " + items[-1]


def draw(name_, rng, split):
    """(text, value) of a kind."""
    base, _, detail = name_.partition(":")
    if base == "int":
        low, high = (-9, int(detail[3:])) if detail[0] == "-" else map(int, detail.split("-"))
        value = values.integer(rng, split, low, high) if high - low > 35 else rng.randint(low, high)
        return str(value), value
    if base in ("amount", "money"):
        return number(rng, split)
    if base in ("enum", "w"):
        value = rng.choice(detail.split(","))
        return value, value
    if base == "list":
        items = values.several(rng, split, NAMED[detail], rng.choice((2, 2, 3)))
        return joined(items), items
    if base == "onoff":
        value = rng.random() < 0.5
        return ("on" if value else "off"), value
    if base == "flag":
        return "", True
    value = NAMED[base](rng, split)
    return value, value


def schema(name_):
    base, _, detail = name_.partition(":")
    if base == "int":
        return {"type": "integer"}
    if base in ("amount", "money"):
        return {"type": "number"}
    if base == "enum":
        return {"type": "string", "enum": detail.split(",")}
    if base == "list":
        return {"type": "array", "items": {"type": "string"}}
    if base in ("onoff", "flag"):
        return {"type": "boolean"}
    return {"type": "string"}
