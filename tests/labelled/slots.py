"""Decides what is filled into the gaps of a template: invented names, days, sums, rooms and numbers.

Everything comes from the document's own random numbers; nobody and nothing named here exists.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

SURNAMES = "季米舒柏纪安温白石方苏秦柳骆邵薛贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康"
GIVEN = (
    *("小满", "秋实", "晚晴", "一禾", "知夏", "若溪", "明轩", "远山", "清和", "立春", "守正", "望舒", "怀瑾", "景行"),
    *(
        "长庚",
        "玉衡",
        "素问",
        "采薇",
        "子衿",
        "静姝",
        "云帆",
        "思齐",
        "慎之",
        "乐天",
        "平",
        "岚",
        "川",
        "禾",
        "砚",
        "棠",
    ),
)
PLACES = (
    "桐坪",
    "鹭洲",
    "青磐",
    "白石湾",
    "云栖",
    "锦屏",
    "芦溪",
    "雁荡口",
    "栗园",
    "沧渡",
    "松隐",
    "梅坞",
    "泉塘",
    "雪峰镇",
)
NAMES = (
    "远帆",
    "嘉穗",
    "恒砺",
    "瑞禾",
    "启明星辰",
    "百川汇",
    "同泽",
    "金桉",
    "木犀",
    "翰墨林",
    "鼎晟",
    "千帆",
    "宏碁石",
    "兰亭",
)
TRADES = (
    *("商贸", "机电设备", "建材", "食品", "纺织", "物流", "信息技术", "装饰工程", "农业科技", "化工", "电气", "印务"),
)
POSTS = ("技术员", "操作工", "会计", "文员", "班组长", "质检员", "销售代表", "仓库保管员", "工程师", "主管", "司机")
DEPARTMENTS = ("铸造车间", "装配车间", "质量检验部", "采购部", "行政部", "财务部", "仓储部", "设备动力科", "销售一部")
STREETS = ("柳荫路", "和平街", "滨江大道", "建设二路", "学府路", "工业园三号路", "老城巷", "钟楼北街")
SCHOOLS = ("云州大学", "江左理工学院", "青磐师范学院", "鹭洲职业技术学院", "白石湾财经学校", "芦溪中学")
ENGLISH_PEOPLE = ("Ada Merrow", "T. Oakhollow", "Miles Fenwater", "Ruth Aldersey", "Owen Tarnbrook", "Ines Calderwick")
ENGLISH_FIRMS = (
    *("Harrowgate Minerals Ltd", "Baobab Roads & Bridges PLC", "Northlake Cement Co.", "Savanna Power Services Ltd"),
    *("Marula Trading House", "Copperbelt Haulage Ltd", "Tidewater Marine Supplies Inc.", "Kestrel Survey Partners"),
)
_DIGITS = "〇一二三四五六七八九"
_SUMS = "零壹贰叁肆伍陆柒捌玖"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Slots:
    """The gaps of one document. What has a name is the same wherever it stands; `day` is the document's own day."""

    def __init__(self, rng: random.Random, years: tuple[int, int], latin: bool = False) -> None:
        self.rng = rng
        first = date(years[0], 1, 4)
        self.day = first + timedelta(days=rng.randrange((date(years[1], 12, 20) - first).days))
        self.style = rng.choices(*_STYLES)[0] if not latin else rng.choice(("day-month", "month-day"))
        self.bracket = rng.choices(("〔〕", "[]", "()", "【】", "()", "bare"), (52, 16, 10, 6, 10, 6))[0]
        self.room_style = rng.choice(("{0}栋{1}单元{2}室", "{0}-{1}-{2}", "{0}号楼{1}单元{2}", "{0}幢{1}单元{2}室"))

    def fill(self, name: str, argument: str) -> str:
        """The words for a gap such as {person}, {day+30} or {no:校发}. Raises KeyError where nobody knows it."""
        return _GAPS[name.rstrip("0123456789'")](self, argument)

    # -- days ----------------------------------------------------------------------------------------------------------

    def spelt(self, day: date, style: str = "") -> str:
        return _SPELT[style or self.style](day)

    def shifted(self, days: int) -> date:
        return self.day + timedelta(days=days)

    # -- numbers -------------------------------------------------------------------------------------------------------

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def official(self, mark: str) -> str:
        """A document number: the mark, the year in brackets of some kind, the count."""
        count, year = self.rng.randint(1, 96), self.day.year
        if self.bracket == "bare":
            return f"{mark}字第{count}号"
        opened, closed = tuple(self.bracket)
        return self.rng.choices(
            (
                f"{mark}{opened}{year}{closed}{count}号",
                f"{mark}字{opened}{year}{closed}第{count}号",
                f"{mark}{opened}{year}{closed}{count:03d}号",
            ),
            (7, 2, 1),
        )[0]

    def reference(self, mark: str) -> str:
        """A number of a firm's own: HT-2019-0123."""
        count, year = self.rng.randint(1, 980), self.day.year
        shapes = (
            f"{mark}-{year}-{count:04d}",
            f"{mark}{year}{self.day.month:02d}{count:03d}",
            f"{mark}/{year}/{count:03d}",
        )
        return self.rng.choice(shapes)

    def identity_card(self) -> str:
        """Eighteen characters whose check digit is right, of a region that there is not."""
        born = date(1958, 1, 1) + timedelta(days=self.rng.randrange(14_000))
        digits = f"99{self.rng.randrange(10_000):04d}{born:%Y%m%d}{self.rng.randrange(1000):03d}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]

    def room(self) -> str:
        parts = self.rng.randint(1, 18), self.rng.randint(1, 3), self.rng.randint(2, 26) * 100 + self.rng.randint(1, 4)
        return self.room_style.format(*parts)

    def money(self, argument: str) -> str:
        low, high = (int(part) for part in (argument or "120-98000").split("-"))
        return f"{self.rng.randint(low, high):,}.{self.rng.choice(('00', '00', '50', '36'))}"

    def large_sum(self) -> str:
        """A sum in the characters of a cheque."""
        left, thousands, hundreds = (self.rng.randint(1, 9) for _ in range(3))
        return f"人民币{_SUMS[left]}万{_SUMS[thousands]}仟{_SUMS[hundreds]}佰元整"


def _chinese(day: date) -> str:
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _republic(day: date) -> str:
    """民國二十三年五月六日"""
    return f"民国{_counted(day.year - 1911) if day.year > 1912 else '元'}年{_counted(day.month)}月{_counted(day.day)}日"


_SPELT: Mapping[str, Callable[[date], str]] = {
    "plain": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "padded": lambda day: f"{day.year}年{day.month:02d}月{day.day:02d}日",
    "spaced": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "chinese": _chinese,
    "republic": _republic,
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    "circles": lambda day: _chinese(day).replace("〇", "○"),
    "zeros": lambda day: _chinese(day).replace("〇", "0"),
    "dashes": lambda day: f"{day.year}-{day.month}-{day.day}",
    "short-dots": lambda day: f"{day:%y}.{day.month}.{day.day}",
    "short-dashes": lambda day: f"{day:%y}-{day.month}-{day.day}",
    "chinese-month": lambda day: _chinese(day).partition("月")[0] + "月",
    "month": lambda day: f"{day.year}年{day.month}月",
    "day-month": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    "month-day": lambda day: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
}

_MONTHLY = ("month", "chinese-month")


def spellings(iso: str) -> list[str]:
    """Every way in which a day, a month or a year (ISO) may stand on a paper, in either script."""
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    if not month:
        return [iso]
    if not day:
        return [_SPELT[kind](date(year, month, 1)) for kind in _MONTHLY]
    kinds = [kind for kind in _SPELT if kind not in _MONTHLY and (kind != "republic" or year < 1950)]
    said = [_SPELT[kind](date(year, month, day)) for kind in kinds]
    return [*said, *(one.replace("国", "國") for one in said)]


_STYLES = (("plain", "padded", "spaced", "chinese", "iso", "dots", "slashes"), (48, 8, 6, 22, 6, 6, 4))


def _days(slots: Slots, argument: str) -> str:
    """{day:+30} {day:chinese} {day:-400,plain}"""
    days, style = 0, ""
    for part in filter(None, argument.split(",")):
        if part[0] in "+-":
            days = int(part)
        else:
            style = part
    return slots.spelt(slots.shifted(days), style)


def _year(slots: Slots, argument: str) -> str:
    return str(slots.day.year + int(argument or 0))


def _number(slots: Slots, argument: str) -> str:
    low, high = (argument or "1-90").split("-")
    return str(slots.number(int(low), int(high)))


def _school_year(slots: Slots, _: str) -> str:
    begun = slots.day.year if slots.day.month >= 8 else slots.day.year - 1
    return f"{begun}-{begun + 1}学年"


def _term(slots: Slots, _: str) -> str:
    half = "第一学期" if slots.day.month >= 8 or slots.day.month == 1 else "第二学期"
    return f"{_school_year(slots, '')}度{half}"


def _company(slots: Slots, argument: str) -> str:
    form = slots.rng.choices(("有限公司", "有限责任公司", "股份有限公司", "经营部"), (7, 2, 1, 1))[0]
    return slots.rng.choice(PLACES) + slots.rng.choice(NAMES) + (argument or slots.rng.choice(TRADES)) + form


def _choosing(words: tuple[str, ...] | str) -> Callable[[Slots, str], str]:
    return lambda slots, _: slots.rng.choice(words)


_GAPS: Mapping[str, Callable[[Slots, str], str]] = {
    "day": _days,
    "y": _year,
    "m": lambda slots, _: str(slots.day.month),
    "schoolyear": _school_year,
    "term": _term,
    "n": _number,
    "no": lambda slots, mark: slots.official(mark),
    "ref": lambda slots, mark: slots.reference(mark),
    "person": lambda slots, _: slots.rng.choice(SURNAMES) + slots.rng.choice(GIVEN),
    "sex": _choosing("男女"),
    "id": lambda slots, _: slots.identity_card(),
    "staffno": lambda slots, mark: f"{mark}{slots.number(2004, 2023)}{slots.number(1, 998):04d}",
    "room": lambda slots, _: slots.room(),
    "phone": lambda slots, _: f"0999-{slots.number(5550000, 5559999)}",
    "mobile": lambda slots, _: f"1990{slots.number(0, 9999999):07d}",
    "money": lambda slots, argument: slots.money(argument),
    "sum": lambda slots, _: slots.large_sum(),
    "company": _company,
    "place": _choosing(PLACES),
    "street": lambda slots, _: f"{slots.rng.choice(STREETS)}{slots.number(2, 388)}号",
    "dept": _choosing(DEPARTMENTS),
    "post": _choosing(POSTS),
    "college": _choosing(SCHOOLS),
    "plate": lambda slots, _: f"测{slots.rng.choice('ABCDE')}·{slots.number(10000, 98999)}",
    "time": lambda slots, _: f"{slots.number(8, 17)}:{slots.rng.choice(('00', '15', '30', '45'))}",
    "eperson": _choosing(ENGLISH_PEOPLE),
    "efirm": _choosing(ENGLISH_FIRMS),
}
