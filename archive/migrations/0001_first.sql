-- Whom we follow ---------------------------------------------------------------------------------------

CREATE TABLE publishers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL
);

CREATE TABLE publisher_names (
    publisher_id TEXT NOT NULL REFERENCES publishers (id),
    name TEXT NOT NULL,
    short_name TEXT,
    from_on TEXT,
    to_on TEXT,
    PRIMARY KEY (publisher_id, name)
);

CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher_id TEXT NOT NULL REFERENCES publishers (id),
    jurisdiction TEXT NOT NULL,
    family TEXT NOT NULL,
    status TEXT NOT NULL,
    home TEXT NOT NULL,
    confidence TEXT,
    evidence TEXT
);

-- What was done and seen: written by the crawler -------------------------------------------------------

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('crawl', 'build')),
    source_key TEXT REFERENCES sources (key),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    verdict TEXT,
    reason TEXT,
    requests INTEGER NOT NULL DEFAULT 0,
    captures INTEGER NOT NULL DEFAULT 0,
    new_captures INTEGER NOT NULL DEFAULT 0,
    listing_rows INTEGER NOT NULL DEFAULT 0,
    new_entries INTEGER NOT NULL DEFAULT 0,
    newest_listed_on TEXT,
    errors INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_source ON runs (source_key, id);

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs (id),
    source_key TEXT NOT NULL REFERENCES sources (key),
    role TEXT NOT NULL CHECK (role IN ('listing', 'feed', 'sitemap', 'detail', 'attachment', 'robots')),
    url TEXT NOT NULL,
    requested_url TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    payload_digest TEXT NOT NULL,
    payload_bytes INTEGER NOT NULL,
    record_id TEXT NOT NULL UNIQUE,
    record_type TEXT NOT NULL CHECK (record_type IN ('response', 'revisit')),
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    refers_to INTEGER REFERENCES captures (id),
    truncated TEXT
);
CREATE INDEX captures_url ON captures (url, id);
CREATE INDEX captures_requested ON captures (requested_url, id);
CREATE INDEX captures_source ON captures (source_key, role, id);
CREATE UNIQUE INDEX captures_place ON captures (warc_file, warc_offset);

CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    source_key TEXT NOT NULL REFERENCES sources (key),
    url TEXT NOT NULL,
    title TEXT,
    kicker TEXT,
    number TEXT,
    listed_on TEXT,
    listed_raw TEXT,
    lead TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    first_capture_id INTEGER REFERENCES captures (id),
    last_capture_id INTEGER REFERENCES captures (id),
    UNIQUE (source_key, url)
);

-- What it says: derived, can be thrown away and built again ---------------------------------------------

CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    published_on TEXT,
    source_key TEXT NOT NULL REFERENCES sources (key),
    publisher_id TEXT NOT NULL REFERENCES publishers (id),
    publisher_name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    number TEXT,
    kicker TEXT,
    subtitle TEXT,
    author TEXT,
    url TEXT NOT NULL,
    language TEXT,
    published_at TEXT,
    published_precision TEXT,
    published_rule TEXT,
    updated_on TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    last_changed_at TEXT NOT NULL,
    version_id TEXT NOT NULL,
    versions INTEGER NOT NULL DEFAULT 1,
    characters INTEGER NOT NULL,
    title_rule TEXT,
    text_rule TEXT,
    amount_max REAL
);
CREATE INDEX releases_published ON releases (published_on DESC);
CREATE INDEX releases_source ON releases (source_key, published_on);
CREATE INDEX releases_kind ON releases (kind, published_on);
CREATE INDEX releases_jurisdiction ON releases (jurisdiction, published_on);
CREATE INDEX releases_publisher ON releases (publisher_name, published_on);
CREATE INDEX releases_url ON releases (url);

CREATE TABLE release_addresses (
    url TEXT NOT NULL,
    source_key TEXT NOT NULL REFERENCES sources (key),
    release_id TEXT NOT NULL REFERENCES releases (id),
    id TEXT NOT NULL,
    PRIMARY KEY (source_key, url)
) WITHOUT ROWID;
CREATE INDEX release_addresses_release ON release_addresses (release_id);
CREATE INDEX release_addresses_id ON release_addresses (id);

CREATE TABLE versions (
    id TEXT PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    UNIQUE (release_id, number)
);

CREATE TABLE version_captures (
    version_id TEXT NOT NULL REFERENCES versions (id),
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    PRIMARY KEY (version_id, capture_id)
) WITHOUT ROWID;
CREATE INDEX version_captures_capture ON version_captures (capture_id);

CREATE TABLE parsed_captures (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    outcome TEXT NOT NULL,
    release_id TEXT
);

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    url TEXT NOT NULL,
    title TEXT,
    media_type TEXT,
    capture_id INTEGER REFERENCES captures (id),
    UNIQUE (release_id, url)
);

-- Whom and what texts name -----------------------------------------------------------------------------

CREATE TABLE ministers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    gender TEXT,
    wikidata TEXT
);

CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    minister_id TEXT NOT NULL REFERENCES ministers (id),
    office TEXT NOT NULL,
    ministry TEXT,
    jurisdiction TEXT NOT NULL,
    party TEXT,
    rank TEXT,
    from_on TEXT,
    to_on TEXT,
    date_quality TEXT,
    origin TEXT
);
CREATE INDEX terms_minister ON terms (minister_id, from_on);

CREATE TABLE districts (
    ags TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    nuts3 TEXT,
    wikidata TEXT,
    population INTEGER,
    lat REAL,
    lon REAL,
    valid_from TEXT,
    valid_to TEXT,
    successors TEXT
);

CREATE TABLE municipalities (
    ags TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    district_ags TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    population INTEGER,
    lat REAL,
    lon REAL,
    first_year INTEGER,
    last_year INTEGER,
    successor_ags TEXT
);
CREATE INDEX municipalities_district ON municipalities (district_ags);

CREATE TABLE minister_mentions (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    minister_id TEXT REFERENCES ministers (id),
    name TEXT,
    role TEXT NOT NULL,
    office TEXT,
    ministry TEXT,
    jurisdiction TEXT,
    party TEXT,
    candidates TEXT,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX minister_mentions_release ON minister_mentions (release_id);
CREATE INDEX minister_mentions_minister ON minister_mentions (minister_id, published_on);

CREATE TABLE person_mentions (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    name TEXT,
    office TEXT NOT NULL,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX person_mentions_release ON person_mentions (release_id);

CREATE TABLE district_mentions (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    district_ags TEXT REFERENCES districts (ags),
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    candidates TEXT,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX district_mentions_release ON district_mentions (release_id);
CREATE INDEX district_mentions_district ON district_mentions (district_ags, published_on);

CREATE TABLE municipality_mentions (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    municipality_ags TEXT REFERENCES municipalities (ags),
    name TEXT NOT NULL,
    district_ags TEXT REFERENCES districts (ags),
    candidates TEXT,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX municipality_mentions_release ON municipality_mentions (release_id);
CREATE INDEX municipality_mentions_district ON municipality_mentions (district_ags, published_on);
CREATE INDEX municipality_mentions_municipality ON municipality_mentions (municipality_ags, published_on);

CREATE TABLE amounts (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    value_min REAL,
    value_max REAL,
    currency TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX amounts_release ON amounts (release_id);
CREATE INDEX amounts_value ON amounts (currency, value_max);

CREATE TABLE dates (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    timex TEXT NOT NULL,
    timex_type TEXT NOT NULL,
    first_on TEXT,
    last_on TEXT,
    published_on TEXT,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX dates_release ON dates (release_id);
CREATE INDEX dates_first ON dates (first_on);

CREATE TABLE grants (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    amount_id INTEGER NOT NULL REFERENCES amounts (id),
    value_min REAL,
    value_max REAL,
    currency TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    giver TEXT,
    recipient TEXT,
    purpose TEXT,
    district_ags TEXT REFERENCES districts (ags),
    municipality_ags TEXT REFERENCES municipalities (ags),
    granted_on TEXT,
    status TEXT NOT NULL,
    published_on TEXT,
    field TEXT NOT NULL DEFAULT 'text',
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL
);
CREATE INDEX grants_release ON grants (release_id);
CREATE INDEX grants_district ON grants (district_ags, published_on);

-- What somebody must look at, and what somebody decided ---------------------------------------------------

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    source_key TEXT REFERENCES sources (key),
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    mend TEXT,
    capture_id INTEGER REFERENCES captures (id),
    release_id TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    closed_at TEXT,
    UNIQUE (kind, subject)
);
CREATE INDEX issues_source ON issues (source_key, closed_at);

CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    release_id TEXT NOT NULL,
    text_hash TEXT,
    target TEXT NOT NULL,
    action TEXT NOT NULL,
    value TEXT,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    state TEXT NOT NULL
);

-- Which rules and tables the derived rows were made with -------------------------------------------------

CREATE TABLE archive_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
