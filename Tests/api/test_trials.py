# A trial as an official meets it: its arms hidden, whatever is asked.

import http.client
import json
from urllib.parse import urlsplit

import pytest

from .conftest import URL, WAIT_SECONDS, ask
from .document import assert_keeps

TRIALS = [row["url"].removeprefix("/trials/") for row in ask("/api/v1/trials").json["panels"][0]["rows"]]
TELLING = ["effect", "course", "sensitivity", "outcomes", "clinics", "delivery"]


def post(path, body, **headers):
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=WAIT_SECONDS)
    try:
        connection.request("POST", path, body=body, headers={name.replace("_", "-"): text for name, text in headers.items()})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_the_sample_has_six_clinics_and_pairs_of_all():
    assert set(TRIALS) == {"CARE", "CARE-PILOT"}
    pilot, full = (ask(f"/api/v1/trials/{trial}").json for trial in ("CARE-PILOT", "CARE"))
    value = {row["measure"]: row["value"] for row in pilot["panels"][0]["rows"]}
    assert (value["clinics"], value["allocations"], value["smallest_p"], value["degrees"]) == (6, 20, 0.1, 4)
    value = {row["measure"]: row["value"] for row in full["panels"][0]["rows"]}
    assert (value["clinics"], value["degrees"]) == (68, 33)


@pytest.mark.parametrize("trial", TRIALS)
def test_what_tells_an_arm_is_not_there(trial):
    page = ask(f"/api/v1/trials/{trial}").json
    assert page["masking"]["isMasked"] and not page["masking"]["mayUnmask"]
    assert [panel["id"] for panel in page["panels"]] == ["capacity", "flow", "plan"]
    for outcome in page["outcomes"]:
        for name in TELLING:
            for form in ("", ".csv"):
                answer = ask(f"/api/v1/trials/{trial}/{name}{form}?outcome={outcome['code']}")
                assert (answer.status, answer.json["error"]["code"]) == (404, "unknown_panel")
    # Nor what was measured without a plan: that there is such a thing is for readers of trials.
    assert "provider.stigma" not in {outcome["code"] for outcome in page["outcomes"]}
    said = json.dumps(page)
    assert '"intervention"' not in said and '"control"' not in said


@pytest.mark.parametrize("trial", TRIALS)
def test_nobody_without_the_right_uncovers(trial):
    path = f"/api/v1/trials/{trial}/unmasking"
    status, answer = post(path, json.dumps({"reason": "I would like to know"}), Content_Type="application/json")
    assert (status, answer["error"]["code"]) == (403, "may_not_unmask")
    assert_keeps("Problem", answer)


@pytest.mark.parametrize("trial, status, code", [("CARE", 403, "may_not_unmask"), ("NOPE", 403, "may_not_unmask")])
def test_nobody_without_the_right_hides_either(trial, status, code):
    answer = ask(f"/api/v1/trials/{trial}/unmasking", method="DELETE")
    assert (answer.status, answer.json["error"]["code"]) == (status, code)
    assert_keeps("Problem", answer.json)


@pytest.mark.parametrize("body, kind, status, code", [
    ("reason=I+would+like+to+know", "application/x-www-form-urlencoded", 415, "json_only"),
    ('{"reason": "I would like to know"}', "text/plain", 415, "json_only"),
    ("{", "application/json", 415, "json_only"), ('{"reason": 5}', "application/json", 415, "json_only"),
    pytest.param("x" * 20_000, "application/json", 422, "reason_missing", id="long"),
])
def test_what_is_no_request_is_refused(body, kind, status, code):
    answer = post("/api/v1/trials/CARE/unmasking", body, Content_Type=kind)
    assert (answer[0], answer[1]["error"]["code"]) == (status, code)


@pytest.mark.parametrize("path, status, code", [
    ("NOPE", 404, "unknown_trial"), ("CARE/nothing", 404, "unknown_address"),
    ("CARE?outcome=client.nothing", 400, "unknown_outcome"), ("NOPE/flow", 404, "unknown_trial"),
])
def test_what_there_is_not(path, status, code):
    answer = ask(f"/api/v1/trials/{path}")
    assert (answer.status, answer.json["error"]["code"]) == (status, code)
    assert_keeps("Problem", answer.json)


def test_the_flow_adds_up():
    rows = ask("/api/v1/trials/CARE-PILOT/flow").json["panel"]["rows"]
    steps = {row["step"]: row for row in rows}
    assert steps["assessed"]["clinics"] - steps["excluded"]["clinics"] == steps["randomised"]["clinics"] == 6
    assert steps["enrolled"]["clientsText"] == "179" and steps["enrolled"]["providersText"] == "41"


def test_the_plan_has_a_hash_and_a_day():
    panel = ask("/api/v1/trials/CARE/plan").json["panel"]
    assert "SHA-256" in panel["subtitle"] and len(panel["rows"]) == 6
