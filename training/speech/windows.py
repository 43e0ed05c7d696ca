"""Windows of sound with what is said in them, composed of clips and spoiled in varied ways.

Window i depends on the seed and i alone.
"""

import dataclasses

import numpy as np
import torch

from sentences import WORDS
from synthesis import RATE

SILENT_SHARE, PROMPT_SHARE, TIMES_SHARE, CUT_SHARE, STOP_SHARE = 0.06, 0.3, 0.75, 0.12, 0.2
LEAST_VISIBLE = RATE // 10  # a sentence of which the window has less is not there
NOISE_SECONDS, NOISES = 40, 12


@dataclasses.dataclass
class Spoken:
    """A sentence, or its beginning, with times in samples of the window."""

    words: list
    times: list  # (start, end) of each word
    start: int
    end: int
    whole: bool


@dataclasses.dataclass
class Window:
    sound: np.ndarray
    spoken: list
    before: str  # text of what was said earlier, for the prompt
    cut: tuple = (0, 0)  # where a word is heard in part


class Noise:
    """Noises of different colours (power falling by f^0 to f^-2), each RMS 1."""

    def __init__(self, seed=0):
        rng = np.random.default_rng(seed)
        count = NOISE_SECONDS * RATE
        frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 20)
        self._noises = []
        for i in range(NOISES):
            spectrum = np.fft.rfft(rng.standard_normal(count)) * frequency ** (-i / (NOISES - 1))
            noise = np.fft.irfft(spectrum, count)
            self._noises.append((noise / noise.std()).astype(np.float32))

    def cut(self, rng, count):
        noise = self._noises[rng.integers(NOISES)]
        start = rng.integers(len(noise) - count)
        return noise[start : start + count]


def decibels(level):
    return np.float32(10 ** (level / 20))


def tones(rng, count):
    """Chords that change a few times in a second, with overtones and decay."""
    out = np.zeros(count, np.float32)
    at = 0
    while at < count:
        length = min(int(rng.uniform(0.15, 0.8) * RATE), count - at)
        time = np.arange(length, dtype=np.float32) / RATE
        for _ in range(rng.integers(1, 4)):
            pitch = 110 * 2 ** (rng.integers(0, 40) / 12)
            for overtone in range(1, rng.integers(2, 6)):
                if pitch * overtone < RATE / 2:
                    out[at : at + length] += np.sin(2 * np.pi * pitch * overtone * time) / overtone
        out[at : at + length] *= np.exp(-time * rng.uniform(0, 6))
        at += length
    return out / max(out.std(), 1e-6)


def response(rng, bins):
    """A random equaliser, sometimes a telephone's band, as factors of the spectrum."""
    knots = np.linspace(0, 1, 7)
    mel = np.log1p(np.linspace(0, RATE / 2, bins) / 300) / np.log1p(RATE / 2 / 300)
    gains = np.interp(mel, knots, rng.normal(0, 4, len(knots)))
    if rng.random() < 0.3:
        cut = rng.uniform(3000, 7500)
        gains -= np.clip((np.linspace(0, RATE / 2, bins) - cut) / 300, 0, 1) * 60
    if rng.random() < 0.2:
        low = rng.uniform(100, 350)
        gains -= np.clip((low - np.linspace(0, RATE / 2, bins)) / 80, 0, 1) * 40
    return (10 ** (gains / 20)).astype(np.float32)


def filtered(rng, sound, equalise, room):
    """Through a random equaliser and a random room (an exponentially decaying tail of noise)."""
    size = 1 << int(np.ceil(np.log2(len(sound) + RATE)))
    spectrum = torch.fft.rfft(torch.from_numpy(sound), size)
    if equalise:
        spectrum *= torch.from_numpy(response(rng, len(spectrum)))
    if room:
        decay = rng.uniform(0.08, 0.5)  # seconds until 60 dB below
        count = int(decay * RATE)
        tail = rng.standard_normal(count).astype(np.float32) * np.exp(-6.9 * np.arange(count, dtype=np.float32) / count)
        tail *= rng.uniform(0.1, 0.6) / np.sqrt((tail**2).sum())
        tail[: RATE // 500] = 0
        tail[0] = 1
        spectrum *= torch.fft.rfft(torch.from_numpy(tail), size)
    return torch.fft.irfft(spectrum, size)[: len(sound)].numpy()


@dataclasses.dataclass
class Conditions:
    """What is done to the sound; None for noise means none. The training's own are drawn by `varied`."""

    equalise: bool = False
    room: bool = False
    signal_to_noise: float = None  # dB
    level: float = -3.0  # of the peak, dB of full scale

    @classmethod
    def varied(cls, rng, hardness):
        """`hardness` from 0 to 1 scales how often and how much the sound is spoiled."""
        noise = rng.uniform(35 - 32 * hardness, 40) if rng.random() < 0.65 * hardness else None
        equalise, room = rng.random() < 0.35 * hardness, rng.random() < 0.25 * hardness
        return cls(bool(equalise), bool(room), noise, rng.uniform(-30, 0))


def spoiled(rng, sound, conditions, noises):
    if conditions.equalise or conditions.room:
        sound = filtered(rng, sound, conditions.equalise, conditions.room)
    if conditions.signal_to_noise is not None:
        loud = sound[np.abs(sound) > 0.05 * np.abs(sound).max()]
        level = np.sqrt((loud**2).mean()) * decibels(-conditions.signal_to_noise)
        noise = tones(rng, len(sound)) * decibels(-8) if rng.random() < 0.05 else noises.cut(rng, len(sound))
        sound = sound + noise * level
    sound = sound * (decibels(conditions.level) / np.abs(sound).max())
    return np.round(sound * 32767).astype(np.float32) / 32768


def silent(rng, count, noises):
    """Silence, noise, tones or hum."""
    kind = rng.random()
    if kind < 0.12:
        return np.zeros(count, np.float32)
    if kind < 0.62:
        sound = noises.cut(rng, count)
    elif kind < 0.9:
        sound = tones(rng, count) + noises.cut(rng, count) * decibels(rng.uniform(-60, -10))
    else:
        time = np.arange(count, dtype=np.float32) / RATE
        sound = np.sin(2 * np.pi * rng.choice((50, 60, 440, 1000)) * time) + noises.cut(rng, count) * decibels(-40)
    sound = sound * (decibels(rng.uniform(-70, -3)) / np.abs(sound).max())
    if rng.random() < 0.3:
        sound[rng.integers(count) :] = 0
    return np.round(sound * 32767).astype(np.float32) / 32768


class Composer:
    def __init__(self, clips, positions, seed):
        self._clips, self.samples, self._seed = clips, positions * 320, seed
        self._noises = Noise()

    def _place(self, sound, spoken, at, index, first_word=0):
        """Lays a clip, from one of its words on, at a sample; returns where it ends."""
        words, starts = self._clips.words(index)
        samples = self._clips.sound(index)
        offset = starts[first_word]
        visible = min(len(samples) - offset, self.samples - at)
        if visible >= LEAST_VISIBLE:
            sound[at : at + visible] += samples[offset : offset + visible]
            times = [(at + a - offset, at + b - offset) for a, b in zip(starts, starts[1:] + [len(samples)])]
            fits = [i for i in range(first_word, len(words)) if times[i][1] <= self.samples]
            times = [times[i] for i in fits]
            end = times[-1][1] if fits else at
            spoken.append(Spoken([words[i] for i in fits], times, at, end, len(fits) == len(words) - first_word))
        return at + len(samples) - offset

    def window(self, number, conditions=None, count=None, hardness=1.0):
        """`count` sentences at most; without, one or as many as fit. `conditions` are drawn unless given."""
        rng = np.random.default_rng((self._seed, number))
        sound, spoken, before = np.zeros(self.samples, np.float32), [], []
        if count is None and rng.random() < SILENT_SHARE:
            return Window(silent(rng, self.samples, self._noises), [], "")
        before = [self._clips.texts[i] for i in rng.integers(len(self._clips), size=rng.integers(1, 4))]
        at = int(rng.choice((rng.uniform(0, 0.05), rng.uniform(0, 0.6), rng.uniform(0, 2.5)), p=(0.25, 0.65, 0.1)) * RATE)
        stop = STOP_SHARE if count is None else 0
        while at < self.samples - LEAST_VISIBLE and (count is None or len(spoken) < count):
            index, first_word = int(rng.integers(len(self._clips))), 0
            words = self._clips.texts[index].split()
            if count is None and not spoken and len(words) > 1 and rng.random() < CUT_SHARE:
                first_word = int(rng.integers(1, len(words)))
                before.append(" ".join(words[:first_word]))
                at = int(rng.uniform(0, 0.1) * RATE)
            at = self._place(sound, spoken, at, index, first_word)
            pause = rng.uniform(0.08, 0.5) if rng.random() < 0.7 else rng.uniform(0.4, 1.5)
            if rng.random() < stop:
                break
            at += int(pause * RATE)
        spoken = [s for s in spoken if s.words or s is not spoken[0]]
        if not spoken:  # the one word is cut
            return Window(np.zeros(self.samples, np.float32), [], "")
        length = self.samples
        if spoken[-1].whole and rng.random() < 0.5:  # the recording ends
            length = min(length, spoken[-1].end + int(rng.uniform(0, 0.5) * RATE))
        conditions = conditions or Conditions.varied(rng, hardness)
        sound[:length] = spoiled(rng, sound[:length], conditions, self._noises)
        sound[length:] = 0
        cut = (0, 0) if spoken[-1].whole else (spoken[-1].end, self.samples)
        return Window(sound, spoken, " ".join(before), cut)


WORD_CLASS = {word.lower(): i + 1 for i, word in enumerate(WORDS)}  # 0: no word
POSITION = 320  # samples of an encoder's position
EDGE = 2  # positions on both sides of a time


def word_classes(window):
    """The word at each of the encoder's positions, without case and punctuation; -1 where it is cut."""
    classes = np.zeros(len(window.sound) // POSITION, np.int64)
    for s in window.spoken:
        for word, (start, end) in zip(s.words, s.times):
            classes[start // POSITION : -(-end // POSITION)] = WORD_CLASS[word.strip(".?").lower()]
    classes[window.cut[0] // POSITION : window.cut[1] // POSITION] = -1
    return classes


NOWHERE = (0, 0)


def transcript(window, vocabulary, times):
    """(token, (first, last + 1) of the positions that it is about) after <|transcribe|>. A sentence that the window cuts
    has only its start, so that the next window begins with it; when it is the only one, its whole words, and the next window
    goes on after them."""
    marked = []

    def text(s):
        for word, (start, end) in zip(s.words, s.times):
            place = (start // POSITION, -(-end // POSITION))
            marked.extend((token, place if i == 0 else NOWHERE) for i, token in enumerate(vocabulary.encode(word)))

    def stamp(time):
        place = time // POSITION
        marked.append((vocabulary.timestamp(time / RATE), (max(place - EDGE, 0), place + EDGE)))

    if not times:
        marked.append((vocabulary.notimestamps, NOWHERE))
    for number, s in enumerate(window.spoken):
        listed = s.whole or number == 0
        if times:
            stamp(s.start)
        if listed or not times:
            text(s)
        if times and listed:
            stamp(s.end)
        if times and number == 0 and not s.whole:
            stamp(s.end)
    if times and not marked:
        marked.append((vocabulary.first_timestamp, NOWHERE))
    return [*marked, (vocabulary.end, NOWHERE)]


def sequence(rng, window, vocabulary, text_context):
    """(tokens, targets, places): targets are -1 where nothing is to be learned; places are those of the targets. At the start
    of the transcript the language is predicted, or that nobody speaks."""
    prompt = []
    if window.spoken and rng.random() < PROMPT_SHARE:
        prompt = vocabulary.encode(window.before)[-int(rng.integers(1, text_context // 2)) :]
        if rng.random() < 0.1:  # a prompt of words that the model does not know
            prompt = rng.integers(vocabulary.end, size=rng.integers(1, 20)).tolist()
        prompt = [vocabulary.startofprev, *prompt]
    said, places = zip(*transcript(window, vocabulary, rng.random() < TIMES_SHARE))
    tokens = [*prompt, vocabulary.start, vocabulary.language, vocabulary.transcribe, *said][: text_context + 1]
    places = [NOWHERE] * (len(prompt) + 2) + list(places)
    targets = [-1] * len(prompt) + tokens[len(prompt) + 1 :]
    if not window.spoken:
        targets[len(prompt)] = vocabulary.nospeech
    return tokens[:-1], targets, places[: len(targets)]
