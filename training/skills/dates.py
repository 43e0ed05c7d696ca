"""Weekdays, months, seasons and quarters, and dates rewritten between 2026-03-05 and March 5, 2026."""

from . import talk
from .data import dates_2 as more
from .data.wording import widen

NAME = "dates"
WEIGHT = 4
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
QUARTERS = ["first", "second", "third", "fourth"]
PLACES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
SEASONS = [
    "winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "fall", "fall", "fall",
    "winter",
]

AFTER = [
    "What day comes after {x}?", "Which day comes after {x}?", "What is the day after {x}?",
    "Which day follows {x}?", "What day is after {x}?", "What comes after {x}?",
    "Name the day after {x}.", "Tell me the day after {x}.", "If today is {x}, what day is tomorrow?",
    "Today is {x}. What day is tomorrow?", "What day is the day after {x}?",
    "Today is {x}. Which day comes next?", "Which weekday comes after {x}?", "The day after {x} is what day?",
    "What is the next day after {x}?", "After {x} comes which day?",
    "Which day comes right after {x}?", "It is {x}. What day will it be tomorrow?",
    "Say the day that follows {x}.", "If it is {x} now, what is it tomorrow?",
    "Once {x} is over, which day starts?",
]
BEFORE = [
    "What day comes before {x}?", "Which day comes before {x}?", "What is the day before {x}?",
    "Which day is before {x}?", "What comes before {x}?", "Name the day before {x}.",
    "Tell me the day before {x}.", "If today is {x}, what day was yesterday?",
    "Today is {x}. What day was yesterday?", "What day is the day before {x}?",
    "Which weekday comes before {x}?",
    "The day before {x} is what day?", "What day precedes {x}?", "Before {x} comes which day?",
    "Which day comes right before {x}?", "It is {x}. What day was it yesterday?",
    "Say the day that is just before {x}.", "If it is {x} now, what was it yesterday?",
]
MONTH_AFTER = [
    "What month comes after {x}?", "Which month comes after {x}?", "What is the month after {x}?",
    "Which month follows {x}?", "Name the month after {x}.", "Tell me the month after {x}.",
    "If it is {x} now, what is the next month?", "What is the next month after {x}?",
    "After {x} comes which month?", "The month after {x} is which one?", "It is {x}. Which month comes next?",
    "Which month is right after {x}?", "This month is {x}. What is next month?",
    "Say the month that follows {x}.", "Once {x} is over, which month starts?",
]
MONTH_BEFORE = [
    "What month comes before {x}?", "Which month comes before {x}?", "What is the month before {x}?",
    "Which month is before {x}?", "Name the month before {x}.", "Tell me the month before {x}.",
    "If it is {x} now, what was the last month?", "What month precedes {x}?", "Before {x} comes which month?",
    "The month before {x} is which one?", "Which month is right before {x}?",
    "This month is {x}. What was last month?", "Say the month that is just before {x}.",
]
LENGTH = [
    "How many days does {x} have?", "How many days are in {x}?", "How many days are there in {x}?",
    "How long is {x}?", "How long is the month of {x}?", "What is the number of days in {x}?",
    "Tell me how many days {x} has.", "{x} has how many days?", "How many days has {x} got?",
    "Number of days in {x}?", "Give me the number of days in {x}.", "Do you know how many days {x} has?",
    "How many days long is {x}?", "The month of {x} has how many days?", "Can you say how many days {x} has?",
    "Of how many days does {x} consist?", "What is the length of {x} in days?",
]
LATER = [
    "What day is {n} days after {x}?", "Which day is {n} days after {x}?",
    "What day comes {n} days after {x}?", "Today is {x}. What day is it in {n} days?",
    "If today is {x}, what day is it in {n} days?",
    "It is {x}. Which day will it be in {n} days?", "{n} days after {x} is which day?",
    "What weekday is {n} days after {x}?", "Count {n} days on from {x}. Which day is it?",
    "{x} plus {n} days: which day?",
    "Name the day {n} days after {x}.", "Tell me the day {n} days after {x}.",
    "Which weekday comes {n} days later than {x}?", "Starting on {x}, which day is it after {n} days?",
    "The meeting is {n} days after {x}. Which day is that?",
    "From {x}, go {n} days ahead. Which day do you reach?", "Which weekday is it {n} days on from {x}?",
]
EARLIER = [
    "What day is {n} days before {x}?", "Which day is {n} days before {x}?",
    "What day comes {n} days before {x}?", "Today is {x}. What day was it {n} days ago?",
    "If today is {x}, what day was it {n} days ago?",
    "{n} days before {x} is which day?", "What weekday is {n} days before {x}?",
    "Count {n} days back from {x}. Which day is it?", "{x} minus {n} days: which day?",
    "Name the day {n} days before {x}.",
    "Tell me the day {n} days before {x}.", "Which weekday comes {n} days earlier than {x}?",
    "From {x}, go {n} days back. Which day do you reach?",
]
MONTH_NUMBER = [
    "Which number does the month {x} have?", "What number is the month {x}?",
    "What is the number of the month {x}?", "{x} is which month of the year?",
    "Which month of the year is {x}: give its number.",
    "Is {x} the first, second or which month of the year?", "Give the number of the month {x}.",
    "How is {x} written as a number?", "What is {x} as a month number?", "Tell me the month number of {x}.",
    "Write the month {x} as a number.", "In dates, which number stands for {x}?",
    "Convert {x} into its month number.",
]
NUMBER_MONTH = [
    "What is the {p} month of the year?", "Which month is the {p}?", "Name the {p} month.",
    "Which month is number {n}?", "What is month {n}?", "Tell me the name of month number {n}.",
    "Which is the {p} month of the year?", "What month is number {n}?", "Give me the name of the {p} month.",
    "Month {n} is which month?", "The {p} month of the year is called what?",
    "In dates, which month does {n} stand for?", "How is month {n} called?",
]
QUARTER = [
    "In which quarter is {x}?", "Which quarter is {x} in?", "What quarter of the year is {x} in?",
    "{x} is in which quarter?", "To which quarter does {x} belong?", "Tell me the quarter of {x}.",
    "Which quarter does {x} belong to?", "Name the quarter that {x} is in.",
    "Does {x} fall into the first, second, third or fourth quarter?", "What quarter does {x} fall into?",
    "Is {x} in Q1, Q2, Q3 or Q4?",
    "Give me the quarter of the month {x}.", "Which quarter of the year contains {x}?",
]
SEASON = [
    "In which season is {x} in Europe?", "Which season is {x} in, in the northern half of the world?",
    "What season is {x} in the north?", "{x} is in which season in Europe?",
    "In Europe, what season is it in {x}?",
    "Which season do we have in Germany in {x}?", "In the northern hemisphere, what season is {x}?",
    "What season is it in {x} in Canada?", "Name the season of {x} in the northern hemisphere.",
    "In England, which season is {x}?", "To which season does {x} belong in the northern hemisphere?",
    "{x} in Europe: which season is that?", "During which season does {x} fall in France?",
]
TO_WORDS = [
    "Write {x} in words.", "Write the date {x} with the name of the month.",
    "Write {x} as a date with the month's name.", "Rewrite {x} with the month name.",
    "Convert the date {x} to words.", "What date is {x}?",
    "Which date is {x}?", "How do I write {x} in a letter?", "Format {x} like March 5, 2026.",
    "Put {x} into the form Month day, year.", "Reformat {x} with the month written out.",
    "Spell out the date {x}.",
    "Write out the date {x}.", "Turn {x} into a date like May 1, 2020.", "How do you say the date {x}?",
    "Convert {x} to the American long form.", "Give me the date {x} with the month in words.",
    "Express {x} with the month spelled out.", "The log says {x}. Which date is that in words?",
    "Show {x} in the long date form.",
]
TO_ISO = [
    "Write {x} in ISO format.", "Convert {x} to ISO format.", "Write {x} as YYYY-MM-DD.",
    "Convert {x} to YYYY-MM-DD.", "Reformat {x} as YYYY-MM-DD.", "Format the date {x} as YYYY-MM-DD.",
    "What is {x} in ISO format?",
    "What is {x} as YYYY-MM-DD?", "Put {x} into the form YYYY-MM-DD.", "Turn {x} into an ISO date.",
    "Give me {x} in the ISO date format.", "Rewrite {x} in the form year-month-day.",
    "How is {x} written in ISO format?",
    "Change {x} to the ISO format.", "I need {x} as an ISO date.",
    "Please write {x} with numbers only, year first.", "Make an ISO date of {x}.", "ISO format for {x}?",
    "Express {x} as YYYY-MM-DD.", "Show {x} in the form 2024-01-31.",
]
AGAIN = [
    "And {x}?", "What about {x}?", "And after {x}?", "How about {x}?", "Okay, and {x}?", "Thanks. And {x}?",
    "Now {x}.", "{x}?", "Then {x}?", "And for {x}?", "Next: {x}",
         "Good, and {x}?"]
FOLLOW = [entry for entry in AGAIN if "after" not in entry]

for phrasings, block in (
        (AFTER, more.AFTER), (BEFORE, more.BEFORE), (MONTH_AFTER, more.MONTH_AFTER),
        (MONTH_BEFORE, more.MONTH_BEFORE), (LENGTH, more.LENGTH), (LATER, more.LATER), (EARLIER, more.EARLIER),
        (MONTH_NUMBER, more.MONTH_NUMBER), (NUMBER_MONTH, more.NUMBER_MONTH), (QUARTER, more.QUARTER),
        (SEASON, more.SEASON), (TO_WORDS, more.TO_WORDS), (TO_ISO, more.TO_ISO), (FOLLOW, more.FOLLOW)):
    widen(phrasings, block)


def wording(rng, split, again, phrasings, **slots):
    if again and rng.random() < 0.5 and set(slots) == {"x"}:
        return talk.ask_again(rng, split, FOLLOW, **slots)
    return talk.in_small_letters(rng, talk.ask(rng, split, phrasings, **slots))


def neighbor(names, phrasings, step, sentence):
    def kind(rng, split, again):
        place = rng.randrange(len(names))
        x, y = names[place], names[(place + step) % len(names)]
        return wording(rng, split, again, phrasings, x=x), sentence.format(x=x, y=y), talk.contains(y)
    return kind


def length(rng, split, again):
    place = rng.randrange(12)
    x = MONTHS[place]
    answer = f"{x} has {LENGTHS[place]} days."
    if x == "February":
        answer = "February has 28 days, and 29 in a leap year."
    return wording(rng, split, again, LENGTH, x=x), answer, talk.contains(str(LENGTHS[place]))


def shifted(rng, split, again):
    place, n = rng.randrange(7), rng.randint(2, 7)
    sign, phrasings, word = rng.choice([(1, LATER, "after"), (1, LATER, "after"), (-1, EARLIER, "before")])
    y = DAYS[(place + sign * n) % 7]
    return talk.ask(rng, split, phrasings, x=DAYS[place], n=n), f"{n} days {word} {DAYS[place]} is {y}.", \
        talk.text(f"{n} days {word} {DAYS[place]} is {y}", y, f"It is {y}")


def month_number(rng, split, again):
    place = rng.randrange(12)
    x, n = MONTHS[place], place + 1
    if rng.random() < 0.5:
        return wording(rng, split, False, MONTH_NUMBER, x=x), f"{x} is month number {n}.", talk.number(n)
    return talk.ask(rng, split, NUMBER_MONTH, p=PLACES[place], n=n), f"Month number {n} is {x}.", \
            talk.contains(x)


def quarter(rng, split, again):
    place = rng.randrange(12)
    name = QUARTERS[place // 3]
    return wording(rng, split, again, QUARTER,
                   x=MONTHS[place]), f"{MONTHS[place]} is in the {name} quarter.", \
        {"kind": "contains", "any": [name, f"Q{place // 3 + 1}"],
         "none": [other for other in QUARTERS if other != name]}


def season(rng, split, again):
    place = rng.randrange(12)
    name = SEASONS[place]
    check = {"kind": "contains", "any": ["fall", "autumn"]} if name == "fall" else talk.contains(name)
    return wording(rng, split, again, SEASON, x=MONTHS[place]), f"{MONTHS[place]} is in {name}.", check


def date(rng, split):
    while True:
        year = rng.randint(2015, 2035) if rng.random() < 0.7 else rng.randint(1900, 2099)
        month = rng.randrange(12)
        day = rng.randint(1, LENGTHS[month])
        if split.accepts("date", year, month, day):
            return year, month, day


def rewritten(rng, split, again):
    year, month, day = date(rng, split)
    iso, long = f"{year}-{month + 1:02}-{day:02}", f"{MONTHS[month]} {day}, {year}"
    if rng.random() < 0.5:
        return wording(rng, split, False, TO_WORDS, x=iso), long + ".", talk.contains(long)
    shown = rng.choice((long, long, f"{day} {MONTHS[month]} {year}"))
    return wording(rng, split, False, TO_ISO, x=shown), iso + ".", talk.contains(iso)


KINDS = [
    (12, neighbor(DAYS, AFTER, 1, "The day after {x} is {y}.")),
    (9, neighbor(DAYS, BEFORE, -1, "The day before {x} is {y}.")),
    (7, neighbor(MONTHS, MONTH_AFTER, 1, "The month after {x} is {y}.")),
    (6, neighbor(MONTHS, MONTH_BEFORE, -1, "The month before {x} is {y}.")),
    (9, length), (14, shifted), (9, month_number), (6, quarter), (6, season), (26, rewritten),
]


def make(rng, split):
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.65, 0.22, 0.1, 0.03))
