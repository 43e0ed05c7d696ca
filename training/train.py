"""Trains the starter on the built corpus and writes build/starter.pt, loss.csv and loss.png.

The schedule follows the clock, not a number of steps: --minutes of wall time are used whatever the machine,
with warm-up, a constant part and a linear decay to zero over the last part. With a CUDA device it is used.
Matrices in the layers are optimised by Muon (Jordan et al., 2024: momentum, orthogonalised by Newton-Schulz
iterations), everything else by AdamW.
"""

import argparse
import csv
import os
import pathlib
import platform
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from corpus import Corpus
from muon import Muon
from network import Network, Shape

HERE = pathlib.Path(__file__).parent
BUILD = HERE / "build"
WARM_UP, DECAY = 0.02, 0.45  # shares of the time
STEP = 32  # lengths of batches are multiples of it, so that there are few shapes
PICKED = 256
PROMPT_SHARE = 0.12  # of prompt positions that are trained on as well, so that the model learns the language of prompts


def batch_loss(network, tokens, answers, dtype, generator, reduction="mean"):
    """Cross-entropy of the answers' tokens and, with a generator, of a random share of the prompts'."""
    targets = tokens[:, 1:].reshape(-1)
    flags = answers[:, 1:].reshape(-1)
    picked = (flags > 0).nonzero().squeeze(1)
    if generator is not None:
        prompt = (flags == 0).nonzero().squeeze(1)
        # A multiple of PICKED in all: compiled matrix products are kept by shape.
        extra = min(len(prompt), -(-int(len(picked) + PROMPT_SHARE * len(prompt)) // PICKED) * PICKED - len(picked))
        chosen = torch.randperm(len(prompt), generator=generator)[:extra]
        picked = torch.cat((picked, prompt[chosen.to(prompt.device)]))
    hidden = network.hidden(tokens[:, :-1], dtype)
    logits = network.logits(hidden.reshape(-1, hidden.shape[-1])[picked])
    return F.cross_entropy(logits.float(), targets[picked], reduction=reduction), picked.numel()


def rate_share(done, decay):
    """Learning rates as shares of their peak, from the share of the time that has passed."""
    if done < WARM_UP:
        return done / WARM_UP
    return min(1.0, (1 - done) / decay) if decay else 1.0


def rounded(length):
    return -(-length // STEP) * STEP


def padded(corpus, rows, device, count=None):
    """[count or rows, longest] tokens and answer flags: 1 answer, 0 prompt, -1 padding."""
    length = rounded(max(corpus.length(r) for r in rows)) + 1
    tokens = np.zeros((count or len(rows), length), dtype=np.int64)
    answers = np.full((count or len(rows), length), -1, dtype=np.int64)
    for i, row in enumerate(rows):
        ids, flags = corpus.row(row)
        tokens[i, : len(ids)] = ids
        answers[i, : len(ids)] = flags
    return torch.from_numpy(tokens).to(device), torch.from_numpy(answers).to(device)


def batches(corpus, rng, tokens_per_batch):
    """Rows of like length together, batches in random order, for ever."""
    while True:
        order = list(range(corpus.count))
        rng.shuffle(order)
        groups = []
        for start in range(0, len(order), 4096):
            part = sorted(order[start : start + 4096], key=corpus.length)
            block = []
            group = []
            for row in part:
                if group and rounded(corpus.length(row)) * (len(group) + 1) > tokens_per_batch:
                    block.append(group)
                    group = []
                group.append(row)
            block.append(group)
            rng.shuffle(block)
            groups += block
            yield from groups
            groups = []


@torch.no_grad()
def validation(network, corpus, dtype, device):
    """Mean loss per answer token on conversations of the training kind that are not trained on."""
    total, count = 0.0, 0
    rows = sorted(range(corpus.count), key=corpus.length)
    for start in range(0, len(rows), 16):
        tokens, answers = padded(corpus, rows[start : start + 16], device)
        loss, n = batch_loss(network, tokens, answers, dtype, None, "sum")
        total, count = total + loss.item(), count + n
    return total / count


def plot(path, out):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    with open(path) as file:
        rows = list(csv.DictReader(file))
    figure, axes = plt.subplots(figsize=(8, 4.5))
    axes.plot([int(r["tokens"]) / 1e6 for r in rows], [float(r["train"]) for r in rows], label="training", linewidth=0.8)
    held = [r for r in rows if r["validation"]]
    axes.plot([int(r["tokens"]) / 1e6 for r in held], [float(r["validation"]) for r in held], label="validation")
    axes.set(xlabel="million tokens", ylabel="loss, nats per token", yscale="log", title="peregrine-starter")
    axes.grid(True, which="both", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(out, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=4096, help="tokens in one forward")
    parser.add_argument("--accumulate", type=int, default=2, help="forwards in one step")
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=4e-3)
    parser.add_argument("--decay", type=float, default=DECAY, help="share of the time in which the rate falls to zero")
    parser.add_argument("--resume", action="store_true", help="go on from the weights in --out, and with its log")
    parser.add_argument("--out", default=str(BUILD / "starter.pt"))
    parser.add_argument("--log", default=str(HERE / "loss.csv"))
    options = parser.parse_args()

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    corpus, held = Corpus.load(BUILD / "train.npz"), Corpus.load(BUILD / "validation.npz")
    network = Network(Shape()).to(device)
    before = {"tokens": 0, "minutes": 0.0, "steps": 0}
    if options.resume:
        before = torch.load(options.out, map_location=device)
        network.load_state_dict(before["weights"])
        rng.seed(f"{options.seed}:{before['steps']}")
    matrices = [p for name, p in network.named_parameters() if p.dim() == 2 and name != "embedding"]
    others = [p for name, p in network.named_parameters() if p.dim() == 1 or name == "embedding"]
    muon = Muon(matrices)
    adam = torch.optim.AdamW(others, lr=options.adam_rate, betas=(0.9, 0.98), weight_decay=0.0)
    source = batches(corpus, rng, options.batch)
    print(f"{network.parameter_count:,} parameters, {corpus.tokens:,} tokens, {device}, {platform.processor() or platform.machine()}", flush=True)

    def save(minutes, tokens, step):
        torch.save({"weights": network.state_dict(), "shape": vars(network.shape), "tokens": tokens, "minutes": minutes,
                    "steps": step}, options.out)

    start = saved = measured = time.monotonic()
    seen, step, recent = before["tokens"], before["steps"], []

    def minutes():
        return before["minutes"] + (time.monotonic() - start) / 60

    with open(options.log, "a" if options.resume else "w", newline="") as file:
        log = csv.writer(file)
        if not options.resume:
            log.writerow(("step", "minutes", "tokens", "train", "validation"))
        while (done := (time.monotonic() - start) / 60 / options.minutes) < 1:
            total = 0.0
            for p in network.parameters():
                p.grad = None
            for _ in range(options.accumulate):
                rows = next(source)
                longest = rounded(max(corpus.length(r) for r in rows))
                tokens, answers = padded(corpus, rows, device, max(1, options.batch // longest))
                loss, _ = batch_loss(network, tokens, answers, torch.bfloat16, generator)
                (loss / options.accumulate).backward()
                total += loss.item() / options.accumulate
                seen += sum(corpus.length(r) for r in rows)
            for group in adam.param_groups:
                group["lr"] = options.adam_rate * rate_share(done, options.decay)
            adam.step()
            muon.step(options.muon_rate * rate_share(done, options.decay))
            step += 1
            recent.append(total)
            now = time.monotonic()
            if step % 20 == 0:
                checked = ""
                if now - measured > 400 or step == before["steps"] + 20:
                    checked, measured = f"{validation(network, held, torch.bfloat16, device):.4f}", now
                row = (step, f"{minutes():.2f}", seen, f"{sum(recent) / len(recent):.4f}", checked)
                log.writerow(row)
                file.flush()
                recent = []
                print(*row, f"{(seen - before['tokens']) / (now - start):.0f} tokens/s", flush=True)
            if now - saved > 300:
                save(minutes(), seen, step)
                saved = now
        final = validation(network, held, torch.bfloat16, device)
        log.writerow((step, f"{minutes():.2f}", seen, f"{total:.4f}", f"{final:.4f}"))
    save(minutes(), seen, step)
    plot(options.log, pathlib.Path(options.log).with_suffix(".png"))
    print(f"validation {final:.4f} after {seen:,} tokens in {minutes():.1f} minutes")


if __name__ == "__main__":
    main()
