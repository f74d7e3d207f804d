/* Working copy of link.record for one run, with dense numbers for pairs in the order of types and keys: reading it is fast, and nothing is
   kept of it. Keys are numbered on their own, because sorting whole rows of a register would spill, and part by part, because one window
   over all of them would be the work of one processor of a cluster. record_key holds the keys; a part is what begins with the same $begin
   characters. */
CREATE OR REPLACE TEMP TABLE numbered_record AS
WITH part AS (
    SELECT
        record_type,
        left(record_key, $begin) AS begun,
        count(*) AS records
    FROM record_key
    GROUP BY record_type, left(record_key, $begin)
),

part_ahead AS (
    SELECT
        record_type,
        begun,
        sum(records) OVER (PARTITION BY record_type ORDER BY begun ASC) - records AS records
    FROM part
),

kind AS (
    SELECT
        record_type,
        sum(records) AS records
    FROM part
    GROUP BY record_type
),

kind_ahead AS (
    SELECT
        kind.record_type,
        coalesce(sum(other.records), 0) AS records
    FROM kind
    LEFT JOIN kind AS other ON kind.record_type > other.record_type
    GROUP BY kind.record_type
),

placed AS (
    SELECT
        record_type,
        record_key,
        left(record_key, $begin) AS begun,
        row_number() OVER (PARTITION BY record_type, left(record_key, $begin) ORDER BY record_key ASC) AS place
    FROM record_key
),

numbered AS (
    SELECT
        placed.record_type,
        placed.record_key,
        CAST(kind_ahead.records + part_ahead.records + placed.place AS INTEGER) AS record_no
    FROM placed
    INNER JOIN part_ahead ON placed.record_type = part_ahead.record_type AND placed.begun = part_ahead.begun
    INNER JOIN kind_ahead ON placed.record_type = kind_ahead.record_type
)

SELECT
    numbered.record_no,
    record.*
FROM link.record AS record
INNER JOIN numbered ON record.record_type = numbered.record_type AND record.record_key = numbered.record_key;

DROP TABLE record_key;
