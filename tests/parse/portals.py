"""Pages built by hand after the structure of real portals: every trap that was seen on them is here once."""

from dataclasses import dataclass, field
from datetime import date

LEAD = "Das Land fördert den Bau eines Begegnungshauses in Musterstadt mit 1,2 Millionen Euro."
FIRST = (
    "Die Ministerin übergab den Bescheid am Montag im Rathaus. Das Haus soll Vereinen, Schulen und älteren"
    " Menschen offenstehen und bis zum Sommer 2026 fertig werden."
)
SECOND = (
    "„Wer sich trifft, versteht sich besser“, sagte sie bei der Übergabe. Weitere 300.000 Euro trägt die"
    " Stadt"
    " aus eigenen Mitteln bei, 50.000 Euro kommen von Spendern."
)
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n{SECOND}"
TITLE = "Neues Begegnungshaus für Musterstadt"
NAVIGATION = (
    '<nav><ul><li><a href="/">Startseite</a></li><li><a href="/ministerium">Ministerium</a></li>'
    '<li><a href="/presse">Presse</a></li></ul></nav>'
)
FOOTER = "<footer><h1 class='aural'>Fußbereich</h1><p>Impressum Datenschutz Barrierefreiheit</p></footer>"


@dataclass(frozen=True)
class Case:
    """A page and what must come out of it."""

    name: str
    url: str
    html: str
    title: str = TITLE
    text: str = TEXT
    published: str | None = None
    captured: date | None = None
    fields: dict[str, object] = field(default_factory=dict)


def page(body: str, head: str = "", title: str = TITLE) -> str:
    """A whole page with the usual things around."""
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{NAVIGATION}{body}{FOOTER}</body></html>"
    )


FEDERAL = [
    Case(
        "BMWK 2022: day and label in the topline",
        "https://www.bmwk.de/Redaktion/DE/Pressemitteilungen/2022/01/20220124-begegnungshaus.html",
        page(
            '<main id="main"><div class="main-head"><p class="topline"><span class="date">24.01.2022</span>'
            f' - <span>Pressemitteilung - Städtebau</span></p><h1 class="title">{TITLE}</h1></div>'
            '<div class="main-content"><p>Einleitung</p><div class="content">'
            f'<div class="rich-text">{PROSE}</div></div></div></main>',
            title=f"BMWK - {TITLE}",
        ),
        published="2022-01-24",
        fields={"kind": "press_release"},
    ),
    Case(
        "BMZ 2022: kicker inside the heading, day in the lead, an empty text block first",
        "https://www.bmz.de/de/aktuelles/aktuelle-meldungen/neues-begegnungshaus-103464",
        page(
            f'<main><h1 class="l-detail-page__title"><span>Städte stärken</span> <span>{TITLE}</span></h1>'
            f'<p class="l-detail-page__teaser-text">Pressemitteilung vom 25. Januar 2022 | Bonn – {LEAD}</p>'
            '<div class="rte__detailtext"></div>'
            f'<div class="rte__text"><div class="rte__detailtext">{PROSE}</div></div></main>',
            head=f'<meta property="og:title" content="{TITLE}">',
            title=f"{TITLE} | BMZ",
        ),
        text=f"Bonn – {LEAD}\n{TEXT}",
        published="2022-01-25",
        fields={"kind": "press_release", "kicker": "Städte stärken"},
    ),
    Case(
        "BKA 2022: the first heading names the office, soft hyphens, the day in a list item",
        "https://www.bka.de/DE/Presse/Listenseite_Pressemitteilungen/2022/Presse2022/220126_pm_haus.html",
        page(
            '<h1 class="aural">Bundeskriminalamt (BKA)</h1><div id="content"><h1 class="isFirstInSlot">'
            f"Neues Be\u00adgeg\u00adnungs\u00adhaus für Musterstadt</h1><ul><li>Datum: 26. Januar 2022"
            f"</li></ul>{PROSE}"
            "</div>",
            head='<meta name="generator" content="Government Site Builder">',
            title=f"BKA - {TITLE}",
        ),
        published="2022-01-26",
        fields={"kind": "press_release"},
    ),
    Case(
        "BSI 2022: four first headings, the press office's inside the body, a place before the day",
        "https://www.bsi.bund.de/DE/Service-Navi/Presse/Pressemitteilungen/Presse2022/220128_haus.html",
        page(
            '<h1 class="aural">Navigation und Service</h1><main id="content">'
            f'<h1 class="c-intro__headline">{TITLE}</h1>'
            '<p class="docData pressrelease"><span class="label">Ort</span><span'
            ' class="value">Saarbrücken</span>'
            '<span class="label">Datum</span><span class="value">28.01.2022</span></p>'
            f'<div class="s-richtext">{PROSE}<h1>Pressekontakt:</h1><p>Bundesamt, Pressestelle'
            f"<br>Telefon: 0228"
            "0000-0<br>E-Mail: presse@example.org</p></div></main>",
            title=f"BSI - Presse - {TITLE}",
        ),
        published="2022-01-28",
    ),
    Case(
        "BMBF 2022: the day inside the heading, the number in the topline",
        "https://www.bmbf.de/bmbf/shareddocs/pressemitteilungen/de/2022/01/260122-Haus.html",
        page(
            f'<main><h1 class="c-intro__headline"><span>{TITLE}</span><span class="aural">: </span>'
            '<small class="c-topline">Datum: <time class="c-topline__time"'
            ' datetime="2022-01-26">26.01.2022</time>'
            '<span class="c-topline__theme">Pressemitteilung: 6/2022</span></small></h1>'
            f'<div class="c-intro__introduction"><p>{LEAD}</p></div><div class="s-richtext">{PROSE}</div>'
            f"</main>",
            head=f'<meta name="title" content="{TITLE}">',
            title=f"{TITLE} - BMBF",
        ),
        text=f"{LEAD}\n{TEXT}",
        published="2022-01-26",
        fields={"number": "6/2022", "kind": "press_release"},
    ),
    Case(
        "BMEL 2024: paragraphs and lists of the content",
        "https://www.bmel.de/SharedDocs/Pressemitteilungen/DE/2024/007-haus.html",
        page(
            f'<main id="content"><div class="c-intro"><h1 class="c-intro__headline">{TITLE}</h1>'
            '<p class="c-topline">Pressemitteilung Nr. 7/2024 vom 22. Januar 2024</p></div>'
            f"<div>{PROSE}<ul><li>30 Räume für Vereine</li><li>ein Saal</li></ul></div></main>",
        ),
        text=f"{TEXT}\n30 Räume für Vereine\nein Saal",
        published="2024-01-22",
        fields={"number": "7/2024"},
    ),
    Case(
        "BMJ 2024: renamed house, same software",
        "https://www.bmjv.de/SharedDocs/Pressemitteilungen/DE/2024/0122_Haus.html",
        page(
            '<main><div class="c-meta-info"><span>Pressemitteilung</span> <time datetime="2024-01-22">22.'
            " Januar 2024"
            f'</time></div><h1 class="c-page-intro__headline">{TITLE}</h1>'
            f'<div class="c-page-intro__text"><p>{LEAD}</p></div><div class="s-richtext">{PROSE}</div>'
            f"</main>",
        ),
        text=f"{LEAD}\n{TEXT}",
        published="2024-01-22",
        fields={"kind": "press_release"},
    ),
    Case(
        "BMF: kicker above the title",
        "https://www.bundesfinanzministerium.de/Content/DE/Pressemitteilungen/Finanzpolitik/2024/01/haus.html",
        page(
            '<main><div class="article-header"><div class="bmf-date">22.01.2024</div>'
            f'<p class="dachzeile">Städtebau</p><h1>{TITLE}</h1></div><div class="article-text">{PROSE}'
            "<p>© BMF</p></div></main>",
        ),
        published="2024-01-22",
        fields={"kicker": "Städtebau"},
    ),
    Case(
        "BMI: content stage",
        "https://www.bmi.bund.de/SharedDocs/pressemitteilungen/DE/2024/01/haus.html",
        page(
            f'<main><span class="c-content-stage__date">22.01.2024</span><h1'
            f' class="c-content-stage__headline">{TITLE}'
            f'</h1><p class="c-content-stage__p">{LEAD}</p><div class="c-content-article">{PROSE}</div>'
            f"</main>",
        ),
        text=f"{LEAD}\n{TEXT}",
        published="2024-01-22",
    ),
    Case(
        "Auswärtiges Amt 2022: a speech",
        "https://www.auswaertiges-amt.de/de/newsroom/begegnungshaus/2508910",
        page(
            '<div id="main"><span class="heading__meta">26.01.2022 - Rede</span>'
            f'<h1 class="heading__title">{TITLE}</h1><p class="heading__intro">{LEAD}</p>'
            f'<div class="c-rte--default"><p>{FIRST}</p></div><div class="c-rte--default"><p>{SECOND}</p>'
            f"</div></div>",
        ),
        text=f"{LEAD}\n{TEXT}",
        published="2022-01-26",
        fields={"kind": "speech"},
    ),
    Case(
        "Bundesregierung 2026: the cookie banner uses the body's class, real bodies are nested",
        "https://www.bundesregierung.de/breg-de/aktuelles/begegnungshaus-2390000",
        page(
            '<div class="bpa-cookie-banner"><div class="bpa-richtext"><p>Wir verwenden Cookies, um die'
            " Seite zu"
            " verbessern. Bitte wählen Sie, welche davon Sie zulassen.</p></div></div>"
            '<main class="bpa-main"><article class="bpa-article"><header class="bpa-article-header"><ul>'
            '<li class="bpa-collection-item">Pressemitteilung 436</li>'
            '<li class="bpa-collection-item">Presse- und Informationsamt der Bundesregierung (BPA)</li></ul>'
            f'<h1 class="bpa-accessibility">{TITLE}</h1><div class="bpa-time"><time'
            f' datetime="2026-06-30T11:10:26Z">'
            f'</time></div><div class="bpa-short-text"><p>{LEAD}</p><p>Dienstag, 30. Juni 2026</p><p>2'
            f" Min. Lesedauer"
            f'</p></div></header><div class="bpa-richtext"><div class="bpa-richtext">{PROSE}</div></div>'
            f"</article></main>",
        ),
        text=f"{LEAD}\n{TEXT}",
        published="2026-06-30",
        fields={"number": "436", "published_at": "2026-06-30T11:10:26Z", "kind": "press_release"},
    ),
    Case(
        "BfV 2025: day of issue glued to the title",
        "https://www.verfassungsschutz.de/SharedDocs/pressemitteilungen/DE/2025/pressemitteilung-2025-haus.html",
        page(
            f'<div id="content"><h1 class="isFirstInSlot">{TITLE}<span class="aural">Erscheinungstag:</span> '
            f"<span>Erscheinungstag: 10.06.2025</span></h1>{PROSE}</div>",
            title=f"Bundesamt für Verfassungsschutz - {TITLE}",
        ),
        published="2025-06-10",
    ),
    Case(
        "BMAS: no first heading, web components, tags tell the kind",
        "https://www.bmas.de/DE/Service/Presse/Pressemitteilungen/2024/haus.html",
        page(
            '<article><pp-tag bg-color="supernova"><div data-slot="pp-text">Teilhabe</div></pp-tag>'
            '<pp-text-with-icon><div data-slot="pp-text"><time datetime="2024-02-01">1. Februar 2024'
            "</time></div>"
            f'</pp-text-with-icon><h2 data-slot="pp-headline">Neues Begegnungs\u00ad\u00adhaus für'
            f" Musterstadt</h2>"
            f'<div class="body-text">{PROSE}<pp-inline-teaser><h3 data-slot="pp-headline">FAQ</h3>'
            f"</pp-inline-teaser>"
            '</div><pp-document-tags><pp-tag><div data-slot="pp-text">Pressemitteilung</div></pp-tag>'
            "</pp-document-tags>"
            "</article>",
            head='<meta property="og:title"'
            ' content="BMAS - Neues Begegnungs\u00ad\u00adhaus für Musterstadt">',
        ),
        published="2024-02-01",
        fields={"kind": "press_release", "kicker": "Teilhabe"},
    ),
]

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

THURINGIA = [
    Case(
        "state template: kicker, number and title in one, day in JSON-LD",
        "https://infrastruktur-landwirtschaft.thueringen.de/medienservice/medieninformationen/detailseite/haus",
        page(
            f"<main><h1>Medieninformation 154/2017{TITLE}</h1><p>Erstellt von Thüringer Ministerium für"
            f" Infrastruktur"
            f" und Landwirtschaft</p>{PROSE}<h2>Diese Seite teilen:</h2><ul><li>Facebook</li></ul></main>",
            head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
            ' "datePublished": "2017-09-22T10:00:00"}</script>',
        ).replace('"headline": "x",', ""),
        published="2017-09-22",
        fields={
            "number": "154/2017",
            "kicker": "Medieninformation",
            "published_at": "2017-09-22T08:00:00Z",
            "author": "Thüringer Ministerium für Infrastruktur und Landwirtschaft",
            "kind": "press_release",
        },
    ),
    Case(
        "glued kicker without any other hint",
        "https://umwelt.thueringen.de/aktuelles/detailseite/haus",
        page(
            f"<main><h1>MedieninformationAgrarministerin baut Begegnungshaus</h1>{PROSE}</main>",
            title="Umwelt",
        ),
        title="Agrarministerin baut Begegnungshaus",
        fields={"kicker": "Medieninformation"},
    ),
    Case(
        "an invitation",
        "https://infrastruktur-landwirtschaft.thueringen.de/medienservice/medieninformationen/detailseite/stadt",
        page(f"<main><h1>Medieneinladung #STADT im Wandel</h1>{PROSE}</main>", title="TMIL"),
        title="#STADT im Wandel",
        fields={"kicker": "Medieneinladung", "kind": "media_invitation"},
    ),
    Case(
        "a date notice in a title printed twice",
        "https://infrastruktur-landwirtschaft.thueringen.de/medienservice/medieninformationen/detailseite/doppelt",
        page(
            "<main><h1>TerminhinweisStaatssekretärin besucht MusterstadtStaatssekretärin besucht"
            " Musterstadt</h1>"
            f"{PROSE}</main>",
            title="TMIL",
        ),
        title="Staatssekretärin besucht Musterstadt",
        fields={"kicker": "Terminhinweis", "kind": "date_notice"},
    ),
    Case(
        "a joint release",
        "https://www.staatskanzlei-thueringen.de/medienservice/medieninformationen/detailseite/gemeinsam",
        page(f"<main><h1><span>Gemeinsame Medieninformation</span><span>{TITLE}</span></h1>{PROSE}</main>"),
        fields={"kind": "joint_release", "kicker": "Gemeinsame Medieninformation"},
    ),
    Case(
        "tmasgff template: skipping aids and the press office around the text",
        "https://www.tmasgff.de/medienservice/artikel/haus",
        page(
            f"<main><p>Inhaltselment überspringen</p><h1>{TITLE}</h1><p>13.03.2024 - Thüringer"
            f" Ministerium für Arbeit</p>"
            f"{PROSE}<p>Inhaltselment überspringen</p><h3>Pressesprecherin</h3>"
            f"<p>Werner-Seelenbinder-Straße 6<br>"
            "99096 Erfurt<br>pressestelle(at)tmasgff.thueringen.de</p></main>"
        ),
        published="2024-03-13",
    ),
]

CASES = [*FEDERAL, *STATES, *THURINGIA]
