-- Superseded loads take their rejects, which hold rows as delivered, and what their profiles said with them, as their rows in raw.
DELETE FROM ops.reject
WHERE load_id IN (SELECT load.load_id FROM ops.load AS load WHERE load.superseded);

DELETE FROM ref.profile_code
WHERE load_id IN (SELECT load.load_id FROM ops.load AS load WHERE load.superseded);
