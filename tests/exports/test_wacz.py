"""A web archive collection passes the validator of its standard and holds the records as they stand."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.errors import ArchiveError
from exports.wacz import TARGET, write_wacz
from tests.pipeline.small import Small, page

URLS = [f"https://test.example/presse/{n}" for n in range(4)]


def _filled(small: Small) -> list[str]:
    for n, url in enumerate(URLS):
        small.capture(url, page(f"Bescheid {n} übergeben", f"Der Landkreis Gotha erhält {n + 1}.000 Euro."))
    small.capture(URLS[0], page("Bescheid 0 übergeben", "Der Landkreis Gotha erhält 5.000 Euro."))
    small.capture(
        URLS[1], page("Bescheid 1 übergeben", "Der Landkreis Gotha erhält 2.000 Euro.")
    )  # a revisit
    small.build()
    return [str(release) for (release,) in small.rows("SELECT id FROM releases ORDER BY url")]


def _validate(path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "wacz.main", "validate", "-f", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_validator_of_the_standard_accepts_it_and_the_records_are_whole(
    small: Small, tmp_path: Path
) -> None:
    releases = _filled(small)
    out = tmp_path / "chosen.wacz"
    assert write_wacz(small.db, small.warc, releases[:2], out, "Zwei Mitteilungen") == 4
    _validate(out)
    with zipfile.ZipFile(out) as package:
        package.extract(TARGET, tmp_path)
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()[1:]]
        index = package.read("indexes/index.cdxj").decode()
    assert {p["id"] for p in pages} == {f"{releases[0]}.1", f"{releases[0]}.2", f"{releases[1]}.1"}
    assert {url for url in URLS if url in index} == set(URLS[:2])
    with (tmp_path / TARGET).open("rb") as file:
        types = [record.rec_type for record in ArchiveIterator(file)]
    assert types.count("request") == 4
    assert (types.count("response"), types.count("revisit")) == (3, 1)
    assert (
        Checker(type("Asked", (), {"inputs": [str(tmp_path / TARGET)], "verbose": False})).process_all() == 0
    )


def test_the_same_selection_gives_the_same_bytes(small: Small, tmp_path: Path) -> None:
    releases = _filled(small)
    one, two = tmp_path / "one.wacz", tmp_path / "two.wacz"
    write_wacz(small.db, small.warc, releases, one, "Alles")
    write_wacz(small.db, small.warc, releases[::-1], two, "Alles")
    assert one.read_bytes() == two.read_bytes()


def test_an_empty_selection_is_said_and_leaves_no_file(small: Small, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no captures"):
        write_wacz(small.db, small.warc, ["th-test-nothing"], tmp_path / "none.wacz", "Nichts")
    assert not list(tmp_path.glob("*none*"))
