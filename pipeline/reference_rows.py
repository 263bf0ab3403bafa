"""Reference tables as rows: ministers, terms, districts, municipalities, as they ship with the package."""

from hashlib import sha256
from importlib.resources import files

from sqlite_utils import Database

from archive.people import people
from archive.territory import districts, municipalities

OPEN = 9999  # a municipality that still exists
TABLES = ("ministers.csv", "terms.csv", "districts.csv", "municipalities.csv")


def fingerprint() -> str:
    """Changes when a reference table does."""
    folder = files("reference")
    return sha256(b"".join((folder / name).read_bytes() for name in TABLES)).hexdigest()[:16]


def sync(db: Database) -> bool:
    """Write the reference tables where they differ from what the archive holds; True where they did."""
    now = fingerprint()
    row = db.execute("SELECT value FROM archive_state WHERE key = 'reference'").fetchone()
    if row and row[0] == now:
        return False
    db.execute("PRAGMA defer_foreign_keys = ON")  # mentions point here; the keys stand again at commit
    _ministers(db)
    _territory(db)
    db.execute("INSERT OR REPLACE INTO archive_state VALUES ('reference', ?)", (now,))
    return True


def _ministers(db: Database) -> None:
    db.execute("DELETE FROM terms")
    db.execute("DELETE FROM ministers")
    everybody = people()
    db.conn.executemany(
        "INSERT INTO ministers VALUES (?, ?, ?, ?)",
        [(p.person_id, p.name, p.gender or None, p.wikidata) for p in everybody],
    )
    db.conn.executemany(
        "INSERT INTO terms (minister_id, office, ministry, jurisdiction, party, rank, from_on, to_on, "
        "date_quality, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(t.person_id, t.office, t.ministry, t.jurisdiction, t.party, t.rank, t.from_on.isoformat()),
                *(t.to_on.isoformat() if t.to_on else None, t.date_quality, t.origin),
            )
            for p in everybody
            for t in p.terms
        ],
    )


def _territory(db: Database) -> None:
    db.execute("DELETE FROM municipalities")
    db.execute("DELETE FROM districts")
    states = {d.ags: d.state for d in districts()}
    db.conn.executemany(
        f"INSERT INTO districts VALUES ({', '.join('?' * 12)})",
        [
            (
                *(d.ags, d.name, "kreisfreie Stadt" if d.is_city else "Landkreis", d.state, d.nuts3 or None),
                *(d.wikidata or None, d.population or None, d.lat, d.lon, d.valid_from or None),
                *(d.valid_to or None, " ".join(d.successors) or None),
            )
            for d in districts()
        ],
    )
    db.conn.executemany(
        f"INSERT INTO municipalities VALUES ({', '.join('?' * 10)})",
        [
            (
                *(m.ags, m.name, m.district, states[m.district], m.population or None, m.lat, m.lon),
                *(m.first_year or None, None if m.last_year == OPEN else m.last_year, m.successor or None),
            )
            for m in municipalities()
        ],
    )
