-- Tables of the linkage that do not derive from a job; the pair tables are made from their job's comparisons.

CREATE TABLE IF NOT EXISTS link.name (
    name_key VARCHAR,
    name_sound VARCHAR,
    bearers BIGINT
);
COMMENT ON TABLE link.name IS 'Each folded name once: how it sounds, and how many registrations bear it.';
COMMENT ON COLUMN link.name.name_key IS 'Folded name.';
COMMENT ON COLUMN link.name.name_sound IS 'How it sounds: each character replaced by the one that stands for its syllable, tones aside.';

CREATE TABLE IF NOT EXISTS link.name_frequency (
    name_key VARCHAR,
    decade INTEGER,
    bearers BIGINT
);
COMMENT ON TABLE link.name_frequency IS
'Names that are not rare: registrations that bear them, by decade of birth and, without a decade, in the whole register.';

CREATE TABLE IF NOT EXISTS link.filler (
    record_type VARCHAR,
    column_name VARCHAR,
    value VARCHAR,
    share DOUBLE
);
COMMENT ON TABLE link.filler IS 'Values that so many records carry that they stand for unknown tonight; linkage takes them for missing.';
COMMENT ON COLUMN link.filler.value IS 'The value that fills. A placeholder, a date or a code, not what is known of a person.';

CREATE TABLE IF NOT EXISTS link.birth_certificate (
    birth_cert_no VARCHAR,
    in_force_no VARCHAR
);
COMMENT ON TABLE link.birth_certificate IS
'Every number of a birth certificate that health knows, and the certificate that is in force in its place; null where it was voided.';
COMMENT ON COLUMN link.birth_certificate.in_force_no IS 'Last certificate of its chain of replacements; empty where that was voided.';

CREATE TABLE IF NOT EXISTS link.person (
    registration_id VARCHAR,
    person_id VARCHAR,
    first_seen_on DATE
);
ALTER TABLE link.person ADD COLUMN IF NOT EXISTS first_seen_on DATE;
COMMENT ON TABLE link.person IS 'Registration to person; the id of a person lives on while registrations come and go.';
COMMENT ON COLUMN link.person.first_seen_on IS 'Night the registration was first seen; empty: before nights were noted.';

CREATE TABLE IF NOT EXISTS link.person_history (
    registration_id VARCHAR,
    as_of DATE,
    run_id VARCHAR,
    change VARCHAR,
    person_id VARCHAR,
    other_id VARCHAR,
    registrations BIGINT
);
COMMENT ON TABLE link.person_history IS
'Registrations that changed their person. On a night it is of the person of its last row up to then, before its first row of its own id.';
COMMENT ON COLUMN link.person_history.change IS
'joined: a new registration of a known person; merged: its person became one with another; split: it is of a person founded that night.';
COMMENT ON COLUMN link.person_history.other_id IS 'Person it was of before.';
COMMENT ON COLUMN link.person_history.registrations IS 'Registrations of the person that night.';

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
COMMENT ON COLUMN link.death.death_id IS 'Key of the death: record_type:record_key of the health record, else of the cremation.';
COMMENT ON COLUMN link.death.health_key IS 'death_cert_no of the health death.';
COMMENT ON COLUMN link.death.cremation_key IS 'cremation_cert_no of the cremation.';
COMMENT ON COLUMN link.death.registration_id IS 'Subject registration of the dead; empty where none clearly matches.';

CREATE TABLE IF NOT EXISTS link.death_conflict (
    record_type VARCHAR,
    record_key VARCHAR,
    registration_id VARCHAR
);
COMMENT ON TABLE link.death_conflict IS 'Death records whose number points at a registration that name, birth date and sex contradict.';
COMMENT ON COLUMN link.death_conflict.registration_id IS 'Registration that the number points at.';

CREATE TABLE IF NOT EXISTS link.event (
    record_type VARCHAR,
    record_key VARCHAR,
    registration_id VARCHAR,
    person_id VARCHAR,
    how VARCHAR,
    tier VARCHAR
);
COMMENT ON TABLE link.event IS
'Police births and moves by registration and person; how is registration_id, number or person. Reversed events are left out.';
COMMENT ON COLUMN link.event.how IS 'What led there: registration_id, number or person.';

CREATE TABLE IF NOT EXISTS link.birth (
    birth_cert_no VARCHAR,
    event_id VARCHAR,
    registration_id VARCHAR,
    how VARCHAR,
    tier VARCHAR,
    probability DOUBLE
);
COMMENT ON TABLE link.birth IS
'Birth certificates in force whose child is registered: birth event and subject registration; how is certificate, mother or parents.';
COMMENT ON COLUMN link.birth.event_id IS 'Birth event of the child, where there is one.';
COMMENT ON COLUMN link.birth.registration_id IS 'Subject registration of the child.';
COMMENT ON COLUMN link.birth.how IS 'What led there: certificate, mother or parents.';

CREATE TABLE IF NOT EXISTS link.infant_death (
    birth_cert_no VARCHAR,
    record_type VARCHAR,
    record_key VARCHAR
);
COMMENT ON TABLE link.infant_death IS 'Birth certificates in force without a registration, and death records that may be of the child.';

CREATE TABLE IF NOT EXISTS link.move (
    move_out_id VARCHAR,
    move_in_id VARCHAR,
    how VARCHAR,
    tier VARCHAR
);
COMMENT ON TABLE link.move IS 'Both ends of one move, one to one; how is certificate, permit, number or person.';
COMMENT ON COLUMN link.move.move_out_id IS 'Key of the move out, event_id of police_move_out.';
COMMENT ON COLUMN link.move.how IS 'What ties the two: certificate, permit, number or person.';

CREATE TABLE IF NOT EXISTS link.origin_active (
    move_in_id VARCHAR,
    moved_in_on DATE,
    person_id VARCHAR,
    registration_id VARCHAR,
    origin_id VARCHAR
);
COMMENT ON TABLE link.origin_active IS 'Moves within scope after which the person has an active registration at both ends, of any age.';
COMMENT ON COLUMN link.origin_active.registration_id IS 'Active registration at the new place.';
COMMENT ON COLUMN link.origin_active.origin_id IS 'Active registration at the place the person came from.';

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
COMMENT ON COLUMN link.activity.kind IS 'move_in, move_out, id_card, birth_as_mother or birth_as_father.';
COMMENT ON COLUMN link.activity.activity_on IS 'Day of the move, of the issue of the card, of the birth of the child.';

CREATE TABLE IF NOT EXISTS link.level (
    field VARCHAR,
    place INTEGER,
    level VARCHAR,
    meaning VARCHAR,
    sentence VARCHAR,
    words VARCHAR,
    differs BOOLEAN,
    is_filler BOOLEAN
);
COMMENT ON TABLE link.level IS 'Every level at which two records can stand in a field, what it means and says; queries ask this.';
COMMENT ON COLUMN link.level.place IS 'Order within the field, the strongest first.';
COMMENT ON COLUMN link.level.meaning IS
'What it means for the rules: agrees, tolerated (no contradiction, no error), slip (a known kind of error), contradicts, unknown.';
COMMENT ON COLUMN link.level.sentence IS 'What it says of the two values.';
COMMENT ON COLUMN link.level.words IS 'The same as a clerk reads it.';
COMMENT ON COLUMN link.level.differs IS 'The two values are not one; of one person one of them is wrong.';
COMMENT ON COLUMN link.level.is_filler IS 'One of the two values only stands for unknown.';
