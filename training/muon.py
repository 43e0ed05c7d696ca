"""Muon (Jordan et al., 2024): momentum, orthogonalised by Newton-Schulz iterations, for the matrices of a network."""

import math

import torch


def orthogonalised(matrix):
    """Newton-Schulz iteration towards the nearest semi-orthogonal matrix."""
    x = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        product = x @ x.t()
        x = 3.4445 * x + (-4.7750 * product + 2.0315 * product @ product) @ x
    return (x.t() if tall else x).float()


class Muon:
    def __init__(self, parameters, momentum=0.95, weight_decay=0.05):
        self.momentum, self.weight_decay = momentum, weight_decay
        self.state = [(p, torch.zeros_like(p)) for p in parameters]

    @torch.no_grad()
    def step(self, rate):
        for p, buffer in self.state:
            buffer.lerp_(p.grad, 1 - self.momentum)
            update = orthogonalised(p.grad.lerp(buffer, self.momentum))
            p.mul_(1 - rate * self.weight_decay)
            p.add_(update, alpha=-rate * math.sqrt(max(1, p.shape[0] / p.shape[1])))
