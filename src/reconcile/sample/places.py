"""Counties, stations and addresses of an invented prefecture, and what keeps the numbers of its parts apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from reconcile.sample.names import Ints, words

_COUNTIES = words("云岭 青溪 石坪 龙泉 平安 长河 白水 永兴 双江 黄竹 松林 南屏")
_TOWNS = words("城关 城东 城西 河口 大坪 新场 龙塘 石门 羊场 马鞍 三合 白岩 清水 打铁 高寨 茶山 甘溪 麻栗 沙坝 水井")
_ROADS = words("东风路 人民路 解放路 建设街 和平巷 中山路 新华街 环城北路 河滨路 文化巷")
_VILLAGES = words("新寨 老寨 上坝 下坝 岩脚 田坝 大湾 小河 中寨 坪上 龙井 桥头 白果 枫香 营盘")

_SECOND = "山川州阳阴原谷峰台关桥湖塘湾洲港浦岗坝坡沟潭渡津亭堡营井洞岩沙田园梁塬崖滩岛垣峡渠源池圃舟浪月"
"""Second characters of the names of counties in the parts after the first, one a part; none of them is in ``_COUNTIES``' second place."""

_OUTSIDE = ("990201", "990202", "990305", "001301", "001102", "992201")
OUTSIDE_NAMES = ("东海市港区", "东海市湖滨区", "南陵市新城区", "北原市矿区", "北原市河东区", "西川市高新区")
"""Names of the counties outside, in their order."""

PARTS = 1 + len(_SECOND)
"""So many parts have codes of their own."""

_ORDINALS = 100_000_000
"""Ordinals of keys that a part may give; all of all parts stay below the prime that ``register.key`` scrambles with."""


@dataclass(frozen=True, slots=True)
class Places:
    """Stations and counties in scope; positions in the lists are used as codes until the files are written.

    A part of a larger prefecture has counties, outside counties and ordinals of its own, so that no two parts give one number twice.
    """

    stations: pl.DataFrame
    part: int = 0

    @property
    def first(self) -> int:
        """What the ordinals of this part's keys are counted from."""
        return self.part * _ORDINALS

    @property
    def outside(self) -> tuple[str, ...]:
        """Counties that exist in this invented world but are not in ``station``: out of scope."""
        return tuple(f"{code[:4]}{int(code[4:]) + 2 * self.part:02d}" for code in _OUTSIDE)

    @property
    def empty(self) -> str:
        """A prefecture in which nobody was born, for numbers put together by hand; four digits."""
        return f"00{30 + self.part}" if self.part else "9909"

    @property
    def codes(self) -> pl.Series:
        """Station codes by position."""
        return self.stations["station_code"]

    @property
    def counties(self) -> list[str]:
        """County codes in scope."""
        return self.stations["county_code"].unique(maintain_order=True).to_list()


def prefecture(population: int, part: int = 0) -> Places:
    """Lay out two to twelve counties and a station for every 20,000 persons, at least two a county."""
    code = f"99{30 + part}" if part else "9901"
    names = [name[0] + _SECOND[part - 1] for name in _COUNTIES] if part else _COUNTIES
    counties = min(12, max(2, population // 1500))
    per_county = max(2, min(20, round(population / 20_000 / counties)))
    rows = [
        {
            "station_code": f"{code}{county + 1:02d}5{place + 1:02d}000",
            "station_name": f"{names[county]}县公安局{_TOWNS[place]}派出所",
            "county_code": f"{code}{county + 1:02d}",
            "county_name": f"{names[county]}县",
        }
        for county in range(counties)
        for place in range(per_county)
    ]
    return Places(pl.DataFrame(rows), part)


def addresses(rng: np.random.Generator, places: Places, station: Ints, urban: Ints) -> pl.Series:
    """Address text of each household from its station and urban-rural code."""
    size = len(station)
    place = places.stations["station_name"].str.replace("公安局", "").str.replace("派出所", "镇").gather(station)
    parts = pl.DataFrame(
        {
            "place": place,
            "urban": urban,
            "road": pl.Series(_ROADS).gather(rng.integers(0, len(_ROADS), size=size)),
            "village": pl.Series(_VILLAGES).gather(rng.integers(0, len(_VILLAGES), size=size)),
            "house": rng.integers(1, 400, size=size),
            "group": rng.integers(1, 13, size=size),
        }
    )
    town = pl.format("{}{}{}号", "place", "road", "house")
    rural = pl.format("{}{}村{}组{}号", "place", "village", "group", pl.col("house") % 90 + 1)
    return parts.select(pl.when(pl.col("urban") < 200).then(town).otherwise(rural)).to_series()
