"""Made-up functions of a verb and a noun, or of an attribute and a noun, with requests for them.

They make a model read the list of tools: their names, their parameters and the ids are new in nearly every sample.
"""

from . import values
from .common import capitalised
from .data import tool_made as parts
from .tool_library import Entry, Param

_KINDS = ["code", "code", "code", "code", "int:2-990", "name"]


def noun_of(rng, split):
    return values.word(rng, split) if rng.random() < 0.25 else rng.choice(parts.NOUNS)


def id_param(rng, noun):
    kind = rng.choice(_KINDS)
    names = [noun + "_id", "id", noun, noun + "_number", noun + "_code"]
    if kind == "name":
        names = [noun, noun + "_name", "name", "target"]
    rng.shuffle(names)
    return Param(names[:1], kind, True, [])


def extras_of(rng, split, taken):
    found = []
    for names, kind, clauses in rng.sample(parts.EXTRAS, rng.choice((0, 1, 1, 1, 2))):
        if not set(names) & set(taken):
            name = rng.choice(names)
            required = kind != "flag" and rng.random() < 0.5
            found.append(Param([name], kind, required, split.part(clauses)))
    return found


def a(noun):
    return values.a(noun)


def _article(text, noun):
    article = a(noun).split(" ")[0]
    return text.replace("a {n}", article + " {n}").replace("A {n}", article.capitalize() + " {n}")


def _names(rng, verb, noun):
    names = [f"{verb}_{noun}"] * 4 + [f"{noun}_{verb}", f"{verb}_{noun}_by_id", f"{verb}_one_{noun}", f"{noun}s_{verb}"]
    return [rng.choice(names)]


def action(rng, split, verb=None, noun=None):
    """A function that does something to one thing; a pair of verb and noun that is asked for belongs to one split."""
    if noun:
        verb = verb or rng.choice(parts.VERBS)
        while not (split.held_out or split.accepts(verb[0], noun)):
            verb = rng.choice(parts.VERBS)
    while not (verb and noun):
        new_verb, new_noun = verb or rng.choice(parts.VERBS), noun or noun_of(rng, split)
        if split.accepts(new_verb[0], new_noun):
            verb, noun = new_verb, new_noun
    plain, participle = verb
    id_ = id_param(rng, noun)
    extras = extras_of(rng, split, id_.names)
    entry = Entry("made " + noun, _names(rng, plain, noun), made=True)
    entry.descriptions = [f"{capitalised(plain)} {a(noun)}"]
    entry.params = [id_, *extras]
    entry.requests = [_worded(split.pick(rng, parts.ACTIONS), verb, noun).replace("{id}", "{" + id_.key + "}")]
    entry.missing = [_worded(_article(split.pick(rng, parts.LACKING), noun), verb, noun)]
    entry.results = [(["status"], f"w:{participle}")]
    entry.answer = f"{capitalised(noun)} {{{id_.key}}} is {{status}}."
    entry.tags = {plain + " " + noun}
    return entry


def _worded(text, verb, noun):
    text = text.replace("{v}", verb[0]).replace("{p}", verb[1]).replace("{n}", noun)
    return capitalised(text)


def getter(rng, split, noun=None, attribute=None):
    """A function that looks one attribute of a thing up."""
    noun = noun or noun_of(rng, split)
    attribute, kind = attribute or rng.choice(parts.ATTRIBUTES)
    id_ = id_param(rng, noun)
    entry = Entry("made " + noun, [rng.choice((
        f"get_{noun}_{attribute}", f"get_{noun}_{attribute}", f"{noun}_{attribute}", f"fetch_{noun}_{attribute}",
        f"get_{attribute}_of_{noun}", f"lookup_{noun}_{attribute}", f"read_{noun}_{attribute}", f"{noun}_get_{attribute}"))], made=True)
    entry.descriptions = [rng.choice((f"The {attribute} of {a(noun)}", f"Get the {attribute} of {a(noun)}",
                                      f"Look up the {attribute} of {a(noun)}"))]
    entry.params = [id_]
    fill = {"{a}": attribute, "{n}": noun}
    for slot, text in (("requests", split.pick(rng, parts.GETTERS)), ("missing", split.pick(rng, parts.GETTER_LACKING))):
        text = _article(text, noun)
        for hole, word in fill.items():
            text = text.replace(hole, word)
        setattr(entry, slot, [capitalised(text.replace("{id}", "{" + id_.key + "}"))])
    entry.results = [([attribute], kind)]
    entry.answer = f"The {attribute} of {noun} {{{id_.key}}} is {{{attribute}}}."
    entry.tags = {attribute + " of " + noun}
    return entry


def made(rng, split):
    return action(rng, split) if rng.random() < 0.62 else getter(rng, split)


def siblings(rng, split, entry, count):
    """Functions that differ from a made one in the verb, the noun or the attribute only."""
    noun = entry.domain.removeprefix("made ")
    found = []
    while len(found) < count:
        other = _sibling(rng, split, entry, noun)
        if not other.tags & entry.tags and all(not other.tags & f.tags and other.names != f.names for f in found):
            found.append(other)
    return found


def _sibling(rng, split, entry, noun):
    verb = next((v for v in parts.VERBS if v[0] + " " + noun in entry.tags), None)
    chance = rng.random()
    if chance < 0.45:
        return action(rng, split, noun=noun)
    if verb and chance < 0.65:
        return action(rng, split, verb=verb)
    return getter(rng, split, noun=noun) if chance < 0.8 else made(rng, split)
