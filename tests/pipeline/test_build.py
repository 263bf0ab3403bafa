"""The build: captures become releases, versions and mentions, and come out the same however often it runs."""

import pytest

from pipeline.verify import verify
from tests.pipeline.small import Small, page

URL = "https://test.example/presse/foerderung"
TITLE = "440.000 Euro für Artenschutz in Kannawurf"
TEXT = (
    "Der Landkreis Sömmerda erhält einen Zuschuss. Am 3. März 2026 übergab die Behörde den Bescheid über "
    "440.000 Euro.\nDas Geld fließt in den Artenschutz; die Arbeiten beginnen im kommenden Jahr und sollen "
    "zwei Jahre dauern."
)
DUMP = {
    "releases": "SELECT id, title, kind, published_on, url, version_id, versions, first_seen_at, "
    "last_seen_at, last_changed_at, publisher_name, amount_max FROM releases ORDER BY id",
    "versions": "SELECT * FROM versions ORDER BY id",
    "version_captures": "SELECT * FROM version_captures ORDER BY 1, 2",
    "amounts": 'SELECT release_id, field, "start", surface, value_min, rule FROM amounts ORDER BY 1, 2, 3',
    "dates": 'SELECT release_id, field, "start", surface, timex, rule FROM dates ORDER BY 1, 2, 3',
    "districts": "SELECT release_id, field, surface, district_ags FROM district_mentions ORDER BY 1, 2, 3",
    "parsed": "SELECT * FROM parsed_captures ORDER BY 1",
    "figures": "SELECT * FROM mention_months ORDER BY 1, 2, 3",
    "stories": "SELECT * FROM grant_stories ORDER BY id",
}


def dump(small: Small) -> dict[str, list[tuple[object, ...]]]:
    return {name: small.rows(sql) for name, sql in DUMP.items()}


def test_a_page_becomes_a_release_with_mentions_at_their_offsets(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    built = small.build()
    assert (built.captures, built.new) == (1, 1)
    [(title, published, name, amount)] = small.rows(
        "SELECT title, published_on, publisher_name, amount_max FROM releases"
    )
    assert (title, published, name, amount) == (TITLE, "2026-02-27", "Testministerium", 440000)
    amounts = small.rows("SELECT field, surface, value_min FROM amounts ORDER BY field")
    assert amounts == [("text", "440.000 Euro", 440000), ("title", "440.000 Euro", 440000)]
    assert small.rows("SELECT district_ags FROM district_mentions") == [("16068",)]


def test_the_publisher_goes_by_its_name_of_that_day(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT, day="2023-05-01"))
    small.build()
    assert small.rows("SELECT publisher_name FROM releases") == [("Altes Ministerium",)]


def test_a_text_that_goes_there_and_back_has_three_versions(small: Small) -> None:
    for text in (TEXT, TEXT.replace("440.000", "404.000"), TEXT):
        small.capture(URL, page(TITLE, text))
        small.build()
    assert small.rows("SELECT number FROM versions ORDER BY number") == [(1,), (2,), (3,)]
    assert small.rows("SELECT versions FROM releases") == [(3,)]
    assert small.rows("SELECT value_min FROM amounts WHERE field = 'text'") == [(440000,)]


def test_what_stands_around_the_text_makes_no_version(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT, extra="12 mal geteilt"))
    small.capture(URL, page(TITLE, TEXT.replace(" ", "  "), extra="13 mal geteilt"))
    built = small.build()
    assert (built.new, built.changed, built.unchanged) == (1, 0, 1)
    assert small.rows("SELECT count(*) FROM version_captures") == [(2,)]


def test_an_unchanged_payload_only_moves_last_seen(small: Small) -> None:
    first = small.capture(URL, page(TITLE, TEXT))
    second = small.capture(URL, page(TITLE, TEXT))
    assert second.record_type == "revisit"
    small.build()
    assert small.rows("SELECT first_seen_at, last_seen_at FROM releases") == [
        (first.captured_at, second.captured_at)
    ]
    assert small.rows("SELECT count(*) FROM parsed_captures") == [(2,)]


def test_a_moved_page_stays_the_same_release(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    small.build()
    [(before,)] = small.rows("SELECT id FROM releases")
    small.capture(URL + "-neu", page(TITLE, TEXT), asked=URL)
    small.build()
    assert small.rows("SELECT id, url FROM releases") == [(before, URL + "-neu")]
    small.capture(URL + "-neu", page(TITLE, TEXT + " Ergänzung."))
    small.build()
    assert small.rows("SELECT id, versions FROM releases") == [(before, 2)]


def test_a_page_found_at_its_new_address_first_becomes_one_with_the_old(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    small.build()
    [(before,)] = small.rows("SELECT id FROM releases")
    small.capture(URL + "-neu", page(TITLE, TEXT))
    small.build()
    [(other,)] = small.rows("SELECT id FROM releases WHERE id <> ?", before)
    small.capture(URL + "-neu", page(TITLE, TEXT), asked=URL)
    small.build()
    assert small.rows("SELECT id, url, versions FROM releases") == [(before, URL + "-neu", 1)]
    assert small.rows("SELECT release_id FROM release_addresses WHERE id = ?", other) == [(before,)]
    assert list(verify(small.db, small.warc)) == []
    now = dump(small)
    small.build(rebuild=True)
    assert dump(small) == now


@pytest.mark.parametrize(
    ("status", "title", "text"),
    [
        (404, "Seite nicht gefunden", "Die Seite gibt es nicht."),
        (200, "Seite nicht gefunden", "Die gewünschte Seite wurde leider nicht gefunden."),
        (503, "Wartung", "Wir sind bald zurück."),
    ],
)
def test_an_error_page_never_becomes_a_release(small: Small, status: int, title: str, text: str) -> None:
    small.capture(URL, page(title, text), status=status)
    small.build()
    assert small.rows("SELECT count(*) FROM releases") == [(0,)]
    [(outcome,)] = small.rows("SELECT outcome FROM parsed_captures")
    assert outcome != "release"


def test_a_release_survives_when_its_page_vanishes(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    small.capture(URL, b"gone", status=404)
    small.build()
    assert small.rows("SELECT versions FROM releases") == [(1,)]


def test_a_rebuild_and_two_workers_give_the_same_archive(small: Small) -> None:
    for n in range(12):
        small.capture(f"{URL}-{n}", page(f"{TITLE} {n}", TEXT.replace("440.000", f"{n + 1}.000")))
        if n % 3 == 0:
            small.build()
    small.capture(f"{URL}-3", page(TITLE, TEXT))
    small.build()
    before = dump(small)
    built = small.build(rebuild=True, workers=2)
    assert built.captures == 13
    assert dump(small) == before


def test_a_build_that_was_killed_goes_on_where_it_stopped(small: Small) -> None:
    for n in range(5):
        small.capture(f"{URL}-{n}", page(f"{TITLE} {n}", TEXT))

    class KilledError(Exception):
        pass

    def kill(done: int, total: int) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        small.build(progress=kill, batch=2)
    assert small.rows("SELECT count(*) FROM releases") == [(2,)]
    assert small.build().captures == 3
    assert small.rows("SELECT count(*) FROM releases") == [(5,)]


def test_a_damaged_warc_file_is_an_issue_and_the_rest_is_read(small: Small) -> None:
    capture = small.capture(URL, page(TITLE, TEXT))
    small.capture(URL + "-2", page(TITLE, TEXT + " Mehr."))
    path = small.warc / capture.place.file
    data = bytearray(path.read_bytes())
    data[capture.place.offset + 200] ^= 0xFF
    path.write_bytes(bytes(data))
    small.build()
    assert small.rows("SELECT count(*) FROM releases") == [(1,)]
    [(kind, message)] = small.rows("SELECT kind, message FROM issues")
    assert kind == "unreadable"
    assert "restore it from the backup" in str(message)


def test_a_payload_that_is_not_the_one_noted_is_not_believed(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    small.db.execute("UPDATE captures SET payload_digest = 'sha1:OTHER'")
    small.build()
    assert small.rows("SELECT count(*) FROM releases") == [(0,)]
    [(kind, message)] = small.rows("SELECT kind, message FROM issues")
    assert kind == "unreadable"
    assert "holds another payload than it did" in str(message)


def test_a_page_without_a_date_keeps_none_and_says_so(small: Small) -> None:
    body = page(TITLE, "Ein Text ohne jeden Hinweis auf einen Tag, aber mit Inhalt genug für eine Meldung.")
    small.capture(URL, body.replace(b"<time datetime='2026-02-27'>2026-02-27</time>", b""))
    small.build()
    assert small.rows("SELECT published_on FROM releases") == [(None,)]
    assert small.rows("SELECT kind FROM issues") == [("no_date",)]
