/* Working copy of link.record for one run, with dense numbers for pairs: reading it is fast, and nothing is kept of it.
   Keys are numbered on their own, because sorting whole rows of a register would spill. */
CREATE OR REPLACE TEMP TABLE numbered_record AS
WITH numbered AS (
    SELECT
        record_type,
        record_key,
        CAST(row_number() OVER (ORDER BY record_type, record_key) AS INTEGER) AS record_no
    FROM link.record
)

SELECT
    numbered.record_no,
    record.*
FROM link.record AS record
INNER JOIN numbered ON record.record_type = numbered.record_type AND record.record_key = numbered.record_key;
