"""Draws loss.csv: both losses and the word error rates on held-out voices and sentences, by minutes."""

import csv
import pathlib
import sys


def plot(log):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot

    with open(log) as file:
        rows = list(csv.DictReader(file))
    windows = [int(row["windows"]) / 1000 for row in rows]
    figure, (losses, rates) = pyplot.subplots(1, 2, figsize=(11, 3.8))
    for name, label in (("decoder", "decoder, nats a token"), ("word", "words by position"), ("look", "the decoder's look")):
        losses.plot(windows, [float(row[name]) for row in rows], linewidth=1, label=label)
    measured = [(w, row) for w, row in zip(windows, rows) if row["clean_wer"]]
    for name, label in (("clean_wer", "clean sentences"), ("varied_wer", "spoiled, several sentences")):
        rates.plot([w for w, _ in measured], [100 * float(row[name]) for _, row in measured], marker="o", markersize=3, label=label)
    losses.set(yscale="log", xlabel="thousand windows", ylabel="loss", title="training")
    rates.set(ylim=(0, None), xlabel="thousand windows", ylabel="word errors, %", title="held-out voices and sentences")
    for axes in (losses, rates):
        axes.grid(True, which="both", alpha=0.3)
        axes.legend()
    figure.tight_layout()
    figure.savefig(pathlib.Path(log).with_suffix(".png"), dpi=110)


if __name__ == "__main__":
    plot(sys.argv[1])
