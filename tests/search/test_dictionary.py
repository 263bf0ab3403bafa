"""The dictionary as a file says what simplemma's dictionary says."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import dictionary
from archive.dictionary_file import DictionaryFile, contents, is_noun, lengths, opened, simplemma

SMALL = {"Bescheid": "Bescheid", "Bescheide": "Bescheid", "bescheide": "bescheiden", "EU": "EU", "eid": "Eid"}
WORDS = st.text(alphabet="abcäßEIÄ-", min_size=1, max_size=6)


def small() -> Mapping[str, str]:
    return SMALL


def never() -> Mapping[str, str]:
    raise AssertionError("the file was there already")


def test_a_row_holds_all_spellings_of_a_word_and_the_nouns_that_it_ends_with() -> None:
    held = DictionaryFile(contents({**SMALL, "Eid": "Eid", "EUs": "EU", "Eus": "Eus"}))
    assert held.row("bescheide") == ["bescheide", "bescheiden", "Bescheid", ")"]
    assert held.row("eus") == ["eus", "", "Eus", "#", "EUs", "EU"]
    assert lengths(held.row("bescheid") or []) == [8, 3]
    assert held.row("bescheiden") is None


@settings(max_examples=20, deadline=None)
@given(words=st.dictionaries(WORDS, WORDS, max_size=40), asked=st.lists(WORDS))
def test_the_nouns_at_the_end_of_any_word_are_those_of_the_dictionary(
    words: dict[str, str], asked: list[str]
) -> None:
    held = DictionaryFile(contents(words))
    for low in map(str.lower, [*words, *asked, "".join(asked)]):
        row = held.longest_ending(low)
        endings = [low[-length:] for length in range(len(low), 2, -1)]
        wanted = [len(ending) for ending in endings if is_noun(words.get(ending.capitalize(), ""))]
        assert (lengths(row) if row else []) == wanted


def test_the_whole_dictionary_is_in_the_file() -> None:
    entries = simplemma()
    some = islice(entries.items(), 0, None, 7)
    assert [word for word, lemma in some if dictionary.as_written(word) != lemma] == []
    assert dictionary.as_written("Bescheidx") is None


def test_a_file_is_made_once_and_again_when_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "made" / "words"
    assert opened(path, small).row("eu") == ["eu", "", "", "", "EU", "EU"]
    assert opened(path, never).row("eu")
    assert list(path.parent.iterdir()) == [path]
    whole = path.read_bytes()
    for damaged in (b"", b"nothing", whole[:-1], b"x" + whole[1:]):
        path.write_bytes(damaged)
        assert opened(path, small).row("eu")
        assert path.read_bytes() == whole


def test_where_no_file_can_be_written_the_dictionary_is_held_in_memory() -> None:
    assert opened(Path("/dev/null/words"), small).row("eu")
