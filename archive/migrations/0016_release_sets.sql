-- Which releases have what, as sets of row numbers: filters and counts of a search put them together. Derived:
-- a build sorts anew what changed. A block holds 65,536 row numbers in a row.

CREATE TABLE release_sets (
    block INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('day', 'jurisdiction', 'publisher', 'source', 'kind', 'district',
        'municipality', 'minister', 'office', 'amount', 'flag')),
    key TEXT NOT NULL,
    documents BLOB NOT NULL,
    PRIMARY KEY (block, kind, key)
) WITHOUT ROWID;

-- By its digest a server knows a block that it has read already.
CREATE TABLE release_set_blocks (
    block INTEGER PRIMARY KEY,
    digest TEXT NOT NULL
);

-- Row numbers of releases that came, went or may have changed since their sets were made. As in 0015, the
-- triggers do without OR IGNORE.
CREATE TABLE unsorted_releases (
    document INTEGER PRIMARY KEY
);
INSERT INTO unsorted_releases SELECT rowid FROM releases;

CREATE TRIGGER releases_unsorted_come AFTER INSERT ON releases
BEGIN
    INSERT INTO unsorted_releases SELECT new.rowid
        WHERE NOT EXISTS (SELECT 1 FROM unsorted_releases WHERE document = new.rowid); END;
CREATE TRIGGER releases_unsorted_go AFTER DELETE ON releases
BEGIN
    INSERT INTO unsorted_releases SELECT old.rowid
        WHERE NOT EXISTS (SELECT 1 FROM unsorted_releases WHERE document = old.rowid); END;
-- Mentions are written together with the text or with the greatest amount of their release.
CREATE TRIGGER releases_unsorted_change AFTER UPDATE OF version_id, versions, published_on, publisher_id,
    source_key, jurisdiction, kind, amount_max ON releases
BEGIN
    INSERT INTO unsorted_releases SELECT new.rowid
        WHERE NOT EXISTS (SELECT 1 FROM unsorted_releases WHERE document = new.rowid); END;
CREATE TRIGGER attachments_unsorted_come AFTER INSERT ON attachments
BEGIN
    INSERT INTO unsorted_releases SELECT rowid FROM releases WHERE id = new.release_id
        AND NOT EXISTS (SELECT 1 FROM unsorted_releases WHERE document = releases.rowid); END;
CREATE TRIGGER attachments_unsorted_change AFTER UPDATE OF payload_digest ON attachments
BEGIN
    INSERT INTO unsorted_releases SELECT rowid FROM releases WHERE id = new.release_id
        AND NOT EXISTS (SELECT 1 FROM unsorted_releases WHERE document = releases.rowid); END;
