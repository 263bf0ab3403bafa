"""The templates of the Free State of Thuringia: the state's, that of the social ministry, the old portal."""

import re

from demo.exchange import Request
from demo.replicas.replica import Replica
from demo.replicas.skin import Skin, portal


def _suffix(request: Request) -> int:
    found = re.search(r"/seite[-/](\d+)/?$", request.path)
    return int(found[1]) if found else 1


def state(path: str, newsroom: str = "demo-thueringen") -> Replica:
    """Lists without days; kicker and title run together; a link that says where it leads."""
    return portal(
        Skin(
            path=path,
            address=f"{path.rstrip('/')}/medieninformation/{{slug}}",
            row='<li><h3>{title}</h3><p>{lead} …</p><a href="{href}">zur Detailseite</a></li>',
            page='<main><h1>Medieninformationen</h1><ul class="ce-list">{rows}</ul>{onward}</main>',
            onward='<a href="{next}">weiter</a>',
            detail="<main><h1>{kicker}{title}</h1><p>Erstellt von {author}</p>"
            '<div class="ce-bodytext"><p>{lead}</p>{text}</div><h2>Diese Seite teilen:</h2></main>',
            next=f"{path.rstrip('/')}/seite-{{number}}",
            number=_suffix,
            paths=rf"{path.rstrip('/')}/?(?:seite-\d+)?",
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


def old(path: str, folder: str) -> Replica:
    """The portal until 2019: the house and the day stand above each title."""
    return portal(
        Skin(
            path=path,
            address=f"{folder}/{{id}}/index.aspx",
            row='<div><p>{author} {day}</p><h3><a href="{href}">{title}</a></h3><p>{lead}</p></div>',
            page='<div id="content"><h2>Medieninformationen</h2>{rows}</div>',
            onward="",
            detail='<div id="content"><p>{author} {day}</p><h1>{title}</h1><p>{lead}</p>{text}</div>',
            newsroom="demo-thueringen",
        )
    )
