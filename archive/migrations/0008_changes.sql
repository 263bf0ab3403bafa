-- What differs between versions, and which pages are still there: derived, can be made again ---------------

CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES releases (id),
    from_number INTEGER NOT NULL,
    to_number INTEGER NOT NULL,
    is_step INTEGER NOT NULL,
    observed_at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cosmetic', 'editorial', 'substantive')),
    significance REAL NOT NULL,
    reasons TEXT NOT NULL,
    facts INTEGER NOT NULL,
    words_gone INTEGER NOT NULL,
    words_new INTEGER NOT NULL,
    title_difference TEXT NOT NULL,
    text_difference TEXT NOT NULL,
    compared TEXT NOT NULL
);
CREATE INDEX changes_release ON changes (release_id, from_number, to_number);
CREATE INDEX changes_observed ON changes (observed_at) WHERE is_step;

CREATE TABLE fact_changes (
    change_id TEXT NOT NULL REFERENCES changes (id),
    number INTEGER NOT NULL,
    release_id TEXT NOT NULL REFERENCES releases (id),
    kind TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('changed', 'appeared', 'vanished')),
    old_value TEXT,
    new_value TEXT,
    old_surface TEXT,
    new_surface TEXT,
    old_field TEXT,
    old_start INTEGER,
    old_end INTEGER,
    new_field TEXT,
    new_start INTEGER,
    new_end INTEGER,
    PRIMARY KEY (change_id, number)
);
CREATE INDEX fact_changes_release ON fact_changes (release_id);
CREATE INDEX fact_changes_kind ON fact_changes (kind, action);

CREATE TABLE moves (
    source_key TEXT NOT NULL REFERENCES sources (key),
    url TEXT NOT NULL,
    from_url TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (rule IN ('redirect', 'canonical', 'text', 'number', 'title')),
    likeness REAL,
    observed_at TEXT NOT NULL,
    PRIMARY KEY (source_key, url)
);

-- A release without a row was shown whenever somebody asked for it.
CREATE TABLE presence (
    release_id TEXT PRIMARY KEY REFERENCES releases (id),
    source_key TEXT NOT NULL REFERENCES sources (key),
    state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'gone', 'moved', 'redirected', 'unknown')),
    reason TEXT,
    url TEXT NOT NULL,
    first_url TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    last_checked_at TEXT NOT NULL,
    last_outcome TEXT NOT NULL,
    first_missing_at TEXT,
    last_missing_at TEXT,
    missing_checks INTEGER NOT NULL,
    returned_at TEXT
);
CREATE INDEX presence_state ON presence (state, first_missing_at);

CREATE INDEX parsed_captures_refused ON parsed_captures (capture_id) WHERE release_id IS NULL;

CREATE VIEW release_presence AS
SELECT releases.id AS release_id, releases.source_key, releases.title, releases.published_on,
    coalesce(presence.state, 'present') AS state, presence.reason,
    coalesce(presence.url, releases.url) AS url, releases.last_seen_at,
    coalesce(presence.last_checked_at, releases.last_seen_at) AS last_checked_at,
    presence.first_missing_at, coalesce(presence.missing_checks, 0) AS missing_checks,
    (SELECT max(entries.last_seen_at) FROM release_addresses
        JOIN entries ON entries.source_key = release_addresses.source_key AND entries.url = release_addresses.url
        WHERE release_addresses.release_id = releases.id) AS last_listed_at
FROM releases LEFT JOIN presence ON presence.release_id = releases.id;
