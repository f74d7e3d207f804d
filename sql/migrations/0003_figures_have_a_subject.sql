-- The brake on volume holds the next night against the rows of the last one, so these figures are named anew; the others keep the names
-- they had.
ALTER TABLE ops.metric ADD COLUMN IF NOT EXISTS subject VARCHAR;

UPDATE ops.metric
SET
    subject = substr(name, 6),
    name = 'rows'
WHERE stage = 'publish' AND subject IS NULL AND starts_with(name, 'rows_');
