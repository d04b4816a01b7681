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
        (("登记日期:2002年3月15日", "此件与原件相符", "档案室", "2015年6月3日"), "2002-03-15"),
        (("于1月15日前核对。", "县财政局", "2020年12月31日", "2021年1月15日前回函"), "2020-12-31"),
        (("省教育厅", "一九八八年四月十二日", "县教育局一九八八年五月三日翻印"), "1988-04-12"),
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


@pytest.mark.parametrize(("title", "day"), [("2010年度调查问卷", "2010-08-27"), ("2001年度调查问卷", "2001-08-27")])
def test_a_year_that_lost_a_nought_is_borne_out_by_the_title(title: str, day: str) -> None:
    assert found(title, "填写人:安景行 日期:二〇一年八月二十七日", title=title) == day


def test_a_year_in_the_title_beats_a_bound_that_is_the_only_day() -> None:
    assert found("本年鉴收录2019年1月1日至12月31日资料。", title="溪头一中年鉴(2019)") == "2019"


def row(*cells: str) -> str:
    """The cells of a row, far enough from each other."""
    return "        ".join(cells)


ROWS = tuple(row("早班", f"2013年{month}月24日", "换机油", "邵景行") for month in (9, 10, 11))


@pytest.mark.parametrize(
    ("lines", "title", "iso"),
    [
        (("报验日期:2023年3月3日 查验日期:2023年3月5日",), "装修完工查验单", "2023-03-05"),
        ((row("开工:2006年8月9日", "竣工:2007年2月10日"), "验收:2007年2月25日"), "加固工程竣工验收报告", "2007-02-25"),
        ((row("衡川阀门制造有限公司", "制单2020年2月12日"), row("离厂日", "2020年2月8日")), "离职结算单", "2020-02-12"),
        ((row("衡川阀门有限公司人事部", "2023年11月13日"), row("转正", "2023年10月24日")), "去向卡", "2023-11-13"),
        (("Sampled: 5 July 2016", "Tested: 9 July 2016", "Reported: 11 July 2016"), "CBR TEST REPORT", "2016-07-11"),
        (("Order date: 3 May 2020", "Issued: 9 May 2020"), "Delivery Note", "2020-05-09"),
        (ROWS, "单机运转履历", "2013-11-24"),
        ((row("衡川阀门制造有限公司", "13.4.16", "主讲邵岚"), "小测当场阅卷。"), "技能比武成绩", "2013-04-16"),
        (("衡川阀门制造有限公司工会20.2.25裁判方小满",), "技能比武成绩", "2020-02-25"),
        ((row("10.4.6下午", "会议室", "到22人"), "邬素问:接送车停到桥南。"), "安全工作例会记录", "2010-04-06"),
        (("兹有住户搬出双门冰箱一台", "18.7.3 13:45", "本条当日有效"), "出门条", "2018-07-03"),
        (("上述欠款贵司2011.9.14已签字认可。", "衡石律师事务所", "201111.13"), "律师函", "2011-11-13"),
        (
            ("你于二〇一二年三月十一日离开公司,所存档案应在十五日内迁走。", "衡川有限公司", "二年三月三十-日"),
            "关于转出档案的通知",
            "2012-03-31",
        ),
        (("2008年11月5日,总经理方平召集办公会。",), "2008年第13次总经理办公会议纪要", "2008-11-05"),
        (("2010年8月1日下午,郝望舒市长主持会议。", "2010年8月4日印发"), "市长办公会议纪要", "2010-08-04"),
        (("教导处编排,2017年2月27日起执行",), "2016-2017学年度第二学期课程安排", "2017-02-27"),
        (("(经2022年8月16日教师大会讨论,自2022年8月26日起试行)",), "津贴发放办法", "2022-08-16"),
        (("户名白石湾商贸有限公司年度2019", row("1", "8,325.36", "1/20")), "分户账", "2019"),
        ((row("出生", "1975年9月8日", "1977年1月20日"), "登记员纪川 2001年2月23日"), "登记审查表", "2001-02-23"),
        (
            (row("姓名", "生日", "慰问金"), row("傅怀瑾", "1948年2月19日", "三百"), "水泵厂离退办2019年4月27日整理"),
            "生日慰问登记",
            "2019-04-27",
        ),
        (("Issue Date: December·10, 2015        Expiry Date: December 9, 2016",), "Tax Certificate", "2015-12-10"),
        ((row("编制日期2012年10月28日", "修订日期2015年1月6日"),), "安全技术说明书", "2015-01-06"),
        ((row("初次登记2004年9月11日", "本次检测2010年3月4日"),), "年检合格通知", "2010-03-04"),
        (("接话:2014年2月16日9:00", "内容:请校长参加。", "校长批:已阅2014年2月17日"), "电话通知记录", "2014-02-16"),
        (("会期二〇一五年八月二十九日一二〇一五年八月三十一日", "竞赛项目:百米。"), "运动会秩序册", "2015-08-29"),
        ((row("租期2015年3月1日-2016年2月28日", "登记2015年2月20日"),), "租户登记卡", "2015-02-20"),
        (("青岚水泵厂采购部柳静姝二〇一一年三月四日", "依2011年2月21日询价,每件九元。"), "价格确认", "2011-03-04"),
    ],
)
def test_what_stands_beside_a_day_says_whose_it_is(lines: tuple[Set | str, ...], title: str, iso: str) -> None:
    assert found(*lines, title=title) == iso


@pytest.mark.parametrize(
    "said", ["青磐商贸有限公司2006年9月30日来电反映,磅差15吨。", "documents issued on 30 September 2006"]
)
def test_a_day_told_of_behind_a_body_or_an_act_is_not_the_paper_s(said: str) -> None:
    assert found(said, "受理秦一禾 2006年10月5日") == "2006-10-05"
