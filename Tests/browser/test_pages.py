# Every kind of page, in both languages, light and dark: whole, quiet, and with its pictures drawn.

import json
import re

import pytest
from conftest import answer, api
from playwright.sync_api import expect

LANG = {"en": "en", "zh": "zh-Hans"}
PICTURES = {"programme": 5, "region": 5, "site": 13, "compare": 1}  # at least this many
# Nothing on these pages is a figure, and the server gives them no notice.
WITHOUT_FIGURES = {"definitions", "missing"}

# Each picture: what it is of, its size, how many of its marks can be seen, and labels that are cut off.
LOOK = """(charts) => charts.map((chart) => {
  const frame = chart.querySelector("svg").getBoundingClientRect();
  const seen = ({ width, height }) => width + height > 0;
  const marks = [...chart.querySelectorAll(".role-mark :is(path, line, rect)")].filter((mark) => seen(mark.getBoundingClientRect()));
  const cut = [...chart.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return seen(box) && (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2);
  });
  return { of: chart.closest("article").id, width: frame.width, height: frame.height, marks: marks.length,
           cut: cut.map((text) => text.textContent) };
})"""


def test_page_loads_without_a_complaint(visited):
    assert visited.status == (404 if visited.kind == "missing" else 200)
    assert not visited.complaints, "\n".join(visited.complaints)
    expect(visited.page.locator("html")).to_have_attribute("lang", LANG[visited.language])
    expect(visited.page.locator("h1")).to_have_count(1)
    assert not visited.page.locator("main [role=alert]").count() or visited.kind == "missing", "the page says that it failed"


def test_no_word_is_missing(visited):
    keys = [key for key in json.loads(answer("/words/en/page.json")) if "." in key]
    raw = visited.page.evaluate("(keys) => keys.filter((key) => document.body.innerText.includes(key))", keys)
    assert not raw, f"keys of the catalogue are on the page in place of their words: {raw}"
    unfilled = re.findall(r"\{\w+\}", visited.page.locator("body").inner_text())
    assert not unfilled, f"places in sentences that nobody filled: {unfilled}"


def test_charts_are_drawn(visited):
    charts = visited.page.locator(".chart").evaluate_all(LOOK)
    assert len(charts) >= PICTURES.get(visited.kind, 0)
    for chart in charts:
        assert 150 < chart["width"] <= 1500 and 80 < chart["height"] < 3000, f"odd size: {chart}"
        assert chart["marks"] >= 5, f"empty picture: {chart}"
        assert not chart["cut"], f"labels run out of the picture: {chart}"
    described = visited.page.locator(".chart").evaluate_all(
        "(charts) => charts.every((chart) => chart.getAttribute('aria-labelledby').split(' ').every((id) => document.getElementById(id)?.innerText.trim()))")
    assert described, "a chart has no sentence to announce it"


def test_simulated_data_says_so(visited):
    if visited.kind in WITHOUT_FIGURES:
        pytest.skip("no figures here")
    notice = visited.page.locator("main > .notice").first
    expect(notice).to_be_visible()
    expect(notice).to_have_text(api("programme", visited.language)["notices"][0]["text"])


def test_dark_is_dark(visited):
    luminance = """() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0) / 3"""
    page = visited.page
    light = page.evaluate(luminance)
    page.emulate_media(color_scheme="dark")
    try:
        dark = page.evaluate(luminance)
        ink = page.locator(".chart svg text").evaluate_all("(texts) => texts.slice(0, 3).map((text) => getComputedStyle(text).fill)")
    finally:
        page.emulate_media(color_scheme="light")
    assert light > 240 and dark < 60, f"ground is {light:.0f} in light and {dark:.0f} in dark"
    assert "rgb(0, 0, 0)" not in ink, "charts keep black text on the dark ground"
    assert not visited.complaints, "\n".join(visited.complaints)


def test_page_opened_in_the_dark(reader, places):
    dark = reader(theme="dark").open(f"/sites/{places.site}")
    assert not dark.complaints, "\n".join(dark.complaints)
