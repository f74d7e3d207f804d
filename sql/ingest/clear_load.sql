-- What a load left behind, before it is repeated.
DELETE FROM ops.reject WHERE load_id = $load_id;
DELETE FROM ref.profile_code WHERE load_id = $load_id;

-- What was standardised from it may have been read otherwise.
DELETE FROM ops.standardised
WHERE extract IN (SELECT load.extract FROM ops.load AS load WHERE load.load_id = $load_id);
