-- What filters and counts of a search look up, without reading the rows of the mentions themselves ------------

CREATE INDEX district_mentions_found ON district_mentions (district_ags, release_id);
CREATE INDEX municipality_mentions_found ON municipality_mentions (municipality_ags, release_id);
CREATE INDEX municipality_mentions_around ON municipality_mentions (district_ags, release_id);
CREATE INDEX minister_mentions_found ON minister_mentions (minister_id, release_id);
CREATE INDEX minister_mentions_office ON minister_mentions (office, release_id);
CREATE INDEX person_mentions_office ON person_mentions (office, release_id);
CREATE INDEX releases_changed ON releases (published_on) WHERE versions > 1;
CREATE INDEX releases_amount ON releases (amount_max);
