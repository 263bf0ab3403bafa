"""The replicas by the keys of the real sources whose structure they have, and those sources moved to them."""

from urllib.parse import urlsplit

from msgspec.structs import replace

from archive.source import Source
from demo.replicas import (
    cities,
    coremedia,
    drupal,
    gsb,
    sachsen,
    singles,
    states,
    thueringen,
    typo3,
    wordpress,
)
from demo.replicas.replica import Replica

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
    "ni-portal": states.niedersachsen("/startseite/service/presse/presseinformationen/"),
    "ni-stk": states.niedersachsen("/presse/"),
    "sn-medienservice": sachsen.SACHSEN,
    "by-staatsregierung": wordpress.BAYERN,
    "st-presse": wordpress.SACHSEN_ANHALT,
    "bund-breg": coremedia.BUNDESREGIERUNG,
    "bund-aa": coremedia.AUSWAERTIGES_AMT,
    "bund-bmfsfj": coremedia.FAMILIE,
    "bund-bmvg": coremedia.VERTEIDIGUNG,
    "bund-bmz": coremedia.ENTWICKLUNG,
    "bund-bk": singles.KANZLER,
    "bund-bmi": gsb.BMI,
    "bund-bmwsb": gsb.BMWSB,
    "bund-bmf": gsb.fed(gsb.BMF, gsb.BMF_FEED),
    "bund-bmas": gsb.BMAS,
    "bund-bmbf": gsb.BMBF,
    "bund-bmel": gsb.BMEL,
    "bund-bmj": gsb.BMJ,
    "bund-bmwk": gsb.fed(gsb.BMWK, gsb.BMWK_FEED),
    "bund-bmdv": gsb.BMDV,
    "bund-bmg": singles.GESUNDHEIT,
    "sh-landesregierung": gsb.SCHLESWIG_HOLSTEIN,
    "sl-landesregierung": gsb.SAARLAND,
    "hh-senat": singles.HAMBURG,
    "by-stmi": singles.BAYERN_INNERES,
    "th-tsk": thueringen.state("/medienservice/medieninformationen"),
    "th-portal": thueringen.state("/medienservice/medieninformationen"),
    "th-landesregierung": thueringen.state(
        "/medien/medieninformationen/thueringer-staatskanzlei",
        also="/medien/medieninformationen/thueringer-ministerium-fuer-infrastruktur-und-landwirtschaft",
    ),
    "th-tmil": thueringen.state("/medienservice/medieninformationen"),
    "th-tmdi": thueringen.state("/medienservice/medieninformationen"),
    "th-tmuen": thueringen.state("/aktuelles"),
    "th-tmik": thueringen.state("/wir/presse/presseinformationen"),
    "th-tmmjv": thueringen.state("/aktuelles/medieninformationen"),
    "th-tmbjs": thueringen.state("/ministerium"),
    "th-tmwwdg": thueringen.state("/"),
    "th-tfm": thueringen.state("/"),
    "th-tmasgff": thueringen.SOCIAL,
    "th-tmsgaf": thueringen.SOCIAL,
    "th-tmasgff-old": thueringen.old(
        "/th7/tmasgff/aktuell/presse/index.aspx",
        "/th7/tmasgff/aktuell/presse",
        also="/th7/tmsfg/aktuell/presse/",
    ),
    "th-tsk-old": thueringen.old("/th1/tsk/aktuell/mi/index.aspx", "/th1/tsk/aktuell/mi"),
    "th-tmbjs-old": thueringen.old("/th2/tmbjs/", "/th2/tmbjs/aktuell/presse"),
    "th-tmwwdg-old": thueringen.old("/th6/tmwwdg/", "/th6/tmwwdg/aktuell/presse"),
    "th-tmmjv-old": thueringen.old("/th6/tmmjv/", "/th6/tmmjv/aktuell/presse"),
    "th-tmil-old": thueringen.old("/th9/tmil/presse/pm/index.aspx", "/th9/tmil/presse/pm"),
    "th-tmuen-old": thueringen.old("/th8/tmuen/index.aspx", "/th8/tmuen/aktuell/presse"),
    "th-alle-old": thueringen.old("/medienservice/mi/", "/th7/tmasgff/aktuell/presse"),
}

# Houses whose portal shares software and template with one above.
ALIKE = {
    "nw-landesregierung": "nw-mhkbd nw-mkw nw-mags",
    "he-landesregierung": "he-innen he-soziales he-familie he-landwirtschaft he-kultus he-umwelt"
    " he-wirtschaft",
    "bw-landesregierung": "bw-stm bw-im bw-fm bw-km bw-mwk bw-um bw-wm bw-sm bw-mlr bw-jum bw-vm bw-mlw",
    "rp-landesregierung": "rp-bm rp-fm rp-jm rp-mastd rp-mwg rp-mkuem",
    "be-senat": "be-rbmskzl be-senfin be-seninn be-senjust be-sensbw be-senweb be-senbjf be-senwgp"
    " be-senasgiva be-senkultgz be-senmvku",
    "mv-landesregierung": "mv-stk mv-im mv-jm mv-fm mv-wm mv-lm mv-bm mv-wkm mv-sm",
}
REPLICAS |= {key: REPLICAS[model] for model, keys in ALIKE.items() for key in keys.split()}
REPLICAS |= {
    f"bb-{house}": states.brandenburg(f"/{house}/de/presse/pressemitteilungen/")
    for house in "mik mdj mbjs mwfk mwae mdf".split()
}
REPLICAS |= {
    f"ni-{house}": states.niedersachsen("/startseite/aktuelles/presseinformationen/")
    for house in "mi ms mw mu mk mwk mj mf mb".split()
}
# One or two of each family; others of it differ in the address of their list or in a few classes.
CRAWLED = tuple(
    (
        "nw-landesregierung he-landesregierung rp-landesregierung bw-landesregierung bund-bmuv bund-bmg"
        " be-senat hb-senat sn-medienservice bund-breg bund-aa bund-bmfsfj bund-bmvg bund-bmz st-presse"
        " by-staatsregierung bb-mluk mv-landesregierung ni-ml ni-portal bund-bmi bund-bmwk"
        " sh-landesregierung th-tmuen"
    ).split()
)


def moved(source: Source, base: str) -> Source:
    """A real source, by its own file's rules, at the replica that stands for it.

    Politeness towards the real portal is not owed to its replica.
    """
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
