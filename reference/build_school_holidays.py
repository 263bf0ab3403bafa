"""Builds school_holidays.csv: `python reference/build_school_holidays.py SOURCE_DIR`

A maintainer's command, run when the Länder decree further years; its output is committed and read by
archive/workdays.py.

SOURCE_DIR holds the folder src/de/holidays of github.com/openpotato/openholidaysapi.data: a file
holidays.school.LAND.csv per Land, separated by semicolons, of which StartDate, EndDate, Name and Subdivisions
(or Groups) are read. README.md beside this file names origin, licence and what is shaky.
"""

import csv
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ("jurisdiction", "name", "from_on", "to_on")
SINCE = "2019-12-01"  # from here on the origin has every Land
LEAST_DAYS = 3  # single days are bridge days, which the calendar knows by itself
OTHERS = ("SH-INS", "MV-BBS")  # the islands, vocational schools
STARTS = {("BY", "2028-03-10"): "2028-04-10"}  # a slip of the pen: Easter is on 16 April
GERMAN_NAME = re.compile(r"DE ([^,]+)")
Row = dict[str, str]


def spans(path: Path) -> Iterator[Row]:
    """The school holidays of one Land, as its file gives them."""
    land = path.stem.rpartition(".")[2].upper()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            first = STARTS.get((land, row["StartDate"]), row["StartDate"])
            last = row["EndDate"] or first
            place = row.get("Subdivisions") or row.get("Groups") or ""
            days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            named = GERMAN_NAME.search(row["Name"])
            if named and days >= LEAST_DAYS and first >= SINCE and place not in OTHERS:
                yield dict(zip(COLUMNS, (f"DE-{land}", named[1], first, last), strict=True))


def main() -> None:
    """Read all Länder, write the table."""
    source = Path(sys.argv[1])
    rows = [row for path in sorted(source.glob("holidays.school.*.csv")) for row in spans(path)]
    rows.sort(key=lambda row: (row["jurisdiction"], row["from_on"]))
    with (HERE / "school_holidays.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
