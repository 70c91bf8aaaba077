"""Loads that are cut off at any moment: by a kill, by the database. After each, every row is there once and every receipt
is right.

    pytest -s Tests/cli/test_interruptions.py      prints every moment, and what was going on
"""
import random
import signal
import subprocess
import time
from collections import Counter

import pytest

from books import (HEADERS, KNOWN, SEED, SITES, Books, content, held_up, hold_content, is_waiting_for_content,
                   nothing_is_open_or_wrong, receipts, waiting, write)

KILLS = 50


# Kills.

# Kills.

def test_loads_killed_at_fifty_moments(machine, capsys):
    chance = random.Random(SEED)
    books = Books()
    arrived = set()  # names of files whose receipt has been seen
    sent = {}  # file name: what it holds

    def files(number):
        """Three files, of a new month each eighth time, else of one that is known in part."""
        month = f"2010-{number // 8 + 1:02d}"
        for kind in KNOWN:
            rows = content(kind, month, chance, part=0.7)
            file = write(machine, f"{number:03d}-{kind}.csv", kind, rows)
            sent[file.name] = kind, month, rows
            yield file

    def settle():
        """The receipts of files that arrived since are right, and so is the whole content of the database."""
        fresh = [receipt for receipt in receipts(machine) if receipt[0] in sent and receipt[0] not in arrived]
        for name, outcome, counts in fresh:
            assert (name, outcome, counts) == (name, "loaded", books.take(*sent[name]))
            arrived.add(name)
        books.hold(machine)
        nothing_is_open_or_wrong(machine)
        return len(fresh)

    began = time.monotonic()
    first = list(files(0))
    start = time.monotonic()
    assert machine.run("load", *first).returncode == 0
    whole = time.monotonic() - start
    with machine.daemon():
        assert settle() == 3
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}; a load of three files takes {whole:.1f} s")

    tally, on_its_way = Counter(), 0
    for number in range(1, KILLS + 1):
        these = list(files(number))
        wait = chance.uniform(0.02, 1.0) * whole
        load = subprocess.Popen([machine.program, "load", *these], env=machine.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        doing = "unannounced"
        if number % 3 == 0:  # held still first, to see what it was doing
            load.send_signal(signal.SIGSTOP)
            try:
                doing = (machine.doing() or ["between statements"])[0]
            except RuntimeError:
                doing = "the server is not up"
        load.kill()
        load.wait()
        if not machine.is_settled():
            # A start just now would be refused: see test_a_start_while_a_killed_program_stops_the_server.
            on_its_way += 1
            machine.wait_until(machine.is_settled)
        if number % 2:
            other = machine.write(f"other-{number}.csv", [HEADERS["monthly"], f"{SITES[0]},2001-01,{number},0"])
            sent[other.name] = "monthly", "2001-01", {(SITES[0], "2001-01"): f"{number},0"}
            with machine.kept_up():
                resumed = machine.run("load", other)
                assert resumed.returncode == 0, (number, wait, resumed.stdout, resumed.stderr)
                count = settle() - 1
        else:
            with machine.kept_up(), machine.daemon():
                count = settle()
        tally[f"{count} of 3 files had arrived"] += 1
        print(f"kill {number:2d} after {wait:.3f} s, {count} files had arrived: {doing}")

    known = set(arrived)
    with machine.kept_up():
        assert machine.run("load", *(machine.folder / name for name in sent)).returncode == 0
        assert [(name, outcome) for name, outcome, _ in receipts(machine)[-len(sent):]] == [
            (name, "repeated" if name in known else "loaded") for name in sent]
        settle()
    with capsys.disabled():
        print(f"{dict(tally)}; the server was on its way up or down {on_its_way} times; "
              f"all of it in {time.monotonic() - began:.0f} s")


def test_a_load_killed_while_its_session_is_busy(machine):
    """The session ends soon after the program, though what it waits for goes on; the next start waits for that."""
    file = machine.write("busy.csv", [HEADERS["monthly"], f"{SITES[1]},2016-03,5,5"])
    other = machine.write("idle.csv", [HEADERS["monthly"], f"{SITES[2]},2016-03,5,5"])
    with machine.kept_up():
        machine.run("receipt", 1)
        with held_up(machine, file) as first:
            orphans = waiting(machine)
            first.kill()
            second = machine.start("load", other)
            machine.wait_until(lambda: waiting(machine) and not waiting(machine) & orphans)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 0 and "A load that had been interrupted was finished first" in said
        assert [outcome for _, outcome, _ in receipts(machine, "file_name in ('busy.csv', 'idle.csv')")] == ["loaded"] * 2
        nothing_is_open_or_wrong(machine)


# The database goes away.

# What the loader is then doing, and the lock of ours that keeps it there; the sending of rows needs none.
STAGES = {
    "the file is received": ("insert into received_file_part", "lock table mmt.received_file_part in share mode"),
    "rows are sent": ("copy staging", None),
    "rows are merged": ("-- A file's doses", "lock table mmt.dose_sheet in share mode"),
}


@pytest.mark.parametrize("mode", ["fast", "immediate"])
@pytest.mark.parametrize("stage", STAGES)
def test_the_database_is_restarted_while(stage, mode, machine):
    chance = random.Random(f"{stage} {mode}")
    month = f"20{20 + list(STAGES).index(stage)}-{1 if mode == 'fast' else 2:02d}"
    rows = content("doses", month, chance, part=1.0)
    rows |= {(site, f"D-{client}", day): value for (site, client, day), value in rows.items()}
    file = write(machine, f"restart-{month}.csv", "doses", rows)
    doing, lock = STAGES[stage]
    with machine.kept_up():
        machine.run("receipt", 1)
        session = machine.session(f"begin; {lock}") if lock else None
        load = machine.start("load", file)
        machine.wait_until(lambda: any(text.startswith(doing) for text in machine.doing()))
        machine.pg_ctl("restart", "-m", mode)
        if session:
            session.kill()
            session.communicate()
        out, said = load.communicate(timeout=120)
        assert load.returncode == 0, said
        assert "The connection to the database was lost" in said
        assert "Every row was accepted" in out and f"{len(rows):,} new" in out
        assert receipts(machine, f"file_name = '{file.name}'") == [(file.name, "loaded", [len(rows), len(rows), 0, 0, 0])]
        assert machine.number(f"select count(*) from dose where to_char(dosed_on, 'YYYY-MM') = '{month}'") == len(rows)
        nothing_is_open_or_wrong(machine)


# The server stops or starts.

def test_a_start_while_a_killed_program_stops_the_server(machine):
    """`mmt load` was killed in its last moment: pg_ctl has told the server to stop, and that takes a while."""
    with machine.kept_up():
        assert machine.run("receipt", 1).returncode == 0
        session = machine.session("select 1")  # a smart stop waits for it
        machine.pg_ctl("stop", "-m", "smart", "-W")
        start = machine.start("receipt", "1")
        time.sleep(1)
        session.communicate("")
        out, said = start.communicate(timeout=60)
    machine.run("receipt", 1)
    assert start.returncode == 0, said


def test_the_database_is_restarted_while_an_interrupted_load_is_finished(machine):
    file = write(machine, "resumed.csv", "doses", content("doses", "2017-01", random.Random(SEED), part=1.0))
    other = machine.write("after.csv", [HEADERS["monthly"], f"{SITES[0]},2017-01,5,5"])
    with machine.kept_up():
        machine.run("receipt", 1)
        with held_up(machine, file) as first:
            first.kill()
        session = machine.session(hold_content(file))
        load = machine.start("load", other)
        machine.wait_until(lambda: is_waiting_for_content(machine))
        machine.pg_ctl("restart", "-m", "fast")
        session.kill()
        session.communicate()
        out, said = load.communicate(timeout=60)
        assert machine.run("load", other).returncode == 0
        nothing_is_open_or_wrong(machine)
    assert load.returncode == 0, said
