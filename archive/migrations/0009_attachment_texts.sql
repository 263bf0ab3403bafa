-- Attachments: which files an address held over time, what the present one says page by page, whom it names

ALTER TABLE attachments ADD COLUMN address TEXT;
ALTER TABLE attachments ADD COLUMN files INTEGER;
ALTER TABLE attachments ADD COLUMN payload_digest TEXT;
ALTER TABLE attachments ADD COLUMN read_as TEXT;
CREATE INDEX attachments_address ON attachments (address);
CREATE INDEX attachments_payload ON attachments (payload_digest);
CREATE INDEX attachments_new ON attachments (id) WHERE files IS NULL;

CREATE TABLE attachment_files (
    attachment_id INTEGER NOT NULL REFERENCES attachments (id),
    number INTEGER NOT NULL,
    payload_digest TEXT NOT NULL,
    payload_bytes INTEGER NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    PRIMARY KEY (attachment_id, number)
) WITHOUT ROWID;
CREATE INDEX attachment_files_payload ON attachment_files (payload_digest);

-- Keyed by the bytes: the same file on five releases is read once.
CREATE TABLE attachment_texts (
    payload_digest TEXT PRIMARY KEY,
    outcome TEXT NOT NULL,
    format TEXT,
    pages INTEGER,
    characters INTEGER NOT NULL,
    reason TEXT,
    reader TEXT NOT NULL
);

CREATE TABLE attachment_pages (
    id INTEGER PRIMARY KEY,
    payload_digest TEXT NOT NULL REFERENCES attachment_texts (payload_digest),
    page INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (payload_digest, page)
);

-- A table of their own: sums, facets and exports of what releases say must not count what a brochure says.
CREATE TABLE attachment_mentions (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    attachment_id INTEGER NOT NULL REFERENCES attachments (id),
    page INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    surface TEXT NOT NULL,
    name TEXT,
    office TEXT,
    minister_id TEXT REFERENCES ministers (id),
    district_ags TEXT REFERENCES districts (ags),
    municipality_ags TEXT REFERENCES municipalities (ags),
    value_min REAL,
    value_max REAL,
    currency TEXT,
    qualifier TEXT,
    timex TEXT,
    first_on TEXT,
    last_on TEXT,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX attachment_mentions_attachment ON attachment_mentions (attachment_id, page);
CREATE INDEX attachment_mentions_release ON attachment_mentions (release_id);
CREATE INDEX attachment_mentions_district ON attachment_mentions (district_ags, published_on);
CREATE INDEX attachment_mentions_minister ON attachment_mentions (minister_id, published_on);

-- Same columns and terms as the index of the releases, so that one question is put to both; titles stay empty.
CREATE VIEW attachment_page_texts AS
SELECT id AS document, '' AS title, text, '' AS parts FROM attachment_pages;

CREATE VIRTUAL TABLE attachment_pages_fts USING fts5(
    title, text, parts,
    content='attachment_page_texts', content_rowid='document',
    tokenize="unicode61 remove_diacritics 0"
);
