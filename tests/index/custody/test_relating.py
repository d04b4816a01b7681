"""Papers that cite each other are bound, whichever comes first; what a person says of it stays."""

from __future__ import annotations

import pytest

from index.custody.relating import part, relate, relate_found
from index.domain.errors import WrongUse
from index.domain.holdings import Item, ItemState
from index.domain.placing.relations import Bond, Citation
from index.ports import Work
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item

ANSWERED = Citation(Bond.REPLY, "青实校〔2024〕5号", "关于修缮操场的请示", 0.95, "收悉", 1)


def kept(work: Work, title: str, number: str = "") -> Item:
    fonds = work.fonds.by_code("J101")
    assert fonds
    made = item(ItemState.REVIEW, {"title": title, "document_number": number}, fonds_id=fonds.id)
    work.items.add(made)
    return made


def bound(work: Work, one: Item) -> list[tuple[str, str | None, bool]]:
    return [(it.bond.value, it.other_id, it.denied) for it in work.relations.of(one.id)]


@pytest.mark.parametrize("request_first", [True, False])
def test_a_reply_and_its_request_find_each_other_in_either_order(room: Room, request_first: bool) -> None:
    with room.home.catalogue.writing() as work:
        request, reply = kept(work, "关于修缮操场的请示", "青实校[2024]5号"), kept(work, "关于修缮操场的批复")
        steps = [(request, ()), (reply, (ANSWERED,))]
        for one, citations in steps if request_first else reversed(steps):
            relate_found(work, one, citations, MORNING)
        assert bound(work, reply) == bound(work, request) == [("reply", request.id, False)]


def test_what_a_person_denies_is_not_found_again(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        request, reply = kept(work, "关于修缮操场的请示", "青实校[2024]5号"), kept(work, "关于修缮操场的批复")
        relate_found(work, reply, (ANSWERED,), MORNING)
        part(work, work.relations.of(reply.id)[0].id, "李敏")
        relate_found(work, reply, (ANSWERED,), MORNING)
        assert bound(work, reply) == [("reply", request.id, True)]
        assert [event.verb for event in work.journal.of(reply.id)] == ["unrelated"]


def test_a_person_may_bind_what_cites_nothing_and_nothing_to_itself(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        original, translation = kept(work, "Articles"), kept(work, "公司章程")
        relate(work, translation.id, original.id, Bond.TRANSLATION, "李敏", MORNING)
        relate_found(work, translation, (), MORNING)
        assert bound(work, original) == [("translation", original.id, False)]
        with pytest.raises(WrongUse):
            relate(work, original.id, original.id, Bond.REPLY, "李敏", MORNING)
