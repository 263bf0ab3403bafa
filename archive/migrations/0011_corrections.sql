-- What people decided about single values: the file of corrections as the last build read it, and what became
-- of each decision. The file is the original; this table can be thrown away.

DROP TABLE corrections;

CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    release_id TEXT,
    text_hash TEXT,
    kind TEXT,
    field TEXT,
    "start" INTEGER,
    "end" INTEGER,
    surface TEXT,
    action TEXT NOT NULL CHECK (action IN ('reject', 'confirm', 'set', 'date', 'merge', 'split')),
    value TEXT,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'applied', 'reopened', 'idle', 'unknown')),
    rule TEXT
);
CREATE INDEX corrections_release ON corrections (release_id);

-- How often a rule was right, as far as people looked: mentions confirmed of all that were judged.
CREATE VIEW extractor_precision AS
SELECT kind, rule, count(*) AS judged, sum(action = 'confirm') AS confirmed, sum(action = 'reject') AS rejected,
    sum(action = 'set') AS corrected, round(1.0 * sum(action = 'confirm') / count(*), 3) AS "precision"
FROM corrections
WHERE kind IS NOT NULL AND rule IS NOT NULL
GROUP BY kind, rule;
