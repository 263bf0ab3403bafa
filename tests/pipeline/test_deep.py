"""`verify --deep` reads releases again from their bytes, and names what is not what they say."""

import pytest

from pipeline.deep import sample, verify
from tests.pipeline.small import SOURCE, Small, page

URL = "https://test.example/presse/{}"
TEXT = (
    "Der Kyffhäuserkreis erhält 477.970 Euro für die Jugendarbeit, sagte Minister Bodo Ramelow am 27. "
    "Februar 2026 in Artern. Landrätin Paula Probe dankte. 500.000 Euro gehen an die Stadt Gera ({})."
)
CHANGES = [  # what somebody did to the rows, and what is said of it
    ("UPDATE versions SET title = 'Anderes'", "title is 'Anderes', its bytes say 'Mitteilung 1'"),
    ("UPDATE versions SET text = replace(text, 'Euro', 'Taler')", "text is"),
    ("UPDATE releases SET kind = 'speech'", "kind is 'speech', its bytes say"),
    ("UPDATE releases SET published_on = '2020-01-01'", "published_on is '2020-01-01'"),
    ("UPDATE releases SET amount_max = 1", "amount_max is 1.0"),
    ("DELETE FROM grants", "grants lacks"),
    ("UPDATE district_mentions SET name = 'Nordhausen'", "district_mentions has"),
    ("UPDATE amounts SET value_max = 5", "amounts has"),
    ("DELETE FROM dates", "dates lacks"),
    ("INSERT INTO person_mentions SELECT NULL, release_id, field, \"start\", \"end\", surface, name, office, "
     "published_on, confidence, rule FROM person_mentions", "person_mentions has"),
]  # fmt: skip


def filled(small: Small, count: int = 1) -> Small:
    for n in range(1, count + 1):
        small.capture(URL.format(n), page(f"Mitteilung {n}", TEXT.format(n)))
    small.build()
    return small


def found(small: Small, count: int | None = None, seed: int = 1) -> list[str]:
    asked = sample(small.db, count, seed)
    return [finding.message for finding in verify(small.db, small.warc, {"th-test": SOURCE}, asked)]


def test_a_release_is_what_its_bytes_say(small: Small) -> None:
    assert found(filled(small, 3)) == []
    small.capture(URL.format(1), page("Mitteilung 1", TEXT.format("neu")))
    small.capture(URL.format(2), page("Mitteilung 2", TEXT.format(2), extra="nur der Rand ist neu"))
    small.build()
    assert found(small) == []


@pytest.mark.parametrize(("sql", "says"), CHANGES)
def test_what_is_not_what_the_bytes_say_is_named(small: Small, sql: str, says: str) -> None:
    filled(small)
    small.db.execute("PRAGMA foreign_keys = OFF")
    small.db.execute(sql)
    [message] = found(small)
    assert message.startswith(says)
    assert "build --rebuild" in message
    small.build(rebuild=True)
    assert found(small) == []


def test_damaged_bytes_and_unknown_sources_are_named(small: Small) -> None:
    filled(small)
    asked = sample(small.db, None, 1)
    [finding] = verify(small.db, small.warc, {}, asked)
    assert "--sources" in finding.message
    path = next(small.warc.glob("*/*.warc.gz"))
    path.write_bytes(path.read_bytes()[:300])
    [message] = found(small)
    assert message.startswith("its bytes are no release")


def test_a_seed_samples_the_same_releases_again(small: Small) -> None:
    filled(small, 8)
    some = [sample(small.db, 3, seed) for seed in range(5)]
    assert some == [sample(small.db, 3, seed) for seed in range(5)]
    assert len({tuple(one) for one in some}) > 1
    assert len(sample(small.db, 99, 1)) == 8
