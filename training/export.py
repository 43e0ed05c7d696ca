"""Writes trained weights as a GGUF file (version 3), with matrices in F16, F32, Q8_0 or Q4_K."""

import argparse
import pathlib
import struct

import numpy as np
import torch

from network import Shape, centred
from template import SOURCE
from tokenizer import CONTROL, PRE_TOKENIZER, Tokenizer

BUILD = pathlib.Path(__file__).parent / "build"
ALIGNMENT = 32
# GGUF's numbers for value types, tensor types, file types and token types.
U32, F32, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
TENSOR_TYPES = {"f32": 0, "f16": 1, "q8_0": 8, "q4_k": 12}
FILE_TYPES = {"f32": 0, "f16": 1, "q8_0": 7, "q4_k": 15}
NORMAL, CONTROL_TOKEN = 1, 3


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, v):
    if kind == STRING:
        return string(v)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], v)


def entry(key, kind, v):
    return string(key) + struct.pack("<I", kind) + value(kind, v)


def array(key, kind, values):
    head = struct.pack("<IIQ", ARRAY, kind, len(values))
    return string(key) + head + b"".join(value(kind, v) for v in values)


def q8_0(matrix):
    """Blocks of 32 along the rows: one F16 scale, the largest magnitude over 127, and 32 signed bytes."""
    blocks = matrix.reshape(-1, 32).astype(np.float32)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    scaled = blocks * inverse
    quants = (np.sign(scaled) * np.floor(np.abs(scaled) + 0.5)).astype(np.int8)
    return b"".join(s.tobytes() + q.tobytes() for s, q in zip(scale.astype(np.float16), quants))


def q4_k(matrix):
    """Super-blocks of 256: F16 factors for eight 6-bit scales and minima, then 4-bit values q; x = d s q - dmin m."""
    blocks = matrix.reshape(-1, 8, 32).astype(np.float32)
    low = np.minimum(blocks.min(axis=2), 0)
    scale, minimum = (blocks.max(axis=2) - low) / 15, -low
    d, dmin = (v.max(axis=1, keepdims=True) / 63 for v in (scale, minimum))
    s6, m6 = (
        np.round(np.divide(v, f, out=np.zeros_like(v), where=f > 0)).astype(np.uint8) for v, f in ((scale, d), (minimum, dmin))
    )
    d, dmin = d.astype(np.float16), dmin.astype(np.float16)
    step = (d.astype(np.float32) * s6)[:, :, None]
    shifted = blocks + (dmin.astype(np.float32) * m6)[:, :, None]
    q = np.clip(np.round(np.divide(shifted, step, out=np.zeros_like(shifted), where=step > 0)), 0, 15).astype(np.uint8)
    packed = np.empty((len(blocks), 12), np.uint8)
    packed[:, 0:4] = s6[:, 0:4] | (s6[:, 4:8] >> 4) << 6
    packed[:, 4:8] = m6[:, 0:4] | (m6[:, 4:8] >> 4) << 6
    packed[:, 8:12] = (s6[:, 4:8] & 15) | (m6[:, 4:8] & 15) << 4
    nibbles = q[:, 0::2] | q[:, 1::2] << 4
    parts = (d.view(np.uint8), dmin.view(np.uint8), packed, nibbles.reshape(len(blocks), 128))
    return np.concatenate(parts, axis=1).tobytes()


ENCODERS = {
    "f32": lambda matrix: matrix.astype("<f4").tobytes(),
    "f16": lambda matrix: matrix.astype("<f2").tobytes(),
    "q8_0": q8_0,
    "q4_k": q4_k,
}


def stored_type(kind, tensor):
    """Vectors stay F32; rows that fill no super-blocks of 256 are kept in Q8_0."""
    if tensor.dim() == 1:
        return "f32"
    return "q8_0" if kind == "q4_k" and tensor.shape[-1] % 256 else kind


def tensors(weights, shape):
    """Names of llama.cpp's convention, in file order, with the residual stream's writers centred (see network.py)."""
    w = {name: tensor.float() for name, tensor in weights.items()}
    yield "token_embd.weight", centred(w["embedding"], 1)
    yield "output_norm.weight", w["output_norm"]
    kv = shape.kv_heads * shape.head_width
    for i in range(shape.layers):
        layer, block = f"layers.{i}.", f"blk.{i}."
        q, k, v = w[layer + "qkv"].split((shape.width, kv, kv))
        gate, up = w[layer + "gate_up"].chunk(2)
        yield block + "attn_norm.weight", w[layer + "attention_norm"]
        yield block + "attn_q.weight", q
        yield block + "attn_k.weight", k
        yield block + "attn_v.weight", v
        yield block + "attn_output.weight", centred(w[layer + "attention_output"], 0)
        yield block + "ffn_norm.weight", w[layer + "feed_forward_norm"]
        yield block + "ffn_gate.weight", gate
        yield block + "ffn_up.weight", up
        yield block + "ffn_down.weight", centred(w[layer + "down"], 0)


def metadata(shape, tokenizer, kind):
    p = "llama."
    kinds = [CONTROL_TOKEN if token in CONTROL else NORMAL for token in tokenizer.tokens]
    return [
        entry("general.architecture", STRING, "llama"),
        entry("general.name", STRING, "Peregrine Starter"),
        entry("general.organization", STRING, "Peregrine"),
        entry("general.license", STRING, "apache-2.0"),
        entry("general.file_type", U32, FILE_TYPES[kind]),
        entry("general.quantization_version", U32, 2),
        entry(p + "context_length", U32, shape.context),
        entry(p + "embedding_length", U32, shape.width),
        entry(p + "block_count", U32, shape.layers),
        entry(p + "feed_forward_length", U32, shape.feed_forward),
        entry(p + "attention.head_count", U32, shape.heads),
        entry(p + "attention.head_count_kv", U32, shape.kv_heads),
        entry(p + "attention.layer_norm_rms_epsilon", F32, shape.norm_epsilon),
        entry(p + "rope.dimension_count", U32, shape.head_width),
        entry(p + "rope.freq_base", F32, shape.rope_base),
        entry(p + "vocab_size", U32, shape.vocabulary),
        entry("tokenizer.ggml.model", STRING, "gpt2"),
        entry("tokenizer.ggml.pre", STRING, PRE_TOKENIZER),
        array("tokenizer.ggml.tokens", STRING, tokenizer.tokens),
        array("tokenizer.ggml.token_type", I32, kinds),
        array("tokenizer.ggml.merges", STRING, [" ".join(m) for m in tokenizer.merges]),
        entry("tokenizer.ggml.eos_token_id", U32, tokenizer.id("<|im_end|>")),
        entry("tokenizer.ggml.padding_token_id", U32, tokenizer.id("<|endoftext|>")),
        entry("tokenizer.ggml.add_bos_token", BOOL, False),
        entry("tokenizer.chat_template", STRING, SOURCE),
    ]


def write(path, weights, shape, tokenizer, kind):
    infos, data = [], bytearray()
    for name, tensor in tensors(weights, shape):
        stored = stored_type(kind, tensor)
        data += bytes(-len(data) % ALIGNMENT)
        infos.append(
            string(name)
            + struct.pack("<I", tensor.dim())
            + b"".join(struct.pack("<Q", n) for n in reversed(tensor.shape))
            + struct.pack("<IQ", TENSOR_TYPES[stored], len(data))
        )
        data += ENCODERS[stored](tensor.contiguous().numpy())
    entries = metadata(shape, tokenizer, kind)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(entries)) + b"".join(entries) + b"".join(infos)
    pathlib.Path(path).write_bytes(head + bytes(-len(head) % ALIGNMENT) + data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--weights", default=str(BUILD / "starter.pt"))
    parser.add_argument("--type", choices=sorted(TENSOR_TYPES), default="q8_0")
    options = parser.parse_args()
    saved = torch.load(options.weights, map_location="cpu")
    write(options.out, saved["weights"], Shape(**saved["shape"]), Tokenizer.load(BUILD / "tokenizer.json"), options.type)


if __name__ == "__main__":
    main()
