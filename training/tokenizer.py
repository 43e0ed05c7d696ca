"""Byte-level BPE (Sennrich et al., 2016; bytes as in GPT-2): training, saving, encoding.

Text is first cut into words by the pattern that GGUF files call "qwen2": letters with one leading space or sign,
single digits, runs of signs, white space. Merges never cross a cut. Control tokens are cut out before that.
"""

import collections
import heapq
import json
import pathlib

import regex

PRE_TOKENIZER = "qwen2"
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
_WORDS = regex.compile(
    r"'[sStTmMdD]|'[rR][eE]|'[vV][eE]|'[lL][lL]|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_CONTROL = regex.compile("(" + "|".join(regex.escape(c) for c in CONTROL) + ")")


def byte_symbols():
    """GPT-2's printable stand-in for each byte: itself where printable, else the next free code point from 256."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(others)}


_SYMBOLS = byte_symbols()


def words(text):
    """Words of text without control tokens, as strings of byte symbols."""
    for word in _WORDS.findall(text):
        yield "".join(_SYMBOLS[b] for b in word.encode())


class Tokenizer:
    def __init__(self, tokens, merges):
        self.tokens, self.merges = tokens, merges
        self._ids = {token: i for i, token in enumerate(tokens)}
        self._ranks = {pair: i for i, pair in enumerate(merges)}
        self._cache = {}

    @classmethod
    def load(cls, path):
        data = json.loads(pathlib.Path(path).read_text())
        return cls(data["tokens"], [tuple(m.split(" ")) for m in data["merges"]])

    def save(self, path):
        data = {"tokens": self.tokens, "merges": [" ".join(m) for m in self.merges]}
        pathlib.Path(path).write_text(json.dumps(data, ensure_ascii=False, indent=0))

    def id(self, token):
        return self._ids[token]

    def encode(self, text):
        """Token ids; the spellings of control tokens become the tokens."""
        ids = []
        for part in _CONTROL.split(text):
            if part in CONTROL:
                ids.append(self._ids[part])
            elif part:
                for word in _WORDS.findall(part):
                    found = self._cache.get(word)
                    if found is None:
                        found = self._cache[word] = self._encode_word(word)
                    ids += found
        return ids

    def _encode_word(self, word):
        symbols = [_SYMBOLS[b] for b in word.encode()]
        while len(symbols) > 1:
            rank, at = min(
                (self._ranks.get(pair, 1 << 30), i) for i, pair in enumerate(zip(symbols, symbols[1:]))
            )
            if rank == 1 << 30:
                break
            symbols[at : at + 2] = [symbols[at] + symbols[at + 1]]
        return [self._ids[s] for s in symbols]


def train(texts, size):
    """Learns merges from texts (without control tokens) until there are `size` tokens, control tokens included."""
    counts = collections.Counter()
    for text in texts:
        counts.update(words(text))
    spelled = [list(word) for word in sorted(counts)]
    weights = [counts[word] for word in sorted(counts)]
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for index, symbols in enumerate(spelled):
        for pair in zip(symbols, symbols[1:]):
            pairs[pair] += weights[index]
            where[pair].add(index)
    tokens = list(CONTROL) + [_SYMBOLS[b] for b in range(256)]
    merges = []
    queue = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(queue)
    known = set(tokens)
    while len(tokens) < size and queue:
        count, pair = heapq.heappop(queue)
        if -count != pairs[pair] or pairs[pair] == 0:
            continue  # an outdated entry; the current one is further down
        merges.append(pair)
        if pair[0] + pair[1] not in known:
            known.add(pair[0] + pair[1])
            tokens.append(pair[0] + pair[1])
        for changed in _merge(pair, spelled, weights, pairs, where):
            if pairs[changed] > 0:
                heapq.heappush(queue, (-pairs[changed], changed))
    return Tokenizer(tokens, merges)


def _merge(pair, spelled, weights, pairs, where):
    """Replaces the pair in every word that has it; returns the pairs whose counts changed, in a fixed order."""
    changed = set()
    for index in sorted(where.pop(pair)):
        symbols, weight = spelled[index], weights[index]
        for old in zip(symbols, symbols[1:]):
            pairs[old] -= weight
            changed.add(old)
            if old != pair:
                where[old].discard(index)
        at = 0
        while at < len(symbols) - 1:
            if (symbols[at], symbols[at + 1]) == pair:
                symbols[at : at + 2] = [pair[0] + pair[1]]
            at += 1
        for new in zip(symbols, symbols[1:]):
            pairs[new] += weight
            changed.add(new)
            where[new].add(index)
    changed.discard(pair)
    return sorted(changed)
