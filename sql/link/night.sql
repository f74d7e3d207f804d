-- Tables of one night's linkage, made anew: the model that decided, and what the night measured.

-- The model is a file, <home>/models/<version>.json; this is the one that decided tonight.
CREATE OR REPLACE TABLE link.model (
    version VARCHAR,
    learned_from VARCHAR,
    job VARCHAR,
    field VARCHAR,
    level VARCHAR,
    m DOUBLE,
    u DOUBLE,
    share DOUBLE,
    correction DOUBLE,
    weight DOUBLE
);
COMMENT ON TABLE link.model IS
'Weight (bits) of each comparison level; field prior is what a pair weighs before. A level may end in a name frequency.';
COMMENT ON COLUMN link.model.learned_from IS
'numbers: pairs that a number or certificate proves; agreement: an unsupervised fit, whose pairs are for analysts only.';
COMMENT ON COLUMN link.model.m IS 'Share of the level among pairs of one person.';
COMMENT ON COLUMN link.model.u IS 'Share of the level among pairs of two persons.';
COMMENT ON COLUMN link.model.share IS 'Share of the level among candidate pairs when the model was trained; drift is measured against it.';
COMMENT ON COLUMN link.model.correction IS 'Bits that calibration adds, because fields that depend on each other count twice.';
COMMENT ON COLUMN link.model.weight IS 'log2 m/u and the correction.';

CREATE OR REPLACE TABLE stats.calibration (
    job VARCHAR,
    probability_from DOUBLE,
    probability_to DOUBLE,
    pairs BIGINT,
    expected DOUBLE,
    observed DOUBLE
);
COMMENT ON TABLE stats.calibration IS
'Pairs whose truth their numbers tell, scored without. expected: their mean probability; observed: the share that is true.';

CREATE OR REPLACE TABLE stats.drift (
    job VARCHAR,
    field VARCHAR,
    level VARCHAR,
    share_trained DOUBLE,
    share_tonight DOUBLE,
    psi DOUBLE
);
COMMENT ON TABLE stats.drift IS
'Share of each level among candidate pairs, when the model was trained and tonight; psi is of the whole field.';

CREATE OR REPLACE TABLE stats.blocking (
    job VARCHAR,
    pass VARCHAR,
    pairs BIGINT,
    pairs_alone BIGINT,
    matches BIGINT,
    matches_alone BIGINT,
    completeness DOUBLE
);
COMMENT ON TABLE stats.blocking IS
'What each blocking pass finds, and what it alone finds; pass all is their union. completeness is estimated without truth.';

CREATE OR REPLACE TABLE stats.score (
    job VARCHAR,
    bits_from INTEGER,
    pairs BIGINT,
    matches BIGINT
);
COMMENT ON TABLE stats.score IS 'Candidate pairs by match weight, in steps of one bit; matches are those the rules call one person.';
