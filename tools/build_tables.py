"""Build the tables in src/reconcile/standardise/tables/: from two published packages, the system's iconv and perl, and lunar-python.

    pip download --no-deps char-similar==0.0.2
    npm pack pinyin-pro@3.29.4
    python tools/build_tables.py char_similar-0.0.2-py2.py3-none-any.whl pinyin-pro-3.29.4.tgz

Both archives are checked by their sha256 first; the same archives give the same files byte for byte. Nothing of them is run or unpickled.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
from lunar_python import LunarYear
from pypinyin import lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from reconcile.standardise.names import HAN_RANGES, character_folding

YEARS = range(1889, 2060)
JULIAN_DAY_ZERO = 1_721_425
"""Julian day number of the day before 0001-01-01, rounded up as the library's first days are at noon."""
OUT = Path(__file__).parents[1] / "src" / "reconcile" / "standardise" / "tables"
SHA256 = {
    "char_similar-0.0.2-py2.py3-none-any.whl": "18d25caff0cd430bb142277320df5061e1997165b1cb8f47bfdc4b5d2ec09adc",
    "pinyin-pro-3.29.4.tgz": "433bc66ce6bcc23ff293b268a39452461e92987b9a13eefb7242cbe3103998cd",
}
NAMED = ("己已巳", "末未", "戊戌戍", "日曰", "玟攻", "晨辰", "彬杉", "炀杨", "芬芳", "洪供")
"""Groups that registrars report as mistaken for one another (DOMAIN §4.4), alike by measure or not."""
SURNAMES = {
    "种": "chong", "藏": "zang", "祭": "zhai", "洗": "xian", "冼": "xian", "适": "kuo", "佴": "nai", "仉": "zhang", "亓": "qi",
    "么": "yao", "幺": "yao", "都": "du", "句": "gou", "繁": "po", "秘": "bi", "少": "shao", "折": "she", "召": "shao", "员": "yun",
    "缪": "miao", "祢": "mi", "宓": "mi", "那": "na", "郇": "xun", "眭": "sui", "訾": "zi", "妫": "gui", "逄": "pang",
    "阚": "kan", "逯": "lu", "呙": "guo", "晁": "chao", "乜": "nie", "邸": "di", "鹿": "lu", "舍": "she",
    "单于": "chan yu", "长孙": "zhang sun", "宰父": "zai fu",
}  # fmt: skip
"""Surnames that the package leaves out, read as dictionaries of modern Chinese mark them as surnames."""

IN_NAMES = {
    "晟": "sheng", "长": "chang", "卜": "bu", "薄": "bo", "都": "du", "佛": "fo", "勒": "le", "什": "shi", "率": "shuai",
    "泊": "bo", "厦": "xia", "隽": "jun", "焘": "tao", "峤": "qiao", "玟": "min", "莞": "wan", "〇": "ling",
}  # fmt: skip
"""Characters that names read otherwise than running text does, by the dictionaries of modern Chinese."""


def main(wheel: Path, package: Path) -> None:
    """Write the tables."""
    for archive in (wheel, package):
        if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256[archive.name]:
            sys.exit(f"{archive.name} is not the published file this script was written for")
    write(
        "lookalikes.csv",
        "Characters that look alike: strokes and four-corner codes nearly the same, or named in the field.",
        "char-similar 0.0.2 (PyPI; metadata MIT, LICENSE file Apache-2.0), char_order.dict and char_fourangle.dict",
        "left,right",
        lookalikes(wheel),
    )
    write(
        "surnames.csv",
        "How a surname is read, without tones; two-character surnames as two syllables.",
        "pinyin-pro 3.29.4 (npm, MIT), dist/esm/data/surname.mjs, and the list SURNAMES of the script",
        "surname,reading",
        surnames(package),
    )
    write(
        "radicals.csv",
        "Radicals and strokes with points of their own, which text taken out of a PDF has for characters, and the characters.",
        "Equivalent_Unified_Ideograph of the Unicode Character Database 14.0, by Unicode::UCD of perl 5.36; without what NFKC folds",
        "radical,character",
        radicals(),
    )
    write(
        "gbk_private.csv",
        "Private points that GBK files decode to, and the characters that GB 18030 has there since 2005 and 2022.",
        "iconv of GNU libc 2.36 (charmap GB18030) beside Python's codec of 2000",
        "private,character",
        private_points(),
    )
    write(
        "syllables.csv",
        "The syllable of each Han character in names, without tone; common characters first, so that people can read the first of a line.",
        f"pypinyin {version('pypinyin')} (PyPI, MIT), and the list IN_NAMES of the script",
        "syllable,characters",
        syllables(),
    )
    write(
        "lunar_months.csv",
        f"Lunar months of {YEARS[0]} to {YEARS[-1]}: the solar day they begin on, their days; a leap month follows its like.",
        f"lunar-python {version('lunar-python')} (PyPI, MIT)",
        "year,month,first,days",
        lunar_months(),
    )


def write(name: str, what: str, source: str, heading: str, rows: list[str]) -> None:
    """One table with its origin in front."""
    origin = f"# {what}\n# Source: {source}.\n# Rebuild: tools/build_tables.py; do not edit.\n"
    (OUT / name).write_text(origin + "\n".join([heading, *rows]) + "\n", encoding="utf-8", newline="\n")


def gb2312() -> list[str]:
    """The 6,763 characters of GB 2312, which nearly all names are written in."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [code.decode("gb2312", "ignore") for code in codes if code.decode("gb2312", "ignore")]


def lookalikes(wheel: Path) -> list[str]:
    """Pairs in the order of their characters.

    Alike are, by stroke order (five kinds of stroke) and four-corner code:

    - one stroke order, of three strokes or more, and at most one of four corners other;
    - one stroke more, less or other, of five or more, and at most one corner other;
    - the same five-figure corner code, of six strokes or more, and at most 30 % of the strokes other.
    """
    with zipfile.ZipFile(wheel) as archive:
        orders, codes = (json.loads(archive.read(f"char_similar/data/char_{name}.dict")) for name in ("order", "fourangle"))
    characters = gb2312()
    strokes = [orders[character] for character in characters]
    other = process.cdist(strokes, strokes, scorer=Levenshtein.distance, score_cutoff=5, dtype=np.uint8)
    lengths = np.array([len(order) for order in strokes])
    longest = np.maximum(lengths[:, None], lengths[None, :])
    figures = np.array([[ord(figure) for figure in codes[character][:5].ljust(5)] for character in characters])
    unlike = np.sum([figures[:, None, at] != figures[None, :, at] for at in range(4)], axis=0)
    same_code = (unlike == 0) & (figures[:, None, 4] == figures[None, :, 4])
    alike = (
        ((other == 0) & (unlike <= 1) & (longest >= 3))
        | ((other == 1) & (unlike <= 1) & (longest >= 5))
        | (same_code & (longest >= 6) & (other <= 0.3 * longest))
    )
    pairs = {(characters[left], characters[right]) for left, right in zip(*np.nonzero(np.triu(alike, 1)), strict=True)}
    pairs |= {(left, right) for group in NAMED for left in group for right in group if left != right}
    return [",".join(pair) for pair in sorted({tuple(sorted(pair)) for pair in pairs})]


def syllables() -> list[str]:
    """Syllables with their characters, those of GB 2312 first: a character has the reading it has in names."""
    han = [chr(code) for start, end in HAN_RANGES[:2] for code in range(start, end)]
    han.sort(key=lambda char: (char.encode("gb2312", "ignore") or b"\xff", char))
    readings = dict(zip(han, lazy_pinyin(han), strict=True)) | IN_NAMES
    # A key holds folded characters: 頔 became 𬱖, which may be too new to have a reading of its own.
    origins = {goal: char for char, goal in character_folding().items() if goal not in readings}
    folded = dict(zip(origins, lazy_pinyin(list(origins)), strict=True))
    before = dict(zip(origins, lazy_pinyin(list(origins.values())), strict=True))
    readings |= {goal: before[goal] if syllable == goal else syllable for goal, syllable in folded.items()}
    lines: dict[str, str] = {}
    for char, syllable in readings.items():
        if syllable not in {char, origins.get(char)}:
            lines[syllable] = lines.get(syllable, "") + char
    return [f"{syllable},{characters}" for syllable, characters in lines.items()]


def surnames(package: Path) -> list[str]:
    """Surnames of one and two Han characters with their syllables."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/dist/esm/data/surname.mjs")
        text = member.read().decode() if member else ""
    found = re.findall(r"^\s*([\u4e00-\u9fff]{1,2}): '([^']+)'", text, re.MULTILINE)
    readings = {surname: " ".join(to_normal(syllable) for syllable in reading.split()) for surname, reading in found}
    return [f"{surname},{reading}" for surname, reading in sorted((SURNAMES | readings).items())]


def radicals() -> list[str]:
    """Characters of the blocks of radicals and strokes with the unified character each stands for."""
    ranges = (
        "my ($from, $to) = prop_invmap('EqUIdeo');"
        "for my $at (0 .. $#$from - 1) { printf '%X,%X,%X ', $from->[$at], $from->[$at + 1], $to->[$at] if $to->[$at] }"
    )
    command = ["/usr/bin/perl", "-MUnicode::UCD=prop_invmap", "-e", ranges]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    spans = [[int(number, 16) for number in span.split(",")] for span in listed]
    found = {chr(point): chr(goal) for first, end, goal in spans for point in range(first, end)}
    return [f"{radical},{goal}" for radical, goal in sorted(found.items()) if unicodedata.normalize("NFKC", radical) == radical]


def private_points() -> list[str]:
    """Private point → character: CP936's own points for FE50 to FEA0, and what Python's codec still decodes to them; no punctuation."""
    codes = [bytes((0xFE, second)) for second in range(0x50, 0xA1) if second != 0x7F]
    found = {0xE815 + place: modern(code) for place, code in enumerate(codes)}
    others = [bytes((first, second)) for first in range(0xA1, 0xFF) for second in range(0x40, 0xFF) if second != 0x7F]
    old = {code: code.decode("gb18030", "ignore") for code in others}
    found |= {ord(point): modern(code) for code, point in old.items() if point and is_private(point)}
    kept = {point: one for point, one in sorted(found.items()) if not is_private(one) and unicodedata.category(one)[0] != "P"}
    return [f"{point:04X},{character}" for point, character in kept.items()]


def lunar_months() -> list[str]:
    """Months in the order of their first days; the library works them out from the sun and the moon, two seconds for all."""
    months = {
        (month.getYear(), month.getMonth()): (dt.date.fromordinal(int(month.getFirstJulianDay()) - JULIAN_DAY_ZERO), month.getDayCount())
        for year in YEARS
        for month in LunarYear.fromYear(year).getMonths()
        if month.getYear() in YEARS
    }
    found = sorted((first, year, abs(month), days) for (year, month), (first, days) in months.items())
    return [f"{year},{month},{first},{days}" for first, year, month, days in found]


def is_private(character: str) -> bool:
    """Whether a character stands in the private use area."""
    return 0xE000 <= ord(character) <= 0xF8FF


def modern(code: bytes) -> str:
    """A code as GNU libc reads it."""
    return subprocess.run(["/usr/bin/iconv", "-f", "GB18030", "-t", "UTF-8"], input=code, capture_output=True, check=True).stdout.decode()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
