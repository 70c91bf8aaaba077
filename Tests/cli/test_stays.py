"""How long clients stay, and the counts that follow (sql/migrations/014_stays.sql): after every load the tables hold what
single records say, whatever came in which order. What they must hold is worked out in records.py, not by sql/merge."""
import random
import subprocess
import sys

import pytest

from machine import ROOT, Machine
from programmes import Programme
from records import DERIVED, HEADERS, KEY_COLUMNS, RULES, Records, differences, expected, known, stored
from test_ctn27 import SHARED

SEED = 14
CLINICS = 40  # made by chance; each has a twin to whom the same is told at once
STEPS = 10  # loads in which the first tell theirs


def assert_right(machine, clinics=None, rules=RULES):
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
    assert all(len(tables[table]) >= 30 for table in DERIVED), {table: len(rows) for table, rows in tables.items()}
