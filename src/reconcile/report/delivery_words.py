"""Why a row or a value could not be used, and what the office can do, in the words of the page for the office that delivered."""

from __future__ import annotations

LOST = {"row": "整行未使用", "value": "该项未使用"}
"""Severity of a reject → what is lost."""

REASONS: dict[str, tuple[str, str]] = {
    "columns": ("列数与表头不一致", "检查内容里是否有多余的分隔符或换行，或改用 XLSX 导出"),
    "length": ("一行过长", "检查是否缺少换行或引号未闭合"),
    "quote": ("引号不成对", "检查内容里的引号，或改用 XLSX 导出"),
    "encoding": ("含无法识别的字符编码", "请以 UTF-8 或 GB18030 编码导出"),
    "total_row": ("合计行", "导出时请去掉合计、小计行"),
    "required": ("必填项为空", "请补齐后重新报送"),
    "key_collision": ("编号与他人重复", "同一编号出现在不同的人名下，请核对编号"),
    "date_partial": ("日期只有年或年月", "请补全到日"),
    "date_two_digit_year": ("年份只有两位", "请写四位年份，如 2026-11-21"),
    "date_default": ("占位日期", "日期不详时请留空，不要填 1900-01-01、99991231 等"),
    "date_impossible": ("没有这一天", "请核对年、月、日"),
    "date_form": ("看不懂的日期写法", "请写成 2026-11-21"),
    "code_unknown": ("不认识的代码", "请按代码表填写，或提供本单位的代码对照表"),
    "area_form": ("区划或机构代码位数不对", "请按文本导出，避免首位 0 丢失"),
    "integer_form": ("不是整数", "请只填数字"),
}
"""Rule → what is wrong, and advice; every rule of ``ops.reject`` that a delivery can break."""
