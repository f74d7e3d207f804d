-- How did the registered population of the prefecture change since 1 January, and what explains the residual?
-- Columns: period_from, period_to, kind, part, persons, missing
SELECT
    balance.period_from,
    balance.period_to,
    balance.kind,
    balance.part,
    balance.persons,
    balance.missing
FROM stats.balance AS balance
INNER JOIN stats.period AS period ON balance.period_to = period.period_to AND period.is_newest
WHERE balance.county_code = 'all'
ORDER BY balance.kind, balance.part
