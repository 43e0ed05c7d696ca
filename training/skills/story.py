"""Very short stories on request, poems of four lines, and a sentence that uses a given word."""

from . import talk
from .data import story_2 as more
from .data import tales
from .data.wording import widen
from .people import made_word

NAME = "story"
WEIGHT = 6

NAMED = [
    "Write a short story about {a} named {n}.", "Tell me a story about {a} named {n}.",
    "Tell me a short story about {a} called {n}.", "Write a story about {a} called {n}.",
    "Can you tell me a story about {a} named {n}?",
    "Please write a very short story about {n}, {a}.", "I would like a story about {a} named {n}.",
    "Make up a story about {a} named {n}.", "Tell a story about {n} the {k}.",
    "Write a story about {n} the {k}.",
    "A story about {a} named {n}, please.", "Could you write a short story about {n} the {k}?",
    "Invent a story about {a} called {n}.", "Give me a story about {a} named {n}.",
    "My child wants a story about {a} named {n}.",
    "Write a bedtime story about {a} called {n}.", "Tell me a bedtime story about {n} the {k}.",
    "Write a little story. The hero is {a} named {n}.", "story about {a} named {n}",
    "Write me a tale about {a} named {n}.",
    "I want to hear a story about {n} the {k}.", "Write a few sentences of a story about {a} called {n}.",
    "Compose a short story about {a} named {n}.", "Think up a small story. Its hero is {n}, {a}.",
    "Let me read a tale of {n} the {k}.",
    "Write a brief tale in which {a} named {n} is the hero.",
    "Do you have a story about {a} whose name is {n}?", "Please make up a short tale about {n}, {a}.",
]
WITH_THING = [
    "Write a short story about {a} named {n} and {at}.", "Tell me a story about {a} named {n} and {at}.",
    "Write a story about {a} called {n}. There should be {at} in it.",
    "Tell a story about {n} the {k} and {at}.",
    "Write a story in which {a} named {n} has {at}.", "Make up a story with {a} named {n} and {at}.",
    "Can you write a story about {n} the {k} and {at}?",
    "I'd like a story about {a} called {n}, with {at} in it.",
    "Please tell me a story about {n}, {a}, and {at}.", "Write a short story. Hero: {n}, {a}. Object: {at}.",
    "Invent a story about {a} named {n} that has to do with {at}.",
    "Give me a short story with {n} the {k} and {at}.",
    "Tell me a bedtime story about {a} named {n} and {at}.", "Use {at} in a story about {a} named {n}.",
    "Write a tale about {a} named {n} and {at}.",
    "Could you tell a story of {n} the {k} in which {at} plays a role?",
    "Compose a tale of {a} called {n} and {at}.", "I need a little story: {a} named {n}, and {at}.",
]
PLAIN = [
    "Write a short story about {a}.", "Tell me a story about {a}.", "Tell me a short story about {a}.",
    "Write a story about {a}.", "Can you tell me a story about {a}?", "Make up a story about {a}.",
    "I would like a story about {a}.",
    "A story about {a}, please.", "Invent a story about {a}.", "Give me a story about {a}.",
    "Write a bedtime story about {a}.", "Write me a tale about {a}.",
    "Please write a very short story about {a}.", "story about {a}",
    "My child wants a story about {a}.", "Compose a short story about {a}.", "Let me read a tale of {a}.",
    "Write a brief tale in which {a} is the hero.", "Do you know a story about {a}?",
]
POEM = [
    "Write a poem about {at}.", "Write a short poem about {at}.", "Can you write a poem about {at}?",
    "Write a poem of four lines about {at}.", "Write four lines of verse about {at}.",
    "I would like a poem about {at}.", "Make a poem about {at}.",
    "Make up a little poem about {at}.", "Give me a short poem about {at}.", "A poem about {at}, please.",
    "Please write a small poem about {at}.", "Compose a poem about {at}.", "Tell me a poem about {at}.",
    "poem about {at}",
    "Write a rhyme about {at}.", "Could you rhyme something about {at}?", "Write me some verses about {at}.",
    "Invent a short rhyme about {at}.", "Can you compose four rhyming lines about {at}?",
]
SENTENCE = [
    'Write a sentence with the word "{w}".', "Write a sentence with the word {w}.",
    'Use "{w}" in a sentence.', "Use the word {w} in a sentence.", 'Make a sentence with "{w}".',
    "Make a sentence with the word {w}.",
    "Can you use {w} in a sentence?", 'Give me a sentence with the word "{w}".',
    'Give an example sentence for "{w}".', "Write one sentence that contains the word {w}.",
    "Form a sentence with {w}.", "I need a sentence with the word {w}.",
    'Please write a sentence using "{w}".', "Put the word {w} into a sentence.",
    'Show me how "{w}" is used in a sentence.', "A sentence with {w}, please.",
    'Write an example with the word "{w}".', "Build a sentence around the word {w}.",
    'Can you make up a sentence that has "{w}" in it?', "How would you use the word {w} in a sentence?",
    'Think of a sentence in which "{w}" occurs.',
]
for known, block in (
        (NAMED, more.NAMED), (WITH_THING, more.WITH_THING), (PLAIN, more.PLAIN), (POEM, more.POEM),
        (SENTENCE, more.SENTENCE)):
    widen(known, block)
WORD_USES = [
    (tales.NOUNS, tales.NOUN_USE), (tales.ADJECTIVES, tales.ADJECTIVE_USE), (tales.VERBS, tales.VERB_USE),
]
SHE, HE = ("she", "her", "her"), ("he", "his", "him")


def hero(rng, split):
    """(kind, name)"""
    chance = rng.random()
    if chance < 0.3:
        kind, pool = rng.choice([("girl", tales.GIRLS), ("boy", tales.BOYS)])
        return kind, split.pick(rng, pool)
    kind = split.pick(rng, tales.ANIMALS if chance < 0.85 else tales.OBJECTS)
    if rng.random() < 0.5:
        return kind, split.pick(rng, tales.GIRLS + tales.BOYS)
    return kind, split.draw(rng, lambda source: made_word(source).capitalize())


def tell(rng, kind, name, thing, thing_needed):
    """The story's text."""
    he, his, him = SHE if name in tales.GIRLS else HE
    friend = rng.choice([each for each in tales.FRIENDS if kind not in each])
    place = rng.choice(tales.PLACES)
    slots = {"n": name, "k": kind, "a": talk.a(kind), "he": he, "He": talk.capitalised(he), "his": his,
             "him": him, "t": thing, "at": talk.a(thing),
             "p": place, "P": talk.capitalised(place), "f": talk.a(friend),
             "ff": "the " + friend.removeprefix("old ").removeprefix("young ")}
    while True:
        sentences = [rng.choice(tales.BEGIN)] + [rng.choice(wordings) for wordings in rng.choice(tales.PLOTS)]
        joined = " ".join(sentences)
        if thing_needed and not ("{t}" in joined or "{at}" in joined):
            continue
        return fixed(sentences).format(**slots)


def fixed(sentences):
    """The sentences, with a friend and a thing introduced by an article once, then named with `the`."""
    seen_friend = seen_thing = False
    done = []
    for sentence in sentences:
        if "{ff}" in sentence and not seen_friend:
            sentence = sentence.replace("{ff}", "{f}", 1)
            seen_friend = True
        elif "{f}" in sentence:
            if seen_friend:
                sentence = sentence.replace("{f}", "{ff}")
            seen_friend = True
        if "{at}" in sentence:
            if seen_thing:
                sentence = sentence.replace("{at}", "the {t}")
            seen_thing = True
        elif "the {t}" in sentence and not seen_thing:
            sentence = sentence.replace("the {t}", "{at}", 1).replace("The {t}", "{at}", 1)
            seen_thing = True
        elif "{t}" in sentence:
            seen_thing = True
        done.append(sentence)
    return " ".join(done)


def story(rng, split, again):
    kind, name = hero(rng, split)
    chance = rng.random()
    thing = split.pick(rng, tales.THINGS)
    if chance < 0.5:
        phrasings, key = NAMED, [name]
    elif chance < 0.8:
        phrasings, key = WITH_THING, [name, thing]
    else:
        phrasings, key = PLAIN, [kind]
    if phrasings is PLAIN:
        name = rng.choice({"girl": tales.GIRLS, "boy": tales.BOYS}.get(kind, tales.GIRLS + tales.BOYS))
    question = talk.ask(rng, split, phrasings, a=talk.a(kind), k=kind, n=name, at=talk.a(thing))
    return question, tell(rng, kind, name, thing, phrasings is WITH_THING), talk.contains(*key)


def poem(rng, split, again):
    thing = split.pick(rng, tales.POEM_THINGS)
    first = rng.choice(tales.COUPLETS)
    text = "\n".join(first + rng.choice(tales.SECOND)).format(t=thing, at=talk.a(thing), w="little")
    text = "\n".join(talk.capitalised(line) for line in text.split("\n"))
    return talk.ask(rng, split, POEM, at=talk.a(thing)), text, talk.contains(thing)


def sentence(rng, split, again):
    words, uses = rng.choices(WORD_USES, (5, 3, 2))[0]
    word = split.pick(rng, words)
    return talk.ask(rng, split, SENTENCE, w=word), rng.choice(uses).format(w=word, aw=talk.a(word)), \
            talk.contains(word)


KINDS = [(64, story), (18, poem), (18, sentence)]


def make(rng, split):
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.85, 0.12, 0.03))
