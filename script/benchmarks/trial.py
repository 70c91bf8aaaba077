"""script/bench trial [--whole] [LONG TRIAL]: the estimators of trials beside R's fastest way, taking turns, on the same rows.

LONG has 200,000 rows (client, site, arm, month, score, urine_pos), TRIAL six clinics' (client, clinic, ...); made from a
fixed seed where none are given. Prints medians of the processor's seconds over the turns, ratios, and whether both computed
the same number: of likelihoods, whether ours is no worse. R's way to the logistic model of LONG is glmmTMB, once;
with --whole lme4's glmer too, which takes more than ten minutes. R has no way from sums, for which its way from rows stands,
and none to a Kenward-Roger table of 200,000 rows.
"""
import csv
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TURNS = 3
# A likelihood's criterion may be lower than R's, which stops near the best, and no higher.
HIGHER, LOWER = 1e-6, {"lmm": 1e-2, "glmm": 0.1}
# Other numbers agree to so much: degrees of freedom follow R's variances, errors its correlation.
RELATIVE = 1e-3
# Whose criterion or number R has under another name.
REFERENCES = {"lmm_large_sums": "lmm_large_rows"}
TARGETS = {"lmm_large_rows": 60, "lmm_large_sums": 1000, "lmm_trial_kenward_roger": 500, "lmm_trial_bootstrap": 300,
           "glmm_trial": 50, "glmm_long": 100, "glmm_long_glmer": 100}
COLUMNS = ["arm", "month", "score", "urine_pos"]


def rows(draw, sites, clients, missing):
    """Each site's clients at four visits; `missing` of the visits after the first are missed."""
    for site in range(sites):
        arm, level, use = site % 2, draw.gauss(0, 1.5), draw.gauss(0, 0.5)
        for client in range(site * clients, (site + 1) * clients):
            own, habit = draw.gauss(0, 4.5), draw.gauss(0, 1)
            for visit in range(4):
                score = 31 + level + own + 0.2 * visit + arm * (0, 1.2, 2, 2.3)[visit] + draw.gauss(0, 4)
                logit = -0.7 + use + habit - arm * (0, 0.3, 0.5, 0.6)[visit]
                positive = draw.random() < 1 / (1 + math.exp(-logit))
                seen = visit == 0 or draw.random() >= missing
                yield site, client, arm, 3 * visit, *((f"{score:.2f}", int(positive)) if seen else ("", ""))


def make(path, site, *size):
    draw = random.Random(20261123)
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([site, "client", *COLUMNS])
        writer.writerows(rows(draw, *size))


def numbered(source, path):
    """A copy in which clinics and clients are numbers from 0."""
    places = {"clinic": {}, "client": {}}
    with open(source, newline="") as read, open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["clinic", "client", *COLUMNS])
        for row in csv.DictReader(read):
            codes = [own.setdefault(row[name], len(own)) for name, own in places.items()]
            writer.writerow([*codes, *(row[name] for name in COLUMNS)])


def figures(*command):
    """For each name of a figure: median, least and most seconds, and a number to compare."""
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"script/bench trial: {command[0]} failed:\n{run.stderr}")
    return {line.split()[0]: [float(field) for field in line.split()[1:]] for line in run.stdout.splitlines()}


def agreement(name, number, reference):
    if name.endswith("bootstrap"):
        return "other draws"
    if name.startswith("glmm") or name.endswith(("rows", "sums")):
        close = -LOWER[name.split("_")[0]] <= number - reference <= HIGHER
    else:
        close = abs(number / reference - 1) <= RELATIVE
    return ("yes" if close else "NO") + f" ({number:.8g}, R {reference:.8g})"


def line(name, ours, theirs):
    own = name.removesuffix("_glmer")
    mine = statistics.median(turn[own][0] for turn in ours)
    reference = REFERENCES.get(name, name)
    pairs = [(r[reference], o[own]) for r, o in zip(theirs, ours) if reference in r]
    if not pairs:
        return f"{name:26}{'none':>10}{1e3 * mine:11.3f}"
    ratios = sorted(r[0] / o[0] for r, o in pairs)
    target = f"{TARGETS[name]:,}" if name in TARGETS else ""
    theirs = statistics.median(r[0] for r, _ in pairs)
    agree = agreement(name, pairs[0][1][3], pairs[0][0][3])
    return (f"{name:26}{1e3 * theirs:10,.0f}{1e3 * mine:11.3f}{statistics.median(ratios):9,.0f}{target:>8}"
            f"  {ratios[0]:,.0f} to {ratios[-1]:,.0f} of {len(pairs)}  {agree}")


def main():
    files = [name for name in sys.argv[1:] if name != "--whole"]
    if len(files) not in (0, 2):
        sys.exit("script/bench trial [--whole] [LONG TRIAL]: both files, or none")
    once = "glmer" if "--whole" in sys.argv else "glmmTMB"
    with tempfile.TemporaryDirectory() as made:
        long, trial = Path(made) / "long.csv", Path(made) / "trial.csv"
        if files:
            long = Path(files[0])
            numbered(files[1], trial)
        else:
            make(long, "site", 800, 63, 0)
            make(trial, "clinic", 6, 30, 0.1)
        ours, theirs = [], []
        for turn in range(TURNS):
            ours.append(figures(os.environ["TRIAL_BENCHMARK"], long, trial))
            theirs.append(figures("Rscript", HERE / "trial/trial.R", long, trial, once if turn == 0 else "no"))
    print(f"{'':26}{'R, ms':>10}{'ours, ms':>11}{'times':>9}{'target':>8}  least to most of turns; numbers agree")
    for name in [*ours[0], *(name for name in theirs[0] if name.endswith("_glmer"))]:
        print(line(name, ours, theirs))


main()
