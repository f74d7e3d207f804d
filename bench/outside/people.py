"""Villages and families: who was born when, bears which name, lives where, and has which number."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace

TODAY = dt.date(2026, 11, 21)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
_WEIGHTS = [1 / (place + 3) ** 0.8 for place in range(len(SURNAMES))]
_GIVEN = {
    1952: "秀英兰玉珍桂芳荣福贵财德明国华春生金宝树山成发文学清海水根土木火云凤仙香莲菊梅",
    1978: "建国军卫红兵强勇敏丽艳霞燕玲萍伟平志华明东刚斌春秋梅英杰辉波涛峰云林文武忠义革新",
    2000: "伟静娟婷磊鹏超杰浩俊雪莹丹丽娜佳慧倩颖宇飞翔龙晨阳琳琪晓东鑫亮凯欣蕾洁",
    2100: "梓涵子轩雨欣怡宇浩然诗涵一诺思睿博文俊熙佳琪梦瑶语桐欣妍可馨泽宸奕辰沐晨",
}
"""Characters of names, the favourites first, of those born before a year."""
_UYGHUR = (
    "阿卜杜拉",
    "买买提",
    "艾合买提",
    "古丽巴哈尔",
    "阿依古丽",
    "吐尔逊",
    "玉素甫",
    "热娜",
    "帕提古丽",
    "木合塔尔",
    "艾力",
    "卡德尔",
    "努尔买买提",
    "阿米娜",
    "祖力菲亚",
)
DOT = "·"
COUNTIES = {"990211": "青石县", "990212": "白河县", "990213": "红柳县", "990214": "黑山县"}
_TOWNS = ("城关", "东风", "双桥", "石门")
_VILLAGES = (
    "大槐树",
    "李家坪",
    "石头沟",
    "柳林",
    "上河",
    "下河",
    "杨家湾",
    "马鞍山",
    "红星",
    "前进",
    "和平",
    "向阳",
    "龙王庙",
    "黄土岭",
    "青松",
    "白云",
)


@dataclass(frozen=True)
class Home:
    """A household's place; ``station`` is the code of its police station."""

    household: str
    station: str
    town: str
    village: str
    group: int
    house: int

    @property
    def county(self) -> str:
        """Code of the county."""
        return self.station[:6]

    def address(self, form: str = "house") -> str:
        """As far as the house, the group, the village; or ``bare``, without county and town."""
        county_town = f"{COUNTIES[self.county]}{self.town}镇"
        village, group = f"{self.village}村", f"{self.group}组"
        return {
            "house": f"{county_town}{village}{group}{self.house}号",
            "group": f"{self.town}镇{village}{group}",
            "village": f"{county_town}{village}",
            "bare": f"{village}{group}{self.house}号",
        }[form]


@dataclass
class Person:
    """Somebody; ``number`` is a citizen number of an area that does not exist."""

    surname: str
    given: str
    sex: str
    born: dt.date
    number: str
    home: Home
    father: Person | None = None
    mother: Person | None = None
    spouse: Person | None = field(default=None, repr=False)
    transliterated: bool = False

    @property
    def name(self) -> str:
        """As written by an office that makes no mistake."""
        return self.surname + self.given

    def moved(self, home: Home) -> Person:
        """The same person, living elsewhere."""
        return replace(self, home=home)


def number(area: str, born: dt.date, order: int) -> str:
    """Citizen number by GB 11643-1999."""
    body = f"{area}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


class Villages:
    """Makes people; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        """Nobody yet."""
        self.random = random.Random(seed)  # noqa: S311 - invents people, keeps no secret
        self.people: list[Person] = []
        self._households = 0
        self._orders: dict[tuple[str, dt.date], int] = {}
        self._names_at_home: set[tuple[int, str]] = set()

    def stations(self) -> list[dict[str, str]]:
        """Rows of the extract ``station``."""
        return [
            {
                "station_code": _station(county, place),
                "station_name": f"{name}公安局{town}派出所",
                "county_code": county,
                "county_name": name,
            }
            for county, name in COUNTIES.items()
            for place, town in enumerate(_TOWNS)
        ]

    def home(self, *, outside: str = "") -> Home:
        """An empty home, of another county than ``outside``."""
        pick = self.random
        self._households += 1
        county = pick.choice([code for code in COUNTIES if code != outside])
        place = pick.randrange(len(_TOWNS))
        village, group, house = pick.choice(_VILLAGES), pick.randint(1, 12), pick.randint(1, 180)
        return Home(f"{700_000_000 + self._households}", _station(county, place), _TOWNS[place], village, group, house)

    def day(self, first: int, last: int) -> dt.date:
        """A day of these years."""
        begin = dt.date(first, 1, 1)
        return begin + dt.timedelta(self.random.randrange((dt.date(last, 12, 28) - begin).days))

    def given(self, year: int, *, uyghur: bool = False) -> str:
        """A given name of somebody born in that year."""
        if uyghur:
            return self.random.choice(_UYGHUR)
        liked = next(characters for before, characters in _GIVEN.items() if year < before)
        length = 1 if self.random.random() < 0.12 else 2
        return "".join(liked[min(int(self.random.expovariate(1 / 9)), len(liked) - 1)] for _ in range(length))

    def surname(self) -> str:
        """One of the common surnames."""
        return self.random.choices(SURNAMES, _WEIGHTS)[0]

    def issued(self, area: str, born: dt.date, sex: str) -> str:
        """The next number of an area and day: odd for men."""
        order = self._orders.get((area, born), self.random.choice([1, 2, 11, 21, 31])) + 1
        order += order % 2 != (sex == "1")
        self._orders[area, born] = order
        return number(area, born, order)

    def foreign_number(self, person: Person) -> str:
        """A second number that another place gave the same person."""
        order = self.random.randint(100, 490) * 2 + (person.sex == "1")
        return number(self.random.choice(["990311", "990421"]), person.born, order)

    def born(
        self, surname: str, sex: str, born: dt.date, home: Home, parents: tuple[Person, Person] | None = None, *, uyghur: bool = False
    ) -> Person:
        """Somebody new."""
        given, father = self.given(born.year, uyghur=uyghur), parents[0] if parents else None
        if uyghur:
            surname, given = "", given + DOT + (father.given.split(DOT)[0] if father else self.random.choice(_UYGHUR))
        while parents and (id(parents[0]), given) in self._names_at_home:  # nobody calls two children the same
            given = self.given(born.year, uyghur=uyghur) if not uyghur else f"小{given}"
        self._names_at_home.add((id(father), given))
        area = home.county if self.random.random() < 0.9 else self.random.choice(["990311", "990421", "990105"])
        person = Person(surname, given, sex, born, self.issued(area, born, sex), home, *(parents or (None, None)), transliterated=uyghur)
        self.people.append(person)
        return person

    def family(self) -> None:
        """A couple and its children, some of them twins, some grown up and gone."""
        pick, home = self.random, self.home()
        uyghur = pick.random() < 0.03
        year = pick.choice([1935, 1945, 1955, 1962, 1968, 1972, 1978, 1983, 1988, 1992, 1996])
        husband = self.born(self.surname(), "1", self.day(year, year + 3), home, uyghur=uyghur)
        wife = self.born(self.surname(), "2", self.day(year + 1, year + 4), home, uyghur=uyghur)
        husband.spouse, wife.spouse = wife, husband
        birth = year + 23
        for _ in range(pick.choice([0, 1, 1, 2, 2, 3])):
            if birth > 2023:
                break
            child = self.born(husband.surname, pick.choice("12"), self.day(birth, birth + 1), home, (husband, wife), uyghur=uyghur)
            if pick.random() < 0.02:
                self._twin(child, uyghur=uyghur)
            if child.born.year < 1996 and pick.random() < 0.7:
                child.home = self.home()
            birth += pick.randint(1, 4)

    def _twin(self, child: Person, *, uyghur: bool) -> None:
        """A twin whose name is like the other's more often than not, and never the same."""
        parents = (child.father, child.mother)
        twin = self.born(child.surname, self.random.choice("12"), child.born, child.home, parents, uyghur=uyghur)
        if not uyghur and len(child.given) > 1 and self.random.random() < 0.6:
            twin.given = child.given[0] + self.random.choice([each for each in _GIVEN[2000] if each != child.given[1]])


def populate(seed: int, population: int) -> Villages:
    """A world with about so many people."""
    world = Villages(seed)
    while len(world.people) < population:
        world.family()
    return world


def _station(county: str, place: int) -> str:
    return f"{county}{place + 10:03d}000"
