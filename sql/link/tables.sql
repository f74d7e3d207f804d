-- Tables of the linkage that do not derive from a job; the pair tables are made from their job's comparisons.

CREATE TABLE IF NOT EXISTS link.record (
    record_no INTEGER,
    record_type VARCHAR,
    record_key VARCHAR,
    registration_id VARCHAR,
    is_active BOOLEAN,
    name VARCHAR,
    name_key VARCHAR,
    name_sound VARCHAR,
    former_names_key VARCHAR,
    sex VARCHAR,
    birth_date DATE,
    citizen_id VARCHAR,
    citizen_id_state VARCHAR,
    father_name_key VARCHAR,
    father_id VARCHAR,
    mother_name_key VARCHAR,
    mother_id VARCHAR,
    spouse_name_key VARCHAR,
    spouse_id VARCHAR,
    address_key VARCHAR,
    area_code VARCHAR,
    station_code VARCHAR,
    death_date DATE,
    death_cert_no VARCHAR,
    age INTEGER
);
COMMENT ON TABLE link.record IS 'Every record that takes part in linkage, in one form; reversed and voided rows are left out.';

CREATE TABLE IF NOT EXISTS link.name (
    name_key VARCHAR,
    name_sound VARCHAR,
    bearers BIGINT
);
COMMENT ON TABLE link.name IS 'Each folded name once: how it sounds, and how many registrations bear it.';

CREATE TABLE IF NOT EXISTS link.person (
    registration_id VARCHAR,
    person_id VARCHAR
);
COMMENT ON TABLE link.person IS 'Registration to person; person_id is the smallest registration_id of the person.';

CREATE TABLE IF NOT EXISTS link.death (
    death_id VARCHAR,
    health_key VARCHAR,
    cremation_key VARCHAR,
    death_date DATE,
    registration_id VARCHAR,
    tier VARCHAR,
    probability DOUBLE
);
COMMENT ON TABLE link.death IS 'One row per death: health death and cremation merged, and the subject registration of the person who died.';

CREATE TABLE IF NOT EXISTS link.death_conflict (
    record_type VARCHAR,
    record_key VARCHAR,
    registration_id VARCHAR
);
COMMENT ON TABLE link.death_conflict IS 'Death records whose number points at a registration that name, birth date and sex contradict.';

CREATE TABLE IF NOT EXISTS link.activity (
    registration_id VARCHAR,
    kind VARCHAR,
    activity_on DATE,
    record_type VARCHAR,
    record_key VARCHAR
);
COMMENT ON TABLE link.activity IS 'Signs of life of the person of a registration: moves, identity cards, children born.';

CREATE TABLE IF NOT EXISTS link.model (
    job VARCHAR,
    field VARCHAR,
    level VARCHAR,
    m DOUBLE,
    u DOUBLE,
    weight DOUBLE,
    version VARCHAR
);
COMMENT ON TABLE link.model IS 'Weight (log2 m/u) of each comparison level; field prior is the weight a pair has before it is compared.';
