-- For each row of a list the other records of its finding: reference, dates, and values that differ from the row's record.
-- A number differs when both records could bear one; a name when the folded names differ; sex when one is male and one female.
-- What is said of a member of the family is not compared. Where a record of another station lives is not that list's business.
WITH pair AS (
    SELECT DISTINCT
        mine.recipient,
        mine.finding_id,
        mine.record_type,
        mine.record_key,
        named.record_type AS other_type,
        named.record_key AS other_key,
        strpos(rule.kin, named.record_type) > 0 AS is_kin
    FROM worklist_row AS mine
    INNER JOIN find.finding AS finding ON mine.finding_id = finding.finding_id
    INNER JOIN worklist_rule AS rule ON finding.finding_type = rule.finding_type
    INNER JOIN worklist_named AS named
        ON
            mine.finding_id = named.finding_id
            AND (mine.record_type <> named.record_type OR mine.record_key <> named.record_key)
)

SELECT
    pair.*,
    other.station_code AS other_station,
    station.station_name AS other_station_name,
    coalesce(other.station_code = pair.recipient, FALSE) AS is_same_station,
    other.name AS shown_name,
    CASE WHEN NOT pair.is_kin THEN other.birth_date END AS shown_birth_date,
    CASE WHEN other.station_code = pair.recipient THEN other.household_no END AS shown_household_no,
    CASE WHEN other.station_code = pair.recipient AND NOT pair.is_kin THEN other.address_text END AS shown_address,
    other.death_date AS other_death_date,
    other.event_field,
    other.event_on,
    CASE WHEN other.name_key <> own.name_key THEN own.name END AS name,
    CASE WHEN other.name_key <> own.name_key THEN other.name END AS other_name,
    CASE WHEN own.sex || other.sex IN ('12', '21') THEN own.sex END AS sex,
    CASE WHEN own.sex || other.sex IN ('12', '21') THEN other.sex END AS other_sex,
    CASE WHEN other.birth_date <> own.birth_date THEN own.birth_date END AS birth_date,
    CASE WHEN other.birth_date <> own.birth_date THEN other.birth_date END AS other_birth_date,
    CASE
        WHEN own.has_number AND other.has_number AND coalesce(other.citizen_id, '') <> coalesce(own.citizen_id, '')
            THEN coalesce(nullif(trim(own.number), ''), '无')
    END AS number,
    CASE
        WHEN own.has_number AND other.has_number AND coalesce(other.citizen_id, '') <> coalesce(own.citizen_id, '')
            THEN coalesce(nullif(trim(other.number), ''), '无')
    END AS other_number,
    CASE WHEN other.father_name_key <> own.father_name_key THEN own.father_name END AS father_name,
    CASE WHEN other.father_name_key <> own.father_name_key THEN other.father_name END AS other_father_name,
    CASE WHEN other.mother_name_key <> own.mother_name_key THEN own.mother_name END AS mother_name,
    CASE WHEN other.mother_name_key <> own.mother_name_key THEN other.mother_name END AS other_mother_name,
    CASE WHEN other.spouse_name_key <> own.spouse_name_key THEN own.spouse_name END AS spouse_name,
    CASE WHEN other.spouse_name_key <> own.spouse_name_key THEN other.spouse_name END AS other_spouse_name,
    CASE WHEN other.death_date <> own.death_date THEN own.death_date END AS death_date
FROM pair
INNER JOIN worklist_record AS own ON pair.record_type = own.record_type AND pair.record_key = own.record_key
INNER JOIN worklist_record AS other ON pair.other_type = other.record_type AND pair.other_key = other.record_key
LEFT JOIN std.station AS station ON other.station_code = station.station_code
ORDER BY pair.recipient, pair.finding_id, pair.record_type, pair.record_key, pair.other_type, pair.other_key
