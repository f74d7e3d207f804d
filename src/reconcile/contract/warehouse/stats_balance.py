"""Tables of ``stats`` about how the population changed and why the figures do not meet."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, DATE, DOUBLE, VARCHAR, Table, TableColumn
from reconcile.contract.warehouse.stats_population import ALL, missing

_PERIOD = (
    TableColumn("period_from", DATE, "1 January."),
    TableColumn("period_to", DATE, "Last day."),
)

BALANCE = Table(
    "stats.balance",
    "Balance of the population and what its residual consists of, running from 1 January. The parts that are not official add up to it.",
    (
        *_PERIOD,
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn(
            "kind",
            VARCHAR,
            "What the part is.",
            {
                "official": "a term of the balance",
                "known": "of the residual, what the register or the events say",
                "open": "of the residual, what an open question is about; the part is its type",
                "unexplained": "of the residual, the rest",
            },
        ),
        TableColumn("part", VARCHAR, "Term of the balance, cause, or type of finding."),
        TableColumn("persons", BIGINT, "By how many persons it raises the population at the end; stocks as they are."),
        missing(),
    ),
    unique=("period_to", "county_code", "kind", "part"),
)

CORRECTED = Table(
    "stats.corrected",
    "Estimate of the population if the open questions are what they look like; never the official figure.",
    (
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn("part", VARCHAR, "reported, corrected, or the type of finding that makes the difference."),
        TableColumn("questions", BIGINT, "Open findings; empty for what is reported."),
        TableColumn("persons", BIGINT, "Effect if all of them are right; of what is reported the population."),
        TableColumn("share", DOUBLE, "Share of such findings that stations confirmed, else their mean confidence."),
        TableColumn("estimate", DOUBLE, "Estimated persons."),
        TableColumn("low", DOUBLE, "Lower end of the interval."),
        TableColumn("high", DOUBLE, "Upper end of the interval."),
    ),
    unique=("county_code", "part"),
)

TRANSFER = Table(
    "stats.transfer",
    "Moves between two counties of the prefecture, as either side registered them, running from 1 January; the parts add up to the gap.",
    (
        *_PERIOD,
        TableColumn("from_county", VARCHAR, "County that was left."),
        TableColumn("to_county", VARCHAR, "County that was moved to."),
        TableColumn("moved_out", BIGINT, "Moves out that name the other county."),
        TableColumn("moved_in", BIGINT, "Moves in that name the county of origin."),
        TableColumn("gap", BIGINT, "moved_out - moved_in."),
        TableColumn("other_period", BIGINT, "Of the gap: the other side lies in another period."),
        TableColumn("other_county", BIGINT, "Of the gap: the two sides name different counties."),
        TableColumn("restored", BIGINT, "Of the gap: the registration was restored at the origin."),
        TableColumn("on_its_way", BIGINT, "Of the gap: too young to have landed."),
        TableColumn("open_questions", BIGINT, "Of the gap: an open finding asks about it."),
        TableColumn("unexplained", BIGINT, "Of the gap: the rest."),
    ),
    unique=("period_to", "from_county", "to_county"),
)

TABLES = (BALANCE, CORRECTED, TRANSFER)
