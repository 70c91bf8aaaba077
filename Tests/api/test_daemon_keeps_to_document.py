# The document against the daemon: every operation is asked, with what is right and with what breaks the rules.

import copy
from collections import Counter

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

from .conftest import ODD_SITES, OLD_MONTH, REFUSED_RECEIPT, REGION, SITE, URL, WAIT_SECONDS
from .document import ANSWERING, DOCUMENT


def with_known_codes(document):
    """The document, its choices narrowed to a few that the daemon has: answers that are not all 404, in a minute."""
    document = copy.deepcopy(document)
    known = {
        "site": [SITE, ODD_SITES[0]], "region": [REGION], "receiptsOf": [SITE], "receipt": [1, REFUSED_RECEIPT],
        "month": [OLD_MONTH], "indicator": ["dropout_rate", "caseload"],
        "comparedIndicator": ["dose_adequacy"], "trial": ["CARE-PILOT"], "trialPanel": ["capacity", "flow", "plan"],
        "trialOutcome": ["client.drug_use", "provider.knowledge"],
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
    operations = {f"GET {path}" for path in ANSWERING}
    assert operations - {label for label, status in answered if status == 200} == set()
