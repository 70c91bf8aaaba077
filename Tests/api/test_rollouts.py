# A roll-out: its page, its panels and their files are the same; what was not fixed beforehand says so.

import pytest

from .conftest import ask, drawn
from .document import assert_keeps

ROLLOUT = "/api/v1/rollouts/MI-TRAINING"


def test_list_leads_to_the_roll_out():
    answer = ask("/api/v1/rollouts").json
    assert_keeps("RolloutList", answer)
    [row] = answer["panels"][0]["rows"]
    assert ask(f"/api/v1{row['url']}").status == 200
    assert len(ask("/api/v1/rollouts.csv").table) == 1


def test_links_lead_to_what_is_drawn_in_full():
    page = ask(ROLLOUT).json
    assert_keeps("RolloutPage", page)
    for panel in page["panels"]:
        document = ask(panel["links"]["json"]).json
        assert_keeps("RolloutDocument", document)
        rows = [{key: drawn(item) for key, item in row.items() if key not in ("numerator", "denominator", "p", "q")}
                for row in document["panel"]["rows"]]
        assert panel["rows"] == rows, panel["id"]
        assert len(ask(panel["links"]["csv"]).table) == len(rows)
    assert len(ask(f"{ROLLOUT}.csv").table) == sum(len(panel["rows"]) for panel in page["panels"])


def test_the_simulated_effect_is_found():
    overall = ask(f"{ROLLOUT}/effect").json["panel"]["rows"][0]
    assert overall["low"] < 0.8 < overall["high"]
    pooled = ask(f"{ROLLOUT}/sites").json["panel"]["rows"][0]
    assert pooled["low"] < 0.8 < pooled["high"] < 1


def test_another_indicator_is_exploratory_and_in_every_file():
    assert ask(f"{ROLLOUT}?indicator=positivity_clients").json["standing"] == "exploratory"
    rows = ask(f"{ROLLOUT}/effect.csv?indicator=positivity_clients").table
    assert rows and all("Exploratory" in row["notice"] for row in rows)


def test_a_clinic_is_chosen_by_its_code():
    codes = [choice["code"] for choice in ask(ROLLOUT).json["clinics"]]
    for code in (codes[0], codes[-1]):
        assert {row["site"] for row in ask(f"{ROLLOUT}/series?site={code}").json["panel"]["rows"]} == {code}


@pytest.mark.parametrize("query, code", [
    ("indicator=caseload", "unknown_rollout_indicator"), ("indicator=nothing", "unknown_rollout_indicator"),
    ("site=NO-999", "unknown_rollout_site"),
])
def test_what_it_has_not_is_refused_by_name(query, code):
    answer = ask(f"{ROLLOUT}?{query}")
    assert (answer.status, answer.json["error"]["code"]) == (400, code)
    assert_keeps("Problem", answer.json)


def test_an_unknown_roll_out_is_not_found():
    assert ask("/api/v1/rollouts/NOTHING").json["error"]["code"] == "unknown_rollout"
