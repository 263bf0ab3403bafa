"""The replicas by the keys of the real sources whose structure they have, and those sources moved to them."""

from urllib.parse import urlsplit

from msgspec.structs import replace

from archive.source import Source, registry
from demo.replicas import cities, coremedia, drupal, sachsen, states, typo3, wordpress
from demo.replicas.replica import Replica
from demo.server import DemoServer

REPLICAS: dict[str, Replica] = {
    "nw-landesregierung": drupal.NORDRHEIN_WESTFALEN,
    "he-landesregierung": drupal.HESSEN,
    "bw-landesregierung": typo3.BADEN_WUERTTEMBERG,
    "rp-landesregierung": typo3.rheinland_pfalz("/service/pressemitteilungen"),
    "rp-mdi": typo3.rheinland_pfalz("/service/pressemitteilungen"),
    "rp-mwvlw": typo3.rheinland_pfalz("/presse"),
    "rp-mffki": typo3.rheinland_pfalz("/service/presse"),
    "bund-bmuv": typo3.umwelt("/presse/pressemitteilungen"),
    "be-senat": cities.BERLIN,
    "hb-senat": cities.BREMEN,
    "bb-mluk": states.brandenburg(
        "/mluk/de/aktuelles/presseinformationen/", "/mluk/de/rss/~pressemitteilungen-des-mlukrss.xml"
    ),
    "bb-msgiv": states.brandenburg("/msgiv/de/presse/pressemitteilungen/"),
    "bb-mil": states.brandenburg("/mil/de/presse/"),
    "mv-landesregierung": states.MECKLENBURG_VORPOMMERN,
    "ni-ml": states.niedersachsen("/presse/pressemitteilungen/"),
    "ni-portal": states.niedersachsen("/startseite/service/presse/presseinformationen/", "/presse/"),
    "sn-medienservice": sachsen.SACHSEN,
    "by-staatsregierung": wordpress.BAYERN,
    "st-presse": wordpress.SACHSEN_ANHALT,
    "bund-breg": coremedia.BUNDESREGIERUNG,
    "bund-aa": coremedia.AUSWAERTIGES_AMT,
    "bund-bmfsfj": coremedia.FAMILIE,
    "bund-bmvg": coremedia.VERTEIDIGUNG,
    "bund-bmz": coremedia.ENTWICKLUNG,
}

# One of each skin; the others differ in the address of their list only.
CRAWLED = tuple(
    key for key in REPLICAS if key not in ("rp-mdi", "rp-mwvlw", "rp-mffki", "bb-msgiv", "bb-mil")
)


def replica_sources(server: DemoServer) -> dict[str, Source]:
    """The real sources, each with its own file's rules and seeds, at the replica that stands for it."""
    return {key: _moved(registry()[key], server.base(key)) for key in REPLICAS}


def _moved(source: Source, base: str) -> Source:
    """Politeness towards the real portal is not owed to its replica."""
    places = dict.fromkeys(replace(seed, url=_at(seed.url, base)) for seed in source.seeds)
    return replace(
        source,
        status="demo",
        home=base,
        hosts=(),
        seeds=tuple(places),
        access=replace(source.access, delay=None),
    )


def _at(url: str, base: str) -> str:
    parts = urlsplit(url)
    return f"{base}{parts.path}?{parts.query}" if parts.query else f"{base}{parts.path}"
