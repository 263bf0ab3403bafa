"""The list of names that the search index keeps whole: `python -m pipeline.search.names` writes it again.

Only names that look like compounds are listed (Magde|burg, Stein|meier); all others are whole anyway.
"""

import csv
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from archive import lemmas

TABLES = ("municipalities", "districts", "ministers")
TARGET = Path(lemmas.__file__).with_name("names_kept_whole.txt")
# Words of official names that are no names by themselves.
GENERIC = frozenset(
    "Barlachstadt Bundesstadt Domstadt Fontanestadt Grafschaft Großkreisstadt Hansestadt Klosterstadt "
    "Kreisstadt Landeshauptstadt Landkreis Landkreise Lutherstadt Messestadt Regionalverband Residenzstadt "
    "Reuterstadt Städteregion Stadtverband Universitätsstadt Verbandsgemeinde Wissenschaftsstadt".split()
)
_WORD = re.compile(r"[^\W\d_]{4,}")


def kept_whole(names: Iterable[str]) -> list[str]:
    """The words of these names that would be cut as compounds, sorted."""
    words = {word for name in names for word in _WORD.findall(name.split(",")[0]) if word[0].isupper()}
    return sorted(word for word in words - GENERIC if lemmas.is_compound(word))


def reference_names() -> list[str]:
    """The names of all municipalities, districts and ministers of the reference tables."""
    found = []
    for table in TABLES:
        text = (files("reference") / f"{table}.csv").read_text("utf-8")
        found += [row["name"] for row in csv.DictReader(text.splitlines())]
    return found


def main() -> None:
    head = "# Names that the search index does not cut; made by pipeline/search/names.py"
    TARGET.write_text("\n".join((head, *kept_whole(reference_names()))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
