-- Tables of the linkage that do not derive from a job; the pair tables are made from their job's comparisons.

CREATE TABLE IF NOT EXISTS link.name (
    name_key VARCHAR,
    name_sound VARCHAR,
    bearers BIGINT
);
COMMENT ON TABLE link.name IS 'Each folded name once: how it sounds, and how many registrations bear it.';

CREATE OR REPLACE VIEW link.record AS
SELECT
    r.*,
    n.name_sound
FROM (
    SELECT
        'police_resident' AS record_type,
        registration_id AS record_key,
        registration_id,
        cancel_kind IS NULL AS is_active,
        name,
        name_key,
        former_names_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        father_name_key,
        father_id,
        mother_name_key,
        mother_id,
        spouse_name_key,
        spouse_id,
        address_text_key AS address_key,
        left(station_code, 6) AS area_code,
        station_code,
        CAST(NULL AS DATE) AS death_date,
        CAST(NULL AS VARCHAR) AS death_cert_no,
        CAST(NULL AS INTEGER) AS age
    FROM std.police_resident
    UNION ALL
    SELECT
        'health_death' AS record_type,
        death_cert_no AS record_key,
        NULL AS registration_id,
        FALSE AS is_active,
        name,
        name_key,
        NULL AS former_names_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        NULL AS father_name_key,
        NULL AS father_id,
        NULL AS mother_name_key,
        NULL AS mother_id,
        NULL AS spouse_name_key,
        NULL AS spouse_id,
        registered_address_text_key AS address_key,
        registered_address_code AS area_code,
        NULL AS station_code,
        death_date,
        death_cert_no,
        age
    FROM std.health_death
    WHERE NOT coalesce(voided, FALSE)
    UNION ALL
    SELECT
        'civil_cremation' AS record_type,
        cremation_cert_no AS record_key,
        NULL AS registration_id,
        FALSE AS is_active,
        name,
        name_key,
        NULL AS former_names_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        NULL AS father_name_key,
        NULL AS father_id,
        NULL AS mother_name_key,
        NULL AS mother_id,
        NULL AS spouse_name_key,
        NULL AS spouse_id,
        registered_address_text_key AS address_key,
        registered_address_code AS area_code,
        NULL AS station_code,
        death_date,
        death_cert_no,
        age
    FROM std.civil_cremation
    UNION ALL
    SELECT
        'relocation_roll' AS record_type,
        roll_no AS record_key,
        NULL AS registration_id,
        FALSE AS is_active,
        name,
        name_key,
        NULL AS former_names_key,
        sex,
        birth_date,
        citizen_id,
        citizen_id_state,
        NULL AS father_name_key,
        NULL AS father_id,
        NULL AS mother_name_key,
        NULL AS mother_id,
        NULL AS spouse_name_key,
        NULL AS spouse_id,
        NULL AS address_key,
        NULL AS area_code,
        NULL AS station_code,
        CAST(NULL AS DATE) AS death_date,
        NULL AS death_cert_no,
        CAST(NULL AS INTEGER) AS age
    FROM std.relocation_roll
) AS r
LEFT JOIN link.name AS n ON r.name_key = n.name_key;
COMMENT ON VIEW link.record IS 'Every record that takes part in linkage, in one form; reversed and voided rows are left out.';

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

CREATE OR REPLACE VIEW link.death_evidence AS
SELECT
    source.registration_id,
    source.record_type,
    source.record_key,
    source.death_date,
    source.tier,
    source.probability
FROM (
    SELECT
        registration_id,
        'health_death' AS record_type,
        health_key AS record_key,
        death_date,
        tier,
        probability
    FROM link.death
    WHERE health_key IS NOT NULL AND registration_id IS NOT NULL
    UNION ALL
    SELECT
        registration_id,
        'civil_cremation' AS record_type,
        cremation_key AS record_key,
        death_date,
        tier,
        probability
    FROM link.death
    WHERE cremation_key IS NOT NULL AND registration_id IS NOT NULL
) AS source
LEFT JOIN link.death_conflict AS conflict ON source.record_type = conflict.record_type AND source.record_key = conflict.record_key
WHERE conflict.record_key IS NULL;
COMMENT ON VIEW link.death_evidence IS 'Records that say a person died, and the subject registration; records in conflict are left out.';

CREATE TABLE IF NOT EXISTS link.police_death (
    event_id VARCHAR,
    person_id VARCHAR
);
COMMENT ON TABLE link.police_death IS 'Deaths the police registered, by person; an event that leads to no registration is not here.';

CREATE TABLE IF NOT EXISTS link.police_death_source (
    event_id VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR,
    tier VARCHAR,
    probability DOUBLE
);
COMMENT ON TABLE link.police_death_source IS 'Health deaths and cremations of a police death, by person or by the certificate it quotes.';

CREATE TABLE IF NOT EXISTS link.relocation (
    roll_no VARCHAR,
    person_id VARCHAR,
    tier VARCHAR,
    probability DOUBLE
);
COMMENT ON TABLE link.relocation IS 'Entries of the relocation roll by person; an entry that nobody clearly matches is not here.';

CREATE TABLE IF NOT EXISTS link.subject_registration (
    person_id VARCHAR,
    registration_id VARCHAR
);
COMMENT ON TABLE link.subject_registration IS 'Of the dead and of those on the roll: the active registration, else the one cancelled last.';

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
