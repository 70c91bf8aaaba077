# What is not there, and what cannot be read, is refused with its code.

import pytest

from .conftest import REGION, SITE, SITES, ask
from .document import DOCUMENT, OF_EACH_KIND, address


@pytest.mark.parametrize("resource", [
    f"sites/{SITE}/series/received", f"sites/{SITE}/series/exits_by_reason", f"sites/{SITE}/series/nothing",
    f"sites/{SITE}/compare/dropout_rate", "programme/compare/caseload", f"regions/{REGION}/flow", "programme/exits.csv",
])
def test_what_is_not_there_is_refused(resource):
    answer = ask(f"/api/v1/{resource}")
    assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "unknown_panel")


def test_a_panel_of_an_unknown_place_names_the_place():
    for resource in ["sites/NOWHERE/retention", "sites/NOWHERE/series/dropout_rate", "regions/NOWHERE/compare/dropout_rate"]:
        answer = ask(f"/api/v1/{resource}")
        assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "unknown_place"), resource


def test_a_clinic_without_client_records_says_so():
    without = next(row["site"] for row in SITES if not ask(f"/api/v1/sites/{row['site']}/records").json["panels"])
    answer = ask(f"/api/v1/sites/{without}/retention")
    assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "no_client_records")


def takes_month(path):
    return {"$ref": "#/components/parameters/month"} in DOCUMENT["paths"][path]["parameters"]


@pytest.mark.parametrize("path", [path for path in OF_EACH_KIND if takes_month(path)])
def test_month_without_data_is_refused(path):
    answer = ask(f"{address(path)}?month=1900-01")
    assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "month_without_data")


@pytest.mark.parametrize("month", ["2024", "2024-3", "2024-13", "2024-03-01", "", "%00"])
def test_unreadable_month_is_refused(month):
    answer = ask(f"/api/v1/programme?month={month}")
    assert (answer.status, answer.json["error"]["code"]) == (400, "unreadable_month")


@pytest.mark.parametrize("code", [
    "NOWHERE", "%00", f"{SITE}%00", f"{SITE}%0A", "%1F%7F", f"{SITE}%20", "%27%20or%201=1", "x" * 2000,
])
def test_unknown_place_is_refused(code):
    for path in [f"/api/v1/sites/{code}", f"/api/v1/regions/{code}", f"/api/v1/receipts?site={code}"]:
        answer = ask(path)
        assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "unknown_place"), path


@pytest.mark.parametrize("path", [
    "/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/programme", "/api/v1/nothing", "/api/v1/programme/",
    "/api/v1//programme", "/api/v1/programme/nothing", "/api/v1/receipts/none", "/api/v1/receipts/0", "/api/v1/%FF",
])
@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_unknown_address_has_the_shape_of_refusals(path, accept):
    answer = ask(path, Accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/json; charset=utf-8")
    assert answer.json.keys() == {"error"} and answer.json["error"].keys() == {"code", "message", "remedy"}
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
