-- Figures that are counted while a crawl goes on: what is counted stays noted as new to the build behind it, and
-- is counted again if it changes until then. As in 0015, without OR IGNORE.

ALTER TABLE uncounted_releases ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER releases_come;
CREATE TRIGGER releases_come AFTER INSERT ON releases
WHEN NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id AND counted = 0)
BEGIN
    DELETE FROM uncounted_releases WHERE release_id = new.id; INSERT INTO uncounted_releases (release_id)
        VALUES (new.id); END;
DROP TRIGGER releases_go;
CREATE TRIGGER releases_go AFTER DELETE ON releases
WHEN NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = old.id AND counted = 0)
BEGIN
    DELETE FROM uncounted_releases WHERE release_id = old.id; INSERT INTO uncounted_releases (release_id)
        VALUES (old.id); END;
DROP TRIGGER releases_change;
CREATE TRIGGER releases_change AFTER UPDATE OF version_id, published_on, publisher_id, source_key, amount_max
    ON releases
WHEN NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id AND counted = 0)
BEGIN
    DELETE FROM uncounted_releases WHERE release_id = new.id; INSERT INTO uncounted_releases (release_id)
        VALUES (new.id); END;
DROP TRIGGER release_addresses_come;
CREATE TRIGGER release_addresses_come AFTER INSERT ON release_addresses
WHEN NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.release_id)
BEGIN
    INSERT INTO uncounted_releases (release_id) VALUES (new.release_id); END;
DROP TRIGGER releases_address;
CREATE TRIGGER releases_address AFTER UPDATE OF url ON releases
WHEN old.url <> new.url AND NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id)
BEGIN
    INSERT INTO uncounted_releases (release_id) VALUES (new.id); END;

-- When the stories of a sum were told, and whose tellings belong to a group of texts, without reading the rows.
DROP INDEX grant_stories_amount;
CREATE INDEX grant_stories_amount ON grant_stories (amount, first_on, last_on);
CREATE INDEX grant_tellings_grouped ON grant_tellings (release_id) WHERE text_group IS NOT NULL;
