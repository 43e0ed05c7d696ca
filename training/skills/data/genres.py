"""The short texts of the reading skills, parsed from a notation:

    == name [lines] | word for the text; another          "lines" keeps each sentence on its own line
    slot: type | noun phrase; noun phrase | question; question
    - sentence / another way to say it / a third          always in the text
    -? sentence / another way                             in it or not: then its facts are missing

{slot} puts in a value, {a slot} the value with its article, {slot.first} the first word of it.
"""

import dataclasses
import functools
import re

from . import genres_1, genres_2, genres_more_1, genres_more_2, genres_more_3
from .merging import before_tail


@dataclasses.dataclass
class Slot:
    name: str
    kind: str
    phrases: list
    questions: list


@dataclasses.dataclass
class Genre:
    name: str
    words: list
    lines: bool
    slots: dict
    sentences: list


def _list(text, separator=";"):
    return [part.strip() for part in text.split(separator) if part.strip()]


def _genre(block):
    rows = [row for row in block.strip().split("\n") if row.strip()]
    head, words = rows[0].split("|")
    lines = head.strip().endswith(" lines")
    genre = Genre(head.strip().removesuffix(" lines").strip(), _list(words), lines, {}, [])
    for row in rows[1:]:
        if row.startswith("-"):
            optional = row.startswith("-?")
            genre.sentences.append((optional, _list(row[2:], " / ")))
        else:
            name, rest = row.split(":", 1)
            kind, phrases, questions = rest.split("|")
            genre.slots[name.strip()] = Slot(name.strip(), kind.strip(), _list(phrases), _list(questions))
    _verify(genre)
    return genre


def _verify(genre):
    known = set(genre.slots)
    for _, variants in genre.sentences:
        assert all(set(slots_of(variant)) <= known for variant in variants), (genre.name, variants)
    for slot in genre.slots.values():
        for text in slot.phrases + slot.questions:
            assert set(slots_of(text)) <= known, (genre.name, text)


@functools.cache
def slots_of(template):
    """Names of the slots in a template, in order, once each."""
    names = re.findall(r"\{(?:a )?(\w+)(?:\.first)?\}", template)
    return tuple(dict.fromkeys(names))


GENRES = [_genre(block) for source in (genres_1.TEXT, genres_2.TEXT)
          for block in re.split(r"^== ", source, flags=re.MULTILINE) if block.strip()]


def _extend(block):
    """Adds the phrases and questions of a block of the files genres_more_*.py to its genre."""
    rows = block.strip().split("\n")
    genre = next(g for g in GENRES if g.name == rows[0].strip().removesuffix(" lines"))
    for row in rows[1:]:
        name, rest = row.split(":", 1)
        phrases, questions = rest.split("|")
        slot = genre.slots[name.strip()]
        slot.phrases = before_tail(slot.phrases, _list(phrases))
        slot.questions = before_tail(slot.questions, _list(questions))
    _verify(genre)


for _source in (genres_more_1.TEXT, genres_more_2.TEXT):
    for _block in re.split(r"^== ", _source, flags=re.MULTILINE):
        if _block.strip():
            _extend(_block)


def _say_more(row):
    """Adds the ways of a row of genres_more_3.py to its sentence."""
    name, number, ways = (part.strip() for part in row.split("|"))
    genre = next(g for g in GENRES if g.name == name)
    optional, variants = genre.sentences[int(number)]
    assert all(set(slots_of(way)) == set(slots_of(variants[0])) for way in _list(ways, " / ")), row
    genre.sentences[int(number)] = (optional, before_tail(variants, _list(ways, " / ")))


for _row in genres_more_3.TEXT.strip().split("\n"):
    _say_more(_row)
