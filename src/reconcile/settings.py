"""Everything an operator may set, with its default; read from the command line, ``RECONCILE_*`` and ``<home>/settings.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError, TomlConfigSettingsSource

from reconcile import sources
from reconcile.errors import KeyNeededError, UsageError, printable
from reconcile.home import Home
from reconcile.server import ADDRESS, Spark
from reconcile.sources import Group
from reconcile.thresholds import Brakes, Costs, Rules, Statistics

_LIMIT = r"(?i)^\s*\d+(\.\d+)?\s*[KMGT]i?B\s*$"
_CRON = r"^\s*\S+(\s+\S+){4,5}\s*$"
"""Five fields, and a sixth for seconds, which Prefect takes as well."""


class Schedule(Group):
    """When ``python -m flows serve`` runs what, in China's time, and from when on a night is late."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_SCHEDULE_", extra="forbid")

    night: str = Field(
        default="30 1 * * *", pattern=_CRON, description="When the night runs, as cron writes it; its date in China is the business date."
    )
    answers: str = Field(default="*/15 8-20 * * *", pattern=_CRON, description="When <home>/returns is looked into, as cron writes it.")
    made_up: int = Field(default=7, ge=0, description="So many missed nights at most are made up, the newest ones, before the next night.")
    late_hours: float = Field(default=26, gt=0, description="When the last publication is older than this, a night is late or never came.")


class Encryption(Group):
    """Warehouse, publications and what is spilled are encrypted where a key is named."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_ENCRYPTION_", extra="forbid")

    key_file: Path | None = Field(default=None, description="File with the key, outside of the home; or RECONCILE_KEY holds it.")


class Tell(Group):
    """Who is told of a night that failed, is late, never came, was braked or has warnings; by each way that is set."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_TELL_", extra="forbid")

    mail_to: tuple[str, ...] = Field(default=(), description="Addresses that get a mail.")
    mail_from: str | None = Field(default=None, description="Address it comes from.")
    smtp_host: str | None = Field(default=None, description="Server that takes the mail.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls, 25 for none.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(default="starttls", description="How the way to it is encrypted.")
    smtp_ca: str | None = Field(default=None, description="File of certificates it is believed by, where the system's do not do.")
    smtp_user: str | None = Field(default=None, description="Name to log in with.")
    smtp_password: SecretStr | None = Field(default=None, description="Its password; better in RECONCILE_TELL_SMTP_PASSWORD.")
    webhook: str | None = Field(default=None, pattern="^https?://", description="Address of a chat that takes a JSON body.")
    webhook_body: str = Field(
        default='{"msgtype": "text", "text": {"content": "$text"}}', description="The body; $text becomes the text, quoted for JSON."
    )
    webhook_proxy: bool = Field(default=False, description="Reach it through the proxy of the environment.")
    command: tuple[str, ...] = Field(default=(), description="Program and arguments that get the text on standard input.")
    timeout: float = Field(default=20, gt=0, description="Seconds a receiver may take.")

    def ways(self) -> list[str]:
        """The ways that are set: ``mail``, ``webhook``, ``command``."""
        return [name for name, value in (("mail", self.mail_to), ("webhook", self.webhook), ("command", self.command)) if value]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Half of a way tells nobody, and nobody would notice."""
        needed = {"mail_to": self.mail_to, "mail_from": self.mail_from, "smtp_host": self.smtp_host}
        missing = [name for name, value in needed.items() if not value]
        if missing and len(missing) < len(needed):
            raise ValueError(f"mail needs {' and '.join(missing)} too")
        if self.smtp_user and not self.smtp_password:
            raise ValueError("smtp_user needs a password, in RECONCILE_TELL_SMTP_PASSWORD")
        return self


class Retention(Group):
    """How many days before the last night something must have come to be purged; what is not named is kept."""

    model_config = SettingsConfigDict(env_prefix="RECONCILE_RETENTION_", extra="forbid")

    raw_days: int | None = Field(default=None, ge=1, description="Events and moves as delivered, and rejected rows; snapshots stay.")
    deliveries_days: int | None = Field(default=None, ge=1, description="Files of the inbox that were loaded.")
    publications_days: int | None = Field(default=None, ge=1, description="Publications but the current one.")
    lists_days: int | None = Field(default=None, ge=1, description="Worklists, reports, returned lists and receipts.")


_NAMED_IN_SQL = ("as_of", "due_days", "answer_days_before", "answer_days_ahead", "max_rows_per_station", "max_rows_per_agency")


class Settings(BaseSettings):
    """Settings of one run.

    Raises:
        pydantic.ValidationError: when a value is out of range or unknown.

    """

    model_config = SettingsConfigDict(env_prefix="RECONCILE_", extra="forbid", frozen=True)

    home: Home = Field(description="Directory of the warehouse, the publications and the worklists.")
    as_of: dt.date = Field(description="Business date of the run.")
    inbox: Path | None = Field(default=None, description="Directory the deliveries arrive in.")
    prefecture_name: str | None = Field(default=None, min_length=1, description="For headings; 全州, 全市 or 全盟 follow from it.")
    full: bool = Field(default=False, description="Repeat every stage, also those whose inputs did not change.")
    force: bool = Field(default=False, description="Publish although a brake was pulled.")
    by: str | None = Field(default=None, min_length=1, description="Who decided that; goes into ops.audit.")
    reason: str | None = Field(default=None, min_length=1, description="Why; the same.")

    memory_limit: str = Field(
        default="2GB", pattern=_LIMIT, description="What DuckDB may hold in memory; beyond it, it spills to <home>/tmp."
    )
    threads: int | None = Field(default=None, ge=1, description="Threads of DuckDB; as many as there are processors when empty.")
    lock_wait: float = Field(default=300, ge=0, description="Seconds to wait for another command that writes to the home.")
    id_guard: Literal["tab", "formula", "none"] = Field(
        default="tab", description='How numbers in CSV worklists survive Excel: 号码<tab>, ="号码", or not.'
    )
    finding_key: SecretStr | None = Field(
        default=None, min_length=1, description="Key of the finding numbers instead of <home>/keys/finding.key; for samples and tests."
    )
    due_days: int = Field(default=30, ge=1, description="Days a station has to answer, counted from the first night.")
    max_rows_per_station: int = Field(
        default=100, ge=1, description="Rows on one station's list, about five a working day until they are due; what is less urgent waits."
    )
    max_rows_per_agency: int = Field(default=1000, ge=1, description="The same for the one list of health, and that of civil affairs.")
    keep_rule: Literal["human", "earlier_registered", "newer_id_card"] = Field(
        default="human", description="Which registration of a duplicate the suggestion names: none, the first, that of the newest card."
    )
    answer_days_before: int = Field(default=31, ge=0, description="An answer may be dated so many days before its finding was first seen.")
    answer_days_ahead: int = Field(default=31, ge=0, description="An answer may be dated so many days after the last night.")
    archive_limit: int = Field(
        default=20_000_000_000, ge=0, description="Bytes that one ZIP archive of the inbox may take when it is unpacked."
    )
    keep_logs: int = Field(default=90, ge=1, description="How many nights' logs are kept in <home>/logs.")
    keep_publications: int = Field(default=3, ge=1, description="How many published databases are kept.")
    masked_publication: bool = Field(default=True, description="Write published/latest_masked.duckdb too, which shows no person.")
    masked_group: str | None = Field(default=None, min_length=1, description="Group that may read it; the owner alone when empty.")
    model: str | None = Field(default=None, description="Version of the match model in <home>/models; the newest one when empty.")
    key: SecretStr | None = Field(default=None, min_length=1, description="Key of the databases: RECONCILE_KEY, never settings.toml.")
    engine: str | None = Field(default=None, pattern=ADDRESS, description="Spark Connect server for rules and pairs; DuckDB when empty.")
    spark: Spark = Field(default_factory=Spark)
    encryption: Encryption = Field(default_factory=Encryption)
    retention: Retention = Field(default_factory=Retention)
    costs: Costs = Field(default_factory=Costs)
    rules: Rules = Field(default_factory=Rules)
    statistics: Statistics = Field(default_factory=Statistics)
    brakes: Brakes = Field(default_factory=Brakes)
    schedule: Schedule = Field(default_factory=Schedule)
    tell: Tell = Field(default_factory=Tell)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line first, then the environment, then ``settings.toml`` of the home directory."""
        home = init_settings().get("home") or env_settings().get("home")
        toml = TomlConfigSettingsSource(settings_cls, Home(Path(str(home))).settings_file)
        if "key" in toml():
            msg = "settings.toml: key must not stand there: backups hold the file. Set RECONCILE_KEY, or key_file under [encryption]."
            raise UsageError(msg)
        return init_settings, env_settings, toml

    def database_key(self) -> str | None:
        """Key that the databases are encrypted with; None where they are not.

        Raises:
            KeyNeededError: when the file of the key cannot be read or is empty.

        """
        if self.key is not None:
            return self.key.get_secret_value()
        path = self.encryption.key_file
        if path is None:
            return None
        try:
            key = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{path}: the key of the databases cannot be read ({type(error).__name__}). Put it back from where it is kept."
            raise KeyNeededError(msg) from error
        if not key:
            msg = f"{path}: the key of the databases is empty. Put it back from where it is kept."
            raise KeyNeededError(msg)
        return key

    def parameters(self) -> dict[str, object]:
        """Values that SQL files may name."""
        own = {name: getattr(self, name) for name in _NAMED_IN_SQL}
        return own | self.rules.model_dump() | self.statistics.model_dump()


GROUPS: dict[str, type[BaseSettings]] = {
    "": Settings,
    **{
        name: kind
        for name, field in Settings.model_fields.items()
        if isinstance(kind := field.annotation, type) and issubclass(kind, Group)
    },
}
"""Models by the name of the group; those without a group under the empty name."""


def settings_of(**given: object) -> Settings:
    """Settings from what was given, the environment and ``settings.toml`` of the home.

    Raises:
        UsageError: when a value is unknown or out of range.

    """
    try:
        return Settings(**given)  # pyright: ignore[reportArgumentType] - pydantic checks the values
    except ValidationError as error:
        msg = f"settings: {sources.told(error, GROUPS)}."
    except (SettingsError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = (
            f'settings.toml or a RECONCILE_ variable cannot be read: {printable(str(error))}. A variable holds a list as JSON: ["a", "b"].'
        )
    raise UsageError(msg)
