"""The sets of releases follow the releases: what came, went or changed is sorted anew, block by block."""

from hashlib import blake2b
from itertools import groupby

from pyroaring import BitMap
from sqlite_utils import Database

from archive.release_sets import BLOCK_BITS, Key, memberships

ENOUGH = 5000  # unsorted releases while a build runs: a server sorts them for itself
_VANISHED = """
SELECT releases.rowid FROM presence JOIN releases ON releases.id = presence.release_id
WHERE presence.state IN ('missing', 'gone')
"""
_KNOWN_VANISHED = """
SELECT documents FROM release_sets
WHERE block IN (SELECT block FROM release_set_blocks) AND kind = 'flag' AND key = 'verschwunden'
"""
_HELD = "SELECT kind, key, documents FROM release_sets WHERE block = ?"


def write(db: Database, enough: int = 0) -> None:
    """Sort what is unsorted, if it is enough to be worth it; the caller holds the transaction."""
    if enough and db.execute("SELECT count(*) FROM unsorted_releases").fetchone()[0] < enough:
        return
    for block, some in groupby(_unsorted(db), key=lambda document: document >> BLOCK_BITS):
        _write_block(db, block, BitMap(some))
    db.execute("DELETE FROM unsorted_releases")


def check(db: Database) -> list[str]:
    """What is wrong with the sets, a line for each block; empty where they agree with the releases."""
    unsorted = _unsorted(db)
    held = BitMap(row[0] for row in db.execute("SELECT rowid FROM releases"))
    blocks = {document >> BLOCK_BITS for document in held}
    blocks |= {row[0] for row in db.execute("SELECT DISTINCT block FROM release_sets")}
    wrong = []
    for block in sorted(blocks):
        first, after = block << BLOCK_BITS, (block + 1) << BLOCK_BITS
        documents = BitMap(range(first, after)) & held
        wanted = memberships(db.conn, list(documents))
        found = _sets(db, block)
        if any(
            found.get(key, BitMap()) - unsorted != wanted.get(key, BitMap()) - unsorted
            for key in found.keys() | wanted.keys()
        ):
            wrong.append(f"the sets of documents {first} to {after - 1} do not agree with the releases")
    return wrong


def _unsorted(db: Database) -> BitMap:
    """Documents to sort, with those whose page went or came back: `presence` is written as a whole."""
    documents = BitMap(row[0] for row in db.execute("SELECT document FROM unsorted_releases"))
    known = BitMap()
    for (documents_of_block,) in db.execute(_KNOWN_VANISHED):
        known |= BitMap.deserialize(documents_of_block)
    return documents | (known ^ BitMap(row[0] for row in db.execute(_VANISHED)))


def _write_block(db: Database, block: int, documents: BitMap) -> None:
    sets, wanted = _sets(db, block), memberships(db.conn, list(documents))
    for key in sorted(sets.keys() | wanted.keys()):
        before = sets.get(key, BitMap())
        after = (before - documents) | wanted.get(key, BitMap())
        if after == before:
            continue
        if after:
            sets[key] = after
            values = (block, *key, after.serialize())
            db.execute("INSERT OR REPLACE INTO release_sets VALUES (?, ?, ?, ?)", values)
        else:
            del sets[key]
            where = "block = ? AND kind = ? AND key = ?"
            db.execute(f"DELETE FROM release_sets WHERE {where}", (block, *key))
    db.execute("DELETE FROM release_set_blocks WHERE block = ?", (block,))
    if sets:
        db.execute("INSERT INTO release_set_blocks VALUES (?, ?)", (block, _digest(sets)))


def _sets(db: Database, block: int) -> dict[Key, BitMap]:
    rows = db.execute(_HELD, (block,)).fetchall()
    return {(kind, key): BitMap.deserialize(documents) for kind, key, documents in rows}


def _digest(sets: dict[Key, BitMap]) -> str:
    told = blake2b(digest_size=16)
    for (kind, key), documents in sorted(sets.items()):
        told.update(f"{kind}\0{key}\0".encode() + documents.to_array().tobytes())
    return told.hexdigest()
