# Addresses: HEAD, a page that is missing, none that leads outside, none that can be written to.

import pytest

from .conftest import ask, sent_after_headers
from .document import ANSWERING, SOME_OF_EACH, address, assert_keeps


@pytest.mark.parametrize("path", SOME_OF_EACH)
def test_head_is_get_without_its_body(path):
    get, head = ask(path), ask(path, method="HEAD")
    assert head.status == get.status
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert sent_after_headers(path, method="HEAD") == b""
    # Had a body been sent after all, the next answer on the connection would be garbage.
    assert ask(path, path, method="HEAD").status == get.status


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
    for path in SOME_OF_EACH + [address(path) for path in ANSWERING]:
        answer = ask(path, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), path
        assert_keeps("Problem", answer.json)
        assert answer.json["error"]["code"] == "wrong_method"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "OPTIONS", "TRACE"])
def test_where_arms_are_uncovered_nothing_is_told(method):
    answer = ask("/api/v1/trials/CARE/unmasking", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "POST, DELETE")
    if method != "HEAD":
        assert_keeps("Problem", answer.json)
        assert answer.json["error"]["code"] == "reasons_only"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_where_files_are_taken_nothing_else_is(method):
    answer = ask("/api/v1/loads", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    if method != "HEAD":
        assert_keeps("Problem", answer.json)
        assert answer.json["error"]["code"] == "post_only"
