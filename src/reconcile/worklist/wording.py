"""Chinese text of worklist cells, as Polars expressions over the columns of ``sql/worklist/*.sql``."""

from __future__ import annotations

import polars as pl

from reconcile import cells
from reconcile.contract import codes
from reconcile.contract.columns import COLUMNS
from reconcile.contract.tables import EXTRACTS
from reconcile.findings.telling import reasons

_RECORD = ["finding_id", "record_type", "record_key"]
KEY = ["recipient", *_RECORD]

STANDING = {"new": "新增", "still_open": "未办结", "reopened": "重新提出", "overdue": "逾期"}
"""How a row stands on its list; an overdue one is that whatever else it is."""

_AGENCIES = {"police": "公安", "health": "卫健", "civil_affairs": "民政", "resettlement": "安置部门"}
_SOURCES = {name: _AGENCIES.get(extract.agency, "") + extract.chinese for name, extract in EXTRACTS.items()}
_REFERENCES = {name: COLUMNS[extract.key[0]].chinese for name, extract in EXTRACTS.items()}
_FIELDS = {name: column.chinese for name, column in COLUMNS.items()}
_BIRTHS = ("health_birth", "police_birth")
_DIFFERING = ("name", "sex", "birth_date", "citizen_id", "father_name", "mother_name", "spouse_name", "death_date")


def _label(column: str, labels: dict[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String)


def _labelled(label: pl.Expr | str, value: str | pl.Expr) -> pl.Expr:
    """``label：value``, null where the value is."""
    heading = pl.lit(label) if isinstance(label, str) else label
    shown = pl.col(value) if isinstance(value, str) else value
    return heading + "：" + shown.cast(pl.String)


def _phrase(*parts: pl.Expr) -> pl.Expr:
    """The parts that are there, as one phrase; empty text when none is."""
    return pl.concat_str(*parts, separator="，", ignore_nulls=True)


def _listed(*parts: pl.Expr) -> pl.Expr:
    """The parts that are there, as a list; empty text when none is."""
    return pl.concat_str(*parts, separator="；", ignore_nulls=True)


def number(column: str) -> pl.Expr:
    """A citizen number as delivered, without the guards of the delivery."""
    return cells.unguarded(pl.col(column).str.strip_chars(" \u3000\ufeff\u200b")).str.strip_chars()


def registration() -> pl.Expr:
    """登记信息: sex, birth, household, address, state and origin of the row's own registration; of an event its number and date."""
    is_register = pl.col("record_type") == "police_resident"
    cancelled = _phrase(_label("cancel_kind", codes.CANCEL_KIND.known), pl.col("cancelled_on").cast(pl.String))
    kind = "（" + _label("registration_kind", codes.REGISTRATION_KIND.known) + "）"
    registered = pl.col("registered_on").cast(pl.String) + "登记" + kind.fill_null("")
    struck_off = "已注销（" + cancelled + "）"
    state = pl.when("is_active").then(pl.lit("在册")).when("is_cancelled").then(struck_off).otherwise(pl.lit("是否注销不明"))
    stated = pl.col("stated_code").fill_null("缺失")
    own_number = _label("record_type", _REFERENCES) + " " + pl.col("record_key")
    parts = [
        pl.when(~is_register).then(own_number),
        _phrase(_label("sex", codes.SEX.known), pl.col("birth_date").cast(pl.String) + "出生"),
        _labelled(_FIELDS["household_no"], "household_no"),
        _labelled(_FIELDS["address_text"], "address_text"),
        pl.when(is_register).then(_phrase(state, registered)),
        pl.when(pl.col("record_type").is_in(_BIRTHS)).then(_labelled(_FIELDS["mother_name"], "mother_name")),
        _labelled(_FIELDS["death_date"], "death_date"),
        _event(),
        pl.when(pl.col("recipient") == "unrouted").then(_labelled(_FIELDS["station_code"], stated)),
    ]
    return _listed(*(part.replace("", None) for part in parts))


def _event() -> pl.Expr:
    return _labelled(_label("event_field", _FIELDS), "event_on")


def others(pairs: pl.DataFrame) -> pl.DataFrame:
    """Beside each row its finding's other records: 对方记录, 不一致项.

    Args:
        pairs: rows of ``sql/worklist/other.sql``.

    Returns:
        One row per row of a list that has other records: the columns of ``KEY``, ``counterparts``, ``differences``. Of the
        record of another station no more than its reference, whose it is, the station, and what differs.

    """
    several = pl.len().over(KEY) > 1
    compared = pl.when(~pl.col("is_kin")).then(_differences().replace("", None))
    worded = pairs.with_columns(number("number"), number("other_number")).select(
        *KEY,
        (_source() + "：" + _reference()).alias("counterpart"),
        pl.when(several)
        .then(_label("other_type", _REFERENCES) + " " + pl.col("other_key") + " " + compared)
        .otherwise(compared)
        .alias("difference"),
    )
    return worded.group_by(KEY, maintain_order=True).agg(
        _joined("counterpart").alias("counterparts"), _joined("difference").alias("differences")
    )


def _source() -> pl.Expr:
    """Where the other record stands: agency, extract and, among police, the station."""
    station = pl.coalesce("other_station_name", pl.lit("派出所 ") + pl.col("other_station"))
    named = pl.when("is_same_station").then(pl.lit("本所")).when(pl.col("other_type").str.starts_with("police")).then(station)
    return _label("other_type", _SOURCES) + ("（" + named + "）").fill_null("")


def _reference() -> pl.Expr:
    """What finds the other record and says whose it is."""
    is_person = pl.col("other_type").is_in(["police_resident", "relocation_roll"])
    return _phrase(
        _label("other_type", _REFERENCES) + " " + pl.col("other_key"),
        pl.when(is_person).then(pl.col("shown_name")),
        pl.when(is_person).then(pl.col("shown_birth_date").cast(pl.String) + "出生"),
        pl.lit(_FIELDS["household_no"]) + " " + pl.col("shown_household_no"),
        pl.col("shown_address"),
        _labelled(_FIELDS["death_date"], "other_death_date"),
        _event(),
    )


def _differences() -> pl.Expr:
    columns = {"citizen_id": "number"}
    pairs = [(_FIELDS[name], columns.get(name, name)) for name in _DIFFERING]
    return _listed(*(_difference(label, name) for label, name in pairs))


def _difference(label: str, column: str) -> pl.Expr:
    def shown(name: str) -> pl.Expr:
        return _label(name, codes.SEX.known) if column == "sex" else pl.col(name).cast(pl.String)

    own = pl.when(pl.col("record_type") == "police_resident").then(pl.lit("本登记 ")).otherwise(pl.lit("本记录 "))
    return _labelled(label, own + shown(column)) + "，对方 " + shown(f"other_{column}")


def _joined(column: str) -> pl.Expr:
    """The distinct values of a group in order, null and empty ones left out."""
    value = pl.col(column).replace("", None)
    return value.drop_nulls().unique(maintain_order=True).str.join("；")


def strongest(evidence: pl.DataFrame) -> pl.DataFrame:
    """The two strongest reasons to take the records of a finding for one person: ``strongest``, from ``sql/worklist/strongest.sql``."""
    words = reasons.told().filter(pl.col("grade") < reasons.DIFFERS)
    worded = evidence.join(words, on=["field", "agreement"], maintain_order="left")
    reason = _label("field", _FIELDS).fill_null(pl.col("field")) + pl.col("words")
    two = worded.unique(["finding_id", "field"], keep="first", maintain_order=True).group_by("finding_id", maintain_order=True)
    return two.agg((pl.lit("主要依据：") + reason.head(2).str.join("、") + "。").alias("strongest"))


def own_evidence(evidence: pl.DataFrame) -> pl.DataFrame:
    """Where each registration and its own number contradict each other: ``own_differences``, from ``sql/worklist/own_evidence.sql``."""
    label = _label("field", _FIELDS).fill_null(pl.col("field"))
    worded = evidence.select(
        *_RECORD, (label + "：登记 " + pl.col("register_value") + "，号码 " + pl.col("source_value")).alias("difference")
    )
    return worded.group_by(_RECORD, maintain_order=True).agg(_joined("difference").alias("own_differences"))
