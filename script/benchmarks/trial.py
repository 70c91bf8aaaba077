"""script/bench trial [LONG TRIAL]: the estimators of trials beside R's fastest way, taking turns, on the same rows.

LONG has 200,000 rows (client, site, arm, month, score), TRIAL six clinics' (clinic, client, arm, month, score); made from
a fixed seed where none are given. Prints medians of the processor's seconds, ratios, and whether both computed the same
number. R has no way from sums, and none to a Kenward-Roger table of 200,000 rows.
"""
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TURNS = 3
# A criterion may be lower than R's, which stops near the best, and no higher; degrees of freedom follow R's variances.
HIGHER, LOWER, RELATIVE = 1e-6, 1e-2, 1e-3


def rows(draw, sites, clients, missing):
    """Each site's clients at four visits; `missing` of the visits after the first are missed."""
    for site in range(sites):
        arm, level = site % 2, draw.gauss(0, 1.5)
        for client in range(site * clients, (site + 1) * clients):
            own = draw.gauss(0, 4.5)
            for visit in range(4):
                score = 31 + level + own + 0.2 * visit + arm * (0, 1.2, 2, 2.3)[visit] + draw.gauss(0, 4)
                seen = visit == 0 or draw.random() >= missing
                yield site, client, arm, 3 * visit, f"{score:.2f}" if seen else ""


def make(path, site, *size):
    draw = random.Random(20261123)
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([site, "client", "arm", "month", "score"])
        writer.writerows(rows(draw, *size))


def numbered(source, path):
    """A copy in which clinics and clients are numbers from 0."""
    places = {"clinic": {}, "client": {}}
    with open(source, newline="") as read, open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["clinic", "client", "arm", "month", "score"])
        for row in csv.DictReader(read):
            codes = [own.setdefault(row[name], len(own)) for name, own in places.items()]
            writer.writerow([*codes, row["arm"], row["month"], row["score"]])


def figures(command):
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {line.split()[0]: [float(field) for field in line.split()[1:]] for line in told.splitlines()}


def line(name, ours, theirs):
    mine = statistics.median(turn[name][0] for turn in ours)
    if name not in theirs[0]:
        return f"{name:26}{'none':>10}{1e3 * mine:10.3f}"
    ratios = sorted(r[name][0] / o[name][0] for r, o in zip(theirs, ours))
    number, reference = ours[0][name][3], theirs[0][name][3]
    if name.endswith("bootstrap"):
        agree = "other draws"
    else:
        criterion = name.endswith(("rows", "sums"))
        close = -LOWER <= number - reference <= HIGHER if criterion else abs(number / reference - 1) <= RELATIVE
        agree = "yes" if close else f"NO: {number} and {reference}"
    return (f"{name:26}{1e3 * statistics.median(turn[name][0] for turn in theirs):10.0f}{1e3 * mine:10.3f}"
            f"{statistics.median(ratios):8.0f}   {ratios[0]:.0f} to {ratios[-1]:.0f}   {agree}")


def main():
    with tempfile.TemporaryDirectory() as made:
        long, trial = Path(made) / "long.csv", Path(made) / "trial.csv"
        if len(sys.argv) == 3:
            long = Path(sys.argv[1])
            numbered(sys.argv[2], trial)
        else:
            make(long, "site", 800, 62, 0)
            make(trial, "clinic", 6, 30, 0.1)
        ours, theirs = [], []
        for _ in range(TURNS):
            ours.append(figures([os.environ["TRIAL_BENCHMARK"], long, trial]))
            theirs.append(figures(["Rscript", HERE / "trial/trial.R", long, trial]))
    print(f"{'':26}{'R, ms':>10}{'ours, ms':>10}{'times':>8}   least and most of {TURNS} turns, numbers agree")
    for name in ours[0]:
        print(line(name, ours, theirs))


main()
