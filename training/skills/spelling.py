"""Letters of a word: spelling, counting, first and last letter, upper and lower case, reversing.

Half of the words are made up. The words' letters are the answer's working: `1-c 2-a 3-t: cat has 3 letters.`
"""

from . import talk
from .data import spelling_2 as more
from .data.wording import widen
from .data.words import WORDS
from .people import made_word

NAME = "spelling"
WEIGHT = 5

SPELL = [
    "Spell {w}.", "Spell the word {w}.", "How do you spell {w}?", "How is {w} spelled?", 'Spell "{w}".',
    'Spell the word "{w}".',
    "Can you spell {w}?", "Can you spell the word {w} for me?", "Please spell {w}.", "How do I spell {w}?",
    'How do you spell "{w}"?',
    "Spell {w} letter by letter.", "Spell out {w}.", "Spell out the word {w}.", 'Spell out "{w}".',
    "Write {w} letter by letter.",
    "Give me the spelling of {w}.", "What is the spelling of {w}?", "I want to know how to spell {w}.",
    "Write {w} with hyphens between the letters.",
    "Separate the letters of {w} with hyphens.", 'Put a hyphen between the letters of "{w}".',
    "Show me the letters of {w}.",
    "Which letters are in the word {w}, in order?", "Say the letters of {w}.", "Tell me how {w} is spelled.",
    'Could you spell "{w}" for me?',
    "spell {w}", "List the letters of {w}.", "{w}: how is it spelled?", "How would you spell the word {w}?",
    'Give the letters of "{w}" one by one.',
    "Break {w} into its letters.", "I need {w} spelled out.", "Let me see {w} letter after letter.",
]
COUNT = [
    "How many letters does {w} have?", "How many letters are in {w}?",
    "How many letters are in the word {w}?", 'How many letters does "{w}" have?',
    'How many letters are there in "{w}"?', "Count the letters of {w}.", "Count the letters in the word {w}.",
    "How long is the word {w}?",
    "How many letters has {w}?", "What is the number of letters in {w}?", "Tell me how many letters {w} has.",
    "Of how many letters is {w} made?",
    "{w}: how many letters?", "The word {w} has how many letters?", "Can you count the letters in {w}?",
    "How many characters does {w} have?",
    "What is the length of the word {w}?", 'What is the length of "{w}"?',
    "Give me the number of letters in {w}.", "With how many letters is {w} written?",
    "How many letters do I need to write {w}?", "Number of letters in {w}?",
    'Please count how many letters "{w}" has.', "How many letters make up {w}?",
]
FIRST = [
    "What is the first letter of {w}?", "Which letter does {w} start with?",
    "What letter does {w} begin with?", 'What is the first letter of "{w}"?',
    "With which letter does {w} start?", "Tell me the first letter of {w}.",
    "Give me the first letter of the word {w}.", "The first letter of {w}?",
    "What's the first letter in {w}?", "Which letter comes first in {w}?", "Name the first letter of {w}.",
    'Which letter is the first in "{w}"?',
    "{w} starts with which letter?", "What does {w} start with?", "Say the initial letter of {w}.",
    "What is the initial letter of {w}?",
    "{w} begins with what letter?", "At the start of {w}, which letter is there?",
    'Which letter opens the word "{w}"?',
]
LAST = [
    "What is the last letter of {w}?", "Which letter does {w} end with?", "What letter does {w} end in?",
    'What is the last letter of "{w}"?',
    "With which letter does {w} end?", "Tell me the last letter of {w}.",
    "Give me the last letter of the word {w}.", "The last letter of {w}?",
    "What's the last letter in {w}?", "Which letter comes last in {w}?", "Name the last letter of {w}.",
    'Which letter is the last in "{w}"?',
    "{w} ends with which letter?", "What does {w} end with?", "Say the final letter of {w}.",
    "What is the final letter of {w}?",
    "{w} ends in what letter?", "At the end of {w}, which letter is there?",
    'Which letter closes the word "{w}"?',
]
UPPER = [
    "Write {w} in upper case.", "Write {w} in capital letters.", "Write {w} in capitals.",
    'Write "{w}" in uppercase.', "Put {w} into upper case.",
    "Convert {w} to upper case.", "Convert {w} to uppercase.", "Make {w} upper case.",
    "What is {w} in capital letters?", "What is {w} in upper case?",
    'Turn "{w}" into capital letters.', "Change {w} to capitals.", "Uppercase: {w}",
    "Give me {w} in all caps.", "How does {w} look in capital letters?",
    "Can you write {w} in capital letters?", "Set {w} in capitals.", "I need {w} in all capital letters.",
    'Please uppercase "{w}".', "Show {w} in big letters.",
    "All caps for {w}, please.",
]
LOWER = [
    "Write {w} in lower case.", "Write {w} in small letters.", "Write {w} in lowercase.",
    'Write "{w}" in lower case.', "Put {w} into lower case.",
    "Convert {w} to lower case.", "Convert {w} to lowercase.", "Make {w} lower case.",
    "What is {w} in small letters?", "What is {w} in lower case?",
    'Turn "{w}" into small letters.', "Change {w} to lower case.", "Lowercase: {w}",
    "Give me {w} without capitals.", "How does {w} look in small letters?",
    "Can you write {w} in small letters?", "Set {w} in lower case.", "I need {w} in small letters only.",
    'Please lowercase "{w}".', "Show {w} in little letters.",
    "No capitals for {w}, please.",
]
REVERSE = [
    "Reverse the word {w}.", "Reverse {w}.", "Write {w} backwards.", "What is {w} backwards?",
    "Spell {w} backwards.", 'Reverse "{w}".',
    "Say {w} backwards.", "What do I get if I reverse {w}?", "How does {w} read backwards?",
    "Turn the word {w} around.", "Give me {w} in reverse.",
    "Write the letters of {w} in reverse order.", "Can you reverse the word {w}?",
    'What is "{w}" spelled backwards?', "Read {w} from back to front.",
    "Reverse the letters of {w}.", "{w} backwards?", "Please reverse {w}.",
    "Put the letters of {w} in the opposite order.", "What is the reverse of {w}?",
    "Write {w} from right to left.", 'Flip the letters of "{w}".',
    "Show me {w} from its last letter to its first.",
]
HAS = [
    "Does {w} contain the letter {l}?", 'Does "{w}" contain the letter "{l}"?',
    "Is there a letter {l} in {w}?", "Does the word {w} have the letter {l}?",
    "Is the letter {l} in {w}?", "Can I find the letter {l} in {w}?", "Does the letter {l} occur in {w}?",
    'Is the letter "{l}" in the word "{w}"?',
    "Does {w} have the letter {l} in it?", "Is the letter {l} part of {w}?",
    "Do you see the letter {l} in {w}?", "Check whether {w} contains the letter {l}.",
    "Tell me if {w} contains the letter {l}.", "Does the spelling of {w} have the letter {l}?",
    'Look at "{w}": is the letter "{l}" in it?',
    "Do I need the letter {l} to write {w}?", "Does the letter {l} appear in {w}?",
    "Is the letter {l} used in {w}?",
]
AND = [
    "And {w}?", "What about {w}?", "And for {w}?", "How about {w}?", "Now {w}.", "And the word {w}?",
    "Okay, and {w}?", 'And "{w}"?', "Thanks. And {w}?",
       "Next word: {w}", "Then {w}?", "Do the same for {w}.", "The same for {w}, please.",
       "Good. Now {w}, please."]
for phrasings, block in (
        (SPELL, more.SPELL), (COUNT, more.COUNT), (FIRST, more.FIRST), (LAST, more.LAST), (UPPER, more.UPPER),
        (LOWER, more.LOWER), (REVERSE, more.REVERSE), (HAS, more.HAS), (AND, more.AND)):
    widen(phrasings, block)


def word(rng, split, longest=9, shortest=3):
    """A common or a made word of this split."""
    while True:
        found = rng.choice(WORDS) if rng.random() < 0.6 else made_word(rng, rng.choice((1, 2, 2)))
        if shortest <= len(found) <= longest and split.accepts("word", found):
            return found


def question(rng, split, again, phrasings, w, **slots):
    if again and rng.random() < 0.6 and not slots:
        return talk.ask_again(rng, split, AND, w=w)
    return talk.ask(rng, split, phrasings, w=w, **slots)


def spell(rng, split, again):
    w = word(rng, split, 10)
    answer = "-".join(w)
    return question(rng, split, again, SPELL, w), answer, \
        talk.text(answer, " ".join(w), ", ".join(w), f"{w}: {answer}", f"{w} is spelled {answer}")


def count(rng, split, again):
    w = word(rng, split, 10)
    numbered = " ".join(f"{place}-{letter}" for place, letter in enumerate(w, 1))
    return question(rng, split, again, COUNT, w), f"{numbered}: {w} has {len(w)} letters.", \
            talk.number(len(w))


def first(rng, split, again):
    w = word(rng, split)
    letter = w[0]
    answer = f'The first letter of {w} is "{letter}".'
    check = talk.text(answer, answer.replace('"', ""), letter, f'"{letter}"')
    return question(rng, split, again, FIRST, w), answer, check


def last(rng, split, again):
    w = word(rng, split)
    letter = w[-1]
    answer = f'The last letter of {w} is "{letter}".'
    check = talk.text(answer, answer.replace('"', ""), letter, f'"{letter}"')
    return question(rng, split, again, LAST, w), answer, check


def upper(rng, split, again):
    w = word(rng, split)
    shown = w if rng.random() < 0.8 else w.capitalize()
    return question(rng, split, again, UPPER, shown), w.upper(), talk.text(w)


def lower(rng, split, again):
    w = word(rng, split)
    shown = w.upper() if rng.random() < 0.8 else w.capitalize()
    return question(rng, split, again, LOWER, shown), w, talk.text(w)


def reverse(rng, split, again):
    w = word(rng, split, 5)
    return question(rng, split, again, REVERSE, w), \
            f"{'-'.join(w)} backwards is {'-'.join(w[::-1])}: {w[::-1]}.", talk.contains(w[::-1])


def has(rng, split, again):
    w = word(rng, split)
    flag = rng.random() < 0.5
    letter = rng.choice(w if flag else [c for c in "aeiourstlnmpdcbghkvwz" if c not in w])
    said = f"yes, {w} contains" if flag else f"no, {w} does not contain"
    answer = f'{"-".join(w)}: {said} the letter "{letter}".'
    return question(rng, split, again, HAS, w, l=letter), answer, talk.yes(flag)


KINDS = [(26, spell), (16, count), (9, first), (9, last), (8, upper), (8, lower), (12, reverse), (10, has)]


def make(rng, split):
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.5, 0.25, 0.15, 0.1))
