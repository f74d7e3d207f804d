"""The review list: answers that contradict each other or the records, for the operator to settle with the stations.

It names registrations by key and no person; who settles an entry asks the stations named in it to answer the finding once more.
"""

from __future__ import annotations

import polars as pl

from reconcile.asked import Readable
from reconcile.contract.codes import OUTCOME
from reconcile.query import sql

SENTENCES = {
    "between": "已答复登记一与登记二不是同一人，登记三却与两者都相符，请核实登记三是谁。",
    "same_and_different": "对登记一与登记二，一次答复为同一人，另一次答复不是同一人，请核实以哪次为准。",
    "same_but_apart": "已答复登记一与登记二是同一人，但与对其他登记的答复相抵触，未能合并，请核实。",
    "answers_disagree": "各派出所对同一编号的答复不一致，请协调后由其中一方重新答复。",
    "not_ours": "所涉部门答复不归其管辖，请确定由谁核实。",
}
"""Kind of ``find.review`` → what the operator reads."""

_HEADINGS = {"findings": "编号", "left_key": "登记一", "right_key": "登记二", "other_key": "登记三", "answers": "已有答复"}


def text(asked: Readable) -> str | None:
    """The list of the night as CSV; None where there is nothing to review."""
    entries = asked.frame(sql("report/review"))
    if entries.is_empty():
        return None
    kind = pl.col("kind").replace_strict(SENTENCES, return_dtype=pl.String).alias("说明")
    entries = entries.with_columns(pl.col("answers").str.replace_many(OUTCOME.known))
    shown = entries.select(kind, *(pl.col(name).alias(heading) for name, heading in _HEADINGS.items()))
    return "\ufeff" + shown.fill_null("").write_csv(line_terminator="\r\n", quote_style="always")
