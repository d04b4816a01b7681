"""Papers that cite each other are bound, whichever comes first; what a person says of it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.custody.relating import affirm, holding, part, relate, relate_found
from index.domain.errors import Conflict, WrongUse
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


@pytest.mark.parametrize(
    ("state", "into", "held"),
    [
        (ItemState.REVIEW, "", True),
        (ItemState.WITHDRAWN, "", False),
        (ItemState.WITHDRAWN, "elsewhere", True),
        (ItemState.WITHDRAWN, "its text", False),
    ],
)
def test_what_was_withdrawn_or_joined_to_its_text_is_no_set_any_more(
    room: Room, state: ItemState, into: str, held: bool
) -> None:
    with room.home.catalogue.writing() as work:
        text, sheet, other = kept(work, "关于评优的通知"), kept(work, "申报表"), kept(work, "附件汇编")
        relate(work, sheet.id, text.id, Bond.ATTACHMENT, "李敏", MORNING)
        target = {"": None, "elsewhere": other.id, "its text": text.id}[into]
        work.items.save(replace(work.items.get(sheet.id), state=state, joined_to=target))
        found = holding(work, work.relations.of(text.id))
        assert [one.item_id for one in found] == ([target or sheet.id] if held else [])


UNNAMED = Citation(Bond.ATTACHMENT, "", "", 0.7, "附件", 1)


def test_what_was_found_from_the_other_side_is_the_same_relation(room: Room) -> None:
    """The text lists its attachment, the attachment names its text: one word of a person settles both."""
    with room.home.catalogue.writing() as work:
        text, sheet = kept(work, "关于评优的通知"), kept(work, "评优申报表式样")
        lists = Citation(Bond.ENCLOSING, "", "评优申报表式样", 0.85, "附件:", 1)
        relate_found(work, text, (lists,), MORNING)
        relate(work, sheet.id, text.id, Bond.ATTACHMENT, "李敏", MORNING)
        relate_found(work, text, (lists,), MORNING)
        assert bound(work, sheet) == [("enclosing", sheet.id, False)]
        part(work, work.relations.of(text.id)[0].id, "李敏")
        relate_found(work, sheet, (Citation(Bond.ATTACHMENT, "", "关于评优的通知", 0.85, "附件", 1),), MORNING)
        assert bound(work, text) == [("enclosing", sheet.id, True)]


def test_who_said_to_which_text_an_attachment_belongs_needs_no_guess(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        text, sheet = kept(work, "关于评优的通知"), kept(work, "附件一")
        relate(work, sheet.id, text.id, Bond.ATTACHMENT, "李敏", MORNING)
        relate_found(work, sheet, (UNNAMED,), MORNING)
        assert bound(work, sheet) == [("attachment", text.id, False)]


def test_a_person_turns_round_what_was_found_the_wrong_way(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        request, reply = kept(work, "关于修缮操场的请示", "青实校[2024]5号"), kept(work, "关于修缮操场的批复")
        wrong = Citation(Bond.REPLY, "", "关于修缮操场的批复", 0.85, "收悉", 1)
        relate_found(work, request, (wrong,), MORNING)
        relate(work, reply.id, request.id, Bond.REPLY, "李敏", MORNING)
        relate_found(work, request, (wrong,), MORNING)
        said = {(one.item_id, one.denied) for one in work.relations.of(reply.id)}
        assert said == {(request.id, True), (reply.id, False)}


def test_a_denied_pair_is_not_bound_when_its_paper_comes_in_anew(room: Room) -> None:
    """Read better, the reply cites the same paper by a number that was not read before."""
    with room.home.catalogue.writing() as work:
        request, reply = kept(work, "关于修缮操场的请示", "青实校[2024]5号"), kept(work, "关于修缮操场的批复")
        relate_found(work, reply, (Citation(Bond.REPLY, "", request.title, 0.85, "收悉", 1),), MORNING)
        part(work, work.relations.of(reply.id)[0].id, "李敏")
        relate_found(work, reply, (ANSWERED,), MORNING)
        assert bound(work, reply) == [("reply", request.id, True)]


def test_what_was_denied_or_found_may_be_affirmed_once_its_other_is_here(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        reply = kept(work, "关于修缮操场的批复")
        relate_found(work, reply, (ANSWERED,), MORNING)
        (waiting,) = work.relations.of(reply.id)
        with pytest.raises(Conflict):
            affirm(work, waiting.id, "李敏")
        request = kept(work, "关于修缮操场的请示", "青实校[2024]5号")
        relate_found(work, request, (), MORNING)
        part(work, waiting.id, "李敏")
        affirm(work, waiting.id, "王芳")
        (said,) = work.relations.of(request.id)
        assert (said.denied, said.given_by, said.other_id) == (False, "王芳", request.id)
