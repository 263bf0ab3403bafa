"""The templates of the Free State of Thuringia: the state's, that of the social ministry, the old portal."""

import re

from demo.exchange import Request
from demo.replicas.replica import Replica
from demo.replicas.skin import Skin, portal

LATER = '<li><h3>{title}</h3><p>{lead} …</p><a href="{href}">zur Detailseite</a></li>'
EARLY = '<li><p>19{id:.3}</p><h3>{title}</h3><p>{lead} …</p><a href="{href}">mehr</a></li>'


def _suffix(request: Request) -> int:
    found = re.search(r"/seite[-/](\d+)/?$", request.path)
    return int(found[1]) if found else 1


def state(
    path: str, newsroom: str = "demo-thueringen", *, early: bool = False, also: str | None = None
) -> Replica:
    """Lists without days; kicker and title run together; a link that says where it leads.

    `also` is the path of a second list, of the same releases.

    Early, in 2019 and 2020, a number of five digits stood above each title, the link said "mehr", and the
    number of a page was a part of its own in the address.
    """
    return portal(
        Skin(
            path=path,
            address=f"{path.rstrip('/')}/{'a' if early else 'medieninformation'}/{{slug}}",
            row=EARLY if early else LATER,
            page='<main><h1>Medieninformationen</h1><ul class="ce-list">{rows}</ul>{onward}</main>',
            onward='<a href="{next}">weiter</a>',
            detail="<main><h1>{kicker}{title}</h1><p>Erstellt von {author}</p>"
            '<div class="ce-bodytext"><p>{lead}</p>{text}</div><h2>Diese Seite teilen:</h2></main>',
            next=f"{path.rstrip('/')}/seite{'/' if early else '-'}{{number}}{'/' * early}",
            number=_suffix,
            paths=rf"(?:{'|'.join(filter(None, (path.rstrip('/'), also)))})/?(?:seite[-/]\d+/?)?",
            listed="title",
            dated=False,
            labelled=True,
            newsroom=newsroom,
        )
    )


SOCIAL = portal(
    Skin(
        path="/medienservice",
        address="/medienservice/artikel/{slug}",
        row='<li><h3><a href="{href}">{title}</a></h3><p>{day} - {author}</p><p>{lead}</p>'
        '<a href="{href}">mehr</a></li>',
        page="<main><p>Inhaltselment überspringen</p><h2>Pressesprecherin</h2><p>Werner-Seelenbinder-Straße 6"
        "<br>99096 Erfurt</p><p>Inhaltselment überspringen</p><h2>Medieninformationen</h2><ul>{rows}</ul>"
        "</main>",
        onward="",
        detail="<main><p>Inhaltselment überspringen</p><h1>{title}</h1><p>{day} - {author}</p><p>{lead}"
        "</p>{text}"
        "<p>Inhaltselment überspringen</p><h3>Pressesprecherin</h3><p>Werner-Seelenbinder-Straße 6<br>"
        "99096 Erfurt</p></main>",
        newsroom="demo-thueringen",
    )
)


AROUND = (
    "<h2>Wegweiser</h2><h3>Aktionen</h3><p>Schöffenwahlen 2018 Kampagne Wegweiser Wir sind Energie-Gewinner."
    "</p><h3>Serviceportal – Bürger</h3><p>Services im Zuständigkeitsfinder suchen</p><h3>Serviceportal – "
    "Unternehmen</h3><p>Services im Zuständigkeitsfinder suchen</p><h2>Servicebereich</h2>"
    "<p>Publikationen</p>"
)


def old(path: str, folder: str, also: str | None = None) -> Replica:
    """The portal until 2019: the list says house and day, the page of a release neither.

    `also` is the path of a second list, of the same releases.
    """
    return portal(
        Skin(
            path=path,
            address=f"{folder}/{{id}}/index.aspx",
            row='<div><p>{author} {day}</p><p>{kicker}</p><h3><a href="{href}">{title}</a></h3><p>{lead}</p>'
            "</div>",
            page=f'<div id="content"><h2>Medieninformationen</h2>{{rows}}{AROUND}</div>',
            onward="",
            paths="|".join(filter(None, (path, also))),
            detail=f'<div id="content"><h1>{{title}}</h1><p>{{lead}}</p>{{text}}{AROUND}</div>',
            dated=False,
            newsroom="demo-thueringen",
        )
    )
