# A trial as an official sees it, its arms hidden, and as its statistician does: he says why, sees them, and hides them again.

import json
import re
from urllib.request import Request, urlopen

import pytest
from conftest import NARROW, URL, WIDE, api
from playwright.sync_api import expect
from test_accessibility import COLOURS, OPTIONS, WITHOUT_COLOURS, examine
from test_paper_and_phone import A4_TEXT_WIDTH, CUT_LABELS, OUTSIDE

# The pilot has six clinics: its pages come at once from a program that is not optimised, those of 68 clinics in half a minute.
TRIAL, PILOT = "/trials/CARE", "/trials/CARE-PILOT"
SLOW_SECONDS = 240
HIDDEN = ["effect", "sensitivity", "course", "outcomes", "clinics", "delivery"]
REASON = "Test of the pages, on simulated data"
POINTS = ".mark-symbol.role-mark path"
PHONE = {"width": 375, "height": 800}
# Names of people, of formats and of quantities stay as they are in Chinese; so do codes of pairs, and the hash of the plan.
LATIN = {
    "MMT", "CARE", "Monitor", "JSON", "CSV", "SVG", "PNG", "SHA", "English", "Cox", "Logistic", "Kauermann", "Carroll",
    "Kenward", "Roger", "Satterthwaite", "GEE", "Newey", "West", "Callaway", "Sant", "Anna", "Goodman", "Bacon", "Hussey", "Hughes",
}


class Statistician:
    """Tabs of the trial statistician, with the arms as a test wants them."""

    def __init__(self, reader, url):
        self.reader, self.url = reader, url

    def open(self, path=PILOT, *choices, **named):
        urlopen(f"{self.url}/api/v1{path}", timeout=SLOW_SECONDS).close()  # from now on the answer is kept
        return self.reader(*choices, url=self.url, **named).open(path)

    def api(self, path):
        return api(path, url=self.url)

    def uncover(self, trial):
        self._send(trial, "POST", json.dumps({"reason": REASON}).encode())

    def cover(self, trial):
        self._send(trial, "DELETE", None)

    def _send(self, trial, method, body):
        address = f"{self.url}/api/v1/trials/{trial}/unmasking"
        urlopen(Request(address, body, {"Content-Type": "application/json"}, method=method)).close()


@pytest.fixture(scope="module")
def arms_hidden_at_the_end(statistician):
    yield
    for trial in ("CARE", "CARE-PILOT"):
        Statistician(None, statistician).cover(trial)


@pytest.fixture
def masked(reader, statistician, arms_hidden_at_the_end):
    """The statistician before he has said why."""
    tabs = Statistician(reader, statistician)
    tabs.cover("CARE-PILOT")
    return tabs


@pytest.fixture
def uncovered(reader, statistician, arms_hidden_at_the_end):
    tabs = Statistician(reader, statistician)
    for row in tabs.api("trials")["panels"][0]["rows"]:
        if row["armsText"] == "hidden":
            tabs.uncover(row["trial"])
    return tabs


def looks(page):
    told = re.search(r"\d+", page.locator("#masking .quiet").inner_text().replace("once", "1").replace("Nobody", "0"))
    return int(told.group())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_official_sees_no_arm_and_is_told_why(reader, language):
    tab = reader(language).open(TRIAL)
    page, document = tab.page, api("trials/CARE", language)
    expect(page.locator("main .lead")).to_have_text(document["sentence"])
    expect(page.locator("#masking p").first).to_have_text(document["masking"]["text"])
    expect(page.locator("#masking form, #masking button")).to_have_count(0)
    assert page.locator("article").evaluate_all("(all) => all.map(({ id }) => id)") == ["capacity", "flow", "plan"]
    arms = {"en": ["intervention", "control"], "zh": ["干预组", "对照组"]}[language]
    said = page.locator("main").inner_text().replace(document["masking"]["text"], "")
    assert not [arm for arm in arms if arm in said], "an arm is named"
    expect(page.locator("#flow .arms section")).to_have_count(1)
    expect(page.locator("#flow li.analysed")).to_have_count(0)
    assert not tab.complaints, "\n".join(tab.complaints)


def test_choosing_an_outcome_of_a_masked_trial_changes_what_it_can_tell(reader):
    tab = reader().open(TRIAL)
    page = tab.page
    before = page.locator("#sentence-capacity").inner_text()
    page.locator("#outcome").select_option("provider.knowledge")
    expect(page).to_have_url(re.compile(r"outcome=provider\.knowledge"))
    expect(page.locator("#sentence-capacity")).not_to_have_text(before)
    page.go_back()
    expect(page.locator("#sentence-capacity")).to_have_text(before)


def test_the_form_asks_why_uncovers_and_hides_again(masked):
    tab = masked.open()
    page = tab.page
    expect(page.locator("#masking")).to_contain_text("your reason is written down")
    before = looks(page)
    page.locator("#reason").fill("why not")
    page.get_by_role("button", name="Uncover the arms").click()
    expect(page.locator("#masking [role=status]")).to_contain_text("shorter than ten letters")
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#effect")).to_have_count(0)
    assert [text for text in tab.complaints if "422" not in text] == []
    tab.complaints.clear()

    page.locator("#reason").fill(REASON)
    page.keyboard.press("Enter")
    expect(page.locator("#masking")).to_contain_text("uncovered for you until")
    expect(page.locator("#masking")).to_be_focused()
    tab.settle()
    for panel in HIDDEN:
        expect(page.locator(f"article#{panel}")).to_be_visible()
    assert looks(page) == before + 1
    # Others do not see them for it.
    assert api("trials/CARE-PILOT")["masking"]["isMasked"]

    page.get_by_role("button", name="Hide the arms again").click()
    expect(page.locator("#effect")).to_have_count(0)
    expect(page.locator("#reason")).to_be_visible()
    assert looks(page) == before + 1, "a look that was ended stays counted"
    assert not tab.complaints, "\n".join(tab.complaints)


def test_keyboard_reaches_the_form(masked):
    page = masked.open().page
    page.locator("#outcome").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Uncover the arms")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#masking [role=status]")).not_to_be_empty()


def test_verdict_stands_beside_the_planned_estimate(uncovered):
    tab = uncovered.open()
    panel = next(panel for panel in uncovered.api("trials/CARE-PILOT")["panels"] if panel["id"] == "effect")
    expect(tab.page.locator("#effect h3")).to_have_text(panel["title"])
    expect(tab.page.locator("#sentence-effect")).to_have_text(panel["sentence"].replace(" %", "\u00a0%"))
    assert "other methods" in panel["sentence"]
    expect(tab.page.locator("#effect .figure .value")).to_have_text(panel["figure"]["text"])


@pytest.mark.parametrize("path", [f"{PILOT}?outcome=client.drug_use", f"{PILOT}?outcome=provider.knowledge", f"{TRIAL}?outcome=client.dropout"])
def test_every_row_of_a_forest_is_drawn(uncovered, path):
    tab = uncovered.open(path)
    panels = {panel["id"]: panel for panel in uncovered.api(path[1:])["panels"]}
    forests = [name for name in ("effect", "sensitivity") if name in panels]
    assert "effect" in forests
    for name in forests:
        chart = tab.page.locator(f"#{name} .chart svg")
        drawn = [row for row in panels[name]["rows"] if not row.get("tableOnly")]
        estimated = [row for row in drawn if row["state"] == "value"]
        assert len(estimated) > 1
        expect(chart.locator(POINTS)).to_have_count(len(estimated))
        assert {row["text"] for row in drawn} <= set(chart.locator("text").all_text_contents())
        # No effect is inside the picture, whatever was found.
        line, frame = chart.get_by_text("no effect", exact=True).bounding_box(), chart.bounding_box()
        assert frame["x"] <= line["x"] and line["x"] + line["width"] <= frame["x"] + frame["width"] + 2
        expect(tab.page.locator(f"#{name} .tools tbody tr")).to_have_count(len(panels[name]["rows"]))


def test_clinics_have_their_change_their_distance_and_their_influence(uncovered):
    tab = uncovered.open(f"{TRIAL}?outcome=provider.knowledge")
    rows = next(panel for panel in uncovered.api("trials/CARE?outcome=provider.knowledge")["panels"] if panel["id"] == "clinics")["rows"]
    told = [row for row in rows if row["state"] == "value"]
    chart = tab.page.locator("#clinics .chart svg")
    drawn = [len([row for row in told if row.get(key) is not None]) for key in ("value", "deviation", "influence")]
    assert min(drawn) > 10
    expect(chart.locator(POINTS)).to_have_count(sum(drawn))
    assert {row["labelText"] for row in rows} <= set(chart.locator("text").all_text_contents()), "clinics or their pairs cannot be read"
    boxes = [box for box in chart.locator("text").evaluate_all(
        "(texts) => texts.filter((text) => text.textContent.includes(' · P')).map((text) => text.getBoundingClientRect().top)")]
    assert len(boxes) == len(rows) and min(lower - upper for upper, lower in zip(sorted(boxes), sorted(boxes)[1:])) >= 15
    arms = [row["arm"] for row in rows]
    assert arms == sorted(arms, reverse=True), "the intervention's clinics stand first"


def test_analysed_are_those_of_the_planned_estimate(uncovered):
    page = uncovered.open().page
    boxes = page.locator("#flow .arms section")
    expect(boxes).to_have_count(2)
    analysed = [int(re.search(r"Clients: ([\d,]+)", box.locator("li.analysed").inner_text()).group(1).replace(",", "")) for box in boxes.all()]
    effect = next(panel for panel in uncovered.api("trials/CARE-PILOT")["panels"] if panel["id"] == "effect")
    assert sum(analysed) == effect["rows"][0]["participants"]
    tops = [box.locator("li.analysed").bounding_box()["y"] for box in boxes.all()]
    assert abs(tops[0] - tops[1]) < 1, "the same step stands at two heights"


def test_another_outcome_is_in_the_address_and_an_exploratory_one_is_called_so(uncovered):
    tab = uncovered.open()
    page = tab.page
    title = page.locator("#effect h3").inner_text()
    page.locator("#outcome").focus()
    page.locator("#outcome").select_option("provider.stigma")
    expect(page).to_have_url(re.compile(r"outcome=provider\.stigma"))
    expect(page.locator("#effect h3")).not_to_have_text(title)
    expect(page.locator("#effect .caveat")).to_contain_text("Exploratory")
    expect(page.locator("#outcome")).to_be_focused()
    row = page.locator("#outcomes tr", has=page.get_by_role("link", name="Stigma"))
    expect(row).to_contain_text("exploratory")
    tab.settle()  # what a page left too early was still fetching would count as failed
    page.locator("#outcomes").get_by_role("link", name="Knowledge of methadone treatment").click()
    expect(page).to_have_url(re.compile(r"outcome=provider\.knowledge"))
    expect(page.locator("#effect .caveat")).to_contain_text("Planned before")
    tab.settle()
    page.go_back()
    expect(page.locator("#effect .caveat")).to_contain_text("Exploratory")
    assert not tab.complaints, "\n".join(tab.complaints)


def words_left(page):
    text = page.locator("main").inner_text() + " ".join(page.locator("main svg text").all_text_contents())
    return {word for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"\b[0-9a-f]{16}\b", "", text))} - LATIN


@pytest.mark.parametrize("path", ["/trials", TRIAL, "/rollouts/MI-TRAINING"])
def test_chinese_pages_of_an_official_have_no_english_word(reader, path):
    assert words_left(reader("zh").open(path).page) == set()


@pytest.mark.parametrize("path", [f"{PILOT}?outcome={outcome}" for outcome in ("client.drug_use", "provider.knowledge", "provider.stigma")]
                         + [f"{TRIAL}?outcome=client.dropout"])
def test_chinese_page_of_the_statistician_has_no_english_word(uncovered, path):
    page = uncovered.open(path, "zh").page
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert words_left(page) == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_uncovered_page_has_no_barrier(uncovered, language):
    page = uncovered.open(PILOT, language).page
    examine(page, OPTIONS if language == "en" else WITHOUT_COLOURS)
    if language == "en":
        page.emulate_media(color_scheme="dark")
        examine(page, COLOURS)


def test_form_has_no_barrier(masked):
    examine(masked.open().page, OPTIONS)


@pytest.mark.parametrize("path", [PILOT, f"{TRIAL}?outcome=client.dropout"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_uncovered_page_fits_a_phone_and_paper(uncovered, path, language):
    tab = uncovered.open(path, language)
    for size in (PHONE, NARROW):
        tab.resize(size)
        wide = tab.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{wide} px wider than the screen: {tab.page.evaluate(OUTSIDE)}"
        assert not tab.page.evaluate(OUTSIDE)
        assert not tab.page.evaluate(CUT_LABELS), "labels of charts are cut off"
    tab.resize(WIDE)
    paper = tab.page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-") and len(paper) > 10_000
    tab.page.set_viewport_size(A4_TEXT_WIDTH)
    tab.page.emulate_media(media="print")
    assert not tab.page.evaluate(OUTSIDE), "runs out of the paper"
    assert not tab.page.locator("#masking button:visible, .unmasking:visible").count()
    assert not tab.complaints, "\n".join(tab.complaints)


def test_what_the_statistician_sees_is_not_kept_for_the_official(uncovered):
    assert not uncovered.api("trials/CARE-PILOT")["masking"]["isMasked"]
    page = api("trials/CARE-PILOT", url=URL)
    assert page["masking"]["isMasked"] and [panel["id"] for panel in page["panels"]] == ["capacity", "flow", "plan"]
