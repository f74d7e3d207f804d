-- Returned lists that a night or a command has taken in.
SELECT sha256 FROM ops.load WHERE extract = 'verification_result' AND part = 'returned'
