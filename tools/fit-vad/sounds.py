"""Sounds to fit and to judge the voice activity detector: scenes of 16 kHz mono with a label for every 10 ms.

Speech is espeak-ng's, in many languages, voices, speeds and pitches, roughened and degraded; the rest is synthesised here
(noise, music, machines) and, for judging only, by sox. Everything follows from a seed.
"""
import io
import subprocess
import wave

import numpy as np

RATE = 16000
HOP = 160

VARIANTS = ("m1 m2 m3 m4 m6 m7 f1 f2 f4 f5 croak whisper klatt klatt2 klatt4 Andy Annie Alex Gene Lee Mario Michael "
            "Steph2 adam anika belinda ed edward iven2 linda max pablo paul quincy rob steph travis victor zac "
            "grandma grandpa").split()
HELD_OUT_VARIANTS = "f3 m5 m8 whisperf klatt3 Alicia Hugo Jacky norbert shelby".split()
LANGUAGES = ("en-us en-gb en-gb-scotland de fr es it pt-br nl sv da nb pl cs sk hr ro hu fi et lv lt tr el bg uk ar fa hi "
             "bn ta te ml kn mr gu pa ne si ur id ms vi cmn yue ko sw af is ga cy eu ca sq mk bs sl").split()
HELD_OUT_LANGUAGES = "en-gb-x-rp en-029 fr-be es-419 pt ru ja ka hy az kk eo la".split()


def run_espeak(voice, speed, pitch, text):
    """Samples at 16 kHz, or None where the voice is not installed."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    at = out.find(b"data")
    if at < 0:
        return None
    rate = int.from_bytes(out[24:28], "little")
    data = out[at + 8:]
    samples = np.frombuffer(data[:len(data) // 2 * 2], "<i2").astype(np.float64) / 32768
    return None if len(samples) < 2000 else resample(samples, rate)


def resample(samples, rate):
    if rate == RATE:
        return samples
    count = int(round(len(samples) * RATE / rate))
    spectrum = np.fft.rfft(samples)
    keep = count // 2 + 1
    spectrum = np.pad(spectrum, (0, max(0, keep - len(spectrum))))[:keep]
    return np.fft.irfft(spectrum, count) * count / len(samples)


def read_wav(data):
    with wave.open(io.BytesIO(data)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float64) / 32768
        return samples[::file.getnchannels()]


def smooth_random(random, count, rate_hz):
    """Standard normal noise of about so many changes a second."""
    points = max(4, int(count / RATE * rate_hz) + 3)
    return np.interp(np.linspace(0, points - 1, count), np.arange(points), random.standard_normal(points))


def shaped(random, count, gain_of_hz):
    """Gaussian noise whose spectrum follows a function of frequency, of power 1."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum *= gain_of_hz(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 20.0))
    noise = np.fft.irfft(spectrum, count)
    return noise / (np.sqrt(np.mean(noise ** 2)) + 1e-12)


def filtered(samples, gain_of_hz):
    size = len(samples) + 800
    spectrum = np.fft.rfft(samples, size)
    spectrum *= gain_of_hz(np.maximum(np.fft.rfftfreq(size, 1 / RATE), 20.0))
    return np.fft.irfft(spectrum, size)[:len(samples)]


def band(low, high):
    return lambda hz: 1 / np.sqrt((1 + (low / hz) ** 8) * (1 + (hz / high) ** 12))


def random_equaliser(random):
    centres = np.log(np.array([60, 150, 400, 1000, 2500, 5000, 9000.0]))
    gains = random.normal(0, 5, len(centres)) + random.normal(0, 4) * np.linspace(-1, 1, len(centres))
    return lambda hz: 10 ** (np.interp(np.log(hz), centres, gains) / 20)


def babble(random, seconds):
    """A voice that says nothing, so that speech is not what espeak-ng does: pulses and noise through moving resonances."""
    hop, size = 80, 320
    frames = int(seconds * RATE / hop)
    size_of_tract = random.uniform(0.85, 1.3)
    targets, voicing, loudness = [], [], []
    while len(targets) < frames:
        kind = random.choice(4, p=(0.6, 0.2, 0.1, 0.1))  # vowel or glide, sibilant, nasal, closure
        length = int(random.uniform(*((8, 45), (8, 25), (8, 20), (4, 16))[kind]))
        formants = size_of_tract * np.array([random.uniform(250, 850), random.uniform(700, 2400), random.uniform(2100, 3200), 3600])
        if kind == 1:
            formants = np.array([random.uniform(1500, 3000), random.uniform(2500, 6500), 5500, 7000])
        targets += [formants] * length
        voicing += [(1.0, random.choice([0.0, 0.3]), 1.0, 0.0)[kind]] * length
        loudness += [(random.uniform(0.5, 1), random.uniform(0.05, 0.6), 0.25, 0.0)[kind]] * length
    smooth = np.hanning(random.integers(5, 13))
    smooth /= smooth.sum()
    targets = np.stack([np.convolve(column, smooth, "same") for column in np.array(targets[:frames]).T], 1)
    at = np.linspace(0, frames - 1, frames * hop)
    voicing, loudness = (np.interp(at, np.arange(frames), np.convolve(x[:frames], smooth, "same")) for x in (voicing, loudness))
    count = len(at)
    pitch = random.uniform(75, 320) * 2 ** (random.uniform(0.05, 0.3) * smooth_random(random, count, 3)
                                            - random.uniform(0, 0.3) * np.arange(count) / count)
    pulses = np.diff(np.floor(np.cumsum(pitch) / RATE), prepend=0) * np.sqrt(RATE / pitch)
    noise_part = random.standard_normal(count)
    excitation = (pulses * voicing + noise_part * ((1 - voicing) + random.uniform(0, 0.2))) * loudness
    hz = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 20.0)
    tilt = (1 + hz / 300) ** -random.uniform(0.5, 1.5)
    window = np.hanning(size + 1)[:size]
    out = np.zeros(count + size)
    for frame in range(frames):
        start = frame * hop
        part = np.zeros(size)
        piece = excitation[start:start + size]
        part[:len(piece)] = piece
        response = np.where(voicing[start] > 0.5, tilt, 1.0)
        for formant, width in zip(np.maximum(targets[frame], 100), (70, 90, 130, 200)):
            response = response / np.abs(1 - (hz / formant) ** 2 + 1j * hz * width * 1.5 / formant ** 2)
        high = hz > targets[frame][3]
        response[high] = np.maximum(response[high], 0.02)
        out[start:start + size] += np.fft.irfft(np.fft.rfft(part * window) * response, size)
    return out[:count] / (np.abs(out).max() + 1e-9)


class Speech:
    """espeak-ng's voices over a text; each call says something else."""

    def __init__(self, random, words, held_out=False):
        self.random = random
        self.words = words
        self.babbles = 0.0 if held_out else 0.25
        self.variants = HELD_OUT_VARIANTS if held_out else VARIANTS
        self.languages = HELD_OUT_LANGUAGES if held_out else LANGUAGES

    def utterance(self):
        random = self.random
        if random.random() < self.babbles:
            return self.roughen(babble(random, random.uniform(0.5, 6)))
        while True:
            words = [str(word) for word in random.choice(self.words, random.integers(1, 14))]
            if random.random() < 0.3:
                words.insert(0, str(random.integers(0, 10 ** int(random.integers(1, 7)))))
            english = random.random() < 0.35
            language = "en-us" if english else str(random.choice(self.languages))
            variant = str(random.choice(self.variants))
            if random.random() < 0.08:
                variant = "whisper"
            voice = language if random.random() < 0.15 else language + "+" + variant
            speed = int(random.integers(90, 300))
            samples = run_espeak(voice, speed, int(random.integers(5, 95)), " ".join(words))
            if samples is not None:
                return self.roughen(samples / (np.abs(samples).max() + 1e-9))

    def roughen(self, samples):
        """A throat is no machine: pitch and loudness tremble, breath goes along."""
        random = self.random
        count = len(samples)
        warp = 1 + random.uniform(0, 0.02) * smooth_random(random, count, 30) + random.uniform(0, 0.06) * smooth_random(random, count, 4)
        warp *= random.uniform(0.8, 1.25)
        at = np.cumsum(np.clip(warp, 0.5, 2.0))
        samples = np.interp(np.arange(0, at[-1]), at, samples)
        samples = samples * 10 ** (random.uniform(0, 2) * smooth_random(random, len(samples), 20) / 20)
        breath = shaped(random, len(samples), lambda hz: (hz / 1000) ** -0.3)
        envelope = np.sqrt(np.convolve(samples ** 2, np.ones(320) / 320, "same"))
        return samples + breath * envelope * 10 ** (random.uniform(-40, -8) / 20)


def activity(samples):
    """Frames in which a clean utterance sounds: within 35 dB of its loudest, gaps of up to 0.2 s closed."""
    count = len(samples) // HOP
    levels = 10 * np.log10((samples[:count * HOP].reshape(count, HOP) ** 2).mean(1) + 1e-12)
    if count == 0:
        return np.zeros(0, bool)
    active = levels > levels.max() - 35
    marks = np.flatnonzero(active)
    for a, b in zip(marks, marks[1:]):
        if b - a <= 20:
            active[a:b] = True
    return active


# --- What is not speech.

def noise(random, count):
    kind = random.integers(6)
    if kind == 0:
        return shaped(random, count, lambda hz: np.ones_like(hz))
    if kind == 1:
        slope = random.uniform(0.2, 1.2)
        return shaped(random, count, lambda hz: hz ** -slope)
    if kind == 2:
        return shaped(random, count, random_equaliser(random))
    if kind == 3:
        low = 10 ** random.uniform(1.7, 3.5)
        return shaped(random, count, band(low, low * 10 ** random.uniform(0.1, 1)))
    if kind == 4:  # wind, water, a crowd far off: it swells
        swell = 10 ** (random.uniform(2, 8) * smooth_random(random, count, random.uniform(0.3, 3)) / 20)
        return shaped(random, count, random_equaliser(random)) * swell
    mains = 50 if random.random() < 0.5 else 60
    return harmonics(random, np.full(count, float(mains)), 0.6) + random.uniform(0, 0.3) * shaped(random, count, lambda hz: hz ** -0.5)


def harmonics(random, hz, slope, partials=40):
    """A periodic sound whose n-th partial has amplitude n ** -slope, each at random give or take 6 dB."""
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    out = np.zeros(len(hz))
    for n in range(1, partials + 1):
        if n * hz.min() > 7500:
            break
        gain = n ** -slope * 10 ** (random.normal(0, 6) / 20)
        out += gain * np.sin(n * phase + random.uniform(0, 6.28)) * (n * hz < 7800)
    return out / (np.sqrt(np.mean(out ** 2)) + 1e-9)


def pluck(random, count, hz):
    """Karplus and Strong's string."""
    period = max(2, int(RATE / hz))
    line = random.uniform(-1, 1, period)
    keep = random.uniform(0.98, 1.0)
    rows = [line]
    for _ in range(count // period):
        line = keep * 0.5 * (line + np.roll(line, 1))
        rows.append(line)
    return np.concatenate(rows)[:count]


def note(random, instrument, hz, count):
    t = np.arange(count) / RATE
    if instrument == 0:
        return pluck(random, count, hz)
    if instrument == 1:  # struck: decays
        return harmonics(random, np.full(count, hz), 1.0, 12) * np.exp(-t * 4)
    if instrument == 2:  # organ
        return harmonics(random, np.full(count, hz), 0.8, 8) * np.minimum(1, np.minimum(t, t[::-1]) / 0.02)
    if instrument == 3:  # bowed or blown, with vibrato
        vibrato = 1 + 0.012 * np.sin(2 * np.pi * random.uniform(4.5, 7) * t) * np.minimum(1, t / 0.2)
        return harmonics(random, hz * vibrato, 1.1, 20) * np.minimum(1, np.minimum(t, t[::-1]) / 0.06)
    if instrument == 4:  # bell
        return np.sin(2 * np.pi * hz * t + 3 * np.exp(-t * 3) * np.sin(2 * np.pi * hz * 1.41 * t)) * np.exp(-t * 3)
    return np.sin(2 * np.pi * hz * t) * np.minimum(1, np.minimum(t, t[::-1]) / 0.005)


def drum(random, count):
    t = np.arange(count) / RATE
    kind = random.integers(3)
    if kind == 0:
        return np.sin(2 * np.pi * (50 * t + 8 * (1 - np.exp(-t * 30)))) * np.exp(-t * 12)
    if kind == 1:
        return shaped(random, count, lambda hz: np.minimum(1, hz / 500)) * np.exp(-t * 20)
    return shaped(random, count, lambda hz: np.minimum(1, hz / 6000) ** 2) * np.exp(-t * 50)


def music(random, count):
    out = np.zeros(count)
    beat = 60 / random.uniform(60, 200) / random.choice([1, 2])
    scale = np.array(random.choice([[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9, 12, 14]]))
    root = 55 * 2 ** (random.integers(0, 24) / 12)
    instruments = random.integers(0, 6, 3)
    melody, chords, drums = random.random(3) < (0.8, 0.5, 0.3)
    at, bar = 0.0, 0
    while at * RATE < count - 800:
        start = int(at * RATE)
        length = min(count - start, int(beat * random.choice([0.5, 1, 1, 2]) * RATE))
        if length < 400:
            break
        if melody or not (chords or drums):
            hz = root * 2 ** (1 + (scale[random.integers(7)] + 12 * random.integers(0, 2)) / 12)
            ring = min(count - start, int(length * random.choice([0.5, 1, 1.5])))
            out[start:start + ring] += note(random, instruments[0], hz, ring)
        if chords and bar % 4 == 0:
            ring = min(count - start, int(beat * 4 * RATE))
            base = random.integers(7)
            for step in (0, 2, 4):
                hz = root * 2 ** ((scale[(base + step) % 7] + 12 * ((base + step) // 7)) / 12)
                out[start:start + ring] += 0.5 * note(random, instruments[1], hz, ring)
        if drums:
            ring = min(count - start, RATE // 4)
            out[start:start + ring] += drum(random, ring)
        at += length / RATE
        bar += 1
    return out


def machine(random, count):
    """Signals, engines, birds, clicks: what has rhythm or pitch and is neither music nor speech."""
    t = np.arange(count) / RATE
    kind = random.integers(12)
    if kind == 0:  # sweep
        low, high = 10 ** random.uniform(1.8, 3.7, 2)
        hz = np.geomspace(low, high, count) if random.random() < 0.5 else np.linspace(low, high, count)
        return np.sin(2 * np.pi * np.cumsum(hz) / RATE) if random.random() < 0.6 else harmonics(random, hz, 1, 10)
    if kind == 1:  # tremolo of anything
        source = [noise, music, chord][random.integers(3)](random, count)
        depth = random.uniform(0.3, 1)
        return source * (1 - depth * (0.5 + 0.5 * np.sin(2 * np.pi * random.uniform(0.5, 12) * t)))
    if kind == 2:  # siren
        hz = 10 ** random.uniform(2.3, 3.2) * 2 ** (random.uniform(0.1, 0.6) * np.sin(2 * np.pi * random.uniform(0.2, 4) * t))
        return harmonics(random, hz, random.uniform(0.5, 2), 12)
    if kind == 3:  # beeps
        period = random.uniform(0.1, 1.5)
        on = (t % period) < period * random.uniform(0.2, 0.7)
        return on * sum(np.sin(2 * np.pi * hz * t) for hz in 10 ** random.uniform(2.4, 3.5, random.integers(1, 3)))
    if kind == 4:  # an engine
        hz = 10 ** random.uniform(1.4, 2.3) * 2 ** (0.2 * smooth_random(random, count, 0.5))
        return harmonics(random, hz, random.uniform(0, 1), 60) + random.uniform(0, 1) * noise(random, count)
    if kind == 5:  # clicks, ticks, steps, typing
        out = np.zeros(count)
        period = random.uniform(0.05, 0.8)
        loose = random.uniform(0, 1)
        at = 0.0
        while at * RATE < count - 2000:
            length = int(10 ** random.uniform(0, 3.2))
            burst = random.standard_normal(length) * np.exp(-np.arange(length) / (length / 4 + 1))
            start = int(at * RATE)
            out[start:start + length] += burst * 10 ** (random.normal(0, 4) / 20)
            at += period * (1 + loose * random.uniform(-0.9, 2))
        return filtered(out, random_equaliser(random))
    if kind == 6:  # birds, chirps
        out = np.zeros(count)
        at = 0.0
        while at * RATE < count - 8000:
            length = int(random.uniform(0.03, 0.3) * RATE)
            low, high = random.uniform(1500, 7000, 2)
            start = int(at * RATE)
            out[start:start + length] += np.sin(2 * np.pi * np.cumsum(np.linspace(low, high, length)) / RATE) * np.hanning(length)
            at += random.uniform(0.05, 0.8)
        return out
    if kind == 7:
        return chord(random, count)
    if kind in (8, 11):  # noise that comes and goes at the rate of syllables, of one colour
        swing = np.sin(2 * np.pi * np.cumsum(random.uniform(1.5, 10) * 2 ** (random.uniform(0, 0.6) * smooth_random(random, count, 2))) / RATE)
        return noise(random, count) * 10 ** (random.uniform(5, 25) * swing / 20)
    if kind == 9:  # or in steps
        steps = np.repeat(random.random(count // 800 + 1) < random.uniform(0.2, 0.8), 800)[:count]
        wall = np.convolve(steps, np.hanning(int(random.uniform(3, 600))), "same")
        return [noise, chord][random.integers(2)](random, count) * wall
    return noise(random, count) + 0.5 * chord(random, count)


def chord(random, count):
    root = 10 ** random.uniform(1.9, 2.8)
    return sum(harmonics(random, np.full(count, root * 2 ** (step / 12)), random.uniform(0.5, 3), 10)
               for step in random.choice([0, 3, 4, 7, 10, 12, 15], random.integers(1, 5)))


def background(random, count):
    draw = random.random()
    sound = noise(random, count) if draw < 0.7 else music(random, count) if draw < 0.85 else machine(random, count)
    return sound / (np.sqrt(np.mean(sound ** 2)) + 1e-9)


def reverberate(random, samples):
    length = int(random.uniform(0.1, 0.6) * RATE)
    tail = random.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail *= random.uniform(0.05, 0.6) / np.sqrt(np.sum(tail ** 2))
    tail[0] = 1
    size = len(samples) + length
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[:len(samples)]


def channel(random, samples):
    """A microphone, a line, a gain."""
    draw = random.random()
    if draw < 0.2:
        samples = filtered(samples, band(300, 3400))
    elif draw < 0.4:
        samples = filtered(samples, band(random.uniform(20, 150), random.uniform(3000, 7900)))
    if random.random() < 0.6:
        samples = filtered(samples, random_equaliser(random))
    samples = samples / (np.abs(samples).max() + 1e-9) * 10 ** (random.uniform(-45, 0) / 20)
    if random.random() < 0.1:
        samples = np.clip(samples * random.uniform(1, 4), -0.9, 0.9)
    return np.round(samples * 32768) / 32768 if random.random() < 0.8 else samples


def speech_scene(random, clips, count):
    """Utterances with pauses, over a background: (samples, labels)."""
    samples = np.zeros(count)
    labels = np.zeros(count // HOP, bool)
    at = int(random.choice([0, random.uniform(0, 3)]) * RATE) // HOP * HOP
    while at < count - RATE // 4:
        clip = clips[random.integers(len(clips))]
        part = clip[:count - at]
        samples[at:at + len(part)] += part * 10 ** (random.normal(0, 3) / 20)
        active = activity(part)
        labels[at // HOP:at // HOP + len(active)] |= active
        at += (len(part) + int(random.exponential(0.8) * RATE)) // HOP * HOP
    if random.random() < 0.35:
        samples = reverberate(random, samples)
    power = np.mean(samples[np.repeat(labels, HOP)[:count]] ** 2) if labels.any() else 1e-3
    if random.random() < 0.85:
        ratio = random.choice([random.uniform(30, 60), random.uniform(12, 30), random.uniform(3, 12)])
        samples = samples + background(random, count) * np.sqrt(power) * 10 ** (-ratio / 20)
    return channel(random, samples), labels


def other_scene(random, count):
    samples = np.zeros(count)
    at = 0
    while at < count:
        length = min(count - at, int(random.uniform(1, 8) * RATE))
        part = [noise, music, music, machine, machine][random.integers(5)](random, length)
        if random.random() < 0.9:
            samples[at:at + length] += part / (np.abs(part).max() + 1e-9) * 10 ** (random.uniform(-15, 0) / 20)
        at += length
    if random.random() < 0.3:
        samples = reverberate(random, samples)
    if random.random() < 0.7:
        samples = samples + noise(random, count) * 10 ** (random.uniform(-70, -25) / 20)
    return channel(random, samples), np.zeros(count // HOP, bool)


def scene(random, clips):
    seconds = random.uniform(0.3, 2) if random.random() < 0.1 else random.uniform(6, 14)
    count = int(seconds * RATE) // HOP * HOP
    if random.random() < 0.55:
        samples, labels = speech_scene(random, clips, count)
    else:
        samples, labels = other_scene(random, count)
    if random.random() < 0.1:  # digital silence at the edges
        edge = min(count, int(random.uniform(0, 1.5) * RATE) // HOP * HOP)
        pad = np.zeros(edge)
        samples = np.concatenate([pad, samples, pad])
        still = np.zeros(edge // HOP, bool)
        labels = np.concatenate([still, labels, still])
    return samples.astype(np.float32), labels
