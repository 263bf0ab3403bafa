"""Files that other tools wrote of one portal: the same releases come out of each."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from demo.replicas.registry import REPLICAS
from demo.replicas.replica import shown
from tests.imports.conftest import Importing

FOLDER = Path(__file__).parent / "writers"
RELEASES = shown(REPLICAS["th-tmasgff-old"].newsroom, 0)[:3]
WRITERS = ("warcio.warc.gz", "fastwarc.warc.gz", "wget.warc.gz", "wget-plain.warc", "common-crawl.warc.gz")


@pytest.mark.parametrize("name", WRITERS)
def test_what_any_tool_wrote_becomes_the_same_releases(importing: Importing, name: str) -> None:
    importing.now = datetime(2030, 1, 1, tzinfo=UTC)  # Wget cannot be told another day than its own
    tally = importing.take(FOLDER / name)
    taken = {role: count for (_, role), count in tally.taken.items()}
    assert taken == {"listing": 1, "detail": 4 if name == "warcio.warc.gz" else 3}
    assert tally.is_sound
    importing.build()
    found = importing.rows("SELECT title, published_on, published_rule FROM releases ORDER BY published_on")
    expected = [(r.title, r.published.date().isoformat(), "listing") for r in reversed(RELEASES)]
    assert found == expected, "the list gives the day"
    assert importing.faults() == []


@pytest.mark.parametrize("name", WRITERS)
def test_a_copy_has_the_bytes_and_the_moment_of_its_original(importing: Importing, name: str) -> None:
    importing.now = datetime(2030, 1, 1, tzinfo=UTC)
    importing.take(FOLDER / name)
    (copies,) = importing.warc.glob("*/*.warc.gz")
    assert _blocks(copies) == _blocks(FOLDER / name)


def _blocks(path: Path) -> list[tuple[str, str, bytes]]:
    data = path.read_bytes()
    plain = gzip.decompress(data) if path.suffix == ".gz" else data  # fastwarc packs all records as one
    return [
        (
            record.rec_headers["WARC-Target-URI"].strip("<>"),
            record.rec_headers["WARC-Date"][:19],
            record.raw_stream.read(),
        )
        for record in ArchiveIterator(io.BytesIO(plain), no_record_parse=True)
        if record.rec_type in ("response", "revisit")
    ]


def test_a_page_that_was_cut_off_by_its_crawler_says_so(importing: Importing) -> None:
    importing.take(FOLDER / "common-crawl.warc.gz")
    assert importing.rows("SELECT truncated FROM captures ORDER BY id") == [
        (None,),
        (None,),
        (None,),
        ("length",),
    ]


def test_the_sizes_of_the_data_stay_small() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(WRITERS)
    assert all(path.stat().st_size < 100_000 for path in FOLDER.iterdir())
