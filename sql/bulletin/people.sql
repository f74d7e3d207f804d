-- Of each county: registered people, births, deaths and moves from 1 January to the last day, with the reason where one is not known?
-- Columns: county_code, county_name, period_from, period_to, column_no, persons, missing
SELECT
    place.county_code,
    place.county_name,
    form.period_from,
    form.period_to,
    form.column_no,
    form.persons,
    form.missing
FROM scope.county AS place
INNER JOIN stats.form_57 AS form ON place.county_code = form.county_code AND form.column_no IN (2, 3, 11, 14, 17, 18, 19, 20)
INNER JOIN stats.period AS period ON form.period_to = period.period_to AND period.is_newest
ORDER BY place.county_code, form.column_no
