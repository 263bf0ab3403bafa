-- Figures that pages show at once, by month; and which grants are one story told more than once. All of it is
-- derived: a build adds and takes away what the releases that changed contribute.

CREATE TABLE mention_months (
    kind TEXT NOT NULL CHECK (kind IN ('district', 'municipality', 'minister', 'office', 'ministry', 'source')),
    key TEXT NOT NULL,
    month TEXT NOT NULL,
    releases INTEGER NOT NULL,
    PRIMARY KEY (kind, key, month)
) WITHOUT ROWID;
CREATE INDEX mention_months_month ON mention_months (kind, month, key, releases);

CREATE TABLE co_mentions (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    other_kind TEXT NOT NULL,
    other_key TEXT NOT NULL,
    releases INTEGER NOT NULL,
    PRIMARY KEY (kind, key, other_kind, other_key)
) WITHOUT ROWID;

CREATE TABLE grant_tellings (
    key TEXT PRIMARY KEY,
    story_id TEXT NOT NULL,
    release_id TEXT NOT NULL,
    field TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    amount TEXT NOT NULL,
    text_group TEXT
) WITHOUT ROWID;
CREATE INDEX grant_tellings_story ON grant_tellings (story_id);
CREATE INDEX grant_tellings_release ON grant_tellings (release_id);
CREATE INDEX grant_tellings_amount ON grant_tellings (amount);

CREATE TABLE grant_stories (
    id TEXT PRIMARY KEY,
    amount TEXT NOT NULL,
    value_min REAL,
    value_max REAL,
    currency TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    status TEXT NOT NULL,
    recipient TEXT,
    district_ags TEXT,
    municipality_ags TEXT,
    first_on TEXT,
    last_on TEXT,
    tellings INTEGER NOT NULL,
    releases INTEGER NOT NULL,
    entities TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX grant_stories_district ON grant_stories (district_ags, first_on);
CREATE INDEX grant_stories_municipality ON grant_stories (municipality_ags, first_on);
CREATE INDEX grant_stories_amount ON grant_stories (amount);

CREATE TABLE grant_months (
    kind TEXT NOT NULL CHECK (kind IN ('district', 'municipality', 'minister', 'office', 'ministry')),
    key TEXT NOT NULL,
    month TEXT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    stories INTEGER NOT NULL,
    tellings INTEGER NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    PRIMARY KEY (kind, key, month, currency, status, qualifier)
) WITHOUT ROWID;
CREATE INDEX grant_months_month ON grant_months (kind, month, key, currency, status, high);

-- What each release contributes to the figures, so that it can be taken away again.
CREATE TABLE counted_releases (
    release_id TEXT PRIMARY KEY,
    month TEXT NOT NULL,
    entities TEXT NOT NULL
) WITHOUT ROWID;

-- Releases whose contribution may have changed since the figures were made. The triggers do without OR IGNORE,
-- which the statement that fires them may overrule.
CREATE TABLE uncounted_releases (
    release_id TEXT PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO uncounted_releases SELECT id FROM releases;

CREATE TRIGGER releases_come AFTER INSERT ON releases
BEGIN
    INSERT INTO uncounted_releases SELECT new.id
        WHERE NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id); END;
CREATE TRIGGER releases_go AFTER DELETE ON releases
BEGIN
    INSERT INTO uncounted_releases SELECT old.id
        WHERE NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = old.id); END;
CREATE TRIGGER releases_change AFTER UPDATE OF version_id, published_on, publisher_id, source_key ON releases
WHEN old.version_id <> new.version_id OR old.published_on IS NOT new.published_on
    OR old.publisher_id <> new.publisher_id OR old.source_key <> new.source_key
BEGIN
    INSERT INTO uncounted_releases SELECT new.id
        WHERE NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id); END;

CREATE INDEX releases_publisher_id ON releases (publisher_id, published_on);
CREATE INDEX minister_mentions_office_on ON minister_mentions (office, published_on);
CREATE INDEX person_mentions_office_on ON person_mentions (office, published_on);
