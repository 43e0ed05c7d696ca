"""Builds the corpus: conversations of every skill, rendered by the chat template, as tokens with answer flags.

Conversation i depends on the seed and i alone, so the corpus is the same however many processes make it.
"""

import argparse
import collections
import importlib
import multiprocessing
import os
import pathlib
import pkgutil
import random
import sys
import time

import numpy as np

import judge
import skills
import template
from skills.common import Sample, Split
from skills.system import system_message
from tokenizer import CONTROL, Tokenizer, train

BUILD = pathlib.Path(__file__).parent / "build"
VOCABULARY = 4096
CONTEXT = 2048
MIXED_SHARE = 0.08  # conversations that chain several skills
LONG_SHARE = 0.004  # chained up to the context's end
SYSTEM_SHARE = 0.3  # conversations that get an ordinary system message if they have none
CHUNK = 2000


def load_skills():
    """Every module of skills/ that has make()."""
    found = []
    for info in sorted(pkgutil.iter_modules(skills.__path__), key=lambda i: i.name):
        if not info.ispkg:
            module = importlib.import_module(f"skills.{info.name}")
            if hasattr(module, "make"):
                found.append(module)
    return found


SKILLS = load_skills()
WEIGHTS = [skill.WEIGHT for skill in SKILLS]
CHAINABLE = [skill for skill in SKILLS if skill.NAME not in ("tools", "tool_result")]


def conversation(seed, index, split):
    rng = random.Random(f"{seed}:{split.held_out}:{index}")
    kind = rng.random()
    if kind < LONG_SHARE:
        sample = chained(rng, split, rng.randint(5, 12))
    elif kind < LONG_SHARE + MIXED_SHARE:
        sample = chained(rng, split, rng.randint(2, 3))
    else:
        sample = rng.choices(SKILLS, WEIGHTS)[0].make(rng, split)
    if sample.messages[0]["role"] != "system" and rng.random() < SYSTEM_SHARE:
        sample.messages.insert(0, {"role": "system", "content": system_message(rng, split)})
    return sample


def chained(rng, split, count):
    """Several conversations without tools, one after the other."""
    messages = []
    weights = [skill.WEIGHT for skill in CHAINABLE]
    while count:
        part = rng.choices(CHAINABLE, weights)[0].make(rng, split)
        messages += [m for m in part.messages if m["role"] != "system"]
        count -= 1
    return Sample("mixed", messages)


class Corpus:
    def __init__(self, tokens, flags, offsets):
        self._tokens, self._flags, self._offsets = tokens, flags, offsets
        self._lengths = np.diff(offsets).tolist()

    @classmethod
    def load(cls, path):
        data = np.load(path)
        return cls(data["tokens"], data["flags"], data["offsets"])

    @property
    def count(self):
        return len(self._lengths)

    @property
    def tokens(self):
        return len(self._tokens)

    def length(self, row):
        return self._lengths[row]

    def row(self, row):
        part = slice(self._offsets[row], self._offsets[row + 1])
        return self._tokens[part], self._flags[part]


def encode(tokenizer, sample):
    ids, flags = [], []
    for text, is_answer in template.turns(sample.messages, sample.tools):
        part = tokenizer.encode(text)
        ids += part
        flags += [int(is_answer)] * len(part)
    return ids, flags


_tokenizer = None


def _encode_chunk(job):
    seed, first, count, held_out = job
    global _tokenizer
    if _tokenizer is None:
        _tokenizer = Tokenizer.load(BUILD / "tokenizer.json")
    split = Split(held_out)
    tokens, flags, lengths = [], [], []
    for index in range(first, first + count):
        ids, marks = encode(_tokenizer, conversation(seed, index, split))
        if len(ids) <= CONTEXT:
            tokens += ids
            flags += marks
            lengths.append(len(ids))
    return np.array(tokens, np.uint16), np.array(flags, np.uint8), lengths


def build(path, seed, count):
    """Writes `count` conversations of the training split."""
    jobs = [(seed, first, min(CHUNK, count - first), False) for first in range(0, count, CHUNK)]
    tokens, flags, lengths = [], [], []
    began = time.monotonic()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for done, (part_tokens, part_flags, part_lengths) in enumerate(pool.imap(_encode_chunk, jobs), 1):
            tokens.append(part_tokens)
            flags.append(part_flags)
            lengths += part_lengths
            rest = (time.monotonic() - began) / done * (len(jobs) - done)
            print(f"\r{path.name}: {len(lengths):,} of {count:,} conversations, {rest:.0f} s left  ", end="", flush=True)
    np.savez(path, tokens=np.concatenate(tokens), flags=np.concatenate(flags), offsets=np.cumsum([0, *lengths]))
    print(f"\n{sum(lengths):,} tokens, {np.concatenate(flags).mean():.0%} of them answers", flush=True)


def check(seed, count):
    """Every reference answer passes its own check, no text spells a control token, held-out questions are new."""
    asked = set()
    by_skill = collections.Counter()
    for held_out in (False, True):
        split = Split(held_out)
        for index in range(count):
            sample = conversation(seed, index, split)
            by_skill[sample.skill] += 1
            text = template.render(sample.messages, sample.tools)
            # Held-out questions may name one: they go through the API, where text stays text.
            assert held_out or not any(c in m["content"] for c in CONTROL for m in sample.messages), text
            if sample.check is not None:
                verdict = judge.judge(sample.check, judge.reference(sample))
                assert verdict.right, f"{sample.skill}: {verdict.why}\n{text}\n{sample.check}"
            question = template.render([m for m in sample.messages if m["role"] == "user"][-1:])
            if not held_out:
                asked.add(question)
            elif question in asked:
                by_skill[f"{sample.skill}: also asked in training"] += 1
    for name, n in sorted(by_skill.items()):
        print(f"{name:40} {n}")


def train_tokenizer(seed):
    split = Split(False)
    texts = []
    for index in range(25_000):
        sample = conversation(seed, index, split)
        texts.append(template.render(sample.messages, sample.tools))
    for control in CONTROL:
        texts = [text.replace(control, "\n") for text in texts]
    train(texts, VOCABULARY).save(BUILD / "tokenizer.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=280_000, help="conversations to train on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="only test the generators")
    parser.add_argument("--keep-tokenizer", action="store_true", help="to go on with a model that was trained before")
    options = parser.parse_args()
    BUILD.mkdir(exist_ok=True)
    if options.check:
        check(options.seed, 20_000)
        return
    if not options.keep_tokenizer:
        train_tokenizer(options.seed)
    build(BUILD / "validation.npz", options.seed + 1_000_000, 1_000)
    build(BUILD / "train.npz", options.seed, options.count)


if __name__ == "__main__":
    sys.exit(main())
