# Charts of an indicator: icons with words, registered events, the kinds of chart and the trend, all by keyboard.

import re

import pytest
from conftest import LOCALES, api
from playwright.sync_api import expect

METHODS = {"ewma": "memory", "cusum": "memory", "shewhart": "series"}


def rebased_site(places):
    """A clinic of the sample whose usual level begins anew."""
    for site in api("programme")["sitesIndex"]:
        panel = api(f"sites/{site['code']}/series/dropout_rate")["panel"]
        if panel.get("control", {}).get("rebases"):
            return site["code"]
    pytest.fail("no clinic of the sample has a usual level begun anew")


@pytest.mark.parametrize("language", LOCALES)
def test_icons_have_a_letter_and_words(reader, places, language):
    page = reader(language).open(f"/sites/{places.site}").page
    document = api(f"sites/{places.site}", language)
    signalled = 0
    for panel in (panel for panel in document["panels"] if panel["kind"] == "series"):
        around = page.locator(f"article#{panel['id']} .figure .around")
        variation = panel["figure"].get("variation")
        if not variation:
            expect(around.locator("svg.icon")).to_have_count(0)
            continue
        expect(around).to_contain_text(variation["text"])
        # Shape, letter and colour are for the eye; the words beside them are read.
        expect(around.locator("svg.icon")).to_have_attribute("aria-hidden", "true")
        expect(around.locator("svg.icon")).to_have_class(re.compile(rf"\b{variation['direction']}\b"))
        assert (variation["direction"] == "none") == (variation["letter"] == "")
        if variation["letter"]:
            signalled += 1
            expect(around.locator("svg.icon text")).to_have_text(variation["letter"])
    assert signalled, "the clinic to call first carries no signal"


@pytest.mark.parametrize("language", LOCALES)
def test_events_are_flags_and_a_list_in_words(reader, places, language):
    site = rebased_site(places)
    tab = reader(language).open(f"/sites/{site}")
    events = api(f"sites/{site}/series/dropout_rate", language)["panel"]["events"]
    items = tab.page.locator(".events li")
    expect(items).to_have_count(len(events))
    for index, event in enumerate(events):
        expect(items.nth(index)).to_contain_text(event["label"])
        expect(items.nth(index)).to_contain_text(event["text"])
    drawn = tab.page.locator("article#dropout_rate .chart svg text").all_text_contents()
    assert [event["label"] for event in events if event["label"] in drawn], "no flag has its name"
    row = tab.page.locator("article#dropout_rate .tools tbody tr", has_text=events[-1]["monthText"])
    expect(row.locator("td").last).to_contain_text(events[-1]["label"])
    assert not tab.complaints, "\n".join(tab.complaints)


@pytest.mark.parametrize("language", LOCALES)
def test_kind_of_chart_is_chosen_by_keyboard_and_kept_in_the_address(reader, places, language):
    tab = reader(language).open(f"/sites/{places.site}")
    page = tab.page
    before = page.locator("article#dropout_rate .figure .value").inner_text()
    page.locator("#chart").focus()
    for method in ("ewma", "cusum"):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.id") != "chart":  # some systems open a list instead
            page.locator("#chart").select_option(method)
        expect(page).to_have_url(re.compile(f"chart={method}"))
        tab.settle()
        expect(page.locator("#chart")).to_have_value(method)
        expect(page.locator("#chart")).to_be_focused()
        expect(page.locator("article#dropout_rate .chart")).to_have_attribute("data-chart", METHODS[method])
        sentence = api(f"sites/{places.site}/series/dropout_rate?chart={method}", language)["panel"]["sentence"]
        expect(page.locator("#sentence-dropout_rate")).to_have_text(sentence.strip())
        # The figure is what it was.
        expect(page.locator("article#dropout_rate .figure .value")).to_have_text(before)
    page.go_back()
    expect(page.locator("#chart")).to_have_value("ewma")
    tab.settle()
    page.reload()
    tab.settle()
    expect(page.locator("#chart")).to_have_value("ewma")
    assert not tab.complaints, "\n".join(tab.complaints)


def test_trend_line_is_drawn_for_who_asks_for_it(reader, places):
    tab = reader().open(f"/sites/{places.site}")
    article = tab.page.locator("article#positivity_clients")
    expect(article.locator(".trend")).to_contain_text(api(f"sites/{places.site}/series/positivity_clients")["panel"]["trend"]["text"])
    lines = article.locator(".chart svg .role-mark path[stroke-dasharray='7,4']")
    expect(lines).to_have_count(0)
    switch = article.get_by_role("button", name="Trend line")
    switch.focus()
    tab.page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(lines).to_have_count(1)
    tab.page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(lines).to_have_count(0)
    assert not tab.complaints, "\n".join(tab.complaints)


@pytest.mark.parametrize("language", LOCALES)
def test_clinics_signals_and_trends_are_on_the_programme_page(reader, language):
    page = reader(language).open("/").page
    panel = api("programme/trends", language)["panel"]
    page.locator("section[aria-labelledby=section-signalsAndTrends] .later").scroll_into_view_if_needed()
    rows = page.locator("article#trends tbody tr")
    expect(rows).to_have_count(len(panel["rows"]))
    first = panel["rows"][0]
    expect(rows.first).to_contain_text(first["site"])
    for column in panel["columns"]:
        expect(rows.first).to_contain_text(str(first[column["key"]]))
    marked = [column for column in panel["columns"] if column.get("mark") and first[column["mark"]]]
    expect(rows.first.locator("svg.mark")).to_have_count(len(marked))


@pytest.mark.parametrize("code, letter, direction", [("pass", "P", "better"), ("fail", "F", "worse"), ("hit_or_miss", "?", "none")])
def test_target_has_an_icon_with_a_letter_and_words(reader, places, code, letter, direction):
    # The sample has no target: the answer is given one on its way.
    page_of_site = api(f"sites/{places.site}")
    shown = next(panel for panel in page_of_site["panels"] if panel["id"] == "dropout_rate")
    shown["figure"]["assurance"] = {"code": code, "letter": letter, "text": f"Target ≤ 4: {code}"}
    tab = reader()
    tab.page.route(f"**/api/v1/sites/{places.site}", lambda route: route.fulfill(json=page_of_site))
    around = tab.open(f"/sites/{places.site}").page.locator("article#dropout_rate .figure .around")
    expect(around).to_contain_text(f"Target ≤ 4: {code}")
    expect(around.locator("svg.outcome")).to_have_attribute("aria-hidden", "true")
    expect(around.locator("svg.outcome")).to_have_class(re.compile(rf"\b{direction}\b"))
    expect(around.locator("svg.outcome text")).to_have_text(letter)
    # Without a target there is none.
    expect(tab.page.locator("article#positivity_clients svg.outcome")).to_have_count(0)
