"""A changed regulation proposes anew: what waits is laid out again, what is filed or given is never touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from config import wiring
from index.domain.holdings import Item, ItemState
from index.domain.placing.examples import Exemplars
from index.domain.rules.policy import Pack, Rule, Strength, Where
from ingest import reclassifying
from ingest.reclassifying import reclassify
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"
PROSE = "窗外的雨下了一整天。\n没有人知道它什么时候停。\n观鸟日志"
BIRDS = Rule("birds", "SCH-15", "WS·XZ", Where.TEXT, any=("观鸟日志",), strength=Strength.STRONG)


@pytest.fixture(autouse=True)
def without_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule means is told here: papers that the regulation's examples are like would stay with them."""
    monkeypatch.setattr(wiring, "exemplars", lambda packs: Exemplars({}))


def edited(room: Room, *rules: Rule) -> None:
    """The school's regulation with more rules, first of all."""
    packs = [_with(pack, rules) if pack.id == "school" else pack for pack in room.home.packs]
    room.home.__dict__.update(packs=tuple(packs), packs_by_id={pack.id: pack for pack in packs})


def _with(pack: Pack, rules: tuple[Rule, ...]) -> Pack:
    kept = (
        tuple(rule for rule in pack.rules if rule.where is not Where.TITLE)
        if rules[0].where is Where.TITLE
        else pack.rules
    )
    return replace(pack, version="2", digest="of another text", rules=(*rules, *kept))


def captured(room: Room, text: str) -> Item:
    room.drop("J101/一.pdf", paper(text))
    room.work()
    return room.items()[0]


def rerun(room: Room) -> dict[str, int]:
    seen: list[tuple[int, int]] = []
    counts = dict(reclassify(room.home, None, lambda done, of: seen.append((done, of))))
    assert seen == [(1, 1)]
    return counts


def test_what_is_in_review_is_proposed_anew(room: Room) -> None:
    item = captured(room, PROSE)
    assert (item.state, item.value("series")) == (ItemState.REVIEW, "")
    edited(room, BIRDS)
    assert rerun(room) == {"changed": 1, "proposed": 0, "same": 0}
    after = room.items()[0]
    assert (after.state, after.value("series")) == (ItemState.REVIEW, "WS·XZ")
    assert rerun(room) == {"changed": 0, "proposed": 0, "same": 1}


def test_a_filed_item_stays_where_it_is_and_gets_a_proposal(room: Room) -> None:
    item = captured(room, NOTICE)
    assert item.filed
    edited(room, Rule("safety", "SCH-12", "JX", Where.TITLE, any=("消防安全检查",), strength=Strength.STRONG))
    assert rerun(room) == {"changed": 0, "proposed": 1, "same": 0}
    assert room.items() == [item]
    with room.home.catalogue.reading() as work:
        proposal = work.proposals.of(item.id)
    assert proposal is not None
    assert (proposal.series, proposal.rule, proposal.pack_version) == ("JX", "safety", "2")


def test_what_a_person_gave_is_no_longer_asked_about(room: Room) -> None:
    from index.custody.correcting import correct

    item = captured(room, NOTICE)
    with room.home.catalogue.writing() as work:
        correct(work, item.id, item.version, {"series": "WS·GH"}, "李敏", room.clock.now(), room.home.packs)
    edited(room, Rule("safety", "SCH-12", "JX", Where.TITLE, any=("消防安全检查",), strength=Strength.STRONG))
    assert rerun(room) == {"changed": 0, "proposed": 0, "same": 1}
    assert room.items()[0].value("series") == "WS·GH"


@pytest.mark.parametrize(("fonds", "asked"), [("J101", 1), ("C301", 0)])
def test_one_fonds_may_be_asked_about_alone(room: Room, fonds: str, asked: int) -> None:
    captured(room, NOTICE)
    with room.home.catalogue.reading() as work:
        found = work.fonds.by_code(fonds)
    assert found
    assert sum(reclassify(room.home, found.id, lambda done, of: None).values()) == asked


def stopping_after(batches: int) -> Callable[[int, int], None]:
    """A progress that stops the walk as kill -9 would: nothing runs after it."""
    seen: list[int] = []

    def progress(done: int, of: int) -> None:
        seen.append(done)
        if len(seen) == batches:
            raise KeyboardInterrupt

    return progress


def test_who_is_stopped_in_the_middle_goes_on_from_there(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reclassifying, "BATCH", 2)
    for number in range(5):
        room.drop(f"J101/{number}.pdf", paper(f"{PROSE}{number}"))
    room.work()
    edited(room, BIRDS)
    with pytest.raises(KeyboardInterrupt):
        reclassify(room.home, None, stopping_after(2))
    assert sum(item.value("series") == "WS·XZ" for item in room.items()) == 4
    seen: list[tuple[int, int]] = []
    assert reclassify(room.home, None, lambda done, of: seen.append((done, of))) == {
        "changed": 5,
        "proposed": 0,
        "same": 0,
    }
    assert seen == [(5, 5)]
    assert reclassify(room.home, None, lambda done, of: None)["same"] == 5


def test_by_another_edition_it_begins_anew(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reclassifying, "BATCH", 1)
    for number in range(2):
        room.drop(f"J101/{number}.pdf", paper(f"{PROSE}{number}"))
    room.work()
    with pytest.raises(KeyboardInterrupt):
        reclassify(room.home, None, stopping_after(1))
    edited(room, BIRDS)
    assert reclassify(room.home, None, lambda done, of: None)["changed"] == 2


@pytest.mark.parametrize("left", ["", "{", "[]", '{"asked": 1}'])
def test_a_mark_that_was_left_half_written_is_passed_over(room: Room, left: str) -> None:
    captured(room, PROSE)
    (room.home.folder("locks") / "reclassify.json").write_text(left)
    assert sum(reclassify(room.home, None, lambda done, of: None).values()) == 1
