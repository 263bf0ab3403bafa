"""Pages come out as their readers see them: title, day, kind and text, whatever portal they stand on."""

from datetime import date

import pytest

from pipeline.parse.page import parse
from tests.parse.portals import CASES
from tests.parse.portals.page import PROSE, TITLE, Case, page
from tests.parse.unknown import UNKNOWN, URL


@pytest.mark.parametrize("case", [*CASES, *UNKNOWN], ids=lambda case: case.name)
def test_a_page_built_like_a_real_one_comes_out_right(case: Case) -> None:
    found = parse(case.html.encode(), case.url, case.captured)
    assert found.title == case.title
    assert found.text == case.text
    assert found.published == case.published
    assert {name: getattr(found, name) for name in case.fields} == case.fields


def test_files_are_attached_with_their_whole_address_and_pictures_are_not() -> None:
    links = '<p><a href="/media/liste.pdf">Liste der Projekte</a> <a href="foto.jpg">Foto</a></p>'
    found = parse(page(f"<main><h1>{TITLE}</h1>{PROSE}{links}</main>"), URL)
    assert [(a.url, a.title, a.media_type) for a in found.attachments] == [
        ("https://www.ministerium.example/media/liste.pdf", "Liste der Projekte", "application/pdf")
    ]


def test_no_day_after_the_capture_is_believed() -> None:
    html = page(
        f'<main><time datetime="2030-01-01"></time><h1>{TITLE}</h1><p>5. Februar 2024</p>{PROSE}</main>'
    )
    found = parse(html, URL, date(2024, 3, 1))
    assert found.published == "2024-02-05"
    assert {c.stamp.on.year for c in found.candidates} == {2024, 2030}


@pytest.mark.parametrize(
    ("title", "path", "kind"),
    [
        ("Terminhinweise der Woche", "/presse/1", "date_notice"),
        ("Öffentlichkeitstermine von Ministerin Beispiel", "/presse/1", "date_notice"),
        ("Wochenvorschau der Landesregierung", "/presse/1", "date_notice"),
        ("Fototermin mit der Ministerin am Freitag", "/presse/1", "media_invitation"),
        ("Einladung zur Pressekonferenz", "/presse/1", "media_invitation"),
        ("Statement von Minister Beispiel zur Lage", "/presse/1", "statement"),
        ("Rede von Minister Beispiel im Landtag", "/presse/1", "speech"),
        ("Neue Brücke eröffnet", "/reden/2024/1.html", "speech"),
        ("Korrektur: Neue Brücke eröffnet", "/presse/1", "correction"),
        ("Berichtigung zu unserer Meldung vom Montag", "/presse/1", "correction"),
        ("Neue Brücke eröffnet", "/Meldungen/2024/1.html", "news"),
        ("Neue Brücke eröffnet", "/Pressemitteilungen/2024/1.html", "press_release"),
        ("Presse darf Termine der Schule begleiten", "/pressemitteilungen/1", "press_release"),
        ("Neue Brücke eröffnet", "/themen/bruecken", "other"),
    ],
)
def test_kinds_are_told_apart(title: str, path: str, kind: str) -> None:
    html = page(f"<main><h1>{title}</h1>{PROSE}</main>", title=title)
    assert parse(html, f"https://www.ministerium.example{path}").kind == kind
