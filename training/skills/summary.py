"""Summary skill: a short report with side facts and a request to sum it up; the answer is one regular sentence."""

import re

from . import reading, values
from .common import Sample, capitalised
from .data import asking, fillers, summary_forms as forms

NAME = "summary"
WEIGHT = 5

_POOLS = {"shop": forms.SHOPS, "contest": forms.CONTESTS, "cause": forms.CAUSES, "place": forms.PLACES,
          "defect": forms.DEFECTS, "document": forms.DOCUMENTS, "delay": forms.DELAYS}
_KINDS = {"other": "city", "other_company": "company", "doctor": "person", "home": "team", "away": "team",
          "later": "date", "higher": "price", "minutes": "amount_of", "partner": "person", "colleague": "person"}
_ORDERED = [("price", "higher"), ("date", "later")]
# What side sentences tell, as the kinds of reading.py.
_SIDE_KINDS = {"extra": "person", "reader": "first_name", "n": "amount_of", "day": "date", "clock": "time",
               "town": "city", "firm": "company", "mail": "email", "phone": "phone"}
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
# Between the sentences of a template.
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z{])")
_BASE = [layout for layout in asking.LAYOUTS
         if "uestion" not in layout and "QUESTION" not in layout and "and answer" not in layout]
_CUT = len(_BASE) - len(_BASE) // 6
_LAYOUTS = _BASE[:_CUT] + forms.LAYOUTS + _BASE[_CUT:]
_ONE_LINE = {layout for layout in _BASE if layout in ("{t} {q}", "{q} {t}", "{q} \"{t}\"")}


def _chosen(rng, text):
    """The text with one of the words of each [a|b]."""
    return _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)


def _names(template):
    return list(dict.fromkeys(re.findall(r"\{(?:a )?(\w+)\}", template)))


def _facts(rng, split, names, styles):
    facts = {}
    for name in names:
        if name in _POOLS:
            facts[name] = split.pick(rng, _POOLS[name])
        else:
            facts[name] = reading.distinct_value(rng, split, _KINDS.get(name, name), facts, styles)
    for _ in range(6):
        if "higher" in facts and facts["higher"][0] != facts["price"][0]:
            facts["higher"] = reading.distinct_value(rng, split, "price", {"price": facts["price"]}, styles)
    reading.put_in_order(facts, [pair for pair in _ORDERED if pair[1] in facts], styles)
    return facts


def _told(rng, template, facts):
    """A variant's text, every sentence of it with a capital letter."""
    sentences = _SENTENCE.split(_chosen(rng, template))
    return " ".join(capitalised(reading.fill(sentence, facts)) for sentence in sentences)


def _side(rng, split, pool, facts, known, styles):
    """A sentence beside the facts; `known` keeps its values, which are none of the facts."""
    text = _chosen(rng, split.pick(rng, pool))

    def value(match):
        name = match[1]
        if name not in known:
            known[name] = reading.distinct_value(rng, split, _SIDE_KINDS[name], facts | known, styles)
        return known[name]
    return _SLOT.sub(value, text)


def _body(rng, split, variants, facts, styles):
    sentences = [_told(rng, split.pick(rng, variants), facts)]
    known = {}
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        pool = forms.SIDE if rng.random() < 0.7 else fillers.SENTENCES
        side = _side(rng, split, pool, facts, known, styles)
        if side not in sentences:
            first = rng.random() < 0.15 and not set(known.values()) & set(re.findall(r"[\w. ]+", side))
            sentences.insert(0 if first else len(sentences), side)
    separator = "\n" if rng.random() < 0.1 else " "
    if rng.random() < 0.16:
        sentences.insert(0, _side(rng, split, forms.OPENERS, facts, known, styles))
        if rng.random() < 0.4 or sentences[0][-1] not in ".!?:":
            sentences[:2] = [sentences[0] + rng.choice(("\n", "\n\n")) + capitalised(sentences[1])]
    if rng.random() < 0.14:
        closer = _side(rng, split, forms.CLOSERS, facts, known, styles)
        sentences[-1] += rng.choice((" ", "\n", "\n\n")) + closer
    return separator.join(capitalised(sentence) for sentence in sentences).replace(".m..", ".m.")


def _request(rng, split):
    request = _chosen(rng, split.pick(rng, forms.REQUESTS))
    if rng.random() < 0.12:
        request = request[:1].lower() + request[1:].rstrip(".?") if request[:2] != "TL" else "tl;dr"
    elif rng.random() < 0.1:
        request = rng.choice(("Hi! ", "Hello. ", "Hi, I have a text. ", "Hey! ", "Good morning. ", "Hello there! ",
                              "Hi there, I need your help. ", "Quick task. ", "One thing, please. ",
                              "Okay. ")) + request
    elif rng.random() < 0.06:
        request = request.rstrip(".?!") + rng.choice((" please", "! Thanks.", ". Thank you!", ". Be brief.",
                                                      ". Keep it short.", " thanks"))
    return request


def _exchange(rng, split, again=False):
    summary, variants = rng.choice(forms.REPORTS)
    styles = {"date": rng.choice(values.DATE_STYLES), "time": rng.choice(values.TIME_STYLES)}
    facts = _facts(rng, split, _names(summary), styles)
    body = _body(rng, split, variants, facts, styles)
    layout = split.pick(rng, forms.AGAIN if again else _LAYOUTS)
    if layout in _ONE_LINE and rng.random() < 0.7:
        layout = "{q}\n\n{t}"
    word = rng.choice(forms.WORDS)
    request = _request(rng, split)
    if "{q} " in layout and request[-1].isalnum():
        request += ":" if "{q} {t}" in layout else "."
    prompt = layout.replace("{q}", request).replace("{w_a}", values.a(word)).replace(" a {w}", " {w_a}")
    prompt = prompt.replace("{w_a}", values.a(word)).replace("{w}", word).replace("{W}", capitalised(word))
    answer = capitalised(reading.fill(summary, facts)).replace(".m..", ".m.")
    return prompt.replace("{t}", body), answer, list(facts.values())


def make(rng, split):
    messages = []
    for turn in range(rng.choice((1, 1, 1, 1, 1, 2))):
        prompt, answer, wanted = _exchange(rng, split, again=turn > 0 and rng.random() < 0.5)
        messages += [{"role": "user", "content": prompt}, {"role": "assistant", "content": answer}]
    return Sample(NAME, messages, check={"kind": "contains", "all": wanted})
