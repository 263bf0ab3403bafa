"""What was redacted is nowhere in the bytes on disk, and everything else stands as before."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from warcio.checker import Checker

from archive import corrections
from archive.errors import ArchiveError
from archive.redaction import decisions
from archive.redaction.proof import remains
from archive.redaction.scrub import MARK, holds
from archive.redaction.words import sought, words_of
from pipeline.redact import Asked, redact
from pipeline.verify import verify
from tests.pipeline.small import SOURCE, Small, page, start

URLS = [
    "https://test.example/presse/1-erna-beispiel-geht",
    "https://test.example/presse/2",
    "https://test.example/presse/3",
]
TITLES = ["Erna Beispiel geht in den Ruhestand", "Neue Straße für Gotha", "Landkreis Gotha erhält 5.000 Euro"]
TEXTS = [
    "Nach vierzig Jahren geht Erna Beispiel in den Ruhestand.",
    "Die Bürgerinitiative um Erna Beispiel hatte gefragt. Die Straße kostet 2,3 Millionen Euro.",
    "Der Landkreis Gotha erhält 5.000 Euro.",
]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    archive = start(tmp_path)
    for url, title, text in zip(URLS, TITLES, TEXTS, strict=True):
        archive.capture(url, page(title, text))
    archive.capture(URLS[1], page(TITLES[1], TEXTS[1]))  # a revisit
    archive.db.execute(
        "INSERT INTO entries (source_key, url, title, first_seen_at, last_seen_at) "
        "VALUES ('th-test', ?, ?, '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z')",
        (URLS[0], TITLES[0]),
    )
    archive.build()
    yield archive
    archive.db.close()


def _redact(small: Small, **said: str | tuple[str, ...]) -> str:
    asked = Asked(reason="Wunsch der Betroffenen", author="E. Muster", **said)  # type: ignore[arg-type]
    return redact(small.archive, small.warc, {"th-test": SOURCE}, asked, small.moment).redaction.id


def _bytes_on_disk(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every byte below a folder, WARC records unpacked, by means other than ours."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        yield path, raw
        if path.suffix == ".gz":
            unpacked = gzip.decompress(raw)
            yield path, unpacked
            for part in unpacked.split(b"\r\n\r\n"):
                with suppress(zlib.error):  # most parts are no streams
                    yield path, zlib.decompress(part, 47)


def _says(folder: Path, phrase: str) -> list[Path]:
    what = sought([phrase])
    forms = {phrase.lower().encode(), "-".join(words_of(phrase)).encode()}
    return [
        path
        for path, raw in _bytes_on_disk(folder)
        if any(form in raw.lower() for form in forms) or (path.suffix == ".gz" and holds(raw, what))
    ]


def _sound(small: Small) -> None:
    assert [f"{f.part} {f.subject} {f.message}" for f in verify(small.db, small.warc)] == []
    files = [str(path) for path in small.warc.glob("*/*.warc.gz")]
    assert Checker(type("Asked", (), {"inputs": files, "verbose": False})).process_all() == 0


def test_a_name_is_gone_from_every_byte_and_the_rest_stands(small: Small) -> None:
    before = dict(small.rows("SELECT title, text FROM versions"))  # type: ignore[arg-type]
    ids = set(small.rows("SELECT id FROM releases"))
    assert _says(small.folder, "Erna Beispiel")
    _redact(small, kind="name", phrases=("Erna Beispiel",))
    assert _says(small.folder, "Erna Beispiel") == []
    _sound(small)
    after = dict(small.rows("SELECT title, text FROM versions"))  # type: ignore[arg-type]
    assert after == {
        str(title).replace("Erna Beispiel", MARK): str(text).replace("Erna Beispiel", MARK)
        for title, text in before.items()
    }
    assert set(small.rows("SELECT id FROM releases")) == ids  # permalinks stay, though an address changed
    assert small.rows("SELECT count(*) FROM releases WHERE url LIKE '%erna%'") == [(0,)]
    assert small.rows("SELECT count(*) FROM version_captures") == [(4,)]


def test_a_rebuild_and_a_new_database_give_the_same(small: Small) -> None:
    _redact(small, kind="name", phrases=("Erna Beispiel",))
    tables = ("SELECT id, title, url FROM releases", "SELECT id, text FROM versions",
              "SELECT * FROM redactions", "SELECT surface FROM amounts")  # fmt: skip
    found = [sorted(map(repr, small.rows(sql))) for sql in tables]
    small.build(rebuild=True)
    assert [sorted(map(repr, small.rows(sql))) for sql in tables] == found


def test_a_release_goes_as_a_whole_and_leaves_a_tombstone(small: Small) -> None:
    [(release,)] = small.rows("SELECT id FROM releases WHERE title = ?", TITLES[0])
    key = _redact(small, kind="release", release=str(release))
    assert _says(small.folder, TITLES[0]) == []
    assert _says(small.folder, TEXTS[0]) == []
    assert _says(small.folder, "erna-beispiel-geht") == []
    _sound(small)
    assert small.rows("SELECT count(*) FROM releases") == [(2,)]
    assert small.rows("SELECT release_id, redaction_id FROM redacted_releases") == [(release, key)]
    small.build(rebuild=True)
    assert small.rows("SELECT count(*) FROM releases") == [(2,)]


def test_what_was_redacted_is_known_when_it_comes_again_and_said_nowhere(small: Small) -> None:
    _redact(small, kind="name", phrases=("Erna Beispiel",))
    withheld = decisions.Withheld(decisions.read(small.warc), "th-test")
    assert holds(page(TITLES[0], TEXTS[0]), withheld.sought)
    assert not holds(page(TITLES[2], TEXTS[2]), withheld.sought)
    assert not withheld.address(URLS[1])


def test_the_address_of_a_removed_release_is_not_asked_for_again(small: Small) -> None:
    [(release,)] = small.rows("SELECT id FROM releases WHERE url = ?", URLS[1])
    _redact(small, kind="release", release=str(release))
    withheld = decisions.Withheld(decisions.read(small.warc), "th-test")
    assert [withheld.address(url) for url in URLS] == [False, True, False]


def test_doing_it_twice_changes_nothing(small: Small) -> None:
    first = _redact(small, kind="name", phrases=("Erna Beispiel",))
    files = {path: path.read_bytes() for path in small.warc.rglob("*.gz")}
    assert _redact(small, kind="name", phrases=("Erna Beispiel",)) == first
    assert {path: path.read_bytes() for path in small.warc.rglob("*.gz")} == files
    assert len(decisions.read(small.warc)) == 1
    assert small.rows("SELECT count(*) FROM redacted_releases") == [(2,)]


def test_nothing_to_take_out_is_said(small: Small) -> None:
    with pytest.raises(ArchiveError, match="no word"):
        _redact(small, kind="text", phrases=("…",))
    with pytest.raises(ArchiveError, match="/m/"):
        _redact(small, kind="release", release="th-test-000000000000")


def test_a_release_that_went_already_is_no_fault_and_one_that_never_was_is(small: Small) -> None:
    [(release,)] = small.rows("SELECT id FROM releases WHERE title = ?", TITLES[0])
    assert _redact(small, kind="release", release=str(release)) == _redact(
        small, kind="release", release=str(release)
    )
    with pytest.raises(ArchiveError, match="no release goes by"):
        _redact(small, kind="release", release="th-test-000000000000")


def test_decisions_about_single_values_do_not_bring_words_back(small: Small) -> None:
    file = small.folder / "corrections.toml"
    [(release, text_hash)] = small.rows(
        "SELECT release_id, text_hash FROM versions WHERE title = ?", TITLES[1]
    )
    [(whole,)] = small.rows("SELECT id FROM releases WHERE title = ?", TITLES[2])
    mention = corrections.Target("amount", "text", 62, 80, "Erna Beispiel")
    about = corrections.decided(
        "reject", "E. Muster", "sagt Erna Beispiel", date(2026, 3, 2), release=release, text_hash=text_hash,
        mention=mention,
    )  # fmt: skip
    dated = corrections.decided(
        "date",
        "E. Muster",
        "steht so da",
        date(2026, 3, 2),
        release=whole,
        value={"published_on": "2026-01-01"},
    )
    corrections.write(file, [about, dated])
    file.write_text(file.read_text("utf-8") + "# asked Erna Beispiel\n", "utf-8")
    small.build(corrections=corrections.read(file))
    asked = partial(Asked, reason="Wunsch", author="E. Muster")
    for what in (asked("name", phrases=("Erna Beispiel",)), asked("release", release=str(whole))):
        redact(small.archive, small.warc, {"th-test": SOURCE}, what, small.moment, corrections=file)
    assert list(remains(small.archive, small.warc, sought(["Erna Beispiel"]), beside=[file])) == []
    [left] = corrections.read(file).all
    assert (left.id, left.reason) == (about.id, f"sagt {MARK}")
    assert small.rows("SELECT reason FROM corrections") == [(f"sagt {MARK}",)]


def test_the_proof_sees_a_value_that_touches_its_neighbours(small: Small) -> None:
    what = sought(["Erna Beispiel"])
    _redact(small, kind="name", phrases=("Erna Beispiel",))
    small.db.execute("UPDATE sources SET title = 'Erna Beispiel', family = 'generic'")
    assert any("sources.title in 1 row" in place for place in remains(small.archive, small.warc, what))
