"""The speech starter's tokens, in the order of whisper's vocabularies.

Text tokens come first: the 256 bytes, then what byte-pair merges make of the language's words, until each word with the
space before it is one token. Special tokens follow: end of text, start of transcript, the language, six controls,
and one timestamp for every 20 ms of the window.
"""

import collections

from sentences import WORDS

LANGUAGES = ("en",)  # a prefix of whisper's list
CONTROLS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
TIMESTAMP_STEP = 0.02  # seconds


def pieces():
    """What a text is split into before its bytes are merged: words with the space before them, and punctuation."""
    forms = dict.fromkeys(f" {form}" for word in WORDS for form in (word, word[0].upper() + word[1:]))
    return list(forms) + [".", "?"]


def merged(parts, pair):
    out, i = [], 0
    while i < len(parts):
        if tuple(parts[i : i + 2]) == pair:
            out.append(parts[i] + parts[i + 1])
            i += 2
        else:
            out.append(parts[i])
            i += 1
    return out


def text_tokens():
    """The bytes, then merges in the order of their frequency among the pieces (ties by value)."""
    tokens = [bytes([b]) for b in range(256)]
    split = [[bytes([b]) for b in piece.encode()] for piece in pieces()]
    while True:
        pairs = collections.Counter(pair for parts in split for pair in zip(parts, parts[1:]))
        if not pairs:
            return tokens
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        split = [merged(parts, best) for parts in split]
        tokens.append(best[0] + best[1])


class Vocabulary:
    def __init__(self, audio_positions):
        self.tokens = text_tokens()
        self.by_text = {token: i for i, token in enumerate(self.tokens)}
        self.end = len(self.tokens)
        self.start = self.end + 1
        self.language = self.start + 1
        first = self.language + len(LANGUAGES)
        for i, name in enumerate(CONTROLS):
            setattr(self, name, first + i)
        self.first_timestamp = first + len(CONTROLS)
        self.size = self.first_timestamp + audio_positions + 1

    def timestamp(self, seconds):
        return min(max(self.first_timestamp + round(seconds / TIMESTAMP_STEP), self.first_timestamp), self.size - 1)

    def seconds(self, token):
        return (token - self.first_timestamp) * TIMESTAMP_STEP

    def encode(self, text):
        """Tokens of a text of the language's words: one a word, one a punctuation mark."""
        ids = []
        for word in text.split():
            mark = word[-1] if word[-1] in ".?" else ""
            ids.append(self.by_text[b" " + word[: len(word) - len(mark)].encode()])
            if mark:
                ids.append(self.by_text[mark.encode()])
        return ids

    def decode(self, ids):
        return b"".join(self.tokens[i] for i in ids if i < self.end).decode(errors="replace")
