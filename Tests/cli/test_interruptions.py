"""Loads that are cut off at any moment: by a kill, by the database, by each other. After each, every row is there once
and every receipt is right; what they should say is worked out here, from the files alone.

    pytest -s Tests/cli/test_interruptions.py      prints every moment, and what was going on
"""
import hashlib
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from machine import Machine

SEED = 27
KILLS = 50
SITES = [f"S-{number:03d}" for number in range(400)]
CLINICS = SITES[:8]  # those that send doses and tests
CLIENTS = 120  # in each
RESULTS = ["negative", "positive", "invalid", "missed"]
HEADERS = {"doses": "site,client,dosed_on,dose_mg", "urine": "site,client,collected_on,result",
           "monthly": "site,month,opening,closing"}

# What is known now, a text a row, and the month that it is of.
KNOWN = {
    "doses": """
        select concat_ws(' ', s.code, c.code, d.dosed_on, round(d.dose_mg, 1)) as row, d.dosed_on as day
        from dose d join client c using (site_id, client_id) join site s using (site_id)""",
    "urine": """
        select concat_ws(' ', s.code, c.code, u.collected_on, u.substance, u.result) as row, u.collected_on as day
        from urine_test u join client c using (site_id, client_id) join site s using (site_id)""",
    "monthly": """
        select concat_ws(' ', s.code, r.opening, r.closing) as row, r.month as day
        from current_report r join site s using (site_id)""",
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("mmt"))
    registry = machine.write("sites.csv", ["site,name,region", *(f"{code},Clinic,K" for code in SITES)])
    assert machine.run("load", registry).returncode == 0
    yield machine
    machine.run("receipt", 1)  # the last mmt to leave stops the server


def content(kind, month, chance, part):
    """Some of a month's rows: what each is about, and what it says."""
    if kind == "monthly":
        return {(site, month): f"{chance.randrange(500)},{chance.randrange(500)}"
                for site in SITES if chance.random() < part}
    days = [f"{month}-{day:02d}" for day in range(1, 29, 1 if kind == "doses" else 2)]
    return {(site, f"C-{client:04d}", day):
            f"{chance.randrange(20, 1200) / 10:.1f}" if kind == "doses" else chance.choice(RESULTS)
            for site in CLINICS for client in range(CLIENTS) for day in days if chance.random() < part}


def write(machine, name, kind, rows):
    return machine.write(name, [HEADERS[kind], *(",".join([*key, value]) for key, value in rows.items())])


class Books:
    """What the database must hold: each kind's months, changed by each file in the order of arrival."""

    def __init__(self):
        self.rows = {kind: {} for kind in KNOWN}
        self.digests = {kind: {} for kind in KNOWN}

    def take(self, kind, month, rows):
        """The counts of the file's receipt: received, inserted, changed, unchanged, rejected."""
        known = self.rows[kind].setdefault(month, {})
        inserted = sum(key not in known for key in rows)
        changed = sum(key in known and known[key] != value for key, value in rows.items())
        known.update(rows)
        if kind == "monthly":
            texts = [f"{site} {value.replace(',', ' ')}" for (site, _), value in known.items()]
        else:
            test = "opioid " if kind == "urine" else ""
            texts = [f"{site} {client} {day} {test}{value}" for (site, client, day), value in known.items()]
        self.digests[kind][month] = (len(texts), hashlib.md5("\n".join(sorted(texts)).encode()).hexdigest())
        return [len(rows), inserted, changed, len(rows) - inserted - changed, 0]

    def hold(self, machine, kinds=KNOWN, month=""):
        """Every row once, as the file that arrived last has it, and none that no file brought."""
        for kind in kinds:
            found = machine.query(f"""
                select to_char(day, 'YYYY-MM'), count(*), md5(string_agg(row, E'\\n' order by row collate "C"))
                from ({KNOWN[kind]}) as known where to_char(day, 'YYYY-MM') like '{month}%' group by 1""")
            assert {month: (int(count), md5) for month, count, md5 in found} == self.digests[kind], kind


def receipts(machine, condition="true"):
    """In the order of arrival: name, outcome, the five counts."""
    return [(name, outcome, [int(count) for count in counts]) for name, outcome, *counts in machine.query(
        f"""select file_name, outcome, rows_received, rows_inserted, rows_changed, rows_unchanged, rows_rejected
            from receipt where {condition} order by receipt_id""")]


def nothing_is_open_or_wrong(machine):
    assert receipts(machine, "outcome = 'started'") == []
    for _, _, (received, *parts) in receipts(machine):
        assert received == sum(parts)
    assert machine.query("select sha256 from receipt where outcome = 'loaded' group by 1 having count(*) > 1") == []


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

    def finished():
        """Where the killed program's session outlived the first start, the second one must finish its load."""
        if not receipts(machine, "outcome = 'started'"):
            return True
        machine.wait_until(lambda: not machine.doing())
        with machine.daemon():
            return False

    began = time.monotonic()
    first = list(files(0))
    start = time.monotonic()
    assert machine.run("load", *first).returncode == 0
    whole = time.monotonic() - start
    with machine.daemon():
        assert settle() == 3
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}; a load of three files takes {whole:.1f} s")

    tally, late, on_its_way = Counter(), 0, 0
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
                late += not finished()
                count = settle() - 1
        else:
            with machine.kept_up(), machine.daemon():
                late += not finished()
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
        print(f"{dict(tally)}; {late} finished by the second start, not the first; the server was "
              f"on its way up or down {on_its_way} times; all of it in {time.monotonic() - began:.0f} s")


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


# Two at once.

def test_two_loads_of_one_file_at_once(machine):
    rows = content("doses", "2012-01", random.Random(SEED), part=1.0)
    file = write(machine, "twice.csv", "doses", rows)
    with machine.kept_up():
        loads = [machine.start("load", "--format", "json", file) for _ in range(2)]
        said = [load.communicate(timeout=120) for load in loads]
        assert [load.returncode for load in loads] == [0, 0], said
        (first, second) = machine.query(
            "select receipt_id, outcome, coalesce(repeats, 0) from receipt where file_name = 'twice.csv' order by outcome")
        assert (first[1], second[1]) == ("loaded", "repeated") and second[2] == first[0]
        assert machine.number("select count(*) from dose where to_char(dosed_on, 'YYYY-MM') = '2012-01'") == len(rows)
        nothing_is_open_or_wrong(machine)


@pytest.mark.parametrize("kind, month", [("monthly", "2013-01"), ("doses", "2013-02"), ("urine", "2013-03")])
def test_a_correction_that_is_overtaken(kind, month, machine):
    """Three files of one month. The second, a large one, is held up once it has arrived; the third overtakes it. Both
    are kept; what arrived last counts."""
    chance = random.Random(f"{kind} {month}")
    books = Books()
    first, large = (content(kind, month, chance, part) for part in (0.5, 1.0))
    small = {key: another(kind, first.get(key), value) for key, value in list(large.items())[::7]}
    files = [write(machine, f"{place}-{kind}.csv", kind, rows)
             for place, rows in enumerate((first, large, small), start=1)]
    with machine.kept_up():
        assert machine.run("load", files[0]).returncode == 0
        with held_up(machine, files[1]):
            assert machine.run("load", files[2]).returncode == 0
        arrivals = receipts(machine, f"file_name like '_-{kind}.csv'")
        assert [(name, outcome) for name, outcome, _ in arrivals] == [(file.name, "loaded") for file in files]
        for rows in (first, large, small):
            books.take(kind, month, rows)
        books.hold(machine, [kind], month)
        nothing_is_open_or_wrong(machine)


@pytest.mark.parametrize("kind, month", [("monthly", "2014-01"), ("doses", "2014-02"), ("urine", "2014-03")])
def test_a_confirmation_that_overtakes_a_correction(kind, month, machine):
    """The third file says again what the first had said, and arrived last: so it counts, not the second."""
    chance = random.Random(f"{kind} {month}")
    books = Books()
    first, second = (content(kind, month, chance, part=1.0) for _ in range(2))
    third = dict(list(first.items())[::7])
    files = [write(machine, f"again{place}-{kind}.csv", kind, rows)
             for place, rows in enumerate((first, second, third), start=1)]
    with machine.kept_up():
        assert machine.run("load", files[0]).returncode == 0
        with held_up(machine, files[1]):
            assert machine.run("load", files[2]).returncode == 0
        for rows in (first, second, third):
            books.take(kind, month, rows)
        books.hold(machine, [kind], month)


def another(kind, *values):
    """What none of the values says."""
    if kind == "urine":
        return next(result for result in RESULTS if result not in values)
    return "400.0" if kind == "doses" else "999,999"


@contextmanager
def held_up(machine, file):
    """A load that waits, with its file arrived and written down, as long as the block lasts: for the lock that keeps two
    loads of one content apart."""
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    session = machine.session(f"select pg_advisory_lock(hashtextextended('{content}', 0))")
    load = machine.start("load", file)
    machine.wait_until(lambda: any("pg_advisory_xact_lock(hashtextextended" in text for text in machine.doing()))
    yield load
    session.communicate("")
    load.communicate(timeout=120)
    assert load.returncode in (0, -signal.SIGKILL)


@pytest.mark.parametrize("wrong, outcomes", [
    ("", ["repeated", "loaded"]),
    ("NO-1", ["partly_loaded", "partly_loaded"]),
], ids=["right", "faulty"])
def test_a_load_killed_while_its_session_lives_on(wrong, outcomes, machine):
    """PostgreSQL does not notice for a while that the program is gone: the next load of the same file cannot finish the
    first one's receipt and has one of its own; the start after that finds the first one's work done."""
    month = "2016-01" if wrong else "2016-02"
    file = machine.write(f"orphan{wrong}.csv", [HEADERS["monthly"], f"{SITES[1]},{month},5,5", f"{wrong or SITES[2]},{month},5,5"])
    status = 3 if wrong else 0
    with machine.kept_up():
        machine.run("receipt", 1)
        with held_up(machine, file) as first:
            first.kill()
            second = machine.start("load", file)
            machine.wait_until(lambda: len(receipts(machine, f"file_name = '{file.name}'")) == 2)
        second.communicate(timeout=60)
        assert second.returncode == status
        with machine.daemon():
            pass
        assert [outcome for _, outcome, _ in receipts(machine, f"file_name = '{file.name}'")] == outcomes
        assert machine.number(f"select count(*) from monthly_report where month = '{month}-01'") == (1 if wrong else 2)
        assert machine.query("select line from rejected_row where superseded_by is null") == ([["3"]] if wrong else [])
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
        content_of_file = hashlib.sha256(file.read_bytes()).hexdigest()
        session = machine.session(f"select pg_advisory_lock(hashtextextended('{content_of_file}', 0))")
        load = machine.start("load", other)
        machine.wait_until(lambda: any("pg_advisory_xact_lock(hashtextextended" in text for text in machine.doing()))
        machine.pg_ctl("restart", "-m", "fast")
        session.kill()
        session.communicate()
        out, said = load.communicate(timeout=60)
        assert machine.run("load", other).returncode == 0
        nothing_is_open_or_wrong(machine)
    assert load.returncode == 0, said


def test_two_corrections_at_once(machine):
    """Two pairs of files race, without any order of ours: whichever arrived last counts."""
    chance = random.Random(SEED)
    for number in range(4):
        kind = ["monthly", "doses"][number % 2]
        month = f"2015-{number + 1:02d}"
        pair = [content(kind, month, chance, part=0.6) for _ in range(2)]
        files = {f"race{number}-{place}.csv": rows for place, rows in enumerate(pair)}
        paths = [write(machine, name, kind, rows) for name, rows in files.items()]
        with machine.kept_up():
            loads = [machine.start("load", path) for path in paths]
            said = [load.communicate(timeout=120) for load in loads]
            assert [load.returncode for load in loads] == [0, 0], said
            arrivals = receipts(machine, f"file_name like 'race{number}-%'")
            assert [outcome for _, outcome, _ in arrivals] == ["loaded", "loaded"]
            books = Books()
            for name, *_ in arrivals:
                books.take(kind, month, files[name])
            books.hold(machine, [kind], month)
            if kind == "monthly":
                assert machine.number(
                    f"select count(*) from monthly_report where month = '{month}-01'") == sum(map(len, pair))
            nothing_is_open_or_wrong(machine)
