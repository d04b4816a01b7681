"""Codes change only for a reason and with approval; whoever knows the old one still finds the item (EN-15, WX-11)."""

from __future__ import annotations

import pytest

from index.custody.assembling import close_year
from index.custody.correcting import correct
from index.custody.ordering import move_in_class
from index.custody.renumbering import Plan, carry_out, plan_class, plan_fonds
from index.custody.withdrawing import withdraw
from index.domain.access import Role
from index.domain.arranging.renumbering import Renumbering
from index.domain.arranging.volumes import Kind
from index.domain.errors import Conflict, Missing, Refused, WrongUse
from index.domain.holdings import Item
from index.domain.identity import DAT13_ITEM, DAT13_LEGACY, DAT22
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.year_end import ARCHIVIST, AUGUST, School


@pytest.fixture
def school(room: Room) -> School:
    made = School(room)
    made.person()
    return made


def moved(school: School, item_id: str, to: int) -> None:
    with school.room.home.catalogue.writing() as work:
        move_in_class(work, ARCHIVIST, school.shelf(work), [item_id], to, "archivist")


def planned(school: School, retention: str = "") -> Plan:
    with school.room.home.catalogue.reading() as work:
        return plan_class(work, ARCHIVIST, school.shelf(work), retention)


def renumbered(school: School, number: str = "", grammar: str = "", reason: str = "全宗号调整") -> Renumbering:
    with school.room.home.catalogue.writing() as work:
        plan = plan_fonds(work, school.fonds(work), school.room.home.packs, number, grammar)
        return carry_out(work, plan, reason, "clerk", "archivist", MORNING)


def done(school: School, plan: Plan, reason: str = "按时间重排", approved_by: str = "archivist") -> Renumbering:
    with school.room.home.catalogue.writing() as work:
        return carry_out(work, plan, reason, "clerk", approved_by, MORNING)


def numbers(school: School, *items: Item) -> list[str]:
    return [code[-4:] for code in school.codes(items)]


def test_an_order_that_people_made_is_numbered_when_they_say_so(school: School) -> None:
    first, second, third = (school.file() for _ in range(3))
    moved(school, third.id, 1)
    assert numbers(school, first, second, third) == ["0001", "0002", "0003"]
    plan = planned(school)
    assert [(one.old[-4:], one.new[-4:]) for one in plan.items] == [
        ("0003", "0001"),
        ("0001", "0002"),
        ("0002", "0003"),
    ]
    noted = done(school, plan)
    assert numbers(school, first, second, third) == ["0002", "0003", "0001"]
    assert len(noted.changes) == 3 and noted.approved_by == "archivist"
    with school.room.home.catalogue.reading() as work:
        assert work.codes.noted(first.fonds_id or "") == [noted]
        assert [event.verb for event in work.journal.of(first.id)][-1] == "renumbered"


def test_who_bears_a_code_now_goes_before_who_bore_it_once(school: School) -> None:
    first, second = school.file(), school.file()
    moved(school, second.id, 1)
    done(school, planned(school))
    assert school.get("J101-WS·2024-D10-XZ-0001").id == second.id
    with school.room.home.catalogue.reading() as work:
        assert work.codes.aliases(first.id) == ["J101-WS·2024-D10-XZ-0001"]


def test_the_code_of_a_withdrawn_item_stays_its_own(school: School) -> None:
    items = [school.file() for _ in range(3)]
    changed = school.file()
    with school.room.home.catalogue.writing() as work:
        one = work.items.get(items[0].id)
        withdraw(work, one.id, one.version, "重份", "clerk", MORNING)
    moved(school, changed.id, 1)
    done(school, planned(school))
    assert numbers(school, *items, changed) == ["0001", "0003", "0004", "0002"]


def test_the_next_number_follows_the_last_one(school: School) -> None:
    items = [school.file() for _ in range(3)]
    with school.room.home.catalogue.writing() as work:
        one = work.items.get(items[0].id)
        correct(work, one.id, one.version, {"retention": "30y"}, "clerk", MORNING, school.room.home.packs)
    done(school, planned(school))
    assert numbers(school, *items) == ["0001", "0001", "0002"]
    # 0003 was borne once: a code is never given to another by filing.
    assert school.file().reference_code.endswith("-0004")


def test_each_period_is_numbered_by_itself_and_may_be_chosen(school: School) -> None:
    school.file(retention="30y")
    kept = [school.file(), school.file()]
    moved(school, kept[1].id, 1)
    plan = planned(school, "10y")
    assert {one.id for one in plan.items} == {one.id for one in kept}


@pytest.mark.parametrize(
    ("asks", "approves", "refused"),
    [
        ("archivist", "", "needs-another"),
        ("archivist", "archivist", "needs-another"),
        ("archivist", "reader", "needs-archivist"),
        ("archivist", "second", ""),
        ("operator", "archivist", ""),
    ],
)
def test_nobody_approves_the_number_of_a_fonds_that_they_asked_for(
    school: School, asks: str, approves: str, refused: str
) -> None:
    """WX-11: fonds numbers change with approval."""
    school.person("second")
    school.person("reader", Role.READER)
    one = school.file()
    with school.room.home.catalogue.writing() as work:
        plan = plan_fonds(work, school.fonds(work), school.room.home.packs, "J102")
        if refused:
            with pytest.raises(Refused) as error:
                carry_out(work, plan, "全宗号调整", asks, approves, MORNING)
            assert error.value.code == refused
        else:
            carry_out(work, plan, "全宗号调整", asks, approves, MORNING)
    assert school.get(one).reference_code.startswith("J101" if refused else "J102")


@pytest.mark.parametrize(("asks", "refused"), [("archivist", ""), ("clerk", "needs-archivist")])
def test_an_archivist_numbers_a_class_alone_and_nobody_is_said_to_have_approved(
    school: School, asks: str, refused: str
) -> None:
    first, second = school.file(), school.file()
    moved(school, second.id, 1)
    plan = planned(school)
    with school.room.home.catalogue.writing() as work:
        if refused:
            with pytest.raises(Refused, match="archivist"):
                carry_out(work, plan, "按时间重排", asks, "", MORNING)
        else:
            assert carry_out(work, plan, "按时间重排", asks, "", MORNING).approved_by == ""
    assert numbers(school, first, second) == (["0001", "0002"] if refused else ["0002", "0001"])


@pytest.mark.parametrize(
    ("reason", "approver", "error"),
    [(" ", "archivist", WrongUse), ("重排", "reader", Refused), ("重排", "nobody", Refused)],
)
def test_nothing_is_renumbered_without_reason_and_an_archivists_word(
    school: School, reason: str, approver: str, error: type[Exception]
) -> None:
    school.person("reader", Role.READER)
    first, second = school.file(), school.file()
    moved(school, second.id, 1)
    with pytest.raises(error):
        done(school, planned(school), reason, approver)
    assert numbers(school, first, second) == ["0001", "0002"]


def test_a_closed_class_is_not_renumbered(school: School) -> None:
    one = school.file()
    with school.room.home.catalogue.writing() as work:
        packs, fonds = school.room.home.packs, one.fonds_id or ""
        close_year(work, ARCHIVIST, packs, fonds, "WS·XZ", "2024", "archivist", MORNING, AUGUST)
    with pytest.raises(Conflict):
        planned(school)
    with pytest.raises(Conflict):
        moved(school, one.id, 1)


def test_a_fonds_in_another_grammar_writes_the_same_parts(school: School) -> None:
    one, bound = school.file(), school.file()
    volume = school.seal(school.assemble([bound]))
    noted = renumbered(school, grammar=DAT13_ITEM)
    assert school.codes([one, bound]) == ["J101-WS·2024·D10·行政-0001", "J101-WS·2024·D10·行政-001-001"]
    assert noted.changes == ((one.id, "J101-WS·2024-D10-XZ-0001", "J101-WS·2024·D10·行政-0001"),)
    assert school.get("J101-WS·2024-D10-XZ-0001").code == school.get(one).code
    assert school.file().reference_code == "J101-WS·2024·D10·行政-0003"
    renumbered(school, grammar=DAT22)
    assert school.codes([one]) == ["J101-WS·2024-D10-XZ-0001"]
    with school.room.home.catalogue.reading() as work:
        assert work.volumes.get(volume.id).reference_code == "J101-WS·2024·D10·行政-001"


def test_a_fonds_under_another_number_is_still_found_by_the_old_one(school: School) -> None:
    one, volume = school.file(), school.seal(school.assemble([school.file()]))
    box = school.seal(school.assemble([school.file()], Kind.BOX))
    renumbered(school, number="J202")
    assert school.codes([one]) == ["J202-WS·2024-D10-XZ-0001"]
    assert school.get("J101-WS·2024-D10-XZ-0001").id == one.id
    with school.room.home.catalogue.reading() as work:
        assert work.fonds.by_code("J101") == work.fonds.by_code("J202")
        again = work.volumes.get(volume.id)
        assert again.reference_code == "J202-WS·2024·D10·行政-001"
        newest = work.contents.newest(again.id)
        assert newest and newest.version == 2 and newest.lines[0].reference_code.startswith("J202-")
        assert work.volumes.get(box.id).code.fonds == "J202"
    following = school.file(code="J202")
    assert following.reference_code == "J202-WS·2024-D10-XZ-0004"
    assert school.seal(school.assemble([following])).number == 2
    renumbered(school, number="J101", reason="改回")
    assert school.codes([one]) == ["J101-WS·2024-D10-XZ-0001"]


@pytest.mark.parametrize(
    ("number", "grammar", "error"),
    [("C301", "", Conflict), ("", "dat99", WrongUse), ("", "", WrongUse), ("J101", DAT22, WrongUse)],
)
def test_a_number_that_is_taken_or_a_grammar_nobody_knows_is_refused(
    school: School, number: str, grammar: str, error: type[Exception]
) -> None:
    school.file()
    with pytest.raises(error):
        renumbered(school, number, grammar)


def test_an_empty_fonds_may_change_its_grammar(school: School) -> None:
    renumbered(school, grammar=DAT13_LEGACY)
    with school.room.home.catalogue.reading() as work:
        assert school.fonds(work).grammar == DAT13_LEGACY


def test_items_of_another_class_do_not_come_along(school: School) -> None:
    one, other = school.file(), school.file(retention="30y")
    with pytest.raises(Missing), school.room.home.catalogue.writing() as work:
        move_in_class(work, ARCHIVIST, school.shelf(work), [one.id, other.id], 1, "archivist")
