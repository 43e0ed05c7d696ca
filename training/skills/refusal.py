"""Asks that a small model without internet, files or devices cannot do: one short refusal per category."""

from . import talk, values
from .data import asks
from .people import person

NAME = "refusal"
WEIGHT = 4


def filled(rng, split, template):
    """The template with whatever slots it has."""
    thing = split.pick(rng, asks.THINGS)
    template = template.replace("a {thing}", talk.a(thing))
    return template.format(city=values.city(rng, split), name=person(rng, split),
                           thing=thing, site=asks.site(rng, split))


def turn(rng, split):
    entry = rng.choices(asks.CATEGORIES, asks.SHARES)[0]
    phrasings, answer, key = entry
    return filled(rng, split, talk.dressed(rng, split, talk.picked(rng, split, phrasings), 0.55)), answer, \
            talk.contains(*key)


def make(rng, split):
    count = rng.choices((1, 2, 3), (0.8, 0.15, 0.05))[0]
    done = [turn(rng, split) for _ in range(count)]
    return talk.sample(NAME, [entry[:2] for entry in done], done[-1][2])
