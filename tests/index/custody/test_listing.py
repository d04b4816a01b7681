"""Contents lists change with their documents, in one transaction; where the pack says so they lie by signing date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from config import regulations
from index.custody.correcting import correct
from index.custody.filing import file_item
from index.custody.withdrawing import withdraw
from index.domain.arranging.contents import (
    BY_SIGNING,
    SIGNING_DATE,
    ContentsLine,
    ContentsList,
    by_signing,
    needs_signing_date,
    ordered,
)
from index.domain.errors import WrongUse
from index.domain.holdings import Item, ItemState
from index.domain.rules.policy import Pack
from index.domain.rules.provisions import IntakeRule
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item
from tests.fakes.index.year_end import waiting

CONTRACT = {
    "title": "劳动合同书",
    "pack": "employees",
    "series": "RS·ZZ",
    "retention": "unset",
    "marking": "personal",
    "subject_key": "E001",
    "persons": "张三",
}


@pytest.fixture
def signing(room: Room) -> Sequence[Pack]:
    """The packs, of which that of employees keeps its files by signing date, as that of tenants does (TN-13)."""
    dated = (IntakeRule("dated", "TN-13", (SIGNING_DATE,)),)
    return [replace(pack, settings={"contents_order": BY_SIGNING}, intake=dated) for pack in room.home.packs]


def test_the_pack_of_tenants_says_so() -> None:
    [tenants] = [pack for pack in regulations.load_all() if pack.id == "tenants"]
    assert by_signing(tenants) and needs_signing_date(tenants)


def filed(room: Room, packs: Sequence[Pack], pages: int = 1, **values: str) -> Item:
    with room.home.catalogue.writing() as work:
        made = waiting(work, pages, "C301", **CONTRACT | values)
        return file_item(work, made.id, "clerk", MORNING, packs)


def newest(room: Room, one: Item) -> ContentsList:
    with room.home.catalogue.reading() as work:
        found = work.contents.newest(one.file_id or "")
        assert found
        return found


def test_a_subject_file_has_its_list_from_the_first_document_on(room: Room) -> None:
    first = filed(room, room.home.packs, 2, date="2024-03-05", document_number="合〔2024〕1号", creator="人事部")
    second = filed(room, room.home.packs, 3, title="转正考核表", date="2024")
    assert newest(room, second).version == 2
    assert newest(room, second).lines == (
        ContentsLine(first.id, "C301-RS·ZZ-001-001", "合〔2024〕1号", "人事部", "劳动合同书", "20240305", 1, 2, ""),
        ContentsLine(second.id, "C301-RS·ZZ-001-002", "", "", "转正考核表", "20240000", 3, 3, ""),
    )
    assert [line.leaves for line in newest(room, second).lines] == ["1-2", "3-5"]


def test_every_change_is_a_version_and_what_changes_nothing_is_none(room: Room) -> None:
    first, _ = filed(room, room.home.packs), filed(room, room.home.packs, title="简历")
    with room.home.catalogue.writing() as work:
        one = correct(work, first.id, first.version, {"language": "hans"}, "clerk", MORNING, room.home.packs)
    assert newest(room, first).version == 2
    with room.home.catalogue.writing() as work:
        one = correct(work, one.id, one.version, {"title": "劳动合同"}, "clerk", MORNING, room.home.packs)
        withdraw(work, one.id, one.version, "误入", "clerk", MORNING)
        versions = work.contents.versions(first.file_id or "")
    assert [[line.title for line in version.lines] for version in versions] == [
        ["劳动合同书"],
        ["劳动合同书", "简历"],
        ["劳动合同", "简历"],
        ["简历"],
    ]


def test_a_document_that_moves_to_another_file_changes_both_lists(room: Room) -> None:
    one, other = filed(room, room.home.packs), filed(room, room.home.packs, subject_key="E002", persons="李四")
    with room.home.catalogue.writing() as work:
        moved = correct(work, one.id, one.version, {"subject_key": "E002"}, "clerk", MORNING, room.home.packs)
    assert newest(room, one).lines == ()
    assert [line.item_id for line in newest(room, moved).lines] == [other.id, one.id]


def test_tenant_papers_lie_by_signing_date_and_an_older_one_moves_the_others_on(
    room: Room, signing: Sequence[Pack]
) -> None:
    march = filed(room, signing, date="2025-03-05")
    may = filed(room, signing, date="2025-05-01")
    january = filed(room, signing, date="2025-01-20")
    assert [line.item_id for line in newest(room, march).lines] == [january.id, march.id, may.id]
    assert january.reference_code == "C301-RS·ZZ-001-001"
    with room.home.catalogue.reading() as work:
        assert work.items.get(may.id).reference_code == "C301-RS·ZZ-001-003"
        assert work.codes.aliases(march.id) == ["C301-RS·ZZ-001-001"]
        assert list(work.codes.aliases(january.id)) == []
        [told] = [event for event in work.journal.of(march.id) if event.verb == "renumbered"]
        assert (told.details["before"], told.details["code"]) == ("C301-RS·ZZ-001-001", "C301-RS·ZZ-001-002")
        assert [len(version.lines) for version in work.contents.versions(march.file_id or "")] == [1, 2, 3]


def test_a_paper_without_a_signing_date_is_refused_there(room: Room, signing: Sequence[Pack]) -> None:
    with pytest.raises(WrongUse, match="date"):
        filed(room, signing, date="")
    assert filed(room, room.home.packs, date="").filed


def test_a_corrected_signing_date_moves_the_paper(room: Room, signing: Sequence[Pack]) -> None:
    first, second = filed(room, signing, date="2025-01-01"), filed(room, signing, date="2025-02-01")
    with room.home.catalogue.writing() as work:
        correct(work, first.id, first.version, {"date": "2025-03-01"}, "clerk", MORNING, signing)
    assert [line.item_id for line in newest(room, first).lines] == [second.id, first.id]


def test_the_same_day_is_ordered_by_receipt_then_by_id() -> None:
    day = {"date": "2025-03-05"}
    late = replace(item(ItemState.FILED, day), captured_at=MORNING + timedelta(hours=1), id="a")
    early, twin = (replace(item(ItemState.FILED, day), id=name) for name in "bc")
    unknown = replace(item(ItemState.FILED), id="0")
    assert ordered([unknown, late, twin, early], signing=True) == [early, twin, late, unknown]
