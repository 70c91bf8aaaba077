# Cells are typed: only a value has a number.

import pytest

from .conftest import MONTHS, ODD_SITES, REGION, SITE, ask
from .document import assert_keeps

COUNTS = ("numerator", "denominator")
# Panels about reports; what they count is no figure.
UNTYPED = ("received", "flags", "versions")


def assert_typed(rows):
    """That there are rows, that each has a state, and a number where the state says so."""
    assert rows
    for row in rows:
        states = [key for key in row if key == "state" or key.endswith("_state")]
        assert states, row
        for state in states:
            stem = state.removesuffix("_state")
            figures = ["value", *COUNTS, "count", "share"] if state == "state" else [stem]
            others = ["low", "high", f"{stem}_low", f"{stem}_high"]
            assert row.keys() & set(figures), row
            if row[state] == "value":
                assert all(row[key] not in (None, "") for key in figures if key in row), row
            else:
                assert all(row[key] in (None, "") for key in figures + others if key in row), row


@pytest.mark.parametrize("place", [f"regions/{REGION}", *[f"sites/{code}" for code in [SITE, *ODD_SITES]]])
def test_only_a_value_has_a_number(place):
    page = ask(f"/api/v1/{place}").json
    assert_keeps("SitePage" if page["scope"]["kind"] == "site" else "ScopePage", page)
    for panel in page["panels"]:
        if panel["id"] not in UNTYPED:
            assert_typed(panel["rows"])
        if panel["kind"] == "series":
            assert (panel["figure"]["state"] == "value") == (panel["figure"]["unit"] != "")
    assert_typed(ask(f"/api/v1/{place}.csv").table)


@pytest.mark.parametrize("place", ["programme", f"regions/{REGION}", f"sites/{SITE}"])
def test_only_a_value_has_a_number_in_client_records(place):
    page = ask(f"/api/v1/{place}/records").json
    assert_keeps("RecordsPage", page)
    assert page["panels"] and sum(rule["shown"] for rule in page["rules"]) == 1
    for panel in page["panels"]:
        assert_typed(panel["rows"])
    assert_typed(ask(f"/api/v1/{place}/records.csv").table)
    for rule in page["rules"]:
        assert_keeps("RecordsPage", ask(f"/api/v1/{place}/records?rule={rule['code']}").json)


def test_only_a_value_has_a_number_in_the_list_of_clinics():
    for month in [MONTHS[0], MONTHS[-1]]:
        assert_typed(ask(f"/api/v1/sites?month={month}").json["panel"]["rows"])
        assert_typed(ask(f"/api/v1/sites.csv?month={month}").table)


def test_the_sample_has_more_than_one_state():
    states = {row["state"] for code in ODD_SITES for row in ask(f"/api/v1/sites/{code}.csv").table}
    assert len(states) > 3
