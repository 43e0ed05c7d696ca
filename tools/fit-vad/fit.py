#!/usr/bin/env python3
"""Fits the voice activity detector's weights and writes src/sound/vad/weights.cc; prints how it does on what it was not fitted on.

Needs espeak-ng, sox, a C++ compiler, kissfft, numpy and torch. Same seed, same sounds; the weights depend on torch's version.
"""
import argparse
import multiprocessing
import pathlib
import re
import subprocess
import tempfile

import numpy as np
import torch

import sounds

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = 4  # of the sounds, each from a seed of its own
HIDDEN = (32, 16)
FEATURES = int(re.search(r"kVadFeatures = (\d+)", (ROOT / "src/sound/vad/context.h").read_text()).group(1))
LARGEST_INPUT = 6.0  # as in classifier.cc
THRESHOLD = 0.5      # as in VadOptions
# Missing speech is worse than hearing some where there is none. In fitting it weighs so much that the network looks for it
# hard; the answers are then moved to where a lower weight would have them, or pauses in loud recordings would not be found.
SPEECH_WEIGHT = 4.0
ODDS = 1.6
TREMBLE = 0.25       # of inputs, in deviations: real recordings are never quite like those made here
EDGE = 6             # frames on either side of a border of speech that nobody is asked about

# Seconds of a recording of an inaugural address (1961) with words in them, as in detection_test.cc. For judging only.
WORDS = ((0.3, 2.2), (3.25, 3.75), (4.0, 4.35), (5.4, 7.65), (8.2, 10.4))

# What sox makes, for judging only.
SOX = {
    "digital silence": "trim 0 8",
    "white noise": "synth 8 whitenoise vol 0.3",
    "pink noise": "synth 8 pinknoise vol 0.5",
    "brown noise": "synth 8 brownnoise vol 0.5",
    "dither": "synth 8 tpdfnoise vol 0.00006",
    "mains hum": "synth 8 square 50 vol 0.3",
    "buzz": "synth 8 sawtooth 120 vol 0.3",
    "chord": "synth 8 sine 220 sine 277.2 sine 329.6 remix - vol 0.5",
    "plucked chord": "synth 4 pluck G2 pluck B2 pluck D3 pluck G3 delay 0 0.05 0.1 0.15 remix - vol 0.5",
    "plucked melody": "synth 0.5 pluck A3 : synth 0.5 pluck C4 : synth 0.5 pluck E4 : synth 0.25 pluck G3 : "
                      "synth 0.25 pluck A4 : synth 0.5 pluck B3 : synth 1 pluck E3",
    "linear sweep": "synth 8 sine 100:6000 vol 0.5",
    "logarithmic sweep": "synth 8 sine 100/6000 vol 0.5",
    "square sweep": "synth 8 square 80:400 vol 0.5",
    "tremolo tone": "synth 8 sine 440 tremolo 5 90 vol 0.5",
    "tremolo sawtooth": "synth 8 sawtooth 150 tremolo 4 80 vol 0.5",
    "tremolo noise": "synth 8 pinknoise tremolo 4 90 vol 0.5",
    "organ": "synth 8 sawtooth 196 sawtooth 246.9 sawtooth 293.7 remix - lowpass 1500 reverb vol 0.3",
    "bends": "synth 8 sawtooth 200 bend 0.5,300,1 0.5,-500,1 1,400,1 vol 0.5",
    "chopped noise": "synth 0.3 whitenoise pad 0 0.2 repeat 15 vol 0.3",
    "clicks": "synth 0.005 whitenoise pad 0 0.395 repeat 20",
    "DTMF": "synth 0.1 sine 697 sine 1209 remix - pad 0 0.1 repeat 30 vol 0.5",
}


class Extractor:
    """The C++ features: what is fitted is what is run."""

    @staticmethod
    def build(folder):
        program = str(folder / "features")
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "kissfft-float"], stdout=subprocess.PIPE, check=True, text=True)
        parts = [str(ROOT / "src/sound/vad" / name) for name in ("frame.cc", "context.cc", "detector.cc")]
        subprocess.run(["c++", "-std=c++20", "-O2", "-I", str(ROOT / "src"), str(ROOT / "tools/fit-vad/features.cc"), *parts,
                        *flags.stdout.split(), "-o", program], check=True)
        return program

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, samples):
        samples = samples.astype(np.float32)
        self.process.stdin.write(np.uint32(len(samples)).tobytes() + samples.tobytes())
        self.process.stdin.flush()
        count = int.from_bytes(self.process.stdout.read(4), "little")
        return np.frombuffer(self.process.stdout.read(count * FEATURES * 4), "<f4").reshape(count, FEATURES)


def words():
    text = " ".join(path.read_text() for path in sorted((ROOT / "docs").rglob("*.md")))
    return sorted(set(re.findall(r"[A-Za-z']{2,}", text)))


def collect(job):
    """Features, labels, whether a frame counts, and its scene."""
    program, seed, n_clips, n_scenes, held_out = job
    extract = Extractor(program)
    random = np.random.default_rng(seed)
    speech = sounds.Speech(random, words(), held_out)
    clips = [speech.utterance() for _ in range(n_clips)]
    features, labels, counts, scenes = [], [], [], []
    for index in range(n_scenes):
        samples, label = sounds.scene(random, clips)
        edges = np.flatnonzero(label[1:] != label[:-1]) + 1
        count = np.ones(len(label), bool)
        for offset in range(-EDGE, EDGE):
            count[np.clip(edges + offset, 0, len(label) - 1)] = False
        features.append(extract(samples))
        labels.append(label)
        counts.append(count)
        scenes.append(np.full(len(label), index))
    return tuple(np.concatenate(part) for part in (features, labels, counts, scenes))


def fit(features, labels, counts, epochs):
    torch.manual_seed(1)
    mean = features.mean(0)
    scale = 1 / (features.std(0) + 1e-6)
    features, labels = features[counts][::2], labels[counts][::2]  # neighbours are alike
    inputs = torch.tensor(np.clip((features - mean) * scale, -LARGEST_INPUT, LARGEST_INPUT))
    targets = torch.tensor(labels.astype(np.float32)) * 0.98 + 0.01
    weights = torch.tensor(np.where(labels, SPEECH_WEIGHT, 1.0).astype(np.float32))
    layers, width = [], FEATURES
    for hidden in HIDDEN:
        layers += [torch.nn.Linear(width, hidden), torch.nn.ReLU(), torch.nn.Dropout(0.05)]
        width = hidden
    network = torch.nn.Sequential(*layers, torch.nn.Linear(width, 1))
    batch = 2048
    per_epoch = len(inputs) // batch
    optimiser = torch.optim.AdamW(network.parameters(), lr=6e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=epochs * per_epoch + 1)
    for epoch in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for step in range(per_epoch):
            chosen = order[step * batch:(step + 1) * batch]
            x = inputs[chosen]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                network(x + TREMBLE * torch.randn_like(x)).squeeze(1), targets[chosen], weights[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / per_epoch:.4f}", flush=True)
    with torch.no_grad():
        network[-1].bias -= float(np.log(SPEECH_WEIGHT / ODDS))
    linear = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    return mean, scale, [(layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in linear]


def judge(model, features):
    mean, scale, layers = model
    x = np.clip((features - mean) * scale, -LARGEST_INPUT, LARGEST_INPUT)
    for weight, bias in layers[:-1]:
        x = np.maximum(0, x @ weight.T + bias)
    weight, bias = layers[-1]
    return 1 / (1 + np.exp(-(x @ weight.T + bias)[:, 0]))


def write(model, path):
    mean, scale, ((weight1, bias1), (weight2, bias2), (weight3, bias3)) = model

    def table(values):
        texts = []
        for value in np.asarray(values).ravel():
            text = f"{value:.4g}"
            texts.append(text + ("F" if "." in text or "e" in text else ".0F"))
        lines, line = [], ""
        for text in texts:
            if len(line) + len(text) > 104:
                lines.append(line.rstrip())
                line = ""
            line += text + ", "
        return "{\n     " + "\n     ".join(lines + [line.rstrip(", ")]) + "}"

    parts = [("mean", mean), ("scale", scale), ("bias1", bias1), ("weight1", weight1), ("bias2", bias2), ("weight2", weight2)]
    body = "".join(f"    .{name} = {table(values)},\n" for name, values in parts)
    body += f"    .bias3 = {table(bias3)[1:-1].strip()},\n    .weight3 = {table(weight3)},\n"
    path.write_text("// Written by tools/fit-vad/fit.py, which says how well it does.\n#include \"sound/vad/weights.h\"\n\n"
                    "namespace peregrine::sound {\n\n// clang-format off\n"
                    "const VadWeights kVadWeights = {\n" + body + "};\n// clang-format on\n\n}  // namespace peregrine::sound\n")


def report(extract, model, held_out):
    features, labels, counts, scenes = held_out
    heard = judge(model, features) > THRESHOLD
    speech, other = labels & counts, ~labels & counts
    precision = (heard & speech).sum() / (heard & counts).sum()
    print(f"held out: {len(labels) / 360000:.2f} h, recall {heard[speech].mean():.4f}, precision {precision:.4f}, "
          f"false alarms {heard[other].mean():.4f} of frames")
    without = [scene for scene in np.unique(scenes) if not labels[scenes == scene].any()]
    wrong = [heard[scenes == scene].mean() for scene in without]
    print(f"scenes without speech: {len(without)}, of which {sum(w > 0.05 for w in wrong)} with over 5 % heard as speech; "
          f"{np.mean(wrong):.4f} of their frames")
    for name, effects in SOX.items():
        command = ["sox", "-R", "-n", "-r", "16000", "-b", "16", "-t", "wav", "-", *effects.split()]
        made = sounds.read_wav(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout)
        chances = judge(model, extract(made))
        print(f"  {name:18} highest {chances.max():.2f}, frames heard {np.mean(chances > THRESHOLD):.3f}")
    jfk = ROOT.parent / "shared/golden/whisper/jfk.wav"
    if jfk.exists():
        clean = sounds.read_wav(jfk.read_bytes())
        words_at = np.concatenate([np.arange(int(begin * 100), int(end * 100)) for begin, end in WORDS])
        random = np.random.default_rng(1)
        loudness = np.sqrt(np.mean(clean ** 2))
        variants = {"as it is": clean, "30 dB quieter": np.round(clean * 10 ** -1.5 * 32768) / 32768,
                    "telephone": sounds.filtered(clean, sounds.band(300, 3400))}
        for ratio in (20, 10, 5, 0):
            variants[f"white noise {ratio} dB below"] = clean + random.standard_normal(len(clean)) * loudness * 10 ** (-ratio / 20)
        print("a real recording: frames with words that are heard")
        for name, samples in variants.items():
            print(f"  {name:26} {np.mean(judge(model, extract(samples))[words_at] > THRESHOLD):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=1200)
    parser.add_argument("--scenes", type=int, default=2400)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2, help="processes that make sounds")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "src/sound/vad/weights.cc")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        program = Extractor.build(pathlib.Path(folder))
        jobs = [(program, seed, options.clips // PARTS, options.scenes // PARTS, False) for seed in range(PARTS)]
        with multiprocessing.Pool(options.jobs) as pool:
            parts = pool.map(collect, jobs)
        features, labels, counts = (np.concatenate(part) for part in list(zip(*parts))[:3])
        print(f"fitting on {len(labels) / 360000:.1f} h, {labels.mean():.2f} of it speech", flush=True)
        model = fit(features, labels, counts, options.epochs)
        write(model, options.out)
        report(Extractor(program), model, collect((program, 1000, 200, 400, True)))


if __name__ == "__main__":
    main()
