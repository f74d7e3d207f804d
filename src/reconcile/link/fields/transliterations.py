"""How one transliterated name is written in Chinese registers: characters of one syllable, and spellings of one name.

Uyghur names. The rule DB65/T 2189-2005 (维吾尔人名汉字音译转写规则) gives each syllable its characters; the owner's way of writing and
what is established go before (名从主人, 约定俗成). Its table of syllables was not at hand. What stands here is our own: spellings met
side by side in DOMAIN §4.3 and in public texts (麦麦提, 阿卜杜 for older 买买提, 阿不都; 若孜 for 肉孜), ordered by the syllable of
the source name in the Latin alphabet of Uyghur. What merely sounds alike in Mandarin is left out: it remains a slip of the ear.

Tibetan names. The language commission in Lhasa told in 2010 that one name has up to eight spellings: 次 in Lhasa is 泽 in Qamdo and 才
in Qinghai and Sichuan; 丹增 is also 单增 and 旦增, 罗旦 also 洛丹. The other rows are forms that the dialects have for one written name,
here in its Wylie transliteration, by our own knowledge.

Mongolian names. Forms of one written name, by our own knowledge, but 其力嘎, whose three spellings their bearer tells of; 巴图 (firm) and
巴特尔 (hero) are two. For Yi names no source worth its name was found, so there are none.
"""

from __future__ import annotations

SYLLABLES = {
    "i": "依伊衣亦义",
    "u": "乌吾",
    "ya": "亚牙雅",
    "b": "布不卜",
    "du": "都杜",
    "di": "迪地狄",
    "t": "提特",
    "jan": "江姜",
    "l": "力里丽利",
    "me": "买麦迈",
    "mu": "木穆",
    "ma": "玛马",
    "na": "娜那纳",
    "nu": "努奴",
    "sun": "逊荪孙",
    "su": "素苏",
    "s": "斯司",
    "tu": "吐图土",
    "h": "合赫",
    "shi": "西希",
    "zi": "孜兹",
    "k": "克柯",
    "qa": "卡喀",
    "p": "甫普",
    "ban": "班邦",
    "man": "曼满",
    "ja": "加贾",
    "bay": "拜白",
    "xan": "汗罕",
    "gü": "古姑",
    "ze": "则泽",
    "r": "尔儿",
}
"""Syllable of the source name → characters that registers write for it, the one that stands for all first."""

UYGHUR = {
    "Muhemmed": "买提 买买提 买合买提",
    "Ehmed": "艾买提 艾合买提",
    "Mehmud": "买合木提 马合木提",
    "Memetimin": "买提明 买提敏",
    "Rozi": "肉孜 若孜 如孜",
    "Tursun": "吐逊 吐尔逊",
    "Imin": "依明 依敏",
    "Yüsüp": "玉素甫 尤素甫",
    "Qadir": "卡迪尔 卡德尔",
    "Qurban": "库班 库尔班",
    "Ibrahim": "依布拉音 依布拉因 依布拉英 依布拉依木",
    "Toxti": "托合提 托乎提",
    "Osman": "乌斯曼 奥斯曼",
    "Sadiq": "萨迪克 沙迪克",
    "Eysa": "艾萨 艾沙",
    "Ismayil": "斯马依 斯马依力 依斯马依力",
    "Hebib": "艾比布 海比布",
    "Rehim": "热依木 热合木",
    "Salam": "萨拉木 沙拉木",
    "Jür'et": "居来提 居热提",
    "Yaqup": "亚库甫 亚合甫",
    "Enwer": "艾尼瓦尔 安尼瓦尔 安外尔",
    "Ayshem": "阿依仙木 阿依先木 阿依夏木",
    "-nisa": "尼萨 尼沙 尼莎",
    "-beg": "别克 伯克",
}
"""Name → its spellings beyond those that the syllables already bring together; the one that stands for all first."""

TIBETAN = {
    "tshe ring": "次仁 泽仁 才仁 才让",
    "tshe brtan": "次旦 次丹 泽旦 才旦",
    "tshe dbang": "次旺 泽旺 才旺",
    "bstan 'dzin": "丹增 单增 旦增 登增",
    "blo ldan": "罗旦 罗丹 洛丹 洛旦",
    "blo bzang": "洛桑 罗桑 罗藏 洛藏",
    "bkra shis": "扎西 札西",
    "rdo rje": "多吉 多杰",
    "nor bu": "罗布 诺布 洛布",
    "bsod nams": "索朗 索南",
    "don grub": "顿珠 端智 东智 东珠",
    "rgyal mtshan": "坚赞 坚参",
    "rnam rgyal": "朗杰 南杰",
    "dbang 'dus": "旺堆 旺都",
    "phun tshogs": "平措 彭措",
    "lha mo": "拉姆 拉毛",
    "skal bzang": "格桑 尕藏",
    "ngag dbang": "阿旺 昂旺",
    "pad ma": "白玛 班玛 贝玛",
    "'jigs med": "晋美 久美",
    "zla ba": "达娃 达瓦",
    "sgrol dkar": "卓嘎 卓尕",
    "sgrol ma": "卓玛",
    "dbyangs can": "央金",
    "nyi ma": "尼玛",
    "pa sangs": "巴桑",
    "mig dmar": "米玛",
}
MONGOLIAN = {
    "baatar": "巴特尔 巴图尔",
    "bat": "巴图",
    "bayar": "巴雅尔 巴依尔",
    "tsetseg": "其其格 琪琪格 齐齐格",
    "mönkh": "孟和 孟克 蒙克",
    "naran": "娜仁 那仁",
    "saran": "萨仁",
    "tuya": "图雅 托娅 托雅",
    "gerel": "格日勒 格日乐",
    "tömör": "特木尔 铁木尔",
    "nasan": "那顺 纳顺",
    "altan": "阿拉坦 阿拉腾",
    "goa": "高娃",
    "chakhilgaan": "其力嘎 其合力嘎 其贺力嘎",
}
"""Written name → spellings, the one that stands for all first; names of one spelling make their compounds known."""

BEGINNINGS = ("阿布都", "买提")
"""What a short name is known by as transliterated when it begins so, its spellings brought to one form."""
