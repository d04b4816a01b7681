from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.holdings import Fonds
from index.domain.placing.opinions import DocumentWords
from index.domain.placing.placement import candidates
from index.domain.placing.provenance import provenance
from index.domain.rules.policy import Strength
from tests.index.domain.rules.test_policy import pack, rule

SCHOOL = Fonds("1", "J101", "青石县实验学校", ("p",))
ESTATE = Fonds("2", "W201", "青石物业服务有限公司", ("q",))
OTHER_ESTATE = Fonds("3", "W202", "白石物业服务有限公司", ("q",))
ALL = (SCHOOL, ESTATE, OTHER_ESTATE)
PACKS = (
    pack(rule("a", "WS·A", "教学计划", strength=Strength.STRONG), name="p"),
    pack(rule("b", "WS·A", "物品放行条", strength=Strength.STRONG), name="q"),
)


def reasons(document: DocumentWords, fondses: tuple[Fonds, ...] = ALL, **beside: int) -> tuple[str, list[str], bool]:
    found = provenance(fondses, document, candidates(PACKS, document), beside)
    return found.fonds.code if found.fonds else "", [why.rule for why in found.why], found.sure


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (DocumentWords.of(creator="青石县实验学校"), ("J101", ["fonds-creator"], True)),
        (DocumentWords.of(title="青石县实验学校总结"), ("J101", ["fonds-title"], True)),
        (DocumentWords.of(creator="青石县教育局", text="青石縣實驗學校:请报送"), ("J101", ["fonds-addressee"], True)),
        (DocumentWords.of(text="兹有青石县实验学校学生"), ("J101", ["fonds-text"], False)),
        (DocumentWords.of(text="某某文件 青石县实验学佼 材料"), ("J101", ["fonds-near"], True)),
        (DocumentWords.of(hints=("W202",)), ("W202", ["fonds-code"], True)),
        (DocumentWords.of(text="档号 W202-ZY-001"), ("W202", ["fonds-code"], True)),
        (DocumentWords.of(title="春天"), ("", [], False)),
    ],
)
def test_whose_paper_it_is_shows_in_many_places(document: DocumentWords, expected: tuple[str, list[str], bool]) -> None:
    assert reasons(document) == expected


def test_a_regulation_that_one_fonds_alone_follows_leads_to_it() -> None:
    assert reasons(DocumentWords.of(title="教学计划")) == ("J101", ["fonds-pack"], True)


def test_of_two_fonds_that_follow_it_the_name_or_the_batch_decides() -> None:
    slip = DocumentWords.of(title="物品放行条")
    assert reasons(slip)[2] is False
    named = DocumentWords.of(title="物品放行条", text="白石物业服务有限公司:")
    assert reasons(named) == ("W202", ["fonds-addressee", "fonds-pack"], True)
    beside = provenance(ALL, slip, candidates(PACKS, slip), {"2": 9})
    assert (beside.fonds, beside.sure) == (ESTATE, True)
    assert beside.why[0].evidence.words == "9/9"


def test_two_fonds_named_alike_leave_it_to_a_person() -> None:
    assert reasons(DocumentWords.of(title="青石县实验学校与白石物业服务有限公司协议"))[2] is False


@pytest.mark.parametrize(
    "named",
    [{"creator": "白石物业服务有限公司办公室"}, {"title": "白石物业服务有限公司教学计划"}],
)
def test_a_fonds_that_only_its_regulation_speaks_for_hardly_doubts_one_that_the_paper_names(
    named: dict[str, str],
) -> None:
    document = DocumentWords.of(**{"title": "教学计划与物品放行条", **named})  # type: ignore[arg-type]
    found = provenance(ALL, document, candidates(PACKS, document))
    assert (found.fonds, found.sure) == (OTHER_ESTATE, True)


def test_a_longer_name_is_another_body() -> None:
    bureau, nursery = Fonds("4", "J102", "青石县教育局", ("p",)), Fonds("5", "J103", "青石县教育局幼儿园", ("p",))
    assert reasons(DocumentWords.of(creator="青石县教育局幼儿园"), (bureau, nursery))[0] == "J103"


def test_in_a_room_of_one_fonds_everything_is_its() -> None:
    assert reasons(DocumentWords.of(title="春天"), (SCHOOL,)) == ("J101", ["only-fonds"], True)


def test_another_firms_paper_is_not_ours_by_its_words_alone() -> None:
    assert reasons(DocumentWords.of(title="教学计划", creator="白云机械有限公司")) == ("J101", ["fonds-pack"], False)


def test_bodies_of_a_kind_call_themselves_by_words_of_their_regulation() -> None:
    kinds = (PACKS[0], replace(PACKS[1], own_words=("物业",)))
    slip = DocumentWords.of(title="物品放行条", text="物业服务中心")
    found = provenance(ALL[:2], slip, candidates(kinds, slip))
    assert [why.rule for why in found.why] == ["fonds-pack", "fonds-words"]
