"""Made-up functions: of a verb and a noun, of an attribute and a noun, and ones that set, create, find or count things.

They make a model read the list of tools: their names, their parameters and the ids are new in nearly every sample.
"""

from . import values
from .common import capitalised
from .data import tool_made as parts
from .data import tool_made_2 as more
from .data import tool_made_3 as worded
from .tool_library import Entry, Param, before_tail, expand

_KINDS = ["code", "code", "code", "code", "int:2-990", "name"]
_QUESTION_WORDS = ("can", "could", "would", "which", "what", "are", "do", "is", "how")

VERBS = parts.VERBS + more.VERBS
NOUNS = list(dict.fromkeys(parts.NOUNS + more.NOUNS + more.PAIRS))
ATTRIBUTES = parts.ATTRIBUTES + more.ATTRIBUTES
EXTRAS = [(names, kind, before_tail(clauses, worded.EXTRA_CLAUSES[names[0]])) for names, kind, clauses in parts.EXTRAS] + worded.EXTRAS
ACTIONS = before_tail(parts.ACTIONS, worded.ACTIONS)
LACKING = before_tail(parts.LACKING, worded.LACKING)
GETTERS = before_tail(parts.GETTERS, worded.GETTERS)
GETTER_LACKING = before_tail(parts.GETTER_LACKING, worded.GETTER_LACKING)


def plural(noun):
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def noun_of(rng, split):
    return values.word(rng, split) if rng.random() < 0.25 else rng.choice(NOUNS)


def key(text):
    return text.replace(" ", "_")


def id_param(rng, noun):
    kind = rng.choice(_KINDS)
    noun = key(noun)
    names = [noun + "_id", "id", noun, noun + "_number", noun + "_code"]
    if rng.random() < 0.3:
        names = [noun + "_ref", "identifier", "number", noun + "_key", "target_id", "reference", "code", "ref", noun + "_no"]
    if kind == "name":
        names = [noun, noun + "_name", "name", "target"]
    rng.shuffle(names)
    return Param(names[:1], kind, True, [])


def extras_of(rng, split, taken):
    found, kinds = [], set()
    for names, kind, clauses in rng.sample(EXTRAS, rng.choice((0, 1, 1, 1, 2, 2, 3))):
        if not set(names) & set(taken) and kind not in kinds and not (kind.startswith("int") and any(k.startswith("int") for k in kinds)):
            kinds.add(kind)
            name = rng.choice(names)
            required = kind != "flag" and rng.random() < 0.5
            taken = [*taken, *names]
            found.append(Param([name], kind, required, split.part(clauses)))
    return found


def a(noun):
    return values.a(noun)


def _article(text, noun, slot="{n}"):
    article = a(noun).split(" ")[0]
    return text.replace("a " + slot, article + " " + slot).replace("A " + slot, article.capitalize() + " " + slot)


def _filled(rng, text, words):
    """A phrasing with one of its alternatives each, and the words in its slots."""
    text = expand(rng, text)
    for slot in ("n", "a"):
        if slot in words:
            text = _article(text, words[slot], "{" + slot + "}")
    for slot, word in words.items():
        text = text.replace("{" + slot + "}", word)
    return capitalised(text)


def _asked(rng, text):
    """With its question mark, half of the time, if it is a question that has none."""
    question = text.lower().startswith(_QUESTION_WORDS) and text[-1].isalnum() or text[-1] == "}" and text.lower().startswith(_QUESTION_WORDS)
    return text + "?" if question and rng.random() < 0.6 else text


def _names(rng, verb, noun):
    nouns, noun = key(plural(noun)), key(noun)
    names = [f"{verb}_{noun}"] * 4 + [f"{noun}_{verb}", f"{verb}_{noun}_by_id", f"{verb}_one_{noun}", f"{nouns}_{verb}"]
    names += [f"do_{verb}_{noun}", f"{verb}_the_{noun}", f"{noun}_{verb}_action", f"{verb}_single_{noun}", f"request_{noun}_{verb}"]
    return [rng.choice(names)]


def _renamed(rng, split, entry):
    """In some samples a name that says nothing, so that only the description tells what the function does."""
    chance = rng.random()
    if chance < 0.05:
        entry.names = [values.word(rng, split)]
    elif chance < 0.07:
        entry.names = [rng.choice(("tool", "function", "fn", "op", "action", "command")) + "_" + str(rng.randint(1, 99))]
    elif chance < 0.12:
        entry.names = [values.word(rng, split) + "_" + entry.names[0]]
    return entry


def action(rng, split, verb=None, noun=None):
    """A function that does something to one thing; a pair of verb and noun that is asked for belongs to one split."""
    if noun:
        verb = verb or rng.choice(VERBS)
        while verb[0] == noun or not (split.held_out or split.accepts(verb[0], noun)):
            verb = rng.choice(VERBS)
    while not (verb and noun):
        new_verb, new_noun = verb or rng.choice(VERBS), noun or noun_of(rng, split)
        if new_verb[0] != new_noun and split.accepts(new_verb[0], new_noun):
            verb, noun = new_verb, new_noun
    plain, participle = verb
    id_ = id_param(rng, noun)
    words = {"v": plain, "p": participle, "n": noun, "id": "{" + id_.key + "}"}
    entry = Entry("made " + noun, _names(rng, plain, noun), made=True)
    entry.descriptions = [_described(rng, more.DESCRIPTIONS_ACTION, noun, id_) .replace("{V}", capitalised(plain)).replace("{v}", plain)
                          .replace("{p}", participle)]
    entry.params = [id_, *extras_of(rng, split, id_.names)]
    entry.requests = [_filled(rng, split.pick(rng, ACTIONS), words)]
    entry.missing = [_filled(rng, split.pick(rng, LACKING).replace("{n}s", "{N}"), words | {"N": plural(noun)})]
    entry.results = [(["status"], f"w:{participle}")]
    entry.answer = f"{capitalised(noun)} {{{id_.key}}} is {{status}}."
    entry.tags = {plain + " " + noun}
    return _renamed(rng, split, entry)


def _described(rng, pool, noun, id_=None):
    text = rng.choice(pool).replace("{an}", a(noun)).replace("{N}", plural(noun)).replace("{n}", noun)
    return text.replace("{id}", id_.key.replace("_", " ")) if id_ else text


def getter(rng, split, noun=None, attribute=None):
    """A function that looks one attribute of a thing up."""
    noun = noun or noun_of(rng, split)
    attribute, kind = attribute or _attributes(rng, noun, 1)[0]
    id_ = id_param(rng, noun)
    n, at = key(noun), key(attribute)
    entry = Entry("made " + noun, [rng.choice((
        f"get_{n}_{at}", f"get_{n}_{at}", f"{n}_{at}", f"fetch_{n}_{at}", f"get_{at}_of_{n}", f"lookup_{n}_{at}", f"read_{n}_{at}",
        f"{n}_get_{at}", f"show_{n}_{at}", f"find_{at}_of_{n}", f"query_{n}_{at}", f"{at}_for_{n}", f"{n}_{at}_lookup"))], made=True)
    entry.descriptions = [_described(rng, more.DESCRIPTIONS_GETTER, noun, id_).replace("{a}", attribute).replace("{A}", capitalised(attribute))]
    entry.params = [id_]
    words = {"a": attribute, "n": noun, "id": "{" + id_.key + "}"}
    entry.requests = [_filled(rng, split.pick(rng, GETTERS), words)]
    entry.missing = [_filled(rng, split.pick(rng, GETTER_LACKING), words)]
    entry.results = [([at], kind)]
    entry.answer = f"The {attribute} of {noun} {{{id_.key}}} is {{{at}}}."
    entry.tags = {attribute + " of " + noun}
    return _renamed(rng, split, entry)


def _attributes(rng, noun, count):
    """Different attributes of different kinds; never the noun's own name."""
    found = []
    while len(found) < count:
        name, kind = rng.choice(ATTRIBUTES)
        base = _base(kind)
        if name not in noun.split() and all(_base(k) != base and n != name for n, k in found):
            found.append((name, kind))
    return found


def _base(kind):
    base = kind.split(":")[0]
    return {"money": "int", "first": "person", "company": "person"}.get(base, base) if base != "w" else kind


def _attribute_param(rng, split, attribute, kind, clauses, required=True, names=()):
    """A parameter for an attribute, with clauses that name it."""
    kind = kind.replace("w:", "enum:")
    return Param([rng.choice([key(attribute), *names])], kind, required, [c.replace("{a}", attribute) for c in split.part(clauses)])


def setter(rng, split, noun=None):
    """A function that sets one attribute of a thing."""
    noun = noun or noun_of(rng, split)
    attribute, kind = _attributes(rng, noun, 1)[0]
    id_ = id_param(rng, noun)
    n, at = key(noun), key(attribute)
    value = _attribute_param(rng, split, attribute, kind, more.SETTER_CLAUSES, names=("new_" + at, "value", "new_value", at))
    while value.names[0] in id_.names:
        id_ = id_param(rng, noun)
    entry = Entry("made " + noun, [rng.choice((f"set_{n}_{at}", f"update_{n}_{at}", f"change_{n}_{at}", f"{n}_set_{at}", f"edit_{n}_{at}",
                                               f"set_{at}_of_{n}", f"{n}_{at}_update", f"assign_{n}_{at}"))], made=True)
    entry.descriptions = [rng.choice((f"Set the {attribute} of {a(noun)}", f"Change the {attribute} of {a(noun)}.", f"Update {a(noun)}'s {attribute}",
                                      f"Sets a new {attribute} for {a(noun)}", f"Use this to change the {attribute} of {a(noun)}."))]
    entry.params = [id_, value]
    words = {"a": attribute, "n": noun, "id": "{" + id_.key + "}"}
    entry.requests = [_filled(rng, split.pick(rng, more.SETTERS), words)]
    entry.missing = [_filled(rng, split.pick(rng, ("Set the {a} of [a|the|my] {n}", "Change the {a} of [the|a] {n}", "I want to change the {a} of my {n}",
                                                   "[Update|Adjust] the {a} of the {n}", "The {a} of the {n} must be set", "Please edit the {a} of my {n}",
                                                   "The {n} needs a new {a}, set it", "We have to change the {a} of a {n}")), words)]
    entry.results = [(["status"], "w:saved,updated,changed")]
    entry.answer = f"The {attribute} of {noun} {{{id_.key}}} is now {{{value.key}}}."
    entry.tags = {"set " + attribute + " " + noun}
    return _renamed(rng, split, entry)


def creator(rng, split, noun=None):
    """A function that makes a new thing with some attributes; in some tools they stand in an object of their own."""
    noun = noun or noun_of(rng, split)
    n = key(noun)
    entry = Entry("made " + noun, [rng.choice((f"create_{n}", f"add_{n}", f"new_{n}", f"{n}_create", f"make_{n}", f"{n}_add", f"insert_{n}",
                                               f"create_new_{n}", f"save_{n}", f"post_{n}"))], made=True)
    entry.descriptions = [rng.choice((f"Create {a(noun)}", f"Add a new {noun}", f"Creates a new {noun}.", f"Make a new {noun} with its data", f"Store a new {noun}",
                                      f"Use this to add {a(noun)}.", f"Save {a(noun)} in the system", f"Insert a new {noun}"))]
    for index, (attribute, kind) in enumerate(_attributes(rng, noun, rng.choice((1, 2, 2, 3, 3)))):
        entry.params.append(_attribute_param(rng, split, attribute, kind, more.ATTRIBUTE_CLAUSES, index == 0 or rng.random() < 0.6))
    text = _filled(rng, split.pick(rng, more.CREATORS), {"n": noun})
    entry.requests = [_asked(rng, text)]
    entry.missing = [text]
    entry.results = [(["id", n + "_id", "number"], "code")]
    entry.answer = f"I created the {noun} {{id}}."
    entry.tags = {"create " + noun}
    entry.nested = rng.choice(("data", "details", "fields", "properties", n, "attributes", "record")) if rng.random() < 0.25 else ""
    return _renamed(rng, split, entry)


def finder(rng, split, noun=None):
    """A function that finds things by an attribute."""
    noun = noun or noun_of(rng, split)
    ns = key(plural(noun))
    entry = Entry("made " + noun, [rng.choice((f"find_{ns}", f"search_{ns}", f"list_{ns}", f"{ns}_search", f"query_{ns}", f"filter_{ns}", f"get_{ns}",
                                               f"{key(noun)}_search"))], made=True)
    (first, kind), (second, other) = _attributes(rng, noun, 2)
    entry.descriptions = [rng.choice((f"Find {plural(noun)} by {first}", f"Search {plural(noun)}", f"List the {plural(noun)} that match.",
                                      f"Search for {plural(noun)} with a given {first}", f"Returns the {plural(noun)} that fit."))]
    entry.params = [_attribute_param(rng, split, first, kind, more.FINDER_CLAUSES)]
    if rng.random() < 0.35:
        entry.params.append(_attribute_param(rng, split, second, other, more.FINDER_CLAUSES, False))
    chance = rng.random()
    if chance < 0.35:
        entry.params.append(Param([rng.choice(("limit", "max_results", "count", "top"))], "int:2-40", False, split.part(more.LIMITS)))
    elif chance < 0.5:
        entry.params.append(Param([rng.choice(("page", "page_number"))], "int:2-20", False, split.part(more.PAGE)))
    text = _filled(rng, split.pick(rng, more.FINDERS), {"n": noun, "N": plural(noun)})
    entry.requests = [_asked(rng, text)]
    entry.missing = [text]
    entry.results = [(["found", "count", "total"], "int:2-90")]
    entry.answer = f"I found {{found}} {plural(noun)}."
    entry.tags = {"find " + noun}
    return _renamed(rng, split, entry)


def bare(rng, split, noun=None):
    """A function without parameters."""
    noun = noun or noun_of(rng, split)
    names, descriptions, field, kind, answer, requests = rng.choice(more.BARE)
    words = {"n": noun, "N": plural(noun)}
    name = rng.choice(names.split("|")).replace("{N}", key(plural(noun))).replace("{n}", key(noun))
    entry = Entry("made " + noun, [name], made=True)
    entry.descriptions = [_filled(rng, rng.choice(descriptions.split("|")), words)]
    entry.requests = [_filled(rng, split.pick(rng, requests), words)]
    entry.missing = entry.requests
    entry.results = [([field], kind)]
    entry.answer = _filled(rng, answer, words)
    entry.tags = {field + " " + names[:4] + " " + noun, "find " + noun}
    return entry


def with_parameters(rng, split):
    """A made-up function that takes at least one argument."""
    return rng.choices((action, getter, setter, creator, finder), (46, 26, 8, 12, 8))[0](rng, split)


def made(rng, split):
    return bare(rng, split) if rng.random() < 0.05 else with_parameters(rng, split)


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
    verb = next((v for v in VERBS if v[0] + " " + noun in entry.tags), None)
    chance = rng.random()
    if chance < 0.4:
        return action(rng, split, noun=noun)
    if verb and chance < 0.58:
        return action(rng, split, verb=verb)
    if chance < 0.75:
        return getter(rng, split, noun=noun)
    if chance < 0.9:
        return rng.choice((setter, creator, finder, bare))(rng, split, noun=noun)
    return made(rng, split)
