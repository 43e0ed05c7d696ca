#!/usr/bin/python3
"""Makes models/bert-rerank-f32.gguf, a tiny cross-encoder with random weights, and the scores it must give.

The scores come from the plain BERT of this file (numpy, double precision), written after Devlin et al., 2018:
learned positions, two segments, layer norms behind each block, gelu in its tanh form, a classifier with tanh
over the first token. The tokenizer, and the tokens of every text, are those of bert-mean-f32.

    tests/golden/make_reranker.py        # needs numpy; writes beside itself, in models/
"""
import json
import pathlib
import struct

import numpy as np

MODELS = pathlib.Path(__file__).resolve().parent / "models"
SOURCE = "bert-mean-f32"
NAME = "bert-rerank-f32"
SEED = 20_000
LAYERS, WIDTH, HEADS, FEED_FORWARD, CONTEXT = 2, 32, 4, 64, 64
EPSILON = 1e-12
CLS, SEP = 2, 3
U32, F32, BOOL, STRING, ARRAY = 4, 6, 7, 8, 9
RANK = 4
SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        return self.data[self.at - n : self.at]

    def number(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize(form)))[0]

    def value(self, kind):
        """The bytes of a value, as they stand in the file."""
        begin = self.at
        if kind == STRING:
            self.take(self.number("Q"))
        elif kind == ARRAY:
            element, count = self.number("I"), self.number("Q")
            for _ in range(count):
                self.value(element)
        else:
            self.take(SIZES[kind])
        return self.data[begin : self.at]


def read_keys(path):
    """[(key, type, bytes)] of a GGUF file."""
    reader = Reader(path.read_bytes())
    reader.take(8)
    _, n_keys = reader.number("Q"), reader.number("Q")
    keys = []
    for _ in range(n_keys):
        key = reader.take(reader.number("Q")).decode()
        kind = reader.number("I")
        keys.append((key, kind, reader.value(kind)))
    return keys


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def write_gguf(path, keys, tensors):
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(keys))
    for key, kind, value in keys:
        head += text(key) + struct.pack("<I", kind) + value
    body = b""
    for name, tensor in tensors.items():
        head += text(name) + struct.pack("<I", tensor.ndim)
        head += b"".join(struct.pack("<Q", n) for n in reversed(tensor.shape))
        head += struct.pack("<IQ", 0, len(body))
        data = tensor.astype("<f4").tobytes()
        body += data + bytes(-len(data) % 32)
    path.write_bytes(head + bytes(-len(head) % 32) + body)


def make_weights(n_vocab):
    rng = np.random.default_rng(SEED)
    tensors = {}

    def matrix(name, n_out, n_in, scale=1.0):
        tensors[name + ".weight"] = rng.normal(0, scale / np.sqrt(n_in), (n_out, n_in)).astype(np.float32)

    def bias(name, n):
        tensors[name + ".bias"] = rng.normal(0, 0.1, n).astype(np.float32)

    def linear(name, n_out, n_in, scale=1.0):
        matrix(name, n_out, n_in, scale)
        bias(name, n_out)

    def norm(name):
        tensors[name + ".weight"] = rng.normal(1, 0.05, WIDTH).astype(np.float32)
        bias(name, WIDTH)

    matrix("token_embd", n_vocab, WIDTH)
    matrix("token_types", 2, WIDTH)
    matrix("position_embd", CONTEXT, WIDTH)
    norm("token_embd_norm")
    for i in range(LAYERS):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            linear(f"blk.{i}.{part}", WIDTH, WIDTH)
        norm(f"blk.{i}.attn_output_norm")
        linear(f"blk.{i}.ffn_up", FEED_FORWARD, WIDTH)
        linear(f"blk.{i}.ffn_down", WIDTH, FEED_FORWARD)
        norm(f"blk.{i}.layer_output_norm")
    linear("cls", WIDTH, WIDTH)
    linear("cls.output", 1, WIDTH, scale=3.0)
    return tensors


def logit(tensors, tokens, segments):
    weights = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}

    def linear(x, name):
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def norm(x, name):
        mean = x.mean(axis=-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
        return (x - mean) / np.sqrt(variance + EPSILON) * weights[name + ".weight"] + weights[name + ".bias"]

    def heads(x):
        return x.reshape(len(tokens), HEADS, -1).transpose(1, 0, 2)

    x = weights["token_embd.weight"][tokens] + weights["token_types.weight"][segments]
    x = norm(x + weights["position_embd.weight"][: len(tokens)], "token_embd_norm")
    for i in range(LAYERS):
        p = f"blk.{i}."
        q, k, v = (heads(linear(x, p + name)) for name in ("attn_q", "attn_k", "attn_v"))
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        x = norm(x + linear(mixed.transpose(1, 0, 2).reshape(len(tokens), WIDTH), p + "attn_output"), p + "attn_output_norm")
        up = linear(x, p + "ffn_up")
        up = 0.5 * up * (1 + np.tanh(np.sqrt(2 / np.pi) * (up + 0.044715 * up**3)))
        x = norm(x + linear(up, p + "ffn_down"), p + "layer_output_norm")
    return float(linear(np.tanh(linear(x[0], "cls")), "cls.output")[0])


def main():
    golden = json.loads((MODELS / f"{SOURCE}.json").read_text())
    source = read_keys(MODELS / f"{SOURCE}.gguf")
    tensors = make_weights(golden["n_vocab"])
    keys = [
        ("general.architecture", STRING, text("bert")),
        ("general.name", STRING, text("tiny-bert-rerank")),
        *((f"bert.{name}", U32, struct.pack("<I", value)) for name, value in (
            ("context_length", CONTEXT), ("embedding_length", WIDTH), ("block_count", LAYERS),
            ("feed_forward_length", FEED_FORWARD), ("attention.head_count", HEADS), ("pooling_type", RANK))),
        ("bert.attention.layer_norm_epsilon", F32, struct.pack("<f", EPSILON)),
        ("bert.attention.causal", BOOL, b"\0"),
        *(entry for entry in source if entry[0].startswith("tokenizer.")),
    ]
    write_gguf(MODELS / f"{NAME}.gguf", keys, tensors)

    texts = {}
    for case in golden["tokenize"]:
        if not case["add_special"] and 0 < len(case["tokens"]) < CONTEXT // 2 - 2:
            texts.setdefault(case["text"], case["tokens"])
    queries, pairs = list(texts)[:2], []
    for query in queries:
        for document, document_tokens in texts.items():
            first = [CLS, *texts[query], SEP]
            second = [*document_tokens, SEP]
            tokens, segments = first + second, [0] * len(first) + [1] * len(second)
            pairs.append({
                "query": query, "doc": document, "tokens": tokens,
                "logit": logit(tensors, tokens, segments),
                "logit_of_one_segment": logit(tensors, tokens, [0] * len(tokens)),
            })
    (MODELS / f"{NAME}.json").write_text(json.dumps({"model": f"{NAME}.gguf", "pairs": pairs}, indent=1) + "\n")
    for pair in pairs:
        print(f"{pair['logit']:9.5f} {pair['logit_of_one_segment']:9.5f}  {pair['query']!r} {pair['doc']!r}")


if __name__ == "__main__":
    main()
