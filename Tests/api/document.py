# The document web/openapi.json as the daemon serves it, and addresses made of it.

import jsonschema_rs

from .conftest import REFUSED_RECEIPT, REGION, SITE, ask

DOCUMENT = ask("/openapi.json").json
SCHEMAS = DOCUMENT["components"]["schemas"]


def address(path):
    """A path of the document, with codes that the daemon has."""
    return path.format(site=SITE, region=REGION, indicator="dropout_rate", receipt=REFUSED_RECEIPT, panel="retention",
                       rollout="MI-TRAINING", rolloutPanel="course", trial="CARE", trialPanel="capacity")


# Addresses that give answers; the others take files, or ask who asks.
ANSWERING = [path for path, operations in DOCUMENT["paths"].items()
             if "get" in operations and "security" not in operations["get"]]
# Every documented address of the API in its JSON form; CSV is the same with ".csv" behind it.
DOCUMENTED = [path for path in ANSWERING if path.startswith("/api/") and not path.endswith(".csv")]
# One of each kind: what a region and the programme have like a clinic is asked of the clinic.
OF_EACH_KIND = [
    path for path in DOCUMENTED if "/programme/" not in path and ("/regions/" not in path or "/compare/" in path)
]
RESOURCES = [address(path).removeprefix("/api/v1/") for path in OF_EACH_KIND]
SOME_OF_EACH = [
    f"/api/v1/sites/{SITE}", f"/api/v1/sites/{SITE}.csv", "/api/v1/nothing", "/api/v1/programme?month=2024",
    "/", f"/sites/{SITE}", "/modules/api.js", "/openapi.json", "/health", "/nothing",
]


def assert_keeps(name, value):
    """That a value is as the schema of this name says."""
    jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}).validate(value)
