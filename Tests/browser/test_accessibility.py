# axe-core over every kind of page, with everything that can be opened open: WCAG 2.2, A and AA.

from importlib.resources import files

import pytest

# The package's 0.1.8 carries axe-core 4.12 (WCAG 2.2 needs 4.5 or later). Its own runner writes Python's True into
# JavaScript, so only its copy of axe-core is used.
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
WITHOUT_COLOURS = {**OPTIONS, "rules": {**OPTIONS["rules"], "color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# The rows of a table are alike: axe needs not read them all.
ALIKE = [".tools tbody tr:nth-child(n + 8)", ".received tbody:nth-of-type(n + 3)", ".compared tbody tr:nth-child(n + 12)", ".multiples li:nth-child(n + 12)", "main > .section > .scroll tr:nth-child(n + 30)"]
CONTEXT = {"exclude": [[rows] for rows in ALIKE]}
GRAVE = ("serious", "critical")
SHOWN = 3


def test_axe_finds_nothing_grave(visited):
    # Chinese pages have the colours of the English ones, and colours take axe the longest.
    examine(visited.page, OPTIONS if visited.language == "en" else WITHOUT_COLOURS)


def test_contrast_in_the_dark(visited):
    if visited.language == "zh" or visited.kind not in ("programme", "site", "compare", "data"):
        pytest.skip("no colours that are not on the other pages")
    visited.page.emulate_media(color_scheme="dark")
    try:
        examine(visited.page, COLOURS)
    finally:
        visited.page.emulate_media(color_scheme="light")


def examine(page, options):
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(AXE)
    violations = page.evaluate("([context, options]) => axe.run(context, options)", [CONTEXT, options])["violations"]
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = false; })")
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    assert not grave, "\n".join(told(violation) for violation in grave)


def told(violation):
    places = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}, {len(violation['nodes'])} places): {violation['help']}\n{places}"
