from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.title import SELF_MADE, is_self_made, title
from tests.fakes.ingest.finders.readings import Set, big, page, plain, right

BODY = (
    "各学校:",
    "为进一步做好今年的工作,现将有关事项说明如下,请各单位认真执行。",
    "一、提高认识,加强领导,把这件事放在心上,按时完成,不得拖延。",
    "二、各单位要按照去年的办法报送材料,有问题及时联系。",
)


def found(*lines: Set | str) -> str:
    return title(Paper.of([page(*lines)])).value


def test_the_large_centred_line_below_the_letterhead_is_the_title() -> None:
    head = (big("青石县教育局文件", 2.6), big("青教发〔2024〕15号", 1.0))
    assert found(*head, big("关于开展秋季运动会的通知"), *BODY) == "关于开展秋季运动会的通知"


def test_a_title_over_two_lines_is_one() -> None:
    assert (
        found(big("关于进一步加强学校食堂卫生"), big("管理工作的通知"), *BODY)
        == "关于进一步加强学校食堂卫生管理工作的通知"
    )


def test_the_last_words_of_a_title_may_stand_alone() -> None:
    assert found(big("关于印发《教学管理办法》"), big("的通知"), *BODY) == "关于印发《教学管理办法》的通知"


def test_a_form_ends_its_title_before_the_name_of_the_firm() -> None:
    assert found(big("员工登记表"), big("白石机械有限公司", 1.3), "姓名:季小满 性别:女") == "员工登记表"


LONG = "青石县教育体育局关于举办全县教师硬笔书法比赛的通"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([big(LONG, 2.8), big("知", 2.8)], f"{LONG}知"),
        ([big("青石县人民政府关于表彰二〇〇七年度教育工作先进单", 2.8), big("位的决定", 2.8)],
         "青石县人民政府关于表彰二〇〇七年度教育工作先进单位的决定"),
        ([big("青石县实验学校"), big("2017年工作总结")], "青石县实验学校2017年工作总结"),
        ([big("青石县实验学校", 2.6), big("青实发〔2024〕3号", 1), big("青石县实验学校"), big("关于改造食堂的请示")],
         "青石县实验学校关于改造食堂的请示"),
        ([big("青石县实验学校", 2.6), big("关于改造食堂的请示")], "关于改造食堂的请示"),
        ([big("白石机械有限公司"), big("员工登记表")], "白石机械有限公司员工登记表"),
        ([big("白石机械有限公司", 1), big("员工登记表")], "员工登记表"),
        ([big("Certificate of Registration of an External", 1.36), big("Company", 1.75)],
         "Certificate of Registration of an External Company"),
        ([big("关于《青石小学章程(修订稿)》"), big("征求意见的通知")], "关于《青石小学章程(修订稿)》征求意见的通知"),
        ([big("青石小学"), big("二〇二年度工作计划"), "定于2020年9月1日施行"], "青石小学二〇二〇年度工作计划"),
        ([big("Monthly Site Report No. 50", 2.1), "Concrete 80% 48%"], "Monthly Site Report No. 50"),
    ],
)  # fmt: skip
def test_what_was_broken_at_the_edge_and_the_body_above_belong_to_the_title(lines: list[Set], title: str) -> None:
    assert found(*lines, *BODY) == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["照片题名职工宿舍奠基", "摄影者康岚"], "职工宿舍奠基"),
        (["题名:粮站门前交公粮的长队 时间:1963年"], "粮站门前交公粮的长队"),
        (["標題:全縣廣播大會"], "全縣廣播大會"),
        ([big("竣工图"), "图名:二幢消防喷淋系统图", "图号:总5 比例:1:100"], "二幢消防喷淋系统图"),
        (["图号:总5 比例:1:100", "名称:皮带机头架"], "皮带机头架"),
        ([big("六一文艺汇演录像带说明"), "片名:歌声里的童年", *BODY], "六一文艺汇演录像带说明"),
        ([big("收文处理单"), "文件标题:关于救灾款发放的通知"], "收文处理单"),
        ([big("照片说明"), "题名:粮站门前交公粮的长队"], "粮站门前交公粮的长队"),
        ([big("物品登记表"), "名称:皮带机头架"], "物品登记表"),
    ],
)
def test_a_caption_gives_the_title(lines: list[Set | str], title: str) -> None:
    assert found(*lines) == title


def test_spaces_that_print_or_ocr_puts_between_characters_go() -> None:
    assert found(big("全 日 制 劳 动 合 同"), *BODY) == "全日制劳动合同"


def test_latin_titles_keep_their_spaces() -> None:
    assert found(
        big("ANNUAL REPORT OF THE"),
        big("SCHOOL LIBRARY"),
        "The library was open all year, and many came to read in it.",
    ) == ("ANNUAL REPORT OF THE SCHOOL LIBRARY")


def test_without_sizes_the_words_decide_and_confidence_falls() -> None:
    sized = title(Paper.of([page(big("关于秋季运动会的通知"), *BODY)]))
    unsized = title(Paper.of([plain("\n".join(("关于秋季运动会的通知", *BODY)))]))
    assert unsized.value == sized.value
    assert unsized.confidence < sized.confidence


@pytest.mark.parametrize("never", ["秘密★10年", "特急", "签发人:纪安", "2024年3月5日", "— 3 —", "编号:017", "附件1:"])
def test_a_mark_beside_the_title_is_not_the_title(never: str) -> None:
    assert found(big(never, 1.8), big("运动会工作总结"), *BODY) == "运动会工作总结"


def test_prose_gets_a_title_of_our_own_that_nobody_believes() -> None:
    value = title(Paper.of([page(*BODY)]))
    assert is_self_made(value.value)
    assert value.confidence == SELF_MADE


def test_an_empty_paper_has_a_title_all_the_same() -> None:
    assert is_self_made(title(Paper.of([plain("")])).value)


def test_the_evidence_is_where_the_title_stands() -> None:
    value = title(Paper.of([page("", big("运动会工作总结"), *BODY, right("2024年3月5日"))]))
    assert value.evidence is not None
    assert value.evidence.page == 1
    box = value.evidence.box
    assert box is not None
    assert abs(box.x + box.w / 2 - 0.5) < 0.02


@pytest.mark.parametrize("greeting", ["Dear Sir,", "To: Riverside Coal Co., Ltd.", "Dear Ms. Mason,"])
@pytest.mark.parametrize("size", [1.0, 2.6])
def test_a_letter_in_latin_letters_is_called_by_its_subject(greeting: str, size: float) -> None:
    head = (big("Northlake Roads & Bridges PLC", size), "18 July 2009", greeting)
    subject = "Claim for Short Weight of Mr. Fang"
    assert found(*head, subject, "The vessel discharged her cargo at this port on July 19.") == subject


@pytest.mark.parametrize(
    ("lines", "called"),
    [
        (("发件人:安远山<office@example>", "收件人:毕小满", "主题:新版权限表", "附上第五稿。"), "新版权限表"),
        ((big("Lakeview Consulting", 3.1), big("Engineers", 3.0), big("INTERIM PAYMENT CERTIFICATE NO. 9"), *BODY),
         "INTERIM PAYMENT CERTIFICATE NO. 9"),
        (("时序大厦物业中心负责人:", big("抗议空调停供", 1), "敝司租用八楼,从无拖欠,但夜间冷气停止。"), "抗议空调停供"),
        ((big("关于我们—一桐坪物流有限公司"), "本公司创立于二〇〇〇年。"), "关于我们——桐坪物流有限公司"),
    ],
)  # fmt: skip
def test_mail_letters_and_names_over_two_lines_leave_the_title(lines: tuple[Set | str, ...], called: str) -> None:
    assert found(*lines) == called
