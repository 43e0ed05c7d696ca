"""The closed language of the speech starter: about 200 words, and a small grammar that makes sentences of them."""

import random
import zlib

DIGITS = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
COLOURS = "red green blue yellow white black orange purple brown grey".split()
PEOPLE = "Anna Peter Maria David Emma Thomas Julia Martin Laura Oliver Sophie Daniel".split()
CITIES = "London Paris Berlin Madrid Vienna Dublin Oslo Boston Chicago Geneva".split()
SWITCHED = "light lamp radio camera heater music alarm clock".split()
OPENED = "door window box garage curtain cupboard".split()
PLAYED = "music song radio film story".split()
SENT = "message letter picture ticket parcel".split()
ROOMS = "kitchen garden house office bedroom hotel station".split()
VEHICLES = "train bus car boat".split()
WEATHER = "warm cold sunny rainy windy".split()
UNITS = "seconds minutes hours days weeks".split()
TIMES = "today tomorrow yesterday tonight now again later soon".split()
PARTS = "morning evening afternoon".split()
DIRECTIONS = "left right back forward up down".split()
VERBS = "open close start stop play pause turn call send show set find wait go move record repeat cancel search lock".split()
GLUE = (
    "the a at in on off to from and please is was it what when where who we you my your all with next last first new "
    "not yes no good thank hello hundred percent degrees volume number timer every after before how many leaves arrives street"
).split()

WORDS = list(
    dict.fromkeys(
        DIGITS + TEENS + TENS + WEEKDAYS + MONTHS + COLOURS + PEOPLE + CITIES + SWITCHED + OPENED + PLAYED + SENT + ROOMS
        + VEHICLES + WEATHER + UNITS + TIMES + PARTS + DIRECTIONS + VERBS + GLUE
    )
)
HELD_OUT_SHARE = 8  # one text in so many is kept from training


def held_out(text):
    return zlib.crc32(text.lower().encode()) % HELD_OUT_SHARE == 0


def number(rng, most=99):
    n = rng.randint(0, most)
    if n < 10:
        return DIGITS[n]
    if n < 20:
        return TEENS[n - 10]
    tens, ones = divmod(n, 10)
    return TENS[tens - 2] + (f" {DIGITS[ones]}" if ones else "")


def colour_thing(rng):
    return f"{rng.choice(COLOURS)} {rng.choice(OPENED + SENT + VEHICLES + SWITCHED)}"


def place(rng):
    return rng.choice((rng.choice(CITIES), f"the {rng.choice(ROOMS)}", f"the {rng.choice(COLOURS)} {rng.choice(ROOMS)}"))


def when(rng):
    return rng.choice(
        (
            rng.choice(TIMES),
            f"on {rng.choice(WEEKDAYS)}",
            f"in {rng.choice(MONTHS)}",
            f"in the {rng.choice(PARTS)}",
            f"at {number(rng, 24)}",
            f"in {number(rng)} {rng.choice(UNITS)}",
            f"{rng.choice(('every', 'next', 'last'))} {rng.choice(WEEKDAYS + PARTS)}",
            f"on {rng.choice(WEEKDAYS)} the {number(rng, 31)} in {rng.choice(MONTHS)}",
        )
    )


def digits(rng, least, most):
    return " ".join(rng.choice(DIGITS) for _ in range(rng.randint(least, most)))


STATEMENTS = (
    (2, lambda r: f"turn {r.choice(('on', 'off', 'up', 'down'))} the {r.choice(SWITCHED)} in {place(r)}"),
    (1, lambda r: f"turn the {r.choice(COLOURS)} {r.choice(SWITCHED)} {r.choice(('on', 'off'))} please"),
    (1, lambda r: f"turn {r.choice(DIRECTIONS)} at {r.choice(('the next street', 'the ' + r.choice(ROOMS), r.choice(CITIES)))}"),
    (2, lambda r: f"{r.choice(('open', 'close', 'lock'))} {r.choice(('the', 'my', 'your', 'every'))} {r.choice(OPENED)} {when(r)}"),
    (1, lambda r: f"{r.choice(('please', 'yes', 'no'))} {r.choice(('open', 'close', 'find', 'move'))} the {colour_thing(r)}"),
    (2, lambda r: f"{r.choice(('play', 'stop', 'pause', 'repeat', 'record'))} the {r.choice(('', 'next ', 'last ', 'first ', 'new '))}{r.choice(PLAYED)} {r.choice(TIMES)}"),
    (2, lambda r: f"{r.choice(('call', 'find', 'wait with'))} {r.choice(PEOPLE)} in {place(r)} {when(r)}"),
    (2, lambda r: f"send {r.choice(('a', 'the', 'my'))} {r.choice(SENT)} to {r.choice(PEOPLE)} and {r.choice(PEOPLE)}"),
    (1, lambda r: f"show {r.choice(PEOPLE)} the {colour_thing(r)} from {r.choice(CITIES)}"),
    (2, lambda r: f"set {r.choice(('the', 'your', 'my'))} {r.choice(('timer', 'alarm', 'clock', 'volume', 'heater'))} to {number(r)} {r.choice(UNITS + ['percent', 'degrees'])}"),
    (2, lambda r: f"the {r.choice(VEHICLES)} {r.choice(('from', 'to'))} {r.choice(CITIES)} {r.choice(('leaves', 'arrives'))} {when(r)}"),
    (1, lambda r: f"it {r.choice(('is', 'was', 'is not', 'was not'))} {r.choice(WEATHER)} in {r.choice(CITIES)} {when(r)}"),
    (1, lambda r: f"go {r.choice(DIRECTIONS)} and wait {number(r)} {r.choice(UNITS)}"),
    (1, lambda r: f"we {r.choice(('start', 'stop', 'go', 'wait'))} {r.choice(('before', 'after'))} {r.choice(WEEKDAYS + PARTS)}"),
    (1, lambda r: f"{r.choice(PEOPLE)} {r.choice(('was', 'is'))} in {place(r)} with {r.choice(PEOPLE)}"),
    (1, lambda r: f"hello {r.choice(PEOPLE)} good {r.choice(PARTS)}"),
    (1, lambda r: f"thank you {r.choice(PEOPLE)}"),
    (1, lambda r: f"cancel {r.choice(('ticket', 'alarm', 'train'))} number {number(r)} {r.choice(TIMES)}"),
    (1, lambda r: f"search {r.choice(('the', 'every', 'my'))} {r.choice(ROOMS)} and the {r.choice(ROOMS)}"),
    (1, lambda r: f"{r.choice(WEEKDAYS)} the {number(r, 31)} in {r.choice(MONTHS)}"),
    (1, lambda r: f"{r.choice(DIGITS[1:])} hundred {number(r)}"),
    (1, lambda r: f"{number(r)} {r.choice(COLOURS)} and {number(r)} {r.choice(COLOURS)} {r.choice(UNITS)}"),
    (2, lambda r: f"my number is {digits(r, 3, 6)}"),
    (2, lambda r: digits(r, 2, 6)),
    (1, lambda r: f"{r.choice(VERBS)} {r.choice(DIRECTIONS + TIMES)}"),
    (1, lambda r: r.choice(("yes", "no", "hello", "please", "stop", "thank you", "good " + r.choice(PARTS), r.choice(VERBS)))),
)
QUESTIONS = (
    (2, lambda r: f"{r.choice(('when', 'where'))} {r.choice(('is', 'was'))} {r.choice(PEOPLE)} {r.choice(TIMES)}"),
    (1, lambda r: f"who {r.choice(('is', 'was'))} in {place(r)} {when(r)}"),
    (1, lambda r: f"what is the {r.choice(COLOURS)} {r.choice(ROOMS)} number"),
    (1, lambda r: f"how many {r.choice(UNITS)} to {r.choice(CITIES)}"),
    (1, lambda r: f"how {r.choice(WEATHER)} is it in {r.choice(CITIES)}"),
)


def from_list(rng, templates):
    return rng.choices(templates, [weight for weight, _ in templates])[0][1](rng)


def sentence(rng):
    """A sentence as it is written: a capital, a full stop or question mark."""
    kind = rng.random()
    if kind < 0.60:
        text, end = from_list(rng, STATEMENTS), "."
    elif kind < 0.70:
        text, end = from_list(rng, QUESTIONS), "?"
    elif kind < 0.93:  # words in any order, so that sound counts for more than the grammar
        text, end = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 7))), "."
    else:  # longer than a window
        text, end = digits(rng, 8, 16), "."
    return text[0].upper() + text[1:] + end


def sentences(rng, held):
    """Sentences for ever: those kept from training, or the others."""
    while True:
        text = sentence(rng)
        if held_out(text) == held:
            yield text


if __name__ == "__main__":
    source = sentences(random.Random(1), True)
    print(len(WORDS), "words")
    for _ in range(20):
        print(next(source))
