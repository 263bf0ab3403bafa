"""The small archive of the pipeline's tests, for what leaves the archive."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import open_archive
from demo.portals.pdf import pdf
from tests.pipeline.small import Small, page, start

HOME = "https://test.example/presse/"
FORMULA = "=Übersicht: 5.000 Euro für Gotha"
TEXTS = {
    "1": (
        "Neue Straße für Gotha",
        "Sozialministerin Heike Werner übergab am 3. März 2026 einen Bescheid.\nDie Stadt Gotha erhält "
        "120.000 Euro für den Ausbau der Bahnhofstraße.",
    ),
    "2": (
        FORMULA,
        "Der Landkreis Gotha erhält 5.000 Euro.\n+ Noch mehr: der Kyffhäuserkreis bekommt 7.500 Euro.",
    ),
    "3": (
        "Termine der Woche",
        "Landrätin Erna Beispiel lädt am 4. März 2026 nach Sondershausen & Artern <ein>.",
    ),
    "4": (
        "Neue Straße für Gotha und Nordhausen",
        "Die Straße kostet 2,3 Millionen Euro.\nDas Altenburger Land hilft.",
    ),
}
# The tables of places and people are long, and every test would write them all.
FEWER = (
    "DELETE FROM municipalities WHERE ags NOT LIKE '16065%' AND ags NOT IN ("
    "SELECT municipality_ags FROM municipality_mentions WHERE municipality_ags IS NOT NULL "
    "UNION SELECT municipality_ags FROM grants WHERE municipality_ags IS NOT NULL)",
    "DELETE FROM terms WHERE jurisdiction <> 'DE-TH'",
    "DELETE FROM ministers WHERE id NOT IN (SELECT minister_id FROM terms)",
)
LINK = '<a href="/anlage.pdf">Anlage</a>'


def capture(small: Small, which: str, text: str | None = None) -> None:
    title, said = TEXTS[which]
    body = page(title, said if text is None else text)
    if which == "1":
        body = body.replace(b"</article>", f"<p>{LINK}</p></article>".encode())
    small.capture(f"{HOME}{which}", body)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of four releases, two of them changed, one with an attachment."""
    folder = tmp_path_factory.mktemp("built")
    small = start(folder)
    for which in TEXTS:
        capture(small, which)
    document = pdf("Anlage", ["Das Altenburger Land erhält 120.000 Euro am 3. März 2026."])
    small.capture(
        "https://test.example/anlage.pdf", document, role="attachment", media_type="application/pdf"
    )
    capture(small, "2", "Der Landkreis Gotha erhält 6.000 Euro.")
    capture(small, "3", "Landrätin Erna Beispiel lädt am 5. März 2026 nach Sondershausen & Artern <ein>.")
    small.build()
    for statement in FEWER:
        small.db.execute(statement)
    small.db.close()
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    archive = start(tmp_path)
    yield archive
    archive.db.close()


@pytest.fixture
def filled(built: Path, tmp_path: Path) -> Iterator[Small]:
    """A copy of the archive that was built."""
    folder = tmp_path / "filled"
    shutil.copytree(built, folder)
    archive = Small(folder, open_archive(folder / "archive.db"))
    yield archive
    archive.db.close()
