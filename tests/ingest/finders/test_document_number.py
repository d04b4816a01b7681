from __future__ import annotations

import pytest

from ingest.finders.document_number import document_number
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import Set, big, page, right


def found(*lines: str) -> str | None:
    value = document_number(Paper.of([page(big("青石县教育局文件", 2.5), *lines, "各学校要认真执行。")]))
    return value.value if value else None


@pytest.mark.parametrize(
    "printed",
    [
        "青教发〔2024〕15号",
        "青教发[2024]15号",
        "青教发(2024)15号",
        "青教发\uff082024\uff0915号",
        "青教发【2024】15号",
        "青 教 发 〔 2024 〕 15 号",
        "青教发[2024〕15号",
        "青教发〔[2024] 15号",
        "青教发(2024】15号",
        "青教发2024]15号",
        "青教发〔2024〕l5号",
        "青教发〔2o24〕15号",
        "青教发「2024」15号",
        "青教发〔2024〕15号 签发人:纪安",
        "青教发\uff082024年\uff0915号",
    ],
)
def test_every_bracket_and_its_damage_is_written_as_the_standard_does(printed: str) -> None:
    assert found(printed) == "青教发〔2024〕15号"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("青教发〔2024〕第15号", "青教发〔2024〕第15号"),
        ("校发第15号", "校发第15号"),
        ("社字第捌貳號", "社字第捌貳號"),
        ("训字第壹佰贰拾叁号", "训字第壹佰贰拾叁号"),
        ("总(卅六)字第八十一号", "总(卅六)字第八十一号"),
        ("沪商(卅七)总字第118号", "沪商(卅七)总字第118号"),
        ("市府〔58〕办字第44号", "市府〔58〕办字第44号"),
        ("柳政发(1996)十二号", "柳政发〔1996〕十二号"),
        ("第贰拾肆号", "第贰拾肆号"),
        ("栖计〔1987〕工字第31号", "栖计〔1987〕工字第31号"),
        ("栖粮(56)秘字14号", "栖粮(56)秘字14号"),
        ("58粮人字第5号", "58粮人字第5号"),
        ("(一九五八)民办字第二十号", "(一九五八)民办字第二十号"),
        ("总字第125号(民国卅六年)", "总字第125号"),
        ("第15号", "第15号"),
        ("(2024)青教字第15号", "〔2024〕青教字第15号"),
        ("青教發〔2024〕15號", "青教發〔2024〕15號"),
        ("合同编号:HT-2024-001", "HT-2024-001"),
        ("Our ref: SCH/2024/015", "SCH/2024/015"),
    ],
)
def test_other_forms_are_kept_as_printed(printed: str, number: str) -> None:
    assert found(printed) == number


@pytest.mark.parametrize(
    "line",
    [
        "根据青教发〔2023〕8号文件的要求,现将有关事项通知如下",
        "一、贯彻落实《关于做好学校安全工作的通知》(青教发〔2023〕8号)的精神,抓好落实",
        "电话12345678号",
    ],
)
def test_a_number_that_a_sentence_speaks_of_belongs_to_another_document(line: str) -> None:
    assert found(line) is None


def test_a_whole_pair_of_brackets_is_surer_than_a_lost_one() -> None:
    whole, lost = (document_number(Paper.of([page(line)])) for line in ("青教发〔2024〕15号", "青教发2024]15号"))
    assert whole and lost
    assert whole.confidence > lost.confidence


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("HT-2O24-0031", "HT-2024-0031"),
        ("柳河中学 2017年1月8日 记字第55号", "记字第55号"),
        ("图名 平面图 图号 TZ/2010/112", "TZ/2010/112"),
        ("(五四)鹭办字第108号", "(五四)鹭办字第108号"),
        ("证号:皖54745", "皖54745"),
    ],
)
def test_codes_of_contracts_vouchers_drawings_and_old_offices_are_numbers(line: str, number: str) -> None:
    found = document_number(Paper.of([page(line)]))
    assert found is not None
    assert found.value == number


def test_a_receiving_stamp_is_not_the_number_of_the_document() -> None:
    found = document_number(Paper.of([page("收文", "第144号", "县教育局文件", "县教字〔2013〕62号")]))
    assert found is not None
    assert found.value == "县教字〔2013〕62号"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("№ 003548", "003548"),
        ("單號:WX2019018", "WX2019018"),
        ("报价单号:BJ2019-7", "BJ2019-7"),
        ("发票号码:00354812", "00354812"),
        ("Our Ref. No.: ZL-GH-2019-023", "ZL-GH-2019-023"),
        ("JX-KH-2019-003", "JX-KH-2019-003"),
    ],
)
def test_slips_invoices_and_letters_number_themselves_in_their_own_way(line: str, expected: str) -> None:
    found = document_number(Paper.of([page(right(line), big("单据"), "内容见下。")]))
    assert found is not None and found.value == expected


@pytest.mark.parametrize("line", ["员工编号:A0123", "客户编号:KH-0032", "租戶編號:ZH-012"])
def test_the_number_of_a_subject_is_not_that_of_the_paper(line: str) -> None:
    assert document_number(Paper.of([page(big("登记表"), line)])) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("合同编号XS-2019-003", "XS-2019-003"),
        ("编号2019-003", "2019-003"),
        ("协议编号HT20190031", "HT20190031"),
        ("〔2019〕18号", "〔2019〕18号"),
        ("(2019)第18號", "〔2019〕第18號"),
    ],
)
def test_a_label_without_its_colon_and_a_number_without_its_body_are_read(line: str, number: str) -> None:
    found = document_number(Paper.of([page("关于防汛的通知", line, "正文")]))
    assert found is not None and found.value == number


@pytest.mark.parametrize("line", ["员工编号20120304", "准考证号20120304", "编号如下", "按照(2019)18号文件执行"])
def test_a_persons_number_and_a_sentence_give_none(line: str) -> None:
    assert document_number(Paper.of([page("关于防汛的通知", line, "正文")])) is None


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("某某化肥有限公司2012年2月22日第250号",), "第250号"),
        (("携物出门单 No28607",), "28607"),
        (("栖婚字1206号",), "栖婚字1206号"),
        (("(第22期)", "栖凤市人民政府办公室编 1967年12月14日"), "第22期"),
        (("第3期(总第45期)",), "第3期"),
        (("清政(Z005)023号",), "清政〔2005〕023号"),
        (("编号173", "赤镇函29号"), "赤镇函29号"),
        (("编号991023201604050101",), "991023201604050101"),
        (("工程名称:溪头一中综合楼编号:监-2016-011",), "监-2016-011"),
        (("课题批准号:YJ2011-047",), "YJ2011-047"),
        (("溪房权证城关字第20031187号",), "溪房权证城关字第20031187号"),
        (("教字第一二六號",), "教字第一二六號"),
        (("证书号码:第99201号",), "第99201号"),
        (("文件编号:Q/SLC-HR-011",), "Q/SLC-HR-011"),
        (("设备采购合同编号:SB2019-7",), "SB2019-7"),
        (("体检编号:TJ202206240017 姓名:米知夏",), "TJ202206240017"),
        (("(编号:ZL2018-07)",), "ZL2018-07"),
        (("溪文教字(85)第14号",), "溪文教字(85)第14号"),
        (("溪国用(1994)字第00318号",), "溪国用〔1994〕字第00318号"),
        (("2024年第15号",), "2024年第15号"),
        (("(2019)苏0102民初1234号",), "〔2019〕苏0102民初1234号"),
        (("青教发〔2024〕", "15号"), "青教发〔2024〕15号"),
        (("青教发|2024|15号",), "青教发〔2024〕15号"),
        (("Interim Payment Certificate No. 12", "Our ref: ZL/IPC201408969"), "ZL/IPC201408969"),
        (("合同编号:XS-2019-003签订日期:2019年3月5日",), "XS-2019-003"),
        (("Voucher No.: PV1291 Date: 19 June 2010",), "PV1291"),
    ],
)
def test_numbers_stand_beside_labels_and_days_over_two_lines_and_alone(lines: tuple[str, ...], number: str) -> None:
    found = document_number(Paper.of([page(*lines, "正文见下")]))
    assert found is not None and found.value == number


@pytest.mark.parametrize(
    "line",
    [
        "Your ref: ABC/2019/12",
        "设备编号:SB-0032",
        "样品编号:YP2019-3",
        "身份证号:991234199001011234",
        "姓名:季小满 编号:J20190421",
        "统一社会信用代码:91110000100000",
        "不动产权证号314868",
        "营业执照号:991023000012345",
        "证号:991234199001011234",
        "根据双方签订的租赁合同(编号:ZL2018-07),请于七日内",
        "档号:J101-WS-2019-001",
        "收文编号:2019-33",
        "的通知》(青教发〔2023〕8号)文件精神,抓好",
        "附件:青教发〔2023〕8号",
    ],
)
def test_what_is_numbered_there_is_not_the_paper(line: str) -> None:
    assert document_number(Paper.of([page("登记表", "内容", line, "正文")])) is None


def test_the_numbers_of_a_list_are_those_of_other_papers() -> None:
    rows = [f"{at}    青教发〔2024〕{at}号    关于开学的通知" for at in range(1, 6)]
    assert document_number(Paper.of([page("收文登记簿", "序号 文号 题名", *rows)])) is None


@pytest.mark.parametrize(
    ("title", "line", "number"),
    [
        ("固定资产卡片", "卡号74107", "74107"),
        ("固定资产卡片", "卡号5602        使用单位槐荫桥九年制学校", "5602"),
        ("教学仪器领用卡", "卡片编号3883保管苏禾", "3883"),
        ("租户概况卡", "卡号270", None),
        ("纸机变频节电科研项目计划书", "项目编号KJ201209606", "KJ201209606"),
        ("技改工程立项建议书", "项目代码JG2010-36", "JG2010-36"),
        ("工程进度表", "项目编号KJ201209606", None),
        ("实用新型专利受理通知书", "申请号202222262544", "202222262544"),
        ("实用新型专利证书", "专利号:ZL 2009 2 0110933.2", "ZL200920110933.2"),
        ("科技奖励名单", "专利号:ZL 2009 2 0110933.2", None),
        ("营业执照", "统一社会信用代码9163013890MA3358", "9163013890MA3358"),
        ("供应商评价表", "统一社会信用代码9163013890MA3358", None),
        ("出矿煤检验结果", "样号5908", "5908"),
        ("工作联系单", "联系单号800填发2019年12月19日", "800"),
        ("Certificate of Calibration", "Instrument: Total station        Serial No.: 147102", None),
        ("Certificate of Inspection", "Your Order No. PO-1234", None),
        ("Delivery Note", "Delivery Note No. DN 59347", "DN59347"),
        ("特种设备使用登记证", "编号:梯11沪A75626", "梯11沪A75626"),
        ("协作关系鉴定", "代码:2960", None),
        ("安全技术说明书", "编号MSDS-827版次第3版", "MSDS-827"),
        ("出差审批单", "流水CC20122977", "CC20122977"),
        ("药房档案", "日流水        15161元", None),
    ],
)
def test_what_a_number_counts_is_the_paper_where_its_title_says_so(title: str, line: str, number: str | None) -> None:
    found = document_number(Paper.of([page(big(title), line, "正文如下。")]), title)
    assert (found.value if found else None) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("等级特急        洄府电53号        1992年6月14日9:30", "洄府电53号"),
        (right("石政报30号"), "石政报30号"),
        (right("洄婚8767"), "洄婚8767"),
        (big("石介8488", 1.0), "石介8488"),
        ("钟楼北街217号", None),
        (right("合计8767"), None),
        (big("石调59", 1.0), "石调59"),
        (right("铸造二班12"), None),
        ("一号楼3单元12号", None),
    ],
)
def test_a_body_s_word_and_the_count_are_a_number_without_year_or_sign(line: Set | str, number: str | None) -> None:
    found = document_number(Paper.of([page(big("存根"), line, "正文如下。")]))
    assert (found.value if found else None) == number
