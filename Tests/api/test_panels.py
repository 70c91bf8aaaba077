# A panel is the same on its page and where the page's links lead, and of the month that is asked for.

import pytest

from .conftest import MONTHS, ODD_SITES, OLD_MONTH, RECEIPTS, REGION, SITE, ask, drawn
from .document import assert_keeps

COUNTS = ("numerator", "denominator")


# The others are on the page of a clinic.
@pytest.mark.parametrize("indicator", ["admissions", "exits"])
def test_every_indicator_has_its_series(indicator):
    document = ask(f"/api/v1/sites/{SITE}/series/{indicator}").json
    assert_keeps("SeriesDocument", document)
    assert [row["month"] for row in document["panel"]["rows"]] == MONTHS


@pytest.mark.parametrize("page", ["sites", f"sites/{SITE}", f"regions/{REGION}"])
def test_links_lead_to_what_is_drawn_in_full(page):
    whole = ask(f"/api/v1/{page}?month={OLD_MONTH}").json
    panels = whole["panels"] if "panels" in whole else [whole["panel"]]
    for panel in panels:
        labels = [column["label"] for column in panel["columns"]]
        assert len(set(labels)) == len(labels)
    for panel in panels:
        path, *query = panel["links"]["json"].split("?")
        assert panel["links"]["csv"] == "?".join([path + ".csv", *query])
        # What became of reports is linked without its month.
        month = f"?month={OLD_MONTH}" if panel["kind"] == "received" and not query else ""
        document = ask(panel["links"]["json"] + month).json
        if panel["kind"] in ("series", "compare"):
            assert_keeps(f"{panel['kind'].title()}Document", document)
        rows = document["panel"]["rows"]
        if "panels" in whole:
            rows = [{key: drawn(item) for key, item in row.items() if key not in COUNTS} for row in rows]
        assert panel["rows"] == rows, panel["id"]


def one_of_each_kind(panels):
    return {panel["chart"] if "chart" in panel else panel["id"]: panel for panel in panels}.values()


@pytest.mark.parametrize("page", [f"sites/{SITE}", f"regions/{REGION}"])
def test_panels_are_of_the_month_that_is_asked_for(page):
    whole = ask(f"/api/v1/{page}?month={OLD_MONTH}").json
    assert whole["month"] == OLD_MONTH
    for panel in one_of_each_kind(whole["panels"]):
        alone = ask(panel["links"]["json"].split("?")[0] + f"?month={OLD_MONTH}").json["panel"]
        assert alone["title"] == panel["title"]


def test_list_of_clinics_is_of_the_month_that_is_asked_for():
    for month in [OLD_MONTH, MONTHS[-1]]:
        assert {row["month"] for row in ask(f"/api/v1/sites?month={month}").json["panel"]["rows"]} == {month}


@pytest.mark.parametrize("code", [SITE, *ODD_SITES])
def test_receipts_of_a_clinic_are_some_of_all(code):
    some = [row["receipt"] for row in ask(f"/api/v1/receipts?site={code}").json["rows"]]
    assert some and set(some) < {row["receipt"] for row in RECEIPTS}
    assert some == [int(line["receipt"]) for line in ask(f"/api/v1/receipts.csv?site={code}").table]
