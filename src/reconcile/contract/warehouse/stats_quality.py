"""Tables of ``stats`` about how soon, how fully and how carefully things are registered."""

from __future__ import annotations

from reconcile.contract.table import BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARCHAR, Table, TableColumn
from reconcile.contract.warehouse.stats_population import ALL, missing

TIMELINESS = Table(
    "stats.timeliness",
    "How soon births, deaths and moves are registered, by the month of registration.",
    (
        TableColumn("month", DATE, "First day of the month."),
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn("event", VARCHAR, "What happened.", {"birth": "", "death": "", "move": "a move in whose move out is known"}),
        TableColumn("registered", BIGINT, "Events registered on the day they happened or later."),
        TableColumn("registered_before", BIGINT, "Events registered before they happened: a date is wrong."),
        TableColumn("median_days", DOUBLE, "Days to registration that half of them took at most."),
        TableColumn("limit_days", INTEGER, "Days the law gives."),
        TableColumn("share_in_time", DOUBLE, "Registered within them, 0 to 1."),
    ),
    unique=("month", "county_code", "event"),
)

COMPLETENESS = Table(
    "stats.completeness",
    "How complete births and deaths are in a year, or in the one that is not over.",
    (
        TableColumn("period_from", DATE, "1 January."),
        TableColumn("period_to", DATE, "Last day."),
        TableColumn("county_code", VARCHAR, ALL),
        TableColumn(
            "measure",
            VARCHAR,
            "What is held against what.",
            {
                "certificates_registered": "birth certificates in force, and those of them that were registered",
                "deaths_cancelled": "deaths reported by health and parlours, and those whose registration is cancelled",
                "births_expected": "births by the rate of the settings, and births registered",
                "deaths_expected": "deaths by the rate of the settings, and deaths registered",
            },
        ),
        TableColumn("expected", DOUBLE, "What there are, or should be."),
        TableColumn("found", BIGINT, "What the police registered of it."),
        TableColumn("share", DOUBLE, "found / expected; of what a rate expects it may pass 1."),
        missing(),
    ),
    unique=("period_to", "county_code", "measure"),
)

HEAPING = Table(
    "stats.heaping",
    "Days and last digits that occur more often than they should: signs of dates that were filled in.",
    (
        TableColumn("record_type", VARCHAR),
        TableColumn(
            "measure", VARCHAR, "What is counted.", {"day_of_birth": "", "day_of_death": "", "last_digit_of_age": "23 to 62 years"}
        ),
        TableColumn("mark", INTEGER, "Day of the month, or digit."),
        TableColumn("records", BIGINT, "Records that have it."),
        TableColumn("expected", DOUBLE, "Records that would have it by the calendar, or by chance."),
        TableColumn("ratio", DOUBLE, "records / expected."),
    ),
    unique=("record_type", "measure", "mark"),
)

VILLAGE = Table(
    "stats.village",
    "Registered persons of each village by urban code, of the last night of each month; two of them tell where codes were changed.",
    (
        TableColumn("as_of", DATE),
        TableColumn("station_code", VARCHAR),
        TableColumn("community_code", VARCHAR),
        TableColumn("urban_rural_code", VARCHAR, "NBS code; empty where the register has none."),
        TableColumn("persons", BIGINT, "Active registrations."),
    ),
    is_kept=True,
)

URBAN_CHECK = Table(
    "stats.urban_check",
    "Signs of people who became urban on paper only (被城镇化): places, never people. Whether they wanted it no figure says.",
    (
        TableColumn(
            "check_name",
            VARCHAR,
            "What is looked at.",
            {
                "rise_from_codes": "share of a county's rise that comes from changed codes and village rebuilding",
                "village_recoded": "persons of a village who became urban with no move, since the last night of an earlier month",
                "special_area_small": "persons of a village with code 123, which asks for more",
                "bulk_moves": "moves in of one day into one household for one reason",
                "round_trips": "moves in and out again around 30 November or 31 December",
                "counted_twice": "relocated people who count for two scores, which the text allows",
                "one_way": "corrections of registrations in towns that all go one way",
            },
        ),
        TableColumn("period_to", DATE, "Last day of what is looked at."),
        TableColumn("county_code", VARCHAR),
        TableColumn("station_code", VARCHAR, "Station; empty where it is about a county."),
        TableColumn("community_code", VARCHAR, "Village; empty where it is about more."),
        TableColumn("found", DOUBLE, "What was counted, or a share, 0 to 1."),
        TableColumn("threshold", DOUBLE, "Where a question begins; empty where there is none to ask."),
        TableColumn("is_question", BOOLEAN, "The threshold is reached: somebody should look."),
        missing(),
    ),
)

TABLES = (TIMELINESS, COMPLETENESS, HEAPING, VILLAGE, URBAN_CHECK)
