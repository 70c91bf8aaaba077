# English and Chinese: what differs is words, and the reader's choice holds.

import pytest

from .conftest import ask
from .document import RESOURCES

# Texts under these names, and under those that end in Text, are words; any other text is a code, a month, an address, a number.
WORDS = {
    "about", "caveat", "choices", "column", "denominator", "detail", "empty", "falseAlarms", "form", "formula", "inForce", "interval",
    "label",
    "letter", "meaning", "name", "not", "numerator", "plain", "regionName", "remedy", "required", "sentence", "sizeTitle",
    "source", "subtitle", "sure", "text", "timeliness", "title", "trust", "unit", "version",
}


def but_words(value, name=None):
    """What must not differ between languages."""
    match value:
        case dict():
            return {key: but_words(item, key) for key, item in value.items()}
        case list():
            return [but_words(item, name) for item in value]
        case str() if name in WORDS or (name or "").endswith("Text"):
            return "words"
    return value


@pytest.mark.parametrize("resource", RESOURCES)
def test_two_languages_differ_in_words_alone(resource):
    english, chinese = (ask(f"/api/v1/{resource}?lang={language}") for language in ("en", "zh"))
    assert english.body != chinese.body
    assert but_words(english.json) == but_words(chinese.json)
    assert ask(f"/api/v1/{resource}", Accept_Language="zh-CN,zh;q=0.9,en;q=0.1").body == chinese.body
    assert ask(f"/api/v1/{resource}?lang=en", Accept_Language="zh").body == english.body


def test_refusals_speak_the_language_that_was_asked_for():
    english = ask("/api/v1/nothing").json["error"]
    header = ask("/api/v1/nothing", Accept_Language="zh").json["error"]
    query = ask("/api/v1/nothing?lang=zh").json["error"]
    assert english["code"] == header["code"] and english["message"] != header["message"]
    assert query == header
