"""What every skill's generator shares: the sample it makes and the line between training and held-out material.

A skill is a module with `NAME`, `WEIGHT` (its share of the corpus, relative) and `make(rng, split) -> Sample`.
`split` decides which values and phrasings may be used, so that no held-out question has a phrasing or an
open-class value that training has seen.
"""

import dataclasses
import hashlib
import random


@dataclasses.dataclass
class Sample:
    """One conversation. The last message is the assistant's reference answer; every assistant turn is trained on.

    messages: dicts with `role` (system, user, assistant, tool), `content`, and for an assistant that calls tools
    `tool_calls`: [{"name": ..., "arguments": {...}}].
    tools: function definitions as the API takes them: [{"name", "description", "parameters": JSON Schema}].
    check: how an evaluator judges an answer to the last turn (see evaluate.py):
      {"kind": "text", "accept": [...]}               equal to one of these, but for case, spaces, final punctuation
      {"kind": "contains", "all": [...], "any": [...], "none": [...]}   as whole words, any case; each optional
      {"kind": "number", "value": x}                  the last number in the answer
      {"kind": "tool_calls", "calls": [{"name", "arguments"}]}          exactly these, in any order
      {"kind": "json", "value": ..., "schema": {...}} equal as JSON; schema optional
    """

    skill: str
    messages: list
    tools: list | None = None
    check: dict | None = None


class Split:
    """Training or held-out. Of a pool of values or phrasings the last sixth is held out, at least one."""

    def __init__(self, held_out: bool):
        self.held_out = held_out

    def part(self, pool):
        cut = len(pool) - max(1, len(pool) // 6)
        return pool[cut:] if self.held_out else pool[:cut]

    def pick(self, rng: random.Random, pool):
        """One of `pool`, from this split's part of it. Pools are ordered sequences of at least two."""
        return rng.choice(self.part(pool))

    def sample(self, rng: random.Random, pool, count):
        return rng.sample(self.part(pool), count)

    def accepts(self, *key):
        """Whether a made value (a pair of numbers, a date, a code) belongs to this split: a tenth is held out."""
        digest = hashlib.sha256(repr(key).encode()).digest()
        return (digest[0] % 10 == 0) == self.held_out

    def draw(self, rng: random.Random, make):
        """make(rng) again and again until its value belongs to this split."""
        while True:
            value = make(rng)
            if self.accepts(value):
                return value


def capitalised(text):
    return text[:1].upper() + text[1:]
