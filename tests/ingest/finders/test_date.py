from __future__ import annotations

from datetime import date

import pytest

from ingest.finders.date import document_date
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import Set, page, right

TODAY = date(2026, 11, 23)
BODY = (
    "自2023年1月1日起执行,至2025年12月31日止。",
    "2022年9月召开的会议已经讨论过。",
    "请各单位认真执行。",
    "特此通知。",
)


def found(*lines: Set | str, title: str = "", number: str = "", hints: tuple[str, ...] = ()) -> str | None:
    value = document_date(Paper.of([page(*lines)]), TODAY, title, number, hints)
    return value.value if value else None


def test_the_signing_date_beats_the_dates_in_the_text() -> None:
    assert found(*BODY, right("青石县教育局"), right("2024年3月5日")) == "2024-03-05"


def test_the_signing_date_beats_the_day_of_printing() -> None:
    assert found(*BODY, right("青石县教育局"), right("2024年3月5日"), "办公室 2024年3月6日印发") == "2024-03-05"


def test_a_date_beside_the_body_that_signed_is_the_signing_date() -> None:
    assert found(*BODY, right("青石县教育局 二〇二四年三月五日")) == "2024-03-05"


@pytest.mark.parametrize("label", ["签约日期:", "填表日期:", "日期\uff1a", "申请时间:"])
def test_a_label_says_which_date_it_is(label: str) -> None:
    assert found(*BODY, f"{label}2024年3月5日") == "2024-03-05"


def test_a_birthday_is_not_the_date_of_the_document() -> None:
    assert found("姓名:季小满 出生日期:1990年1月2日", "填表日期:2024年3月5日") == "2024-03-05"


def test_a_day_to_come_is_hardly_believed() -> None:
    value = document_date(Paper.of([page("通知", right("2034年3月5日"))]), TODAY)
    assert value is not None
    assert value.confidence <= 0.3


def test_without_a_day_the_number_the_folder_or_the_title_give_the_year() -> None:
    assert found("正文", number="青教发〔2024〕15号") == "2024"
    assert found("正文", hints=("上级来文", "2023年度")) == "2023"
    assert found("正文", title="2022年度工作总结") == "2022"
    assert found("正文") is None


@pytest.mark.parametrize(
    ("lines", "iso"),
    [
        (["入职日期 2010年1月20日 申请日期 2013年5月4日"], "2013-05-04"),
        (["供货单位 到货日期 2018年5月28日", "验收人 季小满 验收日期 2018年6月3日"], "2018-06-03"),
        (["2022 年 6 用 7 日"], "2022-06-07"),
        (["学生学籍卡片", "入学时间 2012年6月20日 班级"], "2012-06-20"),
    ],
)
def test_a_date_in_a_form_is_judged_by_its_own_label(lines: list[str], iso: str) -> None:
    found = document_date(Paper.of([page(*lines)]), TODAY)
    assert found is not None
    assert found.value == iso


def test_the_day_on_which_it_was_passed_beats_a_bound_in_its_text() -> None:
    lines = (
        "第五届职工代表大会决议",
        "(2009年7月12日通过)",
        *BODY[2:],
        "凡2007年8月12日以前的规定与此不一致的,以此为准。",
    )
    assert found(*lines) == "2009-07-12"


def test_the_days_of_an_enclosure_are_not_the_papers() -> None:
    signed = (*BODY, *BODY, "2021年5月19日", "附件1", "分工一览", "场地布置 总务处 2021年5月25日")
    assert found(*signed) == "2021-05-19"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("入社日 2008年6月18日 申请日 2010年12月5日", "2010-12-05"),
        ("生效日 2010年12月15日 申请日 2010年12月5日", "2010-12-05"),
        ("采样日期:2019-07-03 报出日期:2019-07-04", "2019-07-04"),
        ("到职日期 2000年11月29日 申请日期 2005年1月7日", "2005-01-07"),
    ],
)
def test_the_day_of_the_paper_beats_the_days_it_tells_of(line: str, day: str) -> None:
    assert found("部门调动单", "姓名 乐秋实", line, "原因 本人申请") == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("户号:17-302 过户日期:2008年5月27日", "清点:季川 监交:乐明轩2008年6月5日"), "2008-06-05"),
        (("荷载 起止 2008年10月24日—2008年11月24日", "审图意见 请补送图,余可。罗若溪2008年10月15日"), "2008-10-15"),
        (("用户2006年9月30日来电反映,磅差15吨。", "情况属实。", "受理秦一禾2006年10月5日"), "2006-10-05"),
        (("时间2014.5.7 22:00—次日5:00", "批准齐秋实 申请日2014.5.6"), "2014-05-06"),
        (("希望退社日二〇二一年八月二十日", "提出日二〇二一年七月二十一日"), "2021-07-21"),
        (("户名白石湾医药公司 接洽日2006年2月27日", "上级核贺采薇2006年3月3日"), "2006-03-03"),
        (("逾期史2011年拖53天", "生效2012年5月10日"), "2012-05-10"),
        (("with effect from", "28 September 2020.", "Signed", "Date: 27 September 2020"), "2020-09-27"),
        (("工资从2020年9月起发。", right("青石县教育局"), right("二〇年八月十四日")), "2020-08-14"),
        (("车号:测E·71913 2023.2.1716:15",), "2023-02-17"),
        (("收据", "98.3.5"), "1998-03-05"),
        (("检验日期:2015年8月18日", "报告日期:2015年8月21日"), "2015-08-21"),
        (("Your ref: KC-0091 dated 1 September 2017", "Date: 14 September 2017"), "2017-09-14"),
        (("收文", "第219号", "2012年4月13日", "县财政局文件", "一二年四月十日"), "2012-04-10"),
        (("单位 石榴川机械厂 日期 2008.9.",), "2008-09"),
        (("经销商:白石医药 建档时间:2008年2月", "更新人:石秋实审核人:舒清和2011.10.8"), "2011-10-08"),
        (("合同签订日期:2019年11月20日 到货日期:2020年1月5日", "验收人:安远山2020年1月8日"), "2020-01-08"),
        (("护照号:E9 签发日期:2012年3月2日", "填表人:纪小满 填表日期:2016年10月30日"), "2016-10-30"),
        (("3.1.2 用电 98.3.5条", right("二二年八月一日")), "2022-08-01"),
    ],
)
def test_the_day_of_signing_beats_the_days_that_a_form_or_a_text_tells_of(
    lines: tuple[Set | str, ...], day: str
) -> None:
    assert found("登记表", *lines) == day


def test_the_rows_of_a_table_have_their_days_not_the_papers() -> None:
    rows = [f"{number}  2019年3月{number}日  清扫" for number in range(1, 8)]
    assert found("记录", "填表日期:2019年4月1日", "序号  日期  内容", *rows) == "2019-04-01"


def test_a_month_in_the_title_is_the_month_of_the_paper() -> None:
    assert found("正文", title="2019年3月份工资表") == "2019-03"
