-- What each list showed: one that loses its rows while another goes on is not seen in their sum -----------

CREATE TABLE run_lists (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    seed TEXT NOT NULL,
    role TEXT NOT NULL,
    rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    newest_listed_on TEXT,
    PRIMARY KEY (run_id, seed)
) WITHOUT ROWID;

CREATE TABLE list_entries (
    source_key TEXT NOT NULL REFERENCES sources (key),
    seed TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (source_key, seed, url)
) WITHOUT ROWID;
