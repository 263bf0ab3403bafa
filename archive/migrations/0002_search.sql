-- The full text index over the current text of each release ------------------------------------------------

CREATE VIEW release_texts AS
SELECT releases.rowid AS document, releases.id AS release_id, releases.title, versions.text, '' AS parts
FROM releases JOIN versions ON versions.id = releases.version_id;

-- Written by pipeline/search only: title and text hold lemmas, one per word of the original; a word typed
-- into MATCH must be a lemma too. Never use the command `rebuild` of FTS5 on it:
-- it would index the words as written. `pressearchiv build --rebuild` makes it anew.
CREATE VIRTUAL TABLE releases_fts USING fts5(
    title, text, parts,
    content='release_texts', content_rowid='document',
    tokenize="unicode61 remove_diacritics 0"
);

INSERT INTO releases_fts (releases_fts, rank) VALUES ('rank', 'bm25(10.0, 1.0, 0.5)');
