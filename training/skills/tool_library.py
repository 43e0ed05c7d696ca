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
"""

import dataclasses
import re

from . import tool_values
from .data import tool_library_1, tool_library_2, tool_library_3, tool_library_4


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


def _read_param(line, required):
    head, *clauses = [part.strip() for part in line.split("|")]
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


ENTRIES = [e for m in (tool_library_1, tool_library_2, tool_library_3, tool_library_4) for e in read(m.TEXT)]
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


def words_of(name):
    return re.split(r"[_-]", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())


def styled(name, style):
    parts = words_of(name)
    if style == "camel":
        return parts[0] + "".join(part.capitalize() for part in parts[1:])
    if style == "pascal":
        return "".join(part.capitalize() for part in parts)
    return ("-" if style == "kebab" else "_").join(parts)


class Tool:
    """An entry with the names that one conversation gives it."""

    def __init__(self, rng, entry):
        self.entry = entry
        style = rng.choices(("snake", "camel", "pascal", "kebab", "own"), (35, 25, 4, 8, 28))[0]
        name = rng.choice(entry.names)
        self.name = name if style == "own" else styled(name, style)
        params = [p for p in entry.params if p.required or rng.random() < 0.75]
        if rng.random() < 0.25:
            rng.shuffle(params)
        self.params = params
        case = "camel" if style in ("camel", "pascal") else "snake"
        self.names = {}
        for param in params:
            options = [n for n in (styled(n, case) for n in param.names) if n not in self.names.values()]
            self.names[param.key] = options[0] if rng.random() < 0.4 else rng.choice(options)
        self.description = rng.choice(entry.descriptions) if rng.random() < 0.97 or entry.made else ""

    def definition(self):
        properties = {self.names[p.key]: tool_values.schema(p.kind) for p in self.params}
        required = [self.names[p.key] for p in self.params if p.required]
        return {"name": self.name, "description": self.description,
                "parameters": {"type": "object", "properties": properties, "required": required}}

    def call(self, arguments):
        """arguments by key; written in schema order under this tool's names."""
        return {"name": self.name,
                "arguments": {self.names[p.key]: arguments[p.key] for p in self.params if p.key in arguments}}
