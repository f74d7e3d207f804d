-- Answers to judge, filled by the caller: written_id is the finding number as it came, recipient whose list the file is by its name,
-- is_list whether it is a returned list.
CREATE OR REPLACE TEMP TABLE answer (
    finding_id VARCHAR,
    is_valid BOOLEAN,
    written_id VARCHAR,
    outcome VARCHAR,
    method VARCHAR,
    verified_on DATE,
    verified_by VARCHAR,
    station_code VARCHAR,
    recipient VARCHAR,
    is_list BOOLEAN,
    note VARCHAR,
    load_id BIGINT,
    file VARCHAR,
    line BIGINT
);
