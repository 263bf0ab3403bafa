"""Pages of the Länder but Thuringia."""

from tests.parse.portals.page import FIRST, PROSE, SECOND, TEXT, TITLE, Case, page

STATES = [
    Case(
        "Berlin 2021: the first text block is a notice",
        "https://www.berlin.de/sen/finanzen/presse/pressemitteilungen/pressemitteilung.1.php",
        page(
            '<div class="emergency-box"><div class="textile"><p>Aktuelle Informationen zum Coronavirus'
            " finden Sie auf"
            ' der Sonderseite der Senatskanzlei und in den Bezirken.</p></div></div><div class="article"'
            ' role="main">'
            f'<h1 class="title">{TITLE}</h1><div class="body"><div class="pressnumber">Pressemitteilung'
            f" Nr. 2021-012 vom"
            f' 01.07.2021</div><div class="body"><div class="textile">{PROSE}</div></div></div></div>'
            '<div class="textile"><p>Telefon: (030) 0000</p></div>',
            head='<meta name="dcterms.date" content="2021-07-01">',
            title=f"{TITLE} - Berlin.de",
        ),
        published="2021-07-01",
        fields={"number": "2021-012", "kind": "press_release"},
    ),
    Case(
        "Berlin 2024: new grid",
        "https://www.berlin.de/gerichte/presse/pressemitteilungen/2024/pressemitteilung.2.php",
        page(
            f'<div id="layout-grid" class="template-land_press"><div id="layout-grid__area--herounit"><h1'
            f' class="title">'
            f'{TITLE}</h1></div><div id="layout-grid__area--maincontent"><p'
            f' class="pressnumber">Pressemitteilung vom'
            f' 13.12.2024</p><div class="textile">{PROSE}</div><div class="modul-contact"><div'
            f' class="textile"><p>Kontakt'
            "</p></div></div></div></div>",
            head='<meta name="dcterms.date" content="2024-12-13">',
        ),
        published="2024-12-13",
        fields={"number": None},
    ),
    Case(
        "Hessen: publisher, dateline and time of day",
        "https://justizministerium.hessen.de/presse/begegnungshaus",
        page(
            '<main><p class="label">Pressemitteilung</p><div class="hp-press__field-ph-date"><time'
            ' datetime="2024-04-02T07:28:30Z">02.04.2024</time></div><div'
            ' class="publisher__field-herausgeber">'
            "Ministerium der Justiz</div><p>Lesedauer: 2 Minuten</p><div"
            ' class="hp-press__field-pt-dateline">Städtebau'
            f'</div><h1 class="hp-press__field-pt-headline">{TITLE}</h1>'
            f'<div class="cp-richtext__field-richtext"><p>{FIRST}</p></div>'
            f'<div class="cp-richtext__field-richtext"><p>{SECOND}</p></div></main>',
        ),
        published="2024-04-02",
        fields={
            "author": "Ministerium der Justiz",
            "kicker": "Städtebau",
            "published_at": "2024-04-02T07:28:30Z",
            "kind": "press_release",
        },
    ),
    Case(
        "Sachsen: two meta dates and two authors, the last ones are true",
        "https://www.medienservice.sachsen.de/medien/news/1090000",
        page(
            f'<main id="main-content"><h1 id="page-title">{TITLE}</h1><p class="publish-info">10.12.2025,'
            f" 15:43 Uhr —"
            ' Erstveröffentlichung (aktuell)</p><div class="content-col-wide"><h2>Land gibt 1,2 Millionen'
            "</h2>"
            f'<div class="col">{PROSE}</div></div><div class="content-col-small"><div class="box">'
            f"<address>Pressesprecher"
            "</address></div></div></main>",
            head='<meta name="date" content="2019-09-05 19:55:17">'
            '<meta name="date" content="10.12.2025 15:43">'
            '<meta name="author" content="SK"><meta name="author" content="Staatsministerium für'
            ' Regionalentwicklung">',
        ),
        published="2025-12-10",
        fields={
            "published_at": "2025-12-10T14:43:00Z",
            "author": "Staatsministerium für Regionalentwicklung",
            "subtitle": "Land gibt 1,2 Millionen",
        },
    ),
    Case(
        "Bayern: date in words",
        "https://www.bayern.de/begegnungshaus/",
        page(
            f'<main><p class="date-press-releases">5. Oktober 2021</p><h1 class="sub-title">{TITLE}</h1>'
            f'<div class="content-blocktext">{PROSE}</div></main>'
        ),
        published="2021-10-05",
    ),
    Case(
        "Mecklenburg-Vorpommern: number, day and house in a line after the title",
        "https://www.regierung-mv.de/Aktuell/?id=212345&processor=processor.sa.pressemitteilung",
        page(
            f"<main><h1>{TITLE}</h1><p>Nr.007 | 13.01.2026 | SM | Ministerium für Soziales, Gesundheit"
            f" und Sport</p>"
            f'<div class="absatz">{PROSE}</div></main>'
        ),
        published="2026-01-13",
        fields={"number": "007", "kind": "press_release"},
    ),
    Case(
        "Niedersachsen: the day in the block below the text",
        "https://www.ml.niedersachsen.de/presse/pressemitteilungen/begegnungshaus-244887.html",
        page(
            f"<main><h1>{TITLE}</h1><p>Bildrechte: ML</p><p>Hannover. {FIRST}</p><p>{SECOND}</p>"
            "<h3>Artikel-Informationen</h3><p>erstellt am:<br>16.09.2025</p><p>Ansprechpartner/in:"
            "<br>Pressestelle</p></main>"
        ),
        text=f"Hannover. {TEXT}",
        published="2025-09-16",
    ),
    Case(
        "Sachsen-Anhalt today: number and day in the head",
        "https://presse.sachsen-anhalt.de/ministerium-fuer-inneres/2025/08/29/begegnungshaus",
        page(
            f"<main><p>Pressemitteilung: 111/2025</p><p>Magdeburg, den 29.08.2025</p><h1>{TITLE}</h1>{PROSE}"
            "<p>Impressum:</p><p>Ministerium, Pressestelle</p></main>"
        ),
        published="2025-08-29",
        fields={"number": "111/2025"},
    ),
    Case(
        "Sachsen-Anhalt's archive: the head is one day early, the text is right",
        "https://presse.sachsen-anhalt.de/not-rated/2011/03/31/begegnungshaus",
        page(
            f"<main><p>: 62</p><p>Magdeburg, den 30.03.2011</p><h1>{TITLE}</h1><p>800x600</p>"
            f"<p>Magdeburg, den 31. März 2011</p><p>Es heißt ¿Haus der Begegnung¿. {FIRST}</p><p>{SECOND}"
            f"</p></main>"
        ),
        text=f"Es heißt „Haus der Begegnung“. {TEXT}",
        published="2011-03-31",
    ),
    Case(
        "Sachsen-Anhalt's archive without a day in the text: the address is right",
        "https://presse.sachsen-anhalt.de/not-rated/2015/07/20/begegnungshaus",
        page(f"<main><p>: 38</p><p>Magdeburg, den 19.07.2015</p><h1>{TITLE}</h1>{PROSE}</main>"),
        published="2015-07-20",
    ),
    Case(
        "Rheinland-Pfalz: no day at all",
        "https://mdi.rlp.de/service/pressemitteilungen/detail/begegnungshaus",
        page(
            f'<main><div class="news-single"><p>| Sport / Mainz-Bingen</p><h1>{TITLE}</h1><div'
            f' class="news-text-wrap">'
            f"{PROSE}</div><p>Teilen</p><p>Zurück</p></div></main>"
        ),
        published=None,
        fields={"kind": "press_release"},
    ),
    Case(
        "Nordrhein-Westfalen",
        "https://www.land.nrw/pressemitteilung/begegnungshaus",
        page(
            f'<main><div class="basic-page-template__preface u-max-width"><h1>{TITLE}</h1><span'
            ' class="content-teaser__meta-item">5. Oktober 2021</span><div class="text">'
            f"<p>Das Ministerium für Heimat teilt mit:</p>{PROSE}</div></div></main>"
        ),
        text=f"Das Ministerium für Heimat teilt mit:\n{TEXT}",
        published="2021-10-05",
    ),
    Case(
        "Bremen: house, title, subtitle, day, body, contact",
        "https://www.senatspressestelle.bremen.de/pressemitteilungen/begegnungshaus-440000",
        page(
            f'<div class="main_article"><p>Die Senatorin für Soziales</p><h1>{TITLE}</h1><p>13.03.2024'
            f"</p>{PROSE}"
            "<p>Ansprechpartner(in) für die Medien:</p><p>Max Beispiel, Tel.: (0421) 0000,"
            " presse@example.org</p></div>"
        ),
        published="2024-03-13",
        fields={"author": "Die Senatorin für Soziales"},
    ),
]
