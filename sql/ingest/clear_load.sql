-- What a load left behind, before it is repeated.
DELETE FROM ops.reject WHERE load_id = $load_id;
DELETE FROM ref.profile_code WHERE load_id = $load_id;
