# A panel is the same wherever it is met: on its page, and where the page's links lead.

import pytest

from .conftest import MONTHS, OLD_MONTH, REGION, SITE, ask
from .document import assert_keeps

COUNTS = ("numerator", "denominator")


# The others are on the page of a clinic.
@pytest.mark.parametrize("indicator", ["admissions", "exits"])
def test_every_indicator_has_its_series(indicator):
    document = ask(f"/api/v1/sites/{SITE}/series/{indicator}").json
    assert_keeps("SeriesDocument", document)
    assert [row["month"] for row in document["panel"]["rows"]] == MONTHS


def to_six_digits(item):
    return float(f"{item:.6g}") if isinstance(item, float) else item


@pytest.mark.parametrize("page", ["sites", f"sites/{SITE}", f"regions/{REGION}"])
def test_links_lead_to_what_is_drawn_in_full(page):
    drawn = ask(f"/api/v1/{page}?month={OLD_MONTH}").json
    panels = drawn["panels"] if "panels" in drawn else [drawn["panel"]]
    for panel in panels:
        labels = [column["label"] for column in panel["columns"]]
        assert len(set(labels)) == len(labels)
    # One panel of each kind
    for panel in {panel["chart"] if "chart" in panel else panel["id"]: panel for panel in panels}.values():
        path, *query = panel["links"]["json"].split("?")
        assert panel["links"]["csv"] == "?".join([path + ".csv", *query])
        # What became of reports is linked without its month.
        month = f"?month={OLD_MONTH}" if panel["kind"] == "received" and not query else ""
        document = ask(panel["links"]["json"] + month).json
        if panel["kind"] in ("series", "compare"):
            assert_keeps(f"{panel['kind'].title()}Document", document)
        rows = document["panel"]["rows"]
        if "panels" in drawn:
            rows = [{key: to_six_digits(item) for key, item in row.items() if key not in COUNTS} for row in rows]
        assert panel["rows"] == rows, panel["id"]
