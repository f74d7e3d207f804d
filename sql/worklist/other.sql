-- For each subject the other records of its finding: reference, dates, and values that differ from the subject's.
-- A number differs when both are known; a name when the folded names differ; sex when one is male and one female.
SELECT
    mine.finding_id,
    mine.record_type,
    mine.record_key,
    other.record_type AS other_type,
    other.record_key AS other_key,
    other.station_code AS other_station,
    station.station_name AS other_station_name,
    coalesce(other.station_code = own.station_code, FALSE) AS is_same_station,
    other.death_date AS other_death_date,
    other.event_field,
    other.event_on,
    CASE WHEN other.name_key <> own.name_key THEN own.name END AS name,
    CASE WHEN other.name_key <> own.name_key THEN other.name END AS other_name,
    CASE WHEN own.sex || other.sex IN ('12', '21') THEN own.sex END AS sex,
    CASE WHEN own.sex || other.sex IN ('12', '21') THEN other.sex END AS other_sex,
    CASE WHEN other.birth_date <> own.birth_date THEN own.birth_date END AS birth_date,
    CASE WHEN other.birth_date <> own.birth_date THEN other.birth_date END AS other_birth_date,
    CASE WHEN other.citizen_id <> own.citizen_id THEN own.number END AS number,
    CASE WHEN other.citizen_id <> own.citizen_id THEN other.number END AS other_number,
    CASE WHEN other.father_name_key <> own.father_name_key THEN own.father_name END AS father_name,
    CASE WHEN other.father_name_key <> own.father_name_key THEN other.father_name END AS other_father_name,
    CASE WHEN other.mother_name_key <> own.mother_name_key THEN own.mother_name END AS mother_name,
    CASE WHEN other.mother_name_key <> own.mother_name_key THEN other.mother_name END AS other_mother_name,
    CASE WHEN other.spouse_name_key <> own.spouse_name_key THEN own.spouse_name END AS spouse_name,
    CASE WHEN other.spouse_name_key <> own.spouse_name_key THEN other.spouse_name END AS other_spouse_name,
    CASE WHEN other.death_date <> own.death_date THEN own.death_date END AS death_date
FROM worklist_named AS mine
INNER JOIN worklist_named AS named
    ON
        mine.finding_id = named.finding_id
        AND (mine.record_type <> named.record_type OR mine.record_key <> named.record_key)
INNER JOIN worklist_record AS own ON mine.record_type = own.record_type AND mine.record_key = own.record_key
INNER JOIN worklist_record AS other ON named.record_type = other.record_type AND named.record_key = other.record_key
LEFT JOIN std.station AS station ON other.station_code = station.station_code
ORDER BY mine.finding_id, mine.record_type, mine.record_key, other.record_type, other.record_key
