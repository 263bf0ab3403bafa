-- Which stories of grants are told by releases of a large Land is seen in the index alone.
DROP INDEX grant_tellings_story;
CREATE INDEX grant_tellings_story ON grant_tellings (story_id, release_id);
