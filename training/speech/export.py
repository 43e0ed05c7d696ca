"""Writes trained weights as whisper.cpp's ggml .bin file, matrices in F16 and the rest in F32."""

import argparse
import pathlib
import struct

import numpy as np

from evaluate import load
from mel import slaney_filters
from synthesis import BUILD

MAGIC = 0x67676D6C
F32, F16 = 0, 1


def header(network, vocabulary):
    s = network.shape
    figures = (s.vocabulary, s.audio_positions, s.width, s.heads, s.encoder_layers,
               s.text_context, s.width, s.heads, s.decoder_layers, s.mels, F16)
    filters = slaney_filters(s.mels)
    tokens = b"".join(struct.pack("<i", len(token)) + token for token in vocabulary.tokens)
    return (
        struct.pack("<I11i", MAGIC, *figures)
        + struct.pack("<2i", *filters.shape) + filters.astype("<f4").tobytes()
        + struct.pack("<i", len(vocabulary.tokens)) + tokens
    )


def tensors(network):
    """(name, array) in the order of whisper's files; biases of convolutions are columns."""
    parameter = {name: p.detach().numpy() for name, p in network.parameter.items()}
    yield "encoder.positional_embedding", network.audio_places.numpy()
    for name, array in parameter.items():
        yield name, array[:, None] if name.startswith("encoder.conv") and array.ndim == 1 else array


def stored(name, array):
    matrix = name.endswith("weight") and array.ndim > 1
    kind = F16 if matrix else F32
    dimensions = array.shape[::-1]
    head = struct.pack(f"<3i{array.ndim}i", array.ndim, len(name), kind, *dimensions)
    return head + name.encode() + np.ascontiguousarray(array, "<f2" if matrix else "<f4").tobytes()


def write(path, network, vocabulary):
    data = header(network, vocabulary) + b"".join(stored(name, array) for name, array in tensors(network))
    new = pathlib.Path(f"{path}.new")
    new.write_bytes(data)
    new.rename(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--weights", default=str(BUILD / "speech.pt"))
    options = parser.parse_args()
    write(options.out, *load(options.weights))


if __name__ == "__main__":
    main()
