"""Tables of ``stats`` about the population: each is made by the file of its name in ``sql/statistics/``, or by a function there named."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, DATE, INTEGER, VARCHAR, Table, TableColumn

REASONS = {
    "not_delivered": "no event of this kind was ever delivered",
    "events_begin_later": "the events delivered begin after the period does",
    "no_year_before": "the register shows nobody who left before the period, so that its earlier days cannot be told",
    "no_urban_code": "no registration of the county has an urban code",
    "no_move_reason": "no move has a reason",
    "no_target": "targets.toml has none for it",
    "in_another_column": "the register does not tell it apart; it is counted under 其他",
    "nothing_to_divide_by": "the number below the line is 0",
    "no_earlier_night": "no earlier night was kept to compare with",
    "small_number": "too small to leave, or hidden beside one that is; in exported files alone",
}
"""Why a figure is empty: value → what it means. A figure that is not known is never 0."""

URBAN_RURAL = {"urban": "code 1xx", "rural": "code 2xx", "unknown": "without a code"}
ALL = "County, or all: the whole prefecture."


def missing(what: str = "Why the figure is empty; empty where it is not.") -> TableColumn:
    """Column that says why a figure is empty."""
    return TableColumn("missing", VARCHAR, what, REASONS)


PERIOD = Table(
    "stats.period",
    "Stretches of time that forms and balances are made for: from 1 January to the end of each month, and to the day of the register.",
    (
        TableColumn("period_from", DATE, "1 January."),
        TableColumn("period_to", DATE, "Last day."),
        TableColumn("is_year", BOOLEAN, "A whole year: the form that is due in January."),
        TableColumn("is_newest", BOOLEAN, "It ends on the day of the register."),
        TableColumn("month_index", INTEGER, "Year * 12 + month of the last day."),
        TableColumn("lacks_stock", VARCHAR, "Why the population on the last day cannot be told; empty where it can.", REASONS),
        TableColumn("lacks_before", VARCHAR, "Why the population before the first day cannot be told; empty where it can.", REASONS),
        TableColumn("lacks_births", VARCHAR, "Why births cannot be told; empty where they can.", REASONS),
        TableColumn("lacks_deaths", VARCHAR, "Why deaths cannot be told; empty where they can.", REASONS),
        TableColumn("lacks_moves_in", VARCHAR, "Why moves in cannot be told; empty where they can.", REASONS),
        TableColumn("lacks_moves_out", VARCHAR, "Why moves out cannot be told; empty where they can.", REASONS),
    ),
    unique=("period_to",),
)

POPULATION = Table(
    "stats.population",
    "Registered population on the day of the register; what does not occur has no row.",
    (
        TableColumn("county_code", VARCHAR),
        TableColumn("station_code", VARCHAR),
        TableColumn("sex", VARCHAR, "Sex.", {"1": "male", "2": "female", "unknown": ""}),
        TableColumn("age_band", VARCHAR, "Completed years.", {"0-17": "", "18-34": "", "35-59": "", "60+": "", "unknown": ""}),
        TableColumn("urban_rural_code", VARCHAR, "NBS code of the place; empty where the register has none."),
        TableColumn("persons", BIGINT, "Registrations."),
    ),
)

MOVEMENT = Table(
    "stats.movement",
    "Births, deaths and moves by the month of their registration; what does not occur has no row.",
    (
        TableColumn("month", DATE, "First day of the month."),
        TableColumn("county_code", VARCHAR),
        TableColumn("station_code", VARCHAR),
        TableColumn(
            "movement",
            VARCHAR,
            "What happened.",
            {"birth": "", "late_birth": "registered late, or for another reason than birth", "death": "", "move_in": "", "move_out": ""},
        ),
        TableColumn(
            "place",
            VARCHAR,
            "Of a move, where the other end is; empty for births and deaths.",
            {"county": "same county", "prefecture": "", "province": "", "outside": "another province", "unknown": "not stated"},
        ),
        TableColumn("sex", VARCHAR, "Sex.", {"1": "male", "2": "female", "unknown": ""}),
        TableColumn("urban_rural", VARCHAR, "Where the registration is or was.", URBAN_RURAL),
        TableColumn("origin_urban_rural", VARCHAR, "Of a move in, where the person came from; empty for others.", URBAN_RURAL),
        TableColumn("move_reason", VARCHAR, "Reason of the move; empty where none is stated."),
        TableColumn("persons", BIGINT, "Events."),
    ),
)


def _form(name: str, sentence: str) -> Table:
    return Table(
        name,
        sentence,
        (
            TableColumn("period_from", DATE, "1 January."),
            TableColumn("period_to", DATE, "Last day; 31 December for the form of a year."),
            TableColumn("county_code", VARCHAR, ALL),
            TableColumn("column_no", INTEGER, "Number of the column on the form."),
            TableColumn("label", VARCHAR, "What the column is called."),
            TableColumn("persons", BIGINT, "The figure; empty where it is not known. Households in column 1 of 公业57."),
            missing(),
        ),
        unique=("period_to", "county_code", "column_no"),
    )


FORM_57 = _form(
    "stats.form_57", "公业57, 人口及其变动情况统计年报表: 20 columns, for a year and running from 1 January to the end of each month."
)
FORM_58 = _form(
    "stats.form_58", "公业58, 城镇人口增减情况统计年报表: 28 columns, for a year and running from 1 January to the end of each month."
)

FORM_CHECK = Table(
    "stats.form_check",
    "Soft checks of both forms. A difference is a question to the form, not a fault that stops anything.",
    (
        TableColumn("period_from", DATE, "1 January."),
        TableColumn("period_to", DATE, "Last day."),
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn(
            "check_name", VARCHAR, "Left and right side, by columns: 58.c3 is column 3 of 公业58, before stands for the year before."
        ),
        TableColumn("is_limit", BOOLEAN, "The right side is a limit: the left side may be smaller."),
        TableColumn("expected", BIGINT, "Right side."),
        TableColumn("found", BIGINT, "Left side."),
        TableColumn("difference", BIGINT, "found - expected; of a limit what is beyond it."),
        missing("Why there is nothing to compare; empty where there is."),
    ),
    unique=("period_to", "county_code", "check_name"),
)

TABLES = (PERIOD, POPULATION, MOVEMENT, FORM_57, FORM_58, FORM_CHECK)
