"""Portals that share their software with nobody here: Hamburg, the Bavarian interior, two federal houses."""

from demo.replicas.replica import numbered
from demo.replicas.skin import Skin, portal

HAMBURG = portal(
    Skin(
        path="/politik-und-verwaltung/senat/presseservice-des-senats/pressemeldungen-des-senats",
        paths="{path}|/pressemeldungen/",
        address="/politik-und-verwaltung/behoerden/presseservice/pressemeldungen/{slug}-{id}",
        row='<article><a href="{href}"><h3>{title}</h3></a><time datetime="{iso}">{day}</time></article>',
        page="<main><h1>Pressemeldungen des Senats</h1>{rows}</main>",
        onward="",
        detail='<main><article><h1>{title}</h1><time datetime="{iso}">{day}</time>'
        '<div class="richtext"><p>{lead}'
        "</p>{text}</div></article></main>",
        newsroom="demo-feed",
    )
)
BAYERN_INNERES = portal(
    Skin(
        path="/med/pressemitteilungen/",
        address="/med/pressemitteilungen/pressearchiv/{year}/{id}/index.php",
        row='<li>{day} <a href="{href}">{title}</a></li>',
        page="<main><h1>Pressemitteilungen</h1><ul>{rows}</ul></main>",
        onward="",
        detail="<main><h1>{title}</h1><p>{day}</p><p>{lead}</p>{text}</main>",
        newsroom="demo-feed",
    )
)
GESUNDHEIT = portal(
    Skin(
        path="/presse/pressemitteilungen.html",
        address="/presse/pressemitteilungen/{slug}-pm-{dashes}.html",
        row='<div class="c-teaser"><p>{spelt}</p><h3><a href="{href}">{title}</a></h3></div>',
        page='<main>{rows}<ul class="c-pagination">{onward}</ul></main>',
        onward='<li class="c-pagination__item--next"><a href="{next}">weiter</a></li>',
        detail='<main><div class="c-page-title"><h1>{title}</h1></div>'
        '<p class="c-component--page-date">{spelt}</p>'
        '<div class="c-component--content"><div class="c-text"><p>{lead}</p>{text}</div></div></main>',
        next="{path}?page={number}",
        number=numbered("page", first=1),
    )
)
KANZLER = portal(
    Skin(
        path="/bk-de/aktuelles/pressemitteilungen",
        address="/bk-de/aktuelles/{slug}-{id}",
        row='<div class="bpa-teaser"><div class="bpa-teaser-text-wrapper"><a href="{href}">'
        '<span class="bpa-teaser-title-text-inner">{title}</span></a><time datetime="{iso}">{spelt}</time>'
        "</div></div>",
        page='<main class="bpa-main">{rows}{onward}</main>',
        onward='<a href="{next}">2</a>',
        detail='<main class="bpa-main"><article class="bpa-article">'
        '<h1 class="bpa-accessibility">{title}</h1>'
        '<div class="bpa-time"><time datetime="{iso}"></time></div><div class="bpa-short-text"><p>{lead}</p>'
        '</div><div class="bpa-richtext">{text}</div></article></main>',
        next="{path}?page={number}",
        number=numbered("page", first=1),
    )
)
