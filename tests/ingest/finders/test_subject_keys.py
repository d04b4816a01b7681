from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.subject_keys import SUBJECTS, subject_keys
from tests.fakes.ingest.finders.readings import Set, big, page, right

OWN = "青石物业服务有限公司"


def key(kind: str, *lines: Set | str, hints: tuple[str, ...] = ()) -> tuple[str, bool] | None:
    """The key of this kind, and whether it is sure enough to file by."""
    value = subject_keys(Paper.of([page(*lines)]), hints, OWN).get(kind)
    return (value.value, value.confidence >= 0.85) if value else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("房号:3-2-1201 业主:季小满", "3-2-1201"),
        ("房 号:3栋1201", "3-1201"),
        ("房屋坐落:白石路8号春晖苑3号楼2单元1201室", "3-2-1201"),
        ("本人系三号楼二单元1201室业主", "3-2-1201"),
        ("租赁单元:A座1203", "A-1203"),
        ("兹有12幢0501室住户", "12-501"),
        ("單元:B2栋806", "B2-806"),
        ("联系电话:0512-65780001 日期:2024-03-05", None),
        ("青物业〔2024〕12号 白石路8号1201", None),
    ],
)
def test_a_room_is_told_by_building_unit_and_number(line: str, expected: str | None) -> None:
    assert key("room", line) == ((expected, True) if expected else None)


def test_a_folder_named_as_a_room_gives_it_and_a_paper_that_differs_casts_doubt() -> None:
    assert key("room", "装修申请表", hints=("业户", "3-2-1201 季小满")) == ("3-2-1201", True)
    assert key("room", "房号:3-2-1201", hints=("3栋2单元1201",)) == ("3-2-1201", True)
    assert key("room", "房号:3-2-1202", hints=("3-2-1201",)) == ("3-2-1201", False)


def test_two_rooms_named_alike_often_leave_it_to_a_person() -> None:
    assert key("room", "3栋1201漏水至3栋1101") == ("3-1201", False)


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("customer", ["客户名称:云帆贸易有限公司 联系人:季小满"], "云帆贸易有限公司"),
        ("customer", ["客户编号:KH-0032 客户名称:云帆贸易有限公司"], "KH-0032"),
        ("customer", ["客户名称", "云帆贸易有限公司"], "云帆贸易有限公司"),
        ("customer", ["云帆贸易有限公司信用调查报告", "经查,云帆贸易有限公司信用良好。"], "云帆贸易有限公司"),
        ("tenant", ["承租方(乙方):云帆贸易有限公司", "出租方(甲方):青石物业服务有限公司"], "云帆贸易有限公司"),
        ("tenant", ["关于缴纳租金的函", "云帆贸易有限公司:"], "云帆贸易有限公司"),
        ("tenant", ["租戶名稱:雲帆貿易有限公司"], "雲帆貿易有限公司"),
        ("dealer", ["药店名称:百草堂药店 负责人:季小满"], "百草堂药店"),
        ("overseas_unit", ["项目部名称:南渡河水电站项目部"], "南渡河水电站项目部"),
        ("person", ["顾客姓名:季小满 性别:女"], "季小满"),
        ("employee_number", ["工号:A0123"], "A0123"),
    ],
)
def test_a_form_names_its_subject(kind: str, lines: list[str], expected: str) -> None:
    assert key(kind, *lines) == (expected, True)


def test_we_are_no_customer_of_our_own() -> None:
    assert key("customer", "单位名称:青石物业服务有限公司") is None


def test_a_label_without_a_value_is_no_name() -> None:
    assert key("customer", "客户名称: 联系电话:") is None
    assert key("person", "姓名 签字 日期") is None


def test_every_kind_is_looked_for_in_its_folder() -> None:
    hints = ("2024年", "资料", "K-0012 云帆贸易")
    assert {kind for kind in SUBJECTS if key(kind, "无", hints=hints)} == set(SUBJECTS) - {"room"}


def row(*cells: str) -> Set:
    """A row of a form: its cells stand apart."""
    return Set("      ".join(cells))


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("tenant", [row("商户名称", "小满咖啡馆", "铺位号", "L2-018")], "小满咖啡馆"),
        ("tenant", [row("商戶", "舒記糖水", "單元", "A座703")], "舒記糖水"),
        ("tenant", ["租户:小满画廊 单元:A座703"], "小满画廊"),
        ("tenant", [row("租户", "面积", "租期"), row("白石书屋", "80平方米", "三年"), "经办人:季小满"], "白石书屋"),
        ("tenant", ["致:白石书屋", "贵店门前堆放杂物,请清理。"], "白石书屋"),
        ("tenant", ["A座703 白石书屋:", "贵店门前堆放杂物,请清理。"], "白石书屋"),
        ("tenant", ["今收到白石书屋交来押金人民币伍仟元整。"], "白石书屋"),
        ("tenant", ["今收到云帆贸易有限公司租金8000元。"], "云帆贸易有限公司"),
        (
            "tenant",
            ["关于借用大堂的申请", "贵物业公司:", "我司拟借用大堂。", right("云帆贸易有限公司")],
            "云帆贸易有限公司",
        ),
        ("dealer", ["甲方:云帆医药有限公司", "乙方:青石物业服务有限公司"], "云帆医药有限公司"),
        ("dealer", [row("终端名称", "芦溪同德堂", "负责人", "季小满")], "芦溪同德堂"),
        ("dealer", ["收货单位:云帆医药有限公司", "承运单位:白石物流有限公司"], "云帆医药有限公司"),
        ("customer", ["走访纪要", "3月5日至8日,我部走访了云帆贸易有限公司,听取意见。"], "云帆贸易有限公司"),
        ("customer", ["调查材料", "受总经理委托,我部对云帆贸易有限公司进行了信用调查。"], "云帆贸易有限公司"),
        ("customer", ["简介", "云帆贸易有限公司成立于2001年,现有职工八十人。"], "云帆贸易有限公司"),
        ("person", ["姓名季小满 性别女 年龄41"], "季小满"),
        ("person", [row("填表日期2024年3月5日", "會員", "季小滿", "年齡", "41")], "季小滿"),
        ("room", ["停车位租用协议", "业主房屋3-2-1201,车位107号。"], "3-2-1201"),
        ("customer", ["走访客户:云帆贸易有限公司", "开户银行:白石银行芦溪支行"], "云帆贸易有限公司"),
    ],
)
def test_a_form_an_address_or_a_receipt_says_whose_paper_it_is(
    kind: str, lines: list[Set | str], expected: str
) -> None:
    assert key(kind, *lines) == (expected, True)


@pytest.mark.parametrize(
    "lines",
    [
        ["工作总结", "本月与云帆贸易有限公司洽谈,又收到云帆贸易有限公司的样品。"],
        ["货款由白石银行芦溪支行代收。"],
        ["施工单位:云帆装饰工程有限公司"],
        ["客户名称:云帆贸易有限公司", "客户名称:白石贸易有限公司"],
        ["尊敬的客户:", "春节将至,谨致问候。"],
        [row("租户", "单元"), row("白石书屋", "A座703"), row("小满画廊", "A座704"), row("舒记糖水", "A座705")],
        ["青石物业服务有限公司", "青石物业服务有隈公司工程部"],
    ],
)
def test_who_is_only_mentioned_or_one_of_several_or_ours_or_a_contractor_is_left_to_a_person(
    lines: list[Set | str],
) -> None:
    found = key("tenant", *lines)
    assert found is None or not found[1]


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("tenant", [row("用房单位", "云帆贸易有限公司", "位置", "A座703")], "云帆贸易有限公司"),
        ("dealer", [row("院名", "芦溪第一人民医院", "等次", "三级")], "芦溪第一人民医院"),
        ("customer", [row("去向", "云帆贸易有限公司", "列次", "168")], "云帆贸易有限公司"),
        ("customer", ["被授权方云帆贸易有限公司", "授权区域松隐"], "云帆贸易有限公司"),
        ("customer", ["评价方 云帆贸易有限公司"], "云帆贸易有限公司"),
        ("tenant", ["2号楼2503云帆贸易有限公司负责人:"], "云帆贸易有限公司"),
        ("tenant", ["云帆贸易有限公司(1号楼2503)行政部:"], "云帆贸易有限公司"),
        ("customer", ["云帆贸易有限公司2006年9月30日来电反映,第57批磅差15吨。"], "云帆贸易有限公司"),
        ("customer", ["3月5日,我公司季小满前往云帆贸易有限公司,同燃料部交谈。"], "云帆贸易有限公司"),
        ("tenant", ["3月18日将2号楼2209交云帆贸易有限公司使用,双方查验。"], "云帆贸易有限公司"),
        ("tenant", [row("施工队", "白石装饰工程有限公司", "业主方", "云帆贸易有限公司")], "云帆贸易有限公司"),
        ("customer", ["信用调查报告", "客户:致远科技有限公司"], "致远科技有限公司"),
        ("customer", [row("厂名", "祥和食品有限公司", "主管", "季小满")], "祥和食品有限公司"),
        ("customer", [row("厂名", "向阳化工厂", "主管", "季小满")], "向阳化工厂"),
        ("customer", ["客户名称:云帆贸易有公司"], "云帆贸易有限公司"),
        ("person", [row("贵客", "季小满", "手机", "19907344133")], "季小满"),
        ("person", [row("尊长", "季小满", "年岁", "66")], "季小满"),
        ("person", ["服用人:季小满   电话:19907344133"], "季小满"),
        (
            "room",
            [
                Set("8栋2单元", 1.6, "centre"),
                Set("1203室平面布置图", 1.6, "centre"),
                "红线为热水,蓝线为冷水,虚线表示吊顶内。",
            ],
            "8-2-1203",
        ),
    ],
)
def test_a_label_that_nobody_listed_and_the_only_place_of_a_form_say_whose_it_is(
    kind: str, lines: list[Set | str], expected: str
) -> None:
    assert key(kind, *lines) == (expected, True)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("tenant", [row("进场", "白石装饰工程有限公司", "领班", "季小满")]),
        ("tenant", [row("送达柏清和", "签收毕晚晴")]),
        ("customer", ["我们认为可维持现行条件,但单笔超过27万元的应收银行承兑。"]),
        ("person", [row("代表", "季小满", "手机", "19907344133")]),
        ("person", [row("尊长", "季小满", "年岁", "66"), row("尊长", "舒远山", "年岁", "71")]),
    ],
)
def test_a_contractor_a_servant_and_one_of_several_are_not_whose_paper_it_is(kind: str, lines: list[Set | str]) -> None:
    found = key(kind, *lines)
    assert found is None or not found[1]


LAWYERS = "正大联合律师事务所"


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("tenant", ["15层3室云帆贸易有限公司:", "请于三日内将货物清走。"], "云帆贸易有限公司"),
        ("tenant", ["收件单位:15-08云帆贸易有限公司      件数:2"], "云帆贸易有限公司"),
        ("tenant", ["今收到1502号云帆贸易有限公司交来押金贰仟元整"], "云帆贸易有限公司"),
        (
            "tenant",
            [row("房号", "租户全称", "法人", "业务"), row("903室", "云帆贸易有限公司", "季小满", "软件")],
            "云帆贸易有限公司",
        ),
        (
            "tenant",
            [f"致{OWN}", "我公司(云帆贸易有限公司)拟退租。", right("云帆贸易有限公司")],
            "云帆贸易有限公司",
        ),
        ("dealer", [row("卖场", "白石好邻居商场有限公司")], "白石好邻居商场有限公司"),
        ("dealer", [row("网点", "白石供销社便民超市")], "白石供销社便民超市"),
        (
            "dealer",
            [big("关于云帆医药有限公司跨区发货的通报"), "经查,上月在白石发现的一批货系云帆医药有限公司流出。"],
            "云帆医药有限公司",
        ),
        ("customer", [f"{OWN}:", "你公司来煤短少,要求派人。", right("白石铝厂"), right("2021年7月19日")], "白石铝厂"),
        ("customer", [f"今欠{OWN}货款三万元,年底还清。", right("白石利民管件门市季小满")], "白石利民管件门市"),
        (
            "customer",
            [big("对白石德昌管阀行的几点印象"), "老板说一不二,店规写在墙上,手下都是跟了他多年的老人。"],
            "白石德昌管阀行",
        ),
        ("customer", [row("买方:白石机床厂", "卖方:" + OWN)], "白石机床厂"),
        ("customer", [row("来宾单位:白石机床厂", "人数:3")], "白石机床厂"),
        (
            "customer",
            ["SALES CONTRACT", "Sellers: Qingshi Valve Co., Ltd.", "Buyers: Silver Creek Ltd"],
            "Silver Creek Ltd",
        ),
        ("customer", ["客户名称: Silver Creek Ltd"], "Silver Creek Ltd"),
        ("person", [row("持卡人季小满", "血压")], "季小满"),
        ("room", ["5号楼1单元303向5号楼1单元203渗水一事,5号楼1单元303愿修,5号楼1单元303签。"], "5-1-303"),
        ("room", [row("楼号:12", "房号:2304", "报修人:季小满")], "12-2304"),
        ("room", ["8栋1单无502业主证件,原件已核"], "8-1-502"),
    ],
)
def test_rooms_before_names_and_names_of_many_ends_are_told_apart(
    kind: str, lines: list[Set | str], expected: str
) -> None:
    assert key(kind, *lines) == (expected, True)


@pytest.mark.parametrize(
    ("lines", "never"),
    [
        ([big(LAWYERS), "云帆贸易有限公司:", f"本所受{OWN}委托,就贵司拖欠租金致函。", right(LAWYERS)], LAWYERS),
        ([f"致{OWN}:", "关于贵公司货款纠纷,本所意见如下。", right(LAWYERS)], LAWYERS),
        ([f"{OWN}:", "我司承接云帆贸易有限公司装修已完工。", right("白石装饰工程有限公司")], "白石装饰工程有限公司"),
        ([f"致{OWN}:", "鉴于云帆贸易有限公司向贵公司赊购。", right("白石商贸有限公司")], "白石商贸有限公司"),
        (["经理:", "近况如下。", right(f"{OWN}白石办事处")], "白石办事处"),
        (["共回访白石热电厂、云帆贸易有限公司、芦溪水泥厂等八家。"], "白石热电厂"),
        (["此件存档并抄告各办事处"], "此件存档并抄告各办事处"),
        ([row("一季度", "下线药店"), row("3", "8")], "下线药店"),
        ([row("日期", "用户", "物品"), row("3月2日", "云帆贸易有限公司", "办公桌")], "物品"),
    ],
)
def test_who_writes_on_others_business_or_is_one_of_several_is_not_the_subject(
    lines: list[Set | str], never: str
) -> None:
    found = [key(kind, *lines) for kind in ("tenant", "customer")]
    assert (never, True) not in found
