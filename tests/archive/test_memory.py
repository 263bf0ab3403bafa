"""What is remembered of a word is what the function says of it, however much was forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from archive.memory import Memory


@given(words=st.lists(st.text("ab", max_size=3), max_size=60), most=st.integers(1, 5))
def test_a_memory_of_any_size_answers_as_the_function_does(words: list[str], most: int) -> None:
    memory = Memory(str.upper, most)
    assert list(map(memory.__getitem__, words)) == list(map(str.upper, words))
    assert len(memory) <= most


def test_a_word_that_is_still_asked_for_is_not_asked_again_when_the_memory_is_full() -> None:
    asked: list[str] = []
    memory = Memory(lambda word: asked.append(word), most=2)
    for word in ("der", "Bund", "Land", "der"):
        memory[word]
    assert asked == ["der", "Bund", "Land"]
