"""Decides what our sample papers say: invented notices, minutes, contracts and forms, each with its truth.

The school, the company and everybody named here are made up. `sheet("contract", seed=3)` is always the same sheet;
`script="hant"` sets it in traditional characters. KINDS is the table of contents.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from tests.sheet import Block, Form, Line, Sheet, Signed, Table, in_traditional, paragraphs

SCHOOL, BUREAU, COMPANY = "松果岭实验学校", "桃杏县教育局", "石榴川机械有限公司"
SURNAMES = "季米舒柏纪安温白石方"
GIVEN = ("小满", "秋实", "晚晴", "一禾", "知夏", "若溪", "明轩", "远山", "清和", "立春")
DEPARTMENTS = ("铸造车间", "装配车间", "质量检验部", "采购部", "行政部", "财务部")


def _some(rng: random.Random, name: str, count: int) -> tuple[Line, ...]:
    return tuple(Line(text) for text in rng.sample(paragraphs(name), count))


def _name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def _employee_number(rng: random.Random) -> str:
    return f"{rng.randint(2008, 2024)}{rng.randint(1, 999):04d}"


def _day(rng: random.Random) -> date:
    return date(2008, 1, 1) + timedelta(days=rng.randrange(6000))


def spelt(day: date) -> str:
    """The day as a Chinese page writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


# -- the school's papers -----------------------------------------------------------------------------------------------

MATTERS = ("做好秋季运动会组织工作", "开展图书室清点", "加强食堂食品留样管理", "调整作息时间", "做好防汛值班工作")


def _letter(rng: random.Random, kind: str, issuer: str, mark: str, series: str, title: str) -> Sheet:
    day = _day(rng)
    number = f"{mark}〔{day.year}〕{rng.randint(1, 90)}号"
    body = _some(rng, "school", 10)
    head = (Line(issuer + "文件", "letterhead"), Line(number, "number"), Line(title, "title"))
    truth = {"title": title, "document_number": number, "creator": issuer, "date": day.isoformat(), "pack": "school"}
    blocks: tuple[Block, ...] = (*head, Line("各年级组、各部门:", "line"), *body, Signed(issuer, spelt(day)))
    return Sheet(kind, blocks, {**truth, "series": series})


def notice(rng: random.Random) -> Sheet:
    """A notice of the school itself, under its red letterhead."""
    return _letter(rng, "notice", SCHOOL, "松校", "WS·XZ", f"关于{rng.choice(MATTERS)}的通知")


def superior(rng: random.Random) -> Sheet:
    """A letter from the education bureau above the school."""
    return _letter(rng, "superior", BUREAU, "桃教", "WS·SJ", f"关于{rng.choice(MATTERS)}的指示")


def plan(rng: random.Random) -> Sheet:
    """The work plan of a term."""
    day = _day(rng)
    title = f"{SCHOOL}{day.year}年度工作计划"
    blocks: list[Block] = [Line(title, "title")]
    for n, heading in zip("一二三", HEADINGS, strict=True):
        blocks += [Line(f"{n}、{heading}", "heading"), *_some(rng, "school", 3)]
    truth = {"title": title, "creator": SCHOOL, "date": day.isoformat(), "pack": "school", "series": "WS·XZ"}
    return Sheet("plan", (*blocks, Signed(SCHOOL, spelt(day), False)), truth)


HEADINGS = ("工作目标", "主要任务", "保障措施")


def minutes(rng: random.Random) -> Sheet:
    """The minutes of a meeting of the school's board."""
    day = _day(rng)
    title = f"{SCHOOL}校务会会议纪要"
    facts = (
        Line(f"时间:{spelt(day)}下午", "line"),
        Line("地点:第二会议室", "line"),
        Line(f"主持人:{_name(rng)}", "line"),
        Line(f"出席:{'、'.join(_name(rng) for _ in range(5))}", "line"),
    )
    truth = {"title": title, "creator": SCHOOL, "date": day.isoformat(), "pack": "school", "series": "WS·XZ"}
    return Sheet("minutes", (Line(title, "title"), *facts, *_some(rng, "school", 11)), truth)


def timetable(rng: random.Random) -> Sheet:
    """The timetable of a class: a ruled table."""
    subjects = ("语文", "数学", "英语", "音乐", "体育", "美术", "科学")
    days = ("星期一", "星期二", "星期三", "星期四", "星期五")
    rows = tuple((f"第{n}节", *(rng.choice(subjects) for _ in days)) for n in "一二三四五六七")
    title = f"{SCHOOL}课程表"
    truth = {"title": title, "creator": SCHOOL, "pack": "school", "series": "JX"}
    return Sheet("timetable", (Line(title, "title"), Table((("节次", *days), *rows)), *_some(rng, "school", 5)), truth)


# -- the company's papers ----------------------------------------------------------------------------------------------


def _employee(rng: random.Random) -> dict[str, str]:
    return {"工号": _employee_number(rng), "姓名": _name(rng), "部门": rng.choice(DEPARTMENTS)}


def _of_employee(kind: str, title: str, who: Mapping[str, str], day: date, series: str, *blocks: Block) -> Sheet:
    truth = {"title": title, "date": day.isoformat(), "pack": "employees", "series": series}
    person = {"subject_key": who["工号"], "persons": who["姓名"], "department": who["部门"]}
    return Sheet(kind, (Line(title, "title"), *blocks), {**truth, **person})


def contract(rng: random.Random) -> Sheet:
    """A labour contract with its two parties."""
    who, day = _employee(rng), _day(rng)
    parties = (
        Line(f"用人单位:{COMPANY}", "line"),
        Line(f"劳动者:{who['姓名']}  工号:{who['工号']}", "line"),
        Line(f"部门:{who['部门']}", "line"),
    )
    clauses = tuple(
        Line(f"第{n}条 {line.text}") for n, line in zip("一二三四五六七八九十", _some(rng, "staff", 10), strict=True)
    )
    return _of_employee("contract", "劳动合同", who, day, "RS·ZZ", *parties, *clauses, Signed(COMPANY, spelt(day)))


def _slip(rng: random.Random, kind: str, title: str, series: str, extra: Mapping[str, str]) -> Sheet:
    who, day = _employee(rng), _day(rng)
    form = Form((*who.items(), ("日期", spelt(day)), *extra.items()))
    heads: tuple[Block, ...] = (Line(COMPANY, "note"), form, *_some(rng, "staff", 6))
    closing = Form((("经办人", _name(rng)), ("审核人", _name(rng))))
    return _of_employee(kind, title, who, day, series, *heads, closing)


def registration(rng: random.Random) -> Sheet:
    """The form filled in on the first day."""
    extra = {"性别": rng.choice("男女"), "出生年月": f"{rng.randint(1970, 2000)}年{rng.randint(1, 12)}月"}
    more = {"学历": rng.choice(("高中", "大专", "本科")), "职务": rng.choice(("技术员", "操作工", "会计"))}
    return _slip(rng, "registration", "员工登记表", "RS·ZZ", {**extra, **more})


def transfer(rng: random.Random) -> Sheet:
    """An order that moves somebody to another department."""
    return _slip(rng, "transfer", "岗位调动通知", "RS·ZZ", {"调入部门": rng.choice(DEPARTMENTS), "生效": "次月起"})


def resignation(rng: random.Random) -> Sheet:
    """The form of somebody who leaves."""
    return _slip(rng, "resignation", "离职申请单", "RS·LZ", {"离职原因": "个人原因", "交接": "已完成"})


def pay(rng: random.Random) -> Sheet:
    """A change of pay."""
    wage = rng.randint(40, 80) * 100
    return _slip(rng, "pay", "薪资调整表", "RS·ZZ", {"现工资": f"{wage}元", "拟调工资": f"{wage + 500}元"})


def training(rng: random.Random) -> Sheet:
    """A record of training: kept apart from the personal file."""
    title, day = "培训记录", _day(rng)
    people = tuple((_employee_number(rng), _name(rng), str(rng.randint(70, 99)), "合格") for _ in range(8))
    blocks = (
        Line(COMPANY, "note"),
        Line(f"时间:{spelt(day)}", "line"),
        Table((("工号", "姓名", "成绩", "结果"), *people)),
    )
    truth = {"title": title, "creator": COMPANY, "date": day.isoformat(), "pack": "employees", "series": "PX"}
    return Sheet("training", (Line(title, "title"), *blocks, *_some(rng, "staff", 4)), truth)


# -- papers that give nothing away -------------------------------------------------------------------------------------


def prose(rng: random.Random) -> Sheet:
    """A page of plain prose without title, date or issuer: somebody must decide what it is."""
    return Sheet("prose", _some(rng, "plain", 14))


def letter(rng: random.Random) -> Sheet:
    """An English letter."""
    day = _day(rng)
    head = (Line("MEMORANDUM", "title"), Line(f"Date: {day.day} {day:%B %Y}", "line"))
    return Sheet(
        "letter", (*head, *_some(rng, "english", 12)), {"title": "MEMORANDUM", "date": day.isoformat()}, "latin"
    )


def blank(rng: random.Random) -> Sheet:
    """The empty back of a sheet."""
    return Sheet("blank", ())


_COMPOSED: tuple[Callable[[random.Random], Sheet], ...] = (
    *(notice, superior, plan, minutes, timetable),
    *(contract, registration, transfer, resignation, pay, training),
    *(prose, letter, blank),
)
KINDS: Mapping[str, Callable[[random.Random], Sheet]] = {compose.__name__: compose for compose in _COMPOSED}


def sheet(kind: str, seed: int = 1, script: str = "hans") -> Sheet:
    """The sheet of this kind and seed; `script` "hant" sets Chinese words in traditional characters."""
    made = KINDS[kind](random.Random(f"{kind}/{seed}"))
    return in_traditional(made) if script == "hant" and made.script == "hans" else made


def volume(pages: int, seed: int = 1, kind: str = "prose") -> tuple[Sheet, ...]:
    """Numbered pages of one volume."""
    return tuple(replace(sheet(kind, seed * 10_000 + n), number=n) for n in range(1, pages + 1))
