"""Amounts of money: sentences of our own, every written form, and texts built to hurt."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.amounts import find
from pipeline.extract.amounts.grammar import read
from pipeline.extract.amounts.qualifiers import qualifier
from pipeline.extract.amounts.tokens import cut
from pipeline.extract.amounts.usual import usual
from pipeline.extract.mentions import Amount, Context, Mention, Rejection

SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "amounts.jsonl").read_text("utf-8").splitlines()
]
RIGHT_AT_LEAST = len(SENTENCES)  # all of them; a sentence that fails is mended or argued about, not skipped
NOWHERE = Context()


def values(text: str) -> list[Amount]:
    return [mention.value for mention in find(text, NOWHERE) if isinstance(mention.value, Amount)]


def described(mentions: list[Mention]) -> list[tuple[object, ...]]:
    return [(mention.surface, *mention.value) for mention in mentions]


def test_the_sentences_are_many_and_many_of_them_without_money() -> None:
    assert len(SENTENCES) >= 200
    assert sum(not row["amounts"] for row in SENTENCES) >= 30


def test_sentences_yield_exactly_their_amounts() -> None:
    wrong = []
    for row in SENTENCES:
        found = [
            (surface, pytest.approx(low), pytest.approx(high), currency, qualifier)
            for surface, low, high, currency, qualifier in described(find(row["text"], NOWHERE))
        ]
        if found != [tuple(amount.values()) for amount in row["amounts"]]:
            wrong.append((row["text"], found))
    assert len(SENTENCES) - len(wrong) >= RIGHT_AT_LEAST, wrong


UNITS = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
TENS = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def below_hundred(number: int) -> str:
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:
        return {16: "sechzehn", 17: "siebzehn"}.get(number, UNITS[number - 10] + "zehn")
    unit = number % 10
    return (UNITS[unit] + "und" if unit else "") + TENS[number // 10]


def below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    return (UNITS[hundreds] + "hundert" if hundreds else "") + below_hundred(rest)


def spelled(number: int) -> str:
    """The number in German words, as grammars prescribe."""
    words = []
    for scale, one, many in ((10**9, "Milliarde", "Milliarden"), (10**6, "Million", "Millionen")):
        count, number = divmod(number, scale)
        if count:
            words.append(f"eine {one}" if count == 1 else f"{below_thousand(count)} {many}")
    thousands, rest = divmod(number, 1000)
    last = (below_thousand(thousands) + "tausend" if thousands else "") + below_thousand(rest)
    return " ".join([*words, last] if last else words)


numbers = st.one_of(st.integers(1, 10**12 - 1), st.integers(1, 10**6), st.integers(1, 2000))


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(numbers)
def test_every_number_in_words_comes_back(number: int) -> None:
    assert values(f"Das sind {spelled(number)} Euro.") == [Amount(number, number, "EUR", "exact")]


@given(
    numbers,
    st.sampled_from(["", ".", " ", "\u00a0", "\u202f", "\u2009", "'", "’"]),
    st.sampled_from(["", ",00", ",-", ",–"]),
)
def test_every_number_in_digits_comes_back(number: int, separator: str, tail: str) -> None:
    written = grouped(number, separator) + tail
    for form in (
        f"{written} Euro",
        f"{written} €",
        f"{written}\u00a0EUR",
        f"EUR {written}",
        f"{written}\nEuro",
    ):
        if form.startswith("EUR") and separator == "" and 1900 <= number < 2100:
            continue  # a year at the head of a table
        assert values(f"Gera erhält {form} im Mai.") == [Amount(number, number, "EUR", "exact")], form


@given(
    st.integers(1, 99_999),
    st.sampled_from([("Mio.", 10**6), ("Mrd.", 10**9), ("Tsd.", 10**3), ("Millionen", 10**6)]),
)
def test_every_scaled_number_comes_back(hundredths: int, scale: tuple[str, int]) -> None:
    written, factor = f"{hundredths // 100},{hundredths % 100:02}", scale[1]
    for form in (
        f"{written} {scale[0]} Euro",
        f"{written} {scale[0]} €",
        f"{written}\u00a0{scale[0]}\u00a0Euro",
    ):
        (found,) = values(f"Der Bund gibt {form}.")
        assert found.value_min == pytest.approx(hundredths * factor / 100)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_every_range_comes_back_with_both_ends(first: int, second: int) -> None:
    low, high = sorted((first, second))
    if low == high:
        return
    said = Amount(low, high, "EUR", "range")
    assert values(f"zwischen {grouped(low, '.')} und {grouped(high, '.')} Euro") == [said]
    assert values(f"{grouped(low, '.')} Euro bis {grouped(high, '.')} Euro") == [said]


PIECES = st.sampled_from(
    [
        "Euro",
        "€",
        " ",
        " ",
        "\n",
        "5",
        "1.000",
        ",",
        "-",
        "Mio.",
        "Millionen",
        "zwei",
        "bis",
        "und",
        "EUR",
        "zwischen",
        "eine",
        "halbe",
        "Mark",
        "Cent",
        "Pfund",
        "Kronen",
        "/",
        "½",
        "\u00ad",
        "-\n",
        "über",
        "Kita",
        ".",
        "\n\n",
        "T",
    ]
)
texts = st.lists(PIECES, max_size=40).map("".join)


@given(texts)
def test_offsets_point_at_the_surface_and_mentions_do_not_overlap(text: str) -> None:
    last = 0
    for mention in find(text, NOWHERE):
        assert text[mention.start : mention.end] == mention.surface
        assert last <= mention.start < mention.end
        last = mention.end


@given(texts, texts)
def test_a_further_paragraph_changes_nothing_before_it(text: str, paragraph: str) -> None:
    before = find(text, NOWHERE)
    assert find(text + "\n\n" + paragraph, NOWHERE)[: len(before)] == before


HOSTILE = [
    "Euro ",
    "5 ",
    "1.000 ",
    "Millionen ",
    "5 Mio. ",
    "zwei bis ",
    "5, ",
    "€",
    "1.",
    "hundert",
    "5 Euro bis ",
    "\u00ad",
    "tausend ",
    "-\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length] + " 5 Euro"
        started = time.process_time()
        find(text, NOWHERE)
        return time.process_time() - started

    small, large = min(seconds(20_000) for _ in range(3)), seconds(200_000)
    assert large < 40 * small + 0.05


def test_five_megabytes_are_read_in_seconds() -> None:
    sentence = (
        "Die Gemeinde Musterhausen saniert ihre Turnhalle, das Land hilft dabei nach Kräften und gern. " * 20
    )
    text = (sentence + "Der Bund gibt 1,5 Millionen Euro.\n") * (5_000_000 // (len(sentence) + 34))
    started = time.process_time()
    found = find(text, NOWHERE)
    assert time.process_time() - started < 5
    assert len(found) == text.count("Millionen Euro")


def test_what_was_refused_is_told_with_its_reason() -> None:
    rejected: list[Rejection] = []
    assert find("Das 49-Euro-Ticket und die Euro-Zone", NOWHERE, rejected) == []
    assert [(no.surface, no.reason) for no in rejected] == [
        ("Euro", "name of a product"),
        ("Euro", "counts things"),
    ]


PHRASES = st.lists(
    st.sampled_from(
        "Das Land gibt bis zu mehr als nicht rund über Bescheid mit auf von und oder statt bisher nun fünf"
        " weitere insgesamt Kosten: je ca. (5 5,25 1.200 1.200,50 2019 0.500 Mio. Millionen Tsd. Mrd.".split()
    ),
    min_size=1,
    max_size=8,
)


@given(PHRASES)
def test_a_number_read_at_a_glance_is_the_one_that_the_grammar_reads(words: list[str]) -> None:
    text = " ".join(words) + " "
    seen = usual(text, len(text), 0)
    if seen:
        tokens = cut(text, 0, len(text))
        reading = read(tokens)
        assert reading is not None
        assert reading.low is reading.high
        assert not reading.sharing
        assert (seen.value, seen.start) == (reading.low.value, reading.low.start)
        assert seen.scaled == (reading.low.scale > 1)
        assert seen.qualifier == qualifier(tokens, reading.low.first)
