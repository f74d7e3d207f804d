/*
what = "Births, deaths and moves by the month of their registration."
unit = "events"
source = "police_birth, police_death, police_move_in, police_move_out, link.event, link.move"
reading = """\
An event counts in the month it was registered in, as the balance needs it; reversed ones do not count. Late registrations are told \
apart from births. The province of a place is its first two digits, the prefecture its first four. Where a mover came from: the \
urban code of the matched move out, else the address of origin (village, hamlet or group: rural; street, community or building: \
urban), else unknown."""
since = "2026-11"
*/
SELECT
    CAST(date_trunc('month', happened_on) AS DATE) AS month,
    county_code,
    station_code,
    movement,
    place,
    sex,
    urban_rural,
    origin_urban_rural,
    move_reason,
    count(*) AS persons
FROM counted_event
WHERE happened_on <= (SELECT max(period_to) FROM stats.period)
GROUP BY ALL
ORDER BY ALL
