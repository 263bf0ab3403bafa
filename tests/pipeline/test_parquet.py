"""Texts in Parquet files of others: what cannot be read is named, and the target is whole or not there."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archive.errors import ArchiveError
from pipeline.parquet import extract_parquet

TEXT = "Das Land gibt 5.000 Euro für Weimar am 3. März 2026."
FAR = pa.array([2**62], pa.timestamp("us"))
BROKEN = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
)
ODD: dict[str, tuple[dict[str, object], str]] = {
    "no text": ({"id": [1]}, "no column text among id"),
    "numbers for text": ({"id": [1], "text": [5]}, "text holds int64 instead of text"),
    "lists": ({"id": [1], "text": [[TEXT]]}, "text holds list"),
    "bytes": ({"id": [1], "text": [b"\xff"]}, "text holds binary"),
    "no UTF-8": ({"id": [1], "text": BROKEN}, "rows 0 to 1 of row group 0 cannot be read"),
    "nested ids": ({"id": [{"a": 1}], "text": [TEXT]}, "id holds struct"),
    "no ids": ({"id": pa.nulls(1), "text": [TEXT]}, "id holds null"),
    "a number for a day": ({"id": [1], "text": [TEXT], "published": [20180328]}, "published holds int64"),
    "no day": ({"id": [1], "text": [TEXT], "published": ["gestern"]}, "write it as 2018-03-28"),
    "a day too far": ({"id": [1], "text": [TEXT], "published": FAR}, "cannot be read"),
    "no Land": ({"id": [1], "text": [TEXT], "jurisdiction": ["XX"]}, "jurisdiction 'XX' is unknown"),
}


def write(path: Path, columns: dict[str, object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(("columns", "said"), ODD.values(), ids=ODD)
def test_what_is_no_text_or_no_day_is_named_and_the_old_result_stays(
    tmp_path: Path, columns: dict[str, object], said: str
) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"the result before")
    source = write(tmp_path / "texts.parquet", columns)
    with pytest.raises(ArchiveError, match=said) as refused:
        extract_parquet(source, out)
    assert str(source) in str(refused.value)
    assert out.read_bytes() == b"the result before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts.parquet"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: whole[:-20],
        lambda whole: whole[:-60] + os.urandom(52) + whole[-8:],
        lambda whole: whole[:-4] + b"PARE",
        lambda whole: whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :],
    ],
    ids=["nothing", "cut off", "another footer", "encrypted", "other pages"],
)
def test_a_damaged_file_is_named(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    source = write(tmp_path / "texts.parquet", {"id": list(range(600)), "text": [TEXT] * 600})
    source.write_bytes(spoil(source.read_bytes()))
    with pytest.raises(ArchiveError, match=r"texts\.parquet"):
        extract_parquet(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_texts_of_other_writers_are_read_as_they_are_meant(tmp_path: Path) -> None:
    """Nothing where a text is missing, ids as they came, twice if they came twice, files without a row."""
    said = {
        "id": [7, 7, 8],
        "text": pa.array([TEXT, None, TEXT], pa.large_string()).dictionary_encode(),
        "published": ["2026-03-05T12:00:00Z", "", None],
        "jurisdiction": pa.nulls(3),
    }
    write(tmp_path / "a.parquet", said)
    write(tmp_path / "b.parquet", {"id": pa.nulls(0), "text": pa.nulls(0)})
    out = tmp_path / "out"
    assert extract_parquet(tmp_path, out) == 6
    assert [row["id"] for row in pq.read_table(out).to_pylist()] == [7, 7, 7, 8, 8, 8]
    (tmp_path / "a.parquet").unlink()
    assert extract_parquet(tmp_path, out) == 0
    assert pq.read_table(out).num_rows == 0


def test_files_whose_ids_differ_in_type_are_named_before_anything_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", {"id": [1], "text": [TEXT]})
    write(tmp_path / "b.parquet", {"id": ["x"], "text": [TEXT]})
    with pytest.raises(ArchiveError, match=r"int64 in .*a\.parquet and string in .*b\.parquet"):
        extract_parquet(tmp_path, tmp_path / "out")


def test_the_texts_themselves_are_never_written_over(tmp_path: Path) -> None:
    source = write(tmp_path / "texts.parquet", {"id": [1], "text": [TEXT]})
    before = source.read_bytes()
    for asked, target in ((source, source), (tmp_path, tmp_path / "mentions.parquet")):
        with pytest.raises(ArchiveError, match="--out"):
            extract_parquet(asked, target)
    assert source.read_bytes() == before


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    source, out = tmp_path / "texts.parquet", tmp_path / "out"
    for euros in ("5.000", "16.000.000"):
        write(source, {"id": [1], "text": [f"Es gab {euros} Euro."]})
        extract_parquet(source, out)
        assert [row["surface"] for row in pq.read_table(out).to_pylist()] == [f"{euros} Euro"]


def test_a_stopped_extraction_leaves_what_was_there(tmp_path: Path) -> None:
    source, out = write(tmp_path / "texts.parquet", {"id": [1], "text": [TEXT]}), tmp_path / "out"
    extract_parquet(source, out)
    before = out.read_bytes()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract_parquet(source, out, progress=stop)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts.parquet"]
