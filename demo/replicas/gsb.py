"""Skins of the Government Site Builder, a house each; addresses are relative to the host."""

from demo.exchange import Request, Response
from demo.release import DemoRelease
from demo.replicas.replica import Replica, rss
from demo.replicas.skin import NEWSROOM, Skin, portal

AURAL = '<h1 class="aural">Navigation und Service</h1>'


def _press(folder: str = "SharedDocs/Pressemitteilungen/DE") -> str:
    return f"/{folder}/{{year}}/{{month}}/{{slug}}.html"


STAGE = (
    AURAL
    + '<main><span class="c-content-stage__date">{day}</span><h1 class="c-content-stage__headline">{title}'
    '</h1><p class="c-content-stage__p">{lead}</p><div class="c-content-article">{text}</div></main>'
)
STAGE_ROW = '<li><a class="c-search-teaser__link" href="{href}"><h3>{title}</h3></a><p>{day}</p></li>'
BMI = portal(
    Skin(
        path="/SiteGlobals/Forms/suche/expertensuche-formular.html",
        address=_press("SharedDocs/pressemitteilungen/DE"),
        row=STAGE_ROW,
        page=AURAL + '<div id="content"><ol>{rows}</ol><div class="navIndex"><ul>{onward}</ul></div></div>',
        onward='<li class="forward"><a href="{next}">vor</a></li>',
        detail=STAGE,
        base=True,
    )
)
BMWSB = portal(
    Skin(
        path="/SiteGlobals/Forms/Webs/BMWSB/suche/expertensuche-formular.html",
        address=_press("SharedDocs/pressemitteilungen/Webs/BMWSB/DE"),
        row=STAGE_ROW,
        page='<div id="content"><ol>{rows}</ol><div class="navIndex"><ul class="advancedSearch">{onward}'
        "</ul></div></div>",
        onward='<li class="forward"><a href="{next}">vor</a></li>',
        detail=STAGE,
        base=True,
    )
)
BMF_FEED = "/SiteGlobals/Functions/RSSFeed/DE/Pressemitteilungen/RSSPressemitteilungen.xml"
BMF = Skin(
    path="/Web/DE/Presse/Pressemitteilungen/pressemitteilungen.html",
    address=_press("Content/DE/Pressemitteilungen/Finanzpolitik"),
    row='<div class="bmf-entry"><p class="bmf-date">{day}</p>'
    '<a class="bmf-resultlist-teaser-link" href="{href}">'
    "<h3>{title}</h3></a></div>",
    page='<div id="content">{rows}<ul class="bmf-navIndex-list">{onward}</ul></div>',
    onward='<li class="bmf-forward"><a href="{next}">vor</a></li>',
    detail='<main><div class="article-header"><div class="bmf-date">{day}</div>'
    '<p class="dachzeile">{kicker}</p>'
    '<h1>{title}</h1></div><div class="article-text"><p>{lead}</p>{text}</div></main>',
    base=True,
    labelled=True,
)
BMAS = portal(
    Skin(
        path="/SiteGlobals/Forms/Suche/Aktuelles-Suche_Formular.html",
        address="/DE/Service/Presse/Pressemitteilungen/{year}/{slug}.html",
        row='<pp-teaser><pp-link href="{href}"><div data-slot="pp-headline">{title}</div></pp-link><div '
        'data-slot="pp-topic">{day}</div></pp-teaser>',
        page="<main>{rows}<pp-pagination>{onward}</pp-pagination></main>",
        onward='<pp-pagination-item data-slot="pp-pagination-item-next" href="{next}"></pp-pagination-item>',
        detail='<article><div data-slot="pp-text"><time datetime="{iso}">{spelt}</time></div>'
        '<h2 data-slot="pp-headline">{title}</h2><div class="body-text"><p>{lead}</p>{text}</div>'
        '<pp-document-tags><pp-tag><div data-slot="pp-text">{kicker}</div></pp-tag></pp-document-tags>'
        "</article>",
        base=True,
        labelled=True,
    )
)
BMBF = portal(
    Skin(
        path="/SiteGlobals/Forms/bmbf/suche/pressemitteilungen/Pressemitteilungensuche_Formular.html",
        address=_press("bmbf/shareddocs/pressemitteilungen/de"),
        row='<a class="c-teaser" href="{href}"><p class="c-teaser__meta">{day}</p><h3>{title}</h3></a>',
        page='<div id="content">{rows}<ul><li class="c-nav-index__item"><strong>1</strong>'
        "</li>{onward}</ul></div>",
        onward='<li class="c-nav-index__item"><a href="{next}">2</a></li>',
        detail='<main><h1 class="c-intro__headline"><span>{title}</span><span class="aural">: </span>'
        '<small class="c-topline">Datum: <time class="c-topline__time" datetime="{iso}">{day}</time>'
        '<span class="c-topline__theme">{kicker}: {number}</span></small></h1>'
        '<div class="c-intro__introduction"><p>{lead}</p></div><div class="s-richtext">{text}</div></main>',
        base=True,
        labelled=True,
    )
)
BMEL = portal(
    Skin(
        path="/SiteGlobals/Forms/Suche/DE/Pressemitteilungssuche/Pressemitteilungssuche_Formular.html",
        address="/SharedDocs/Pressemitteilungen/DE/{year}/{id}-{slug}.html",
        row='<div class="row"><p class="c-teaser__meta"><time datetime="{iso}">{day}</time></p>'
        '<a href="{href}"><h3>{title}</h3></a></div>',
        page='<div id="content"><div class="searchresult">{rows}</div><ul>'
        '<li class="c-pagination__item c-pagination__item--active"><strong>1</strong>'
        "</li>{onward}</ul></div>",
        onward='<li class="c-pagination__item"><a href="{next}">2</a></li>',
        detail='<main id="content"><div class="c-intro"><h1 class="c-intro__headline">{title}</h1>'
        '<p class="c-topline">{kicker} Nr. {number} vom {spelt}</p><div class="c-intro__text">'
        "<p>{lead}</p></div>"
        "</div><div>{text}</div></main>",
        base=True,
    )
)
BMJ = portal(
    Skin(
        path="/SiteGlobals/Forms/Dokumenttypsuche/Dokumenttypsuche_Formular.html",
        address="/SharedDocs/Pressemitteilungen/DE/{year}/{yymmdd}_{slug}.html",
        row='<div class="c-teaser"><p>{day}</p><h3><a class="c-teaser__link" href="{href}">{title}'
        "</a></h3></div>",
        page='<main>{rows}<nav class="c-nav-index"><ul>{onward}</ul></nav></main>',
        onward='<li class="c-nav-index__item--next"><a href="{next}">weiter</a></li>',
        detail='<main><div class="c-meta-info"><span>{kicker}</span> <time datetime="{iso}">{spelt}'
        "</time></div>"
        '<h1 class="c-page-intro__headline">{title}</h1><div class="c-page-intro__text"><p>{lead}</p></div>'
        '<div class="s-richtext">{text}</div></main>',
        base=True,
        labelled=True,
    )
)
BMWK_FEED = "/SiteGlobals/BMWI/Functions/RSSFeed/DE/RSSFeed-Pressemitteilung.xml"
BMWK = Skin(
    path="/Navigation/DE/Service/Medienraum/medienraum.html",
    address="/Redaktion/DE/Pressemitteilungen/{year}/{month}/{id}-{slug}.html",
    row='<li class="media-space-list-item"><a class="card-link-overlay" href="{href}"></a>'
    '<p class="card-topline">'
    '<span class="date">{day}</span></p><h3>{title}</h3></li>',
    page='<main><ul class="card-list-media-space">{rows}</ul><div class="container"><ul class="pagination">'
    "{onward}</ul></div></main>",
    onward='<li><a aria-label="Next" href="{next}">›</a></li>',
    detail='<main id="main"><div class="main-head"><p class="topline"><span class="date">{day}</span> - '
    '<span>{kicker} - Städtebau</span></p><h1 class="title">{title}</h1></div><div class="main-content">'
    '<p>Einleitung</p><div class="content"><div class="rich-text"><p>{lead}</p>{text}</div>'
    "</div></div></main>",
    base=True,
)
BMDV = portal(
    Skin(
        path="/SiteGlobals/Forms/Suche/DE/Expertensuche_Formular.html",
        address="/SharedDocs/DE/Pressemitteilungen/{year}/{id}-{slug}.html",
        row='<li><p class="date">{day}</p><a class="card-link" href="{href}"><h3>{title}</h3></a></li>',
        page='<main class="search-results"><ul>{rows}</ul><ul class="pagination">{onward}</ul></main>',
        onward='<li class="pagination-item"><a class="pagination-link-next" href="{next}">vor</a></li>',
        detail='<main><div class="content-meta-info"><p class="number">{number} | {day}</p></div>'
        '<h1 class="headline-title">{title}</h1><div class="main-content"><div class="content"><p>{lead}</p>'
        "{text}</div></div></main>",
        base=True,
    )
)
SCHLESWIG_HOLSTEIN = portal(
    Skin(
        path="/DE/landesportal/presse/pressemitteilungen",
        address="/DE/landesregierung/ministerien-behoerden/IV/Presse/PI/{year}/{yymmdd}_{slug}.html",
        row='<div class="row"><div class="column small-12"><time datetime="{iso}">{day}</time><h2>'
        '<a href="{href}">{title}</a></h2><p>{lead}</p></div></div>',
        page='<div class="l-content-wrapper">{rows}</div><p>{onward}</p>',
        onward='<a href="{next}">Nächste Seite</a>',
        detail=AURAL + '<main id="content"><h1>{title}</h1><time datetime="{iso}">{day}</time>'
        '<div class="s-richtext js-richtext"><p>{lead}</p>{text}</div></main>',
        base=True,
    )
)
SAARLAND = portal(
    Skin(
        path="/DE/presse-informationen/medienservice/medieninfos",
        address=_press(),
        row='<tr><td>{day}</td><td><a href="{href}">{title}</a></td></tr>',
        page='<main id="content"><table><tbody>{rows}</tbody></table>{onward}</main>',
        onward='<a href="{next}">Nächste Seite</a>',
        detail='<main id="content"><h1>{title}</h1><p>{day}</p>'
        '<div class="content small-12 large-10 columns"><p>{lead}</p>{text}</div></main>',
        base=True,
    )
)


def fed(skin: Skin, feed: str) -> Replica:
    """A portal with a feed beside its list."""

    def address(release: DemoRelease) -> str:
        return replica.address(release)

    def others(request: Request) -> Response | None:
        return rss(request, "Presse", address, NEWSROOM) if request.path == feed else None

    replica = portal(skin, others)
    return replica
