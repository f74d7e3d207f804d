-- Tables of figures: they hold counts and shares, no person and no officer.

CREATE TABLE IF NOT EXISTS stats.night (
    as_of DATE,
    finding_type VARCHAR,
    station_code VARCHAR,
    found BIGINT,
    open BIGINT,
    analysts_only BIGINT,
    overdue BIGINT,
    waiting BIGINT,
    new BIGINT,
    reopened BIGINT,
    resolved BIGINT,
    dismissed BIGINT,
    closed BIGINT,
    answered BIGINT,
    median_days_to_answer DOUBLE,
    confirmed_share DOUBLE,
    dismissed_share DOUBLE
);
COMMENT ON TABLE stats.night IS
'Findings in counts per night, type and station; rows with all are totals, not to be added to the others.';
COMMENT ON COLUMN stats.night.finding_type IS 'Type of finding, or all.';
COMMENT ON COLUMN stats.night.station_code IS 'Station of the finding, unrouted where nobody can be asked, or all.';
COMMENT ON COLUMN stats.night.found IS 'Findings the night still sees, whatever was answered.';
COMMENT ON COLUMN stats.night.open IS 'Of tiers A to C, open or reopened: what stations are asked.';
COMMENT ON COLUMN stats.night.analysts_only IS 'Of tier D, open or reopened: on no list.';
COMMENT ON COLUMN stats.night.overdue IS 'Open ones whose due_on has passed.';
COMMENT ON COLUMN stats.night.waiting IS 'Open ones that no list has room for yet: due on no day.';
COMMENT ON COLUMN stats.night.new IS 'First seen this night.';
COMMENT ON COLUMN stats.night.reopened IS 'Reopened this night: found again, or other evidence than what was dismissed.';
COMMENT ON COLUMN stats.night.resolved IS 'No longer found since this night.';
COMMENT ON COLUMN stats.night.dismissed IS 'Became quiet this night, because a station said it is no error.';
COMMENT ON COLUMN stats.night.closed IS 'Neither open nor reopened: answered, or no longer found; all nights so far.';
COMMENT ON COLUMN stats.night.answered IS 'Findings with an answer, of all nights so far; that it belongs to another station is none.';
COMMENT ON COLUMN stats.night.median_days_to_answer IS
'Days from first_seen_on to the first answer, waiting included, 0 at least; empty without answers.';
COMMENT ON COLUMN stats.night.confirmed_share IS
'Measured precision: confirmed or corrected, as a share of these and not_an_error; empty without such answers.';
COMMENT ON COLUMN stats.night.dismissed_share IS 'Share of the answered that are not_an_error; empty without answers.';
