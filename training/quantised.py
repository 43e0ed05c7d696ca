"""What quantisation costs: perplexity and divergence from F16 of the exported files, computed by the server's engine.

Over conversations of the training kind that were not trained on; per token of their answers. The divergence is
KL(F16 || file) in nats, averaged over positions.
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np
import torch

from corpus import BUILD, Corpus
from export import write
from network import Shape
from tokenizer import Tokenizer

TYPES = ("f16", "q8_0", "q4_k")


def log_probabilities(program, model, tokens, folder):
    out = pathlib.Path(folder) / "logits.f32"
    ids = ",".join(map(str, tokens))
    subprocess.run(
        [program, "logits", model, "--tokens", ids, "--out", out], check=True, stderr=subprocess.DEVNULL
    )
    logits = np.fromfile(out, "<f4").reshape(len(tokens), -1).astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="../build/release/bin/peregrine")
    parser.add_argument("--conversations", type=int, default=200)
    options = parser.parse_args()
    saved = torch.load(BUILD / "starter.pt", map_location="cpu")
    tokenizer = Tokenizer.load(BUILD / "tokenizer.json")
    corpus = Corpus.load(BUILD / "validation.npz")
    files = {}
    for kind in TYPES:
        files[kind] = BUILD / f"peregrine-starter-{kind}.gguf"
        write(files[kind], saved["weights"], Shape(**saved["shape"]), tokenizer, kind)
    loss, divergence, answers, positions = dict.fromkeys(TYPES, 0.0), dict.fromkeys(TYPES, 0.0), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for row in range(min(options.conversations, corpus.count)):
            tokens, flags = corpus.row(row)
            wanted = np.nonzero(flags[1:])[0]
            answers += len(wanted)
            positions += len(tokens)
            for kind in TYPES:
                found = log_probabilities(options.program, files[kind], tokens.tolist(), folder)
                if kind == "f16":
                    reference = found
                loss[kind] -= found[wanted, tokens[1:][wanted]].sum()
                divergence[kind] += (np.exp(reference) * (reference - found)).sum()
    print("| weights | bytes | perplexity of answers | KL from F16, nats |\n|---|---:|---:|---:|")
    for kind in TYPES:
        size = files[kind].stat().st_size
        print(f"| {kind.upper()} | {size:,} | {np.exp(loss[kind] / answers):.4f} | {divergence[kind] / positions:.2e} |")


if __name__ == "__main__":
    main()
