"""What a new source is called: publisher, jurisdiction and key, as far as pages and addresses tell them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from archive.source import Source
from archive.urls import host
from crawler.signs import site
from crawler.spiders.select import clean
from crawler.visited import Visited

LONGEST = 120  # characters of a name; beyond it the page gave a sentence
NOUN = r"(?:[a-zäöüß]+e[nrs]? )?(?:[A-ZÄÖÜ]\w+e[nr]? )?[A-ZÄÖÜ][\w-]+"  # "wirtschaftliche Zusammenarbeit"
STREET = r"[\w-]*(?:[Ss]tra(?:ß|ss)e|[Pp]latz|[Aa]llee|[Uu]fer)\b"
NAME = re.compile(
    rf"(?:[A-ZÄÖÜ][\w-]+e[rs]? )?(?:(?:Bundes|Staats|Landes)?[Mm]inisterium|Senatsverwaltung|Behörde)"
    rf" (?:für|der|des) {NOUN}(?:(?:,| und| der| des| für| und für) (?!{STREET}|Landes ){NOUN})*"
    r"(?: des Landes [A-ZÄÖÜ][\w-]+)?"
    r"|(?:[A-ZÄÖÜ][\w-]+e[rs]? )?(?:Staatskanzlei|Senatskanzlei|Landesregierung|Staatsregierung)"
    r"(?: [A-ZÄÖÜ][\w-]+)?|Auswärtiges Amt|Bundeskanzleramt|Presse- und Informationsamt der Bundesregierung"
)
LAENDER = {
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern|Bayerisch",
    "DE-BE": "Berlin(?!er Allee)",
    "DE-BB": "Brandenburg",
    "DE-HB": "Bremen",
    "DE-HH": "Hamburg",
    "DE-HE": "Hessen|Hessisch",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen|Niedersächsisch",
    "DE-NW": "Nordrhein-Westfalen|land\\.nrw",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SL": "Saarland|Saarländisch",
    "DE-SN": "(?<!Nieder)Sachsen(?!-Anhalt)|(?<!Nieder)Sächsisch",
    "DE-ST": "Sachsen-Anhalt",
    "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thüring",
    "DE": "Bundesministeri|Bundesregierung|Auswärtiges Amt|Bundeskanzler|Bundespresseamt|Bundes-",
}


def publisher_of(pages: Iterable[Visited]) -> str | None:
    """The institution that speaks: as imprint, title or site name of the pages in order tell it."""
    for page in pages:
        for text in _told(page):
            if hit := NAME.search(text):
                return shown(hit[0])[:LONGEST]
    return None


def site_name(page: Visited) -> str:
    """What the page calls its site: the last part of its title."""
    title = _text(page, "title")
    return shown(re.split(r"\s[|–-]\s|: ", title)[-1] or title)[:LONGEST]


def jurisdiction_of(pages: Iterable[Visited], known: Mapping[str, Source]) -> str | None:
    """The Land, or DE: that of known sources of the same operator, else the one that pages name most."""
    seen = list(pages)
    operator = site(seen[0].url)
    same = Counter(s.jurisdiction for s in known.values() if site(s.home) == operator and s.status != "demo")
    if same and not operator.replace(".", "").isdigit():
        return same.most_common(1)[0][0]
    told = Counter[str]()
    for page in seen:
        titles = " ".join([_text(page, "title"), *_told(page)])
        told += Counter({code: 5 * len(re.findall(words, titles)) for code, words in LAENDER.items()})
        text = clean(page.soup.get_text(" "))[:200_000]
        told += Counter({code: min(4, len(re.findall(words, text))) for code, words in LAENDER.items()})
    best = told.most_common(1)
    return best[0][0] if best else None


def key_of(url: str, jurisdiction: str, taken: Iterable[str]) -> str:
    """A key that nobody has: the jurisdiction and what the host says.

    >>> key_of("https://www.umwelt.thueringen.de/aktuelles", "DE-TH", [])
    'th-umwelt'
    >>> key_of("https://www.bmf.de/", "DE", ["bund-bmf"])
    'bund-bmf-2'
    """
    prefix = "bund" if jurisdiction == "DE" else jurisdiction.rpartition("-")[2].lower()
    labels = host(url).split(".")
    label = "portal" if labels[-1].isdigit() else re.sub(r"[^a-z0-9]+", "-", labels[0]).strip("-") or "portal"
    key, others = f"{prefix}-{label}", set(taken)
    number = 2
    while (found := key if number == 2 else f"{key}-{number - 1}") in others:
        number += 1
    return found


def shown(text: str) -> str:
    """A text of strangers, fit for a terminal and a file: one line, nothing that does not print."""
    return clean("".join(c if c.isprintable() else " " for c in text))


def _told(page: Visited) -> Iterable[str]:
    """Short texts in which a portal says whose it is."""
    for css in ("meta[property='og:site_name']", "meta[name=publisher]", "meta[name='dcterms.publisher']"):
        for node in page.soup.select(css):
            yield clean(str(node.get("content") or ""))
    yield from (
        clean(str(node.get("alt") or "")) for node in page.soup.select("header img, img[class*=logo]")
    )
    yield _text(page, "title")
    if re.search("impressum", page.url, re.IGNORECASE):
        yield from (clean(str(text)) for text in page.soup.stripped_strings)
    yield from (clean(node.get_text(" ")) for node in page.soup.select("footer")[:2])


def _text(page: Visited, css: str) -> str:
    node = page.soup.select_one(css)
    return clean(node.get_text(" ")) if node else ""
