"""Skill: questions about Peregrine, its API, this model, and the terms of the trade.

Every fact has one answer and many questions. The tables in data/product_*.py hold a fact as a paragraph:

    @id key, key ~ any, any     what an answer must hold: all of the keys, and one of those behind `~`
    = answer                    its only wording
    np x | y                    noun phrases for frames such as "What is {x}?", all in data/product_frames.py
    ? question | question       whole training questions
    ! question | question       development questions, in no frame and nowhere in training

In questions, phrases and frames, {a|b} stands for one of its parts. data/product_more_*.py hold more lines of the
same facts.

The held-out questions are in data/product_blind.json: written from the answers alone, by somebody who had not seen
any other question, and less those that training happens to have.

Facts of one group in data/product_groups.py often follow each other in one conversation, so that they are
told apart.
"""

import json
import pathlib
import re

from .common import Sample, capitalised
from .data import (
    product_answers, product_api, product_concepts, product_more_1, product_more_2, product_more_3, product_operation,
    product_self, product_server)
from .data.product_frames import ABOUT, FOLLOW_UPS, FRAMES, INSTEAD, SAME
from .data.product_frames_2 import CONTEXTS, MORE_ABOUT, MORE_FOLLOW_UPS, MORE_FRAMES
from .data.product_groups import CONFUSABLE as GROUPS

NAME = "product"
WEIGHT = 16

TABLES = [product_self, product_concepts, product_server, product_operation, product_api, product_answers]
MORE_TABLES = [product_more_1, product_more_2, product_more_3]
ALL_FRAMES = {kind: frames + 3 * MORE_FRAMES[kind] for kind, frames in FRAMES.items()}
ALL_FOLLOW_UPS = {kind: frames + 2 * MORE_FOLLOW_UPS[kind] for kind, frames in FOLLOW_UPS.items()}
ALL_ABOUT = ABOUT + 3 * MORE_ABOUT

# The last sixth is held out.
OPENERS = [
    "Hi,", "Hi!", "Hello.", "Hello!", "Hey,", "Quick question:", "A question:", "Sorry,",
    "I'm new here.", "One thing:", "Question about Peregrine:", "Help me out:", "Just wondering:",
    "Good morning.", "I have a question.", "Please help:", "OK,", "So,", "Another question:", "Well,",
    "Hi all,", "Hello there,", "Hey!", "Dear assistant,", "Quick one:", "Peregrine question:", "Tell me,", "Say,",
    "Good evening.", "Good afternoon.", "Right,", "Alright,", "Sorry to bother you.", "Pardon me,", "Hey,", "Um,",
    "Let me ask:", "My question:", "Now,", "Listen,", "Hi again,", "Howdy,", "Dumb question:", "Newbie question:",
    "Can you help me?", "Could you help me?", "I need some help.", "Please tell me:", "Simple question:", "Yo,",
    "Hi there!", "Excuse me,", "Something else:", "Short question:", "Good day.", "Hey there,",
    "May I ask something?", "A small question:", "By the way,",
]
CLOSERS = [
    "Just wondering.", "Thank you!", "Be brief.", "I need to know.", "Help!", "Thx.", "Just the answer, please.",
    "I'd be grateful.", "I could not find it.", "One sentence is enough.", "No long story, please.", "I forgot.",
    "Thanks!", "Thank you.", "Keep it short.", "I am curious.", "Please be brief.",
    "Thanks in advance.", "Cheers!", "Answer briefly.",
]
SERVER_NAMES = ["this server", "the server", "the Peregrine server"]


CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")


def chosen(rng, text):
    """The text with one part of every {a|b}."""
    while "{" in text:
        text = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)
    return " ".join(text.split()).replace(" ,", ",").replace(" ?", "?")


def _forms(text):
    """About how many texts `chosen` makes of it."""
    count = 1
    for match in CHOICE.finditer(text):
        count *= match[1].count("|") + 1
    return count


class Fact:
    """One paragraph of a table; `asked` are whole training questions, `framed` are (frame kind, filler)."""

    def __init__(self, paragraph):
        self.asked, self.framed, self.development = [], [], []
        for line in paragraph.strip().splitlines():
            kind, _, rest = line.partition(" ")
            if kind.startswith("@"):
                self.id, (required, _, either) = kind[1:], rest.partition("~")
                self.check = {"kind": "contains"}
                for name, keys in (("all", required), ("any", either)):
                    keys = keys.strip().split(", ")
                    if keys != [""]:
                        self.check[name] = keys
            elif kind == "=":
                self.answer = rest
            else:
                self.add(kind, [part.strip() for part in rest.split(" | ")])

    def add(self, kind, parts):
        if kind == "?":
            for part in parts:
                self.asked += [part] * min(6, 1 + _forms(part) // 3)
        elif kind == "!":
            self.development += parts
        else:
            self.framed += [(kind, part) for part in parts]

    def question(self, rng, split, first):
        if split.held_out:
            return rng.choice(BLIND[self.id])
        while True:
            question = self._training_question(rng, first)
            if rng.random() < 0.6:
                question = reworded(rng, question)
            if normalised(question) not in KEPT_BACK:
                return question

    def _training_question(self, rng, first):
        # Half of the questions are whole ones, if there are frames at all.
        if not self.framed or rng.random() < 0.5:
            return capitalised(chosen(rng, rng.choice(self.asked)))
        kind, filler = rng.choice(self.framed)
        frames = ALL_FRAMES[kind] if first or rng.random() < 0.6 else ALL_FOLLOW_UPS[kind]
        if (kind, filler) in TELLING and rng.random() < 0.25:
            frames = ALL_ABOUT
        return capitalised(chosen(rng, rng.choice(frames).replace("{}", filler)))


def _add_more(table):
    for paragraph in re.split(r"\n(?=@)", table.strip()):
        name, *lines = paragraph.replace("\n  ", " ").splitlines()
        for line in lines:
            kind, _, rest = line.partition(" ")
            BY_ID[name[1:].strip()].add(kind, [part.strip() for part in rest.split(" | ")])


def _facts(table):
    return [Fact(paragraph) for paragraph in re.split(r"\n(?=@)", table.strip())]


BLIND = json.loads((pathlib.Path(__file__).parent / "data" / "product_blind.json").read_text())
FACTS = [fact for module in TABLES for fact in _facts(module.FACTS)]
BY_ID = {fact.id: fact for fact in FACTS}
for _table in MORE_TABLES:
    _add_more(_table.MORE)
CONFUSABLE = [[BY_ID[name] for name in group.split()] for group in GROUPS]


def _telling():
    """The names that stand in the frames of one fact only."""
    facts = {}
    for fact in FACTS:
        for _, filler in fact.framed:
            facts.setdefault(filler, set()).add(fact.id)
    return {(kind, filler) for fact in FACTS for kind, filler in fact.framed
            if kind in ("co", "pu", "er") and len(facts[filler]) == 1}


TELLING = _telling()
SERVER = re.compile(r"the peregrine server|this server|the server")
MARKS = re.compile(r"[^\w/.<>|-]+|\.(?=\s|$)")


def normalised(question):
    """What is left of a question without case, punctuation and the server's name."""
    return " ".join(MARKS.sub(" ", SERVER.sub("peregrine", question.lower())).split())


DEVELOPMENT = {normalised(question) for fact in FACTS for question in fact.development}
KEPT_BACK = DEVELOPMENT | {normalised(question) for questions in BLIND.values() for question in questions}


def _check_tables():
    for fact in FACTS:
        for question in fact.asked:
            assert normalised(question) not in DEVELOPMENT, f"{fact.id}: {question!r} is a development question"


_check_tables()


def _replacements():
    table = {}
    for group in SAME:
        for word in group:
            table.setdefault(word.lower(), []).extend(other for other in group if other != word)
    for word, others in INSTEAD:
        table.setdefault(word.lower(), []).extend(others)
    return table


REPLACEMENTS = _replacements()
WORDS = "|".join(sorted(map(re.escape, REPLACEMENTS), key=len, reverse=True))
REPLACED = re.compile(rf"\b(?:(an?) )?({WORDS})\b(?![.\[-])", re.IGNORECASE)


def reworded(rng, question):
    """The question with some of its words replaced by others of the same meaning."""
    def other(match):
        article, word = match.groups()
        if rng.random() < 0.5:
            return match.group()
        new = rng.choice(REPLACEMENTS[word.lower()])
        if article:
            new = ("an " if new[0] in "aeiou" else "a ") + new
        return capitalised(new) if match.group()[0].isupper() else new

    return REPLACED.sub(other, question)


def _dressed(rng, split, question, first):
    """The question with an opener, a closing word, another name of the server, or in careless spelling."""
    if "Peregrine" in question and "Peregrine Starter" not in question and rng.random() < 0.25:
        name = rng.choice(SERVER_NAMES)
        question = capitalised(re.sub(r"(?:the )?\bPeregrine\b(?: server)?", name, question))
    if first and rng.random() < 0.3:
        opener = split.pick(rng, OPENERS)
        if opener[-1] in ",:" and rng.random() < 0.8 and not re.match(r"I\b|[A-Z]{2}", question):
            question = question[0].lower() + question[1:]
        question = f"{opener} {question}"
    elif first and rng.random() < 0.12:
        question = f"{split.pick(rng, CONTEXTS)} {question}"
    if rng.random() < 0.1:
        question = f"{question} {split.pick(rng, CLOSERS)}"
    way = rng.random()
    if way < 0.15:
        question = question.lower().rstrip("?.!")
    elif way < 0.25:
        question = question.rstrip("?.!")
    elif way < 0.32:
        question = question[0].lower() + question[1:]
    elif way < 0.36:
        question = question.lower().replace("'", "")
    return question


def _chosen(rng):
    """The facts that one conversation asks for."""
    way = rng.random()
    if way < 0.75:
        return [rng.choice(FACTS)]
    count = 2 if way < 0.9 else 3
    pool = rng.choice(CONFUSABLE) if rng.random() < 0.6 else FACTS
    return rng.sample(pool, min(count, len(pool)))


def make(rng, split):
    messages = []
    for fact in _chosen(rng):
        question = fact.question(rng, split, first=not messages)
        messages.append({"role": "user", "content": _dressed(rng, split, question, first=not messages)})
        messages.append({"role": "assistant", "content": fact.answer})
    check = {name: list(value) if isinstance(value, list) else value for name, value in fact.check.items()}
    return Sample(NAME, messages, check=check)
