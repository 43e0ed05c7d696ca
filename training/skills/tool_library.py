"""The functions that the tool skills know, read from the texts in data/tool_library_*.py.

Notation, one function after another:
  @ domain name name ...      its names, in several styles; "@!" holds the whole function out of training
  d text | text               descriptions
  p key,synonym,... kind      a required parameter; the key is its name in the phrasings
  o key,synonym,... kind | clause | clause     an optional one, with clauses that state it ("{}" is its text)
  r field,synonym=kind ... | answer            what the function returns, and the sentence that tells it
  ~ word word                 tags: functions that share one could both answer a request, so they never meet
  m text                      a request that lacks the (only) required argument
  text with {key} or {+key}   a request; "+" puts "on" before a date; a final "^" forbids clauses after it
  [a|b]                       in any phrasing: one of several words, chosen anew each time
  + name                      further phrasings of the function of that name; they go before its held-out ones
  c key | clause | clause     further clauses of an optional parameter, after "+"
"""

import dataclasses
import functools
import re

from . import tool_values
from .data import (tool_library_1, tool_library_2, tool_library_3, tool_library_4, tool_requests_1,
                   tool_requests_2, tool_requests_3)

_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")


def expand(rng, text):
    """A phrasing with one of the words of each "[a|b|c]"."""
    if "[" not in text:
        return text
    text = _ALTERNATIVES.sub(lambda match: rng.choice(match.group(1).split("|")), text)
    return re.sub(r" +(?=[,.?!]( |$))", "", re.sub(r"  +", " ", text)).strip()


def before_tail(old, new):
    """Both lists as one that holds out the end of the old one, and of the new ones the last."""
    cut = len(old) - max(1, len(old) // 6)
    return [*old[:cut], *new, *old[cut:]]


@dataclasses.dataclass
class Param:
    names: list
    kind: str
    required: bool
    clauses: list

    @property
    def key(self):
        return self.names[0]


@dataclasses.dataclass
class Entry:
    domain: str
    names: list
    held: bool = False
    descriptions: list = dataclasses.field(default_factory=list)
    params: list = dataclasses.field(default_factory=list)
    requests: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)
    results: list = dataclasses.field(default_factory=list)
    answer: str = ""
    tags: set = dataclasses.field(default_factory=set)
    made: bool = False
    nested: str = ""

    def own(self, split, pool):
        """The part of the entry's phrasings for this split. Made and held-out functions come with one split only."""
        return pool if self.made or self.held or len(pool) < 2 else split.part(pool)


# Functions that could answer the same request, by their first name, and domains too near for "no tool fits".
CLASHES = ["search_products add_to_cart buy_groceries", "track_order track_package", "summarize_document read_file print_document",
           "set_reminder add_task create_note create_event", "book_appointment create_event", "find_customer find_employee add_contact",
           "lookup_word translate_text", "create_ticket restart_service", "get_directions search_trains", "set_light set_device",
           "find_recipe buy_groceries", "delete_user reset_password", "set_alarm set_reminder", "query_table get_logs"]
FAMILIES = ["weather time", "calendar timer doctor notes todo tickets groups", "email messages contacts social",
            "files documents printing library", "orders delivery shop", "maps taxi flights trains hotels parking",
            "hr users database", "server users tickets", "movies restaurants music", "sums currency stocks payments insurance",
            "fitness recipes groups", "home garden robot", "learning translation news"]


def _split_clauses(line):
    """The parts between the signs "|" that stand outside of brackets."""
    return [part.strip() for part in re.split(r"\|(?![^\[\]]*\])", line)]


def _read_param(line, required):
    head, *clauses = _split_clauses(line)
    names, kind = head.split(" ", 1)
    return Param(names.split(","), kind.strip(), required, clauses)


def _read_result(line):
    head, answer = (part.strip() for part in line.split("|", 1))
    pairs = re.findall(r"([\w,]+)=(.*?)(?= [\w,]+=|$)", head)
    return [(names.split(","), kind) for names, kind in pairs], answer


def read(text):
    entries = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark in ("@", "@!"):
            domain, *names = rest.split()
            entries.append(Entry(domain, names, held=mark == "@!"))
            continue
        entry = entries[-1]
        if mark == "d":
            entry.descriptions = [part.strip() for part in rest.split("|")]
        elif mark in ("p", "o"):
            entry.params.append(_read_param(rest, mark == "p"))
        elif mark == "r":
            entry.results, entry.answer = _read_result(rest)
        elif mark == "~":
            entry.tags = set(rest.split())
        elif mark == "m":
            entry.missing.append(rest)
        else:
            entry.requests.append(line)
    return entries


def _parts(text):
    """(mark, line or list of its parts) of the lines after each "+ name"."""
    name, found = None, {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("+ "):
            name = line[2:]
            found[name] = []
        else:
            mark, _, rest = line.partition(" ")
            found[name].append((mark, rest) if mark in ("m", "d", "@", "c") else ("", line))
    return found


def _extend(entries, text):
    by_name = {entry.names[0]: entry for entry in entries}
    for name, lines in _parts(text).items():
        entry = by_name[name]
        new = {mark: [rest for m, rest in lines if m == mark] for mark in ("", "m", "d", "@", "c")}
        entry.requests = before_tail(entry.requests, new[""])
        if new["m"]:
            entry.missing = before_tail(entry.missing, new["m"])
        for line in new["d"]:
            entry.descriptions += [part.strip() for part in line.split("|")]
        for line in new["@"]:
            entry.names += line.split()
        for line in new["c"]:
            key, *clauses = _split_clauses(line)
            param = next(p for p in entry.params if p.key == key)
            param.clauses = before_tail(param.clauses, clauses)


ENTRIES = [e for m in (tool_library_1, tool_library_2, tool_library_3, tool_library_4) for e in read(m.TEXT)]
for _module in (tool_requests_1, tool_requests_2, tool_requests_3):
    _extend(ENTRIES, _module.TEXT)
for _clash in CLASHES:
    for _entry in ENTRIES:
        if _entry.names[0] in _clash.split():
            _entry.tags.add(_clash)
TRAINED = [e for e in ENTRIES if not e.held]
HELD = [e for e in ENTRIES if e.held]
_FAMILIES = {}
for _family in FAMILIES:
    for _domain in _family.split():
        _FAMILIES.setdefault(_domain, set()).add(_family)


def near(a, b):
    """Whether two entries are of the same or of related domains."""
    return a.domain == b.domain or bool(_FAMILIES.get(a.domain, set()) & _FAMILIES.get(b.domain, set()))


def meet(a, b):
    """Whether two entries may stand in one list of tools."""
    return a is not b and not (a.tags & b.tags)


@functools.lru_cache(8192)
def _words_of(name):
    return re.split(r"[_-]", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())


def words_of(name):
    return list(_words_of(name))


@functools.lru_cache(16384)
def styled(name, style):
    parts = words_of(name)
    if style == "camel":
        return parts[0] + "".join(part.capitalize() for part in parts[1:])
    if style == "pascal":
        return "".join(part.capitalize() for part in parts)
    return ("-" if style == "kebab" else "_").join(parts)


_WRAPPED = ["{}.", "{}.", "Use this to: {}", "Tool: {}", "{} (see parameters)", "Function. {}", "[beta] {}", "{}. Needs all required arguments.",
            "{}, then report the result", "API: {}"]
_WORD_BEFORE = ["target", "input", "user", "selected", "given", "requested"]


def _described(rng, entry):
    """A description, in some tools written in another manner, or none."""
    if rng.random() > 0.97 and not entry.made:
        return ""
    text = rng.choice(entry.descriptions)
    if entry.made:
        return text
    chance = rng.random()
    if chance < 0.1:
        return text[0].lower() + text[1:]
    if chance < 0.24:
        return rng.choice(_WRAPPED).replace("{}", text)
    if chance < 0.3 and entry.results:
        return text + ". Returns " + " and ".join(names[0].replace("_", " ") for names, _ in entry.results) + "."
    return text


class Tool:
    """An entry with the names that one conversation gives it."""

    def __init__(self, rng, entry):
        self.entry = entry
        style = rng.choices(("snake", "camel", "pascal", "kebab", "own"), (35, 25, 4, 8, 28))[0]
        name = rng.choice(entry.names)
        if not entry.made and rng.random() < 0.07:
            name = rng.choice((entry.domain, "api", "my", "do", "app", "svc", "user", "assistant", "v2")) + "_" + "_".join(words_of(name))
        self.name = name if style == "own" else styled(name, style)
        params = [p for p in entry.params if p.required or rng.random() < 0.75]
        if rng.random() < 0.25:
            rng.shuffle(params)
        self.params = params
        case = "camel" if style in ("camel", "pascal") else "snake"
        self.names = {}
        for param in params:
            options = [n for n in (styled(n, case) for n in param.names) if n not in self.names.values()]
            chosen = options[0] if rng.random() < 0.4 else rng.choice(options)
            if rng.random() < 0.06:
                longer = styled(rng.choice(_WORD_BEFORE) + "_" + "_".join(words_of(chosen)), case)
                chosen = longer if longer not in self.names.values() else chosen
            self.names[param.key] = chosen
        self.nested = styled(entry.nested, case) if entry.nested else ""
        self.description = _described(rng, entry)

    def definition(self):
        properties = {self.names[p.key]: tool_values.schema(p.kind) for p in self.params}
        required = [self.names[p.key] for p in self.params if p.required]
        parameters = {"type": "object", "properties": properties, "required": required}
        if self.nested:
            parameters = {"type": "object", "properties": {self.nested: parameters}, "required": [self.nested]}
        return {"name": self.name, "description": self.description, "parameters": parameters}

    def call(self, arguments):
        """arguments by key; written in schema order under this tool's names."""
        given = {self.names[p.key]: arguments[p.key] for p in self.params if p.key in arguments}
        return {"name": self.name, "arguments": {self.nested: given} if self.nested else given}
