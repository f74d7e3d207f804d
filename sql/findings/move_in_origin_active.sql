/*
letter = "V"
chinese = "迁入未销"
sentence = "A person moved in from a place in scope long enough ago, and the registration there is still active."
why = """\
The commonest way in which a new duplicate arises: the origin never heard of the move. The origin can settle it, which is why it is \
not a duplicate_registration."""
law = "户口登记条例 art. 6 and 10 (the move-out is registered, and the registration cancelled, before leaving)"
agency = ["police"]
priority = 2
parameters = ["move_grace_days"]
suggestion = "请迁出地派出所核对迁移证、准迁证及迁入回执，核实本人是否已在迁入地落户；未经核实不作任何变更。"

[suggestions]
registration = """\
请核对本所的迁入登记和准迁证、迁移证，确认该人已在本所落户，并把迁入回执（落户日期）告知迁出地派出所，由其核实后办理；\
本人并未落户的，请在备注中写明。"""

[reasons]
left = "该人已于{moved_in_on}迁入现登记地，迁出地已办理迁出，但原户口登记仍为有效（{comparison}）。"
no_move_out = "该人已于{moved_in_on}迁入现登记地，迁出地未办理迁出，原户口登记仍为有效（{comparison}）。"
*/
-- The register is of the day it was delivered; the days count to then. A younger move-in is in grace (reading 2).
WITH register AS (
    SELECT least(cast($as_of AS DATE), coalesce(max(last_on), cast($as_of AS DATE))) AS seen_on
    FROM scope.coverage
    WHERE extract = 'police_resident'
),

moved AS (
    SELECT
        pair.*,
        landed.move_out_id
    FROM link.origin_active AS pair
    CROSS JOIN register
    LEFT JOIN link.move AS landed ON pair.move_in_id = landed.move_in_id
    WHERE register.seen_on - pair.moved_in_on >= $move_grace_days
),

tie AS (
    SELECT
        left_key AS one_id,
        right_key AS other_id,
        tier,
        probability
    FROM link.registration_pair
    WHERE decision = 'match'
    UNION ALL
    SELECT
        right_key AS one_id,
        left_key AS other_id,
        tier,
        probability
    FROM link.registration_pair
    WHERE decision = 'match'
),

listed AS (
    SELECT
        move_in_id,
        origin_id,
        'origin' AS role,
        'police_resident' AS record_type,
        origin_id AS record_key
    FROM moved
    UNION ALL
    SELECT
        move_in_id,
        origin_id,
        'registration' AS role,
        'police_resident' AS record_type,
        registration_id AS record_key
    FROM moved
    UNION ALL
    SELECT
        move_in_id,
        origin_id,
        'evidence' AS role,
        'police_move_in' AS record_type,
        move_in_id AS record_key
    FROM moved
    UNION ALL
    SELECT
        move_in_id,
        origin_id,
        'evidence' AS role,
        'police_move_out' AS record_type,
        move_out_id AS record_key
    FROM moved
    WHERE move_out_id IS NOT NULL
)

-- Two registrations that only a third one ties together are as sure as tier C.
SELECT
    concat(moved.move_in_id, '|', moved.origin_id) AS problem,
    CASE WHEN moved.move_out_id IS NULL THEN 'no_move_out' ELSE 'left' END AS variant,
    coalesce(tie.tier, 'C') AS tier,
    cast(coalesce(tie.probability, 0.8) AS DOUBLE) AS confidence,
    listed.role,
    listed.record_type,
    listed.record_key,
    moved.moved_in_on
FROM moved
INNER JOIN listed ON moved.move_in_id = listed.move_in_id AND moved.origin_id = listed.origin_id
LEFT JOIN tie ON moved.registration_id = tie.one_id AND moved.origin_id = tie.other_id
