"""Numbers of the statistics that an operator may set; part of ``settings``."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from reconcile.sources import Group


class Statistics(Group):
    """Numbers of the statistics, bound to SQL by name as the rules' are."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_STATISTICS_", extra="forbid")

    birth_limit_days: int = Field(default=30, ge=0, description="Days in which a birth is to be registered.")
    death_limit_days: int = Field(default=30, ge=0, description="Days in which a death is to be registered.")
    birth_rate: float = Field(default=9.1, ge=0, description="Births a year of a thousand registered, that completeness is held against.")
    death_rate: float = Field(default=6.6, ge=0, description="Deaths a year of a thousand registered.")
    small_number: int = Field(default=3, ge=0, description="Counts below this are not shown on pages and in files that leave.")
    paper_share: float = Field(default=0.5, ge=0, le=1, description="Of a rise of the share in towns, so much may come from changed codes.")
    special_area_least: int = Field(default=3000, ge=0, description="Persons that a special area (code 123) must have.")
    bulk_moves: int = Field(default=20, ge=1, description="Moves of one day, household and reason up to which nobody asks.")
    round_trip_days: int = Field(
        default=90, ge=1, description="Who moves in and out again within so many days around a cut-off day counts."
    )
    one_way_least: int = Field(default=5, ge=2, description="Corrections of a station from which on one direction alone is a sign.")
