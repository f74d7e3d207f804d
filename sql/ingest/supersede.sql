-- A snapshot makes way for a newer one: for a later date, or for the same file sent again.
-- Its rows stay until standardise has taken over what is the same in both.
UPDATE ops.load
SET superseded = TRUE
WHERE
    extract = $extract
    AND NOT superseded
    AND (
        delivered_on < $delivered_on
        OR (file = $file AND load_id < $load_id)
    );
