# Nothing is cut off on a small phone, and every page prints.

from conftest import NARROW, WIDE

OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((each) => {
  if (each.closest(".scroll, .skip, svg, datalist, .unseen") || !each.checkVisibility()) return false;
  const { left, right, width } = each.getBoundingClientRect();
  return width && (left < -1 || right > innerWidth + 1);
}).slice(0, 5).map((each) => each.outerHTML.slice(0, 120))"""
CUT_LABELS = """() => [...document.querySelectorAll(".chart svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const { left, right, width } = text.getBoundingClientRect();
    return width && (left < frame.left - 2 || right > frame.right + 2);
  }).map((text) => `${svg.closest("article").id}: ${text.textContent}`);
})"""
A4_TEXT_WIDTH = {"width": 688, "height": 1000}  # 210 mm less the margins of print.css


def test_nothing_is_cut_off_on_a_phone(visited):
    page = visited.page
    visited.resize(NARROW)
    try:
        wide = page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{wide} px wider than the screen: {page.evaluate(OUTSIDE)}"
        assert not page.evaluate(OUTSIDE)
        assert not page.evaluate(CUT_LABELS), "labels of charts are cut off"
    finally:
        visited.resize(WIDE)


def test_page_prints(visited):
    page = visited.page
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-") and paper.rstrip().endswith(b"%%EOF") and len(paper) > 10_000
    assert not page.locator(".footnote").count(), "footnotes stay on the screen after printing"
    page.set_viewport_size(A4_TEXT_WIDTH)
    page.emulate_media(media="print")
    try:
        assert not page.evaluate(OUTSIDE), "runs out of the paper"
        for hidden in (".masthead nav", ".choices", ".tools", ".language"):
            assert not page.locator(f"{hidden}:visible").count(), f"{hidden} is of no use on paper"
    finally:
        page.emulate_media(media="screen")
        visited.resize(WIDE)
