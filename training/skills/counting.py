"""Counting and order: ranges, words in a list, the n-th item, sorting, largest and smallest, what is next.

The words of a list are counted one by one: `1 cat, 2 dog: the list has 2 words.`
"""

from . import talk
from .data import counting_2 as more
from .data.wording import widen
from .data.words import WORDS
from .people import made_word
from .values import pools

NAME = "counting"
WEIGHT = 5
NTH = ["first", "second", "third", "fourth", "fifth", "sixth"]

COUNT = [
    "Count from {a} to {b}.", "Count from {a} up to {b}.", "Can you count from {a} to {b}?",
    "Please count from {a} to {b}.", "List the numbers from {a} to {b}.",
    "Write the numbers from {a} to {b}.", "Give me the numbers from {a} to {b}.",
    "Say the numbers from {a} to {b}.", "Count up from {a} to {b}.",
    "Start at {a} and count to {b}.", "Which numbers go from {a} to {b}?",
    "What are the numbers from {a} to {b}?", "Count for me from {a} to {b}.",
    "List all whole numbers from {a} to {b}.", "Enumerate the numbers {a} to {b}.",
    "Numbers {a} to {b}, please.", "Begin with {a} and count until {b}.",
    "Show me the numbers {a} through {b}.", "I want you to count from {a} to {b}.",
    "Print the numbers from {a} to {b}.", "count {a} to {b}",
    "Let me see you count from {a} to {b}.", "Go from {a} to {b} one by one.",
]
DOWN = [
    "Count down from {a} to {b}.", "Count backwards from {a} to {b}.", "Can you count down from {a} to {b}?",
    "Please count down from {a} to {b}.",
    "List the numbers from {a} down to {b}.", "Start at {a} and count down to {b}.",
    "Give me a countdown from {a} to {b}.", "Do a countdown from {a} to {b}.",
    "Write the numbers from {a} down to {b}.", "Say the numbers backwards from {a} to {b}.",
    "count down {a} to {b}", "Countdown: {a} to {b}",
    "Show me the numbers {a} down to {b}.", "I want a countdown from {a} until {b}.",
    "Go backwards from {a} to {b}.",
]
ITEMS = [
    "How many words are in this list: {list}?", "How many items are in this list: {list}?",
    "How many words are there: {list}?", "Count the words: {list}",
    "Count the items: {list}", "Count the words in this list: {list}",
    "How many entries does this list have: {list}?", "Here is a list: {list}. How many words is that?",
    "Here is a list: {list}. How many items does it have?", "{list}. How many words are these?",
    "What is the number of items in {list}?",
    "How long is this list: {list}?", "List: {list}. How many entries are there?",
    "Tell me how many words I list here: {list}",
    "How many things do I name: {list}?", "I wrote down {list}. How many words did I write?",
    "My list is {list}. Count its items.",
    "How many words have I typed: {list}?", "The list says: {list}. How many words does it say?",
    "Give me the number of words: {list}",
]
NTH_ITEM = [
    "What is the {n} item in this list: {list}?", "What is the {n} word: {list}?",
    "Which word is the {n}: {list}?", "Tell me the {n} word of this list: {list}",
    "Here is a list: {list}. What is the {n} item?", "Here is a list: {list}. Which item is the {n}?",
    "Give me the {n} entry: {list}", "Name the {n} item of {list}.",
    "{list}. Which of these is the {n}?", "List: {list}. What is the {n} word?",
    "Which item comes {n}: {list}?", "My list is {list}. Tell me the {n} item.",
    "What comes {n} in this list: {list}?", "Of these words, which is the {n}: {list}?",
    "From {list}, take the {n} word.", "Pick the {n} item: {list}",
    "The list is {list}. What stands in the {n} place?", "I have {list}. Which one is {n}?",
    "Find the {n} word in {list}.", "Show me the {n} of these: {list}",
]
SORT = [
    "Sort these numbers: {list}", "Sort {list}.", "Sort the numbers {list}.",
    "Sort these numbers from smallest to largest: {list}", "Put these numbers in order: {list}",
    "Put {list} in order.", "Order these numbers: {list}",
    "Arrange these numbers from small to large: {list}", "Can you sort these numbers? {list}",
    "Write these numbers in ascending order: {list}", "Sort in ascending order: {list}",
    "Please sort {list} from low to high.", "Sort from smallest to largest: {list}",
    "What is the right order of {list}, smallest first?", "Numbers: {list}. Sort them.",
    "Here are some numbers: {list}. Sort them.", "sort: {list}",
    "List these from the smallest to the largest: {list}", "Bring these numbers into ascending order: {list}",
    "Rank these numbers, smallest first: {list}",
    "I need {list} sorted upwards.", "Give me these numbers from low to high: {list}",
]
SORT_DOWN = [
    "Sort these numbers from largest to smallest: {list}", "Sort {list} in descending order.",
    "Put these numbers in descending order: {list}",
    "Order these numbers from high to low: {list}", "Arrange these numbers from large to small: {list}",
    "Can you sort these numbers, largest first? {list}",
    "Write these numbers in descending order: {list}", "Sort in descending order: {list}",
    "Please sort {list} from high to low.",
    "Sort from largest to smallest: {list}", "Numbers: {list}. Sort them, the largest first.",
    "Here are some numbers: {list}. Sort them in descending order.",
    "List these from the largest to the smallest: {list}",
    "Bring these numbers into descending order: {list}", "Rank these numbers, largest first: {list}",
]
ALPHABET = [
    "Sort these words alphabetically: {list}", "Sort these words: {list}", "Sort alphabetically: {list}",
    "Put these words in alphabetical order: {list}",
    "Put {list} in alphabetical order.", "Order these words by the alphabet: {list}",
    "Arrange these words from A to Z: {list}", "Sort {list} by the alphabet.",
    "Can you sort these words? {list}", "Write these words in alphabetical order: {list}",
    "Please sort {list} alphabetically.", "Words: {list}. Sort them.",
    "Here are some words: {list}. Sort them from A to Z.", "List these words alphabetically: {list}",
    "What is the alphabetical order of {list}?",
    "Bring these words into alphabetical order: {list}", "Alphabetize these words: {list}",
    "I need {list} sorted from A to Z.", "Arrange alphabetically: {list}",
]
LARGEST = [
    "What is the largest of these numbers: {list}?", "Which number is the largest: {list}?",
    "What is the largest number in {list}?", "Which is the biggest: {list}?",
    "Find the largest number: {list}", "Tell me the largest of {list}.", "What is the maximum of {list}?",
    "Give me the biggest number: {list}",
    "Which of these is the greatest: {list}?", "Numbers: {list}. Which is the largest?",
    "Here are some numbers: {list}. Which one is the biggest?",
    "{list}: which is the largest?", "Name the largest of these numbers: {list}",
    "What's the highest number in {list}?", "Of {list}, which is the greatest?",
    "Pick out the maximum: {list}", "Which of {list} is the highest?",
    "Show me the greatest number of {list}.",
]
SMALLEST = [
    "What is the smallest of these numbers: {list}?", "Which number is the smallest: {list}?",
    "What is the smallest number in {list}?", "Which is the lowest: {list}?",
    "Find the smallest number: {list}", "Tell me the smallest of {list}.", "What is the minimum of {list}?",
    "Give me the lowest number: {list}",
    "Numbers: {list}. Which is the smallest?", "Here are some numbers: {list}. Which one is the smallest?",
    "{list}: which is the smallest?",
    "Name the smallest of these numbers: {list}", "What's the lowest number in {list}?",
    "Of {list}, which is the smallest?",
    "Pick out the minimum: {list}", "Which of {list} is the lowest?",
    "Show me the smallest number of {list}.",
]
NEXT = [
    "What comes next: {list}?", "Which number comes next: {list}?", "What is the next number: {list}?",
    "Continue the sequence: {list}", "What is the next number in {list}?",
    "Complete the sequence: {list}, ...", "Find the next number: {list}, ?", "What number follows: {list}?",
    "Continue: {list}", "{list}: what comes next?",
    "Which number continues the sequence {list}?", "Give me the next number of {list}.",
    "What should come next in the sequence {list}?", "Go on with {list}.",
    "The sequence is {list}. What is next?", "Tell me the number that follows in {list}.",
    "In the sequence {list}, what comes next?",
    "Extend this sequence by one number: {list}", "{list}, ... Which number is missing at the end?",
    "How does {list} go on?",
]
LAYOUTS = ["- ", "* ", "", "", "\u2022 ", "+ "]

for phrasings, block in (
        (COUNT, more.COUNT), (DOWN, more.DOWN), (ITEMS, more.ITEMS), (NTH_ITEM, more.NTH_ITEM), (SORT, more.SORT),
        (SORT_DOWN, more.SORT_DOWN), (ALPHABET, more.ALPHABET), (LARGEST, more.LARGEST), (SMALLEST, more.SMALLEST),
        (NEXT, more.NEXT)):
    widen(phrasings, block)


def numbers(rng, split, low=3, high=5):
    top = rng.choice((20, 100, 100, 999))
    while True:
        found = rng.sample(range(top), rng.randint(low, high))
        if split.accepts("numbers", tuple(found)):
            return found


def words(rng, split, low, high):
    size = rng.randint(low, high)
    while True:
        if rng.random() < 0.2:
            found = rng.sample(pools.FIRST_NAMES, size)
        else:
            found = [rng.choice(WORDS) if rng.random() < 0.75 else made_word(rng) for _ in range(size)]
        if len(set(found)) == size and split.accepts("words", tuple(found)):
            return found


def joined(items):
    return ", ".join(str(item) for item in items)


def listed(rng, items):
    """The slots of a phrasing: the items as people write them in a line, and with one item a line."""
    items = [str(item) for item in items]
    chance = rng.random()
    if chance < 0.66:
        line = ", ".join(items)
    elif chance < 0.76:
        line = " ".join(items)
    elif chance < 0.92:
        line = ", ".join(items[:-1]) + rng.choice((" and ", " and ", ", and ")) + items[-1]
    else:
        line = rng.choice(("; ", " / ", " | ", ",")).join(items)
    mark = rng.choice(LAYOUTS[1:5] if items[0].isdigit() else LAYOUTS)
    return {"list": line, "rows": "\n".join(mark + item for item in items)}


def count(rng, split, again):
    down = rng.random() < 0.25
    while True:
        a = rng.choice((1, 1, rng.randint(0, 20), rng.randint(0, 100), rng.randint(0, 200)))
        size = rng.randint(3, 12)
        if a == 1 or split.accepts("count", a, size):
            break
    span = list(range(a, a + size))
    if down:
        span.reverse()
    answer = joined(span)
    phrasings = DOWN if down else COUNT
    return talk.ask(rng, split, phrasings, a=span[0], b=span[-1]), answer, \
            talk.text(answer, answer.replace(",", ""))


def items(rng, split, again):
    found = words(rng, split, 2, 8)
    n = len(found)
    numbered = ", ".join(f"{place} {item}" for place, item in enumerate(found, 1))
    return talk.ask(rng, split, ITEMS, **listed(rng, found)), f"{numbered}: the list has {n} words.", talk.number(n)


def nth(rng, split, again):
    found = words(rng, split, 3, 6)
    place = rng.randrange(len(found))
    if rng.random() < 0.12:
        place, name = len(found) - 1, "last"
    else:
        name = NTH[place]
    return talk.ask(rng, split, NTH_ITEM, n=name,
                    **listed(rng, found)), f"The {name} word is {found[place]}.", \
        talk.contains(found[place], none=[w for i, w in enumerate(found) if i != place])


def sort(rng, split, again):
    found = numbers(rng, split)
    down = rng.random() < 0.25
    answer = joined(sorted(found, reverse=down))
    return talk.ask(rng, split, SORT_DOWN if down else SORT, **listed(rng, found)), answer, \
            talk.text(answer, answer.replace(",", ""))


def alphabet(rng, split, again):
    found = words(rng, split, 3, 5)
    answer = joined(sorted(found))
    return talk.ask(rng, split, ALPHABET, **listed(rng, found)), answer, \
            talk.text(answer, answer.replace(",", ""))


def extreme(rng, split, again):
    found = numbers(rng, split)
    if rng.random() < 0.6:
        return talk.ask(rng, split, LARGEST, **listed(rng, found)), \
                f"The largest number is {max(found)}.", talk.number(max(found))
    return talk.ask(rng, split, SMALLEST, **listed(rng, found)), f"The smallest number is {min(found)}.", \
            talk.number(min(found))


def following(rng, split, again):
    while True:
        step = rng.choice((1, 2, 2, 3, 4, 5, 5, 10, 10, 6, 7, 8, 9, 20, 100, -1, -2, -3, -5, -10))
        size = rng.randint(3, 5)
        start = rng.randint(0, 50) if rng.random() < 0.6 else step * rng.randint(1, 5)
        if start + size * step >= 0 and start >= 0 and split.accepts("next", start, step):
            break
    row = [start + i * step for i in range(size + 1)]
    rule = f"adds {step}" if step > 0 else f"takes away {-step}"
    sign = "+" if step > 0 else "-"
    answer = f"Each step {rule}, so the next number is {row[-2]} {sign} {abs(step)} = {row[-1]}."
    return talk.ask(rng, split, NEXT, list=joined(row[:-1])), answer, talk.number(row[-1])


KINDS = [(18, count), (14, items), (16, nth), (16, sort), (12, alphabet), (12, extreme), (12, following)]


def make(rng, split):
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.65, 0.22, 0.1, 0.03))
