-- What changed since a build ended, as far as 0015 does not note it: so the next one looks at nothing else.

-- Pages that came, were read or forgotten, or of which something else is known. One that no build read yet stays,
-- `seen` by those that could not read it.
CREATE TABLE unsettled_captures (
    capture_id INTEGER PRIMARY KEY,
    seen INTEGER NOT NULL DEFAULT 0
);
INSERT INTO unsettled_captures (capture_id)
    SELECT id FROM captures WHERE role = 'detail' AND id NOT IN (SELECT capture_id FROM parsed_captures);

CREATE TRIGGER captures_come AFTER INSERT ON captures WHEN new.role = 'detail'
BEGIN
    INSERT INTO unsettled_captures (capture_id) SELECT new.id
        WHERE NOT EXISTS (SELECT 1 FROM unsettled_captures WHERE capture_id = new.id); END;
CREATE TRIGGER captures_change AFTER UPDATE OF run_id, url, requested_url, captured_at, status ON captures
WHEN new.role = 'detail' AND (old.run_id IS NOT new.run_id OR old.url <> new.url
    OR old.requested_url <> new.requested_url OR old.captured_at <> new.captured_at OR old.status <> new.status)
BEGIN
    DELETE FROM unsettled_captures WHERE capture_id = new.id; INSERT INTO unsettled_captures (capture_id)
        VALUES (new.id); END;
-- As in 0015, without OR IGNORE, which the statement that fires them may overrule.
CREATE TRIGGER parsed_captures_come AFTER INSERT ON parsed_captures
WHEN NOT EXISTS (SELECT 1 FROM unsettled_captures WHERE capture_id = new.capture_id AND seen = 0)
BEGIN
    DELETE FROM unsettled_captures WHERE capture_id = new.capture_id; INSERT INTO unsettled_captures (capture_id)
        VALUES (new.capture_id); END;
CREATE TRIGGER parsed_captures_go AFTER DELETE ON parsed_captures
WHEN NOT EXISTS (SELECT 1 FROM unsettled_captures WHERE capture_id = old.capture_id AND seen = 0)
BEGIN
    DELETE FROM unsettled_captures WHERE capture_id = old.capture_id; INSERT INTO unsettled_captures (capture_id)
        VALUES (old.capture_id); END;
-- The verdict of a run that is over is only changed by a merge; one that is not over keeps its captures here.
CREATE TRIGGER runs_judged_anew AFTER UPDATE OF verdict ON runs
WHEN old.ended_at IS NOT NULL AND old.verdict IS NOT new.verdict
BEGIN
    DELETE FROM unsettled_captures WHERE capture_id IN (SELECT id FROM captures
        WHERE source_key = new.source_key AND role = 'detail' AND run_id = new.id); INSERT INTO
        unsettled_captures (capture_id) SELECT id FROM captures
        WHERE source_key = new.source_key AND role = 'detail' AND run_id = new.id; END;

-- Sources of which lists promise something else, or of which a month began.
CREATE TABLE unsettled_sources (
    source_key TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TRIGGER entries_come AFTER INSERT ON entries
WHEN NOT EXISTS (SELECT 1 FROM unsettled_sources WHERE source_key = new.source_key)
BEGIN
    INSERT INTO unsettled_sources VALUES (new.source_key); END;
CREATE TRIGGER entries_go AFTER DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM unsettled_sources WHERE source_key = old.source_key)
BEGIN
    INSERT INTO unsettled_sources VALUES (old.source_key); END;
CREATE TRIGGER entries_change AFTER UPDATE OF url, number, listed_on, kicker, last_seen_at ON entries
WHEN (old.url <> new.url OR old.number IS NOT new.number OR old.listed_on IS NOT new.listed_on
    OR old.kicker IS NOT new.kicker OR substr(old.last_seen_at, 1, 7) <> substr(new.last_seen_at, 1, 7))
    AND NOT EXISTS (SELECT 1 FROM unsettled_sources WHERE source_key = new.source_key)
BEGIN
    INSERT INTO unsettled_sources VALUES (new.source_key); END;
CREATE TRIGGER releases_month AFTER UPDATE OF last_seen_at ON releases
WHEN substr(old.last_seen_at, 1, 7) <> substr(new.last_seen_at, 1, 7)
    AND NOT EXISTS (SELECT 1 FROM unsettled_sources WHERE source_key = new.source_key)
BEGIN
    INSERT INTO unsettled_sources VALUES (new.source_key); END;
-- By its addresses a release is told from one that moved.
CREATE TRIGGER release_addresses_come AFTER INSERT ON release_addresses
WHEN NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.release_id)
BEGIN
    INSERT INTO uncounted_releases VALUES (new.release_id); END;
CREATE TRIGGER releases_address AFTER UPDATE OF url ON releases
WHEN old.url <> new.url AND NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id)
BEGIN
    INSERT INTO uncounted_releases VALUES (new.id); END;
CREATE TRIGGER sources_change AFTER UPDATE OF publisher_id, jurisdiction ON sources
WHEN (old.publisher_id <> new.publisher_id OR old.jurisdiction <> new.jurisdiction)
    AND NOT EXISTS (SELECT 1 FROM unsettled_sources WHERE source_key = new.key)
BEGIN
    INSERT INTO unsettled_sources VALUES (new.key); END;

CREATE INDEX parsed_captures_outcome ON parsed_captures (outcome) WHERE release_id IS NULL;
