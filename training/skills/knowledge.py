"""Stable simple facts: capitals, opposites, colors, animals, planets, plurals, past tenses.

The facts are the same in training and held-out questions; what is held out is how they are asked for.
"""

from . import talk
from .data import facts, knowledge_2 as more
from .data.wording import lines, vary, widen

NAME = "knowledge"
WEIGHT = 6

CAPITAL = [
    "What is the capital of {x}?", "What's the capital of {x}?", "Which city is the capital of {x}?",
    "Name the capital of {x}.",
    "Tell me the capital of {x}.", "The capital of {x} is what city?", "What is the capital city of {x}?",
    "Capital of {x}?", "capital of {x}",
    "Do you know the capital of {x}?", "Can you tell me the capital of {x}?", "Which city is {x}'s capital?",
    "Give me the capital of {x}.",
    "Please name the capital of {x}.", "I forgot the capital of {x}. What is it?",
    "What city is the capital of {x}?",
    "I need the capital of {x}.", "For a quiz: what is the capital of {x}?",
    "What would be the capital of {x}?", "Say the capital of {x}.",
    "Which capital does {x} have?", "What is {x}'s capital?", "Of {x}, what is the capital?",
    "The government of {x} sits in which capital?",
    "Could you name the capital city of {x}?", "Which town is the capital city of {x}?",
]
COUNTRY = [
    "Which country has the capital {x}?", "{x} is the capital of which country?",
    "Of which country is {x} the capital?",
    "What country is {x} the capital of?", "{x} is the capital of what country?",
    "Name the country whose capital is {x}.",
    "Tell me the country with the capital {x}.", "Which country's capital is {x}?",
    "What is the country whose capital is {x}?",
    "{x} is a capital. Of which country?", "The city {x} is the capital of which country?",
    "If {x} is the capital, which country is it?",
    "Which country is governed from its capital {x}?", "Whose capital is {x}?",
    "Give me the country that has {x} as its capital.",
]
CONTINENT = [
    "On which continent is {x}?", "Which continent is {x} on?", "What continent is {x} in?",
    "In which continent does {x} lie?", "Name the continent of {x}.",
    "Where is {x}: on which continent?", "Tell me which continent {x} belongs to.",
    "{x} is part of which continent?", "What continent does {x} belong to?",
    "To which continent does {x} belong?", "Which continent does {x} lie on?", "{x} lies on what continent?",
    "On what continent can I find {x}?",
    "Give me the continent of {x}.", "Which continent would I find {x} on?",
]
OPPOSITE = [
    "What is the opposite of {x}?", "What's the opposite of {x}?", "Opposite of {x}?",
    "Tell me the opposite of {x}.", "Give me the opposite of {x}.",
    "Which word is the opposite of {x}?", "Name the opposite of {x}.",
    "What is the opposite of the word {x}?", 'What is the opposite of "{x}"?',
    'Which word means the opposite of "{x}"?', "Can you tell me the opposite of {x}?",
    "What is an antonym of {x}?", "Give an antonym for {x}.",
    "I need the opposite of {x}.", "The opposite of {x} is what?", 'Find the opposite of "{x}".',
    "What word is opposite to {x}?", "antonym of {x}",
    "If something is not {x}, what is its opposite?", "Please name the antonym of {x}.",
    'What is the contrary of "{x}"?', "Which word is an antonym of {x}?",
]
COLOR = [
    "What color is {x}?", "Which color does {x} have?", "What is the color of {x}?",
    "Tell me the color of {x}.", "Name the color of {x}.",
    "What color does {x} have?", "Which color is {x}?", "What color is {x} usually?",
    "In which color would I paint {x}?", "What's the color of {x}?",
    "Give me the usual color of {x}.", "Do you know the color of {x}?", "Can you say what color {x} is?",
    "What color do you expect {x} to be?",
    "Of what color is {x}?", "The color of {x}?",
]
SOUND = [
    "What sound does a {x} make?", "What does a {x} do: which sound?", "Which sound does a {x} make?",
    "What noise does a {x} make?",
    "Tell me what sound a {x} makes.", "How does a {x} sound?", "What is the sound of a {x}?",
    "How do we call the sound of a {x}?",
    "Name the sound that a {x} makes.", "What kind of noise comes from a {x}?",
    "Which noise does a {x} make?", "What verb describes a {x}'s sound?",
    "A {x} makes which sound?", "What is the cry of a {x} called?", "What can I hear from a {x}?",
]
LEG = [
    "How many legs does a {x} have?", "What is the number of legs of a {x}?", "A {x} has how many legs?",
    "On how many legs does a {x} walk?",
    "Tell me how many legs a {x} has.", "How many legs has a {x} got?", "Number of legs of a {x}?",
    "Do you know how many legs a {x} has?",
    "How many legs are there on a {x}?", "Give me the number of legs that a {x} has.",
    "Can you tell me how many legs a {x} has?",
    "How many legs can you count on a {x}?", "What number of legs does a {x} have?",
]
BABY = [
    "What is a young {x} called?", "What is a baby {x} called?", "What do we call a young {x}?",
    "What do you call a baby {x}?",
    "Name the young of a {x}.", "What is the young of a {x} called?", "Which word is used for a young {x}?",
    "Tell me the name for a baby {x}.",
    "How is a young {x} called?", "What is the word for a baby {x}?", "A young {x} is called what?",
    "A baby {x} is called what?",
    "What is the name of a {x}'s baby?", "Give the word for a very young {x}.",
]
PLURAL = [
    "What is the plural of {x}?", "What's the plural of {x}?", "Plural of {x}?", "Give me the plural of {x}.",
    "Tell me the plural of {x}.",
    'What is the plural of "{x}"?', 'What is the plural form of "{x}"?', 'Write "{x}" in the plural.',
    "How do you form the plural of {x}?",
    "One {x}, two what?", "The plural of {x} is what?", "Name the plural of {x}.", "Put {x} into the plural.",
    'Turn "{x}" into a plural.',
    "I need the plural form of {x}.", "Which is the plural of {x}?", "plural of {x}",
    'If there are several, what does "{x}" become?',
    "Can you give the plural of the noun {x}?", 'What do you write for more than one "{x}"?',
    "Please form the plural of {x}.",
]
PAST = [
    "What is the past tense of {x}?", "What's the past tense of {x}?", "Past tense of {x}?",
    "Give me the past tense of {x}.",
    "Tell me the past tense of {x}.", 'What is the past tense of "{x}"?',
    'What is the past tense of "to {x}"?', "What is the past form of {x}?",
    'Put the verb "{x}" into the past tense.', "What is the simple past of {x}?",
    "The past tense of {x} is what?", "Name the past tense of {x}.",
    "Write {x} in the past tense.", "I need the past tense of to {x}.", "past tense of {x}",
    'Turn "{x}" into the past tense.',
    "Can you tell me the simple past of {x}?", 'Today I {x}. Which form do I use for yesterday?',
    "What is the past of to {x}?",
    "Give the simple past form of the verb {x}.", "Which past tense does the verb {x} have?",
]
SYNONYM = [
    "What is another word for {x}?", "What's another word for {x}?", "Give me a synonym for {x}.",
    "Name a synonym of {x}.", "Synonym for {x}?",
    'What is a synonym of "{x}"?', 'Which word means the same as "{x}"?', "Tell me another word for {x}.",
    "I need a word that means {x}.",
    "Find a synonym for {x}.", "What word means the same as {x}?", "Can you give a synonym for {x}?",
    "Say {x} in another word.",
    "How else can I say {x}?", 'What other word could I use for "{x}"?', "synonym of {x}",
    "Please suggest a synonym for {x}.",
]
WORKER = [
    "Who {x}?", "What do we call somebody who {x}?", "What is a person who {x} called?",
    "Name the job of someone who {x}.",
    "What do you call a person who {x}?", "Which job has a person who {x}?",
    "What is the job of somebody who {x}?",
    "What is the word for someone who {x}?", "Tell me who {x}.", "Someone who {x} is called what?",
    "What is the profession of a person who {x}?",
    "How do we call a person who {x}?", "By profession, who {x}?", "What is somebody called who {x}?",
]
PLANET = [
    "What is the {n} planet from the Sun?", "Which planet is the {n} from the Sun?",
    "Name the {n} planet from the Sun.",
    "Tell me the {n} planet of the solar system.", "Which is the {n} planet from the Sun?",
    "The {n} planet from the Sun is which one?",
    "What's the {n} planet counted from the Sun?", "Counting from the Sun, what is the {n} planet?",
    "Give me the {n} planet from the Sun.",
    "What planet comes {n}, counted from the Sun?", "Which planet comes {n} from the Sun?",
    "Of the planets, which is {n} from the Sun?",
    "Seen from the Sun, which planet is the {n}?",
]
PLANET_PLACE = [
    "Which planet comes after {x}?", "What planet comes right after {x}, counted from the Sun?",
    "Which planet follows {x}?",
    "Name the planet after {x}.", "What is the next planet after {x}?",
    "Going out from the Sun, which planet is next after {x}?",
    "Tell me the planet that follows {x}.", "After {x}, which planet comes?", "What planet follows {x}?",
    "Which is the next planet out from {x}?",
    "What is the planet just beyond {x}?", "Counting from the Sun, what comes after {x}?",
]
PLANET_LIST = [
    "List the planets.", "Name all planets of the solar system.", "What are the planets of the solar system?",
    "List the planets in order.",
    "Which planets are in the solar system?", "Tell me the planets in order from the Sun.",
    "Give me a list of the planets.",
    "What are the eight planets?", "Name the eight planets.", "Can you list the planets of our solar system?",
    "Which planets go around the Sun?",
    "Please list all the planets.", "Write down the planets in their order.", "Enumerate the planets.",
    "Say the names of the planets in order.",
]
AND = [
    "And {x}?", "What about {x}?", "And of {x}?", "And for {x}?", "{x}?", "How about {x}?", "Okay, and {x}?",
    "Thanks. And {x}?", "And what about {x}?",
    "Next: {x}", "Now {x}.", "Good, now {x}?", "Then {x}?", "Right, and {x}?"]

for known, block in (
        (CAPITAL, more.CAPITAL), (COUNTRY, more.COUNTRY), (CONTINENT, more.CONTINENT), (OPPOSITE, more.OPPOSITE),
        (COLOR, more.COLOR), (SOUND, more.SOUND), (LEG, more.LEG), (BABY, more.BABY), (PLURAL, more.PLURAL),
        (PAST, more.PAST), (SYNONYM, more.SYNONYM), (WORKER, more.WORKER), (PLANET, more.PLANET),
        (PLANET_PLACE, more.PLANET_PLACE), (PLANET_LIST, more.PLANET_LIST), (AND, more.AND)):
    widen(known, block)


def single_phrasings(asked, answer):
    """The phrasings of a single fact; the last is held out."""
    first, *others = asked.split("|")
    return [first, *others[:-1], *lines(more.of_single(answer)), others[-1]]


SINGLE = [(single_phrasings(asked, answer), answer, key) for asked, answer, key in facts.SINGLE]
COUNTRIES = [(city, country) for country, city in facts.CAPITALS]
BOTH_WAYS = set("""
hot big fast good happy day black up left young rich strong early full clean wet high loud wide true yes win
buy push near always before above front love war life friend summer north east sweet cheap alive awake begin
inside first more many possible
""".split())
OPPOSITE_PAIRS = facts.OPPOSITES + [(right, left) for left, right in facts.OPPOSITES if left in BOTH_WAYS]

TABLES = {
    "capital": (16, facts.CAPITALS, CAPITAL, "The capital of {x} is {y}."),
    "country": (6, COUNTRIES, COUNTRY, "{x} is the capital of {y}."),
    "continent": (5, facts.CONTINENTS, CONTINENT, "{x} is in {y}."),
    "opposite": (13, OPPOSITE_PAIRS, OPPOSITE, "The opposite of {x} is {y}."),
    "color": (5, facts.COLORS, COLOR, "The color of {x} is {y}."),
    "sound": (4, facts.SOUNDS, SOUND, "{A_x} {y}."),
    "legs": (4, facts.LEGS, LEG, "{A_x} has {y} legs."),
    "young": (4, facts.YOUNG, BABY, "A young {x} is called a {y}."),
    "plural": (9, facts.PLURALS, PLURAL, "The plural of {x} is {y}."),
    "past": (11, facts.PAST, PAST, "The past tense of {x} is {y}."),
    "synonym": (5, facts.SYNONYMS, SYNONYM, "Another word for {x} is {y}."),
    "worker": (4, facts.WORKERS, WORKER, "It is {y}."),
}


def accepted(topic, y, pairs, x):
    """The check of one fact. Of a word with several right answers any is right."""
    if topic == "opposite":
        other = OTHERS.get(x, [])
        return {"kind": "contains", "any": [y] + other} if other else talk.contains(y)
    if topic == "color" and y == "gray":
        return {"kind": "contains", "any": ["gray", "grey"]}
    if topic == "worker":
        return talk.contains(y.split(" ", 1)[1])
    return talk.contains(y.rstrip("."))


OTHERS = {
    "short": ["long"], "right": ["wrong"], "light": ["dark"], "old": ["new"], "hard": ["easy"],
    "open": ["shut"], "go": ["stay", "stop"], "stop": ["go"],
    "difficult": ["simple"], "easy": ["hard"], "bright": ["dim"], "sour": ["bitter"], "dangerous": ["unsafe"],
    "loud": ["silent"], "fast": ["slowly"],
    "big": ["little"], "little": ["big"], "small": ["large"], "happy": ["unhappy"],
    "start": ["end", "finish"], "begin": ["stop", "finish"],
    "simple": ["complex"], "sweet": ["bitter"], "dull": ["bright"], "refuse": ["accept"], "rich": ["poor"],
    "polite": ["impolite"], "modern": ["old"], "accept": ["reject"], "leave": ["come", "stay"],
    "arrive": ["depart"], "many": ["few"], "less": ["more"],
    "love": ["hatred"], "success": ["failure"], "quiet": ["noisy"], "deep": ["high"], "dark": ["light"],
    "smart": ["stupid"], "smooth": ["uneven"], "all": ["nothing", "no"], "safe": ["unsafe"], "no": ["yes"],
    "liquid": ["solid", "gas"], "take": ["give"],
}


def with_article(template, x):
    """The phrasing with the article that its word needs: `a {x}` becomes `an {x}` before a vowel."""
    if x[0] in "aeiou":
        return template.replace("a {x}", "an {x}").replace("A {x}", "An {x}")
    return template


def table(topic):
    _, pairs, phrasings, answer = TABLES[topic]
    animal = topic in ("sound", "legs")

    def kind(rng, split, again):
        x, y = rng.choice(pairs)
        if again and rng.random() < 0.5 and topic != "worker":
            short = talk.a(x) if animal else x
            question = talk.ask_again(rng, split, AND, x=short)
        else:
            template = talk.dressed(rng, split, with_article(vary(rng, talk.picked(rng, split, phrasings)), x))
            question = talk.in_small_letters(rng, template.format(x=x))
        reply = answer.format(x=x, y=y, A_x=talk.capitalised(talk.a(x)))
        if topic == "young":
            reply = f"A young {x} is called {talk.a(y)}."
        reply = talk.capitalised(reply.replace("..", "."))
        return talk.capitalised(question) if question.startswith("the ") else question, reply, \
                accepted(topic, y, pairs, x)
    return kind


def single(rng, split, again):
    """A fact of its own. Its last phrasing is held out."""
    phrasings, answer, key = rng.choice(SINGLE)
    return talk.ask(rng, split, phrasings), answer, talk.contains(key)


def planet(rng, split, again):
    place = rng.randrange(8)
    if rng.random() < 0.2:
        return talk.ask(rng, split,
                        PLANET_LIST), "The planets are " + ", ".join(facts.PLANETS[:7]) + " and Neptune.", \
            talk.contains(*facts.PLANETS)
    if rng.random() < 0.4 and place < 7:
        after = facts.PLANETS[place + 1]
        return talk.ask(rng, split, PLANET_PLACE, x=facts.PLANETS[place]), \
                f"{after} comes after {facts.PLANETS[place]}.", talk.contains(after)
    name = facts.PLANETS[place]
    return (talk.ask(rng, split, PLANET, n=facts.ORDINALS[place]),
            f"The {facts.ORDINALS[place]} planet from the Sun is {name}.",
            talk.contains(name))


KINDS = [(entry[0], table(topic)) for topic, entry in TABLES.items()] + [(10, single), (4, planet)]


def make(rng, split):
    return talk.conversation(rng, split, NAME, KINDS)
