"""Numbers that an operator may set, of rules, brakes, costs and statistics; each group is one of the ``settings``."""

from __future__ import annotations

import math

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from reconcile.sources import Group


class Rules(Group):
    """Numbers of the finding rules (CONTRACT §2), bound to SQL by name as ``$death_grace_days`` and so on."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_RULE_", extra="forbid")

    death_grace_days: int = Field(default=30, ge=0, description="A death younger than this is not yet an uncancelled one.")
    move_grace_days: int = Field(default=30, ge=0, description="A move-in younger than this leaves the origin time to cancel.")
    activity_after_death_days: int = Field(default=1, ge=0, description="Activity later than so many days after the death contradicts it.")
    father_activity_days: int = Field(default=300, ge=0, description="The same for the birth of a child to its father.")
    birth_grace_days: int = Field(default=60, ge=0, description="A birth certificate younger than this leaves time to register.")
    landing_grace_days: int = Field(default=60, ge=0, description="A move-out younger than this is on its way.")
    migration_certificate_days: int = Field(default=30, ge=0, description="Days a migration certificate is valid.")
    move_late_days: int = Field(default=30, ge=0, description="Days beyond its validity in which a landing is no conflict.")
    unnumbered_grace_days: int = Field(default=365, ge=0, description="A registration younger than this may lack a number.")
    death_date_tolerance_days: int = Field(default=1, ge=0, description="Death dates of two sources may differ by this much.")
    cancellation_evidence_days: int = Field(default=365, ge=0, description="A police death younger than this may still lack evidence.")
    infant_years: int = Field(default=1, ge=0, description="Who died younger than this was perhaps never registered.")
    ruled_out_below: float = Field(
        default=0.1, gt=0, le=0.5, description="A registration is nobody's who died only where it is his with less than this probability."
    )
    implausible_age_years: int = Field(default=110, ge=1, description="From this age on a registration is asked about.")
    sign_of_life_years: int = Field(default=3, ge=0, description="A sign of life within so many years answers the question.")
    parent_least_years: int = Field(default=12, ge=0, description="A parent is at least so much older than the child.")
    relocation_grace_days: int = Field(default=60, ge=0, description="A relocation younger than this leaves time to move the registration.")


class Brakes(Group):
    """Limits beyond which nothing is published until a person decides (``--force`` overrides)."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_BRAKE_", extra="forbid")

    snapshot_age_days: int = Field(default=62, ge=0, description="The register may be this old at as_of.")
    volume_drop_share: float = Field(default=0.2, ge=0, le=1, description="A snapshot may lose this share of rows since the last good run.")
    reject_share: float = Field(default=0.2, ge=0, le=1, description="A file may lose this share of its rows to rejects.")
    reject_floor: int = Field(default=20, ge=0, description="Up to this many rejects of a file its share is not judged.")
    unread_share: float = Field(default=0.2, ge=0, le=1, description="So much of a file's column of codes or flags may be unreadable.")
    unread_floor: int = Field(default=5, ge=0, description="Up to this many unreadable cells of a column its share is not judged.")
    finding_share: float = Field(default=0.05, ge=0, le=1, description="A rule may raise this share of the active registrations.")
    finding_floor: int = Field(default=200, ge=0, description="Below this many findings the share is not judged.")


class Costs(Group):
    """What a wrong link costs, counted in links missed: a pair is listed from the probability cost / (1 + cost) on."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_COST_", extra="forbid")

    death: float = Field(default=500, gt=0, description="A living person reported dead is as bad as so many deaths missed.")
    death_cremation: float = Field(default=20, gt=0, description="The deaths of two persons taken for one.")
    registration: float = Field(default=9, gt=0, description="Two persons taken for one who is registered twice.")
    relocation: float = Field(default=60, gt=0, description="A relocated person taken for another.")
    birth: float = Field(default=20, gt=0, description="A child taken for another child.")
    lead: float = Field(default=9, gt=0, description="A wrong lead for analysts (tier D).")

    def floor(self, what: str) -> float:
        """Least probability at which a link of that kind is worth its risk."""
        cost = getattr(self, what)
        return cost / (1 + cost)

    def bits_ahead(self, what: str) -> float:
        """How much heavier than the next one the best of several must be, in bits: odds of the cost to one."""
        return math.log2(getattr(self, what))


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
