"""A user's request for a function: one phrasing, filled with values, with clauses, openers and case variants."""

import re

from . import tool_library, tool_made, tool_values
from .common import capitalised

_SLOT = re.compile(r"\{(\+?)(\w*)\}")
_IMPERATIVE_OPENERS = ["Please {}", "please {}", "Could you {}?", "Can you {}?", "Hey, {}", "Would you {}?", "I want you to {}",
                       "Hi, {}", "Hello! {}", "I'd like you to {}", "Now {}", "Quick one: {}", "Do me a favor and {}",
                       "Can you please {}?", "Hi there, please {}", "It would be great if you could {}", "Kindly {}", "Be so kind and {}"]
_OTHER_OPENERS = ["Hi, {}", "Hello, {}", "Hey, {}", "Quick question: {}", "Okay, {}", "Hi there! {}", "Hello there, {}", "So, {}", "One thing: {}",
                  "Good morning! {}", "Well, {}", "Good evening, {}"]
_VERBS = set("""tell check look show give put schedule add create set new book plan make enter block cancel remove delete drop take erase
find search list write send compose mail shoot text message pass call phone ring start dial get place turn switch flip heat warm
change adjust bring lock secure bolt count run let remind nudge wake track return begin stop track return arrange reserve recommend
plan navigate route translate say convert exchange play save store jot keep mark complete tick close read open display print
rename search count pull report file log raise submit assign hand transfer resolve pay move wire bill invoice issue prepare charge
request enter record track note calculate compute evaluate solve pick draw choose roll generate select register restart bounce
fetch tail summarize shorten post publish share invite ask define explain order renew extend water sprinkle drive activate""".split())


def draw_arguments(rng, split, tool, skip=()):
    """(texts, arguments) of the required and, half of the time each, the optional parameters of a tool."""
    texts, arguments = {}, {}
    for param in tool.params:
        if param.key in skip or not (param.required or rng.random() < 0.5):
            continue
        text, value = tool_values.draw(param.kind, rng, split)
        while param.kind != "flag" and text in texts.values():
            text, value = tool_values.draw(param.kind, rng, split)
        texts[param.key], arguments[param.key] = text, value
    return texts, arguments


def _dated(plus, text):
    if plus and not text.startswith(("today", "tomorrow", "next")):
        return "on " + text
    return text


def fill(template, texts):
    def one(match):
        return _dated(match.group(1), texts[match.group(2)])
    return _SLOT.sub(one, template)


def _clause(rng, split, entry, param, text):
    pool = param.clauses if entry.made else split.part(param.clauses)
    clause = _SLOT.sub(lambda m: _dated(m.group(1), text), rng.choice(pool))
    return clause if clause[0] == "," else " " + clause


def _with_clauses(rng, split, tool, template, texts):
    """The template with the clauses of the given parameters that it does not name, before its final sign."""
    named = {m.group(2) for m in _SLOT.finditer(template)}
    rest = [p for p in tool.params if p.key in texts and p.key not in named]
    end = template[-1] if template[-1] in ".?" else ""
    body = template[: len(template) - len(end)]
    if not rest:
        return body.rstrip(","), end
    rng.shuffle(rest)
    # A clause with free text goes last, where nothing can be taken for a part of it.
    rest.sort(key=lambda p: p.kind in ("reason", "msg"))
    clauses = "".join(_clause(rng, split, tool.entry, p, texts[p.key]) for p in rest)
    return (body[:-1] if body.endswith(",") and clauses[0] == "," else body) + clauses, end


def _opened(rng, split, template, body, end):
    first = template.split(" ", 1)[0].lower()
    if template[0] == "{" or (first in ("please", "hey,", "can", "could") and rng.random() < 0.8):
        return body + end
    lower = body if template.startswith(("I ", "I'")) else body[0].lower() + body[1:]
    imperative = first in _VERBS and end != "?"
    opener = split.pick(rng, _IMPERATIVE_OPENERS if imperative else _OTHER_OPENERS)
    text = opener.replace("{}", lower)
    return text if text[-1] == "?" else text + end


def _cased(rng, text, may_lower):
    """Sloppy variants: no final sign, or a small letter at the start."""
    chance = rng.random()
    if chance < 0.15 and text[-1] in ".?!":
        text = text[:-1]
    elif chance < 0.24 and may_lower and not text.startswith(("I ", "I'")):
        text = text[0].lower() + text[1:]
    return text


_OPEN = {"city", "person", "first", "place", "company", "song", "subject", "project", "venue", "language", "cuisine", "topic", "reason",
         "task", "msg", "issue", "product", "food"}


def _lowered(tool, text, arguments):
    """All in lower case; only where every argument with capitals is open text."""
    changed = dict(arguments)
    for param in tool.params:
        if param.key in changed and isinstance(changed[param.key], str):
            if param.kind not in _OPEN and changed[param.key] != changed[param.key].lower():
                return None
            changed[param.key] = changed[param.key].lower()
        elif param.kind.startswith("list"):
            return None
    return text.lower(), changed


def write(rng, split, tool, texts, arguments, template=None, plain=False):
    """(text, arguments by key) of one request."""
    template = template or rng.choice(tool.entry.own(split, tool.entry.requests))
    if template.endswith("^"):
        template = template[:-1]
        for param in tool.params:
            if not param.required:
                texts.pop(param.key, None)
                arguments.pop(param.key, None)
    body, end = _with_clauses(rng, split, tool, template, texts)
    if plain or rng.random() < 0.6:
        text = body + end
    else:
        text = _opened(rng, split, template, body, end)
    text = fill(text, texts)
    if plain:
        return text, arguments
    if rng.random() < 0.07:
        lowered = _lowered(tool, text, arguments)
        if lowered:
            return lowered
    if template[0] in "{\"":
        return _cased(rng, text, False), arguments
    return _cased(rng, capitalised(text), True), arguments


def request(rng, split, tool, plain=False):
    texts, arguments = draw_arguments(rng, split, tool)
    return write(rng, split, tool, texts, arguments, plain=plain)


def pick_entry(rng, split, made_share=0.4):
    """A function to ask for: made up, or of the library; in held-out samples often one that is held out entirely."""
    if rng.random() < made_share:
        return tool_made.made(rng, split)
    if split.held_out and rng.random() < 0.3:
        return rng.choice(tool_library.HELD)
    return rng.choice(tool_library.TRAINED)


def others(rng, split, entry, count, far=False):
    """Entries for the list of tools beside `entry`; far: none that could answer a request for it."""
    found = []
    if entry.made and not far:
        near = rng.choices((count, min(1, count), 0), (5, 3, 2))[0]
        found = tool_made.siblings(rng, split, entry, near)
    while len(found) < count:
        if rng.random() < 0.2:
            other = tool_made.made(rng, split)
            if entry.made and other.domain == entry.domain:
                continue
        else:
            pool = tool_library.HELD if split.held_out and rng.random() < 0.1 else tool_library.TRAINED
            other = rng.choice(pool)
        if far and tool_library.near(entry, other):
            continue
        if all(tool_library.meet(other, one) and other.names != one.names for one in [entry, *found]):
            found.append(other)
    return found


def tools_of(rng, entries):
    """Tools with different names."""
    tools, seen = [], []
    for entry in entries:
        tool = tool_library.Tool(rng, entry)
        while tool.name in seen:
            tool = tool_library.Tool(rng, entry)
        seen.append(tool.name)
        tools.append(tool)
    return tools


def listed(rng, tools):
    shuffled = list(tools)
    rng.shuffle(shuffled)
    return [tool.definition() for tool in shuffled]
