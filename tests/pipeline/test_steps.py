"""Works side by side come to what each comes to by itself."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.steps import Steps, ended, in_step

WORKS = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8)


@given(WORKS, st.integers(0, 30))
def test_works_side_by_side_end_as_they_would_alone_and_hold_no_more_than_there_is_room_for(
    works: list[list[int]], room: int
) -> None:
    held: list[int] = []  # by each work that has begun and not ended

    def work(sizes: list[int]) -> Steps[int]:
        assert sum(held) <= room
        for at, size in enumerate(sizes):
            held.append(size if at == 0 else 0)
            yield held[-1]
        for size in sizes[:1]:
            held.remove(size)
        return sum(sizes)

    assert in_step(map(work, works), room) == [sum(sizes) for sizes in works]
    assert not sum(held)
    assert [ended(work(sizes)) for sizes in works] == [sum(sizes) for sizes in works]
