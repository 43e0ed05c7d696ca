"""Word error rates of trained weights on clips that training never had, by condition.

Decoding is greedy and bare: the engine's rules and fallbacks come on top. Prints the table of README.md.
"""

import argparse
import pathlib

import numpy as np
import torch

from mel import LogMel
from network import Network, Shape
from synthesis import BUILD, Clips
from vocabulary import Vocabulary
from windows import Composer, Conditions, transcript

CONDITIONS = {
    "clean": Conditions(),
    "quiet (-30 dB)": Conditions(level=-30),
    "noise 20 dB": Conditions(signal_to_noise=20),
    "noise 10 dB": Conditions(signal_to_noise=10),
    "noise 5 dB": Conditions(signal_to_noise=5),
    "room": Conditions(room=True),
    "equaliser": Conditions(equalise=True),
    "room and noise 15 dB": Conditions(room=True, signal_to_noise=15),
}
BATCH = 40


@torch.no_grad()
def recognised(network, vocabulary, mels, times, dtype=torch.bfloat16):
    """Tokens after <|transcribe|> of each window up to the end, and the probability that nobody speaks."""
    sound = network.encode(mels, dtype)
    head = [vocabulary.start, vocabulary.language, vocabulary.transcribe] + [vocabulary.notimestamps] * (not times)
    tokens = torch.tensor([head] * len(mels))
    ended = torch.zeros(len(mels), dtype=torch.bool)
    nobody = None
    while tokens.shape[1] < network.shape.text_context // 2 + len(head) and not ended.all():
        logits = network.decode(tokens, sound).float()
        if nobody is None:
            nobody = logits[:, 0].softmax(-1)[:, vocabulary.nospeech]
        last = logits[:, -1]
        if times and tokens.shape[1] == len(head):
            last[:, : vocabulary.first_timestamp] = -torch.inf
        chosen = last.argmax(-1).masked_fill(ended, vocabulary.end)
        ended |= chosen == vocabulary.end
        tokens = torch.cat((tokens, chosen[:, None]), dim=1)
    rows = tokens[:, len(head) :].tolist()
    return [row[: row.index(vocabulary.end)] if vocabulary.end in row else row for row in rows], nobody


def words(text):
    return text.lower().replace(".", "").replace("?", "").split()


def edits(wanted, got):
    """Levenshtein's distance of two lists."""
    row = list(range(len(got) + 1))
    for i, a in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def measured(network, vocabulary, windows, times):
    """(word error rate, share of windows without error, median error of the times in seconds or None, misses)."""
    mel = LogMel()
    wrong = total = exact = 0
    late, misses = [], []
    for first in range(0, len(windows), BATCH):
        part = windows[first : first + BATCH]
        found, _ = recognised(network, vocabulary, mel(torch.from_numpy(np.stack([w.sound for w in part]))), times)
        for window, ids in zip(part, found):
            expected = [token for token, _ in transcript(window, vocabulary, times)][:-1]
            wanted, got = words(vocabulary.decode(expected)), words(vocabulary.decode(ids))
            distance = edits(wanted, got)
            wrong, total, exact = wrong + distance, total + len(wanted), exact + (distance == 0)
            if distance:
                misses.append((" ".join(wanted), " ".join(got)))
            stamps = [[i for i in row if i >= vocabulary.first_timestamp] for row in (expected, ids)]
            if len(stamps[0]) == len(stamps[1]):
                late += [abs(a - b) * 0.02 for a, b in zip(*stamps)]
    return wrong / max(total, 1), exact / len(windows), float(np.median(late)) if late else None, misses


def silence(network, vocabulary, composer, count):
    """Shares of windows called silent (probability above 0.6): of those without speech, and of those with it."""
    mel, called = LogMel(), {False: [], True: []}
    number = 0
    while min(map(len, called.values())) < count:
        window = composer.window(number)
        number += 1
        if len(called[bool(window.spoken)]) < count:
            called[bool(window.spoken)].append(window.sound)
    shares = []
    for sounds in called.values():
        parts = [mel(torch.from_numpy(np.stack(sounds[i : i + BATCH]))) for i in range(0, count, BATCH)]
        nobody = torch.cat([recognised(network, vocabulary, part, True)[1] for part in parts])
        shares.append((nobody > 0.6).float().mean().item())
    return shares


def load(path):
    saved = torch.load(path, map_location="cpu")
    shape = Shape(**saved["shape"])
    vocabulary = Vocabulary(shape.audio_positions)
    network = Network(shape, vocabulary.first_timestamp)
    network.load_state_dict(saved["weights"])
    return network, vocabulary


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", default=str(BUILD / "speech.pt"))
    parser.add_argument("--data", default=str(BUILD))
    parser.add_argument("--count", type=int, default=400, help="windows a condition")
    parser.add_argument("--misses", help="file for what was heard wrongly")
    options = parser.parse_args()
    torch.set_num_threads(1)
    network, vocabulary = load(options.weights)
    sets = ("new-texts", "new-voices")
    composers = [Composer(Clips(pathlib.Path(options.data) / name), network.shape.audio_positions, 99) for name in sets]
    misses = []

    def row(name, conditions, count, times):
        cells, medians = [], []
        for composer in composers:
            windows = [composer.window(i, conditions, count) for i in range(options.count)]
            windows = [w for w in windows if w.spoken]
            rate, exact, median, missed = measured(network, vocabulary, windows, times)
            misses.extend((name, *miss) for miss in missed)
            cells += [f"{rate:.1%}", f"{exact:.0%}"]
            medians.append(median)
        error = f"{max(medians):.2f} s" if all(m is not None for m in medians) else ""
        print(f"| {name} | {' | '.join(cells)} | {error} |", flush=True)

    print("| | new texts: word errors | sentences right | new texts and voices: word errors | sentences right | times, median error |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, conditions in CONDITIONS.items():
        row(name, conditions, 1, False)
    row("clean, with times", Conditions(), 1, True)
    row("several sentences, spoiled as in training, with times", None, None, True)
    found, mistaken = silence(network, vocabulary, composers[1], options.count)
    print(f"\nCalled silent: {found:.1%} of windows without speech, {mistaken:.1%} of those with it.")
    if options.misses:
        pathlib.Path(options.misses).write_text("".join(f"{name}: {wanted} | {got}\n" for name, wanted, got in misses))


if __name__ == "__main__":
    main()
