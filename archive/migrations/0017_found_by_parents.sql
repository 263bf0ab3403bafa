-- SQLite looks for what refers to a row before it deletes the row: without these, each amount of a changed release
-- cost a look at all grants, and each municipality of a new register, too.

CREATE INDEX grants_amount ON grants (amount_id);
CREATE INDEX grants_municipality ON grants (municipality_ags, published_on);
CREATE INDEX attachment_mentions_municipality ON attachment_mentions (municipality_ags, release_id);
