# A clinic of fewer than five clients: its page says that its numbers are hidden, and holds none of them.

import re

import pytest
from conftest import answer, api, table
from playwright.sync_api import expect

HIDDEN = {"en": "hidden (small numbers)", "zh": "隐藏（人数过少）"}
FEWEST = 5


@pytest.fixture(scope="module")
def tiny(places):
    """The tiny clinic and the newest month in which its caseload is hidden."""
    for month in reversed(places.months):
        rows = table(answer(f"/api/v1/sites.csv?month={month}"))
        hidden = [row["site"] for row in rows if row["caseload_state"] == "suppressed"]
        if hidden:
            return hidden[0], month
    pytest.fail("no clinic of the sample has a hidden caseload in any month")


@pytest.mark.parametrize("language", HIDDEN)
def test_hidden_and_no_number(reader, tiny, language):
    site, month = tiny
    tab = reader(language).open(f"/sites/{site}?month={month}")
    page = tab.page
    document = api(f"sites/{site}?month={month}", language)
    expect(page.locator("main .lead")).to_contain_text(HIDDEN[language])
    expect(page.locator(".legend").first).to_contain_text(HIDDEN[language])
    expect(page.locator("article#caseload .figure .value")).to_have_text(HIDDEN[language])
    for panel in (panel for panel in document["panels"] if panel["kind"] == "series"):
        value = page.locator(f"article#{panel['id']} .figure .value").inner_text()
        assert not re.search(r"\d", value), f"{panel['id']} shows {value}"
        sentence = page.locator(f"#sentence-{panel['id']}").inner_text().replace(document["monthText"], "")
        assert not re.search(r"\d", sentence), f"{panel['id']} says {sentence}"
    assert HIDDEN[language] in page.locator("article#caseload .chart svg text").all_text_contents()
    assert page.locator("article#caseload .chart svg line[stroke-dasharray]").count(), "hidden months are not hatched"
    assert not tab.complaints, "\n".join(tab.complaints)


def test_tables_and_files_have_no_number_of_a_hidden_month(reader, tiny):
    site, month = tiny
    page = reader().open(f"/sites/{site}?month={month}").page
    panels = api(f"sites/{site}?month={month}")["panels"]
    hidden = [row["monthText"] for panel in panels if panel["id"] == "caseload" for row in panel["rows"] if row["state"] == "suppressed"]
    assert hidden
    leaks = page.evaluate(
        """(months) => [...document.querySelectorAll("article:not(#versions):not(#flags) .tools tbody tr")]
             .map((row) => [...row.cells].map((cell) => cell.textContent))
             .filter(([month, ...others]) => months.includes(month) && others.some((text) => /\\d/.test(text)))""",
        hidden,
    )
    assert not leaks, f"numbers in rows of hidden months: {leaks[:5]}"
    measures = ("value", "low", "high", "centre", "lowerLimit", "upperLimit", "numeratorText", "denominatorText")
    for panel in (panel for panel in panels if panel["kind"] == "series"):
        for row in table(answer(panel["links"]["csv"])):
            if row["state"] == "suppressed":
                shown = {key: row[key] for key in measures if row.get(key)}
                assert not shown, f"{panel['links']['csv']}, {row['month']}: {shown}"


def test_flags_quote_no_number_of_a_hidden_month(tiny):
    site, month = tiny
    panels = {panel["id"]: panel for panel in api(f"sites/{site}?month={month}")["panels"]}
    hidden = {row["month"] for row in panels["caseload"]["rows"] if row["state"] == "suppressed"}
    quoted = [row["text"] for row in panels["flags"]["rows"] if row["month"] in hidden and re.search(r"\d", row["text"])]
    assert not quoted, quoted


def test_no_figure_rests_on_fewer_than_five_people(places, tiny):
    shown = []
    for site in (tiny[0], places.site, places.usual_site):
        for panel in api(f"sites/{site}")["panels"]:
            people = re.match(r"[\d,]+ of ([\d,]+)", (panel.get("figure") or {}).get("detail") or "")
            if people and int(people[1].replace(",", "")) < FEWEST:
                shown.append(f"{site} {panel['id']}: {panel['figure']['detail']}")
    assert not shown, shown
