# The comparison of clinics: the list and the small pictures show what the API says, and find, filter and keyboard work.

import re
from pathlib import Path

import pytest
from conftest import api, table
from playwright.sync_api import expect

INDICATOR = "positivity_clients"


@pytest.fixture
def compared(reader):
    return reader().open(f"/compare/{INDICATOR}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_says_what_the_api_says(reader, language):
    tab = reader(language).open(f"/compare/{INDICATOR}")
    page, document = tab.page, api(f"compare/{INDICATOR}", language)
    expect(page.locator("h1")).to_contain_text(document["title"])
    expect(page.locator("main .lead")).to_have_text(document["sentence"])
    funnel, clinics = document["panels"]
    for panel in (funnel, clinics):
        expect(page.locator(f"article#{panel['id']} h3")).to_have_text(panel["title"])
        expect(page.locator(f"#sentence-{panel['id']}")).to_have_text(panel["sentence"])
    lines = page.locator("table.compared tbody tr")
    expect(lines).to_have_count(len(clinics["rows"]))
    shown = lines.evaluate_all("(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))")
    for row, cells in zip(clinics["rows"], shown, strict=True):
        assert cells[0].split("\n")[0] == row["name"]
        assert [cells[2], cells[3], cells[4]] == [row["text"], row["shrunkenText"], row["qText"]]
        assert cells[5] == ("" if row["signal"] == "none" else row["signalText"])
        assert cells[6:] == [row["programmeText"], row["regionText"], row["peersText"]]
    assert not tab.complaints, "\n".join(tab.complaints)


def test_marks_are_shapes_with_words(compared):
    marked = [row for row in api(f"compare/{INDICATOR}")["panels"][1]["rows"] if row["signal"] != "none"]
    assert marked, "nobody stands out in the sample: nothing is tested here"
    lines = compared.page.locator("table.compared tbody tr:has(svg.mark)")
    expect(lines).to_have_count(len(marked))
    for index, row in enumerate(marked):
        lines.nth(index).scroll_into_view_if_needed()
        expect(lines.nth(index).locator("svg.mark")).to_have_class(f"mark {row['signal']}")
        expect(lines.nth(index).locator(f"svg.interval .own.{row['signal']}")).to_have_count(1)
        expect(lines.nth(index)).to_contain_text(row["signalText"])


def test_box_filters_list_and_pictures(compared):
    page = compared.page
    rows = api(f"compare/{INDICATOR}")["panels"][1]["rows"]
    for wanted in (rows[-1]["name"], rows[3]["site"].lower(), rows[0]["regionName"]):
        found = [row["name"] for row in rows if any(wanted.lower() in row[key].lower() for key in ("name", "site", "regionName"))]
        page.locator("#filter").fill(wanted)
        expect(page.locator("table.compared tbody tr:visible")).to_have_count(len(found))
        assert page.locator("table.compared tbody tr:visible th a").all_inner_texts() == found
        assert page.locator(".multiples li:visible > a").all_inner_texts() == found
        expect(page.locator(".filter [role=status]")).to_contain_text(str(len(found)))
    page.locator("#filter").fill("no such clinic")
    expect(page.locator("table.compared tbody tr:visible")).to_have_count(0)
    page.locator("#filter").fill("")
    expect(page.locator("table.compared tbody tr:visible")).to_have_count(len(rows))


def test_small_pictures_are_drawn_when_seen_and_name_their_clinic(compared):
    page = compared.page
    rows = api(f"compare/{INDICATOR}")["multiples"]["rows"]
    tiles = page.locator(".multiples li")
    expect(tiles).to_have_count(len(rows))
    assert tiles.locator("> a").all_text_contents() == [row["name"] for row in rows]
    last = tiles.last
    assert not last.locator("svg.sparkline").count(), "drawn before anybody could see it"
    last.scroll_into_view_if_needed()
    expect(last.locator("svg.sparkline")).to_have_count(1)
    assert last.locator("> a").get_attribute("href").split("?")[0] == rows[-1]["url"]
    line = tiles.first.locator("svg.sparkline .line").get_attribute("d")
    values = [value for value in rows[0]["values"] if isinstance(value, (int, float))]
    assert len(re.findall("[ML]", line)) == len(values)


def test_words_of_clinics_are_there_before_they_are_drawn(compared):
    """The browser's own find reads the text of the page, drawn or not."""
    last = api(f"compare/{INDICATOR}")["multiples"]["rows"][-1]["name"]
    assert compared.page.evaluate("(name) => window.find(name, false, false, true)", last)


def test_indicator_region_and_month_are_in_the_address(compared, places):
    tab, page = compared, compared.page
    page.locator("#indicator").select_option("dose_adequacy")
    expect(page).to_have_url(re.compile("/compare/dose_adequacy$"))
    expect(page.locator("main .lead")).to_have_text(api("compare/dose_adequacy")["sentence"])
    page.locator("#region").select_option(places.region)
    expect(page).to_have_url(re.compile(f"region={places.region}"))
    page.locator("#month").select_option(places.months[-4])
    query = f"region={places.region}&month={places.months[-4]}"
    expect(page).to_have_url(re.compile(re.escape(f"/compare/dose_adequacy?{query}")))
    expect(page.locator("main .lead")).to_have_text(api(f"compare/dose_adequacy?{query}")["sentence"])
    page.go_back()
    expect(page.locator("#month")).not_to_have_value(places.months[-4])
    page.go_back()
    expect(page.locator("#region")).to_have_value("")
    tab.settle()
    assert not tab.complaints, "\n".join(tab.complaints)


def test_links_lead_there_and_back(reader, places):
    tab = reader().open(f"/?month={places.months[-2]}")
    page = tab.page
    page.locator("#section-allClinics ~ div a").first.click()
    expect(page).to_have_url(re.compile(f"/compare/dropout_rate.month={places.months[-2]}$"))
    tab.settle()
    expect(page.locator(".masthead [aria-current=page]")).to_have_text("Compare")
    first = page.locator("table.compared tbody th a").first
    name = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(name)
    expect(page).to_have_url(re.compile(f"month={places.months[-2]}"))


@pytest.mark.parametrize("name, start", [("SVG", b"<svg"), ("PNG", b"\x89PNG")])
def test_every_picture_can_be_taken_away(compared, name, start):
    page = compared.page
    for article in (f"#funnel_{INDICATOR}", f"#compare_{INDICATOR}", "#multiples"):
        with page.expect_download() as download:
            page.locator(f"article{article}").get_by_role("button", name=name).click()
        saved = Path(download.value.path()).read_bytes()
        assert saved.startswith(start) and len(saved) > 5_000, f"{article} {name}: {saved[:60]}"
        if name == "SVG":
            assert b"Simulated data" in saved, f"{article} does not say that its data are simulated"
            assert b"var(--" not in saved, f"{article} has colours that only the page knows"
    assert not compared.complaints, "\n".join(compared.complaints)


def test_every_picture_has_its_table_and_file(compared, tmp_path):
    page = compared.page
    multiples = page.locator("#multiples")
    multiples.locator("summary").click()
    document = api(f"compare/{INDICATOR}")["multiples"]
    expect(multiples.locator("tbody tr")).to_have_count(len(document["rows"]))
    expect(multiples.locator("thead th")).to_have_count(len(document["months"]) + 1)
    for article in (f"#funnel_{INDICATOR}", f"#compare_{INDICATOR}", "#multiples"):
        with page.expect_download() as download:
            page.locator(f"article{article}").get_by_role("link", name="CSV", exact=True).click()
        rows = table(Path(download.value.path()).read_text("utf-8-sig"))
        assert {row["site"] for row in rows} == {row["site"] for row in document["rows"]}
    assert not compared.complaints, "\n".join(compared.complaints)
