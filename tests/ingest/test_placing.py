"""Where no folder says whose a paper is, its fonds is chosen and says why; sets are bound as papers come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config.regulations import PACKS, load
from index.domain.access import Role, permit_of
from index.domain.description import Evidence, Value
from index.domain.holdings import Item, ItemState
from index.domain.placing.opinions import Why
from index.domain.placing.placement import Placement
from index.domain.placing.provenance import Provenance
from index.domain.rules.particulars import Entered
from ingest.placing import placed
from ingest.reclassifying import reclassify
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.ingest.cage import paper

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n现将有关事项通知如下。\n{body}\n2024年3月5日"
REQUEST = "关于修缮操场的请示\n县教育局:\n特此请示。\n第一实验小学\n2024年3月5日"
REPLY = "关于修缮操场的批复\n第一实验小学:\n你校《关于修缮操场的请示》收悉。同意。\n县教育局\n2024年3月9日"


def captured(room: Room, name: str, text: str) -> Item:
    room.drop(name, paper(text))
    room.work()
    return room.items()[-1]


def title_of(room: Room, code: str) -> str:
    with room.home.catalogue.reading() as work:
        fonds = work.fonds.by_code(code)
    assert fonds
    return fonds.title


def test_a_paper_of_our_own_finds_its_fonds_without_a_folder(room: Room) -> None:
    item = captured(room, "一.pdf", NOTICE.format(body=title_of(room, "J101")))
    said = item.description["fonds"]
    assert (said.value, said.given_by) == ("J101", None)
    assert said.evidence is not None
    assert said.evidence.rule.startswith("fonds-")
    assert item.filed
    assert item.reference_code.startswith("J101-")


def test_a_fonds_that_is_not_sure_is_left_to_a_person(room: Room) -> None:
    item = captured(room, "一.pdf", NOTICE.format(body="白云机械有限公司"))
    assert item.state is ItemState.REVIEW


def test_a_folder_needs_no_choice(room: Room) -> None:
    assert "fonds" not in captured(room, "J101/一.pdf", NOTICE.format(body="校长室")).description


def test_a_reply_is_bound_to_its_request_whichever_comes_first(room: Room) -> None:
    reply = captured(room, "J101/批复.pdf", REPLY)
    request = captured(room, "J101/请示.pdf", REQUEST)
    with room.home.catalogue.reading() as work:
        bound = [(one.bond.value, one.item_id, one.other_id) for one in work.relations.of(request.id)]
    assert bound == [("reply", reply.id, request.id)]


def test_a_number_unlike_those_of_all_open_files_waits_for_a_person(room: Room) -> None:
    contract = "劳动合同\n姓名:季小满 工号:{number}\n签约日期:2024年3月1日"
    filed = [captured(room, f"C301/{at}.pdf", contract.format(number=f"A000{at}")).filed for at in range(1, 6)]
    odd = captured(room, "C301/六.pdf", contract.format(number="A012"))
    assert all(filed) and not odd.filed
    said = odd.description["subject_key"]
    assert said.evidence and (said.value, said.evidence.rule) == ("A012", "shape-of-number")


def test_a_paper_that_gives_only_the_name_goes_into_the_file_that_bears_it(room: Room) -> None:
    captured(room, "C301/一.pdf", "劳动合同\n姓名:季小满 工号:A0001\n签约日期:2024年3月1日")
    named = captured(room, "C301/二.pdf", "劳动合同\n姓名:季小满 性别:女\n签约日期:2024年3月1日")
    said = named.description["subject_key"]
    assert said.evidence and (said.value, said.evidence.rule) == ("A0001", "name-of-open-file")


CUSTOMERS_FORM = (
    "客户资料表\n客户名称：大江阀门有限公司\n法定代表人：王秀兰\n所属行业：阀门制造\n付款方式：款到发货\n2025年3月5日"
)


def test_a_customers_form_fills_the_fields_of_its_file_and_a_later_reading_changes_no_persons_word(room: Room) -> None:
    room.home.__dict__["packs"] = (*room.home.packs, load(PACKS / "customers"))
    room.home.__dict__.pop("packs_by_id", None)
    with room.home.catalogue.writing() as work:
        fonds = work.fonds.by_code("C301")
        assert fonds
        work.fonds.save(replace(fonds, packs=("employees", "customers")))
    item = captured(room, "C301/资料表.pdf", CUSTOMERS_FORM)
    assert item.filed and item.file_id
    with room.home.catalogue.writing() as work:
        said = {one.slot: one.value for one in work.particulars.stated(item.file_id, permit_of(Role.ARCHIVIST))}
        work.particulars.enter(Entered(item.file_id, "1.6", "水泵制造", "李敏", MORNING))
    assert said == {"1.1": "大江阀门有限公司", "1.2": "王秀兰", "1.6": "阀门制造", "4.7": "款到发货"}
    reclassify(room.home, None, lambda done, total: None)
    with room.home.catalogue.reading() as work:
        assert work.particulars.entered(item.file_id)["1.6"].value == "水泵制造"
        assert len(work.particulars.stated(item.file_id, permit_of(Role.ARCHIVIST))) == 4


def shown(placement: Placement) -> Mapping[str, Value]:
    values = placed(Item("one", ItemState.REVIEW, MORNING), placement, Provenance())["description"]
    assert isinstance(values, dict)
    return values


def test_a_series_that_something_speaks_against_is_no_surer_than_its_placement() -> None:
    why = Why("series", "RS", 0.968, Evidence("任免", rule="personnel-record"))
    doubted = Placement("school", series="RS", retention="30y", confidence=0.72, why=(why,), doubtful=("series",))
    assert shown(doubted)["series"] == Value("RS", 0.72, why.evidence)
    assert shown(replace(doubted, confidence=0.99, doubtful=()))["series"].confidence == 0.968


def test_a_period_that_a_person_has_to_choose_is_doubted_and_says_why() -> None:
    rows = shown(Placement("school", series="RS", retention="30y", confidence=0.97, doubtful=("retention",)))
    assert rows["retention"].confidence < 0.5
    assert rows["retention"].evidence == Evidence(rule="several-rows")
