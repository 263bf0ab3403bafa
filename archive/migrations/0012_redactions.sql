-- What was taken out on request: the file warc/redactions.jsonl as it was last read. Nothing here says what it
-- was; words and addresses are salted hashes, by which they are known when a portal shows them again.

CREATE TABLE redactions (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'name', 'release')),
    source_key TEXT,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    redacted_on TEXT NOT NULL
);

-- The releases that a decision touched. A release that went as a whole has no other row any more: this one keeps
-- its permalink answering.
CREATE TABLE redacted_releases (
    release_id TEXT NOT NULL,
    redaction_id TEXT NOT NULL REFERENCES redactions (id),
    PRIMARY KEY (release_id, redaction_id)
) WITHOUT ROWID;

-- Addresses that were changed because they named what went, and the ids that their releases keep.
CREATE TABLE redacted_addresses (
    source_key TEXT NOT NULL,
    url TEXT NOT NULL,
    release_id TEXT NOT NULL,
    PRIMARY KEY (source_key, url)
) WITHOUT ROWID;
