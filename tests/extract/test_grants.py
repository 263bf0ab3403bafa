"""Grants: who gives how much to whom, on sentences of our own, costs and fines among them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.extract import amounts, grants
from pipeline.extract.grants import Grant
from pipeline.extract.mentions import Context, Date, District, Mention, Minister, Municipality, Value

SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "grants.jsonl").read_text("utf-8").splitlines()
]
PRECISION, RECALL, FIELDS = 0.99, 0.91, 0.98  # floors, only ever raised


def value_of(kind: str, value: str) -> Value:
    if kind == "minister":
        return Minister(value, None, None, None, None, None, "minister")
    if kind == "date":
        return Date(value, "DATE", value, value)
    return District(value, "", "name") if kind == "district" else Municipality(value, "", value[:5])


def mentions_of(row: dict) -> list[Mention]:
    text = row["text"]
    named = [
        Mention(
            n["kind"],
            n["start"],
            n["end"],
            text[n["start"] : n["end"]],
            1.0,
            "given",
            value_of(n["kind"], n["value"]),
        )
        for n in row["names"]
    ]
    return sorted([*named, *amounts.find(text, Context())], key=lambda mention: mention.start)


def judged() -> Iterator[tuple[dict, dict[str, Grant]]]:
    for row in SENTENCES:
        mentions = mentions_of(row)
        yield row, {mentions[one.amount_index].surface: one for one in grants.find(row["text"], mentions)}


def test_the_sentences_are_many_and_two_in_five_have_no_grant() -> None:
    assert len(SENTENCES) >= 260
    assert 0.35 <= sum(not row["grants"] for row in SENTENCES) / len(SENTENCES) <= 0.5


def test_grants_are_found_and_costs_are_not() -> None:
    right = given = wanted = 0
    errors = []
    for row, found in judged():
        gold = {grant["amount"] for grant in row["grants"]}
        right, given, wanted = right + len(gold & found.keys()), given + len(found), wanted + len(gold)
        errors += [("extra" if one in found else "missed", row["text"]) for one in gold ^ found.keys()]
    assert right / given >= PRECISION, errors
    assert right / wanted >= RECALL, errors


def test_giver_recipient_and_purpose_are_those_of_the_sentence() -> None:
    fields = [
        (field, gold[field], getattr(found[gold["amount"]], field), row["text"])
        for row, found in judged()
        for gold in row["grants"]
        for field in ("giver", "recipient", "purpose")
        if field in gold and gold["amount"] in found
    ]
    wrong = [one for one in fields if one[1] != one[2]]
    assert 1 - len(wrong) / len(fields) >= FIELDS, wrong


def test_a_grant_quotes_the_sentence_that_holds_its_amount() -> None:
    text = "\n\n".join(row["text"] for row in SENTENCES)
    mentions = amounts.find(text, Context())
    found = grants.find(text, mentions)
    assert len(found) > len(SENTENCES) / 3
    for one in found:
        amount = mentions[one.amount_index]
        assert text[one.start : one.end] == one.sentence
        assert one.start <= amount.start < amount.end <= one.end
        assert 0 < one.confidence <= 1
        assert one.status in ("given", "promised", "planned")


STATUSES = [
    ("Ministerin Sommer übergab den Bescheid über 5.000 Euro an den Verein.", "given"),
    ("Das Land hat dem Verein 5.000 Euro bewilligt.", "given"),
    ("Das Land fördert den Verein mit 5.000 Euro.", "promised"),
    ("Das Land will den Verein mit 5.000 Euro fördern.", "planned"),
    ("Der Verein soll mit 5.000 Euro unterstützt werden.", "planned"),
]


@pytest.mark.parametrize(("sentence", "status"), STATUSES)
def test_given_promised_and_planned_are_told_apart(sentence: str, status: str) -> None:
    (found,) = grants.find(sentence, amounts.find(sentence, Context()))
    assert found.status == status


def test_the_day_and_the_place_are_those_named_in_the_sentence() -> None:
    text = "Am 3. Mai 2021 übergab Minister Adler in Gotha einen Bescheid über 9.000 Euro an den Verein."
    named = [("date", "3. Mai 2021", "2021-05-03"), ("municipality", "Gotha", "16067029")]
    row = {
        "text": text,
        "names": [
            {"kind": k, "start": text.index(s), "end": text.index(s) + len(s), "value": v}
            for k, s, v in named
        ],
    }
    (found,) = grants.find(text, mentions_of(row))
    assert (found.on, found.municipality, found.district) == ("2021-05-03", "16067029", "16067")


def test_she_who_hands_over_is_the_minister_named_before() -> None:
    text = "Ministerin Sommer war in Gotha. Dort übergab sie einen Bescheid über 9.000 Euro an den Verein."
    row = {"text": text, "names": [{"kind": "minister", "start": 0, "end": 17, "value": "Petra Sommer"}]}
    (found,) = grants.find(text, mentions_of(row))
    assert found.giver == "Ministerin Sommer"


HOSTILE = [
    "Das Land fördert den Bau mit 1.000 Euro ",
    "1.000 Euro, ",
    "an den Verein 500 Euro für ",
    "der Bescheid über 200 Euro. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        mentions = amounts.find(text, Context())
        started = time.process_time()
        grants.find(text, mentions)
        return time.process_time() - started

    small, large = min(seconds(20_000) for _ in range(3)), seconds(200_000)
    assert large < 40 * small + 0.05
