-- Totals were rows among those they are the sum of; the table of numbers that a finding goes on under had the name of something else.
CREATE TABLE stats.night_total AS
SELECT *
FROM stats.night
WHERE finding_type = 'all' OR station_code = 'all'
ORDER BY as_of, finding_type, station_code;

DELETE FROM stats.night
WHERE finding_type = 'all' OR station_code = 'all';

ALTER TABLE find.lineage RENAME TO renumbered;
