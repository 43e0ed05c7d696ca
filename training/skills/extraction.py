"""Reading skill: a short text and a question for one fact of it (or two or three); the answer is the bare value.

Where the text does not hold the fact, the answer is "The text does not say."
"""

import itertools
import re

from . import reading, records
from .common import Sample, capitalised
from .data import asking, genres
from .data.indirect import indirect

NAME = "extraction"
WEIGHT = 22

ABSENT = "The text does not say."

# Kinds that may be taken for another kind: no general question ("which cities ...") where one of them is in the text.
_CONFUSED = {
    "person": ("first_name", "title"), "city": ("team", "title", "event", "country", "address", "street", "hotel", "company"),
    "company": ("bank", "hotel", "cafe", "team", "project"), "code": ("number_code", "flight", "plate", "gate", "seat"),
    "phone": ("number_code",), "date": ("year", "weekday"), "time": ("minutes", "seconds"), "percent": (),
    "email": (), "url": ("host",), "ip": (), "filename": (),
}


def _lower_first(text):
    return text[:1].lower() + text[1:] if not re.match(r"[A-Z]{2}|I\b", text) else text


# Beginnings that no other words are put before.
_GREETING = re.compile(r"(Hi|Hello|Hey|Quick|So|And|Now|Well|Ok|Q:|Task|Field|Key|Query|What stands|Fill)\b")


def _about(rng, split, question, first=True):
    """The question in a frame; a later one of a conversation gets its frame from the follow-ups."""
    if not first or rng.random() < 0.35:
        return question
    frame = split.pick(rng, asking.QUESTION_FRAMES)
    return frame.replace("{Q}", question).replace("{l}", _lower_first(question))


def _with_ending(question, ending):
    return question + ("" if question[-1] in ".?!:_" else ".") + " " + ending


def _for_phrase(rng, split, phrase):
    if re.match(r"(what|how|where|when) ", phrase):
        return split.pick(rng, asking.INDIRECT_FRAMES).replace("{i}", phrase)
    if phrase.startswith("the ") and rng.random() < 0.2:
        bare = phrase.removeprefix("the ")
        return split.pick(rng, asking.BARE_FRAMES).replace("{b}", bare).replace("{B}", capitalised(bare))
    frame = split.pick(rng, asking.NOUN_FRAMES)
    return frame.replace("{np}", phrase).replace("{Np}", capitalised(phrase))


def _kind(slot):
    return slot.kind.split("@")[0]


def _of_kind(text, kind):
    """The text's values of a kind in the order in which they stand, or None where it isn't clear what belongs to it."""
    kinds = [_kind(text.genre.slots[name]) for name in text.facts]
    if any(other in kinds for other in _CONFUSED[kind]):
        return None
    found = [text.facts[name] for name in text.facts if _kind(text.genre.slots[name]) == kind]
    return sorted(found, key=text.body.find)


def _slot_question(rng, split, text, name, first):
    phrases, questions = reading.askable(text, name)
    if questions and (rng.random() < 0.55 or not phrases):
        template = split.pick(rng, questions) if len(questions) > 1 else questions[0]
        clause = indirect(template) if rng.random() < 0.35 else None
        if clause:
            return split.pick(rng, asking.INDIRECT_FRAMES).replace("{i}", reading.fill(clause, text.facts))
        question = reading.fill(template, text.facts)
        return _about(rng, split, question, first)
    if not phrases:
        return None
    return _for_phrase(rng, split, reading.fill(rng.choice(phrases), text.facts))


# Kinds that a text of another genre may be asked for, with what they could be taken for.
_FOREIGN = {
    "percent": (), "plate": ("code",), "flight": ("code",), "seat": ("gate",), "gate": ("seat",), "ip": (),
    "url": ("host", "email"), "filename": (), "version": (), "color": (), "area": (), "distance": (), "speed": (),
    "material": (),
    "email": ("url",), "phone": ("number_code",), "hobby": (), "animal": (), "team": ("city",),
    "degrees": ("degrees_oven",),
    "minutes": ("seconds", "duration_long"), "grams": ("quantity_kg",), "age": ("few", "year"), "stars": (),
    "quantity_kg": ("grams",), "river": (), "bank": ("company",), "duration_long": ("minutes",),
    "room_number": ("room", "code"),
}
_FOREIGN_PHRASES = {kind: sorted({p for g in genres.GENRES for s in g.slots.values() if s.kind.split("@")[0] == kind
                                  for p in s.phrases if "{" not in p and p.startswith("the ")}) for kind in _FOREIGN}


def _foreign_question(rng, split, text):
    """A question for something that such a text is not about."""
    kinds = {_kind(slot) for slot in text.genre.slots.values()}
    free = [k for k, alike in _FOREIGN.items() if k not in kinds and not kinds & set(alike) and _FOREIGN_PHRASES[k]]
    return _for_phrase(rng, split, rng.choice(_FOREIGN_PHRASES[rng.choice(free)]))


def _value_question(rng, split, text, first):
    """(question, answer) for one fact."""
    if rng.random() < 0.03:
        return _foreign_question(rng, split, text), ABSENT
    if text.missing and rng.random() < 0.13:
        question = _slot_question(rng, split, text, rng.choice(text.missing), first)
        if question:
            if rng.random() < 0.3:
                question = _with_ending(question, split.pick(rng, asking.ABSENT_ENDINGS))
            return question, ABSENT
    if rng.random() < 0.2:
        kind = rng.choice(list(asking.KIND_NAMES))
        found = _of_kind(text, kind)
        if found is not None and len(found) < 2 and (found or rng.random() < 0.2):
            phrase = rng.choice(asking.KIND_NAMES[kind][0])
            return _for_phrase(rng, split, phrase), found[0] if found else ABSENT
    while True:
        name = rng.choice(list(text.facts))
        question = _slot_question(rng, split, text, name, first)
        if question:
            if rng.random() < 0.06:
                question = _with_ending(question, split.pick(rng, asking.ABSENT_ENDINGS))
            return question, text.facts[name]


def joined(items):
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def _plain_phrases(slot):
    return [p for p in slot.phrases if "{" not in p and not p.startswith(("what ", "how ", "where ", "when "))]


def _joint_frames():
    """The frames for a noun phrase, made fit for two or three of them."""
    frames = []
    for frame in asking.NOUN_FRAMES:
        for one, many in (("What is", "What are"), ("What's", "What are"), ("Which is", "Which are"),
                          ("what is", "what are"),
                          ("what's", "what are"), ("{np} is", "{np} are"), ("as it is", "as they are"),
                          ("Is {np}", "Are {np}")):
            frame = frame.replace(one, many)
        if not re.search(r"\b(it|is|was|Which value|Which part|value)\b|= ", frame):
            frames.append(frame)
    return frames


_JOINT_FRAMES = _joint_frames()


def _list_question(rng, split, text):
    """(question, values) for two or three values, or None."""
    kinds = [k for k in asking.KIND_NAMES if 2 <= len(_of_kind(text, k) or ()) <= 3]
    if kinds and rng.random() < 0.6:
        kind = rng.choice(kinds)
        plural = rng.choice(asking.KIND_NAMES[kind][1])
        return split.pick(rng, asking.LIST_FRAMES).replace("{kinds}", plural), _of_kind(text, kind)
    names = [name for name in text.facts if _plain_phrases(text.genre.slots[name])]
    if len(names) < 2:
        return None
    chosen = rng.sample(names, 2 if len(names) < 3 or rng.random() < 0.7 else 3)
    phrases = [rng.choice(_plain_phrases(text.genre.slots[n])) for n in chosen]
    phrase = joined(phrases)
    question = split.pick(rng, _JOINT_FRAMES).replace("{np}", phrase).replace("{Np}", capitalised(phrase))
    return question, [text.facts[n] for n in chosen]


def _polish(rng, split, question, layout):
    if rng.random() < 0.08 and not _GREETING.match(question):
        question = split.pick(rng, asking.CONTEXTS) + " " + question
    if rng.random() < 0.2:
        question = _with_ending(question, split.pick(rng, asking.ENDINGS))
    way = rng.random()
    if way < 0.1 and "{q}" in layout:
        question = _lower_first(question).rstrip("?.")
    elif way < 0.14:
        question = question.rstrip("?.")
    elif way < 0.17 and question[-1] == "?" and question.count("?") == 1:
        question = "Please: " + _lower_first(question) if way < 0.15 else question[:-1] + ", please?"
    return question


def _lay_out(rng, split, body, words, question):
    layout = split.pick(rng, asking.ALL_LAYOUTS)
    if "\n" in body and re.search(r"\{t\}[^\n]* \{q\}|\{q\}[^\n]* [^\n]?\{t\}", layout):
        layout = "{t}\n\n{q}"
    question = _polish(rng, split, question, layout)
    if layout in ("{t} {q}", "{q} {t}") and question[-1] not in ".?":
        question += "?"
    return _with_word(layout, rng.choice(words)).replace("{q}", question).replace("{t}", body)


def _with_word(layout, word):
    article = "an " if word[0] in "aeio" else "a "
    return layout.replace("{w_a}", article + word).replace("{w}", word)


def _conversation(rng, split, body, words, turns):
    """Messages for the questions and answers about one text."""
    messages = []
    if rng.random() < 0.06:
        layout = split.pick(rng, asking.SYSTEM_LAYOUTS)
        messages.append({"role": "system", "content": _with_word(layout, rng.choice(words)).replace("{t}", body)})
        first = _polish(rng, split, turns[0][0], "{q}")
    else:
        first = _lay_out(rng, split, body, words, turns[0][0])
    messages += [{"role": "user", "content": first}, {"role": "assistant", "content": turns[0][1]}]
    for question, answer in turns[1:]:
        plain = _GREETING.match(question) or rng.random() < 0.25
        frame = "{Q}" if plain else split.pick(rng, asking.FOLLOW_UPS)
        question = frame.replace("{Q}", question).replace("{l}", _lower_first(question))
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return messages


def _accepted(body, answer):
    accepted = [answer]
    if "Dr. " + answer in body:
        accepted.append("Dr. " + answer)
    if "The " + answer in body or "the " + answer in body:
        accepted.append("the " + answer)
    if re.match(r"(the|a|an) ", answer, re.IGNORECASE):
        accepted.append(answer.split(" ", 1)[1])
    number = re.match(r"-?[\d.,]+(?= (degrees|minutes|seconds|units|g|kg|km/h)\b)", answer)
    if number:
        accepted.append(number[0])
    return accepted


def _accepted_lists(found):
    orders = itertools.permutations(found)
    return [form for order in orders for form in (joined(list(order)), ", ".join(order), "\n".join(order))]


def _turn_count(rng):
    return rng.choice((1, 1, 1, 1, 2, 2, 3))


def _from_records(rng, split):
    body, words, ask = records.compose(rng, split)
    turns = []
    for _ in range(_turn_count(rng)):
        (question, direct), answer = ask(rng)
        if answer not in [a for _, a in turns]:
            turns.append((_about(rng, split, question, not turns) if direct else question, answer))
    return _conversation(rng, split, body, words, turns), _accepted(body, turns[-1][1])


def _from_text(rng, split):
    text = reading.compose(rng, split)
    words = text.genre.words
    turns, accepted = [], None
    for _ in range(_turn_count(rng)):
        listed = _list_question(rng, split, text) if rng.random() < 0.14 else None
        if listed:
            turns.append((listed[0], joined(listed[1])))
            accepted = _accepted_lists(listed[1])
            continue
        question, answer = _value_question(rng, split, text, not turns)
        if answer not in [a for _, a in turns]:
            turns.append((question, answer))
            accepted = _accepted(text.body, answer)
    return _conversation(rng, split, text.body, words, turns), accepted


def make(rng, split):
    messages, accepted = (_from_records if rng.random() < 0.35 else _from_text)(rng, split)
    return Sample(NAME, messages, check={"kind": "text", "accept": accepted})
