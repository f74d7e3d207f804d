-- What tonight's lists show: worklist_row (finding, record, list), worklist_place (finding, list, its place there), worklist_named.
-- Nothing of tier D, nothing that was settled. A finding that a station has answered (confirmed, undetermined) is quiet until it is due;
-- still found then, it comes back. A station that said that a finding is not its own gets none of its rows: they go to the station it
-- named, else to another one of the finding, else to the operator.
CREATE OR REPLACE TEMP TABLE worklist_row AS
WITH subject AS (
    SELECT DISTINCT
        subject.finding_id,
        subject.record_type,
        subject.record_key,
        subject.role,
        finding.agency,
        source.agency AS source_agency,
        coalesce(subject.station_code, finding.station_code) AS stated_code,
        CASE
            WHEN route.finding_id IS NULL THEN coalesce(subject.station_code, finding.station_code)
            ELSE coalesce(route.to_station, finding.station_code)
        END AS asked_code,
        max(CASE WHEN subject.record_type = 'police_resident' THEN 1 ELSE 0 END) OVER (PARTITION BY subject.finding_id)
            AS names_registration
    FROM find.subject AS subject
    INNER JOIN find.finding AS finding ON subject.finding_id = finding.finding_id
    INNER JOIN worklist_source AS source ON subject.record_type = source.record_type
    LEFT JOIN find.route AS route ON subject.finding_id = route.finding_id AND subject.station_code = route.from_station
    WHERE
        coalesce(finding.tier, 'A') <> 'D'
        AND (
            finding.status IN ('open', 'reopened')
            OR (finding.status IN ('confirmed', 'undetermined') AND finding.due_on < $as_of)
        )
)

-- Where registrations are subjects, only they get rows on the lists of stations: the other record stands beside them.
SELECT
    subject.finding_id,
    subject.record_type,
    subject.record_key,
    subject.role,
    subject.stated_code,
    coalesce(station.station_code, 'unrouted') AS recipient,
    station.station_name
FROM subject
LEFT JOIN std.station AS station ON subject.asked_code = station.station_code
WHERE subject.agency LIKE '%police%' AND (subject.names_registration = 0 OR subject.record_type = 'police_resident')
UNION ALL
-- Another agency gets its own records; where the finding is its alone, those that it is about.
SELECT
    subject.finding_id,
    subject.record_type,
    subject.record_key,
    subject.role,
    subject.stated_code,
    CASE WHEN subject.agency LIKE '%police%' THEN subject.source_agency ELSE subject.agency END AS recipient,
    NULL AS station_name
FROM subject
WHERE
    subject.agency IN ('health', 'civil_affairs')
    OR (subject.source_agency IN ('health', 'civil_affairs') AND strpos(subject.agency, subject.source_agency) > 0);

-- The one order of every list: harm and certainty (priority: that of the rule, plus a step for a weak tier), then what the list showed
-- already, then age (what is due first, then what was found first), then confidence. What exceeds the list's limit waits.
CREATE OR REPLACE TEMP TABLE worklist_place AS
WITH item AS (
    SELECT
        recipient,
        finding_id,
        count(*) AS rows_on_list
    FROM worklist_row
    GROUP BY recipient, finding_id
),

known AS (
    SELECT
        finding_id,
        recipient,
        listed_on,
        due_on
    FROM find.listing
    WHERE as_of = (SELECT max(former.as_of) FROM find.listing AS former WHERE former.as_of < $as_of)
),

dated AS (
    SELECT
        item.recipient,
        item.finding_id,
        item.rows_on_list,
        finding.status,
        finding.priority,
        finding.confidence,
        finding.first_seen_on,
        known.listed_on AS known_since,
        coalesce(known.listed_on, $as_of) AS listed_on,
        CASE
            WHEN known.listed_on IS NULL AND finding.status IN ('open', 'reopened') THEN cast($as_of AS DATE) + rule.due_days
            ELSE greatest(known.due_on, finding.due_on)
        END AS due_on
    FROM item
    INNER JOIN find.finding AS finding ON item.finding_id = finding.finding_id
    INNER JOIN worklist_rule AS rule ON finding.finding_type = rule.finding_type
    LEFT JOIN known ON item.finding_id = known.finding_id AND item.recipient = known.recipient
),

placed AS (
    SELECT
        recipient,
        finding_id,
        rows_on_list,
        listed_on,
        due_on,
        CASE
            WHEN due_on < $as_of THEN 'overdue'
            WHEN status = 'reopened' THEN 'reopened'
            WHEN known_since IS NULL THEN 'new'
            ELSE 'still_open'
        END AS standing,
        row_number() OVER urgency AS place,
        sum(rows_on_list) OVER urgency AS rows_so_far
    FROM dated
    WINDOW
        urgency AS (
            PARTITION BY recipient
            ORDER BY
                priority ASC,
                CASE WHEN known_since IS NULL THEN 1 ELSE 0 END ASC,
                due_on ASC,
                first_seen_on ASC,
                confidence DESC,
                finding_id ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
)

SELECT
    *,
    -- The first finding is never cut in two; what nobody could be asked is the operator's to route, all of it.
    place = 1 OR recipient = 'unrouted' OR rows_so_far <= CASE
        WHEN recipient IN ('health', 'civil_affairs') THEN $max_rows_per_agency
        ELSE $max_rows_per_station
    END AS is_listed
FROM placed;

CREATE OR REPLACE TEMP TABLE worklist_named AS
WITH listed AS (
    SELECT DISTINCT finding_id
    FROM worklist_place
    WHERE is_listed
)

SELECT
    subject.finding_id,
    subject.record_type,
    subject.record_key
FROM find.subject AS subject
INNER JOIN listed ON subject.finding_id = listed.finding_id
UNION
SELECT
    evidence.finding_id,
    evidence.record_type,
    evidence.record_key
FROM find.evidence AS evidence
INNER JOIN listed ON evidence.finding_id = listed.finding_id;
