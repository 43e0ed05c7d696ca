"""Whisper's architecture (Radford et al., 2022) in PyTorch, with the parameters under the names of its files.

Gelu is the exact form, as whisper's own models are trained with; engines that read these files compute the tanh form, which
differs by less than 0.0005. Matrix products run in `dtype`.
"""

import dataclasses
import math

import torch
import torch.nn.functional as F

NORM_EPSILON = 1e-5


@dataclasses.dataclass(frozen=True)
class Shape:
    vocabulary: int
    audio_positions: int = 300  # 20 ms each
    text_context: int = 128
    width: int = 128
    heads: int = 2
    encoder_layers: int = 4
    decoder_layers: int = 2
    mels: int = 80


def sinusoids(positions, width):
    step = math.log(10000) / (width // 2 - 1)
    frequency = torch.exp(-step * torch.arange(width // 2))
    angle = torch.arange(positions)[:, None] * frequency[None]
    return torch.cat((angle.sin(), angle.cos()), dim=1)


class Network(torch.nn.Module):
    """`parameter` holds whisper's names with dots as in its files; convolutions are kept as [out, in, 3]."""

    def __init__(self, shape, first_timestamp):
        super().__init__()
        self.shape = shape
        self.parameter = {}
        s = shape

        def add(name, tensor):
            self.parameter[name] = torch.nn.Parameter(tensor)
            self.register_parameter(name.replace(".", "/"), self.parameter[name])

        def linear(name, rows, columns, scale=1.0, bias=True):
            add(f"{name}.weight", torch.randn(rows, columns) * scale / math.sqrt(columns))
            if bias:
                add(f"{name}.bias", torch.zeros(rows))

        def norm(name):
            add(f"{name}.weight", torch.ones(s.width))
            add(f"{name}.bias", torch.zeros(s.width))

        def attention(name, scale):
            norm(f"{name}_ln")
            linear(f"{name}.query", s.width, s.width)
            linear(f"{name}.key", s.width, s.width, bias=False)
            linear(f"{name}.value", s.width, s.width)
            linear(f"{name}.out", s.width, s.width, scale)

        def block(name, layers, cross):
            scale = 1 / math.sqrt(2 * layers)
            attention(f"{name}.attn", scale)
            if cross:
                attention(f"{name}.cross_attn", scale)
            norm(f"{name}.mlp_ln")
            linear(f"{name}.mlp.0", 4 * s.width, s.width)
            linear(f"{name}.mlp.2", s.width, 4 * s.width, scale)

        for name, channels in (("encoder.conv1", s.mels), ("encoder.conv2", s.width)):
            add(f"{name}.weight", torch.randn(s.width, channels, 3) / math.sqrt(3 * channels))
            add(f"{name}.bias", torch.zeros(s.width))
        self.register_buffer("audio_places", sinusoids(s.audio_positions, s.width))
        self.register_buffer("no_bias", torch.zeros(s.width), persistent=False)  # of keys
        for i in range(s.encoder_layers):
            block(f"encoder.blocks.{i}", s.encoder_layers, False)
        norm("encoder.ln_post")
        embedding = torch.randn(s.vocabulary, s.width) * 0.02
        # Timestamps begin as what the encoder adds at their place.
        embedding[first_timestamp:] = 0.028 * sinusoids(s.vocabulary - first_timestamp, s.width)
        add("decoder.token_embedding.weight", embedding)
        add("decoder.positional_embedding", torch.randn(s.text_context, s.width) * 0.01)
        for i in range(s.decoder_layers):
            block(f"decoder.blocks.{i}", s.decoder_layers, True)
        norm("decoder.ln")

    @property
    def parameter_count(self):
        return sum(p.numel() for p in self.parameters())

    def _linear(self, x, name):
        bias = self.parameter.get(f"{name}.bias")
        return F.linear(x, self.parameter[f"{name}.weight"].to(x.dtype), None if bias is None else bias.to(x.dtype))

    def _norm(self, x, name, dtype):
        p = self.parameter
        return F.layer_norm(x, x.shape[-1:], p[f"{name}.weight"], p[f"{name}.bias"], NORM_EPSILON).to(dtype)

    def _convolved(self, x, name, stride):
        """[batch, time, channels]: a convolution over three neighbours as one matrix product."""
        weight, bias = (self.parameter[f"{name}.{part}"].to(x.dtype) for part in ("weight", "bias"))
        x = F.pad(x, (0, 0, 1, 1))
        length = x.shape[1] - 2
        neighbours = torch.cat([x[:, i : i + length : stride] for i in range(3)], dim=-1)
        return F.gelu(F.linear(neighbours, weight.transpose(1, 2).flatten(1), bias))

    def _projected(self, x, *names):
        """Several products with the same input in one."""
        rows = [self.parameter[f"{name}.weight"] for name in names]
        biases = [self.parameter.get(f"{name}.bias", self.no_bias) for name in names]
        return F.linear(x, torch.cat(rows).to(x.dtype), torch.cat(biases).to(x.dtype)).chunk(len(names), dim=-1)

    def _attended(self, x, source, name, mask=None, attention=None):
        heads = self.shape.heads
        if source is x:
            q, k, v = self._projected(x, f"{name}.query", f"{name}.key", f"{name}.value")
        else:
            q = self._linear(x, f"{name}.query")
            k, v = self._projected(source, f"{name}.key", f"{name}.value")
        q, k, v = (t.unflatten(-1, (heads, -1)).transpose(1, 2) for t in (q, k, v))
        scores = torch.matmul(q * (1 / math.sqrt(q.shape[-1])), k.transpose(-1, -2))
        weights = torch.softmax(scores if mask is None else scores + mask, dim=-1)
        if attention is not None:
            attention.append(weights)
        return self._linear(torch.matmul(weights, v).transpose(1, 2).flatten(2), f"{name}.out")

    def _fed_forward(self, x, name):
        return self._linear(F.gelu(self._linear(x, f"{name}.0")), f"{name}.2")

    def encode(self, mel, dtype=torch.float32):
        """[batch, mels, 2 * positions] to [batch, positions, width]."""
        x = mel.transpose(1, 2).to(dtype)
        x = self._convolved(self._convolved(x, "encoder.conv1", 1), "encoder.conv2", 2).float() + self.audio_places
        for i in range(self.shape.encoder_layers):
            block = f"encoder.blocks.{i}."
            h = self._norm(x, block + "attn_ln", dtype)
            x = x + self._attended(h, h, block + "attn")
            x = x + self._fed_forward(self._norm(x, block + "mlp_ln", dtype), block + "mlp")
        return self._norm(x, "encoder.ln_post", dtype)

    def decode(self, tokens, sound, attention=None):
        """Logits [batch, length, vocabulary] after each token; `sound` is what encode() returned. To `attention`, a list, the
        layers' weights over the sound are appended, [batch, heads, length, positions]."""
        dtype, length = sound.dtype, tokens.shape[1]
        embedding = self.parameter["decoder.token_embedding.weight"]
        x = F.embedding(tokens, embedding) + self.parameter["decoder.positional_embedding"][:length]
        mask = torch.full((length, length), -math.inf, dtype=dtype).triu(1)
        for i in range(self.shape.decoder_layers):
            block = f"decoder.blocks.{i}."
            h = self._norm(x, block + "attn_ln", dtype)
            x = x + self._attended(h, h, block + "attn", mask)
            x = x + self._attended(self._norm(x, block + "cross_attn_ln", dtype), sound, block + "cross_attn", None, attention)
            x = x + self._fed_forward(self._norm(x, block + "mlp_ln", dtype), block + "mlp")
        return F.linear(self._norm(x, "decoder.ln", dtype), embedding.to(dtype))
