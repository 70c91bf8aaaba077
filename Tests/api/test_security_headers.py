# Every answer, be it a refusal or empty, carries the headers that keep a browser safe.

import pytest

from .conftest import ask
from .document import SOME_OF_EACH


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", SOME_OF_EACH)
@pytest.mark.parametrize("match", ["", "*"])
def test_every_answer_carries_the_security_headers(path, method, match):
    answer = ask(path, method=method, If_None_Match=match, Accept="text/html")
    headers = answer.headers
    if match == "*" and "etag" in headers:
        assert answer.status in (304, 404)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in headers and "access-control-allow-origin" not in headers
