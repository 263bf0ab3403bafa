-- Mentions that were found anew by other rules are counted anew, though their text is the same: they are written
-- together with the greatest amount of their release, as in 0016.

DROP TRIGGER releases_change;
CREATE TRIGGER releases_change AFTER UPDATE OF version_id, published_on, publisher_id, source_key, amount_max
    ON releases
BEGIN
    INSERT INTO uncounted_releases SELECT new.id
        WHERE NOT EXISTS (SELECT 1 FROM uncounted_releases WHERE release_id = new.id); END;
