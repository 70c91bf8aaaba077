# axe-core over every kind of page, with everything that can be opened open: WCAG 2.2, A and AA.

import pytest
from axe_playwright_python.sync_playwright import Axe

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
        violations = Axe().run(page, options=OPTIONS).response["violations"]
    finally:
        page.emulate_media(color_scheme="light")
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = false; })")
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    assert not grave, "\n".join(told(violation) for violation in grave)


def told(violation):
    places = "\n".join(f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}, {len(violation['nodes'])} places): {violation['help']}\n{places}"
