from __future__ import annotations

import pytest

from ingest.finders.creator import creator
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import Set, big, page, right

BODY = ("各学校:", "现将有关事项通知如下,请认真执行。", "特此通知。", "此页无正文,仅为说明。", "请查收。")


def found(*lines: Set | str, title: str = "", fonds: str = "") -> str | None:
    value = creator(Paper.of([page(*lines)]), title, fonds)
    return value.value if value else None


def test_the_letterhead_names_the_body() -> None:
    assert found(big("青石县教育局文件", 2.6), *BODY) == "青石县教育局"


def test_the_signature_stands_above_the_date() -> None:
    assert found(*BODY, right("青石县实验学校(盖章)"), right("2024年3月5日")) == "青石县实验学校"


def test_the_end_of_the_text_above_a_signature_signs_nothing() -> None:
    ends = ("请认真组织落实,", "并将办理情况报送校长办公室。")
    assert found(*BODY, *ends, right("青石县实验学校"), right("2024年3月5日")) == "青石县实验学校"
    both = (right("青石县教育局"), right("青石县财政局"), right("2024年3月5日"))
    assert found(*BODY, *both) == "青石县教育局；青石县财政局"


def test_two_places_that_agree_make_it_surer() -> None:
    signed = (right("青石县教育局"), right("2024年3月5日"))
    alone, both = (creator(Paper.of([page(*head, *BODY, *signed)])) for head in ((), (big("青石县教育局文件", 2.6),)))
    assert alone and both
    assert both.confidence > alone.confidence


def test_a_label_a_heading_and_a_title_name_it_too() -> None:
    assert found("劳动合同书", "甲方(用人单位)名称:白石机械有限公司") == "白石机械有限公司"
    assert found(big("员工登记表"), big("白石机械有限公司", 1.1), "姓名:季小满") == "白石机械有限公司"
    assert found(*BODY, title="青石县教育局关于秋季运动会的通知") == "青石县教育局"


def test_our_own_name_read_nearly_right_is_our_own_name() -> None:
    assert found(*BODY, right("青石县实验字校"), right("2024年3月5日"), fonds="青石县实验学校") == "青石县实验学校"


def test_another_body_is_not_taken_for_us() -> None:
    assert found(big("青石县教育局文件", 2.6), *BODY, fonds="青石县实验学校") == "青石县教育局"


def test_a_person_signs_where_no_body_does() -> None:
    assert found("辞职报告", "本人因家庭原因申请辞职。", "申请人:季小满") == "季小满"


def test_latin_bodies_are_known_by_their_words() -> None:
    assert found("Riverside School", "We write to tell you that the library is open.") == "Riverside School"


def test_prose_names_nobody() -> None:
    assert found(*BODY) is None


@pytest.mark.parametrize(
    "lines",
    [
        (big("青石县教育局", 2.6), big("青石县财政局文件", 2.6), *BODY),
        (big("青石县教育局 青石县财政局文件", 2.6), *BODY),
        (big("青石县教育局", 2.6), big("文件", 2.4), big("青石县财政局", 2.6), *BODY),
        (*BODY, right("青石县教育局"), right("青石县财政局"), right("2024年3月5日")),
        (*BODY, right("青石县教育局 青石县财政局"), right("2024年3月5日")),
        (*BODY, "主办单位:青石县教育局、青石县财政局"),
    ],
)
def test_bodies_that_issue_together_are_all_named(lines: tuple[Set | str, ...]) -> None:
    assert found(*lines) == "青石县教育局；青石县财政局"


def test_a_body_that_we_know_is_not_put_before_the_others_it_signed_with() -> None:
    signed = (*BODY, right("青石县教育局 青石县财政局"), right("2024年3月5日"))
    value = creator(Paper.of([page(*signed)]), known=["青石县教育局"])
    assert value and value.value == "青石县教育局；青石县财政局"


FORM = (big("客户情况表", 1.8), "名称:某单位", "地址:北街7号")


@pytest.mark.parametrize(
    ("lines", "creator"),
    [
        ((big("青石县教育局", 2.6), *BODY, "青石小学:", "请于9月起执行。"), "青石县教育局"),
        ((big("白石有限公司市场部", 1), *FORM), "白石有限公司"),
        ((*FORM, right("白石有限公司市场部"), right("2024年3月5日")), "白石有限公司市场部"),
        ((big("白石有限公司", 1), *FORM, "填报单位:白石有限公司销售部"), "白石有限公司销售部"),
        ((big("采矿许可证"), "单位名称:白石有限公司", "发证机关:青石县国土资源局"), "青石县国土资源局"),
        ((big("购销合同"), "买方:青石有限公司", "卖方白石有限公司"), "白石有限公司"),
        ((big("维修单", 1.6), "公司:南山贸易有限公司", "内容:换灯"), None),
        ((*BODY, right("青石小学课题组邬长庚"), right("2024年3月5日")), "青石小学课题组"),
        ((*BODY, right("青石小学"), right("办公室"), right("2024年3月5日")), "青石小学办公室"),
        ((big("青石小学工作简报"), "青石小学办公室编 2024年3月5日", *BODY), "青石小学办公室"),
        (("白石有限公司:", *BODY[1:], right("柳立春"), right("2024年3月5日")), "柳立春"),
        ((big("图", 1.5), "设计单位:青石建筑设计院", "单位:白石有限公司"), "青石建筑设计院"),
        ((*BODY, right("白石有限公司"), right("工会委员会"), right("2024年3月5日")), "白石有限公司工会委员会"),
        ((big("联系单"), "发文部门:白石有限公司质量部", "发往:生产部"), "白石有限公司质量部"),
        ((big("协议书"), "甲方(供货人)白石有限公司", "乙方青石有限公司"), "白石有限公司"),
        ((big("年度对照"), *BODY, "白石有限公司销售统计秦远山"), "白石有限公司"),
        ((big("来函"), *BODY, right("1510白石有限公司"), right("2024年3月5日")), "白石有限公司"),
        (("与原件相符", "白石物业服务处", big("买卖合同"), "出卖人:青石开发有限公司"), "青石开发有限公司"),
        ((big("营业执照"), "单位名称:白石有限公司", *BODY), None),
        ((big("保证书"), *BODY, "承诺人白秋实", "2024年3月5日"), "白秋实"),
        (("青石物业中心:", "灯不亮了。", "温平2024年3月5日", "已换灯泡。"), "温平"),
        ((big("房屋所有权证"), "所有权人:白石有限公司", "登记机构:青石县房地产管理局"), "青石县房地产管理局"),
        ((big("移交清册"), "移交单位:青石小学接收单位:青石县档案馆"), "青石小学"),
        ((big("签到表"), "单位:青石小学日期:2016年3月2日"), "青石小学"),
        ((big("施工日志"), "施工单位:青石建筑工程有限公司"), "青石建筑工程有限公司"),
        ((big("感谢信"), "青石小学:", *BODY[1:], right("学生家长罗大虎"), right("2024年3月5日")), "罗大虎"),
        ((big("青石縣政府訓令"), "令桃源小學", *BODY[1:]), "青石縣政府"),
        ((big("员工履历表"), big("白石有限公司", 1), "姓名:季小满"), "白石有限公司"),
        ((big("概况卡"), *FORM, "填卡时禾(时序物业中心)2008年11月2日"), "时序物业中心"),
        ((big("公证书"), *FORM, right("泉塘市公证处"), right("公证员郝秋实"), right("2024年3月5日")), "泉塘市公证处"),
        ((big("关于我们——白石有限公司"), *FORM, "2009年6月编印", "呈时序物业中心存"), "白石有限公司"),
        ((big("简历"), "皮平        女        2004年3月5日", "求学"), "皮平"),
        ((big("行驶证"), "住址白石湾", "白石县公安局交通警察支队", *FORM, "保安部留存"), "白石县公安局交通警察支队"),
        ((big("清单"), "中共白石有限公司委员会组织部", *FORM), "中共白石有限公司委员会组织部"),
        ((big("合同"), *FORM, "甲方(章)石桥镇人民政府", right("2024年3月5日")), "石桥镇人民政府"),
        ((big("证书"), *FORM, "著作权人白石有限公司", right("2024年3月5日")), None),
        ((big("客情汇总"), *FORM, "芦溪电厂        二号炉2019年1月1日大修", *BODY), None),
    ],
)
def test_the_maker_is_who_issued_it_not_whom_it_is_about(lines: tuple[Set | str, ...], creator: str | None) -> None:
    assert found(*lines, title=str(getattr(lines[0], "text", ""))) == creator


@pytest.mark.parametrize(
    ("title", "byline", "creator"),
    [
        ("在全县教育工作会议上的讲话", "县长 高山", "高山"),
        ("述职报告", "青石小学 方敏", "方敏"),
        ("个人工作总结", "白鹭", "白鹭"),
        ("劳动竞赛方案", "白鹭", None),
    ],
)
def test_who_speaks_or_writes_for_himself_stands_below_the_title(title: str, byline: str, creator: str | None) -> None:
    assert found(big(title), big(byline, 1), *BODY, title=title) == creator


@pytest.mark.parametrize(
    ("lines", "creator"),
    [
        (("Northlake Cement Co.", big("Payment Certificate"), "To: Riverside Ltd"), "Northlake Cement Co."),
        ((big("Contract"), "Employer: Riverside Works Ltd", "Employee: Ann Lee"), "Riverside Works Ltd"),
        (("2 May 2019", "To: Copper Haulage Ltd", "For and on behalf of Riverside Group"), "Riverside Group"),
        (("This agreement is made between Lake Estates Limited (the", "Landlord) and Riverside Ltd (the Tenant)."),
         "Lake Estates Limited"),
        ((big("BID"), "duly authorised to sign for and on behalf of Northlake Road", "& Bridge Engineering Co., Ltd."),
         "Northlake Road & Bridge Engineering Co., Ltd."),
        (("Minutes", "Next meeting 3 May.", "For Northlake Works Co., Ltd.: Ada"), "Northlake Works Co., Ltd."),
        (("CERTIFICATE", "I hereby certify that the firm is of record.", "Ada Merrow", "Registrar of Companies"),
         "Registrar of Companies"),
        (("Northlake Co., Ltd. Project Office - Materials", "Laboratory", big("TEST REPORT")),
         "Northlake Co., Ltd. Project Office - Materials Laboratory"),
    ],
)  # fmt: skip
def test_papers_in_latin_letters_name_their_maker(lines: tuple[Set | str, ...], creator: str) -> None:
    assert found(*lines) == creator


def test_our_name_in_the_text_is_a_guess_where_nobody_signed() -> None:
    value = creator(Paper.of([page(big("到岗确认单"), "本人于9月到白石有限公司报到。")]), known=["白石有限公司"])
    assert value and value.value == "白石有限公司"
    assert value.confidence <= 0.5


def test_the_first_line_of_a_title_is_no_letterhead() -> None:
    lines = (big("锦屏电气有限公司", 1.9), big("历年进货实绩对照", 1.9), *BODY, "白石有限公司销售统计秦远山")
    assert found(*lines, title="锦屏电气有限公司历年进货实绩对照") == "白石有限公司"
