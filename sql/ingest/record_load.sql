INSERT INTO ops.load (
    load_id, run_id, extract, file, delivered_on, part, sha256, bytes, encoding, delimiter, rows, refused_columns,
    ignored_columns, superseded
)
VALUES (
    $load_id, $run_id, $extract, $file, $delivered_on, $part, $sha256, $bytes, $encoding, $delimiter, $rows, $refused_columns,
    $ignored_columns, FALSE
)
