"""Counties, stations and addresses of an invented prefecture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from reconcile.sample.names import Ints, words

_COUNTIES = words("云岭 青溪 石坪 龙泉 平安 长河 白水 永兴 双江 黄竹 松林 南屏")
_TOWNS = words("城关 城东 城西 河口 大坪 新场 龙塘 石门 羊场 马鞍 三合 白岩 清水 打铁 高寨 茶山 甘溪 麻栗 沙坝 水井")
_ROADS = words("东风路 人民路 解放路 建设街 和平巷 中山路 新华街 环城北路 河滨路 文化巷")
_VILLAGES = words("新寨 老寨 上坝 下坝 岩脚 田坝 大湾 小河 中寨 坪上 龙井 桥头 白果 枫香 营盘")

OUTSIDE = ("990201", "990202", "990305", "001301", "001102", "992201")
"""Counties that exist in this invented world but are not in ``station``: out of scope."""

OUTSIDE_NAMES = ("东海市港区", "东海市湖滨区", "南陵市新城区", "北原市矿区", "北原市河东区", "西川市高新区")
"""Their names, in the same order."""


@dataclass(frozen=True, slots=True)
class Places:
    """Stations and counties in scope; positions in the lists are used as codes until the files are written."""

    stations: pl.DataFrame

    @property
    def codes(self) -> pl.Series:
        """Station codes by position."""
        return self.stations["station_code"]

    @property
    def counties(self) -> list[str]:
        """County codes in scope."""
        return self.stations["county_code"].unique(maintain_order=True).to_list()


def prefecture(population: int) -> Places:
    """Lay out two to twelve counties and a station for every 20,000 persons, at least two a county."""
    counties = min(12, max(2, population // 1500))
    per_county = max(2, min(20, round(population / 20_000 / counties)))
    rows = [
        {
            "station_code": f"9901{county + 1:02d}5{place + 1:02d}000",
            "station_name": f"{_COUNTIES[county]}县公安局{_TOWNS[place]}派出所",
            "county_code": f"9901{county + 1:02d}",
            "county_name": f"{_COUNTIES[county]}县",
        }
        for county in range(counties)
        for place in range(per_county)
    ]
    return Places(pl.DataFrame(rows))


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
