"""Words spare patterns their work: whatever a pattern finds, its words let through."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse import kinds, reject
from pipeline.parse.published import TEXTS

DATED = [(telling, pattern) for _, telling, pattern in TEXTS]


@given(st.one_of([st.from_regex(p) for p in (reject.MISSING, reject.BROKEN, reject.BLOCKED)]))
def test_no_name_of_an_error_page_is_passed_over(title: str) -> None:
    assert reject.is_telling(title)


@given(st.one_of([st.from_regex(pattern) for _, pattern in kinds.IN_TITLES]))
def test_no_kind_that_a_title_states_is_passed_over(title: str) -> None:
    assert kinds.is_telling(title)


@given(
    st.one_of([st.tuples(st.just(telling), st.from_regex(pattern)) for telling, pattern in DATED]),
)
def test_no_day_with_a_label_is_passed_over(found: tuple[tuple[str, ...], str]) -> None:
    telling, line = found
    assert any(word in line.lower() for word in telling)
