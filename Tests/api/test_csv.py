# CSV says what JSON says, in the columns of its example.

import csv
import io
import re

import pytest

from .conftest import FAULTLESS_RECEIPT, ODD_SITES, REFUSED_RECEIPT, REGION, SITE, ask, drawn
from .document import DOCUMENT, OF_EACH_KIND, address

# Columns that say whose row it is and of what, once for a whole document in JSON
OF_THE_WHOLE = {"scope", "panel", "indicator", "notice"}
COUNTS = {"numerator", "denominator"}
# What a spreadsheet would take for a formula; a number below zero is none.
RUNS = re.compile(r"[=+@\t]|-(?!\d+(\.\d+)?(e-\d+)?$)")


def rows_of(document):
    """The rows that are in the file too; none of a page, whose file holds its series alone."""
    if "scope" in document and "panels" in document:
        return None
    parts = document.get("panel") or document.get("faults") or document
    return parts.get("rows") or parts.get("cards") or parts["panels"][0]["rows"]


def assert_same(row, line, seen=float):
    # Panels of one page share their columns: what a row has nothing of is blank.
    assert not [key for key in line.keys() - row.keys() - OF_THE_WHOLE if line[key]]
    for key in row.keys() & line.keys():
        match row[key]:
            case None:
                assert line[key] == "", key
            case bool(flag):
                assert line[key] == str(flag).lower(), key
            case str(text):
                assert line[key] == text, key
            case number:
                assert seen(float(line[key])) == number, key


@pytest.mark.parametrize("path", OF_EACH_KIND)
def test_csv_is_as_documented_and_says_the_same(path):
    answer, document = ask(address(path) + ".csv"), ask(address(path)).json
    table = answer.table
    assert answer.body.startswith("\N{BYTE ORDER MARK}".encode())
    # Its columns are those of its example
    name = DOCUMENT["paths"][path + ".csv"]["get"]["responses"]["200"]["$ref"].split("/")[-1]
    example = DOCUMENT["components"]["responses"][name]["content"]["text/csv"]["example"]
    header, *rows = csv.reader(io.StringIO(example))
    assert rows and {len(row) for row in rows} == {len(header)}
    lines = answer.body.decode("utf-8-sig").split("\r\n")
    assert (lines[0].split(","), lines[-1]) == (header, "")
    # Nothing runs as a formula, nothing is without its notice, and a place is named by its code
    assert table and not [cell for line in table for cell in line.values() if RUNS.match(cell)]
    assert [notice["code"] for notice in document.get("notices", [])][:1] == (["simulated"] if "notice" in header else [])
    if "notice" in header:
        # What must be said of a roll-out's standing besides follows the notices.
        said = " ".join(notice["text"] for notice in document["notices"])
        assert all(line["notice"].startswith(said) for line in table)
    if "scope" in header:
        assert {line["scope"] for line in table} == {document["scope"]["code"] or "programme"}
    if (rows := rows_of(document)) is not None:
        assert len(rows) == len(table)
        for row, line in zip(rows, table):
            assert_same(row, line)


@pytest.mark.parametrize("place", ["programme", f"regions/{REGION}", *[f"sites/{code}" for code in [SITE, *ODD_SITES]]])
def test_csv_of_a_page_is_its_series(place):
    table, page = ask(f"/api/v1/{place}.csv").table, ask(f"/api/v1/{place}").json
    series = [(panel["id"], row) for panel in page["panels"] if panel["kind"] == "series" for row in panel["rows"]]
    assert [line["indicator"] for line in table] == [indicator for indicator, _ in series]
    for (_, row), line in zip(series, table):
        line = {key: text for key, text in line.items() if key not in COUNTS}
        assert_same(row, line, drawn)


@pytest.mark.parametrize("panel", ["series/cohort_retention_12", "flow", "exits"])
@pytest.mark.parametrize("code", ODD_SITES)
def test_csv_has_the_gaps_of_a_clinic(code, panel):
    path = f"/api/v1/sites/{code}/{panel}"
    table, rows = ask(path + ".csv").table, ask(path).json["panel"]["rows"]
    assert len(rows) == len(table) and {row["state"] for row in rows} != {"value"}
    for row, line in zip(rows, table):
        assert_same(row, line)


def test_csv_without_rows_has_its_columns():
    faultless, refused = (
        ask(f"/api/v1/receipts/{number}.csv").body.split(b"\r\n") for number in (FAULTLESS_RECEIPT, REFUSED_RECEIPT))
    assert faultless == [refused[0], b""]
