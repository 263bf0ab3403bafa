-- What was told to the people on call, so that everything is told once ---------------------------------

CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    source_key TEXT REFERENCES sources (key),
    matter TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('trouble', 'recovered')),
    message TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at TEXT
);
CREATE INDEX notices_matter ON notices (channel, source_key, matter, id);
CREATE INDEX notices_unsent ON notices (channel, id) WHERE sent_at IS NULL;
