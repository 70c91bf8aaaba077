# axe-core over every kind of page, with everything that can be opened open: WCAG 2.2, A and AA.

from importlib.resources import files

import pytest

# The package's own runner writes Python's True into JavaScript, so only its copy of axe-core is used.
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
SHOWN = 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave(visited, theme):
    if theme == "dark" and visited.language == "zh":
        pytest.skip("the colours are those of English")
    page = visited.page
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.emulate_media(color_scheme=theme)
    try:
        page.evaluate(AXE)
        violations = page.evaluate("(options) => axe.run(document, options)", OPTIONS)["violations"]
    finally:
        page.emulate_media(color_scheme="light")
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = false; })")
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    assert not grave, "\n".join(told(violation) for violation in grave)


def told(violation):
    places = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}, {len(violation['nodes'])} places): {violation['help']}\n{places}"
