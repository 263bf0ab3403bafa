-- Who watches which search, and what was told to whom. Private: addresses and secrets stand here.

CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Records of the evidence that showed a release when the archive was last looked through. They outlive every
-- rebuild of the archive, whatever happens to its rows.
CREATE TABLE seen_records (
    record_id TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE absences (
    release_id TEXT NOT NULL,
    missing_at TEXT NOT NULL,
    PRIMARY KEY (release_id, missing_at)
) WITHOUT ROWID;

-- What happened, in the order in which it was found. `mark` is the record that showed a text first, or the
-- moment since which a page is missing.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'changed', 'removed')),
    release_id TEXT NOT NULL,
    mark TEXT NOT NULL,
    observed_at TEXT NOT NULL,
    UNIQUE (kind, release_id, mark)
);

CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
    target TEXT NOT NULL,
    search TEXT NOT NULL,
    kinds TEXT NOT NULL,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('at_once', 'daily', 'weekly')),
    language TEXT NOT NULL,
    secret TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    began_at TEXT,
    last_event INTEGER NOT NULL DEFAULT 0,
    fault TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    stopped_at TEXT
);
CREATE INDEX subscriptions_target ON subscriptions (target);

-- Mails that ask whoever owns an address to confirm. Of the key in each only a hash is kept.
CREATE TABLE invitations (
    token_hash TEXT PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    sent_at TEXT
) WITHOUT ROWID;
CREATE INDEX invitations_subscription ON invitations (subscription_id);

-- How many invitations were asked for lately, so that nobody is flooded with them.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    address_hash TEXT NOT NULL,
    asked_at TEXT NOT NULL
);
CREATE INDEX requests_asked ON requests (asked_at);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    matter TEXT NOT NULL CHECK (matter IN ('events', 'fault')),
    made_at TEXT NOT NULL,
    sent_at TEXT
) WITHOUT ROWID;
CREATE INDEX messages_unsent ON messages (subscription_id, made_at) WHERE sent_at IS NULL;
CREATE INDEX messages_subscription ON messages (subscription_id);

-- What is to be told to whom. No text: it is read from the archive at the moment it goes out.
CREATE TABLE outbox (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL REFERENCES events (id),
    noted_at TEXT NOT NULL,
    message_id TEXT REFERENCES messages (id),
    PRIMARY KEY (subscription_id, event_id)
) WITHOUT ROWID;
CREATE INDEX outbox_message ON outbox (message_id);
CREATE INDEX outbox_event ON outbox (event_id);
