"""Names as frequent as in China: word lists with weights, vectorised draws, and the variants that sources write.

The weights of the first surnames and given names follow the published shares of DOMAIN §4.5; the lists themselves
were written for this generator.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

SEPARATOR = "·"


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


_LEADING = (
    ("王", 7.2), ("李", 7.2), ("张", 6.9), ("刘", 5.3), ("陈", 4.6), ("杨", 4.4), ("黄", 2.4), ("赵", 2.1), ("吴", 2.1), ("周", 2.0),
    ("徐", 1.4), ("孙", 1.4), ("朱", 1.3), ("马", 1.3), ("胡", 1.2), ("郭", 1.1), ("林", 1.1), ("何", 1.1), ("高", 1.0), ("罗", 1.1),
)  # fmt: skip
_COMMON = (
    "郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙黎史陶贺毛郝顾龚邵万"
    "覃武钱戚莫孔向汤蒙陇岑冉令伍杭仇单解查柏祝欧游植阮蓝闵季麻强路娄危童颜郁焦巴牧隗山谷车宓班仰秋仲伊宫宁栾甘厉戎祖符束幸司韶郜蓟薄印宿怀蒲邰从鄂索咸籍赖卓蔺"
)
_DOUBLE = (("欧阳", 0.09), ("上官", 0.008), ("令狐", 0.03), ("皇甫", 0.006), ("诸葛", 0.005))

SURNAMES: tuple[str, ...] = tuple(name for name, _ in _LEADING) + tuple(dict.fromkeys(_COMMON)) + tuple(name for name, _ in _DOUBLE)


def _shares(weights: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    share = np.array(weights)
    return share / share.sum()


_TAIL = len(SURNAMES) - len(_LEADING) - len(_DOUBLE)
_SURNAME_SHARES = _shares([w for _, w in _LEADING] + list(0.95 * np.exp(-np.arange(_TAIL) / 42)) + [w for _, w in _DOUBLE])

_COHORT_STARTS = (1960, 1980, 2003)
"""First birth year of the second, third and fourth cohort."""

_TOP: dict[tuple[int, int], str] = {
    (0, 1): "建国 国华 德明 志强 文华 光明 明华 玉林 建华 国强 树林 福生 永福 正华 世明",
    (1, 1): "伟 勇 军 强 平 斌 波 建军 建华 志强 海涛 国庆 永红 德军 小平",
    (2, 1): "伟 杰 涛 鹏 超 浩 飞 磊 俊杰 志强 鑫 宇 明 龙 文杰",
    (3, 1): "沐宸 浩宇 沐辰 茗泽 奕辰 宇泽 浩然 子轩 宇轩 梓豪 俊熙 一鸣 子睿 博文 皓轩",
    (0, 2): "秀英 桂英 玉兰 秀兰 桂兰 玉珍 秀珍 凤英 玉英 素珍 兰英 桂芳 秀芳 淑芬 金花",
    (1, 2): "丽 敏 艳 芳 静 燕 玲 梅 琴 秀英 红梅 小红 丽华 春燕 志红",
    (2, 2): "静 婷 丹 娜 丽 艳 欢 雪 莉 婷婷 佳 倩 燕 晓燕 丽娟",
    (3, 2): "若汐 一诺 艺涵 依诺 梓涵 诗涵 欣怡 雨桐 梓萱 可馨 语桐 佳怡 沐瑶 诗琪 思彤",
}
_CHARACTERS: dict[tuple[int, int], str] = {
    (0, 1): "国明德文华建志光永福生林成玉祥世忠贵清正发荣安学兴才春树富昌万云庆良山民海松金龙长开友达元双仁义胜全怀培绍廷启朝银宝祖炳贤绪",
    (1, 1): "伟军勇强平斌波建华志海涛国庆永红德明小文辉刚林峰江光宏忠东杰健云龙春贵祥荣亮新洪全兵飞康松发晓朝启开正先远继昌泽阳显锋仕",
    (2, 1): "伟杰涛鹏超浩飞磊俊志鑫宇明龙文凯旭洋帆亮佳嘉晨阳东海林峰斌豪健康威宏俊波正恒星瑞毅凡辰翔锋坤雷江昊乐天云贵开思诚启",
    (3, 1): "宇浩子轩辰泽睿博俊熙梓豪一鸣皓文沐宸奕茗然嘉佑霖晨瑞恒哲铭昊天骏毅航佳诚景逸行远承安思齐知墨昱柯烨屹朗星卓彦言允",
    (0, 2): "秀英桂玉兰珍凤素芳淑芬金花莲香梅琼翠莲菊仙碧云清明华光美贞月银群惠先开正德素春小大富珠连琴巧娥福荣娣修元芝群会世",
    (1, 2): "丽敏艳芳静燕玲梅琴红英华春小霞萍琼群芬莉秀娟云晓凤菊美雪平玉先娅会洁慧珍利莲素文琳丹勤蓉兰仙明英应国朝光志永学建",
    (2, 2): "静婷丹娜丽艳欢雪莉佳倩燕晓娟敏玲慧洁琳文雅萍颖莹梦思雨欣怡瑶露媛霞蓉丹凤春梅银仙小玉秋菊兰云芸芳美月妮娇蕾薇晶琪",
    (3, 2): "若汐一诺艺涵依梓诗欣怡雨桐萱可馨语佳沐瑶琪思彤子悦妍涵芯甜念安晴溪月芮伊筱淇朵茜玥嘉乐雅宁苒熙恩优璇予柠灵菲慕橙",
}
_SINGLE_SHARE = (0.08, 0.3, 0.34, 0.08)
_TOP_SHARE = 0.14

_STYLE_MALE = words(
    "买买提 艾合买提 阿布都 吐尔逊 玉素甫 依明 卡德尔 努尔江 阿迪力 肉孜 沙吾提 库尔班 艾尼瓦尔 帕尔哈提 "
    "塔依尔 亚森 热合曼 巴拉提 木拉提 叶尔江 哈力克 阿布力孜 依布拉音 吾布力 萨迪克 托合提 尼亚孜 赛买提 "
    "牙生 乌斯曼 阿不力米提 居来提"
)
_STYLE_FEMALE = words(
    "古丽巴哈尔 阿依古丽 帕提古丽 热依汗 玛依拉 阿米娜 佐热木 哈丽旦 努尔古丽 茹仙古丽 迪丽达尔 祖丽亚 "
    "阿孜古丽 布海丽且 吐尔逊古丽 海丽曼 再努尔 齐曼古丽 米热依 赛乃姆 汗佐热 夏依旦 孜乃提 阿娜尔古丽"
)

RARE = "䶮㵘喆堃淼犇燚翀珺祎頔垚昇玥"
"""Characters that many systems cannot store; sources write □, a private-use character or ? for the first two."""


def _cohort(years: Ints) -> Ints:
    return np.searchsorted(np.array(_COHORT_STARTS), years, side="right").astype(np.int64)


def surnames(rng: np.random.Generator, count: int) -> Ints:
    """Draw surnames as positions in ``SURNAMES``."""
    return rng.choice(len(SURNAMES), size=count, p=_SURNAME_SHARES).astype(np.int64)


@cache
def _zipf(size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return _shares(list(1 / (np.arange(size) + 6.0)))


def given(rng: np.random.Generator, sex: Ints, years: Ints) -> pl.Series:
    """Given names by sex (1, 2) and birth year."""
    out = pl.Series([""]).new_from_index(0, len(sex)).to_numpy().astype(object)
    cohorts = _cohort(years)
    for cohort in range(4):
        for code in (1, 2):
            rows = np.flatnonzero((cohorts == cohort) & (sex == code))
            if len(rows):
                out[rows] = _given_of_cohort(rng, cohort, code, len(rows)).to_numpy()
    return pl.Series("given", out, dtype=pl.String)


def _given_of_cohort(rng: np.random.Generator, cohort: int, sex: int, count: int) -> pl.Series:
    tops, characters = (pl.Series(listed) for listed in _words_of(cohort, sex))
    share = _zipf(len(characters))
    first, second = (characters.gather(rng.choice(len(characters), size=count, p=share)) for _ in range(2))
    kind = rng.random(count)
    frame = pl.DataFrame({"top": tops.gather(rng.choice(len(tops), size=count, p=_zipf(len(tops)))), "a": first, "b": second, "kind": kind})
    single = _TOP_SHARE + _SINGLE_SHARE[cohort]
    return frame.select(
        pl.when(pl.col("kind") < _TOP_SHARE).then("top").when(pl.col("kind") < single).then("a").otherwise(pl.concat_str("a", "b"))
    ).to_series()


def styled(rng: np.random.Generator, sex: Ints) -> pl.Series:
    """Own segment of a transliterated name, by sex."""
    male, female = (pl.Series(words).gather(rng.integers(0, len(words), size=len(sex))) for words in (_STYLE_MALE, _STYLE_FEMALE))
    return pl.DataFrame({"sex": sex, "m": male, "f": female}).select(pl.when(pl.col("sex") == 1).then("m").otherwise("f")).to_series()


def draw(rng: np.random.Generator, sex: int, year: int) -> str:
    """One name of the common kind, for a person made by hand; draws as ``given`` does, without a frame for each person."""
    surname = SURNAMES[int(surnames(rng, 1)[0])]
    cohort = int(_cohort(np.array([year]))[0])
    tops, characters = _words_of(cohort, sex)
    first, second = (characters[int(rng.choice(len(characters), p=_zipf(len(characters))))] for _ in range(2))
    kind = rng.random()
    top = tops[int(rng.choice(len(tops), p=_zipf(len(tops))))]
    if kind < _TOP_SHARE:
        return surname + top
    return surname + (first if kind < _TOP_SHARE + _SINGLE_SHARE[cohort] else first + second)


@cache
def _words_of(cohort: int, sex: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Frequent given names, and characters of the others."""
    return words(_TOP[cohort, sex]), tuple(dict.fromkeys(_CHARACTERS[cohort, sex]))


_HOMOPHONES: dict[str, str] = {
    pair[0]: pair[2]
    for pair in words(
        "伟>玮 芳>方 静>靖 丽>莉 敏>闽 艳>燕 燕>艳 娟>涓 杰>洁 洁>杰 强>墙 军>均 勇>咏 平>萍 萍>平 斌>彬 "
        "波>博 涛>滔 鹏>朋 超>朝 浩>皓 飞>菲 磊>雷 明>铭 华>桦 国>帼 建>健 健>建 志>智 文>雯 林>霖 海>骇 "
        "玉>育 秀>绣 英>瑛 兰>岚 珍>真 凤>奉 梅>枚 琴>勤 红>宏 玲>铃 霞>遐 云>芸 辉>晖 刚>钢 峰>锋 龙>隆 "
        "宇>羽 子>梓 轩>萱 辰>晨 晨>辰 泽>择 欣>心 怡>宜 雨>羽 桂>贵 贵>桂 德>得 永>勇 福>富 生>升 春>椿 "
        "清>青 荣>容 正>政 学>雪 婷>廷 丹>单 娜>纳 雪>学 佳>嘉 倩>茜 慧>惠 琳>林 诗>师 涵>含 梓>紫 思>丝 "
        "语>雨 沐>木 一>依 依>一 睿>瑞 瑞>睿 嘉>佳 素>苏 淑>书 金>今 花>华 莲>连 香>湘 光>广 世>士 忠>中 "
        "祥>翔"
    )
}
_TRADITIONAL = str.maketrans(
    "国华军丽兰龙张陈刘赵杨吴黄孙马红伟强东云凤莲贵荣庆泽涛义学兴忆", "國華軍麗蘭龍張陳劉趙楊吳黃孫馬紅偉強東雲鳳蓮貴榮慶澤濤義學興憶"
)
_SPELLINGS = (("买买提", "麦麦提"), ("阿布都", "阿不都"), ("布", "不"), ("依", "伊"), ("江", "姜"), ("逊", "荪"), ("提", "特"))
_SEPARATORS = ("．", ".", "。", "", " ", "、")
"""Separators met in place of the middle dot; each of them exists in GBK, other files may carry more kinds."""


_SPELT = "布不卜依伊提特江姜逊荪买麦"
"""Characters of the spelling families: in a transliterated name one for another is no error."""


@cache
def _sound_alikes() -> dict[str, str]:
    """Every character of the word lists that has a homophone there, with the next one of that sound."""
    from pypinyin import lazy_pinyin

    alike: dict[str, list[str]] = {}
    for character in sorted({*"".join([*_CHARACTERS.values(), *_STYLE_MALE, *_STYLE_FEMALE]), *_HOMOPHONES, *_HOMOPHONES.values()}):
        alike.setdefault(lazy_pinyin(character)[0], []).append(character)
    return {here: there for same in alike.values() for here, there in zip(same, same[1:] + same[:1], strict=True) if here != there}


def misheard(rng: np.random.Generator, name: str) -> str:
    """The name with one character of the given name replaced by a homophone: an error in one record, never a tolerated variant.

    Where no character has a homophone, the last one is another character altogether.
    """
    others = _sound_alikes() | _HOMOPHONES
    spelt = _SPELT if SEPARATOR in name else ""
    places = [place for place in range(1, len(name)) if name[place] in others and not {name[place], others[name[place]]} & set(spelt)]
    place = int(rng.choice(places)) if places else len(name) - 1
    other = others.get(name[place], "义" if name[place] != "义" else "艺")
    return name[:place] + other + name[place + 1 :]


_LOOK_ALIKES = {
    pair[place]: pair[1 - place]
    for pair in words(
        "未末 已己 玟攻 彬杉 芬芳 洪供 炀杨 天夭 士土 人入 刀力 千干 午牛 圆园 琳林 清请 晴睛 鸣呜 飞气 伟仲 佳住 军车 丹舟 平乎"
        " 永水 玉王 明朋 昌晶 梅海 英莫 兰三 桂挂 珍诊"
        " 凤风 志忘 强弦 勇男 敏繁 静净 丽雨 春舂 华毕 国困 文丈 光先 德得 贵责 荣菜 生主 福褔 忠忡"
    )
    for place in (0, 1)
}
"""Characters taken for one another by the look (DOMAIN §4.4), in a hand or a bad copy."""


def misread(rng: np.random.Generator, name: str) -> str:
    """The name with one character of the given name taken for another that looks like it; misheard where none does."""
    places = [place for place in range(1, len(name)) if name[place] in _LOOK_ALIKES]
    if not places:
        return misheard(rng, name)
    place = int(rng.choice(places))
    return name[:place] + _LOOK_ALIKES[name[place]] + name[place + 1 :]


def tolerated(rng: np.random.Generator, name: str) -> str:
    """The name as another agency may write it without being wrong (CONTRACT §2, reading 9)."""
    if SEPARATOR in name:
        first, last = name.split(SEPARATOR)[:2]
        spelled = name
        for seen, other in _SPELLINGS:
            if seen in spelled:
                spelled = spelled.replace(seen, other, 1)
                break
        forms = [first + str(rng.choice(_SEPARATORS)) + last, f"{last}{SEPARATOR}{first}", first, spelled]
        return forms[int(rng.choice(4, p=[0.55, 0.1, 0.1, 0.25]))]
    for rare in RARE[:2]:
        name = name.replace(rare, str(rng.choice(["□", "?", "\ue863"])))
    traditional = name.translate(_TRADITIONAL)
    if traditional != name and rng.random() < 0.4:
        return traditional
    return name[0] + "　" + name[1] if len(name) == 2 else name
