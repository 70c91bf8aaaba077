"""script/bench metrics [FOLDER]: the estimators beside R's fastest way, taking turns, on the same files; and Kaplan-Meier
from rows in PostgreSQL to estimates, by the clock, beside what R takes once it has the rows in memory.

FOLDER holds episodes.csv (site, day, reason) and panel.csv (site, month, caseload, exits); made from a fixed seed where
none is given. Prints medians of the processor's seconds, ratios, and whether both computed the same number.
"""
import glob
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
TURNS = 3


def make(folder):
    """800 sites, 500,000 episodes, 60 months."""
    draw = random.Random(20261123)
    hazards = [draw.lognormvariate(-5.8, 0.3) for _ in range(800)]
    with open(folder / "episodes.csv", "w") as out:
        out.write("site,day,reason\n")
        for _ in range(500_000):
            site = draw.randrange(800)
            day = 1 + int(draw.expovariate(hazards[site]))
            seen = draw.randrange(30, 1_100)
            reason = draw.choices([1, 2, 3, 4], [70, 12, 12, 6])[0] if day <= seen else 0
            out.write(f"{site + 1},{min(day, seen)},{reason}\n")
    with open(folder / "panel.csv", "w") as out:
        out.write("site,month,caseload,exits\n")
        for site in range(1, 801):
            caseload, rate = draw.lognormvariate(5, 0.8), draw.lognormvariate(-3.3, 0.3)
            for month in range(60):
                exits = sum(draw.random() < rate for _ in range(round(caseload)))
                out.write(f"{site},{month},{caseload:.1f},{exits}\n")


def figures(command):
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {line.split()[0]: [float(field) for field in line.split()[1:]] for line in told.splitlines()}


@contextmanager
def postgresql():
    """A PostgreSQL of its own; gives psql and its first arguments."""
    programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    folder = Path(tempfile.mkdtemp())
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    run = lambda *command: subprocess.run([*user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
    run(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    run(programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
    try:
        yield [programs / "psql", "-Xq", "-h", folder, "-U", "postgres"]
    finally:
        run(programs / "pg_ctl", "-D", folder / "data", "-m", "fast", "stop")
        shutil.rmtree(folder)


def from_postgresql(folder):
    """Seconds of the clock for each turn, and the number computed."""
    with postgresql() as psql:
        subprocess.run([*psql, "-c", "create table spell (site int, day int, reason int)", "-c",
                        f"\\copy spell from '{folder / 'episodes.csv'}' csv header", "-c", "vacuum analyze spell"], check=True)
        seconds = []
        for _ in range(TURNS):
            start = time.perf_counter()
            rows = subprocess.Popen([*psql, "-c", "copy spell to stdout"], stdout=subprocess.PIPE)
            told = subprocess.run([os.environ["METRICS_BENCHMARK"], "-"], stdin=rows.stdout, check=True, capture_output=True, text=True)
            rows.wait()
            seconds.append(time.perf_counter() - start)
    return seconds, float(told.stdout)


def main():
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)
        if len(sys.argv) == 1:
            make(folder)
        ours, theirs = [], []
        for _ in range(TURNS):
            ours.append(figures([os.environ["METRICS_BENCHMARK"], folder]))
            theirs.append(figures(["Rscript", HERE / "metrics.R", folder, "3"]))
        read, number = from_postgresql(folder)
    print(f"{'':16}{'R, s':>10}{'ours, s':>10}{'times':>8}   least and most of {TURNS} turns   numbers agree")
    for name in ours[0]:
        ratios = sorted(r[name][0] / o[name][0] for r, o in zip(theirs, ours))
        mine, reference = ours[0][name][3], theirs[0][name][3]
        agree = abs(mine - reference) <= 1e-6 * max(1, abs(reference))
        print(f"{name:16}{statistics.median(r[name][0] for r in theirs):10.3f}"
              f"{statistics.median(o[name][0] for o in ours):10.4f}{statistics.median(ratios):8.0f}"
              f"   {ratios[0]:.0f} to {ratios[-1]:.0f}{'':18}{'yes' if agree else f'NO: {mine} and {reference}'}")
    in_memory = statistics.median(r["kaplan_meier"][0] for r in theirs)
    reference = theirs[0]["kaplan_meier"][3]
    agree = "yes" if abs(number - reference) <= 1e-6 * max(1, abs(reference)) else f"NO: {number} and {reference}"
    print(f"kaplan_meier from PostgreSQL, seconds of the clock: {statistics.median(read):.3f}; R in memory {in_memory:.3f}: "
          f"{in_memory / statistics.median(read):.1f} times; numbers agree: {agree}")


main()
