"""Conversions of small whole numbers between units whose factor is whole, answered `3 km is 3000 m.`"""

from . import talk
from .talk import counted

NAME = "units"
WEIGHT = 4

# (big unit, its plural, small unit, its plural, factor, greatest number of big units, share)
UNITS = [
    ("km", "km", "m", "m", 1000, 50, 10), ("m", "m", "cm", "cm", 100, 50, 10),
    ("kg", "kg", "g", "g", 1000, 50, 10), ("l", "l", "ml", "ml", 1000, 30, 7),
    ("cm", "cm", "mm", "mm", 10, 99, 5), ("hour", "hours", "minute", "minutes", 60, 12, 10),
    ("minute", "minutes", "second", "seconds", 60, 12, 8),
    ("day", "days", "hour", "hours", 24, 10, 8), ("week", "weeks", "day", "days", 7, 12, 9),
    ("year", "years", "month", "months", 12, 12, 8),
    ("dozen", "dozen", "piece", "pieces", 12, 12, 4), ("KiB", "KiB", "byte", "bytes", 1024, 8, 4),
    ("MiB", "MiB", "KiB", "KiB", 1024, 8, 3),
    ("byte", "bytes", "bit", "bits", 8, 16, 4), ("kilometer", "kilometers", "meter", "meters", 1000, 50, 4),
    ("tonne", "tonnes", "kg", "kg", 1000, 20, 3),
    ("kilogram", "kilograms", "gram", "grams", 1000, 50, 4),
    ("meter", "meters", "centimeter", "centimeters", 100, 50, 4),
    ("dollar", "dollars", "cent", "cents", 100, 50, 4),
    ("liter", "liters", "milliliter", "milliliters", 1000, 30, 3),
    ("euro", "euros", "cent", "cents", 100, 50, 3),
]
SHARES = [unit[-1] for unit in UNITS]
CONVERT = [
    "How many {many} are {x}?", "How many {many} is {x}?", "Convert {x} to {many}.",
    "Convert {x} into {many}.", "What is {x} in {many}?", "How much is {x} in {many}?",
    "{x} in {many}", "{x} to {many}", "{x} is how many {many}?", "Change {x} into {many}.",
    "Express {x} in {many}.", "Tell me how many {many} {x} is.",
    "Can you convert {x} to {many}?", "Please convert {x} to {many}.", "I have {x}. How many {many} is that?",
    "How many {many} make {x}?", "How many {many} does {x} make?",
    "Give me {x} in {many}.", "Write {x} in {many}.", "What does {x} make in {many}?",
    "Turn {x} into {many}.", "I need {x} in {many}.", "What's {x} in {many}?",
    "In {many}, what is {x}?", "Can you tell me how many {many} {x} is?", "{x} = ? {many}",
    "Calculate {x} in {many}.", "How many {many} do I get from {x}?",
    "{x}: how many {many}?", "What number of {many} is {x}?", "Work out {x} in {many}.",
    "If I have {x}, how many {many} is that?", "Say {x} in {many}.",
    "State {x} in {many}.", "How many {many} will {x} give?",
]
AGAIN = [
    "And {x}?", "What about {x}?", "And {x} in {many}?", "How about {x}?", "And how many {many} is {x}?",
    "Now {x}.", "Okay, and {x}?", "{x}?", "Thanks. And {x}?",
         "Then {x}?", "Next: {x}", "Good, now {x}?"]


def convert(rng, split, again, unit=None):
    """Two thirds go from the big unit to the small one."""
    one, plural, small, smalls, factor, top, _ = unit or rng.choices(UNITS, SHARES)[0]
    while True:
        n = rng.randint(1, top if rng.random() < 0.6 else min(top, 10))
        down = rng.random() < 0.67
        if n <= 2 or split.accepts("unit", one, n, down):
            break
    large, little = counted(n, one, plural), counted(n * factor, small, smalls)
    given, got, into, value = (large, little, smalls, n * factor) if down else (little, large, plural, n)
    verb = "is" if given.split(" ", 1)[0] == "1" or given.split(" ", 1)[1] in ABBREVIATED else "are"
    question = talk.ask(rng, split, CONVERT, x=given, many=into)
    return question, f"{given} {verb} {got}.", talk.number(value)


ABBREVIATED = {"km", "m", "cm", "mm", "kg", "g", "l", "ml", "KiB", "MiB", "dozen"}


def series(rng, split):
    """The same conversion for two or three numbers; a follow-up may name the number alone."""
    unit = rng.choices(UNITS, SHARES)[0]
    one, plural, small, smalls, factor, top, _ = unit
    numbers = rng.sample(range(1, min(top, 12) + 1), rng.randint(2, 3))
    turns = []
    for place, n in enumerate(numbers):
        given, got = counted(n, one, plural), counted(n * factor, small, smalls)
        verb = "is" if n == 1 or plural in ABBREVIATED else "are"
        question = talk.ask_again(rng, split, AGAIN, x=given, many=smalls) if place else talk.ask(rng, split,
                                  CONVERT, x=given, many=smalls)
        turns.append((question, f"{given} {verb} {got}."))
    return talk.sample(NAME, turns, talk.number(numbers[-1] * factor))


KINDS = [(1, convert)]


def make(rng, split):
    if rng.random() < 0.15:
        return series(rng, split)
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.7, 0.2, 0.1))
