"""How long clients stay, and the counts that follow (sql/migrations/014_stays.sql): after every load the tables hold what
single records say, whatever came in which order. What they must hold is worked out in records.py, not by sql/merge."""
import random
import re
import subprocess
import sys
import urllib.request

import pytest

from machine import ROOT, Machine
from programmes import Programme
from records import DERIVED, HEADERS, KEY_COLUMNS, RULES, Records, differences, expected, known, stored
from test_ctn27 import SHARED

SEED = 14
CLINICS = 30  # made by chance; each has a twin to whom the same is told at once
STEPS = 6  # loads in which the first tell theirs


def assert_right(machine, clinics=None, rules=RULES):
    """Against the rows that were sent, or those that the views say are known."""
    found = stored(machine)
    wrong = differences(found, expected(clinics or known(machine), rules))
    assert not wrong, f"{len(wrong)} rows differ:\n" + "\n".join(wrong[:20])
    return found


class Books:
    """What has been sent, by clinic and kind; the last row of a key counts."""

    def __init__(self):
        self.rows = {}

    def take(self, kind, row):
        self.rows[kind, *(row[place] for place in KEY_COLUMNS[kind])] = row

    def records(self):
        clinics = {}
        for (kind, site, *_), row in self.rows.items():
            clinics.setdefault(site, Records()).take(kind, row[1:])
        return clinics


def send(machine, books, rows, name):
    """Loads rows of many kinds, a file a kind and in an order by chance; of one key a file tells once."""
    files = []
    for kind in random.Random(name).sample(list(HEADERS), k=len(HEADERS)):
        told = {tuple(row[place] for place in KEY_COLUMNS[kind]): row for sort, row in rows if sort == kind}
        for row in told.values():
            books.take(kind, row)
        if told:
            files.append(machine.write(f"{name}-{kind}.csv", [HEADERS[kind], *map(",".join, told.values())]))
    loaded = machine.run("load", *files)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return files


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("stays"))
    sites = [f"{letter}-{number:02d}" for letter in "AB" for number in range(CLINICS)]
    files = [machine.write("sites.csv", ["site,name,region", *(f"{site},Clinic,K" for site in sites)]),
             machine.write("trials.csv", ["trial,name,design", "T1,Trial,parallel"])]
    loaded = machine.run("load", *files)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    with machine.kept_up():
        machine.run("receipt", 1)
        machine.books = Books()
        yield machine
    machine.run("receipt", 1)  # the last mmt to leave stops the server


def test_whatever_comes_when_each_load_leaves_it_right(machine):
    chance = random.Random(SEED)
    queues = {f"B-{number:02d}": Programme(chance).pieces() for number in range(CLINICS)}
    for step in range(STEPS):
        rows = []
        for site, pieces in queues.items():
            share = pieces[len(pieces) * step // STEPS:len(pieces) * (step + 1) // STEPS]
            rows += [(kind, (site, *row)) for kind, piece in share for row in piece]
        machine.files = send(machine, machine.books, rows, f"step{step}")
        assert_right(machine)
    tables = assert_right(machine, machine.books.records())
    assert all(len(tables[table]) >= 20 for table in DERIVED), {table: len(rows) for table, rows in tables.items()}


def test_the_same_told_at_once_leaves_the_same(machine):
    """A file a kind, in which each row is as it was corrected."""
    rows = [(kind, ("A" + row[0][1:], *row[1:])) for (kind, *_), row in machine.books.rows.items()]
    random.Random(SEED).shuffle(rows)
    machine.files = send(machine, machine.books, rows, "once")
    for table, found in assert_right(machine, machine.books.records()).items():
        told = {letter: {(key[0][1:], *key[1:]): row for key, row in found.items() if key[0][0] == letter} for letter in "AB"}
        assert told["A"] == told["B"], table


def written(machine):
    """Each table's rows and the transactions that wrote them: whether anything was written at all."""
    return [machine.query(f"select md5(string_agg(t::text || xmin, ';' order by t::text)) from {table} t") for table in DERIVED]


def test_what_is_known_or_only_tried_out_writes_nothing(machine):
    before = written(machine)
    again = machine.run("load", *machine.files)
    reordered = [machine.write(f"again-{file.name}", [lines[0], *reversed(lines[1:])])
                 for file in machine.files for lines in [file.read_text().splitlines()]]
    known_already = machine.run("load", *reordered)
    news = [machine.write(f"new-{kind}.csv", [HEADERS[kind], row]) for kind, row in {
        "episodes": "A-00,C-0,2006-01-01,2016-01-01,dropout", "doses": "A-00,C-0,2016-02-01,60",
        "urine": "A-00,C-0,2016-02-01,opioid,positive", "participants": "A-00,,P-9,provider,2008-01-01,",
        "assessments": "A-00,,P-9,provider,1,stigma,2008-01-01,done,1"}.items()]
    tried = machine.run("load", "--dry-run", *news)
    assert [run.returncode for run in (again, known_already, tried)] == [0, 0, 0], known_already.stdout + tried.stdout
    assert " 0 new + 0 changed" in known_already.stdout and "1 new + 0 changed" in tried.stdout
    assert written(machine) == before


def test_a_new_rule_gets_its_stays_at_the_next_start(machine):
    machine.query("insert into stay_rule values ('missed_60', 60, 5, 'This test')")
    assert machine.run("migrate").returncode == 0
    rules = RULES | {"missed_60": 60}
    found = assert_right(machine, rules=rules)
    assert any(rule == "missed_60" for _, rule, *_ in found["entry_cohort"])
    # And loads keep them up.
    send(machine, machine.books, [("doses", ("A-01", "C-0", str(day), "60")) for day in (
        "2013-01-01", "2013-03-01", "2013-03-03", "2013-05-03", "2013-07-04", "2013-12-31")], "rule")
    assert_right(machine, machine.books.records(), rules)


def test_a_rule_added_while_the_daemon_runs_is_worked_out_for_everybody(machine):
    """By the next doses that the daemon loads, which are one clinic's."""
    with machine.daemon() as log:
        token = machine.run("token", "add", "here").stdout.strip()
        place = re.search(r"http://127.0.0.1:\d+", log.read_text())[0]
        machine.query("insert into stay_rule values ('missed_90', 90, 6, 'This test')")
        urllib.request.urlopen(urllib.request.Request(
            f"{place}/api/v1/loads?name=doses.csv", f"{HEADERS['doses']}\nA-02,C-0,2016-01-01,60\n".encode(),
            {"Authorization": f"Bearer {token}"}), timeout=60).close()
    assert_right(machine, rules=RULES | {"missed_60": 60, "missed_90": 90})


def test_a_database_from_before_these_tables_gets_them_at_the_next_start(machine):
    before = stored(machine)
    for table in DERIVED:
        machine.query(f"delete from {table}")
    assert not any(stored(machine).values())
    assert machine.run("migrate").returncode == 0
    assert differences(stored(machine), before) == []


@pytest.mark.skipif(not (SHARED / "ctn27_clients.csv").exists(), reason="the study's files are not part of the program")
def test_ctn27_whole(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("ctn27-stays"))
    subprocess.run([sys.executable, ROOT / "script/ctn27", SHARED, machine.folder], capture_output=True, check=True)
    files = [machine.folder / f"{name}.csv" for name in ("sites", "episodes", "doses", "urine_weekly", "urine_tests")]
    assert machine.run("load", *files).returncode == 3  # some rows are refused
    with machine.kept_up():
        machine.run("receipt", 1)
        found = assert_right(machine)
    machine.run("receipt", 1)
    assert len({client for _, rule, client, _ in found["stay"] if rule == "reported"}) == 1269 - 22
    assert {rule for _, rule, *_ in found["treatment_month"]} == set(RULES)
