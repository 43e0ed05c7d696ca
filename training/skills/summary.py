"""Summary skill: a short report with side facts and a request to sum it up; the answer is one regular sentence."""

import re

from . import reading, values
from .common import Sample, capitalised
from .data import asking, fillers, summary_forms as forms

NAME = "summary"
WEIGHT = 5

_POOLS = {"shop": forms.SHOPS, "contest": forms.CONTESTS, "cause": forms.CAUSES, "place": forms.PLACES}
_KINDS = {"other": "city", "other_company": "company", "doctor": "person", "home": "team", "away": "team",
          "later": "date", "higher": "price", "minutes": "amount_of"}
_ORDERED = [("price", "higher"), ("date", "later")]


def _names(template):
    return list(dict.fromkeys(re.findall(r"\{(?:a )?(\w+)\}", template)))


def _facts(rng, split, names):
    styles = {"date": rng.choice(values.DATE_STYLES), "time": rng.choice(values.TIME_STYLES)}
    facts = {}
    for name in names:
        if name in _POOLS:
            facts[name] = split.pick(rng, _POOLS[name])
        else:
            facts[name] = reading.distinct_value(rng, split, _KINDS.get(name, name), facts, styles)
    reading.put_in_order(facts, [pair for pair in _ORDERED if pair[1] in facts], styles)
    return facts


def _body(rng, split, variants, facts):
    sentences = [reading.fill(rng.choice(split.part(variants)), facts)]
    extra = values.person(rng, split)
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        pool = forms.SIDE if rng.random() < 0.7 else fillers.SENTENCES
        side = split.pick(rng, pool).replace("{extra}", extra)
        if side not in sentences:
            sentences.insert(0 if rng.random() < 0.15 and extra not in side else len(sentences), side)
    return " ".join(capitalised(sentence) for sentence in sentences).replace(".m..", ".m.")


def _request(rng, split):
    request = split.pick(rng, forms.REQUESTS)
    if rng.random() < 0.12:
        request = request[:1].lower() + request[1:].rstrip(".?") if request[:2] != "TL" else "tl;dr"
    elif rng.random() < 0.1:
        request = rng.choice(("Hi! ", "Hello. ", "Hi, I have a text. ")) + request
    return request


def _exchange(rng, split):
    summary, variants = rng.choice(forms.REPORTS)
    facts = _facts(rng, split, _names(summary))
    body = _body(rng, split, variants, facts)
    layout = split.pick(rng, [lay for lay in asking.LAYOUTS if "uestion" not in lay and "QUESTION" not in lay and
                              "and answer" not in lay])
    if layout in ("{t} {q}", "{q} {t}", "{q} \"{t}\""):
        layout = "{q}\n\n{t}"
    word = rng.choice(("text", "message", "report", "note", "passage", "paragraph"))
    prompt = layout.replace("{w_a}", "a " + word).replace("{w}", word).replace("{q}", _request(rng, split))
    answer = capitalised(reading.fill(summary, facts)).replace(".m..", ".m.")
    return prompt.replace("{t}", body), answer, list(facts.values())


def make(rng, split):
    messages = []
    for _ in range(rng.choice((1, 1, 1, 1, 1, 2))):
        prompt, answer, wanted = _exchange(rng, split)
        messages += [{"role": "user", "content": prompt}, {"role": "assistant", "content": answer}]
    return Sample(NAME, messages, check={"kind": "contains", "all": wanted})
