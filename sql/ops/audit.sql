-- Entries of the audit in their order, the time as the text that is sealed.
SELECT
    number,
    strftime(noted_at, '%Y-%m-%d %H:%M:%S') AS noted_at,
    command,
    account,
    decided_by,
    reason,
    program,
    settings,
    outcome,
    run_id,
    seal
FROM ops.audit
ORDER BY number
