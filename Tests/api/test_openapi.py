# The API as its users meet it: the document web/openapi.json against a running daemon, and a few plain promises.
#
#     MMT_URL=http://127.0.0.1:8090 pytest Tests/api
#
# Wants a daemon with the simulated sample (`mmt serve --sample`), pytest, and schemathesis 4. Reads only. The same
# requests are made on every run: what schemathesis makes up is seeded, and codes and months are the daemon's own.
# Takes under a minute; most of that is the daemon's.

import copy
import csv
import gzip
import http.client
import io
import json
import os
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

URL = os.environ.get("MMT_URL", "").rstrip("/") or pytest.exit("MMT_URL names no daemon, such as http://127.0.0.1:8090")
WAIT_SECONDS = 20


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def table(self):
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8-sig"))))


def ask(*paths, method="GET", **headers):
    """The answers to paths that are sent exactly as they are written, over one connection; the last one's is given."""
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=WAIT_SECONDS)
    try:
        for path in paths:
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            response = connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        return answer
    finally:
        connection.close()


DOCUMENT = ask("/openapi.json").json
SCHEMAS = DOCUMENT["components"]["schemas"]
SITES = ask("/api/v1/sites").json["panel"]["rows"]
MONTHS = ask("/api/v1/programme").json["months"]
RECEIPTS = ask("/api/v1/receipts").json["rows"]
# One clinic for each state other than a plain figure in the newest month; one with a figure and with questions to it.
ODD_SITES = list({row["caseload_state"]: row["site"] for row in SITES if row["caseload_state"] != "value"}.values())
FLAGGED = {row["site"] for row in ask("/api/v1/programme/received").json["panel"]["rows"] if row["state"] == "flagged"}
USUAL_SITE = next(row for row in SITES if row["caseload_state"] == "value" and row["site"] in FLAGGED)
SITE, REGION = USUAL_SITE["site"], USUAL_SITE["region"]
REFUSED_RECEIPT = next(row["receipt"] for row in RECEIPTS if row["rejected"])
FAULTLESS_RECEIPT = next(row["receipt"] for row in RECEIPTS if not row["rejected"])
OLD_MONTH = MONTHS[len(MONTHS) // 2]


def address(path):
    """A path of the document, with codes that the daemon has."""
    return path.format(site=SITE, region=REGION, indicator="dropout_rate", receipt=REFUSED_RECEIPT)


# Every documented address of the API in its JSON form; CSV is the same with ".csv" behind it.
DOCUMENTED = [path for path in DOCUMENT["paths"] if path.startswith("/api/") and not path.endswith(".csv")]
# One of each kind: what a region and the programme have like a clinic is asked of the clinic.
OF_EACH_KIND = [
    path for path in DOCUMENTED if "/programme/" not in path and ("/regions/" not in path or "/compare/" in path)
]
RESOURCES = [address(path).removeprefix("/api/v1/") for path in OF_EACH_KIND]
SOME_OF_EACH = [
    f"/api/v1/sites/{SITE}", f"/api/v1/sites/{SITE}.csv", "/api/v1/nothing", "/api/v1/programme?month=2024",
    "/", f"/sites/{SITE}", "/modules/api.js", "/openapi.json", "/health", "/nothing",
]


# MARK: The document against the daemon


def with_known_codes(document):
    """The document, its choices narrowed to a few that the daemon has: answers that are not all 404, in a minute."""
    document = copy.deepcopy(document)
    known = {
        "site": [SITE, ODD_SITES[0]], "region": [REGION], "receiptsOf": [SITE], "receipt": [1, REFUSED_RECEIPT],
        "month": [OLD_MONTH], "indicator": ["dropout_rate", "caseload"],
        "comparedIndicator": ["dose_adequacy"],
    }
    for name, values in known.items():
        parameter = document["components"]["parameters"][name]
        parameter["schema"], parameter["example"] = {"enum": values}, values[0]
    return document


# The example of each operation answers with 200; what is made up besides breaks the rules, so it costs the daemon
# little. The phase "coverage" would ask 1750 times.
config = SchemathesisConfig.from_dict({
    "seed": 20240301, "generation": {"max-examples": 1, "deterministic": True, "no-shrink": True},
    "phases": {"coverage": {"enabled": False}, "fuzzing": {"generation": {"mode": "negative"}}},
})
config.projects.default.update(base_url=URL)
schema = schemathesis.openapi.from_dict(with_known_codes(DOCUMENT), config=config)
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance,
]
answered = Counter()


def keeps_to_the_document(case):
    response = case.call(timeout=WAIT_SECONDS)
    answered[case.operation.label, response.status_code] += 1
    case.validate_response(response, checks=CHECKS)


@schema.include(path_regex="^/api/").parametrize()
def test_daemon_keeps_to_the_document(case):
    keeps_to_the_document(case)


@pytest.mark.parametrize("path", [path for path in DOCUMENT["paths"] if not path.startswith("/api/")])
def test_daemon_itself_keeps_to_the_document(path):
    keeps_to_the_document(schema[path]["GET"].Case())


def test_every_operation_was_answered():
    if not answered:
        pytest.skip("nothing was asked: run the whole file")
    operations = {f"GET {path}" for path in DOCUMENT["paths"]}
    assert operations - {label for label, status in answered if status == 200} == set()


# MARK: The document itself


def assert_keeps(name, value):
    """That a value is as the schema of this name says."""
    jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}).validate(value)


def test_every_address_has_both_forms():
    addresses = {path for path in DOCUMENT["paths"] if path.startswith("/api/")}
    assert addresses == {path + form for path in DOCUMENTED for form in ("", ".csv")}


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_keep_their_schema(name):
    own = [SCHEMAS[name]["example"]] if "example" in SCHEMAS[name] else []
    for example in own + SCHEMAS[name].get("examples", []):
        assert_keeps(name, example)


def test_every_object_is_strict():
    parts = [part for schema in SCHEMAS.values() for part in schema.get("allOf", [])]
    heads = {part["$ref"].split("/")[-1] for part in parts if "$ref" in part}
    for name in SCHEMAS.keys() - heads:
        if "properties" in SCHEMAS[name]:
            assert False in (SCHEMAS[name].get(f"{others}Properties") for others in ("additional", "unevaluated")), name


def test_indicators_are_those_in_force():
    assert SCHEMAS["Indicator"]["enum"] == [card["id"] for card in ask("/api/v1/definitions").json["cards"]]


def test_refusals_are_those_that_have_words():
    words = ask("/words/en/panel.json").json
    codes = {key.split(".")[1] for key in words if key.startswith("problem.")}
    assert set(SCHEMAS["ProblemContent"]["properties"]["code"]["enum"]) == codes


# MARK: Series, months and places


# The others are on the page of a clinic.
@pytest.mark.parametrize("indicator", ["admissions", "exits"])
def test_every_indicator_has_its_series(indicator):
    document = ask(f"/api/v1/sites/{SITE}/series/{indicator}").json
    assert_keeps("SeriesDocument", document)
    assert [row["month"] for row in document["panel"]["rows"]] == MONTHS


@pytest.mark.parametrize("resource", [
    f"sites/{SITE}/series/received", f"sites/{SITE}/series/exits_by_reason", f"sites/{SITE}/series/nothing",
    f"sites/{SITE}/compare/dropout_rate", "programme/compare/caseload", f"regions/{REGION}/flow", "programme/exits.csv",
])
def test_what_is_not_there_is_refused(resource):
    answer = ask(f"/api/v1/{resource}")
    assert (answer.status, answer.json.get("error", {}).get("code")) == (404, "unknown_panel")


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


# MARK: Typed cells


COUNTS = ("numerator", "denominator")


def assert_typed(rows):
    for row in rows:
        for state in [key for key in row if key == "state" or key.endswith("_state")]:
            stem = state.removesuffix("_state")
            figures = ["value", *COUNTS, "count", "share"] if state == "state" else [stem]
            others = ["low", "high", f"{stem}_low", f"{stem}_high"]
            if row[state] == "value":
                assert all(row[key] not in (None, "") for key in figures if key in row), row
            else:
                assert all(row[key] in (None, "") for key in figures + others if key in row), row


@pytest.mark.parametrize("place", [f"regions/{REGION}", *[f"sites/{code}" for code in [SITE, *ODD_SITES]]])
def test_only_a_value_has_a_number(place):
    page = ask(f"/api/v1/{place}").json
    assert_keeps("SitePage" if page["scope"]["kind"] == "site" else "ScopePage", page)
    for panel in page["panels"]:
        if panel["kind"] != "received":
            assert_typed(panel["rows"])
        if panel["kind"] == "series":
            assert (panel["figure"]["state"] == "value") == (panel["figure"]["unit"] != "")
    assert_typed(ask(f"/api/v1/{place}.csv").table)


def test_only_a_value_has_a_number_in_the_list_of_clinics():
    for month in [MONTHS[0], MONTHS[-1]]:
        assert_typed(ask(f"/api/v1/sites?month={month}").json["panel"]["rows"])
        assert_typed(ask(f"/api/v1/sites.csv?month={month}").table)


def to_six_digits(item):
    return float(f"{item:.6g}") if isinstance(item, float) else item


@pytest.mark.parametrize("page", ["sites", f"sites/{SITE}", f"regions/{REGION}"])
def test_links_lead_to_what_is_drawn_in_full(page):
    drawn = ask(f"/api/v1/{page}?month={OLD_MONTH}").json
    panels = drawn["panels"] if "panels" in drawn else [drawn["panel"]]
    for panel in panels:
        labels = [column["label"] for column in panel["columns"]]
        assert len(set(labels)) == len(labels)
    # One panel of each kind
    for panel in {panel["chart"] if "chart" in panel else panel["id"]: panel for panel in panels}.values():
        path, *query = panel["links"]["json"].split("?")
        assert panel["links"]["csv"] == "?".join([path + ".csv", *query])
        # What became of reports is linked without its month.
        month = f"?month={OLD_MONTH}" if panel["kind"] == "received" and not query else ""
        document = ask(panel["links"]["json"] + month).json
        if panel["kind"] in ("series", "compare"):
            assert_keeps(f"{panel['kind'].title()}Document", document)
        rows = document["panel"]["rows"]
        if "panels" in drawn:
            rows = [{key: to_six_digits(item) for key, item in row.items() if key not in COUNTS} for row in rows]
        assert panel["rows"] == rows, panel["id"]


def test_the_sample_has_more_than_one_state():
    states = {row["state"] for code in ODD_SITES for row in ask(f"/api/v1/sites/{code}.csv").table}
    assert len(states) > 3


# MARK: CSV


def rows_of(document):
    """The rows that are in the file too; none of a page, whose file holds its series alone."""
    if "scope" in document and "panels" in document:
        return None
    parts = document.get("panel") or document
    return parts.get("rows") or parts.get("cards") or parts["panels"][0]["rows"]


def assert_same(row, line):
    for key in row.keys() & line.keys():
        match row[key]:
            case None:
                assert line[key] == "", key
            case bool(flag):
                assert line[key] == str(flag).lower(), key
            case str(text):
                assert line[key] == text, key
            case number:
                assert float(line[key]) == number, key


@pytest.mark.parametrize("path", OF_EACH_KIND)
def test_csv_is_as_documented_and_says_the_same(path):
    answer, document = ask(address(path) + ".csv"), ask(address(path)).json
    table = answer.table
    assert answer.body.startswith("\N{BYTE ORDER MARK}".encode())
    # Its columns are those of its example
    name = DOCUMENT["paths"][path + ".csv"]["get"]["responses"]["200"]["$ref"].split("/")[-1]
    example = DOCUMENT["components"]["responses"][name]["content"]["text/csv"]["example"]
    header, *rows = csv.reader(io.StringIO(example))
    assert rows and {len(row) for row in rows} == {len(header)}
    lines = answer.body.decode("utf-8-sig").split("\r\n")
    assert (lines[0].split(","), lines[-1]) == (header, "")
    # Nothing runs as a formula, nothing is without its notice, and a place is named by its code
    assert table and not [cell for line in table for cell in line.values() if cell[:1] in tuple("=+-@\t")]
    assert [notice["code"] for notice in document.get("notices", [])] == (["simulated"] if "notice" in header else [])
    if "notice" in header:
        assert {line["notice"] for line in table} == {document["notices"][0]["text"]}
    if "scope" in header:
        assert {line["scope"] for line in table} == {document["scope"]["code"] or "programme"}
    if (rows := rows_of(document)) is not None:
        assert len(rows) == len(table)
        for row, line in zip(rows, table):
            assert_same(row, line)


def test_csv_without_rows_has_its_columns():
    faultless, refused = (
        ask(f"/api/v1/receipts/{number}.csv").body.split(b"\r\n") for number in (FAULTLESS_RECEIPT, REFUSED_RECEIPT))
    assert faultless == [refused[0], b""]


# MARK: Keeping answers


@pytest.mark.parametrize(
    "path", ["/", "/openapi.json", "/api/v1/sites.csv", *[f"/api/v1/{resource}" for resource in RESOURCES]])
def test_kept_answer_is_not_sent_again(path):
    first = ask(path)
    again = ask(path, If_None_Match=f'"other", W/{first.headers["etag"]}')
    assert (first.status, again.status) == (200, 304)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.body == b"" and "content-type" not in again.headers


@pytest.mark.parametrize("other", ["sites.csv", "sites?lang=zh", f"sites?month={MONTHS[0]}"])
def test_other_answers_have_other_tags(other):
    tag = ask("/api/v1/sites").headers["etag"]
    answer = ask(f"/api/v1/{other}", If_None_Match=tag)
    assert answer.status == 200 and answer.headers["etag"] != tag


def test_compressed_answer_is_the_same():
    compressed = ask("/api/v1/programme", Accept_Encoding="gzip")
    assert compressed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == ask("/api/v1/programme").body


def test_the_same_question_has_the_same_answer():
    assert ask("/api/v1/programme").body == ask("/api/v1/programme").body


# MARK: Languages


def numbers(value):
    """What must not differ between languages."""
    match value:
        case dict():
            return {key: numbers(item) for key, item in value.items()}
        case list():
            return [numbers(item) for item in value]
        case str():
            return "words"
    return value


@pytest.mark.parametrize("resource", RESOURCES)
def test_two_languages_differ_in_words_alone(resource):
    english, chinese = (ask(f"/api/v1/{resource}?lang={language}") for language in ("en", "zh"))
    assert english.body != chinese.body
    assert numbers(english.json) == numbers(chinese.json)
    assert ask(f"/api/v1/{resource}", Accept_Language="zh-CN,zh;q=0.9,en;q=0.1").body == chinese.body
    assert ask(f"/api/v1/{resource}?lang=en", Accept_Language="zh").body == english.body


def test_refusals_speak_the_language_that_was_asked_for():
    english = ask("/api/v1/nothing").json["error"]
    header = ask("/api/v1/nothing", Accept_Language="zh").json["error"]
    query = ask("/api/v1/nothing?lang=zh").json["error"]
    assert english["code"] == header["code"] and english["message"] != header["message"]
    assert query == header


# MARK: Addresses


@pytest.mark.parametrize("path", SOME_OF_EACH)
def test_head_is_get_without_its_body(path):
    get, head = ask(path), ask(path, method="HEAD")
    assert (head.status, head.body) == (get.status, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    # Had a body been sent after all, the next answer on the connection would be garbage.
    assert ask(path, path, method="HEAD").status == get.status


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


def test_unknown_page_shows_the_missing_page():
    answer = ask("/nothing/here", Accept="text/html,application/xhtml+xml")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert answer.body == ask("/missing.html").body


@pytest.mark.parametrize("path", [
    "/../sql/bootstrap.sql", "/%2e%2e/sql/bootstrap.sql", "/%2e%2e%2fsql%2fbootstrap.sql", "/..%5csql%5cbootstrap.sql",
    "/modules/../../sql/bootstrap.sql", "/modules/..%2f..%2fPackage.swift", "//etc/passwd", "/%2fetc%2fpasswd",
    "/etc/passwd%00.html", "/api/v1/../../sql/bootstrap.sql", "/api/v1/sites/..%2f..%2fsql",
    "/words/en/../../../Package.swift", "/.git/config", "/Package.swift",
])
def test_no_address_leads_outside(path):
    answer = ask(path)
    assert answer.status == 404
    assert answer.json["error"]["message"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(method):
    for path in SOME_OF_EACH + [address(path) for path in DOCUMENT["paths"]]:
        answer = ask(path, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), path
        assert_keeps("Problem", answer.json)
        assert answer.json["error"]["code"] == "wrong_method"


# MARK: Headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", SOME_OF_EACH)
@pytest.mark.parametrize("match", ["", "*"])
def test_every_answer_carries_the_security_headers(path, method, match):
    headers = ask(path, method=method, If_None_Match=match, Accept="text/html").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in headers and "access-control-allow-origin" not in headers
