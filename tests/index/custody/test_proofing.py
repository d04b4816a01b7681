"""A page is saved as a whole or not at all; who gave what is kept, and nothing of it stands in the journal."""

from __future__ import annotations

import pytest

from index.custody import rereading
from index.custody.proofing import LONGEST, Outcome, Rule, Typed, plain, save
from index.custody.sampling import draw_sample
from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.holdings import Page
from index.domain.proof.proofing import Standing
from index.domain.proof.rereading import Scope
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"
ALONE, TOGETHER = Rule(two=False, below=0.85), Rule(two=True, below=0.85)


@pytest.fixture
def page(room: Room) -> Page:
    room.drop("J101/通知.pdf", paper(NOTICE))
    room.work()
    [item] = room.items()
    return room.pages(item.id)[0]


def give(room: Room, page: Page, *typed: Typed, who: str = "甲", rule: Rule = ALONE, whole: bool = False) -> Outcome:
    with room.home.catalogue.writing() as work:
        return save(work, work.pages.get(page.id), typed, who, room.clock.now(), rule, whole=whole)


def text(room: Room, page: Page) -> str:
    with room.home.catalogue.reading() as work:
        read = work.pages.reading(page.id)
    assert read
    return read.text


def lines(text: str) -> list[tuple[str, str]]:
    """(key, words) of every line."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append((str(at), line))
        at += len(line) + 1
    return found


def all_right(**changed: str) -> list[Typed]:
    return [Typed(key, words, changed.get(f"line{key}", words), checked=True) for key, words in lines(NOTICE)]


FIRST = lines(NOTICE)[0][1]


def test_a_corrected_line_is_read_by_everybody_at_once(room: Room, page: Page) -> None:
    outcome = give(room, page, Typed("0", FIRST, FIRST.replace("春季", "秋季")))
    assert (outcome.changed, outcome.right, outcome.whole) == (1, 0, False)
    assert text(room, page).startswith("关于开展2024年秋季")
    with room.home.catalogue.reading() as work:
        [kept] = work.proofs.of(page.id)
        assert (kept.by, kept.before, kept.read) == ("甲", FIRST, FIRST)
        assert [one.id for one in work.pages.behind(10)] == [page.id]


def test_the_journal_says_who_and_how_much_and_not_the_words(room: Room, page: Page) -> None:
    give(room, page, Typed("0", FIRST, FIRST.replace("春季", "秋季")))
    with room.home.catalogue.reading() as work:
        [event] = [event for event in work.journal.of(page.item_id) if event.verb == "proofed"]
    assert (event.actor, event.details) == ("甲", {"page": 1, "changed": 1, "right": 0})


def test_what_is_neither_changed_nor_found_right_is_nobodys_word(room: Room, page: Page) -> None:
    give(room, page, *(Typed(key, words, words) for key, words in lines(NOTICE)))
    with room.home.catalogue.reading() as work:
        assert work.proofs.of(page.id) == []
        assert not [event for event in work.journal.of(page.item_id) if event.verb == "proofed"]


def test_a_page_whose_every_line_was_looked_at_says_how_well_it_was_read(room: Room, page: Page) -> None:
    assert give(room, page, *all_right(line0=FIRST.replace("春", "秋"))).whole
    with room.home.catalogue.reading() as work:
        proof = work.proofs.finished(page.id)
        assert work.pages.get(page.id).doubtful == 0
    assert proof and (proof.by, proof.wrong, proof.characters) == ("甲", 1, len(NOTICE) - NOTICE.count("\n"))


def test_the_last_line_makes_the_page_whole(room: Room, page: Page) -> None:
    *most, last = all_right()
    assert not give(room, page, *most).whole
    assert give(room, page, last).whole


def test_a_line_that_reads_otherwise_by_now_keeps_everything_from_being_saved(room: Room, page: Page) -> None:
    give(room, page, Typed("0", FIRST, "别人先改的"), who="乙")
    other = lines(NOTICE)[1]
    with pytest.raises(Conflict) as told:
        give(room, page, Typed(*other, "各年级组、各部门:"), Typed("0", FIRST, "我改的"))
    assert told.value.code == "line-changed"
    assert "各部门" not in text(room, page)
    give(room, page, Typed("0", "别人先改的", "我改的"))
    with room.home.catalogue.reading() as work:
        assert [one.state for one in work.proofs.of(page.id)] == [Standing.REPLACED, Standing.STANDS]


def test_another_line_of_the_same_page_is_nobodys_conflict(room: Room, page: Page) -> None:
    give(room, page, Typed("0", FIRST, "甲改的"))
    other = lines(NOTICE)[1]
    give(room, page, Typed("0", FIRST, FIRST), Typed(*other, "乙改的"), who="乙")
    assert text(room, page).split("\n")[:2] == ["甲改的", "乙改的"]


def test_a_missing_line_is_added_and_a_line_that_is_none_left_out(room: Room, page: Page) -> None:
    (second, words), (third, noise) = lines(NOTICE)[1:3]
    give(room, page, Typed(second, "", "新的一行", new=True), Typed(third, noise, ""))
    assert text(room, page).split("\n")[1:4] == [words, "新的一行", "第一实验小学校长室"]
    with room.home.catalogue.reading() as work:
        added = next(one for one in work.proofs.of(page.id) if not one.read)
    give(room, page, Typed(added.id, "新的一行", ""))
    assert "新的一行" not in text(room, page)
    give(room, page, Typed("", "", "最前面", new=True))
    assert text(room, page).startswith("最前面\n")


def test_two_people_enter_and_differences_are_decided(room: Room, page: Page) -> None:
    give(room, page, Typed("0", FIRST, "甲录的"), rule=TOGETHER)
    assert text(room, page).startswith(FIRST)
    assert give(room, page, Typed("0", FIRST, "乙录的"), who="乙", rule=TOGETHER).differing == 1
    with room.home.catalogue.reading() as work:
        assert work.proofs.disputed() == {page.id: 2}
    give(room, page, Typed("0", "甲录的", "乙录的", checked=True), who="丙", rule=TOGETHER)
    assert text(room, page).startswith("乙录的")
    with room.home.catalogue.reading() as work:
        entries = [e.details["entries"] for e in work.journal.of(page.item_id) if e.verb == "proofed"]
        assert work.proofs.disputed() == {}
    assert entries == [[1], [2], [3]]


def test_a_page_two_people_agree_on_is_proofed_when_the_second_is_through(room: Room, page: Page) -> None:
    assert not give(room, page, *all_right(), rule=TOGETHER).whole
    assert give(room, page, *all_right(), who="乙", rule=TOGETHER).whole


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  两端空格 ", "两端空格"),
        ("换\r\n行", "换  行"),
        ("零\x00字节\x1b", "零字节"),
        ("中 间", "中 间"),
        ("𠮷", "𠮷"),
    ],
)
def test_a_line_is_kept_plainly(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def test_a_line_beyond_all_measure_is_refused(room: Room, page: Page) -> None:
    with pytest.raises(WrongUse):
        give(room, page, Typed("0", FIRST, "字" * (LONGEST + 1)))


def test_a_page_not_yet_read_cannot_be_proofed(room: Room) -> None:
    room.drop("J101/通知.pdf", paper(NOTICE))
    room.work(2)
    [item] = room.items()
    with pytest.raises(Missing):
        give(room, room.pages(item.id)[0], Typed("0", "", "字"))


# -- samples and orders ------------------------------------------------------------------------------------------------


def test_a_sample_is_drawn_by_its_seed_and_written_down(room: Room, page: Page) -> None:
    with room.home.catalogue.writing() as work:
        item = work.items.get(page.item_id)
        fonds, series = str(item.fonds_id), item.value("series")
        sample = draw_sample(work, fonds, series, 5, "2026-一", "甲", room.clock.now())
        assert sample.page_ids == (page.id,) and work.quality.get(sample.id) == sample
        [event] = work.journal.of(f"J101/{series}")
        assert event.details == {"seed": "2026-一", "drawn": 1, "of": 1}
        with pytest.raises(WrongUse):
            draw_sample(work, fonds, series, 0, "s", "甲", room.clock.now())
        with pytest.raises(Missing):
            draw_sample(work, fonds, "无", 1, "s", "甲", room.clock.now())


def test_an_order_without_pages_is_none_and_an_unknown_one_cannot_be_stopped(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        with pytest.raises(Missing):
            rereading.order(work, Scope(), "", "甲", room.clock.now())
        with pytest.raises(Missing):
            rereading.stop(work, "none", "甲", room.clock.now())
