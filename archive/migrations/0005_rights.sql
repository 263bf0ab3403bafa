-- What portals say to machines: text and data mining, words for robots, pauses and hours ------------------

ALTER TABLE captures ADD COLUMN tdm_reservation INTEGER CHECK (tdm_reservation IN (0, 1));
ALTER TABLE captures ADD COLUMN tdm_policy TEXT;
ALTER TABLE captures ADD COLUMN tdm_origin TEXT CHECK (tdm_origin IN ('page', 'header', 'host', 'noai'));
ALTER TABLE captures ADD COLUMN robots_tag TEXT;
ALTER TABLE captures ADD COLUMN crawl_delay REAL;
ALTER TABLE captures ADD COLUMN visit_time TEXT;
CREATE INDEX captures_reserved ON captures (source_key, id) WHERE tdm_reservation = 1;

ALTER TABLE sources ADD COLUMN mining TEXT NOT NULL DEFAULT 'honoured' CHECK (mining IN ('honoured', 'permitted'));
ALTER TABLE sources ADD COLUMN mining_reason TEXT;
