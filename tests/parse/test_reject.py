"""A page that is no release is told apart with its reason, and no release is ever refused."""

import pytest

from pipeline.parse.reject import not_a_release
from tests.parse.portals import CASES
from tests.parse.portals.page import PROSE, TITLE, Case, page

ASKED = "http://www.thueringen.de/th7/tmasgff/aktuell/presse/109802/index.aspx"
LIST = "https://www.tmasgff.de/medienservice"
ROWS = "".join(
    f"<h3>Bericht {n} aus der Arbeit des Hauses</h3><p>{n:02}.03.2024 - Thüringer Ministerium</p>"
    f"<p>{TITLE} {n}</p>"
    for n in range(1, 9)
)
GSB_404 = page(
    '<div id="content"><h1>Seite nicht gefunden</h1><p>Die angeforderte Seite existiert nicht.</p></div>'
    + "<ul>"
    + '<li><a href="/thema">Ein Thema von vielen in der Navigation</a></li>' * 2_000
    + "</ul>",
    title="BMI - Fehler 404",
)

REFUSED = [
    ("redirected_to_list", page(f"<main><h2>Medieninformationen</h2>{ROWS}</main>"), LIST, ASKED),
    ("redirected_to_list", page(f"<main><h1>Medieninformationen</h1>{ROWS}</main>"), ASKED, ASKED),
    ("redirected_to_list", page(f"<main><h1>Willkommen</h1>{ROWS * 9}</main>"), "https://x.de/de/", ASKED),
    ("soft_404", GSB_404, ASKED, ASKED),
    (
        "soft_404",
        page("<main><h1>Fehler 404</h1><p>Hier ist nichts mehr zu sehen, leider.</p></main>"),
        ASKED,
        ASKED,
    ),
    ("soft_404", page("<main><h1>Dokument nicht vorhanden</h1></main>"), ASKED, ASKED),
    (
        "error_page",
        page("<main><h1>Technischer Fehler</h1><p>Versuchen Sie es später.</p></main>"),
        ASKED,
        ASKED,
    ),
    ("error_page", page("<p>502 Bad Gateway</p>", title="502 Bad Gateway"), ASKED, ASKED),
    (
        "error_page",
        page("<p>Wegen Wartungsarbeiten ist der Dienst nicht erreichbar.</p>", title="x"),
        ASKED,
        ASKED,
    ),
    ("blocked", page("<p>Establishing a secure connection</p>", title="Bunny Shield"), ASKED, ASKED),
    ("blocked", page("<h1>Calm down</h1>", title="429"), ASKED, ASKED),
    (
        "blocked",
        page("<p>Warten</p><script src='/cdn-cgi/challenge-platform/x'></script>", title="x"),
        ASKED,
        ASKED,
    ),
    ("blocked", page("<h1>Zugriff verweigert</h1>", title="Zugriff verweigert"), ASKED, ASKED),
    ("blocked", page("<h1>Anmelden</h1><form><input name=user></form>", title="Anmelden"), ASKED, ASKED),
    ("template_debris", page("<main><h1>##teaserTitle##</h1><p>##teaserText##</p></main>"), ASKED, ASKED),
    ("no_text", "", ASKED, ASKED),
    ("no_text", "<html><body></body></html>", ASKED, ASKED),
    ("not_html", "%PDF-1.7 …", ASKED, ASKED),
]


@pytest.mark.parametrize(("reason", "html", "url", "asked"), REFUSED)
def test_a_page_that_is_no_release_has_a_reason(reason: str, html: str, url: str, asked: str) -> None:
    assert not_a_release(html.encode(), url, asked, 200, "text/html") == reason


def test_a_file_is_not_html() -> None:
    assert not_a_release(b"%PDF-1.4", ASKED, ASKED, 200, "application/pdf") == "not_html"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_release_is_refused(case: Case) -> None:
    assert not_a_release(case.html.encode(), case.url, case.url, 200, "text/html; charset=utf-8") is None


@pytest.mark.parametrize(
    "title",
    [
        "Land warnt vor Fehlern: 404 Betriebe geprüft",
        "Anmeldung für den Wettbewerb ist ab sofort möglich",
        "Zugriff verweigert? Ministerin stellt neues Gesetz gegen Hacker vor",
        "Bundeswehr: Munition nicht mehr verfügbar",
        "500 Millionen Euro für den Wald",
        "Technische Störung beim Notruf behoben",
    ],
)
def test_a_title_with_the_words_of_an_error_is_still_a_title(title: str) -> None:
    html = page(f"<main><h1>{title}</h1>{PROSE}</main>", title=title)
    assert not_a_release(html, ASKED, ASKED, 200) is None


def test_a_moved_release_is_no_list() -> None:
    html = page(f"<main><h1>{TITLE}</h1>{PROSE}</main>")
    assert not_a_release(html, "https://soziales.thueringen.de/detailseite/x", ASKED, 200) is None
