# An answer that is kept is not sent again, and is never taken for another one.

import gzip

import pytest

from .conftest import MONTHS, ask, sent_after_headers
from .document import RESOURCES


@pytest.mark.parametrize(
    "path", ["/", "/openapi.json", "/api/v1/sites.csv", *[f"/api/v1/{resource}" for resource in RESOURCES]])
def test_kept_answer_is_not_sent_again(path):
    first = ask(path)
    kept = f'"other", W/{first.headers["etag"]}'
    again = ask(path, If_None_Match=kept)
    assert (first.status, again.status) == (200, 304)
    for name in ["etag", "vary", "cache-control"]:
        assert again.headers.get(name) == first.headers.get(name), name
    assert sent_after_headers(path, If_None_Match=kept) == b"" and "content-type" not in again.headers


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
