# What the page says is what the API says; what a reader takes away is the same again.

from pathlib import Path

import pytest
from conftest import LOCALES, answer, api, table
from playwright.sync_api import expect


@pytest.mark.parametrize("language", LOCALES)
def test_figures_and_table_equal_the_api(reader, places, language):
    page = reader(language).open(f"/sites/{places.usual_site}").page
    document = api(f"sites/{places.usual_site}", language)
    expect(page.locator("main .lead")).to_have_text(document["sentence"])
    panels = [panel for panel in document["panels"] if panel["kind"] == "series"]
    for panel in panels:
        article = page.locator(f"article#{panel['id']}")
        expect(article.locator(".figure .value")).to_have_text(panel["figure"]["text"])
        expect(article.locator(".sentence").first).to_have_text(panel["sentence"].strip())
        if interval := panel["figure"].get("interval"):
            expect(article.locator(".figure .interval")).to_have_text(f" ({interval})")
    caseload = next(panel for panel in panels if panel["id"] == "caseload")
    article = page.locator("article#caseload")
    article.locator(".tools details", has=page.locator("table")).locator("summary").click()
    rows = article.locator("tbody tr")
    expect(rows).to_have_count(len(caseload["rows"]))
    for index in (0, -1):
        cells = [str(caseload["rows"][index][column["key"]] or "") for column in caseload["columns"]]
        assert rows.nth(index).locator("th, td").all_inner_texts() == cells


def test_one_series_is_the_same_in_panel_and_page(places):
    page = next(panel for panel in api(f"sites/{places.usual_site}")["panels"] if panel["id"] == "caseload")
    alone = api(f"sites/{places.usual_site}/series/caseload")["panel"]
    assert page["figure"] == alone["figure"]
    for row, other in zip(page["rows"], alone["rows"], strict=True):
        # A page has its numbers as they are drawn, to six digits.
        assert {key: other[key] if isinstance(item, str) else pytest.approx(other[key], rel=1e-5) for key, item in row.items()} == row


def test_csv_link_downloads_the_series(reader, places, tmp_path):
    tab = reader("zh").open(f"/sites/{places.usual_site}")
    with tab.page.expect_download() as download:
        tab.page.locator("article#caseload").get_by_role("link", name="CSV", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".csv"
    rows = table(file.read_text("utf-8-sig"))
    panel = next(panel for panel in api(f"sites/{places.usual_site}")["panels"] if panel["id"] == "caseload")
    assert [float(row["value"]) for row in rows if row["value"]] == [row["value"] for row in panel["rows"] if row["value"] is not None]
    assert "模拟数据" in Path(file).read_text("utf-8-sig"), "the file does not say that its data are simulated, in the reader's language"


def test_chart_saves_as_svg_and_png(reader, places):
    tab = reader().open(f"/sites/{places.usual_site}")
    for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with tab.page.expect_download() as download:
            tab.page.locator("article#caseload").get_by_role("button", name=name).click()
        saved = Path(download.value.path()).read_bytes()
        assert saved.startswith(start) and len(saved) > 5_000, f"{name}: {saved[:60]}"
        if name == "SVG":
            assert b"Simulated data" in saved, "the picture does not say that its data are simulated"
            assert b"var(--" not in saved, "the picture has colours that only the page knows"
    assert not tab.complaints, "\n".join(tab.complaints)


def test_programme_sum_is_that_of_its_clinics(reader):
    page = reader().open("/").page
    clinics = sum(float(row["caseload"]) for row in table(answer("/api/v1/sites.csv")) if row["caseload"])
    expect(page.locator("article#caseload .figure .value")).to_have_text(f"{clinics:,.0f}")
