"""Pages come out as their readers see them: title, day, kind and text, whatever portal they stand on."""

import pytest

from pipeline.parse.page import parse
from tests.parse.portals import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_built_like_a_real_one_comes_out_right(case: Case) -> None:
    page = parse(case.html.encode(), case.url, case.captured)
    assert page.title == case.title
    assert page.text == case.text
    assert page.published == case.published
    assert {name: getattr(page, name) for name in case.fields} == case.fields
