"""The sitemap names every page that is held, once, with its last change, and none that was taken out."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from lxml import etree

from serve import sitemap

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def spread_file(archive_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive with row numbers as those of many releases, of which some went."""
    path = tmp_path_factory.mktemp("spread") / "archive.db"
    with closing(sqlite3.connect(archive_file)) as db, closing(sqlite3.connect(path)) as copy:
        db.backup(copy)
        with copy:
            copy.execute("UPDATE releases SET rowid = ? WHERE rowid = 1", (sitemap.PART,))
            copy.execute("UPDATE releases SET rowid = ? WHERE rowid = 2", (sitemap.PART + 1,))
            copy.execute("UPDATE releases SET rowid = ? WHERE rowid = 3", (7 * sitemap.PART,))
    return path


@pytest.fixture(scope="module")
def spread(start: Callable[..., httpx.Client], spread_file: Path) -> httpx.Client:
    code = "import sys, pathlib, serve.run; serve.run.serve(pathlib.Path(sys.argv[1]), port={port})"
    return start("-c", code, str(spread_file), cwd=spread_file.parent)


def _lines(site: httpx.Client, path: str) -> dict[str, str | None]:
    """Addresses on the server with their last change."""
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    found = etree.fromstring(answer.content)
    lines = [(e.findtext("s:loc", None, NS), e.findtext("s:lastmod", None, NS)) for e in found]
    told = {urlsplit(str(address)).path: changed for address, changed in lines}
    assert len(told) == len(lines) <= 50_000
    return told


def _parts(site: httpx.Client) -> dict[str, str | None]:
    return {path: changed for path, changed in _lines(site, "/sitemap.xml").items() if changed}


def test_every_release_is_in_one_part_with_its_last_change(spread: httpx.Client, spread_file: Path) -> None:
    with closing(sqlite3.connect(spread_file)) as db:
        held = dict(db.execute("SELECT id, last_changed_at FROM releases").fetchall())
        taken_out = dict(
            db.execute(
                "SELECT release_id, redacted_on FROM redacted_releases JOIN redactions ON id = redaction_id"
            ).fetchall()
        )
    told: dict[str, str | None] = {}
    parts = _parts(spread)
    assert len(parts) == 3
    for part, changed in parts.items():
        of_part = _lines(spread, part)
        assert changed == max(str(each) for each in of_part.values())
        assert not told.keys() & of_part.keys()
        told |= of_part
    expected = {release: max(changed, taken_out.get(release, "")) for release, changed in held.items()}
    assert {unquote(path.removeprefix("/m/")): changed for path, changed in told.items()} == expected
    assert taken_out.keys() - held.keys()


def test_the_pages_that_it_names_answer(site: httpx.Client) -> None:
    told = list(_lines(site, "/sitemap/seiten.xml"))
    assert {"/", "/quellen", "/karte/DE-TH"} <= set(told)
    kinds = {path.split("/")[1] for path in told}
    assert {"kreis", "person", "ministerium"} <= kinds
    for path in [next(path for path in told if path.startswith(f"/{kind}")) for kind in kinds]:
        assert site.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/sitemap/9999999.xml", "/sitemap/x.xml", "/sitemap/12345678.xml"])
def test_there_is_no_other_part(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404
