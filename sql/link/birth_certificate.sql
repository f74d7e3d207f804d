/* link.birth_certificate: chains of replacement. A certificate is in force when it is not void and is the last of its chain; a
   number that it replaces, directly or over others, stands for it even where that row was voided or never delivered. A
   replacement has to be for the same child: born on that day or, of the same mother, so near to it that no brother or sister
   can be meant; sex and the order within the delivery do not differ. */

DELETE FROM link.birth_certificate;

CREATE OR REPLACE TEMP TABLE certificate_replaced AS
SELECT
    newer.birth_cert_no AS newer_no,
    newer.replaces_cert_no AS older_no
FROM std.health_birth AS newer
LEFT JOIN std.health_birth AS older ON newer.replaces_cert_no = older.birth_cert_no
WHERE
    newer.replaces_cert_no IS NOT NULL
    AND (
        older.birth_cert_no IS NULL
        OR (
            (
                older.birth_date = newer.birth_date
                OR (
                    abs(older.birth_date - newer.birth_date) < 150
                    AND (older.mother_id = newer.mother_id OR older.mother_name_key = newer.mother_name_key)
                )
            )
            AND (older.sex IS NULL OR newer.sex IS NULL OR older.sex = newer.sex OR older.sex IN ('0', '9') OR newer.sex IN ('0', '9'))
            AND (older.birth_order IS NULL OR newer.birth_order IS NULL OR older.birth_order = newer.birth_order)
        )
    );

/* UNION, not UNION ALL: two certificates that replace each other end the walk. */
CREATE OR REPLACE TEMP TABLE certificate_lineage AS
WITH RECURSIVE lineage (top_no, birth_cert_no) AS (
    SELECT
        birth_cert_no AS top_no,
        birth_cert_no
    FROM std.health_birth
    WHERE NOT voided
    UNION
    SELECT
        lineage.top_no,
        replaced.older_no AS birth_cert_no
    FROM lineage
    INNER JOIN certificate_replaced AS replaced ON lineage.birth_cert_no = replaced.newer_no
)

SELECT
    top_no,
    birth_cert_no
FROM lineage;

INSERT INTO link.birth_certificate
WITH depth AS (
    SELECT
        top_no,
        count(*) AS numbers
    FROM certificate_lineage
    GROUP BY top_no
),

ranked AS (
    SELECT
        lineage.birth_cert_no,
        lineage.top_no,
        row_number()
            OVER (PARTITION BY lineage.birth_cert_no ORDER BY depth.numbers DESC, certificate.issued_on DESC, lineage.top_no DESC)
            AS place
    FROM certificate_lineage AS lineage
    INNER JOIN depth ON lineage.top_no = depth.top_no
    INNER JOIN std.health_birth AS certificate ON lineage.top_no = certificate.birth_cert_no
),

/* Two certificates that replace the same one are of one child: what stands for the number they share stands for both. */
standing AS (
    SELECT
        lineage.top_no,
        ranked.top_no AS in_force_no,
        row_number() OVER (PARTITION BY lineage.top_no ORDER BY depth.numbers DESC, certificate.issued_on DESC, ranked.top_no DESC) AS place
    FROM certificate_lineage AS lineage
    INNER JOIN ranked ON lineage.birth_cert_no = ranked.birth_cert_no AND ranked.place = 1
    INNER JOIN depth ON ranked.top_no = depth.top_no
    INNER JOIN std.health_birth AS certificate ON ranked.top_no = certificate.birth_cert_no
)

SELECT
    ranked.birth_cert_no,
    standing.in_force_no
FROM ranked
INNER JOIN standing ON ranked.top_no = standing.top_no AND standing.place = 1
WHERE ranked.place = 1
UNION ALL
SELECT
    certificate.birth_cert_no,
    NULL AS in_force_no
FROM std.health_birth AS certificate
LEFT JOIN certificate_lineage AS lineage ON certificate.birth_cert_no = lineage.birth_cert_no
WHERE lineage.birth_cert_no IS NULL;

DROP TABLE certificate_replaced;

DROP TABLE certificate_lineage;
