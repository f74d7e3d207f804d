-- Files of the inbox that a night has read.
SELECT DISTINCT load.file
FROM ops.load AS load
ORDER BY load.file
