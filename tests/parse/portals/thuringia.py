"""Pages of Thuringia's ministries."""

from tests.parse.portals.page import PROSE, TITLE, Case, page

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
