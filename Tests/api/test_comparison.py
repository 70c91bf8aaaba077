# The comparison of clinics: who is compared, in which order, and that nothing leaks from a cell without a figure.

import pytest

from .conftest import MONTHS, OLD_MONTH, REGION, SITES, ask
from .document import SCHEMAS, assert_keeps

COMPARED = SCHEMAS["ComparedIndicator"]["enum"]
RATE, PROPORTION = "dropout_rate", "positivity_clients"
MOST_FALSE = 0.05
OF_A_FIGURE = [
    "value", "low", "high", "numerator", "denominator", "p", "q", "shrunken", "shrunkenLow", "shrunkenHigh",
    *[key + end for key in ("programme", "region", "peers") for end in ("", "Low", "High")],
]


def rows(indicator, part="sites", query=""):
    return ask(f"/api/v1/compare/{indicator}/{part}{query}").json["panel"]["rows"]


def adjusted(ps):
    """Benjamini and Hochberg's q, as the textbook has it."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    q, smallest = [0.0] * len(ps), 1.0
    for rank in range(len(ps), 0, -1):
        smallest = min(smallest, ps[order[rank - 1]] * len(ps) / rank)
        q[order[rank - 1]] = smallest
    return q


def test_what_is_compared_is_every_rate_and_proportion():
    units = {card["id"]: card["unit"] for card in ask("/api/v1/definitions").json["cards"]}
    of_reports = SCHEMAS["Indicator"]["enum"]
    assert set(COMPARED) == {id for id in of_reports if units[id].startswith(("%", "per 100"))}


@pytest.mark.parametrize("indicator", COMPARED)
def test_page_of_every_indicator_keeps_to_the_document(indicator):
    page = ask(f"/api/v1/compare/{indicator}").json
    assert_keeps("ComparePage", page)
    assert [choice["id"] for choice in page["indicators"]] == COMPARED
    listed = [row["site"] for row in page["panels"][1]["rows"]]
    assert sorted(listed) == sorted(row["site"] for row in SITES)
    assert [row["site"] for row in page["panels"][0]["rows"]] == listed
    assert [row["site"] for row in page["multiples"]["rows"]] == listed


@pytest.mark.parametrize("indicator", [RATE, PROPORTION])
@pytest.mark.parametrize("month", [OLD_MONTH, MONTHS[-2]])
def test_order_is_by_evidence_and_q_is_over_all_clinics(indicator, month):
    found = rows(indicator, query=f"?month={month}")
    compared = [row for row in found if row["state"] == "value"]
    assert len(compared) > 20 and found[: len(compared)] == compared
    ps = [row["p"] for row in compared]
    assert ps == sorted(ps)
    assert [row["q"] for row in compared] == pytest.approx(adjusted(ps))
    for row in compared:
        assert (row["signal"] != "none") == (row["q"] <= MOST_FALSE), row
        if row["signal"] != "none":
            assert (row["signal"] == "worse") == (row["value"] > row["centre"]), row


@pytest.mark.parametrize("indicator", [RATE, PROPORTION])
def test_a_region_is_a_part_of_the_same_comparison(indicator):
    whole = {row["site"]: row for row in rows(indicator)}
    part = rows(indicator, query=f"?region={REGION}")
    assert 1 < len(part) < len(whole)
    assert all(row == whole[row["site"]] for row in part)
    page = ask(f"/api/v1/compare/{indicator}?region={REGION}").json
    assert page["scope"]["code"] == REGION
    for panel in [*page["panels"], page["multiples"]]:
        assert [row["site"] for row in panel["rows"]] == [row["site"] for row in part]
        assert f"region={REGION}" in panel["links"]["csv"]
        assert ask(panel["links"]["json"]).json["scope"]["code"] == REGION


@pytest.mark.parametrize("indicator", ["cohort_retention_6", RATE])
def test_what_has_no_figure_has_no_number(indicator):
    found = rows(indicator)
    without = [row for row in found if row["state"] != "value"]
    assert {row["state"] for row in without} > {"late"}
    for row in without:
        assert all(row[key] is None for key in OF_A_FIGURE), row
        assert row["signal"] == "none" and row["qText"] == row["shrunkenText"] == row["programmeText"] == ""
    for row in rows(indicator, "funnel") + rows(indicator, "months"):
        if row["state"] != "value":
            assert all(row.get(key) is None for key in OF_A_FIGURE + ["size", "lower95", "wideUpper998"]), row


def test_limits_lie_within_one_another_around_the_programme():
    panel = ask(f"/api/v1/compare/{PROPORTION}/funnel").json["panel"]
    assert len(panel["curve"]) > 20
    widths = []
    for row in panel["curve"]:
        assert 0 <= row["lower998"] <= row["lower95"] < row["centre"] < row["upper95"] <= row["upper998"] <= 100
        assert row["wideLower95"] <= row["lower95"] and row["upper95"] <= row["wideUpper95"]
        widths.append(row["upper95"] - row["lower95"])
    assert widths[-1] < widths[0] / 2


def test_small_pictures_say_what_the_months_say():
    page = ask(f"/api/v1/compare/{RATE}").json["multiples"]
    months = {(row["site"], row["month"]): row for row in rows(RATE, "months")}
    assert len(months) == len(page["rows"]) * len(page["months"])
    for row in page["rows"]:
        marks = {mark["at"]: mark["is"] for mark in row["marks"]}
        for place, (month, value) in enumerate(zip(page["months"], row["values"])):
            full = months[row["site"], month]
            assert value == (pytest.approx(full["value"], rel=0.006) if full["state"] == "value" else full["state"])
            assert marks.get(place, "none") == full["signal"]


@pytest.mark.parametrize("path, code", [
    ("compare/caseload", "unknown_panel"), ("compare/mean_dose/funnel", "unknown_panel"), ("compare/nothing", "unknown_panel"),
    (f"compare/{RATE}/nothing", "unknown_address"), ("compare", "unknown_address"), (f"compare/{RATE}/sites/more", "unknown_address"),
    (f"compare/{RATE}?region=NOWHERE", "unknown_place"), (f"compare/{RATE}/funnel?region=%27", "unknown_place"),
    (f"compare/{RATE}.csv?region=NOWHERE", "unknown_place"), (f"compare/{RATE}?region=", "unknown_place"),
])
def test_what_cannot_be_compared_is_refused(path, code):
    answer = ask(f"/api/v1/{path}")
    assert (answer.status, answer.json["error"]["code"]) == (404, code)


def test_a_region_is_asked_for_only_where_it_is_taken():
    answer = ask(f"/api/v1/programme?region={REGION}")
    assert answer.body == ask("/api/v1/programme").body
