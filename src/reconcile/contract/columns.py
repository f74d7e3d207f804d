"""The vocabulary: every column of every extract, declared once with its kind, headings, sentence and privacy class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reconcile.contract import codes
from reconcile.contract.codes import CodeSet


class Kind(StrEnum):
    """What a value is, and therefore how it is read, normalised and stored."""

    TEXT = "text"
    CERTIFICATE = "certificate number"
    CITIZEN_ID = "citizen number"
    NAME = "name"
    KIN_NAME = "name of a relative"
    NAMES = "names"
    ADDRESS = "address"
    AREA = "area code"
    DATE = "date"
    BIRTH_DATE = "date of birth"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CODE = "code"


IDENTIFIERS = (Kind.TEXT, Kind.CERTIFICATE)
"""Kinds whose values are compared whole and have no check digit: one that lost its last digits is another one."""


class Personal(StrEnum):
    """Privacy class of a column after PIPL and GB/T 35273: decides what may leave the warehouse."""

    NONE = "not personal"
    PSEUDONYM = "key of a record; names a person to those who hold the register"
    IDENTIFIER = "identifies a person by itself"
    NAME = "name of a person"
    QUASI = "identifies together with others"
    SENSITIVE = "sensitive: birth, health or relocation of a person"


STD_SUFFIXES: dict[Kind, tuple[tuple[str, str, str], ...]] = {
    Kind.TEXT: (("", "VARCHAR", ""),),
    Kind.CERTIFICATE: (("", "VARCHAR", "upper-case, width-folded, without spaces"),),
    Kind.CITIZEN_ID: (
        ("", "VARCHAR", "18 characters, guards stripped, width folded, 15 → 18; null when not of that form"),
        ("_state", "VARCHAR", "one of standardise.numbers.STATES; missing when empty"),
        ("_raw", "VARCHAR", "as delivered"),
    ),
    Kind.NAME: (
        ("", "VARCHAR", "as delivered, outer blanks and guards stripped"),
        ("_key", "VARCHAR", "folded for matching only, never shown: width, separators, variants, unknown glyphs"),
    ),
    Kind.KIN_NAME: (
        ("", "VARCHAR", "as delivered, outer blanks and guards stripped"),
        ("_key", "VARCHAR", "folded like a name; missing too where the text says what became of the relative, or only a surname"),
    ),
    Kind.NAMES: (
        ("", "VARCHAR", "as delivered, outer blanks and guards stripped"),
        ("_key", "VARCHAR", "folded like a name, several joined by |"),
    ),
    Kind.ADDRESS: (
        ("", "VARCHAR", "as delivered, outer blanks and guards stripped"),
        ("_key", "VARCHAR", "folded for matching only; missing when the text names no place below the town"),
    ),
    Kind.AREA: (("", "VARCHAR", "digits only"),),
    Kind.DATE: (("", "DATE", "civil date, Asia/Shanghai"),),
    Kind.BIRTH_DATE: (
        ("", "DATE", "civil date, Asia/Shanghai; missing when the day is not known"),
        ("_partial", "VARCHAR", "what is known of a day that is not stated in full: YYYY-MM or YYYY"),
    ),
    Kind.INTEGER: (("", "INTEGER", ""),),
    Kind.BOOLEAN: (("", "BOOLEAN", "empty reads as false; unreadable is NULL, and the row takes no part"),),
    Kind.CODE: (("", "VARCHAR", "canonical code"),),
}
"""Columns of ``std.<extract>`` that one contract column becomes: suffix, DuckDB type, sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the vocabulary.

    Attributes:
        name: canonical name (CONTRACT §1).
        kind: how values are read.
        headings: accepted headings, the Chinese one of the contract first; the canonical name is always accepted.
        sentence: what it says, for the data dictionary and ``COMMENT ON``.
        personal: privacy class.
        codes: closed list of codes, for ``Kind.CODE`` and ``Kind.BOOLEAN``.
        digits: allowed lengths, for ``Kind.AREA``.

    """

    name: str
    kind: Kind
    headings: tuple[str, ...]
    sentence: str
    personal: Personal = Personal.NONE
    codes: CodeSet | None = None
    digits: tuple[int, ...] = ()

    @property
    def chinese(self) -> str:
        """The heading the contract and the worklists use."""
        return self.headings[0]

    def std_columns(self) -> tuple[tuple[str, str, str], ...]:
        """Columns this becomes in ``std.<extract>``: name, DuckDB type, sentence."""
        return tuple((self.name + suffix, sql_type, note) for suffix, sql_type, note in STD_SUFFIXES[self.kind])


def _area(name: str, digits: tuple[int, ...], headings: tuple[str, ...], sentence: str) -> Column:
    return Column(name, Kind.AREA, headings, sentence, digits=digits)


def _code(name: str, code_set: CodeSet, headings: tuple[str, ...], sentence: str, personal: Personal = Personal.NONE) -> Column:
    kind = Kind.BOOLEAN if code_set is codes.BOOLEAN else Kind.CODE
    return Column(name, kind, headings, sentence, personal, code_set)


_T, _D, _C, _N, _A = Kind.TEXT, Kind.DATE, Kind.CERTIFICATE, Kind.NAME, Kind.ADDRESS
_P = Personal

_COLUMNS = (
    Column(
        "registration_id",
        _T,
        ("人员编号", "人员ID", "RYBH", "RYID"),
        "Key of a registration in the police resident register.",
        _P.PSEUDONYM,
    ),
    Column("event_id", _T, ("业务流水号", "流水号", "YWLSH"), "Key of a police event.", _P.PSEUDONYM),
    Column(
        "citizen_id",
        Kind.CITIZEN_ID,
        (
            "公民身份号码",
            "身份证号",
            "公民身份证号",
            "公民身份证号码",
            "身份证号码",
            "身份号码",
            "证件号码",
            "GMSFHM",
            "SFZH",
            "SFZHM",
            "ZJHM",
        ),
        "Citizen identity number of GB 11643-1999.",
        _P.IDENTIFIER,
    ),
    Column("name", _N, ("姓名", "XM"), "Name of the person.", _P.NAME),
    Column("former_names", Kind.NAMES, ("曾用名", "CYM"), "Former names, several split by comma.", _P.NAME),
    _code("sex", codes.SEX, ("性别", "性别代码", "XB", "XBDM"), "Sex as recorded.", _P.QUASI),
    Column("birth_date", Kind.BIRTH_DATE, ("出生日期", "出生年月", "出生年月日", "CSRQ"), "Date of birth.", _P.QUASI),
    Column("household_no", _T, ("户号", "户编号", "HH", "HHID"), "Number of the household within its station.", _P.PSEUDONYM),
    _code("household_kind", codes.HOUSEHOLD_KIND, ("户别", "户类型", "HB"), "Family or collective household."),
    _code("relation_to_head", codes.RELATION_TO_HEAD, ("与户主关系", "户主关系", "YHZGX", "YHZGXDM"), "Relation to the head.", _P.QUASI),
    _area(
        "station_code",
        (12,),
        ("派出所代码", "派出所编码", "派出所", "户籍地派出所", "PCSDM", "PCS"),
        "Police station, 12 digits (GA 380-2002).",
    ),
    _area(
        "community_code",
        (12, 13, 14, 15),
        ("居(村)委会代码", "居村委会代码", "居(村)委会", "居村委会", "JCWHDM", "JCWH"),
        "Residents' or villagers' committee.",
    ),
    Column("address_text", _A, ("住址", "户籍地址", "地址", "XZ", "HJDZ"), "Registered address.", _P.QUASI),
    _code(
        "urban_rural_code",
        codes.URBAN_RURAL,
        ("城乡分类代码", "城乡分类", "历史城乡代码", "CXFLDM", "CXFL"),
        "Urban or rural class of the address.",
    ),
    Column("father_name", Kind.KIN_NAME, ("父亲姓名", "FQXM"), "Name of the father.", _P.NAME),
    Column(
        "father_id",
        Kind.CITIZEN_ID,
        ("父亲公民身份号码", "父亲身份证号", "FQGMSFHM", "FQSFZH"),
        "Citizen number of the father.",
        _P.IDENTIFIER,
    ),
    Column("mother_name", Kind.KIN_NAME, ("母亲姓名", "MQXM"), "Name of the mother.", _P.NAME),
    Column(
        "mother_id",
        Kind.CITIZEN_ID,
        ("母亲公民身份号码", "母亲身份证号", "MQGMSFHM", "MQSFZH"),
        "Citizen number of the mother.",
        _P.IDENTIFIER,
    ),
    Column("spouse_name", Kind.KIN_NAME, ("配偶姓名", "POXM"), "Name of the spouse.", _P.NAME),
    Column(
        "spouse_id",
        Kind.CITIZEN_ID,
        ("配偶公民身份号码", "配偶身份证号", "POGMSFHM", "POSFZH"),
        "Citizen number of the spouse.",
        _P.IDENTIFIER,
    ),
    Column("registered_on", _D, ("登记日期", "登记时间", "DJRQ"), "Date the registration or event was entered."),
    _code("registration_kind", codes.REGISTRATION_KIND, ("登记类别", "DJLB"), "Why the registration was made."),
    Column(
        "id_card_issued_on", _D, ("身份证签发日期", "签发日期", "SFZQFRQ", "QFRQ"), "Date the newest identity card was issued.", _P.QUASI
    ),
    _code("cancel_kind", codes.CANCEL_KIND, ("注销类别", "注销原因", "ZXLB"), "Why the registration was cancelled; empty = active."),
    Column("cancelled_on", _D, ("注销日期", "注销时间", "ZXRQ"), "Date of cancellation."),
    _code("reversed", codes.BOOLEAN, ("冲销标志", "CXBZ"), "The event was reversed and takes no part."),
    Column("death_date", _D, ("死亡日期", "死亡时间", "SWRQ"), "Date of death.", _P.SENSITIVE),
    Column(
        "death_cert_no",
        _C,
        ("死亡证明编号", "死亡证编号", "死亡证号", "死亡证明号", "SWZMBH"),
        "Number of the death certificate.",
        _P.IDENTIFIER,
    ),
    Column("cremation_cert_no", _C, ("火化证明编号", "火化证编号", "HHZMBH"), "Number of the cremation certificate.", _P.PSEUDONYM),
    Column("cremated_on", _D, ("火化日期", "火化时间", "HHRQ"), "Date of cremation.", _P.SENSITIVE),
    Column("parlour_code", _T, ("殡仪馆代码", "BYGDM"), "Funeral parlour."),
    _code("id_type", codes.ID_TYPE, ("证件类别", "证件类型", "ZJLB", "ZJLX"), "Kind of document the number comes from."),
    Column("age", Kind.INTEGER, ("年龄", "NL"), "Age at death in years.", _P.QUASI),
    _area("registered_address_code", (6,), ("户籍地区划代码", "HJDQHDM"), "County of the registered address (GB/T 2260)."),
    Column(
        "registered_address_text", _A, ("户籍地址", "户籍地详址", "HJDZ", "HJDXZ"), "Registered address as told to the source.", _P.QUASI
    ),
    Column("reported_on", _D, ("报告日期", "报告时间", "BGRQ"), "Date the death was reported."),
    Column("birth_cert_no", _C, ("出生医学证明编号", "出生证编号", "CSZMBH", "CSYXZMBH"), "Number of the birth certificate.", _P.SENSITIVE),
    Column("child_name", _N, ("新生儿姓名", "XSEXM"), "Name of the newborn.", _P.NAME),
    Column("birth_order", Kind.INTEGER, ("胎次序号", "TCXH"), "Order of birth within one delivery (twins 1, 2)."),
    _area("mother_address_code", (6,), ("母亲户籍地区划代码", "MQHJDQHDM"), "County of the mother's registered address."),
    Column("mother_address_text", _A, ("母亲户籍地址", "MQHJDZ"), "Mother's registered address.", _P.QUASI),
    Column("issued_on", _D, ("签发日期", "QFRQ"), "Date the certificate was issued."),
    _code("issue_kind", codes.ISSUE_KIND, ("签发类别", "QFLB"), "First issue, replacement or reissue."),
    Column("replaces_cert_no", _C, ("原证编号", "YZBH"), "Number of the certificate this one replaces.", _P.SENSITIVE),
    _code("voided", codes.BOOLEAN, ("作废标志", "ZFBZ"), "The certificate was voided and takes no part."),
    Column("moved_in_on", _D, ("迁入日期", "迁入时间", "QRRQ"), "Date the person was registered at the new place."),
    Column("moved_out_on", _D, ("迁出日期", "迁出时间", "QCRQ"), "Date the person was struck off at the old place."),
    _area("origin_code", (6,), ("迁出地区划代码", "迁出地省县", "QCDQHDM", "QCDSSXQ"), "County the person came from."),
    Column("origin_text", _A, ("迁出地详址", "QCDXZ"), "Address the person came from.", _P.QUASI),
    _area("destination_code", (6,), ("迁往地区划代码", "迁往地省市县", "QWDQHDM", "QWDSSXQ"), "County the person goes to."),
    Column("destination_text", _A, ("迁往地详址", "QWDXZ"), "Address the person goes to.", _P.QUASI),
    Column("permit_no", _C, ("准迁证编号", "ZQZBH"), "Number of the permit to move.", _P.PSEUDONYM),
    Column("certificate_no", _C, ("迁移证编号", "QYZBH"), "Number of the migration certificate.", _P.PSEUDONYM),
    _code("move_reason", codes.MOVE_REASON, ("迁移原因", "迁移(流动)原因", "QYYY", "QYLDYY", "QYLDYYDM"), "Reason of the move."),
    Column("roll_no", _T, ("搬迁花名册编号", "BQHMCBH"), "Key on the relocation roll.", _P.PSEUDONYM),
    Column("relocated_on", _D, ("入住日期", "入住时间", "RZRQ"), "Date the person moved into the new housing.", _P.SENSITIVE),
    _area("resettlement_station_code", (12,), ("安置地派出所代码", "AZDPCSDM"), "Station of the resettlement place."),
    Column("station_name", _T, ("派出所名称", "PCSMC"), "Name of the station."),
    _area("county_code", (6,), ("县区划代码", "XQHDM"), "County (GB/T 2260)."),
    Column("county_name", _T, ("县名称", "XMC"), "Name of the county."),
    Column("finding_id", _T, ("编号", "问题编号", "BH"), "Key of a finding on a worklist."),
    _code("outcome", codes.OUTCOME, ("核实结果", "HSJG"), "What the station found out."),
    _code("method", codes.METHOD, ("核实方式", "HSFS"), "How it found out."),
    Column("verified_on", _D, ("核实日期", "核实时间", "HSRQ"), "Date of the answer."),
    Column("verified_by", _T, ("核实人", "HSR"), "Officer number of who answered.", _P.PSEUDONYM),
    Column("note", _T, ("备注", "BZ"), "Remark of the station.", _P.SENSITIVE),
)

COLUMNS: dict[str, Column] = {column.name: column for column in _COLUMNS}
"""Canonical name → column."""

REFUSED_HEADINGS: dict[str, tuple[str, ...]] = {
    "ethnic group": ("民族", "MZ", "MZDM", "ethnicity", "ethnic_group", "nation", "nationality"),
    "religion": ("宗教信仰", "宗教", "ZJXY", "religion"),
    "blood type": ("血型", "XX", "XXDM", "blood_type"),
    "photo": ("照片", "相片", "ZP", "XP", "photo"),
    "education": ("文化程度", "学历", "WHCD", "WHCDDM", "education"),
    "marital status": ("婚姻状况", "HYZK", "HYZKDM", "marital_status"),
    "fertility": ("孕次", "产次", "YC", "CC", "政策内外", "政策内", "ZCNW", "gravidity", "parity", "policy"),
    "cause of death": ("死因", "死亡原因", "根本死因", "SWYY", "cause_of_death", "causes_of_death", "ICD", "ICD编码"),
    "telephone": ("电话", "联系电话", "电话号码", "手机", "手机号", "手机号码", "LXDH", "DHHM", "SJH", "telephone", "phone", "mobile"),
    "coordinates": ("坐标", "经度", "纬度", "经纬度", "JD", "WD", "longitude", "latitude", "lon", "lat", "coordinates", "x", "y"),
}
"""What this work does not need → headings it arrives under; dropped by name at the door (CONTRACT §1, DOMAIN §0)."""

REFUSED_PARTS = (
    "民族",
    "宗教",
    "血型",
    "照片",
    "文化程度",
    "婚姻状况",
    "孕次",
    "产次",
    "政策内",
    "死因",
    "死亡原因",
    "电话",
    "手机",
    "经度",
    "纬度",
    "坐标",
)
"""A heading that contains one of these and is no known heading is refused too (直接死因, 联系人电话, …)."""
