"""Evaluation: the last published night against a truth file; recall, precision and F1 per type, decoys, long names.

A finding counts when it would stand on a list (tiers A to C, not resolved, not dismissed) and is right when its
subjects are exactly those of an expected group. Only types the truth speaks about are judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reconcile.contract.tables import EXTRACTS
from reconcile.errors import InputRefusedError, Place, UsageError
from reconcile.findings.raising.rules import discover
from reconcile.home import Home
from reconcile.store import Reader

TRUTH_COLUMNS = ("finding_type", "group_id", "record_type", "record_key")
DECOY_COLUMNS = ("kind", "group_id", "record_type", "record_key")

_LONG = 4
_SEPARATOR = r"[\p{L}□][·•‧∙⋅・･．.﹒。、●，,_*\- \u{3000}\u{1427}\u{2E31}\u{A78F}\u{16EB}\u{2022}]+[\p{L}□]"
"""A character that stands between the parts of a name (DOMAIN §4.2); names of up to three characters are padded with blanks."""
_LEAST_SEPARATED = 4
_DEATH = "death_not_cancelled"

_FOUND = """
SELECT finding.finding_id AS group_id, finding.finding_type, subject.record_type, subject.record_key
FROM find.finding AS finding
INNER JOIN find.subject AS subject ON finding.finding_id = subject.finding_id
WHERE finding.tier <> 'D' AND finding.status NOT IN ('resolved', 'dismissed')
"""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What ``evaluate`` measured.

    Attributes:
        types: finding_type, expected, found, right, recall, precision, f1; figures are null where nothing was expected or found.
        not_built: types of the truth that no rule raises yet; they count nowhere.
        decoys: kind, groups, flagged.
        names: the same figures as ``types`` for findings that name a person with a separator or more than four characters,
            and for the rest; column ``names`` says which.
        living_as_dead: persons listed as dead whom the truth does not: the worst that can be listed.

    """

    types: pl.DataFrame
    not_built: list[str]
    decoys: pl.DataFrame
    names: pl.DataFrame
    living_as_dead: int

    @property
    def decoy_rate(self) -> float | None:
        """Share of all decoys that a wrong finding fell for; None when there is none."""
        groups, flagged = (int(self.decoys[column].sum()) for column in ("groups", "flagged"))
        return flagged / groups if groups else None

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 of the types that are built; None when there is none."""
        mean = self.types["f1"].fill_null(0).mean()
        return mean if isinstance(mean, float) else None


def evaluate(home: Home, truth: Path) -> Evaluation:
    """Compare the last published night with a truth file; ``decoys.csv`` beside it is used when it is there.

    Raises:
        UsageError: when there is no such truth file or nothing was published yet.
        InputRefusedError: when a file cannot be read or has other columns than the contract's (CONTRACT §4).

    """
    expected_rows = _read(truth, TRUTH_COLUMNS)
    beside = truth.with_name("decoys.csv")
    decoys = _read(beside, DECOY_COLUMNS) if beside.is_file() else pl.DataFrame(schema=dict.fromkeys(DECOY_COLUMNS, pl.String))
    built = {rule.finding_type for rule in discover()}
    with Reader(home) as reader:
        found_rows = reader.frame(_FOUND)
        long_names = _long_names(reader, pl.concat([expected_rows, found_rows.select(TRUTH_COLUMNS)]))
    judged = sorted(set(expected_rows["finding_type"]) & built)
    in_scope = pl.col("finding_type").is_in(judged)
    expected, found = _groups(expected_rows.filter(in_scope), long_names), _groups(found_rows.filter(in_scope), long_names)
    wrong = found.join(expected, on=["finding_type", "subjects"], how="anti")
    return Evaluation(
        types=_figures(expected, found, "finding_type").sort("finding_type"),
        not_built=sorted(set(expected_rows["finding_type"]) - built),
        decoys=_flagged(decoys, wrong),
        names=_figures(expected, found, "names").sort("names"),
        living_as_dead=wrong.filter(pl.col("finding_type") == _DEATH).height,
    )


def _read(path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    if not path.is_file():
        msg = f"{path}: no such file. Name the truth.csv that reconcile sample wrote."
        raise UsageError(msg)
    try:
        frame = pl.read_csv(path, infer_schema=False, encoding="utf8", glob=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise InputRefusedError(Place(path.name), "is not a UTF-8 CSV file", f"It needs the columns {', '.join(columns)}.") from error
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputRefusedError(Place(path.name, 1), f"lacks {', '.join(missing)}", f"It needs the columns {', '.join(columns)}.")
    for column in columns:
        empty = frame[column].is_null().arg_true()
        if len(empty):
            raise InputRefusedError(Place(path.name, int(empty[0]) + 2, column), "is empty", "Write the file again.")
    return frame.select(columns)


def _groups(rows: pl.DataFrame, long_names: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct set of subjects: finding_type, subjects (a list), names."""
    named = rows.join(long_names, on=["record_type", "record_key"], how="left")
    subject = pl.concat_str("record_type", "record_key", separator=":")
    grouped = named.group_by("finding_type", "group_id").agg(
        subjects=subject.unique().sort(), is_long=pl.col("is_long").fill_null(value=False).any()
    )
    names = pl.when("is_long").then(pl.lit("separator or > 4")).otherwise(pl.lit("the rest"))
    return grouped.select("finding_type", "subjects", names=names).unique(["finding_type", "subjects"], keep="any")


def _figures(expected: pl.DataFrame, found: pl.DataFrame, by: str) -> pl.DataFrame:
    """Counts and figures per value of a column that expected and found both have."""
    right = expected.join(found.select("finding_type", "subjects"), on=["finding_type", "subjects"])
    counts = expected.group_by(by).agg(expected=pl.len())
    for name, groups in (("found", found), ("right", right)):
        counts = counts.join(groups.group_by(by).agg(pl.len().alias(name)), on=by, how="full", coalesce=True)
    return counts.with_columns(pl.col("expected", "found", "right").fill_null(0).cast(pl.Int64)).with_columns(
        recall=pl.when(pl.col("expected") > 0).then(pl.col("right") / pl.col("expected")),
        precision=pl.when(pl.col("found") > 0).then(pl.col("right") / pl.col("found")),
        f1=pl.when(pl.col("expected") + pl.col("found") > 0).then(2 * pl.col("right") / (pl.col("expected") + pl.col("found"))),
    )


def _flagged(decoys: pl.DataFrame, wrong: pl.DataFrame) -> pl.DataFrame:
    """Decoy groups per kind, and those a wrong finding fell for.

    A finding about one record falls for a decoy when that record is in the group; one about several when two of them are.
    """
    members = decoys.select("kind", "group_id", subject=pl.concat_str("record_type", "record_key", separator=":")).unique()
    subjects = wrong.with_row_index("finding").select("finding", size=pl.col("subjects").list.len(), subject="subjects").explode("subject")
    shared = members.join(subjects, on="subject").group_by("kind", "group_id", "finding").agg(pl.len(), pl.col("size").first())
    fallen = shared.filter(pl.col("len") >= pl.min_horizontal("size", 2)).select("kind", "group_id").unique()
    kinds = decoys.group_by("kind").agg(groups=pl.col("group_id").n_unique())
    return (
        kinds.join(fallen.group_by("kind").agg(flagged=pl.len()), on="kind", how="left")
        .with_columns(pl.col("flagged").fill_null(0))
        .sort("kind")
    )


def _long_names(reader: Reader, records: pl.DataFrame) -> pl.DataFrame:
    """Whether the name of each record has a separator or more than four characters: record_type, record_key, is_long."""
    parts = [pl.DataFrame(schema={"record_type": pl.String, "record_key": pl.String, "is_long": pl.Boolean})]
    for record_type in sorted(set(records["record_type"]) & EXTRACTS.keys()):
        extract = EXTRACTS[record_type]
        name = extract.column_of("name")
        if name is None:
            continue
        rows = reader.frame(
            f"SELECT {extract.key[0]} AS record_key, {name} AS name, {name}_key AS name_key FROM std.{extract.name} "
            f"WHERE {extract.key[0]} IN (SELECT unnest(CAST($keys AS VARCHAR[])))",
            keys=records.filter(pl.col("record_type") == record_type)["record_key"].unique().to_list(),
        )
        length = pl.col("name_key").str.len_chars()
        is_long = (length > _LONG) | (pl.col("name").str.contains(_SEPARATOR) & (length >= _LEAST_SEPARATED))
        parts.append(rows.select(record_type=pl.lit(record_type), record_key="record_key", is_long=is_long))
    return pl.concat(parts).unique(["record_type", "record_key"], keep="any")
