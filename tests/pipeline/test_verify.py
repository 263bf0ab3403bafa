"""`verify` is silent where all agrees and names what does not."""

import pytest

from archive.evidence import record_type, whole_members
from pipeline.verify import verify
from tests.pipeline.small import Small, page

URL = "https://test.example/presse/foerderung"
TEXT = "Der Landkreis Sömmerda erhält am 3. März 2026 einen Zuschuss über 440.000 Euro für den Artenschutz."


@pytest.fixture
def built(small: Small) -> Small:
    for n in range(3):
        small.capture(f"{URL}-{n}", page(f"Förderung {n}", TEXT))
    small.capture(f"{URL}-0", page("Förderung 0", TEXT))
    small.build()
    return small


def test_a_sound_archive_has_no_findings(built: Small) -> None:
    assert list(verify(built.db, built.warc)) == []


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        ("UPDATE versions SET text = text || 'x' WHERE number = 1", "versions"),
        ("UPDATE amounts SET surface = '441.000 Euro'", "mentions"),
        ('UPDATE dates SET "start" = "start" + 1', "mentions"),
        ("UPDATE captures SET payload_digest = 'sha1:NO' WHERE record_type = 'response'", "captures"),
        ("UPDATE captures SET warc_offset = warc_offset + 1", "captures"),
        ("DELETE FROM version_captures", "versions"),
        ("UPDATE captures SET warc_file = 'th-test/gone.warc.gz'", "captures"),
        ("INSERT INTO releases_fts (releases_fts) VALUES ('delete-all')", "search"),
    ],
)
def test_each_damage_is_found(built: Small, damage: str, part: str) -> None:
    built.db.execute(damage)
    assert part in {finding.part for finding in verify(built.db, built.warc)}


def test_a_record_without_a_row_is_found(built: Small) -> None:
    built.db.execute("PRAGMA foreign_keys = OFF")
    built.db.execute("DELETE FROM captures WHERE id = 3")
    findings = list(verify(built.db, built.warc))
    assert any("without a row" in finding.message for finding in findings)


def test_damage_in_a_request_is_found_though_no_row_points_to_it(built: Small) -> None:
    path = next(built.warc.glob("*/*.warc.gz"))
    requests = [place for place in whole_members(path)[0] if record_type(path, place[0]) == "request"]
    whole = path.read_bytes()
    for offset, length in (requests[0], requests[-1]):
        path.write_bytes(whole[: offset + 60] + bytes(50) + whole[offset + 110 :])
        [finding] = verify(built.db, built.warc)
        assert f"byte {offset}" in finding.message
        assert length > 110
    path.write_bytes(whole)
    assert list(verify(built.db, built.warc)) == []
