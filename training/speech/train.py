"""Trains the speech starter and writes speech.pt, loss.csv and loss.png.

The schedule follows the clock, like that of the chat model: --minutes of wall time, with warm-up, a constant part and a
linear decay to zero. A second head reads words from the encoder by connectionist temporal classification (Graves et al.,
2006); it teaches the encoder early and is not exported.
"""

import argparse
import csv
import os
import pathlib
import platform
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.append(str(pathlib.Path(__file__).parents[1]))  # muon

from evaluate import measured
from mel import LogMel
from muon import Muon
from network import Network, Shape
from plot import plot
from synthesis import BUILD, Clips
from vocabulary import Vocabulary
from windows import WORD_CLASS, Composer, Conditions, sequence, word_classes

HERE = pathlib.Path(__file__).parent
WARM_UP = 2_000  # windows
HARD_AFTER = 30_000  # windows; until then they are spoiled less
PLACE_WEIGHT, LOOK_WEIGHT = 1.0, 0.2
LENGTH_STEP = 8  # lengths of token rows are multiples of it, so that there are few shapes
MASKED_BINS, MASKED_FRAMES = 10, 8
LOGGED, TESTED = 25, 500  # steps a line of the log, and a measure of word errors


def batch(composer, vocabulary, text_context, seed, number, size):
    """(sounds, tokens, targets, places of the targets, words by position)."""
    rng = np.random.default_rng((seed, 1, number))
    hardness = min(1.0, number * size / HARD_AFTER)
    windows = [composer.window(number * size + i, hardness=hardness) for i in range(size)]
    rows = [sequence(rng, w, vocabulary, text_context) for w in windows]
    length = -(-max(len(row[0]) for row in rows) // LENGTH_STEP) * LENGTH_STEP
    tokens = np.full((size, length), vocabulary.end)
    targets = np.full((size, length), -1)
    places = np.zeros((size, length, 2), np.int64)
    for i, (row, wanted, where) in enumerate(rows):
        tokens[i, : len(row)], targets[i, : len(wanted)], places[i, : len(where)] = row, wanted, where
    arrays = np.stack([w.sound for w in windows]), tokens, targets, places, np.stack([word_classes(w) for w in windows])
    return [torch.from_numpy(a) for a in arrays]


def masked(mels, generator):
    """Every second window loses a few neighbouring mel bins and two short times (Park et al., 2019)."""
    batch_size, bins, frames = mels.shape
    draw = torch.rand(batch_size, 7, generator=generator)
    floor = mels.amin(dim=(1, 2), keepdim=True)
    bin_number, frame_number = torch.arange(bins)[None, :, None], torch.arange(frames)[None, None]

    def span(first, width, total, most, numbers):
        start = (draw[:, first] * total).view(-1, 1, 1)
        return (numbers >= start) & (numbers < start + (draw[:, width] * most).view(-1, 1, 1))

    hidden = span(0, 1, bins, MASKED_BINS, bin_number) | span(2, 3, frames, MASKED_FRAMES, frame_number)
    hidden |= span(4, 5, frames, MASKED_FRAMES, frame_number)
    return torch.where(hidden & (draw[:, 6] < 0.5).view(-1, 1, 1), floor, mels)


def losses(network, head, mels, tokens, targets, places, classes, dtype):
    """Of the decoder per token, of the second head per position, and of the last layer's look per token with a place."""
    attention = []
    sound = network.encode(mels, dtype)
    logits = network.decode(tokens, sound, attention)
    wanted = targets.reshape(-1)
    picked = (wanted >= 0).nonzero().squeeze(1)
    decoder = F.cross_entropy(logits.reshape(-1, logits.shape[-1])[picked].float(), wanted[picked])
    word = F.cross_entropy(head(sound.float()).flatten(0, 1).float(), classes.flatten(), ignore_index=-1)
    first, last = places[..., None].unbind(2)
    position = torch.arange(sound.shape[1])
    inside = (position >= first) & (position < last)
    seen = (attention[-1].float() * inside[:, None]).sum(dim=-1).transpose(1, 2)[inside.any(dim=-1)]
    return decoder, word, -(seen + 1e-4).log().mean() if len(seen) else decoder.new_zeros(())


def rate_share(seen, windows, decay):
    """Learning rates as shares of their peak, from the number of windows that were seen."""
    return min(1.0, seen / WARM_UP, (windows - seen) / (decay * windows))


def word_error(network, vocabulary, composer, conditions, count=120):
    windows = [composer.window(i, conditions, None if conditions is None else 1) for i in range(count)]
    return measured(network, vocabulary, [w for w in windows if w.spoken], conditions is None)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=60_000, help="6 seconds each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--decay", type=float, default=0.4, help="share of the windows in which the rate falls to zero")
    parser.add_argument("--resume", action="store_true", help="go on from --out, with its log")
    parser.add_argument("--batch", type=int, default=16, help="windows a step")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=2e-3)
    parser.add_argument("--data", default=str(BUILD))
    parser.add_argument("--out", default=str(BUILD / "speech.pt"))
    parser.add_argument("--log", default=str(HERE / "loss.csv"))
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    audio_positions = Shape.audio_positions
    vocabulary = Vocabulary(audio_positions)
    network = Network(Shape(vocabulary.size), vocabulary.first_timestamp)
    head = torch.nn.Linear(network.shape.width, len(WORD_CLASS) + 1)
    composer = Composer(Clips(f"{options.data}/train"), audio_positions, options.seed)
    held = Composer(Clips(f"{options.data}/new-voices"), audio_positions, options.seed)
    mel = LogMel()
    matrices = [p for name, p in network.parameter.items() if p.dim() == 2 and "embedding" not in name]
    chosen = {id(p) for p in matrices}
    others = [p for p in [*network.parameters(), *head.parameters()] if id(p) not in chosen]
    muon = Muon(matrices)
    adam = torch.optim.AdamW(others, lr=options.adam_rate, betas=(0.9, 0.98), weight_decay=0.0)
    print(f"{network.parameter_count:,} parameters, {vocabulary.size} tokens, {len(WORD_CLASS)} words, "
          f"{platform.processor() or platform.machine()}", flush=True)

    before, step = 0.0, 0
    if options.resume:
        saved = torch.load(options.out)
        network.load_state_dict(saved["weights"])
        head.load_state_dict(saved["head"])
        adam.load_state_dict(saved["adam"])
        for (_, buffer), kept in zip(muon.state, saved["muon"]):
            buffer.copy_(kept)
        before, step = saved["minutes"], saved["steps"]
    start = kept_at = time.monotonic()
    first_step, recent = step, []

    def minutes():
        return before + (time.monotonic() - start) / 60

    def save():
        state = {"weights": network.state_dict(), "head": head.state_dict(), "adam": adam.state_dict(),
                 "muon": [buffer for _, buffer in muon.state], "shape": vars(network.shape), "minutes": minutes(),
                 "steps": step, "windows": step * options.batch}
        torch.save(state, options.out + ".new")
        os.replace(options.out + ".new", options.out)

    with open(options.log, "a" if options.resume else "w", newline="") as file:
        log = csv.writer(file)
        if not options.resume:
            log.writerow(("step", "minutes", "windows", "decoder", "word", "look", "clean_wer", "varied_wer"))
        while (seen := step * options.batch) < options.windows:
            sounds, *wanted = batch(composer, vocabulary, network.shape.text_context, options.seed, step, options.batch)
            adam.zero_grad(set_to_none=True)
            for p in matrices:
                p.grad = None
            decoder, word, look = losses(network, head, masked(mel(sounds), generator), *wanted, torch.bfloat16)
            (decoder + PLACE_WEIGHT * word + LOOK_WEIGHT * look).backward()
            share = rate_share(seen + 1, options.windows, options.decay)
            for group in adam.param_groups:
                group["lr"] = options.adam_rate * share
            adam.step()
            muon.step(options.muon_rate * share)
            step += 1
            recent.append((decoder.item(), word.item(), look.item()))
            now = time.monotonic()
            if step % LOGGED == 0 or seen + options.batch >= options.windows:
                rates = ["", ""]
                if step % TESTED == 0 or seen + options.batch >= options.windows:
                    rates = [f"{word_error(network, vocabulary, held, c):.4f}" for c in (Conditions(), None)]
                row = (step, f"{minutes():.2f}", step * options.batch, *(f"{v:.4f}" for v in np.mean(recent, 0)), *rates)
                log.writerow(row)
                file.flush()
                recent = []
                print(*row, f"{(step - first_step) * options.batch / (now - start):.1f} windows/s", flush=True)
            if now - kept_at > 120:
                save()
                kept_at = now
    save()
    plot(options.log)


if __name__ == "__main__":
    main()
