"""Pages of portals that nobody described: general rules must do."""

from tests.parse.portals.page import FIRST, FOOTER, LEAD, NAVIGATION, PROSE, SECOND, TEXT, TITLE, Case, page

URL = "https://www.ministerium.example/presse/mitteilung-4711"
TEASERS = "".join(
    f'<li class="item"><a href="/presse/{n}"><h3>Eine andere Meldung des Hauses mit langem Titel {n}</h3></a>'
    f"<p>{n:02}.02.2024</p><p>Ein Anriss, der lang genug ist, um ein Absatz zu sein, und mehr …</p></li>"
    for n in range(1, 6)
)

UNKNOWN = [
    Case(
        "a kicker inside the heading, told by its class",
        URL,
        page(
            f'<main><h1><span class="page__kicker">Städte stärken</span> {TITLE}</h1>{PROSE}</main>',
            title=f"Städte stärken: {TITLE}",
        ),
        fields={"kicker": "Städte stärken"},
    ),
    Case(
        "a hidden word inside the heading does not hide the heading",
        URL,
        page(f'<main><h1>{TITLE}<span class="sr-only">(neu)</span></h1>{PROSE}</main>', title="Ministerium"),
    ),
    Case(
        "a list is part of the text",
        URL,
        page(
            f"<main><h1>{TITLE}</h1><p>{FIRST}</p><ul><li>{SECOND}</li><li>Saal und Küche</li></ul>"
            "<p>Für Fragen der Integration ist das Haus zuständig.</p></main>"
        ),
        text=f"{TEXT}\nSaal und Küche\nFür Fragen der Integration ist das Haus zuständig.",
    ),
    Case(
        "teasers of other releases stand below the text",
        URL,
        page(
            f'<main><div class="meta">22.01.2024</div><h1>{TITLE}</h1><div class="copy">{PROSE}</div>'
            f"<section><h2>Weitere Meldungen</h2><ul>{TEASERS}</ul></section></main>"
        ),
        published="2024-01-22",
    ),
    Case(
        "the first heading is a rubric, the title stands below it",
        URL,
        page(
            f'<main><h1>Pressemitteilungen</h1><h2>{TITLE}</h2><p class="date">Pressemitteilung Nr.'
            f" 12/2024 vom"
            f" 22. Januar 2024</p>{PROSE}</main>",
            title=f"{TITLE} | Ministerium für Städtebau",
        ),
        published="2024-01-22",
        fields={"number": "12/2024", "kind": "press_release"},
    ),
    Case(
        "text without paragraphs, only line breaks",
        URL,
        page(f'<div id="content"><h1>{TITLE}</h1><div>{FIRST}<br><br>{SECOND}</div></div>'),
    ),
    Case(
        "a page laid out with tables, in Latin-1",
        "http://www.thueringen.de/th7/tmasgff/aktuell/presse/109802/index.aspx",
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td>{NAVIGATION}</td><td><h1>{TITLE}</h1>"
        f"<p>Thüringer Ministerium für Arbeit, Soziales, Gesundheit, Frauen und Familie 28.03.2018"
        f"</p>{PROSE}</td><td><p>Wegweiser</p></td></tr></table>{FOOTER}</body>",
        published="2018-03-28",
    ),
    Case(
        "sums in a table",
        URL,
        page(
            f"<article><h1>{TITLE}</h1>{PROSE}<table><tr><th>Landkreis</th><th>Betrag</th></tr><tr>"
            f"<td>Gotha</td>"
            "<td><p>1,2 Mio. Euro</p></td></tr></table></article>"
        ),
        text=f"{TEXT}\nLandkreis | Betrag\nGotha | 1,2 Mio. Euro",
    ),
    Case(
        "meta tags state day, time and author",
        URL,
        page(
            f"<main><h1>{TITLE}</h1>{PROSE}</main>",
            head='<meta property="article:published_time" content="2024-06-30T23:30:00+00:00">'
            '<meta property="article:modified_time" content="2024-07-02T08:00:00+00:00">'
            '<meta name="author" content="Pressestelle des Landes"><link rel="canonical"'
            ' href="/presse/4711">',
        ),
        published="2024-07-01",
        fields={
            "published_at": "2024-06-30T23:30:00Z",
            "updated": "2024-07-02",
            "author": "Pressestelle des Landes",
            "canonical": "https://www.ministerium.example/presse/4711",
            "language": "de",
        },
    ),
    Case(
        "captions, credits, sharing and contacts inside the text",
        URL,
        page(
            f'<main><h1>{TITLE}</h1><p class="lead">{LEAD}</p><figure><img src="a.jpg">'
            f"<figcaption>Die Ministerin im"
            f" Rathaus</figcaption></figure><p>{FIRST}</p><p>Bildrechte: Stadt Musterstadt</p><p>{SECOND}</p>"
            '<ul class="share-buttons"><li>Facebook</li></ul><p>Diese Seite drucken</p><h2>Pressekontakt</h2>'
            "<p>Erika Beispiel</p><p>Telefon: 0361 0000</p></main>"
        ),
        text=f"{LEAD}\n{TEXT}",
    ),
    Case(
        "an invitation says in its text when it takes place",
        URL,
        page(
            f"<main><h1>Einladung zum Pressegespräch</h1><p>{LEAD}</p><p>Datum: Montag, 5. Februar 2024</p>"
            f"<p>Zeit: 10 Uhr</p><p>Ort: Rathaus</p>{PROSE}</main>",
            title="Einladung zum Pressegespräch",
            head='<meta name="date" content="2024-02-01">',
        ),
        title="Einladung zum Pressegespräch",
        text=f"{LEAD}\nDatum: Montag, 5. Februar 2024\nZeit: 10 Uhr\nOrt: Rathaus\n{TEXT}",
        published="2024-02-01",
        fields={"kind": "media_invitation"},
    ),
    Case(
        "files beside the text",
        URL,
        page(
            f'<main><h1>{TITLE}</h1>{PROSE}<ul><li><a href="/media/liste.pdf">Liste der Projekte'
            f" (PDF)</a></li>"
            '<li><a href="foto.jpg">Foto</a></li></ul></main>'
        ),
    ),
]
