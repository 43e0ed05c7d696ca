"""A user's request for a function: one phrasing, filled with values, with clauses, openers and case variants."""

import re

from . import tool_library, tool_made, tool_values
from .common import capitalised
from .data import tool_frames

_SLOT = re.compile(r"\{(\+?)(\w*)\}")
_IMPERATIVE_OPENERS = tool_library.before_tail(["Please {}", "please {}", "Could you {}?", "Can you {}?", "Hey, {}", "Would you {}?", "I want you to {}",
                       "Hi, {}", "Hello! {}", "I'd like you to {}", "Now {}", "Quick one: {}", "Do me a favor and {}",
                       "Can you please {}?", "Hi there, please {}", "It would be great if you could {}", "Kindly {}", "Be so kind and {}"], tool_frames.IMPERATIVE_OPENERS)
_OTHER_OPENERS = tool_library.before_tail(["Hi, {}", "Hello, {}", "Hey, {}", "Quick question: {}", "Okay, {}", "Hi there! {}", "Hello there, {}", "So, {}", "One thing: {}",
                  "Good morning! {}", "Well, {}", "Good evening, {}"], tool_frames.OTHER_OPENERS)
_VERBS = set("""tell check look show give put schedule add create set new book plan make enter block cancel remove delete drop take erase
find search list write send compose mail shoot text message pass call phone ring start dial get place turn switch flip heat warm
change adjust bring lock secure bolt count run let remind nudge wake track return begin stop track return arrange reserve recommend
plan navigate route translate say convert exchange play save store jot keep mark complete tick close read open display print
rename search count pull report file log raise submit assign hand transfer resolve pay move wire bill invoice issue prepare charge
request enter record track note calculate compute evaluate solve pick draw choose roll generate select register restart bounce
fetch tail summarize shorten post publish share invite ask define explain order renew extend water sprinkle drive activate""".split()) | {verb for verb, _ in tool_made.VERBS} | set(tool_frames.VERBS.split())


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
    clause = _SLOT.sub(lambda m: _dated(m.group(1), text), tool_library.expand(rng, rng.choice(pool)))
    return clause if clause[0] in ",." else " " + clause


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
    found = [_clause(rng, split, tool.entry, p, texts[p.key]) for p in rest]
    found.sort(key=lambda clause: clause[0] == ".")
    clauses = "".join(found)
    if end == "?" and ". " in clauses and found[-1][0] == ".":
        first = next(i for i, clause in enumerate(found) if clause[0] == ".")
        found[first] = "?" + found[first][1:]
        clauses, end = "".join(found), ""
    return (body[:-1] if body.endswith(",") and clauses[0] in ",." else body) + clauses, end


def _opened(rng, split, entry, template, body, end):
    first = template.split(" ", 1)[0].lower()
    if template[0] == "{" or (first in ("please", "hey,", "can", "could") and rng.random() < 0.8):
        return body + end
    lower = body if template.startswith(("I ", "I'")) else body[0].lower() + body[1:]
    named = entry.made and template.lower().startswith(entry.domain.removeprefix("made "))
    imperative = first in _VERBS and end != "?" and not named
    opener = tool_library.expand(rng, split.pick(rng, _IMPERATIVE_OPENERS if imperative else _OTHER_OPENERS))
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


# Kinds whose values may end a request in words that look like a part of it, and kinds whose values may stand in quotes.
_LOOSE = {"reason", "msg", "task", "issue", "song", "project", "subject", "topic", "word", "venue", "product", "food"}
_QUOTABLE = {"city", "code", "login", "file", "folder", "name", "made", "song", "subject", "project", "venue", "product", "person", "first", "company",
             "ticker", "food", "topic", "place"}
_QUOTES = [('"', '"')] * 5 + [("'", "'")] * 2 + [("`", "`"), ("\u201c", "\u201d"), ("**", "**"), ("<", ">"), ("[", "]")]
_SHORT = [("What's", "Whats"), ("what's", "whats"), ("I'm", "Im"), ("I'd", "Id"), ("don't", "dont"), ("can't", "cant"), ("isn't", "isnt"), ("it's", "its"),
          ("Let's", "Lets"), (" you ", " u "), ("Please", "Pls"), ("please", "pls")]


def _quoted(rng, tool, template, texts):
    """The texts with quotes around those that a person might put in quotes."""
    left, right = rng.choice(_QUOTES)
    kinds = {p.key: p.kind for p in tool.params}
    return {key: left + text + right if kinds[key] in _QUOTABLE and f'"{{{key}}}"' not in template and "'" not in text and " and " not in text and f"{{{key}}}'s" not in template
            else text for key, text in texts.items()}


def _closed(rng, split, tool, text, arguments):
    """With a word of courtesy or haste behind it, where it can't be taken for a part of a value."""
    loose = any(p.kind.split(":")[-1] in _LOOSE for p in tool.params if p.key in arguments)
    if text[-1] in ".?!":
        if any(p.kind in ("msg", "reason", "issue") for p in tool.params if p.key in arguments):
            return text
        return text + " " + split.pick(rng, tool_frames.CLOSING_SENTENCES)
    if loose:
        return text
    if rng.random() < 0.5:
        return text + split.pick(rng, tool_frames.CLOSERS) + rng.choice(("", ".", "."))
    return text + ". " + split.pick(rng, tool_frames.CLOSING_SENTENCES)


def _surrounded(rng, split, tool, text, arguments):
    """With a sentence before it, one behind it, or in a layout of its own."""
    chance = rng.random()
    if chance < 0.08:
        return split.pick(rng, tool_frames.CONTEXTS) + " " + text
    if chance < 0.17:
        return _closed(rng, split, tool, text, arguments)
    if chance < 0.2:
        return split.pick(rng, tool_frames.LAYOUTS).replace("{}", text)
    if chance < 0.22 and text[-1] == ".":
        return text[:-1] + rng.choice(("!", "!", "!!", "..."))
    return text


def _form(rng, split, tool, texts):
    """A request written as data: the description and the fields, under the names that the parameters have."""
    def value(param):
        return "yes" if param.kind == "flag" else _dated("", texts[param.key])
    field = split.pick(rng, tool_frames.FIELDS)
    fields = [field.replace("{k}", " ".join(tool_library.words_of(tool.names[p.key]))).replace("{v}", value(p)) for p in tool.params if p.key in texts]
    description = rng.choice(tool.entry.descriptions).rstrip(".")
    form = split.pick(rng, tool_frames.FORMS)
    return form.replace("{d}", description).replace("{f}", rng.choice((", ", ", ", "; ", "\n")).join(fields))


def write(rng, split, tool, texts, arguments, template=None, plain=False):
    """(text, arguments by key) of one request."""
    if not template and not plain and texts and rng.random() < 0.035 and tool.description and "Use this" not in tool.entry.descriptions[0]:
        return _form(rng, split, tool, texts), arguments
    template = tool_library.expand(rng, template or rng.choice(tool.entry.own(split, tool.entry.requests)))
    if template.endswith("^"):
        template = template[:-1]
        for param in tool.params:
            if not param.required:
                texts.pop(param.key, None)
                arguments.pop(param.key, None)
    if rng.random() < 0.05:
        texts = _quoted(rng, tool, template, texts)
    body, end = _with_clauses(rng, split, tool, template, texts)
    opened = not plain and rng.random() >= 0.6
    text = _opened(rng, split, tool.entry, template, body, end) if opened else body + end
    if rng.random() < 0.04:
        for full, short in _SHORT:
            text = text.replace(full, short)
    text = fill(text, texts).replace(" a urgent", " an urgent")
    if plain:
        return text, arguments
    if rng.random() < 0.07:
        lowered = _lowered(tool, text, arguments)
        if lowered:
            return lowered
    if template[0] in "{\"":
        text = _cased(rng, text, False)
    else:
        text = _cased(rng, capitalised(text), True)
    return _surrounded(rng, split, tool, text, arguments), arguments


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
