"""The starter's network: the llama architecture in PyTorch.

Every RMSNorm is computed as a LayerNorm over a residual stream whose mean is kept at zero: what writes into the
stream (embedding, attention output, feed-forward output) is centred over its output features, and
LayerNorm(x) = RMSNorm(x) when mean(x) = 0. PyTorch has a fused LayerNorm for the CPU and no fused RMSNorm.
`exported()` returns the centred weights, which a plain llama with RMSNorm computes the same function from.
"""

import dataclasses
import math

import torch
import torch.nn.functional as F


@dataclasses.dataclass(frozen=True)
class Shape:
    vocabulary: int = 4096
    width: int = 256
    layers: int = 8
    heads: int = 4
    kv_heads: int = 2
    feed_forward: int = 640
    context: int = 2048
    rope_base: float = 10000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self):
        return self.width // self.heads


class Network(torch.nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        s, kv = shape, shape.kv_heads * shape.head_width
        residual_scale = 1 / math.sqrt(2 * s.layers)

        def weight(rows, columns, scale=1.0):
            return torch.nn.Parameter(torch.randn(rows, columns) * scale / math.sqrt(columns))

        self.embedding = torch.nn.Parameter(torch.randn(s.vocabulary, s.width) * 0.02)
        self.output_norm = torch.nn.Parameter(torch.ones(s.width))
        self.layers = torch.nn.ModuleList()
        for _ in range(s.layers):
            layer = torch.nn.Module()
            layer.attention_norm = torch.nn.Parameter(torch.ones(s.width))
            layer.qkv = weight(s.width + 2 * kv, s.width)
            layer.attention_output = weight(s.width, s.width, residual_scale)
            layer.feed_forward_norm = torch.nn.Parameter(torch.ones(s.width))
            layer.gate_up = weight(2 * s.feed_forward, s.width)
            layer.down = weight(s.width, s.feed_forward, residual_scale)
            self.layers.append(layer)

    @property
    def parameter_count(self):
        return sum(p.numel() for p in self.parameters())

    def rope(self, length, dtype, device):
        """cos and sin, [1, length, 1, head_width/2]; pairs are (2i, 2i+1), the order llama's GGUF files have."""
        half = self.shape.head_width // 2
        frequency = self.shape.rope_base ** (-torch.arange(half, device=device, dtype=torch.float32) / half)
        angle = torch.arange(length, device=device, dtype=torch.float32)[:, None] * frequency
        return angle.cos().to(dtype)[None, :, None, :], angle.sin().to(dtype)[None, :, None, :]

    def hidden(self, tokens, dtype=torch.float32):
        """Normed states before the output head: [batch, length, width]. Rows are causal; padding goes at the end."""
        s = self.shape
        batch, length = tokens.shape
        cos, sin = self.rope(length, dtype, tokens.device)
        mask = torch.full((length, length), -math.inf, device=tokens.device, dtype=dtype).triu(1)
        x = F.embedding(tokens, centred(self.embedding, 1))
        for layer in self.layers:
            h = F.layer_norm(x, (s.width,), layer.attention_norm, None, s.norm_epsilon).to(dtype)
            kv = s.kv_heads * s.head_width
            q, k, v = F.linear(h, layer.qkv.to(dtype)).split((s.width, kv, kv), dim=-1)
            q = rotate(q.view(batch, length, s.heads, s.head_width), cos, sin)
            k = rotate(k.view(batch, length, s.kv_heads, s.head_width), cos, sin)
            v = v.view(batch, length, s.kv_heads, s.head_width)
            h = attend(q, k, v, mask).reshape(batch, length, s.width)
            x = x + F.linear(h, centred(layer.attention_output, 0).to(dtype))
            h = F.layer_norm(x, (s.width,), layer.feed_forward_norm, None, s.norm_epsilon).to(dtype)
            gate, up = F.linear(h, layer.gate_up.to(dtype)).chunk(2, dim=-1)
            x = x + F.linear(F.silu(gate) * up, centred(layer.down, 0).to(dtype))
        return F.layer_norm(x, (s.width,), self.output_norm, None, s.norm_epsilon).to(dtype)

    def logits(self, hidden):
        return F.linear(hidden, centred(self.embedding, 1).to(hidden.dtype))


def centred(weight, output_axis):
    """Removes the mean over the output features, so that what is written into the stream has mean zero."""
    return weight - weight.mean(dim=output_axis, keepdim=True)


def rotate(x, cos, sin):
    """Rotary position embedding (Su et al., 2021) over adjacent pairs."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


def attend(q, k, v, mask):
    """[batch, length, heads, width] each; returns the same shape as q."""
    q, k, v = (t.transpose(1, 2) for t in (q, k, v))
    if k.shape[1] != q.shape[1]:
        k, v = (t.repeat_interleave(q.shape[1] // t.shape[1], dim=1) for t in (k, v))
    scores = torch.matmul(q * (1 / math.sqrt(q.shape[-1])), k.transpose(-1, -2)) + mask
    return torch.matmul(torch.softmax(scores, dim=-1), v).transpose(1, 2)
