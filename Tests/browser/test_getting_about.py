# Language, month, search, back and forward, keyboard: the address says where the reader is.

import re

from conftest import api
from playwright.sync_api import expect

TAB_STOPS = 15
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  return { html: at.outerHTML.slice(0, 100), outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
           inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth };
}"""


def test_language_switch_keeps_the_address(reader, places):
    tab = reader().open(f"/sites/{places.site}?month={places.months[-3]}")
    page, address = tab.page, tab.page.url
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    tab.settle()
    assert page.url == address
    expect(page.locator("main .lead")).to_have_text(api(f"sites/{places.site}?month={places.months[-3]}", "zh")["sentence"])
    assert page.locator("h1").inner_text() != name
    # The choice stays on the next page, and goes back.
    page.get_by_role("link", name="定义").click()
    expect(page).to_have_url(re.compile("/definitions"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Definitions")).to_be_visible()


def test_an_address_may_name_the_language_of_the_whole_page(reader):
    tab = reader().open("/?lang=zh")
    page = tab.page
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("main .lead")).to_have_text(api("programme", "zh")["sentence"])
    expect(page.get_by_role("link", name="定义")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tab.settle()
    assert "lang" not in page.url
    # What is no language is nobody's choice.
    page = reader().open("/?lang=toString").page
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_month_is_in_the_address_and_goes_back_and_forward(reader, places):
    tab = reader().open("/")
    page = tab.page
    latest, chosen = places.months[-1], places.months[-4]

    def shows(month):
        expect(page.locator("main .lead")).to_have_text(api(f"programme?month={month}")["sentence"])
        expect(page.locator("#month")).to_have_value(month)

    shows(latest)
    page.locator("#month").select_option(chosen)
    expect(page).to_have_url(re.compile(f"[?&]month={chosen}"))
    shows(chosen)
    page.get_by_role("button", name="Earlier month").click()
    shows(places.months[-5])
    page.go_back()
    shows(chosen)
    page.go_back()
    shows(latest)
    page.go_forward()
    shows(chosen)
    # Links to other places stay in the month.
    page.locator(".regions a").first.click()
    expect(page).to_have_url(re.compile(f"/regions/.*month={chosen}"))
    tab.settle()
    expect(page.locator("#month")).to_have_value(chosen)
    assert not tab.complaints, "\n".join(tab.complaints)


def test_search_leads_to_a_clinic(reader, places):
    tab = reader().open("/")
    page = tab.page
    clinic = next(site for site in api("programme")["sitesIndex"] if site["code"] == places.usual_site)
    search = page.get_by_role("search").get_by_role("combobox").or_(page.get_by_role("search").get_by_role("searchbox"))
    search.fill("no such clinic")
    search.press("Enter")
    tab.reaches("document.getElementById('clinic').validationMessage", "an unknown name is not answered")
    assert page.url.endswith("/"), "an unknown name left the page"
    search.fill(clinic["code"].lower())
    search.press("Enter")
    expect(page).to_have_url(re.compile(f"/sites/{clinic['code']}$"))
    tab.settle()
    expect(page.locator("h1")).to_contain_text(clinic["name"])


def test_call_first_leads_to_the_panel_that_it_speaks_of(reader):
    tab = reader().open("/")
    first = api("programme")["callFirst"]["items"][0]
    tab.page.locator(".call-first a").first.click()
    expect(tab.page).to_have_url(re.compile(f"{first['site']['url']}#{first['indicator']}$"))
    tab.settle()
    expect(tab.page.locator(f"#{first['indicator']}")).to_be_in_viewport()


def test_keyboard_reaches_everything_and_focus_is_seen(reader, places):
    page = reader().open(f"/regions/{places.region}").page
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    for stop in range(TAB_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["inView"], f"stop {stop} is out of sight: {focus['html']}"
        assert focus["outlined"], f"stop {stop} has no visible focus: {focus['html']}"
    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_indicator_of_the_comparison_is_kept_in_the_address(reader):
    tab = reader().open("/")
    page = tab.page
    chosen = page.locator("#indicator option").nth(1).get_attribute("value")
    page.locator("#indicator").select_option(chosen)
    expect(page).to_have_url(re.compile(f"indicator={chosen}"))
    page.reload()
    tab.settle()
    expect(page.locator("#indicator")).to_have_value(chosen)
    expect(page.locator(f"article#{chosen}")).to_be_visible()
