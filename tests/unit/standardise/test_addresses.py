from __future__ import annotations

import pytest

from reconcile.standardise import addresses


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("贵州省都匀市五里村第三组十二号", "贵州省都匀市五里村3组12号"),
        ("贵州省都匀市五里村 ３组12号", "贵州省都匀市五里村3组12号"),
        ("三都县三合镇一百二十三号", "三都县三合镇123号"),
        ("三都县三合镇一百零五号", "三都县三合镇105号"),
        ("文明路二十幢一单元", "文明路20栋1单元"),
        ("文明路20座1单元", "文明路20栋1单元"),
        ("文明路(20#)", "文明路20"),
        ("文明路20号-3", "文明路20号3"),
        ("貴州省獨山縣", "贵州省独山县"),
        ("五里村", "五里村"),
        ("三都县", "三都县"),
        ("第三小学", "第三小学"),
        ("三里屯3号", "三里屯3号"),
        ("、", None),
        ("", None),
        (None, None),
    ],
)
def test_address_key(read, text, key):
    assert read(addresses.read, [text], "key") == [(key,)]


def test_shown_form_keeps_everything_inside(read):
    assert read(addresses.read, [" 文明路 第三組\t"], "value") == [("文明路 第三組",)]
