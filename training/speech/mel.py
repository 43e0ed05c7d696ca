"""Whisper's log-mel spectrogram, in batches."""

import numpy as np
import torch

RATE = 16000
HOP, WINDOW = 160, 400
MELS = 80


def slaney_filters(count=MELS):
    """[count, 201]: triangles of equal area, evenly spaced on Slaney's mel scale (linear up to 1 kHz, then logarithmic)."""
    linear, knee, step = 200 / 3, 15.0, np.log(6.4) / 27

    def hertz(mel):
        return np.where(mel < knee, mel * linear, 1000 * np.exp(step * (mel - knee)))

    top = knee + np.log(RATE / 2 / 1000) / step
    edges = hertz(np.linspace(0, top, count + 2))
    bins = np.linspace(0, RATE / 2, WINDOW // 2 + 1)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return (triangles * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


class LogMel:
    def __init__(self):
        self._filters = torch.from_numpy(slaney_filters())
        self._hann = torch.hann_window(WINDOW)

    def __call__(self, sounds):
        """[batch, samples] to [batch, MELS, samples / HOP]; mirrored before the first sample, silent after the last."""
        half = WINDOW // 2
        padded = torch.cat((sounds[:, 1 : half + 1].flip(1), sounds, sounds.new_zeros(len(sounds), half)), dim=1)
        spectrum = torch.stft(padded, WINDOW, HOP, window=self._hann, center=False, return_complex=True)[..., :-1]
        power = spectrum.real.square() + spectrum.imag.square()
        mel = (self._filters @ power).clamp(min=1e-10).log10()
        return (mel.maximum(mel.amax(dim=(1, 2), keepdim=True) - 8) + 4) / 4
