#!/usr/bin/python3
"""Reference logits of small `qwen2` and `llama` models, dense or with experts, in float64.

A second implementation, written from the published definitions and not from src/, so that the two can
disagree.

    reference.py write MODEL.gguf --out MODEL.json   # golden values for tests/golden/models
    reference.py compare MODEL.gguf MODEL.json       # the difference from golden values of whatever origin
    reference.py sensitivity MODEL.gguf              # how far the logits move when a part is changed

Only F32 files can be written: with other weights an engine rounds what it multiplies, and the golden file
would have to say how much of that is allowed. Files of F16 and Q8_0 weights can be compared; their golden
files hold the logits of unrounded arithmetic as `truth`. A key or a tensor that is not known here is an
error, never ignored.

Sources:
- GGUF and the names of its tensors: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
- Llama: arXiv 2302.13971 (pre-normalisation, SwiGLU, rotary embeddings), arXiv 2307.09288 (grouped queries)
- Qwen2: arXiv 2407.10671, section 2.2.1 (as Llama, with biases of queries, keys and values)
- Mixtral: arXiv 2401.04088, section 2.1. A softmax over the chosen scores, which is the softmax over all of
  them rescaled to sum 1 over the chosen.
- RMSNorm: arXiv 1910.07467. SwiGLU: arXiv 2002.05202.
- Rotary embeddings: arXiv 2104.09864 turns the pairs (2i, 2i + 1). Files of llama models hold the rows of q
  and k in the order for this; those of qwen2 keep that of the published weights, with pairs (i, i + n/2).
"""

import argparse
import base64
import hashlib
import json
import pathlib
import struct
import sys
from dataclasses import dataclass, field

import numpy as np

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
Q8_0_BLOCK = np.dtype([("scale", "<f2"), ("values", "i1", 32)])
TENSOR_TYPES = {0: ("f32", np.dtype("<f4"), 1), 1: ("f16", np.dtype("<f2"), 1), 8: ("q8_0", Q8_0_BLOCK, 32)}
INFORMATIVE_KEYS = ("context_length", "vocab_size", "feed_forward_length", "expert_count",
                    "expert_feed_forward_length")  # the tensors' shapes say the same
GREEDY_STEPS = 24
PROMPT_LENGTHS = (1, 24)
TOLERANCE = {"against": "logits", "max_abs": 1e-3, "rms": 2e-4, "kl_mean": 1e-6, "kl_max": 1e-5}


class GgufReader:
    """The metadata and the tensors of one file, the tensors as float64 with the outermost dimension first."""

    def __init__(self, path):
        self.data = pathlib.Path(path).read_bytes()
        self.at = 0
        if self.scalar("I") != 0x46554747 or self.scalar("I") != 3:
            raise ValueError(f"{path}: no GGUF file of version 3")
        n_tensors, n_keys = self.scalar("Q"), self.scalar("Q")
        self.metadata = {self.string(): self.value(self.scalar("I")) for _ in range(n_keys)}
        directory = [self.tensor_info() for _ in range(n_tensors)]
        alignment = self.metadata.get("general.alignment", 32)
        start = -(-self.at // alignment) * alignment
        self.types = {name: TENSOR_TYPES[kind][0] for name, _, kind, _ in directory}
        self.tensors = {name: self.tensor(shape, kind, start + at) for name, shape, kind, at in directory}

    def scalar(self, code):
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize("<" + code)
        return value

    def string(self):
        length = self.scalar("Q")
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8", "surrogateescape")

    def value(self, kind):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            inner, count = self.scalar("I"), self.scalar("Q")
            return [self.value(inner) for _ in range(count)]
        return self.scalar(SCALARS[kind])

    def tensor_info(self):
        name = self.string()
        dims = [self.scalar("Q") for _ in range(self.scalar("I"))]
        return name, tuple(reversed(dims)), self.scalar("I"), self.scalar("Q")

    def tensor(self, shape, kind, at):
        _, stored, per_block = TENSOR_TYPES[kind]
        values = np.frombuffer(self.data, stored, int(np.prod(shape)) // per_block, at)
        if stored is Q8_0_BLOCK:
            values = values["scale"].astype(np.float64)[:, None] * values["values"]
        return values.astype(np.float64).reshape(shape)


@dataclass
class Shape:
    """The numbers of a model; keys that this script does not know are an error."""

    architecture: str
    layers: int
    heads: int
    kv_heads: int
    head_dim: int
    epsilon: float
    theta: float
    experts_used: int

    @classmethod
    def of(cls, metadata):
        name = metadata["general.architecture"]
        if name not in ("qwen2", "llama"):
            raise ValueError(f"the architecture {name!r} is not known here")
        keys = {k.removeprefix(name + "."): v for k, v in metadata.items() if k.startswith(name + ".")}
        for informative in INFORMATIVE_KEYS:
            keys.pop(informative, None)
        heads, width = keys.pop("attention.head_count"), keys.pop("embedding_length")
        head_dim = keys.pop("attention.key_length", width // heads)
        for same in ("attention.value_length", "rope.dimension_count"):
            if keys.pop(same, head_dim) != head_dim:
                raise ValueError(f"{name}.{same} is not the width of a head")
        shape = cls(name, keys.pop("block_count"), heads, keys.pop("attention.head_count_kv", heads),
                    head_dim, keys.pop("attention.layer_norm_rms_epsilon"),
                    keys.pop("rope.freq_base", 10000.0), keys.pop("expert_used_count", 0))
        if keys:
            raise ValueError(f"keys that are not known here: {sorted(keys)}")
        return shape


@dataclass
class Trace:
    """What the routers did: per layer the experts of each token, and the margin of the choice."""

    chosen: list = field(default_factory=list)
    margins: list = field(default_factory=list)


def rms_norm(x, weight, epsilon):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def silu(x):
    return x / (1.0 + np.exp(-x))


def softmax(x):
    exponentials = np.exp(x - x.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


class Model:
    """Logits of every position. The last two attributes are there for `sensitivity` to change."""

    def __init__(self, path):
        gguf = GgufReader(path)
        self.shape = Shape.of(gguf.metadata)
        self.types = gguf.types
        self.weights = gguf.tensors
        self.unused = set(gguf.tensors)
        self.vocabulary = self.get("token_embd.weight").shape[0]
        self.split_pairs = self.shape.architecture == "qwen2"
        self.rescale_chosen = True

    def get(self, name, default=None):
        self.unused.discard(name)
        return self.weights[name] if default is None else self.weights.get(name, default)

    def logits(self, tokens, first_position=0, trace=None):
        embeddings = self.get("token_embd.weight")
        positions = first_position + np.arange(len(tokens))
        x = embeddings[np.asarray(tokens)]
        for layer in range(self.shape.layers):
            prefix = f"blk.{layer}."
            x = x + self.attention(prefix, self.norm(prefix + "attn_norm", x), positions)
            x = x + self.feed_forward(prefix, self.norm(prefix + "ffn_norm", x), trace)
        x = self.norm("output_norm", x) @ self.get("output.weight", embeddings).T
        if self.unused:
            raise ValueError(f"tensors that are not known here: {sorted(self.unused)}")
        return x

    def norm(self, name, x):
        return rms_norm(x, self.get(name + ".weight"), self.shape.epsilon)

    def project(self, name, x, heads):
        """A projection into heads: [head, token, dimension]. Only qwen2 has biases, and has all of them."""
        y = x @ self.get(name + ".weight").T
        if self.shape.architecture == "qwen2":
            y = y + self.get(name + ".bias")
        return y.reshape(len(x), heads, self.shape.head_dim).transpose(1, 0, 2)

    def attention(self, prefix, x, positions):
        shape = self.shape
        q = self.rotate(self.project(prefix + "attn_q", x, shape.heads), positions)
        k = self.rotate(self.project(prefix + "attn_k", x, shape.kv_heads), positions)
        v = self.project(prefix + "attn_v", x, shape.kv_heads)
        group = shape.heads // shape.kv_heads  # consecutive heads of queries share one of keys and values
        k, v = np.repeat(k, group, axis=0), np.repeat(v, group, axis=0)
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(shape.head_dim)
        scores = np.where(positions[None, :] <= positions[:, None], scores, -np.inf)
        joined = (softmax(scores) @ v).transpose(1, 0, 2).reshape(len(x), -1)
        return joined @ self.get(prefix + "attn_output.weight").T

    def rotate(self, x, positions):
        """Turns the pair i of every head by position * theta^(-2i/n)."""
        half = self.shape.head_dim // 2
        factors = self.get("rope_freqs.weight", np.ones(half))
        turns = np.exp(1j * positions[:, None] * self.shape.theta ** (-np.arange(half) / half) / factors)
        if self.split_pairs:
            pairs = (x[..., :half] + 1j * x[..., half:]) * turns
            return np.concatenate([pairs.real, pairs.imag], axis=-1)
        pairs = (x[..., 0::2] + 1j * x[..., 1::2]) * turns
        return np.stack([pairs.real, pairs.imag], axis=-1).reshape(x.shape)

    def feed_forward(self, prefix, x, trace):
        names = ("ffn_gate", "ffn_up", "ffn_down")
        if not self.shape.experts_used:
            return swiglu(x, *(self.get(f"{prefix}{name}.weight") for name in names))
        gate, up, down = (self.get(f"{prefix}{name}_exps.weight") for name in names)
        scores = x @ self.get(prefix + "ffn_gate_inp.weight").T
        chosen = np.argsort(-scores, axis=-1, kind="stable")[:, : self.shape.experts_used]
        shares = np.take_along_axis(softmax(scores), chosen, axis=-1)
        if self.rescale_chosen:
            shares = shares / shares.sum(axis=-1, keepdims=True)
        if trace is not None:
            trace.chosen.append(chosen)
            trace.margins.append(margins_of(scores, self.shape.experts_used))
        return np.stack([
            sum(share * swiglu(row, gate[e], up[e], down[e]) for share, e in zip(shares[t], chosen[t]))
            for t, row in enumerate(x)
        ])


def swiglu(x, gate, up, down):
    return (silu(x @ gate.T) * (x @ up.T)) @ down.T


def margins_of(scores, used):
    """How far the last expert chosen is above the first one not chosen, in standard deviations."""
    ordered = -np.sort(-scores, axis=-1)
    return (ordered[:, used - 1] - ordered[:, used]) / scores.std(axis=-1)


def greedy(model, tokens):
    """The most likely continuation, and by how much each token beats the second best."""
    known, margins = list(tokens), []
    for _ in range(GREEDY_STEPS):
        last = model.logits(known)[-1]
        second, best = np.sort(last)[-2:]
        known.append(int(np.argmax(last)))
        margins.append(round(float(best - second), 6))
    return {"tokens": known[len(tokens):], "margins": margins}


def encoded(values):
    return {"dtype": "f32le", "shape": list(values.shape),
            "data": base64.b64encode(values.astype("<f4").tobytes()).decode()}


def decoded(item):
    return np.frombuffer(base64.b64decode(item["data"]), "<f4").reshape(item["shape"])


def prompt_of(model, length, generator):
    tokens = generator.integers(0, model.vocabulary, length).tolist()
    trace = Trace()
    prompt = {"name": f"n{length}", "pos_start": 0, "tokens": tokens,
              "logits": encoded(model.logits(tokens, trace=trace))}
    if trace.margins:
        prompt["router_margin"] = np.min(trace.margins, axis=0).round(5).tolist()
    prompt["greedy"] = greedy(model, tokens)
    return prompt


def counts(names):
    names = list(names)
    return {name: names.count(name) for name in sorted(set(names))}


def write(options):
    model = Model(options.model)
    if set(model.types.values()) != {"f32"}:
        raise ValueError("only the logits of F32 files can be written, see --help")
    generator = np.random.default_rng(options.seed)
    path = pathlib.Path(options.model)
    golden = {
        "format": 1,
        "model": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "arch": model.shape.architecture,
        "n_vocab": model.vocabulary,
        "weight_types": counts(model.types.values()),
        "generator": options.generator,
        "settings": f"tools/golden/reference.py, float64, tokens of seed {options.seed}",
        "tolerance": TOLERANCE,
        "prompts": [prompt_of(model, length, generator) for length in PROMPT_LENGTHS],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in golden.items()]
    pathlib.Path(options.out).write_text("{\n" + ",\n".join(lines) + "\n}\n")


def compare(options):
    model = Model(options.model)
    golden = json.loads(pathlib.Path(options.golden).read_text())
    for prompt in golden["prompts"]:
        against = next(name for name in ("exact", "truth", "logits") if name in prompt)
        found = model.logits(prompt["tokens"], prompt["pos_start"])
        rows = prompt.get("logit_positions", slice(None))
        difference = found[rows] - decoded(prompt[against])
        print(f"{prompt['name']:12} against {against}: largest difference {np.abs(difference).max():.3g}, "
              f"rms {np.sqrt(np.mean(difference ** 2)):.3g}")


def sensitivity(options):
    """Each change alone, and the largest difference it makes to a logit of a prompt."""
    original, trace = Model(options.model), Trace()
    tokens = np.random.default_rng(options.seed).integers(0, original.vocabulary, max(PROMPT_LENGTHS))
    unchanged = original.logits(tokens, trace=trace)
    print(f"{'standard deviation of the logits':45} {unchanged.std():.3g}")
    for what, change in changes(original).items():
        model = Model(options.model)
        change(model)
        print(f"{what:45} {np.abs(model.logits(tokens) - unchanged).max():.3g}")
    for layer, chosen in enumerate(trace.chosen):
        print(f"layer {layer}: tokens of each expert {np.bincount(chosen.ravel()).tolist()}, "
              f"smallest margin {trace.margins[layer].min():.3g}")


def changes(model):
    """Ways to change a model, by what they are called."""
    found = {"the other pairs turned": flipped("split_pairs"),
             "half the base of the frequencies": lambda m: setattr(m.shape, "theta", m.shape.theta / 2)}
    for ending in sorted({".".join(name.split(".")[-2:]) for name in model.weights}):
        if ending.endswith("bias"):
            found[f"{ending} zero"] = replaced(ending, np.zeros_like)
        elif "norm" in ending:
            found[f"{ending} one"] = replaced(ending, np.ones_like)
        elif ending.endswith("_exps.weight"):
            found[f"{ending} of the expert before"] = replaced(ending, lambda x: np.roll(x, 1, axis=0))
    used = model.shape.experts_used
    if used:
        found["shares of the chosen not rescaled"] = flipped("rescale_chosen")
        found["one expert fewer"] = lambda m: setattr(m.shape, "experts_used", used - 1)
        # Scores this small have a flat softmax, and choose the same experts.
        found["equal shares"] = replaced("ffn_gate_inp.weight", lambda x: 1e-6 * x)
    return found


def flipped(attribute):
    return lambda model: setattr(model, attribute, not getattr(model, attribute))


def replaced(ending, function):
    def change(model):
        for name in model.weights:
            if name.endswith(ending):
                model.weights[name] = function(model.weights[name])
    return change


def main():
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(required=True)
    for command in (write, compare, sensitivity):
        sub = commands.add_parser(command.__name__)
        sub.set_defaults(run=command)
        sub.add_argument("model")
        if command is compare:
            sub.add_argument("golden")
            continue
        sub.add_argument("--seed", type=int, default=0, help="of the prompts' tokens")
        if command is write:
            sub.add_argument("--out", required=True)
            sub.add_argument("--generator", default="", help="how the model was made, for the record")
    options = parser.parse_args()
    try:
        options.run(options)
    except ValueError as error:
        sys.exit(f"{options.model}: {error}")


if __name__ == "__main__":
    main()
