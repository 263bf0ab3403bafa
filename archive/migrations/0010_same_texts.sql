-- The same text elsewhere: sketches by which alike texts are found, pairs that were compared, groups

CREATE TABLE text_sketches (
    release_id TEXT PRIMARY KEY REFERENCES releases (id),
    version_id TEXT NOT NULL,
    told_on TEXT NOT NULL,
    bands BLOB,
    compared INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX text_sketches_on ON text_sketches (told_on);
CREATE INDEX text_sketches_new ON text_sketches (told_on, release_id) WHERE compared = 0;

CREATE TABLE text_pairs (
    one_id TEXT NOT NULL REFERENCES releases (id),
    other_id TEXT NOT NULL REFERENCES releases (id),
    similarity REAL NOT NULL,
    contained REAL NOT NULL,
    PRIMARY KEY (one_id, other_id)
) WITHOUT ROWID;
CREATE INDEX text_pairs_other ON text_pairs (other_id);

CREATE TABLE text_groups (
    id TEXT PRIMARY KEY,
    first_release_id TEXT NOT NULL REFERENCES releases (id),
    title TEXT NOT NULL,
    members INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    jurisdictions INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX text_groups_first ON text_groups (first_release_id);

CREATE TABLE text_group_members (
    group_id TEXT NOT NULL REFERENCES text_groups (id),
    number INTEGER NOT NULL,
    release_id TEXT NOT NULL UNIQUE REFERENCES releases (id),
    similarity REAL NOT NULL,
    contained REAL NOT NULL,
    PRIMARY KEY (group_id, number)
) WITHOUT ROWID;
