-- What share of the registered people of each county lives in towns, and how far is that from its target?
-- Columns: county_code, county_name, period_to, share, rise, target, beyond_target, missing, missing_target
SELECT
    towns.county_code,
    coalesce(place.county_name, '') AS county_name,
    towns.period_to,
    towns.share,
    towns.rise,
    towns.target,
    towns.beyond_target,
    towns.missing,
    towns.missing_target
FROM stats.urbanisation AS towns
INNER JOIN stats.period AS period ON towns.period_to = period.period_to AND period.is_newest
LEFT JOIN scope.county AS place ON towns.county_code = place.county_code
ORDER BY CASE WHEN towns.county_code = 'all' THEN 1 ELSE 0 END ASC, towns.county_code ASC
