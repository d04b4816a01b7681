"""A person's line over the machine's: every word stays true to the text, and no correction is ever lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.following import followed
from index.domain.proof.laid_over import laid_over
from index.domain.proof.proof_lines import doubtful, lines
from index.domain.proof.proofing import Correction, Standing, in_force
from index.domain.reading import Box, PageReading, Script, Word

AT = datetime(2026, 11, 23, tzinfo=UTC)
EACH, HIGH = 0.02, 0.02


def page(*texts: str, confidence: float = 0.9, whole: bool = False, top: float = 0.1, **fields: Any) -> PageReading:
    """Lines below each other; a word a character, or (`whole`) a word a run without spaces."""
    words: list[Word] = []
    start = 0
    for row, text in enumerate(texts):
        at = 0
        for part in text.split(" ") if whole else list(text):
            box = Box(0.1 + EACH * at, top + 0.03 * row, EACH * len(part), HIGH)
            if part.strip():
                words.append(Word(part, start + at, box, confidence))
            at += len(part) + whole
        start += len(text) + 1
    plain = {"script": Script.HANS, "turned": 0, "engine": "fake", "engine_version": "1", "confidence": confidence}
    return PageReading("\n".join(texts), tuple(words), **{**plain, **fields})


def correction(reading: PageReading, read: str, after: str, **fields: Any) -> Correction:
    """A correction of the line `read` of the page."""
    line = next(line for line in lines(reading, ()) if line.read == read)
    return Correction(f"c{line.start}", "page", line.start, read, line.box, read, after, "甲", AT, **fields)


def true_to_the_text(reading: PageReading) -> bool:
    return all(reading.text.startswith(word.text, word.start) and word.text for word in reading.words)


# -- laid over ---------------------------------------------------------------------------------------------------------


def test_what_did_not_change_keeps_its_box_and_confidence_and_what_did_gets_its_share() -> None:
    machine = page("关于己经办理", "第二行")
    now = laid_over(machine, [correction(machine, "关于己经办理", "关于已经办理")])
    assert now.text == "关于已经办理\n第二行"
    assert [word.box for word in now.words] == [word.box for word in machine.words]
    assert [word.confidence for word in now.words if word.text == "已"] == [1.0]
    assert {word.confidence for word in now.words if word.text != "已"} == {0.9}
    assert true_to_the_text(now)


def test_a_word_of_several_characters_is_cut_where_it_changed() -> None:
    machine = page("关于己经办理", whole=True)
    now = laid_over(machine, [correction(machine, "关于己经办理", "关于已经办理")])
    assert [word.text for word in now.words] == ["关于", "已", "经办理"]
    assert now.words[1].box.x == pytest.approx(0.1 + 2 * EACH) and now.words[1].box.w == pytest.approx(EACH)
    assert now.words[2].box.x == pytest.approx(0.1 + 3 * EACH) and now.words[2].box.w == pytest.approx(3 * EACH)


def test_a_character_that_was_left_out_stands_between_its_neighbours() -> None:
    machine = page("关于办理")
    now = laid_over(machine, [correction(machine, "关于办理", "关于不办理")])
    assert now.words[2].text == "不" and now.words[2].confidence == 1.0
    assert now.words[1].box.x < now.words[2].box.x < now.words[3].box.x


def test_a_vertical_word_is_shared_from_top_to_bottom() -> None:
    box = Box(0.5, 0.1, 0.03, 0.3)
    machine = PageReading("竖排丈", (Word("竖排丈", 0, box, 0.7),), Script.HANT, 0, "fake", "1", 0.7)
    now = laid_over(machine, [Correction("c", "p", 0, "竖排丈", box, "竖排丈", "竖排文", "甲", AT)])
    given_box = now.words[1].box
    assert (now.words[1].text, given_box.x, given_box.w) == ("文", 0.5, 0.03)
    assert (given_box.y, given_box.h) == pytest.approx((0.3, 0.1))


@pytest.mark.parametrize(
    ("read", "after", "text"),
    [
        ("甲甲", "", "乙乙\n丙丙"),
        ("乙乙", "", "甲甲\n丙丙"),
        ("丙丙", "", "甲甲\n乙乙"),
        ("乙乙", "新", "甲甲\n新\n丙丙"),
    ],
)
def test_a_line_that_is_none_goes_with_its_break(read: str, after: str, text: str) -> None:
    machine = page("甲甲", "乙乙", "丙丙")
    assert laid_over(machine, [correction(machine, read, after)]).text == text


def test_all_lines_can_go() -> None:
    machine = page("甲甲", "乙乙")
    gone = laid_over(machine, [correction(machine, "甲甲", ""), correction(machine, "乙乙", "")])
    assert (gone.text, gone.words) == ("", ())


@pytest.mark.parametrize(("start", "text"), [(0, "新\n甲甲\n乙乙"), (3, "甲甲\n新\n乙乙"), (5, "甲甲\n乙乙\n新")])
def test_a_line_that_the_machine_did_not_see_stands_in_its_place(start: int, text: str) -> None:
    machine = page("甲甲", "乙乙")
    new = Correction("n", "p", start, "", Box(0.1, 0.2, 0.5, 0.02), "", "新", "甲", AT)
    now = laid_over(machine, [new])
    assert now.text == text and true_to_the_text(now)
    assert [line.key for line in lines(machine, [new]) if line.shown == "新"] == ["n"]


def test_what_waits_for_somebody_is_read_by_nobody() -> None:
    machine = page("甲甲")
    for state in (Standing.ENTERED, Standing.DIFFERS, Standing.REPLACED):
        assert laid_over(machine, [correction(machine, "甲甲", "乙", state=state)]) is machine


TEXTS = st.lists(st.text(alphabet="甲乙丙丁戊己庚 ab", min_size=1, max_size=12), min_size=1, max_size=6)


@given(TEXTS, st.booleans(), st.data())
def test_every_word_stands_where_it_says(texts: list[str], whole: bool, data: st.DataObject) -> None:
    machine = page(*texts, whole=whole)
    made = [
        replace(_of(line.start, line.read, line.box), after=data.draw(st.text(alphabet="甲乙丙丁x y", max_size=12)))
        for line in lines(machine, ())
        if data.draw(st.booleans())
    ]
    now = laid_over(machine, made)
    assert true_to_the_text(now)
    starts = [word.start for word in now.words]
    assert starts == sorted(starts)
    assert all(one.after.strip() in now.text for one in made)
    assert all(0 <= word.box.x <= 1 and word.box.w >= 0 and word.box.h >= 0 for word in now.words)
    seen = [line.shown for line in lines(machine, made)]
    assert [shown for shown in seen if shown] == [text for text in now.text.split("\n") if text]


def _of(start: int, read: str, box: Box, after: str = "") -> Correction:
    return Correction(f"c{start}", "page", start, read, box, read, after, "甲", AT)


# -- doubt -------------------------------------------------------------------------------------------------------------


def test_doubt_ends_where_a_person_has_looked() -> None:
    machine = page("甲乙", "丙丁", confidence=0.5)
    assert doubtful(machine, (), 0.85) == 4
    checked = [correction(machine, "甲乙", "甲乙")]
    assert doubtful(machine, checked, 0.85) == 2
    assert [len(line.doubts(0.85)) for line in lines(machine, checked)] == [0, 2]
    assert doubtful(machine, (), 0.5) == 0


def test_marks_alone_are_no_doubt() -> None:
    machine = page("甲，。", "—3—", confidence=0.5)
    assert doubtful(machine, (), 0.85) == 2
    assert [[word.text for word in line.doubts(0.85)] for line in lines(machine, ())] == [["甲"], ["3"]]


# -- read again --------------------------------------------------------------------------------------------------------


def states(*made: Correction) -> list[Standing]:
    return [one.state for one in made]


def test_where_the_machine_now_says_the_same_it_is_settled() -> None:
    before, after = page("关于己经办理", "第二行"), page("关于已经办理", "第二行")
    [now] = followed([correction(before, "关于己经办理", "关于已经办理")], after)
    assert now.state is Standing.SETTLED and laid_over(after, [now]).text == after.text


def test_where_the_machine_makes_the_same_mistake_the_correction_stands() -> None:
    before = page("关于己经办理", "第二行")
    after = page("多出的一行", "关于己经办理", "第二行", top=0.07)
    [now] = followed([correction(before, "关于己经办理", "关于已经办理")], after)
    assert (now.state, now.start) == (Standing.STANDS, 6)
    assert laid_over(after, [now]).text == "多出的一行\n关于已经办理\n第二行"


def test_where_the_machine_says_something_else_than_both_it_stands_in_conflict() -> None:
    before, after = page("关于己经办理"), page("关于巳经办埋")
    [now] = followed([correction(before, "关于己经办理", "关于已经办理")], after)
    assert now.state is Standing.CONFLICT and now.read == "关于巳经办埋"
    assert laid_over(after, [now]).text == "关于已经办理"
    assert lines(after, [now])[0].disputed == now
    [again] = followed([now], after)
    assert again.state is Standing.CONFLICT


def test_a_line_found_right_is_a_persons_word_too() -> None:
    before, after = page("甲乙丙"), page("甲乙内")
    [now] = followed([correction(before, "甲乙丙", "甲乙丙")], after)
    assert now.state is Standing.CONFLICT and laid_over(after, [now]).text == "甲乙丙"


def test_a_line_that_is_now_part_of_a_longer_one_keeps_its_place_in_it() -> None:
    before = page("甲乙丙丁", "另一行字")
    words = tuple(replace(word, box=replace(word.box, x=word.box.x + 0.5)) for word in page("右栏文字").words)
    left = page("甲乙内丁")
    wide = replace(
        left,
        text="甲乙内丁右栏文字\n另一行字",
        words=(
            *left.words,
            *(replace(word, start=word.start + 4) for word in words),
            *(replace(word, start=word.start + 4) for word in before.words[4:]),
        ),
    )
    [now] = followed([correction(before, "甲乙丙丁", "甲乙丙丁")], wide)
    assert (now.start, now.read) == (0, "甲乙内丁")
    assert laid_over(wide, [now]).text == "甲乙丙丁右栏文字\n另一行字"
    assert [line.shown for line in lines(wide, [now])] == ["甲乙丙丁右栏文字", "另一行字"]


def test_a_line_that_is_now_two_is_one_again() -> None:
    before = page("甲乙丙丁戊己", "后一行")
    after = page("甲乙丙", "后一行")
    second = tuple(
        replace(word, start=4 + n, box=replace(word.box, x=0.1 + EACH * (3 + n)))
        for n, word in enumerate(page("丁戊己").words)
    )
    tail = tuple(replace(word, start=word.start + 4) for word in after.words[3:])
    split = replace(after, text="甲乙丙\n丁戊己\n后一行", words=(*after.words[:3], *second, *tail))
    [now] = followed([correction(before, "甲乙丙丁戊己", "甲乙丙丁戌己")], split)
    assert laid_over(split, [now]).text == "甲乙丙丁戌己\n后一行"
    assert [line.shown for line in lines(split, [now])] == ["甲乙丙丁戌己", "后一行"]


def test_a_place_that_reaches_into_the_next_line_takes_its_own_line_only() -> None:
    before, after = page("未还的由班主任催还", "二、主要任务"), page("未还的由班主任催还", "二、主要任务")
    [own, next_line] = [correction(before, line.read, line.read) for line in lines(before, ())]
    tall = replace(own, box=replace(own.box, h=0.06))
    now = followed([tall, next_line], after)
    assert states(*now) == [Standing.SETTLED, Standing.SETTLED]
    assert [one.read for one in now] == ["未还的由班主任催还", "二、主要任务"]


def test_a_turned_page_is_matched_by_its_words_alone() -> None:
    before = page("关于己经办理", "第二行的文字")
    after = page("第二行的文字", "关于己经办理")
    [now] = followed([correction(before, "关于己经办理", "关于已经办理")], after, moved=True)
    assert laid_over(after, [now]).text == "第二行的文字\n关于已经办理"


def test_what_is_nowhere_to_be_found_stands_alone_and_is_shown() -> None:
    before, after = page("甲乙丙丁", "第二行"), page("第二行", top=0.13)
    [now] = followed([correction(before, "甲乙丙丁", "甲乙丙丁")], after)
    assert (now.read, now.state) == ("", Standing.CONFLICT)
    assert laid_over(after, [now]).text == "甲乙丙丁\n第二行"


def test_a_line_left_out_comes_back_when_something_else_is_read_there() -> None:
    before, after = page("ll", "第二行"), page("编号", "第二行")
    [now] = followed([correction(before, "ll", "")], after)
    assert now.state is Standing.CONFLICT and laid_over(after, [now]).text == "编号\n第二行"


def test_entries_that_wait_go_along_without_being_judged() -> None:
    before, after = page("甲乙丙"), page("多一行", "甲乙内", top=0.07)
    [now] = followed([correction(before, "甲乙丙", "甲乙丙", state=Standing.ENTERED, entry=1)], after)
    assert (now.state, now.start, now.read) == (Standing.ENTERED, 4, "甲乙内")


@given(TEXTS, TEXTS, st.booleans(), st.booleans(), st.data())
def test_no_correction_is_ever_lost(
    texts: list[str], again: list[str], whole: bool, moved: bool, data: st.DataObject
) -> None:
    before, after = page(*texts), page(*again, whole=whole)
    made = [
        replace(
            _of(line.start, line.read, line.box), after=f"〔{line.start}〕{data.draw(st.text('甲乙丙', max_size=6))}"
        )
        for line in lines(before, ())
        if data.draw(st.booleans())
    ]
    now = followed(made, after, moved=moved)
    assert [one.id for one in now] == [one.id for one in made]
    assert len(in_force(now)) == len(made)
    read = laid_over(after, now)
    assert all(one.after in read.text for one in made)
    assert all(after.text.startswith(one.read, one.start) for one in now)
    spans = sorted((one.start, one.end) for one in now if one.read)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert true_to_the_text(read)
    assert {line.shown for line in lines(after, now)} >= {one.after for one in now if not one.read}
    assert followed(now, after, moved=moved) == now or moved
