/* link.birth_certificate: chains of replacement. A certificate is in force when it is not void and is the last of its chain; a
   number that it replaces, directly or over others, stands for it even where that row was voided or never delivered. A
   replacement has to be for the same child: born on that day or, of the same mother, so near to it that no brother or sister
   can be meant; sex and the order within the delivery do not differ. */

DELETE FROM link.birth_certificate;

CREATE OR REPLACE TEMP TABLE certificate_replaced AS
SELECT
    n.birth_cert_no AS newer_no,
    n.replaces_cert_no AS older_no
FROM std.health_birth AS n
LEFT JOIN std.health_birth AS o ON n.replaces_cert_no = o.birth_cert_no
WHERE
    n.replaces_cert_no IS NOT NULL
    AND (
        o.birth_cert_no IS NULL
        OR (
            (
                o.birth_date = n.birth_date
                OR (abs(o.birth_date - n.birth_date) < 150 AND (o.mother_id = n.mother_id OR o.mother_name_key = n.mother_name_key))
            )
            AND (o.sex IS NULL OR n.sex IS NULL OR o.sex = n.sex OR o.sex IN ('0', '9') OR n.sex IN ('0', '9'))
            AND (o.birth_order IS NULL OR n.birth_order IS NULL OR o.birth_order = n.birth_order)
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
        l.top_no,
        r.older_no AS birth_cert_no
    FROM lineage AS l
    INNER JOIN certificate_replaced AS r ON l.birth_cert_no = r.newer_no
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
        l.birth_cert_no,
        l.top_no,
        row_number() OVER (PARTITION BY l.birth_cert_no ORDER BY d.numbers DESC, h.issued_on DESC, l.top_no DESC) AS place
    FROM certificate_lineage AS l
    INNER JOIN depth AS d ON l.top_no = d.top_no
    INNER JOIN std.health_birth AS h ON l.top_no = h.birth_cert_no
),

/* Two certificates that replace the same one are of one child: what stands for the number they share stands for both. */
standing AS (
    SELECT
        l.top_no,
        r.top_no AS in_force_no,
        row_number() OVER (PARTITION BY l.top_no ORDER BY d.numbers DESC, h.issued_on DESC, r.top_no DESC) AS place
    FROM certificate_lineage AS l
    INNER JOIN ranked AS r ON l.birth_cert_no = r.birth_cert_no AND r.place = 1
    INNER JOIN depth AS d ON r.top_no = d.top_no
    INNER JOIN std.health_birth AS h ON r.top_no = h.birth_cert_no
)

SELECT
    r.birth_cert_no,
    s.in_force_no
FROM ranked AS r
INNER JOIN standing AS s ON r.top_no = s.top_no AND s.place = 1
WHERE r.place = 1
UNION ALL
SELECT
    h.birth_cert_no,
    NULL AS in_force_no
FROM std.health_birth AS h
LEFT JOIN certificate_lineage AS l ON h.birth_cert_no = l.birth_cert_no
WHERE l.birth_cert_no IS NULL;

DROP TABLE certificate_replaced;

DROP TABLE certificate_lineage;
