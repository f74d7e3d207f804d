"""Own small tables of Chinese characters: shapes that are mistaken for one another, and spelling families of transliterated names.

Sources: DOMAIN §4.3 and §4.4 (official list of irregularities, 2016) and our own reading of characters used in names; no third-party data.
"""

from __future__ import annotations

SHAPES = (
    "己已巳 末未 戊戌戍戎 日曰 玟攻玫 晨辰 彬杉 炀杨扬 芬芳 洪供 王玉主 天夭夫 人入八 大太犬 土士 干千于 刀力 贝见 冈岗 今令 申甲由田 "
    "午牛 元无 云去 乌鸟 凡几 乃及 万方 丁于 口囗 工土 子孑 木本术 毛手 爪瓜 斤斥 白自 目且 旦但 石右 北比 永水 民氏 弘宏 立亢 "
    "兵乒乓 伟玮炜纬 佳住往 侯候 折拆析 昊吴 明朋 昌唱 易昜 枚牧 林淋琳 欣欢 治冶 泊拍 泽择 波坡 玲铃 珍诊 玥玬 国囯 "
    "荣莹 菁青 莉梨 萍苹 薇微 蕊芯 凯剀 勋勤 俊浚峻 健建 英央 贤资 赟斌 宇字 宁守 安妥 官宫 宜宣 家冢 博搏 厉历 "
    "娜挪 婷停 娟捐 婉碗 媛缓 嫦娥 廷延 建健 彤丹 恒桓 悦说 惠慧 慧彗 成城 戈弋 才寸 振震 捷婕 "
    "淑椒 清请 涛寿 淼森 渝愉 溪澳 潇萧 燕莺 爱受 琪淇 瑞端 瑜渝 璐路 畅杨 睿濬 秀季 福富 竹什 "
    "红江 绍昭 翔祥 翠萃 耀曜 育青 胜性 芸芝 茂戊 茜西 莲连 董重 蓉容 虹红 衍街 诗待 诚城 谢射 贵责 赵越 "
    "军车 辉晖 达述 远运 通诵 郑邓 郭廓 鑫金 银很 锋峰 锦绵 阳阴 陈阵 雅稚 雨两 雪雷 霞露 韦书 颖颍 飞气  "
    "龙尤 龚龛 祝视 徐余 陆陇 袁哀 孟盂 汤荡 冉再 付什 傅博 卢庐 邹邵 苑范 刑邢 肖尚 毕华 季李 柏伯 桑叒 旻旼 昱晃 晟成"
)
"""Groups of characters that look alike in handwriting or small print."""

FAMILIES = (
    ("买合买提", "买提"),
    ("买买提", "买提"),
    ("麦麦提", "买提"),
    ("麦提", "买提"),
    ("阿布都", "阿卜杜"),
    ("阿不都", "阿卜杜"),
    ("阿卜都", "阿卜杜"),
    ("阿布杜", "阿卜杜"),
    ("阿不杜", "阿卜杜"),
)
"""Spellings that render one source name, whatever the length of the whole name; longer spellings first."""

SYLLABLES = (("伊", "依"), ("不", "布"), ("卜", "布"), ("特", "提"), ("姜", "江"), ("荪", "逊"))
"""Syllables that transliterations exchange; used only in long or separated names, because they are distinct names in short ones."""

FIELD_LIMITS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 25)
"""Lengths in characters at which forms and old systems cut a name (8, 10, 12, 20, … bytes; DOMAIN §4.4)."""


def shape_pairs() -> list[tuple[str, str]]:
    """Ordered pairs of look-alike characters, both directions."""
    groups = SHAPES.split()
    return sorted({(left, right) for group in groups for left in group for right in group if left != right})
