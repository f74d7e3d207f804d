-- A file loaded once more (--full) keeps its load_id; what its columns and rows were may have changed with its profile.
UPDATE ops.load
SET
    run_id = $run_id,
    delivered_on = $delivered_on,
    part = $part,
    encoding = $encoding,
    delimiter = $delimiter,
    rows = $rows,
    refused_columns = $refused_columns,
    ignored_columns = $ignored_columns
WHERE load_id = $load_id
