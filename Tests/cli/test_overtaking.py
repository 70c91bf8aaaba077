"""Loads that are under way at the same time: of one file, of corrections and confirmations that overtake one another."""
import random
import signal

import pytest

from books import (HEADERS, RESULTS, SEED, SITES, Books, content, held_up, nothing_is_open_or_wrong, receipts, write)


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


@pytest.mark.parametrize("wrong, outcomes", [
    ("", ["repeated", "loaded"]),
    ("NO-1", ["partly_loaded", "partly_loaded"]),
], ids=["right", "faulty"])
def test_a_load_that_hangs_while_the_same_file_is_sent_again(wrong, outcomes, machine):
    """It lives, so the next load of the same file does not finish its receipt and has one of its own; killed then, it is
    finished by the start after that, which finds its work done."""
    month = "2016-01" if wrong else "2016-02"
    file = machine.write(f"orphan{wrong}.csv", [HEADERS["monthly"], f"{SITES[1]},{month},5,5", f"{wrong or SITES[2]},{month},5,5"])
    status = 3 if wrong else 0
    with machine.kept_up():
        machine.run("receipt", 1)
        with held_up(machine, file) as first:
            first.send_signal(signal.SIGSTOP)
            second = machine.start("load", file)
            machine.wait_until(lambda: len(receipts(machine, f"file_name = '{file.name}'")) == 2)
            first.kill()
        _, said = second.communicate(timeout=60)
        assert second.returncode == status and f"The load of {file.name} has not ended yet" in said
        with machine.daemon():
            pass
        assert [outcome for _, outcome, _ in receipts(machine, f"file_name = '{file.name}'")] == outcomes
        assert machine.number(f"select count(*) from current_report where month = '{month}-01'") == (1 if wrong else 2)
        assert machine.query("select line from rejected_row where superseded_by is null") == ([["3"]] if wrong else [])
        nothing_is_open_or_wrong(machine)


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
