"""A build reads attached files once, follows them when they are replaced, and comes out the same again."""

from demo.portals.pdf import pdf
from tests.attachments import hostile
from tests.pipeline.small import Small, page

HOME = "https://test.example"
PDF = "application/pdf"
FIRST = pdf("Übersicht der Bescheide", ["Das Altenburger Land erhält 120.000 Euro am 3. März 2026."])
SECOND = pdf("Übersicht der Bescheide", ["Das Altenburger Land erhält 130.000 Euro am 3. März 2026."])
DERIVED = {
    "attachments": "SELECT release_id, url, title, address, files, payload_digest, read_as FROM attachments",
    "attachment_files": "SELECT a.url, a.release_id, f.number, f.payload_digest, f.capture_id, "
    "f.first_seen_at, f.last_seen_at FROM attachment_files f JOIN attachments a ON a.id = f.attachment_id",
    "attachment_texts": "SELECT * FROM attachment_texts",
    "attachment_pages": "SELECT payload_digest, page, text FROM attachment_pages",
    "attachment_mentions": "SELECT a.url, m.release_id, page, start, surface, kind, district_ags, value_max, "
    "m.published_on FROM attachment_mentions m JOIN attachments a ON a.id = m.attachment_id",
}


def release(small: Small, name: str, *links: str) -> None:
    anchors = "".join(f'<p><a href="{HOME}/{link}">Anlage (PDF)</a></p>' for link in links)
    text = f"Das Land fördert die Jugendarbeit im Kyffhäuserkreis mit 80.000 Euro.</p>{anchors}<p>Ende."
    small.capture(f"{HOME}/{name}", page(f"Förderung {name}", text))


def keep(small: Small, link: str, body: bytes, media_type: str = PDF, status: int = 200) -> None:
    small.capture(f"{HOME}/{link}", body, status=status, role="attachment", media_type=media_type)


def derived(small: Small) -> dict[str, list[str]]:
    return {name: sorted(map(repr, small.rows(sql))) for name, sql in DERIVED.items()}


def test_the_same_file_on_five_releases_is_read_once_and_named_on_each(small: Small) -> None:
    for number in range(5):
        release(small, f"m{number}", f"liste-{number}.pdf")
        keep(small, f"liste-{number}.pdf", FIRST)
    small.build()
    assert small.rows("SELECT outcome, format, pages FROM attachment_texts") == [("text", "pdf", 1)]
    assert small.rows("SELECT count(*) FROM attachment_pages") == [(1,)]
    found = "SELECT count(*), min(page), max(value_max) FROM attachment_mentions WHERE kind = 'amount'"
    assert small.rows(found) == [(5, 1, 120000.0)]
    assert small.rows("SELECT DISTINCT district_ags FROM attachment_mentions WHERE kind = 'district'") == [
        ("16077",)
    ]


def test_what_a_file_names_stays_apart_from_what_the_release_names(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    assert small.rows("SELECT amount_max FROM releases") == [(80000.0,)]
    assert small.rows("SELECT value_max FROM amounts") == [(80000.0,)]
    assert small.rows("SELECT name FROM district_mentions") == [("Kyffhäuserkreis",)]


def test_mentions_stand_where_they_say(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    wrong = """SELECT m.surface FROM attachment_mentions m JOIN attachments a ON a.id = m.attachment_id
        JOIN attachment_pages p ON p.payload_digest = a.payload_digest AND p.page = m.page
        WHERE substr(p.text, m."start" + 1, m."end" - m."start") <> m.surface"""
    assert small.rows(wrong) == []


def test_a_replaced_file_is_noted_and_read_and_the_old_one_is_kept(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    keep(small, "liste.pdf", FIRST)
    keep(small, "liste.pdf", SECOND)
    small.build()
    files = "SELECT number, first_seen_at, last_seen_at FROM attachment_files ORDER BY number"
    assert small.rows(files) == [
        (1, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z"),
        (2, "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
    ]
    assert small.rows("SELECT value_max FROM attachment_mentions WHERE kind = 'amount'") == [(130000.0,)]
    assert small.rows("SELECT files FROM attachments") == [(2,)]


def test_an_outage_or_an_error_page_replaces_nothing(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    keep(small, "liste.pdf", b"<html>Wartung</html>", "text/html")
    keep(small, "liste.pdf", b"weg", status=404)
    small.build()
    assert small.rows("SELECT files FROM attachments") == [(1,)]


def test_a_file_that_comes_after_its_release_was_built_is_found(small: Small) -> None:
    release(small, "m", "liste.pdf")
    small.build()
    assert small.rows("SELECT files FROM attachments") == [(0,)]
    keep(small, "liste.pdf", FIRST)
    small.build()
    assert small.rows("SELECT files, capture_id IS NULL FROM attachments") == [(1, 0)]
    assert small.rows("SELECT count(*) FROM attachment_pages") == [(1,)]


def test_hostile_files_stop_no_build_and_are_issues(small: Small) -> None:
    made = {
        "a": hostile.pages_in_themselves(),
        "b": hostile.locked(),
        "c": hostile.torn(),
        "d": hostile.long(1_200),
    }
    release(small, "m", *(f"{name}.pdf" for name in made), "gut.pdf")
    for name, body in made.items():
        keep(small, f"{name}.pdf", body)
    keep(small, "gut.pdf", FIRST)
    small.build()
    outcomes = dict(
        small.rows("SELECT a.url, outcome FROM attachments a JOIN attachment_texts USING (payload_digest)")
    )
    assert outcomes[f"{HOME}/b.pdf"] == "encrypted"
    assert outcomes[f"{HOME}/d.pdf"] == "cut"
    assert outcomes[f"{HOME}/gut.pdf"] == "text"
    bad = sorted(url for url, outcome in outcomes.items() if outcome not in ("text", "no_text"))
    assert [
        row[0] for row in small.rows("SELECT subject FROM issues WHERE kind = 'attachment' ORDER BY 1")
    ] == bad


def test_an_issue_closes_when_a_good_file_takes_the_place(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", hostile.torn())
    small.build()
    assert small.rows("SELECT closed_at IS NULL FROM issues") == [(1,)]
    keep(small, "liste.pdf", FIRST)
    small.build()
    assert small.rows("SELECT closed_at IS NULL FROM issues") == [(0,)]


def test_a_rebuild_gives_what_the_builds_gave_one_after_the_other(small: Small) -> None:
    release(small, "m", "liste.pdf", "plan.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    release(small, "n", "liste.pdf")
    keep(small, "liste.pdf", SECOND)
    small.build()
    keep(small, "plan.pdf", FIRST)
    small.build()
    before = derived(small)
    small.build(rebuild=True)
    assert derived(small) == before
    small.build(rebuild=True, workers=2)
    assert derived(small) == before


def test_a_release_that_moved_keeps_its_attachments(small: Small) -> None:
    release(small, "alt", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    release(small, "neu", "liste.pdf")
    small.build()
    body = page("Förderung neu", f'Text.</p><p><a href="{HOME}/liste.pdf">Anlage</a>')
    small.capture(f"{HOME}/neu", body, asked=f"{HOME}/alt")
    small.build()
    files = "FROM attachment_files JOIN attachments ON id = attachment_id"
    assert small.rows(f"SELECT count(DISTINCT release_id), count(*) {files}") == [(1, 1)]
    before = derived(small)
    small.build(rebuild=True)
    assert derived(small) == before


def test_pages_are_searched_by_the_words_that_find_releases(small: Small) -> None:
    release(small, "m", "liste.pdf")
    keep(small, "liste.pdf", FIRST)
    small.build()
    match = "SELECT count(*) FROM attachment_pages_fts WHERE attachment_pages_fts MATCH ?"
    assert small.rows(match, "bescheid") == [(1,)]
    assert small.rows(match, "zuwendung") == [(0,)]
