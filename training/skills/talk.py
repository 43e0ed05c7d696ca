"""How questions are worded and conversations are put together in the small-talk and number skills.

A kind of question is a function `kind(rng, split, again)` that returns (question, answer, check)
`again` says that the
turn before was of the same kind, so that the question may be a short follow-up ("And 5 + 6?").
"""

import re

from .common import Sample, capitalised
from .data import talk_2 as more
from .data.wording import vary, widen

OPENERS = [
    "Hi, ", "Hello, ", "Hey, ", "Quick question: ", "Question: ", "Okay, ", "So, ", "Hi! ", "Hello! ",
    "Hey! ",
    "One question: ", "Next question: ", "A small question: ", "Please answer this: ", "Excuse me, ",
    "Hi there, ",
    "Tell me please: ", "An easy one: ", "Good morning! ", "Good evening. ",
    "Hello there, ", "A quick one: ", "Good afternoon! ", "Here is a question: ",
]
CLOSERS = [" Thanks!", " Thank you.", " Thanks.", " Please be brief.", " Keep it short.", " Answer briefly.",
           " Thank you!", " Thank you so much!"]
widen(OPENERS, more.OPENERS)
OPENERS[:] = [opener if opener.endswith(" ") else opener + (" " if opener else "") for opener in OPENERS]
CLOSERS[-1:-1] = more.CLOSERS
KEPT_WORDS = {"I", "I'm", "I've", "I'd", "I'll", "Peregrine"}
_STATEMENT = re.compile(r"(^|[.!?:] )(I|I'm|I'd|I've|My|We|It|Today|There)\b[^.!?:]*\.$")


def lowered(text):
    """The text with a small first letter, where that is right inside a sentence."""
    if not text or text.split(None, 1)[0].rstrip(",.") in KEPT_WORDS:
        return text
    return text[:1].lower() + text[1:]


def dressed(rng, split, template, plain=0.5, opener_share=0.45):
    """The template in one of the ways people type it: case may change, but not in its slots."""
    chance = rng.random()
    if "[" in template:
        template = vary(rng, template)
        template = capitalised(template) if rng.random() < 0.8 else template
    if chance < plain:
        return template
    opener = closer = ""
    if rng.random() < opener_share:
        opener = vary(rng, split.pick(rng, OPENERS))
        if opener.endswith((", ", ": ")) and not template.startswith("{"):
            template = lowered(template)
    polite = "please" in (opener + template).lower() or _STATEMENT.search(template)
    if rng.random() < 0.3 and template[-1] in ".?" and template[-2:-1] not in ("}", ".", "_") and not polite:
        if template[-1] == "?" or rng.random() < 0.5:
            template = template[:-1] + ", please" + template[-1]
    elif rng.random() < 0.2 and template[-1] in ".?!":
        closer = split.pick(rng, CLOSERS)
    template = opener + template + closer
    if rng.random() < 0.35:
        template = without_apostrophes(rng, template.lower())
    if rng.random() < 0.35 and template[-1] in ".?!" and not template.endswith("}."):
        template = template[:-1]
    return template


def without_apostrophes(rng, template):
    """The template, now and then without the apostrophes that hasty people leave out."""
    if rng.random() < 0.3:
        for right, hasty in (("what's", "whats"), ("i'm ", "im "), ("don't", "dont"), ("let's", "lets")):
            template = template.replace(right, hasty)
    return template


def in_small_letters(rng, question, share=0.1):
    """The question, now and then all in small letters, its values too."""
    return without_apostrophes(rng, question.lower()) if rng.random() < share else question


def picked(rng, split, phrasings):
    """One of the phrasings, rather one that has alternatives."""
    line = split.pick(rng, phrasings)
    return line if "[" in line or rng.random() < 0.5 else split.pick(rng, phrasings)


def ask(rng, split, phrasings, /, **slots):
    """One of the phrasings, dressed, with its slots filled. Slot names are in lower case."""
    return dressed(rng, split, picked(rng, split, phrasings)).format(**slots)


def ask_again(rng, split, phrasings, /, **slots):
    """As `ask`, for a short follow-up: no new greeting before it."""
    return dressed(rng, split, picked(rng, split, phrasings), 0.7, 0).format(**slots)


def sample(skill, turns, check):
    """A conversation of (question, answer) pairs."""
    messages = []
    for question, answer in turns:
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": answer})
    return Sample(skill, messages, check=check)


def chosen(rng, kinds):
    """One of the (weight, kind) pairs' kinds."""
    return rng.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]


def conversation(rng, split, skill, kinds, turns=(0.6, 0.25, 0.1, 0.05)):
    """A conversation of a few turns of these kinds; a turn is mostly of the same kind as the one before."""
    count = rng.choices(range(1, len(turns) + 1), turns)[0]
    kind = chosen(rng, kinds)
    done = []
    check = None
    for number in range(count):
        again = False
        if number and rng.random() < 0.6:
            again = True
        elif number:
            other = chosen(rng, kinds)
            again = other is kind
            kind = other
        question, answer, check = kind(rng, split, again)
        done.append((question, answer))
    return sample(skill, done, check)


def a(word):
    """The word with its article."""
    return ("an " if word[0].lower() in "aeiou" else "a ") + word


def counted(number, one, many=None):
    """A number of things: `1 cat`, `3 cats`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def text(*accept):
    return {"kind": "text", "accept": list(accept)}


def contains(*words, none=()):
    check = {"kind": "contains", "all": list(words)}
    if none:
        check["none"] = list(none)
    return check


def number(value):
    return {"kind": "number", "value": value}


def yes(flag):
    """The check of a yes-or-no answer."""
    return contains("yes", none=["no"]) if flag else contains("no", none=["yes"])
