"""Speaks sentences with libespeak-ng and keeps them as 16 kHz sound with the times of their words.

A set is a folder: sound.i16 (all samples), clips.npz (where each clip lies) and clips.json (texts, voices). Clip i depends
on the seed and i alone.
"""

import argparse
import ctypes
import itertools
import json
import multiprocessing
import os
import pathlib
import random

import numpy as np

import sentences

BUILD = pathlib.Path(__file__).parents[1] / "build/speech"
RATE = 16000
LIBRARY = "libespeak-ng.so.1"
ACCENTS = ("en-us", "en", "en-us-nyc", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
VARIANTS = (
    "m1 m2 m3 m4 m6 m7 f1 f2 f3 f5 Alex Alicia Andrea Andy Annie Denis Gene Hugo Jacky Lee Marco Mike adam anika antonio aunty "
    "belinda benjamin boris caleb david ed edward grandpa iven john klatt klatt2 klatt4 linda max michel miguel norbert paul "
    "pedro quincy rob sandro shelby steph travis zac"
).split()
HELD_OUT_ACCENTS = ("en-gb-x-rp",)
HELD_OUT_VARIANTS = "m5 m8 f4 Michael Mario Nguyen klatt3 robert steph3 victor".split()
PLAIN_SHARE = 0.2  # of clips spoken by an accent's own voice
SYNCHRONOUS, SSML_OFF_UTF8, WORD_EVENT = 2, 1, 1
SPEED, PITCH, RANGE, WORD_GAP = 1, 3, 4, 7
CHUNK = 500


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("message", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


class Speaker:
    """One per process: the library keeps its state in globals."""

    def __init__(self):
        self._library = ctypes.CDLL(LIBRARY)
        self.rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, None, 0)
        if self.rate <= 0:
            raise RuntimeError("espeak-ng's data is missing")
        self._callback = CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)
        self._sound, self._words = [], []

    def _receive(self, samples, count, events):
        if samples and count > 0:
            self._sound.append(np.ctypeslib.as_array(samples, (count,)).copy())
        for i in itertools.count():
            if events[i].type == 0:
                return 0
            if events[i].type == WORD_EVENT:
                self._words.append((events[i].text_position, events[i].sample))

    def speak(self, text, voice, speed, pitch, pitch_range, gap):
        """Samples at self.rate, and (position in the text from 1, sample) of each word."""
        self._sound, self._words = [], []
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise RuntimeError(f"no voice {voice}")
        for parameter, figure in ((SPEED, speed), (PITCH, pitch), (RANGE, pitch_range), (WORD_GAP, gap)):
            self._library.espeak_SetParameter(parameter, figure, 0)
        data = text.encode()
        self._library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, SSML_OFF_UTF8, None, None)
        return np.concatenate(self._sound) if self._sound else np.zeros(0, np.int16), self._words


def resampled(samples, rate):
    """To 16 kHz, by cutting the spectrum; a little silence on both sides takes up what wraps around."""
    padded = np.concatenate((np.zeros(rate // 50), samples, np.zeros(rate // 50)))
    step = rate // 50  # of so many samples 16000 / 50 remain
    padded = np.pad(padded, (0, -len(padded) % step))
    count = len(padded) * RATE // rate
    spectrum = np.fft.rfft(padded)[: count // 2 + 1]
    return np.fft.irfft(spectrum, count)[RATE // 50 :] * (RATE / rate)


def bounds(samples, below=0.004):
    """First and last sample of what is louder than a share of the loudest 10 ms."""
    frames = np.abs(samples[: len(samples) // 160 * 160].reshape(-1, 160)).max(axis=1)
    loud = np.nonzero(frames > frames.max() * below)[0]
    return int(loud[0]) * 160, (int(loud[-1]) + 1) * 160


def voice_of(rng, voices):
    accents, variants, plain = voices
    if rng.random() < PLAIN_SHARE:
        return rng.choice(plain)
    return f"{rng.choice(accents)}+{rng.choice(variants)}"


def word_starts(text, words, sound):
    """Where each word of the text starts; words spoken as one ("in the") have one event, the rest is interpolated."""
    at = dict(reversed(words))
    at.setdefault(1, 0)
    at[len(text) + 1] = len(sound)
    known = sorted(at)
    positions = [i + 1 for i in range(len(text)) if i == 0 or text[i - 1] == " "]
    return np.interp(positions, known, [at[p] for p in known])


def clip(speaker, seed, index, held_texts, voices):
    """(16-bit samples, word starts, text, voice)."""
    rng = random.Random(f"{seed}:{index}:{held_texts}")
    text = next(sentences.sentences(rng, held_texts))
    voice = voice_of(rng, voices)
    speed, pitch = round(rng.triangular(115, 230, 165)), round(rng.triangular(15, 85, 50))
    sound, words = speaker.speak(text, voice, speed, pitch, rng.randint(25, 80), rng.choice((0, 0, 0, 1, 3)))
    starts = word_starts(text, words, sound) * (RATE / speaker.rate)
    sound = resampled(sound.astype(np.float64), speaker.rate)
    first, last = bounds(sound)
    starts = [min(max(round(at) - first, 0), last - first) for at in starts]
    starts[0] = 0
    sound = sound[first:last]
    sound *= 20000 / np.abs(sound).max()
    return np.round(sound).astype(np.int16), starts, text, voice


_speaker = None


def _chunk(job):
    global _speaker
    if _speaker is None:
        os.nice(19)
        _speaker = Speaker()
    seed, first, count, held_texts, voices = job
    return [clip(_speaker, seed, index, held_texts, voices) for index in range(first, first + count)]


def build(folder, seed, count, held_texts, voices, processes):
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(seed, first, min(CHUNK, count - first), held_texts, voices) for first in range(0, count, CHUNK)]
    lengths, word_starts, texts, speakers = [], [], [], []
    with open(folder / "sound.i16", "wb") as file, multiprocessing.Pool(processes) as pool:
        for clips in pool.imap(_chunk, jobs):
            for sound, starts, text, voice in clips:
                file.write(sound.tobytes())
                lengths.append(len(sound))
                word_starts.append(starts)
                texts.append(text)
                speakers.append(voice)
            print(f"\r{folder.name}: {len(texts):,} of {count:,} clips", end="", flush=True)
    np.savez(folder / "clips.npz", offsets=np.cumsum([0, *lengths]), starts=np.concatenate(word_starts))
    (folder / "clips.json").write_text(json.dumps({"texts": texts, "voices": speakers}))
    print(f"\n{sum(lengths) / RATE / 3600:.1f} hours, {sum(map(len, word_starts)):,} words", flush=True)


class Clips:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        about = np.load(folder / "clips.npz")
        self._sound = np.memmap(folder / "sound.i16", np.int16, "r")
        self._offsets = about["offsets"]
        rest = json.loads((folder / "clips.json").read_text())
        self.texts, self.voices = rest["texts"], rest["voices"]
        self._word_offsets = np.cumsum([0, *(len(text.split()) for text in self.texts)])
        self._starts = about["starts"]

    def __len__(self):
        return len(self.texts)

    def sound(self, i):
        return self._sound[self._offsets[i] : self._offsets[i + 1]].astype(np.float32) / 32768

    def words(self, i):
        """The text's words, and where each starts in the clip, in samples."""
        return self.texts[i].split(), self._starts[self._word_offsets[i] : self._word_offsets[i + 1]].tolist()


SETS = {  # name: (share of the count, held-out texts, voices)
    "train": (1.0, False, (ACCENTS, VARIANTS, ACCENTS)),
    "new-texts": (0.02, True, (ACCENTS, VARIANTS, ACCENTS)),
    "new-voices": (0.02, True, (HELD_OUT_ACCENTS + ACCENTS[:2], HELD_OUT_VARIANTS, HELD_OUT_ACCENTS)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=str(BUILD))
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    for name, (share, held_texts, voices) in reversed(list(SETS.items())):
        count = round(options.count * share)
        build(pathlib.Path(options.data) / name, options.seed, count, held_texts, voices, options.processes)


if __name__ == "__main__":
    main()
