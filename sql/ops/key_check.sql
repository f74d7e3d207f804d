-- Digest of the key that the findings were numbered with, and how many there are.
SELECT
    state.key_check,
    (SELECT count(*) FROM find.finding) AS findings
FROM ops.state AS state
