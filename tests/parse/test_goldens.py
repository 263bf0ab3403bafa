"""Real pages come out as their goldens say, and hardly worse when no layout is known."""

import json
import re
from collections import Counter

import pytest

from pipeline.parse.page import parse
from pipeline.parse.reject import not_a_release
from tests.parse.goldens import URLS, facts, golden, saved


@pytest.mark.parametrize("name", URLS)
def test_a_saved_page_comes_out_as_its_golden_says(name: str) -> None:
    assert facts(parse(saved(name), URLS[name])) == json.loads(golden(name).read_text("utf-8"))


@pytest.mark.parametrize("name", URLS)
def test_a_saved_page_is_no_error_and_no_list(name: str) -> None:
    assert not_a_release(saved(name), URLS[name], URLS[name], 200, "text/html") is None


@pytest.mark.parametrize("name", URLS)
def test_without_any_layout_a_saved_page_says_the_same(name: str) -> None:
    known = parse(saved(name), URLS[name])
    plain = parse(saved(name), URLS[name], by_layout=False)
    for fact in ("title", "published", "kind", "number", "language"):
        assert getattr(plain, fact) == getattr(known, fact)
    assert shared_words(plain.text or "", known.text or "") >= 0.98


def shared_words(one: str, other: str) -> float:
    """F1 of two texts as bags of words."""
    first, second = Counter(re.findall(r"\w+", one)), Counter(re.findall(r"\w+", other))
    return 2 * (first & second).total() / (first.total() + second.total())
