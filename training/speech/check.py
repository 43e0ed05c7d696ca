"""Tests of the speech starter's generators, and of its network against reference outputs where ../shared has them."""

import json
import lzma
import pathlib
import random
import struct
import wave

import numpy as np
import torch

import sentences
from evaluate import edits, words
from mel import LogMel, slaney_filters
from network import Network, Shape
from synthesis import RATE, Speaker, bounds, clip
from vocabulary import Vocabulary
from windows import WORD_CLASS, Composer, sequence, transcript, word_classes

GOLDEN = pathlib.Path(__file__).resolve().parents[3] / "shared/golden/whisper"
SEED = 5


class FewClips:
    """Clips in memory, with Clips' interface."""

    def __init__(self, count):
        speaker = Speaker()
        made = [clip(speaker, SEED, i, False, (("en-us",), ("m1", "f2"), ("en-us",))) for i in range(count)]
        self._sounds, self._starts, self.texts, _ = zip(*made)

    def __len__(self):
        return len(self.texts)

    def sound(self, i):
        return self._sounds[i].astype(np.float32) / 32768

    def words(self, i):
        return self.texts[i].split(), self._starts[i]


def check_sentences():
    rng = random.Random(SEED)
    known = {word.lower() for word in sentences.WORDS}
    for held in (False, True):
        source = sentences.sentences(rng, held)
        for _ in range(2000):
            text = next(source)
            assert set(words(text)) <= known, text
            assert sentences.held_out(text) == held


def check_vocabulary():
    vocabulary = Vocabulary(300)
    assert vocabulary.tokens[:256] == [bytes([b]) for b in range(256)]
    assert len(set(vocabulary.tokens)) == len(vocabulary.tokens)
    assert vocabulary.size == vocabulary.end + 2 + 1 + 6 + 301
    text = "Turn on the light."
    ids = vocabulary.encode(text)
    assert len(ids) == 5 and vocabulary.decode(ids) == " " + text


def check_windows(clips):
    vocabulary, composer = Vocabulary(300), Composer(clips, 300, SEED)
    rng = np.random.default_rng(SEED)
    silent = 0
    for i in range(300):
        window = composer.window(i)
        assert window.sound.shape == (300 * 320,) and np.isfinite(window.sound).all() and np.abs(window.sound).max() <= 1
        assert (window.sound == composer.window(i).sound).all(), "a window depends on its number alone"
        tokens, targets, places = sequence(rng, window, vocabulary, 128)
        assert len(tokens) == len(targets) == len(places) <= 128 and max(tokens) < vocabulary.size
        start = tokens.index(vocabulary.start)
        assert targets[start] == (vocabulary.language if window.spoken else vocabulary.nospeech)
        stamps = [t for t, _ in transcript(window, vocabulary, True) if t >= vocabulary.first_timestamp]
        assert stamps and stamps == sorted(stamps)
        assert all(0 <= first <= last <= 300 + 2 for first, last in places)
        heard = word_classes(window)
        assert heard.shape == (300,) and set(heard[heard > 0]) <= {WORD_CLASS[w] for s in window.spoken for w in words(" ".join(s.words))}
        silent += not window.spoken
    assert 5 < silent < 60


def check_bounds_and_edits():
    sound = np.concatenate((np.zeros(1600), np.sin(np.arange(3200)), np.zeros(1600)))
    assert bounds(sound) == (1600, 4800)
    assert edits("a b c".split(), "a c".split()) == 1 and edits([], ["x"]) == 1 and edits(["x"], ["y"]) == 1
    sound = clip(Speaker(), SEED, 1, False, (("en-us",), ("m1",), ("en-us",)))[0].astype(float)
    ends = min(np.abs(sound[:320]).max(), np.abs(sound[-320:]).max())
    assert ends > 0.003 * np.abs(sound).max(), "the times of sentences are those of their speech"


def reference_model(data):
    """A network with the weights of a ggml .bin file."""
    figures = struct.unpack_from("<11i", data, 4)
    vocabulary, positions, width, heads, encoder_layers, text_context, _, _, decoder_layers, mels, _ = figures
    shape = Shape(vocabulary, positions, text_context, width, heads, encoder_layers, decoder_layers, mels)
    network = Network(shape, vocabulary - positions - 1)
    at = 4 + 4 * 11
    rows, columns = struct.unpack_from("<2i", data, at)
    filters = np.frombuffer(data, "<f4", rows * columns, at + 8).reshape(rows, columns)
    at += 8 + filters.nbytes
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        at += 4 + struct.unpack_from("<i", data, at)[0]
    while at < len(data):
        dimensions, length, kind = struct.unpack_from("<3i", data, at)
        size = int(np.prod(struct.unpack_from(f"<{dimensions}i", data, at + 12)))
        at += 12 + 4 * dimensions
        name = data[at : at + length].decode()
        values = np.frombuffer(data, "<f2" if kind else "<f4", size, at + length).astype(np.float32)
        at += length + size * (2 if kind else 4)
        target = network.parameter.get(name, network.audio_places)
        target.data.copy_(torch.from_numpy(values).view(target.shape))
    return network, filters


@torch.no_grad()
def check_network():
    name = "whisper-80mel-f16"
    if not (GOLDEN / f"{name}.json").exists():
        print("skipped: no reference outputs of whisper")
        return
    run = json.loads((GOLDEN / f"{name}.json").read_text())["runs"][0]
    network, filters = reference_model(lzma.open(GOLDEN / f"{name}.bin.xz").read())
    assert np.abs(filters - slaney_filters()).max() < 1e-7
    with wave.open(str(GOLDEN / run["audio"])) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
    mel = LogMel()(torch.from_numpy(np.pad(sound, (0, 30 * RATE - len(sound))))[None])
    assert max(abs(float(mel[0, i, t]) - v) for i, t, v in run["mel"]["samples"] if t < mel.shape[2]) < 1e-4
    encoded = network.encode(mel)
    assert max(abs(float(encoded[0, t, c]) - v) for t, c, v in run["encoder"]["samples_exact"] if t < encoded.shape[1]) < 5e-3
    logits = network.decode(torch.tensor([run["prefix"]]), encoded)[0]
    for row, position in zip(logits, run["positions"]):
        assert max(abs(float(row[i]) - v) for i, v in zip(position["top_indices"], position["exact"]["top"])) < 5e-3


def main():
    check_sentences()
    check_vocabulary()
    check_bounds_and_edits()
    check_windows(FewClips(40))
    check_network()
    print("speech: all checks passed")


if __name__ == "__main__":
    main()
