-- Captures that somebody else made, and the files they came in ------------------------------------------

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    bytes INTEGER,
    warcinfo TEXT,
    imported_at TEXT,
    imported_by TEXT
);

CREATE TABLE imported_captures (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
    import_id INTEGER NOT NULL REFERENCES imports (id),
    file_offset INTEGER NOT NULL
);
CREATE INDEX imported_captures_import ON imported_captures (import_id);

-- A build reads captures in the order of time, which is not that of ids where old ones were imported.
CREATE INDEX captures_time ON captures (captured_at, id);
