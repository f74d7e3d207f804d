-- A snapshot makes way for a newer one: for a later date, or for the same file sent again.
UPDATE ops.load
SET superseded = TRUE
WHERE
    extract = $extract
    AND NOT superseded
    AND (
        delivered_on < $delivered_on
        OR (file = $file AND load_id < $load_id)
    );
-- Its rejects hold rows as delivered and go with it, as its rows in raw do.
DELETE FROM ops.reject
WHERE load_id IN (SELECT load_id FROM ops.load WHERE extract = $extract AND superseded);
DELETE FROM ref.profile_code
WHERE load_id IN (SELECT load_id FROM ops.load WHERE extract = $extract AND superseded);
