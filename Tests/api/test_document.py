# The document itself: examples, strictness, and lists that have to follow the daemon's.

import jsonschema_rs
import pytest

from .conftest import ask
from .document import ANSWERING, DOCUMENTED, SCHEMAS, assert_keeps


def test_every_address_has_both_forms():
    addresses = {path for path in ANSWERING if path.startswith("/api/")}
    assert addresses == {path + form for path in DOCUMENTED for form in ("", ".csv")}


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_keep_their_schema(name):
    jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[name]})
    own = [SCHEMAS[name]["example"]] if "example" in SCHEMAS[name] else []
    for example in own + SCHEMAS[name].get("examples", []):
        assert_keeps(name, example)


def test_every_object_is_strict():
    parts = [part for schema in SCHEMAS.values() for part in schema.get("allOf", [])]
    heads = {part["$ref"].split("/")[-1] for part in parts if "$ref" in part}
    for name in SCHEMAS.keys() - heads:
        if "properties" in SCHEMAS[name]:
            assert False in (SCHEMAS[name].get(f"{others}Properties") for others in ("additional", "unevaluated")), name


def test_definitions_are_those_in_force():
    of_reports, of_records = SCHEMAS["DefinitionCard"]["properties"]["id"]["anyOf"]
    assert of_reports["$ref"].endswith("/Indicator")
    ids = [card["id"] for card in ask("/api/v1/definitions").json["cards"]]
    assert SCHEMAS["Indicator"]["enum"] + of_records["enum"] == ids


def test_refusals_are_those_that_have_words():
    words = ask("/words/en/panel.json").json
    codes = {key.split(".")[1] for key in words if key.startswith("problem.")}
    assert set(SCHEMAS["ProblemContent"]["properties"]["code"]["enum"]) == codes
