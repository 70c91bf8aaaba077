"""CTN-0027, whole: 1,269 real clients with all that is odd about them. What the database must hold is worked out here
from the study's own files, not from those that script/ctn27 makes of them."""
import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from math import sqrt
from pathlib import Path
from statistics import NormalDist

import pytest

from machine import MMT, ROOT, Machine

SHARED = Path(os.environ.get("MMT_SHARED_DATA", ROOT.parent / "shared/data"))
RESULT = {"-": "negative", "+": "positive", "*": "invalid", "o": "missed", "TRUE": "positive", "FALSE": "negative"}

pytestmark = pytest.mark.skipif(
    not (SHARED / "ctn27_clients.csv").exists(),
    reason=f"the study's files are not part of the program: there is no {SHARED}/ctn27_clients.csv")


def raw(name):
    with gzip.open(SHARED / name, "rt") if name.endswith(".gz") else open(SHARED / name) as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """Everything loaded but the dated tests, which tell of the weekly codes' samples once more."""
    machine = Machine(tmp_path_factory.mktemp("ctn27"))
    said = subprocess.run([sys.executable, ROOT / "script/ctn27", SHARED, machine.folder], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    machine.said = said.stdout
    loaded = machine.run("load", *(machine.folder / name for name in (
        "sites.csv", "episodes.csv", "doses.csv", "urine_weekly.csv")))
    assert loaded.returncode == 3, loaded.stderr  # one row is refused
    machine.receipts = loaded.stdout
    with machine.daemon():
        yield machine


def counts(machine, name):
    return [int(count) for count in machine.query(
        f"""select rows_received, rows_inserted, rows_changed, rows_unchanged, rows_rejected, rows_flagged from receipt
            where file_name = '{name}' order by receipt_id limit 1""")[0]]


def by_client(machine, select):
    return {(client, *rest): int(count) for client, *rest, count in machine.query(select)}


def first_of_each_day(doses):
    kept = {}
    for dose in doses:
        kept.setdefault((dose["who"], dose["when"]), dose)
    return kept.values()


def test_every_decision_is_said(machine):
    for words in ("synthetic calendar", "22 clients were randomised and never dosed", "a client-day that stands twice",
                  "up to 397", "64,028 of them are buprenorphine", "codes as they are (- + * o)", "6 samples have no day"):
        assert words in machine.said


def test_sites_say_that_their_calendar_is_synthetic(machine):
    assert machine.query("select provenance, count(*) from site group by 1") == [["synthetic_calendar", "16"]]


def test_the_never_dosed_have_no_episode_and_no_dose(machine):
    clients = raw("ctn27_clients.csv")
    never = [client["who"] for client in clients if client["first_dose"] == "NA"]
    assert len(never) == 22 and counts(machine, "episodes.csv") == [len(clients) - 22, len(clients) - 22, 0, 0, 0, 0]
    codes = ", ".join(f"'{who}'" for who in never)
    for view in ("current_episode", "dose"):
        assert machine.number(f"select count(*) from {view} join client using (site_id, client_id) where code in ({codes})") == 0
    # They were tested all the same, or missed their tests.
    assert machine.number(f"""select count(distinct code) from urine_test join client using (site_id, client_id)
        where code in ({codes})""") == 22


def test_episodes_last_as_long_as_in_the_study(machine):
    found = machine.query("select code, ended_on - started_on from current_episode join client using (site_id, client_id)")
    assert {code: int(days) for code, days in found} == {
        client["who"]: int(client["last_dose"]) - int(client["first_dose"])
        for client in raw("ctn27_clients.csv") if client["first_dose"] != "NA"}


def test_doses_are_those_of_the_study(machine):
    doses = raw("ctn27_daily_dose.csv.gz")
    kept = first_of_each_day(doses)
    assert len(doses) - len(kept) == 1
    assert counts(machine, "doses.csv") == [len(doses), len(kept), 0, 0, 1, sum(int(dose["amount"]) > 300 for dose in kept)]
    found = machine.query("""select code, count(*), round(sum(dose_mg)), round(max(dose_mg)), max(dosed_on) - date '2006-01-01'
        from dose join client using (site_id, client_id) group by 1""")
    days, totals, most, last = Counter(), Counter(), Counter(), Counter()
    for dose in kept:
        who, amount = dose["who"], int(dose["amount"])
        days[who] += 1
        totals[who] += amount
        most[who] = max(most[who], amount)
        last[who] = max(last[who], int(dose["when"]))
    assert {row[0]: [int(number) for number in row[1:]] for row in found} == {
        who: [days[who], totals[who], most[who], last[who]] for who in days}
    assert machine.number("select round(sum(dose_mg)) from dose") == sum(totals.values()) == 7_191_449


def test_the_duplicate_is_refused_and_names_the_first_line(machine):
    doses = raw("ctn27_daily_dose.csv.gz")
    lines = {}
    double = next((line, lines[key]) for line, dose in enumerate(doses, start=2)
                  for key in [(dose["who"], dose["when"])] if lines.setdefault(key, line) != line)
    assert machine.query("select line, code, expected from row_defect where code = 'duplicate_row'") == [
        [str(double[0]), "duplicate_row", str(double[1])]]
    assert f"line {double[0]}, dosed on: The file has a row for the same thing already, on line {double[1]}." in machine.receipts
    first = doses[double[1] - 2]
    assert machine.query(f"select round(dose_mg) from dose where line = {double[1]}") == [[first["amount"]]]


def test_doses_above_300_are_asked_about_and_stored_as_they_are(machine):
    high = [(str(line), dose["amount"]) for line, dose in enumerate(raw("ctn27_daily_dose.csv.gz"), start=2)
            if int(dose["amount"]) > 300]
    assert len(high) == 76 and [amount for _, amount in high].count("397") == 2
    assert machine.query("select line, round(value::numeric) from row_question order by line") == [list(row) for row in high]
    assert machine.query("select line, round(dose_mg) from dose where dose_mg > 300 order by line") == [list(row) for row in high]
    assert "397 is above 300: is it right?" in machine.receipts


def test_weekly_codes_are_never_made_negative(machine):
    weeks = raw("ctn27_weekly_urine.csv")
    assert counts(machine, "urine_weekly.csv") == [len(weeks), len(weeks), 0, 0, 0, 0]
    assert by_client(machine, """select code, result, count(*) from urine_test join client using (site_id, client_id)
        group by 1, 2""") == Counter((week["who"], RESULT[week["code"]]) for week in weeks)
    # Line by line: nothing has changed places.
    assert {line: result for line, result in machine.query("select line, result from urine_test")} == {
        str(line): RESULT[week["code"]] for line, week in enumerate(weeks, start=2)}


def test_positivity_has_the_client_as_its_unit(machine):
    """Korn & Graubard 1998: Wilson's interval on the tests that as many of unrelated people would be."""
    tests, positive = Counter(), Counter()
    for week in raw("ctn27_weekly_urine.csv"):
        tests[week["who"]] += week["code"] in "+-"
        positive[week["who"]] += week["code"] == "+"
    clients = [who for who, count in tests.items() if count > 0]
    share = positive.total() / tests.total()
    variance = len(clients) / (len(clients) - 1) * sum(
        (positive[who] - share * tests[who]) ** 2 for who in clients) / tests.total() ** 2
    effective, z = share * (1 - share) / variance, NormalDist().inv_cdf(0.975)
    middle, spread = share + z * z / 2 / effective, z * sqrt(variance + z * z / 4 / effective ** 2)
    limits = [100 * (middle + side * spread) / (1 + z * z / effective) for side in (-1, 1)]
    panel = json.loads(machine.run("show", "tests", "--format", "json").stdout)["panel"]
    last = panel["rows"][-1]
    assert (last["numerator"], last["denominator"]) == (6_286, 16_113) == (positive.total(), tests.total())
    assert [last["value"], last["low"], last["high"]] == pytest.approx([100 * share, *limits], rel=1e-12)
    assert "36.9–41.2" in panel["sentence"] and f"design effect of {tests.total() / effective:.1f}" in panel["sentence"]


def test_completion_is_that_of_the_study(tmp_path):
    """Published: 74 % with methadone and 46 % with buprenorphine of all randomised had a dose in the 24th week or after
    (Hser et al. 2014, Addiction 109:79). Nobody is censored before, so that the Kaplan-Meier share is that of the people."""
    lasting = {client["who"]: 1 + max(0, int(client["last_dose"])) if client["last_dose"] != "NA" else 1
               for client in raw("ctn27_clients.csv")}
    arms = {client["who"]: client["arm"] for client in raw("ctn27_clients.csv")}
    file = tmp_path / "completion.csv"
    file.write_text("arm,days,left\n" + "".join(
        f"{arms[who]},{min(days, 162)},{int(days < 162)}\n" for who, days in lasting.items()))
    told = subprocess.run([MMT, "survival", file, "--time", "days", "--event", "left", "--by", "arm", "--at", "161",
                           "--format", "json"], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    shares = {group["group"]: group["shares"][0]["share"]["value"] for group in json.loads(told.stdout)["groups"]}
    assert shares["MET"] == pytest.approx(392 / 529, rel=1e-12) and round(100 * shares["MET"], 1) == 74.1
    assert shares["BUP"] == pytest.approx(344 / 740, rel=1e-12) and round(100 * shares["BUP"], 1) == 46.5


def test_the_same_file_again_changes_nothing(machine):
    before = machine.query("select line, dose_mg from dose order by line")
    machine.run("load", machine.folder / "doses.csv")
    assert machine.query("select line, dose_mg from dose order by line") == before


def test_dated_tests_are_laid_over_the_weekly_codes_as_the_receipt_says(machine):
    clients = {client["who"]: client for client in raw("ctn27_clients.csv")}
    known = {(week["who"], int(clients[week["who"]]["rand_day"]) + 7 * int(week["week"]) - 7, "opioid"): RESULT[week["code"]]
             for week in raw("ctn27_weekly_urine.csv")}
    expected, rejected = [0, 0, 0], 0
    for sample in raw("ctn27_urine_tests.csv.gz"):
        for substance in ("Opioid", "Methadone", "Buprenorphine"):
            if sample["when"] == "NA":
                rejected += 1
                continue
            key, result = (sample["who"], int(sample["when"]), substance.lower()), RESULT[sample[substance]]
            expected[0 if key not in known else 1 if known[key] != result else 2] += 1
            known[key] = result
    loaded = machine.run("load", machine.folder / "urine_tests.csv")
    assert loaded.returncode == 3 and "collected on is blank" in loaded.stdout
    assert rejected == 18 and counts(machine, "urine_tests.csv") == [sum(expected) + rejected, *expected, rejected, 0]
    assert machine.query("select code, count(*) from row_defect where code <> 'duplicate_row' group by 1") == [
        ["value_missing", "18"]]
    assert by_client(machine, """select code, substance, result, count(*) from urine_test
        join client using (site_id, client_id) group by 1, 2, 3""") == Counter(
            (who, substance, result) for (who, _, substance), result in known.items())
    # What the weekly codes had said stays readable.
    assert machine.number("select sum(cardinality(client_id)) from urine_list where version = 1 and receipt_id = "
                          "(select receipt_id from receipt where file_name = 'urine_weekly.csv')") == 29_784
