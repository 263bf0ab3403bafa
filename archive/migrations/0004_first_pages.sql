-- What the first pages of the lists held: fewer rows than usual tell a broken portal from a quiet one -----

ALTER TABLE runs ADD COLUMN first_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN first_bytes INTEGER NOT NULL DEFAULT 0;
