# The API as its users meet it: the document web/openapi.json against a running daemon, and a few plain promises.
#
#     MMT_URL=http://127.0.0.1:8090 pytest Tests/api
#
# Wants a daemon with the simulated sample (`mmt serve --sample`), pytest, and schemathesis 4. Reads only. The same
# requests are made on every run: what schemathesis makes up is seeded (a few of its strings come from the files that
# pytest has read), and codes and months are the daemon's own. Takes about a minute; most of that is the daemon's.
#
# Here: how the daemon is asked, and codes and months that it has. What it should say is in document.py.

import csv
import http.client
import io
import json
import math
import os
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

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


def named(headers):
    return {name.replace("_", "-"): text for name, text in headers.items()}


def ask(*paths, method="GET", **headers):
    """The answers to paths that are sent exactly as they are written, over one connection; the last one's is given."""
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=WAIT_SECONDS)
    try:
        for path in paths:
            connection.request(method, path, headers=named(headers))
            response = connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        return answer
    finally:
        connection.close()


def sent_after_headers(path, method="GET", **headers):
    """All that follows an answer's headers. Python's client reads no body after HEAD and 304, be there one or not."""
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=WAIT_SECONDS)
    try:
        connection.request(method, path, headers={**named(headers), "Connection": "close"})
        with connection.sock.makefile("rb") as stream:
            head, end, rest = stream.read().partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 ") and end, head
        return rest
    finally:
        connection.close()


def drawn(item):
    """As a page has it: numbers to six digits, halves away from zero."""
    if not isinstance(item, float) or item == 0:
        return item
    scale = 10.0 ** (5 - math.floor(math.log10(abs(item))))
    return math.copysign(math.floor(abs(item) * scale + 0.5) / scale, item)


SITES = ask("/api/v1/sites").json["panel"]["rows"]
MONTHS = ask("/api/v1/programme").json["months"]
RECEIPTS = ask("/api/v1/receipts").json["rows"]
# One clinic for each state other than a plain figure in the newest month; one with a figure and with questions to it.
ODD_SITES = list({row["caseload_state"]: row["site"] for row in SITES if row["caseload_state"] != "value"}.values())
FLAGGED = {row["site"] for row in ask("/api/v1/programme/received").json["panel"]["rows"] if row["state"] == "flagged"}
# A clinic that has everything: figures, questions and client records of every kind.
USUAL_SITE = next(row for row in SITES if row["caseload_state"] == "value" and row["site"] in FLAGGED
                  and ask(f"/api/v1/sites/{row['site']}/tests").status == 200)
SITE, REGION = USUAL_SITE["site"], USUAL_SITE["region"]
REFUSED_RECEIPT = next(row["receipt"] for row in RECEIPTS if row["rejected"])
FAULTLESS_RECEIPT = next(row["receipt"] for row in RECEIPTS if not row["rejected"])
OLD_MONTH = MONTHS[len(MONTHS) // 2]
