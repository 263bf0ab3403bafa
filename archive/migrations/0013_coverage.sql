-- What of each source and year is held, what is missing, and how that was found: derived, can be made again

CREATE TABLE coverage (
    source_key TEXT NOT NULL REFERENCES sources (key),
    year INTEGER,
    releases INTEGER NOT NULL,
    numbered INTEGER NOT NULL,
    numbers_expected INTEGER,
    numbers_missing INTEGER,
    missing_numbers TEXT,
    entries INTEGER NOT NULL,
    entries_without_capture INTEGER NOT NULL,
    entries_without_release INTEGER NOT NULL,
    suspicious_months TEXT,
    share REAL,
    how_found TEXT NOT NULL CHECK (how_found IN ('numbers', 'lists', 'months', 'nothing')),
    statement TEXT NOT NULL,
    UNIQUE (source_key, year)
);

CREATE TABLE coverage_gaps (
    id INTEGER PRIMARY KEY,
    source_key TEXT NOT NULL REFERENCES sources (key),
    year INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('numbers', 'not_captured', 'no_release', 'month')),
    subject TEXT NOT NULL,
    missing REAL NOT NULL,
    after_on TEXT,
    before_on TEXT,
    reason TEXT
);
CREATE INDEX coverage_gaps_source ON coverage_gaps (source_key, year, kind);
