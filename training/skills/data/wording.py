"""Phrasings in blocks of text, one a line, with alternatives in brackets: `[What is|What's] the [|exact ]sum?`."""

import re

_CHOICE = re.compile(r"\[([^\[\]]*)\]")


def lines(block):
    """The lines of a block. The two characters `\\n` stand for a line end."""
    return [line.strip().replace("\\n", "\n") for line in block.strip().splitlines() if line.strip()]


def widen(phrasings, block):
    """Adds the block's lines to a list of phrasings, in front of its held-out tail, which stays held out."""
    tail = len(phrasings) - max(1, len(phrasings) // 6)
    known = set(phrasings)
    phrasings[tail:tail] = [line for line in lines(block) if line not in known]


def vary(rng, line):
    """The line with one of each bracket's alternatives."""
    if "[" not in line:
        return line
    return _CHOICE.sub(lambda found: rng.choice(found.group(1).split("|")), line)
