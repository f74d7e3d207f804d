/*
what = "Signs of people who became urban on paper only (被城镇化), by place."
unit = "persons, moves or a share"
source = "stats.urban_change, stats.village, police_move_in, police_move_out, relocation_roll, police_resident"
reading = """\
Places, never people; each is a question to the place. A rise is looked at where there is one. A village is recoded by as many as its \
persons with a rural code lost while those with an urban one gained: what moved in or out changes one of them alone. A special area asks \
for residents, the register knows registrations. Round trips are those that began within the days before a cut-off day, 30 November or 31 \
December, and ended after it. Whether anybody wanted to become urban is for people to ask, not for figures."""
since = "2026-11"
parameters = ["paper_share", "special_area_least", "bulk_moves", "round_trip_days", "one_way_least"]
*/
WITH newest AS (
    SELECT max(period_to) AS seen_on
    FROM stats.period
),

rise AS (
    SELECT
        whole.period_to,
        whole.county_code,
        whole.rise,
        coalesce(sum(part.points), 0) AS paper
    FROM stats.urbanisation AS whole
    INNER JOIN stats.period AS period ON whole.period_to = period.period_to AND (period.is_year OR period.is_newest)
    LEFT JOIN stats.urban_change AS part
        ON
            whole.period_to = part.period_to
            AND whole.county_code = part.county_code
            AND part.part IN ('village_rebuild', 'code_change')
    WHERE whole.county_code <> 'all' AND whole.rise > 0
    GROUP BY whole.period_to, whole.county_code, whole.rise
),

night_before AS (
    SELECT max(as_of) AS as_of
    FROM stats.village
    WHERE date_trunc('month', as_of) < date_trunc('month', CAST($as_of AS DATE))
),

two_nights AS (
    SELECT
        CAST($as_of AS DATE) AS as_of,
        1 AS sign
    FROM night_before
    WHERE as_of IS NOT NULL
    UNION ALL
    SELECT
        as_of,
        -1 AS sign
    FROM night_before
),

village AS (
    SELECT
        village.station_code,
        village.community_code,
        sum(CASE WHEN village.urban_rural_code LIKE '1%' THEN village.persons ELSE 0 END * night.sign) AS urban,
        sum(CASE WHEN village.urban_rural_code LIKE '2%' THEN village.persons ELSE 0 END * night.sign) AS rural
    FROM stats.village AS village
    INNER JOIN two_nights AS night ON village.as_of = night.as_of
    GROUP BY village.station_code, village.community_code
),

bulk AS (
    SELECT
        counted.happened_on,
        counted.county_code,
        counted.station_code,
        count(*) AS moves
    FROM counted_event AS counted
    INNER JOIN std.police_move_in AS entry ON counted.record_type = 'police_move_in' AND counted.record_key = entry.event_id
    WHERE counted.happened_on > (SELECT min(period_to) FROM stats.period)
    GROUP BY counted.happened_on, counted.county_code, counted.station_code, entry.household_no, entry.move_reason
    HAVING count(*) > $bulk_moves
),

cut_off AS (
    SELECT DISTINCT
        unnest([CAST(concat(year(period_to), '-11-30') AS DATE), CAST(concat(year(period_to), '-12-31') AS DATE)]) AS counted_on
    FROM stats.period
),

round_trip AS (
    SELECT
        cut_off.counted_on,
        came.county_code,
        came.station_code,
        count(DISTINCT came.registration_id) AS moves
    FROM counted_event AS came
    INNER JOIN counted_event AS went
        ON
            came.registration_id = went.registration_id
            AND went.happened_on BETWEEN came.happened_on AND came.happened_on + CAST($round_trip_days AS INTEGER)
    INNER JOIN cut_off ON cut_off.counted_on BETWEEN came.happened_on AND went.happened_on
    WHERE came.movement = 'move_in' AND went.movement = 'move_out'
    GROUP BY cut_off.counted_on, came.county_code, came.station_code
),

twice AS (
    SELECT
        year(came.happened_on) AS year,
        came.county_code,
        count(DISTINCT came.registration_id) AS persons
    FROM counted_event AS came
    INNER JOIN link.person AS person ON came.registration_id = person.registration_id
    INNER JOIN link.relocation AS moved ON person.person_id = moved.person_id AND moved.tier <> 'D'
    WHERE
        came.movement = 'move_in'
        AND came.move_reason = 'relocation'
        AND came.urban_rural = 'urban'
        AND came.origin_urban_rural = 'rural'
    GROUP BY year(came.happened_on), came.county_code
),

correction AS (
    SELECT
        year(happened_on) AS year,
        county_code,
        station_code,
        count(*) AS corrections,
        count(CASE WHEN is_entry THEN 1 END) AS gained
    FROM register_change
    WHERE urban_rural_code LIKE '1%' AND kind IN ('restored', 'other', 'adoption', 'late_birth', 'duplicate', 'fictitious')
    GROUP BY year(happened_on), county_code, station_code
    HAVING count(*) >= $one_way_least
),

last_day AS (
    SELECT
        year(period_to) AS year,
        max(period_to) AS period_to
    FROM stats.period
    GROUP BY year(period_to)
),

sign AS (
    SELECT
        'rise_from_codes' AS check_name,
        period_to,
        county_code,
        CAST(NULL AS VARCHAR) AS station_code,
        CAST(NULL AS VARCHAR) AS community_code,
        CAST(greatest(paper, 0) / rise AS DOUBLE) AS found,
        CAST($paper_share AS DOUBLE) AS threshold,
        CAST(NULL AS VARCHAR) AS missing
    FROM rise
    UNION ALL
    SELECT
        'village_recoded' AS check_name,
        newest.seen_on AS period_to,
        station.county_code,
        village.station_code,
        village.community_code,
        CAST(least(village.urban, -village.rural) AS DOUBLE) AS found,
        1 AS threshold,
        NULL AS missing
    FROM village
    CROSS JOIN newest
    INNER JOIN std.station AS station ON village.station_code = station.station_code
    WHERE village.urban > 0 AND village.rural < 0
    UNION ALL
    SELECT
        'village_recoded' AS check_name,
        newest.seen_on AS period_to,
        county.county_code,
        NULL AS station_code,
        NULL AS community_code,
        NULL AS found,
        1 AS threshold,
        'no_earlier_night' AS missing
    FROM newest
    CROSS JOIN scope.county AS county
    INNER JOIN night_before ON night_before.as_of IS NULL
    UNION ALL
    SELECT
        'special_area_small' AS check_name,
        newest.seen_on AS period_to,
        station.county_code,
        village.station_code,
        village.community_code,
        CAST(village.persons AS DOUBLE) AS found,
        CAST($special_area_least AS DOUBLE) AS threshold,
        NULL AS missing
    FROM stats.village AS village
    CROSS JOIN newest
    INNER JOIN std.station AS station ON village.station_code = station.station_code
    WHERE village.as_of = $as_of AND village.urban_rural_code = '123'
    UNION ALL
    SELECT
        'bulk_moves' AS check_name,
        happened_on AS period_to,
        county_code,
        station_code,
        NULL AS community_code,
        CAST(moves AS DOUBLE) AS found,
        CAST($bulk_moves AS DOUBLE) AS threshold,
        NULL AS missing
    FROM bulk
    UNION ALL
    SELECT
        'round_trips' AS check_name,
        counted_on AS period_to,
        county_code,
        station_code,
        NULL AS community_code,
        CAST(moves AS DOUBLE) AS found,
        1 AS threshold,
        NULL AS missing
    FROM round_trip
    UNION ALL
    SELECT
        'counted_twice' AS check_name,
        last_day.period_to,
        twice.county_code,
        NULL AS station_code,
        NULL AS community_code,
        CAST(twice.persons AS DOUBLE) AS found,
        NULL AS threshold,
        NULL AS missing
    FROM twice
    INNER JOIN last_day ON twice.year = last_day.year
    UNION ALL
    SELECT
        'one_way' AS check_name,
        last_day.period_to,
        correction.county_code,
        correction.station_code,
        NULL AS community_code,
        CAST(greatest(correction.gained, correction.corrections - correction.gained) AS DOUBLE) / correction.corrections AS found,
        1 AS threshold,
        NULL AS missing
    FROM correction
    INNER JOIN last_day ON correction.year = last_day.year
)

SELECT
    check_name,
    period_to,
    county_code,
    station_code,
    community_code,
    found,
    threshold,
    coalesce(CASE check_name WHEN 'special_area_small' THEN found <= threshold ELSE found >= threshold END, FALSE) AS is_question,
    missing
FROM sign
ORDER BY check_name, period_to, county_code, station_code, community_code
