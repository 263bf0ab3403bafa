"""Pages of federal ministries."""

from tests.parse.portals.page import FIRST, LEAD, PROSE, SECOND, TEXT, TITLE, Case, page

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
