"""What two submissions say differently, and a month handed out: never a success that hides that there was nothing."""
import json

import pytest

from machine import Machine

HEADER = "site,month,opening,closing"


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("mmt"))
    machine.run("load", machine.write("sites.csv", ["site,name,region", "A-1,One,R", "B-1,Two,R", "C-1,Three,R"]))
    with machine.kept_up():
        machine.run("load", machine.write("first.csv", [HEADER, "A-1,2026-01,10,12", "B-1,2026-01,5,5"]))
        machine.run("load", machine.write("second.csv", [HEADER, "A-1,2026-01,10,13"]))
        yield machine
    machine.run("receipt", 1)  # the last mmt to leave stops the server


def test_two_submissions_field_by_field(machine):
    found = machine.run("diff", 2, 3)
    assert found.returncode == 3
    assert "A-1, 2026-01, closing: 12 → 13" in found.stdout and "B-1, 2026-01: only in receipt 2" in found.stdout


def test_a_submission_is_the_same_as_itself(machine):
    assert machine.run("diff", 2, 2).returncode == 0


@pytest.mark.parametrize("first, second, wanting", [(2, 99, 99), (1, 2, 1)])
def test_what_brought_no_report_is_not_the_same_as_anything(machine, first, second, wanting):
    found = machine.run("diff", first, second)
    assert (found.returncode, found.stdout) == (2, "")
    assert f"Receipt {wanting} is not known, or no monthly report came with it" in found.stderr


def test_an_exported_month_loads_as_what_is_known(machine):
    month = machine.run("export", "2026-01")
    assert len(json.loads(month.stdout)["dataValues"]) == 4
    file = machine.write("values.json", [month.stdout])
    assert "2 unchanged" in machine.run("load", file).stdout


@pytest.mark.parametrize("arguments", [("2026-02",), ("2026-01", "--site", "C-1")])
def test_a_month_without_reports_is_no_empty_set(machine, arguments):
    found = machine.run("export", *arguments)
    assert (found.returncode, found.stdout) == (2, "") and "There is no report on" in found.stderr
