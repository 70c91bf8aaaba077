# A panel is the same on its page and where the page's links lead, and of the month that is asked for.

import pytest

from .conftest import MONTHS, ODD_SITES, OLD_MONTH, RECEIPTS, REGION, SITE, ask, drawn
from .document import assert_keeps

COUNTS = ("numerator", "denominator")
# A page of many panels says these in words alone.
IN_WORDS = (*COUNTS, "p", "q")


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
            rows = [{key: drawn(item) for key, item in row.items() if key not in IN_WORDS} for row in rows]
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


@pytest.mark.parametrize("chart", ["shewhart", "ewma", "cusum"])
@pytest.mark.parametrize("place", [f"sites/{SITE}", "programme"])
def test_a_series_is_watched_by_the_chart_that_is_asked_for(place, chart):
    usual = ask(f"/api/v1/{place}/series/dropout_rate").json["panel"]
    document = ask(f"/api/v1/{place}/series/dropout_rate?chart={chart}").json
    assert_keeps("SeriesDocument", document)
    panel = document["panel"]
    assert panel["control"]["method"] == chart and panel["chart"] == ("series" if chart == "shewhart" else "memory")
    # The figures are the same, whatever watches them.
    for row, other in zip(panel["rows"], usual["rows"], strict=True):
        assert {key: row[key] for key in ("state", "value", "low", "high", "trend")} == {
            key: other[key] for key in ("state", "value", "low", "high", "trend")}
        if chart == "ewma" and row["average"] is not None:
            assert row["lowerLimit"] == -row["upperLimit"] and row["upperLimit"] <= 1.0000001  # 3 √(0.2/1.8)
            assert (abs(row["average"]) > row["upperLimit"]) == (row["signal"] != "none")
        if chart == "cusum" and row["rise"] is not None:
            assert row["upperLimit"] == 5 and row["rise"] >= 0 >= row["fall"]
    table = ask(f"/api/v1/{place}/series/dropout_rate.csv?chart={chart}").table
    assert ("average" in table[0]) == (chart != "shewhart")
    assert panel["links"]["json"].endswith(MONTHS[-1] if chart == "shewhart" else f"{MONTHS[-1]}&chart={chart}")


@pytest.mark.parametrize("path", ["programme", f"sites/{SITE}", f"sites/{SITE}/series/dropout_rate.csv"])
def test_an_unknown_chart_is_refused(path):
    answer = ask(f"/api/v1/{path}?chart=nelson")
    assert (answer.status, answer.json["error"]["code"]) == (400, "unknown_chart")


def test_pages_of_other_charts_keep_to_the_document():
    for chart in ("ewma", "cusum"):
        assert_keeps("SitePage", ask(f"/api/v1/sites/{SITE}?chart={chart}").json)


def test_events_are_on_every_series_of_a_place_and_say_no_name():
    page = ask(f"/api/v1/sites/{SITE}").json
    series = [panel for panel in page["panels"] if panel["kind"] == "series"]
    assert series[0]["events"] and all(panel["events"] == series[0]["events"] for panel in series)
    assert "Programme office" not in ask(f"/api/v1/sites/{SITE}").body.decode()


def test_a_usual_level_begins_anew_only_of_a_registered_event():
    found = 0
    for site in [row["site"] for row in ask("/api/v1/sites").json["panel"]["rows"]]:
        panel = ask(f"/api/v1/sites/{site}/series/dropout_rate").json["panel"]
        registered = {event["month"] for event in panel["events"] if event["rebases"]}
        rebases = panel.get("control", {}).get("rebases", [])
        assert set(rebases) <= registered
        found += len(rebases)
    assert found, "the sample has no usual level begun anew"
