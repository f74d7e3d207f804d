"""Tables of ``stats`` about people in towns: shares, targets, scores and what speaks against figures that are urban on paper only."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn
from reconcile.contract.warehouse.stats_population import ALL, REASONS, missing

_PERIOD = (
    TableColumn("period_from", DATE, "1 January."),
    TableColumn("period_to", DATE, "Last day."),
    TableColumn("county_code", VARCHAR, ALL),
)

TARGET = Table(
    "stats.target",
    "What targets.toml asks for.",
    (
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn(
            "kind",
            VARCHAR,
            "What is asked for.",
            {
                "share": "people in towns at the end of the year, percent",
                "step": "rise of that share a year, percentage points",
                "housed": "persons rehoused until the cut-off day, as issued",
            },
        ),
        TableColumn("year", INTEGER, "Year; empty where it holds for all."),
        TableColumn("target", DOUBLE, "The number asked for."),
    ),
)

URBANISATION = Table(
    "stats.urbanisation",
    "户籍人口城镇化率, share of registered people in towns, with its target.",
    (
        *_PERIOD,
        TableColumn("urban", BIGINT, "Persons in towns on the last day."),
        TableColumn("population", BIGINT, "Persons on the last day."),
        TableColumn("share", DOUBLE, "Percent in towns."),
        TableColumn("share_before", DOUBLE, "The same at the end of the year before; empty where that is not known."),
        TableColumn("rise", DOUBLE, "share - share_before, percentage points."),
        TableColumn("target", DOUBLE, "Percent asked for at the end of the year."),
        TableColumn("beyond_target", DOUBLE, "share - target, percentage points."),
        TableColumn("step", DOUBLE, "Percentage points that are asked of a year."),
        missing(),
        TableColumn("missing_target", VARCHAR, "Why there is no target; empty where there is one.", REASONS),
    ),
    unique=("period_to", "county_code"),
)

URBAN_CHANGE = Table(
    "stats.urban_change",
    "What moved the share of people in towns since the end of the year before; the points of the parts add up to the rise.",
    (
        *_PERIOD,
        TableColumn("part", VARCHAR, "Cause: births, deaths, moves_out, settled_<reason>, …, residual."),
        TableColumn("urban", BIGINT, "By how many persons it changed the towns."),
        TableColumn("population", BIGINT, "By how many persons it changed the population."),
        TableColumn("points", DOUBLE, "By how many percentage points it moved the share."),
    ),
    unique=("period_to", "county_code", "part"),
)

RESETTLEMENT = Table(
    "stats.resettlement",
    "People rehoused by the relocation programme and those of them whose registration followed, cumulative until the cut-off day.",
    (
        TableColumn("year", INTEGER, "Year of the assessment."),
        TableColumn("counted_on", DATE, "Cut-off day: 30 November, or the day of the register."),
        TableColumn("county_code", VARCHAR),
        TableColumn("station_code", VARCHAR, "Station of the resettlement area."),
        TableColumn("housed", BIGINT, "Persons on the relocation roll who had moved in by then."),
        TableColumn("settled", BIGINT, "Of them, registered at that station."),
        TableColumn("unmatched", BIGINT, "Of them, those that no registration was matched with."),
        TableColumn("share", DOUBLE, "settled / housed, 0 to 1."),
    ),
    unique=("year", "station_code"),
)

ASSESSMENT = Table(
    "stats.assessment",
    "Scores of the yearly assessment, 40 + 30 + 30 points; of a year that is not over, as it stands.",
    (
        *_PERIOD,
        TableColumn(
            "score",
            VARCHAR,
            "Which.",
            {
                "urbanisation": "rise of the share, 40",
                "settling": "people who settled, 30",
                "resettlement": "relocated people, 30",
                "total": "",
            },
        ),
        TableColumn(
            "reading", VARCHAR, "Of settling and the total, which reading of the text.", {"strict": "", "broad": "", "one": "has only one"}
        ),
        TableColumn("points", DOUBLE, "Points, two places, rounded once from exact numbers."),
        TableColumn("most", INTEGER, "Most points there are."),
        missing(),
    ),
    unique=("period_to", "county_code", "score", "reading"),
)

TABLES = (TARGET, URBANISATION, URBAN_CHANGE, RESETTLEMENT, ASSESSMENT)
