/*
letter = "H"
chinese = "户主异常"
sentence = "A family household with active members has no active head, or more than one."
why = "Every relation in a household is stated to its head. Without one, or with two, nobody can say who is whose child."
law = "户口登记条例 art. 5; GB/T 4761 codes 01 and 02"
agency = ["police"]
priority = 6
kin = ["police_resident"]
suggestion = "请核对该户的户主与家庭成员关系，由该户确定户主后办理变更。"

[reasons]
no_head = "该户（户号{household_no}）有{members}名在册成员，没有在册户主。"
several_heads = "该户（户号{household_no}）有{count}名在册户主。"
*/
-- A household none of whose members states a relation says nothing about its head; where only some do, the head may be among the others.
-- A head of whom nobody can read whether he is cancelled may be the active one.
WITH member AS (
    SELECT
        registration_id,
        birth_date,
        station_code,
        household_no,
        household_kind,
        relation_to_head,
        coalesce(relation_to_head IN ('01', '02'), FALSE) AS is_head
    FROM scope.resident
),

doubtful AS (
    SELECT DISTINCT
        station_code,
        household_no
    FROM scope.registration
    WHERE is_kind_unread AND NOT is_cancelled AND relation_to_head IN ('01', '02')
),

household AS (
    SELECT
        station_code,
        household_no,
        count(*) AS members,
        sum(CASE WHEN is_head THEN 1 ELSE 0 END) AS heads,
        count(relation_to_head) AS stated
    FROM member
    GROUP BY station_code, household_no
    HAVING
        min(household_kind) = '1'
        AND max(household_kind) = '1'
        AND count(relation_to_head) > 0
        AND sum(CASE WHEN is_head THEN 1 ELSE 0 END) <> 1
),

placed AS (
    SELECT
        member.*,
        household.members,
        household.heads,
        household.stated,
        row_number() OVER (
            PARTITION BY member.station_code, member.household_no
            ORDER BY member.birth_date ASC NULLS LAST, member.registration_id ASC
        ) AS place
    FROM household
    INNER JOIN member ON household.station_code = member.station_code AND household.household_no = member.household_no
    LEFT JOIN doubtful ON household.station_code = doubtful.station_code AND household.household_no = doubtful.household_no
    WHERE household.heads > 1 OR doubtful.household_no IS NULL
)

SELECT
    concat(station_code, '|', household_no) AS problem,
    CASE heads WHEN 0 THEN 'no_head' ELSE 'several_heads' END AS variant,
    CASE WHEN heads = 0 AND stated < members THEN 'C' ELSE 'A' END AS tier,
    cast(CASE WHEN heads = 0 AND stated < members THEN 0.7 ELSE 0.95 END AS DOUBLE) AS confidence,
    CASE heads WHEN 0 THEN 'member' ELSE 'head' END AS role,
    'police_resident' AS record_type,
    registration_id AS record_key,
    household_no,
    members
FROM placed
WHERE is_head OR (heads = 0 AND place = 1)
