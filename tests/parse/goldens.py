"""Writes the goldens of the saved pages: `python -m tests.parse.goldens`; read the diff before a commit."""

import gzip
import json
from pathlib import Path

from pipeline.parse.page import Page, parse

FOLDER = Path(__file__).parents[1] / "pages"
URLS = {
    "bb-mluk-2022-01-02": "https://mluk.brandenburg.de/mluk/de/aktuelles/presseinformationen/detail/"
    "~02-01-2022-land-zahlte-rund-1-4-millionen-euro-erlegungspraemie-fuer-wildschweine-im-jagdjahr-202020",
    "bund-bmfsfj-2022-01-21": "https://www.bmfsfj.de/bmfsfj/aktuelles/alle-meldungen/"
    "bundeskabinett-legt-schwerpunkte-der-praesidentschaft-fest-192440",
    "bund-bmas-2022-01-26": "https://www.bmas.de/DE/Service/Presse/Meldungen/2022/"
    "aenderung-der-anforderungen-an-impf-und-genesenennachweisen.html",
    "be-senfin-2021-07-01": "https://www.berlin.de/sen/finanzen/presse/pressemitteilungen/"
    "pressemitteilung.1102315.php",
}


def saved(name: str) -> bytes:
    """The bytes of a saved page."""
    return gzip.decompress((FOLDER / f"{name}.html.gz").read_bytes())


def facts(page: Page) -> dict[str, object]:
    """Everything a page says, and by which rules."""
    return {
        **page.as_json(),
        "published_at": page.published_at,
        "published_precision": page.published_precision,
        "updated": page.updated,
        "canonical": page.canonical,
        "rules": dict(page.rules),
    }


def golden(name: str) -> Path:
    """Where a page's golden lies."""
    return FOLDER / f"{name}.json"


def main() -> None:
    """Write all goldens anew."""
    for name, url in URLS.items():
        text = json.dumps(facts(parse(saved(name), url)), ensure_ascii=False, indent=2, sort_keys=True)
        golden(name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
