"""Short texts made of facts, and questions about them: what the skills extraction, summary and json share.

compose(rng, split) puts together a `Text` of one of the genres of data/genres.py. Its values are distinct, and what a
dropped sentence would have said is known as missing.
"""

import dataclasses
import re

from . import record_layouts, values
from .common import capitalised
from .data import fillers, genres


@dataclasses.dataclass
class Text:
    genre: genres.Genre
    body: str
    facts: dict      # slot name -> value, in the order of the text
    missing: list    # names of the slots that the text says nothing about
    everything: dict  # slot name -> value, the missing ones' too


def _number(low, high, unit=""):
    def choose(rng, split):
        return str(rng.randint(low, high)) + unit
    return choose


def _drawn(low, high, unit=""):
    def choose(rng, split):
        return str(values.integer(rng, split, low, high)) + unit
    return choose


def _ended(function, *endings):
    def choose(rng, split):
        return function(rng, split) + " " + rng.choice(endings)
    return choose


def _begun(function, *beginnings):
    def choose(rng, split):
        return rng.choice(beginnings) + " " + function(rng, split)
    return choose


def _team(rng, split):
    return values.city(rng, split) + " " + split.pick(rng, fillers.TEAM_NAMES)


def _title(rng, split):
    pattern = rng.randrange(4)
    if pattern == 0:
        return "The " + capitalised(values.color(rng, split)) + " " + capitalised(values.animal(rng, split))
    if pattern == 1:
        return "A " + rng.choice(("Summer", "Winter", "Night", "Week", "Journey")) + " in " + values.city(rng, split)
    if pattern == 2:
        return values.name(rng, split) + " and the " + capitalised(values.animal(rng, split))
    return "The " + capitalised(values.job(rng, split)) + " of " + values.city(rng, split)


def _event(rng, split):
    return rng.choice((values.city, values.name))(rng, split) + " " + split.pick(rng, fillers.EVENTS)


def _people_count(rng, split):
    return f"{values.integer(rng, split, 1200, 980000):,}"


def _quantity_kg(rng, split):
    return str(values.integer(rng, split, 2, 95)) + rng.choice((" kg", ".5 kg", " pounds", " kg"))


KINDS = {
    "hotel": _begun(values.name, "Hotel", "Hotel", "Grand Hotel", "Pension"), "team": _team, "title": _title,
    "event": _event, "cafe": _begun(values.name, "Cafe", "Bistro", "Restaurant", "Bar"),
    "project": values.name, "river": values.name, "bank": _ended(values.name, "Bank", "Savings Bank"),
    "gate": lambda rng, split: rng.choice("ABCDEF") + str(rng.randint(1, 60)),
    "seat": lambda rng, split: str(rng.randint(1, 45)) + rng.choice("ABCDEF"),
    "stars": _number(1, 5), "age": _number(18, 95), "few": _number(2, 16), "hours": _number(8, 42),
    "count": values.amount_of, "grams": _drawn(20, 950, " g"), "minutes": _drawn(5, 120, " minutes"),
    "degrees": _number(-9, 39, " degrees"), "degrees_oven": _drawn(90, 260, " degrees"), "speed": _drawn(4, 90, " km/h"),
    "score": lambda rng, split: f"{rng.randint(0, 9)}-{rng.randint(0, 9)}", "area": _drawn(25, 240, " square meters"),
    "distance": lambda rng, split: f"{values.integer(rng, split, 2, 240):,},000 miles", "port": _drawn(1000, 9999),
    "seconds": _drawn(2, 300, " seconds"), "people_count": _people_count, "quantity_kg": _quantity_kg,
    "duration_long": lambda rng, split: rng.choice((f"{rng.randint(2, 10)} years", f"{rng.randint(2, 36)} months")),
}


def make_value(rng, split, kind, made, styles):
    """A value of the kind; `made` holds the values so far, `styles` the text's way to write dates and times."""
    if "@" in kind:
        return values.email_of(rng, split, made[kind.split("@")[1]])
    if kind in ("date", "time"):
        drawn = (values.day if kind == "date" else values.clock)(rng, split)
        value = (values.format_date if kind == "date" else values.format_time)(drawn, styles[kind])
        styles.setdefault("order", {})[value] = drawn if "2025" in value or str(drawn[0]) in value else drawn[1:]
        if kind == "time":
            styles["order"][value] = drawn
        return value
    return str((KINDS.get(kind) or getattr(values, kind))(rng, split))


def make_values(rng, split, genre):
    styles = {"date": rng.choice(values.DATE_STYLES), "time": rng.choice(values.TIME_STYLES)}
    made = {}
    for slot in sorted(genre.slots.values(), key=lambda s: "@" in s.kind):
        made[slot.name] = distinct_value(rng, split, slot.kind, made, styles)
    put_in_order(made, _IN_ORDER.get(genre.name, ()), styles)
    return made


def put_in_order(made, pairs, styles):
    """Swaps the values of pairs of slots where the first should be the smaller or the earlier one."""
    for first, second in pairs:
        pair = sorted((made[first], made[second]), key=lambda v: styles.get("order", {}).get(v) or _leading_number(v))
        made[first], made[second] = pair


# Texts whose facts make no sense as a list of fields.
_NO_FIELDS = ("chat", "stock note", "order")

# Slots whose values have to be in order.
_IN_ORDER = {
    "hotel booking": [("arrive", "leave")], "invoice": [("issued", "due"), ("tax", "total")],
    "meeting note": [("date", "next")],
    "weather report": [("low", "high"), ("rise", "sun")], "job ad": [("deadline", "start")], "event": [("doors", "start")],
    "flight plan": [("leave", "arrive")], "support ticket": [("date", "opened")], "library loan": [("lent", "due")],
    "school notice": [("leave", "back")], "project": [("start", "end")], "town history": [("founded", "fire")],
    "product description": [("price", "old")],
}


def _leading_number(text):
    return float(re.search(r"-?[\d,.]*\d", text)[0].replace(",", ""))


def distinct_value(rng, split, kind, made, styles):
    """One that neither holds nor is held in another value, nor shares a word with another name."""
    for _ in range(50):
        value = make_value(rng, split, kind, made, styles)
        words = {w for w in value.split() if w[0].isupper() and len(w) > 2} if kind == "person" else ()
        if not any(value == other or (len(value) > 3 and value in other) or (words and words & set(other.split()))
                   for other in made.values()):
            return value
    return value


def fill(template, facts):
    def value(match):
        text = facts[match[2]]
        if match[3]:
            text = text.split()[0]
        return values.a(text) if match[1] else text
    return re.sub(r"\{(a )?(\w+)(\.first)?\}", value, template)


def variants_of(split, variants):
    """Where there are three or more, one way to say it is held out."""
    return split.part(variants) if len(variants) >= 3 else variants


def _sentences(rng, split, genre, keep):
    chosen = []
    style = rng.randrange(12)
    for optional, variants in genre.sentences:
        if not optional or rng.random() < keep:
            ways = variants_of(split, variants)
            chosen.append(ways[style % len(ways)] if len(variants) > 3 and genre.lines else rng.choice(ways))
    if len(chosen) > 2 and genre.name not in ("chat",) and rng.random() < 0.35:
        head, rest = chosen[0], chosen[1:]
        rng.shuffle(rest)
        chosen = [head] + rest
    return chosen


def _label(rng, slot):
    """What a field with the slot's value is called, or None."""
    labels = [phrase.removeprefix("the ") for phrase in slot.phrases
              if "{" not in phrase and len(phrase) < 26 and phrase.startswith("the ") and len(phrase.split()) < 5]
    return rng.choice(labels[:5]) if labels else None


def _as_fields(rng, genre, made):
    """The genre's facts as named fields, some of them left out."""
    labels = {name: _label(rng, slot) for name, slot in genre.slots.items()}
    names = [name for name in genre.slots if labels[name]]
    if len(names) < 4 or len(set(labels[n] for n in names)) < len(names):
        return None
    if rng.random() < 0.6:
        names = [name for name in names if rng.random() < 0.75] or names
    if rng.random() < 0.3:
        rng.shuffle(names)
    body = record_layouts.single(rng, [labels[n] for n in names], [made[n] for n in names])
    missing = [name for name in genre.slots if name not in names]
    return Text(genre, body, {name: made[name] for name in names}, missing, made)


def compose(rng, split, keep=None):
    genre = rng.choice(genres.GENRES)
    made = make_values(rng, split, genre)
    if genre.name not in _NO_FIELDS and rng.random() < 0.16:
        text = _as_fields(rng, genre, made)
        if text:
            return text
    templates = _sentences(rng, split, genre, keep if keep is not None else rng.choice((0.3, 0.5, 0.7, 1.0)))
    sentences = [fill(template, made) for template in templates]
    if not genre.lines:
        sentences = [capitalised(sentence) for sentence in sentences]
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            sentences.insert(rng.randint(1, len(sentences)), split.pick(rng, fillers.SENTENCES))
    names = list(dict.fromkeys(name for template in templates for name in genres.slots_of(template)))
    facts = {name: made[name] for name in names}
    missing = [name for name in genre.slots if name not in facts]
    separator = "\n" if genre.lines or rng.random() < 0.15 else " "
    body = separator.join(sentences).replace(".m..", ".m.")
    return Text(genre, body, facts, missing, made)


def askable(text, name):
    """Phrases and questions for a slot that name no fact which the text leaves out."""
    slot = text.genre.slots[name]

    def known(template):
        return all(used in text.facts for used in genres.slots_of(template))
    return [p for p in slot.phrases if known(p)], [q for q in slot.questions if known(q)]
