from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.domain.proof.lines import Line, Run, blocks_of, lines_of
from index.domain.reading import Box, PageReading, Script, Word
from tests.fakes.ingest.readings import characters, reading

A4 = 210 / 297


def runs(page: PageReading) -> list[str]:
    return ["|".join(run.text for run in line.runs) for line in lines_of(page, A4)]


def test_characters_of_a_line_are_one_run() -> None:
    assert runs(reading([characters("劳动合同书", 0.2, 0.1, 0.2, 0.02)])) == ["劳动合同书"]


def test_the_space_between_latin_words_stays_with_the_word_before_it() -> None:
    line = [("Labour", Box(0.1, 0.1, 0.1, 0.02)), (" contract", Box(0.22, 0.1, 0.1, 0.02))]
    [only] = lines_of(reading([line]), A4)[0].runs
    assert (only.pieces, only.text) == (("Labour ", "contract"), "Labour contract")


def test_cells_far_apart_are_runs_of_their_own() -> None:
    cells = [*characters("姓名", 0.1, 0.1, 0.05, 0.02), *characters("白清和", 0.5, 0.1, 0.08, 0.02)]
    assert runs(reading([cells])) == ["姓名|白清和"]


def test_cells_two_characters_apart_are_told_apart_where_each_character_has_a_box() -> None:
    one, other = characters("姓名", 0.1, 0.1, 0.05, 0.018), characters("部门", 0.2, 0.1, 0.05, 0.018)
    assert runs(reading([[*one, *other]])) == ["姓名|部门"]
    assert runs(reading([[("姓名", Box(0.1, 0.1, 0.05, 0.018)), ("部门", Box(0.2, 0.1, 0.05, 0.018))]])) == ["姓名部门"]


def test_a_heading_whose_characters_stand_apart_evenly_stays_whole() -> None:
    spaced = [(char, Box(0.1 + at * 0.1, 0.1, 0.03, 0.02)) for at, char in enumerate("任免通知")]
    assert runs(reading([spaced])) == ["任免通知"]


def test_a_speck_above_the_line_parts_nothing() -> None:
    line = characters("返校后一周内", 0.1, 0.5, 0.2, 0.02)
    line[3] = ("一", Box(line[3][1].x, 0.47, 0.002, 0.002))
    assert runs(reading([line])) == ["返校后一周内"]


def test_what_steps_back_or_onto_another_height_is_another_run() -> None:
    line = [*characters("上一行", 0.5, 0.10, 0.1, 0.02), *characters("下一行", 0.1, 0.13, 0.1, 0.02)]
    assert runs(reading([line])) == ["上一行|下一行"]


def test_words_whose_boxes_overlap_a_little_stay_together() -> None:
    line = [("门前", Box(0.100, 0.1, 0.05, 0.02)), ("桃树", Box(0.098, 0.1, 0.09, 0.02))]
    assert runs(reading([line])) == ["门前桃树"]


def test_a_column_from_top_to_bottom_is_vertical() -> None:
    column = [(char, Box(0.8, 0.1 + at * 0.03, 0.03, 0.025)) for at, char in enumerate("任免通知")]
    [line] = lines_of(reading([column]), A4)
    assert [(run.text, run.vertical) for run in line.runs] == [("任免通知", True)]


def test_one_character_is_never_vertical_however_high() -> None:
    [line] = lines_of(reading([[("卜", Box(0.8, 0.1, 0.01, 0.03))]]), A4)
    assert not line.runs[0].vertical


def test_text_in_no_words_box_is_not_lost() -> None:
    page = PageReading("甲乙丙丁", (Word("乙", 1, Box(0.1, 0.1, 0.1, 0.1), 1.0),), Script.HANS, 0, "", "", 1.0)
    assert runs(page) == ["甲乙丙丁"]


def test_lines_without_words_are_spread_over_the_page_in_order() -> None:
    lines = lines_of(PageReading("第一行\n\n第三行", (), Script.HANS, 0, "", "", 0.7), A4)
    assert [line.runs[0].text for line in lines] == ["第一行", "第三行"]
    assert lines[0].box.y < lines[1].box.y < 1
    assert lines[0].runs[0].words[0].confidence == 0.7


def test_of_words_that_claim_the_same_characters_the_first_stays() -> None:
    box = Box(0.1, 0.1, 0.1, 0.1)
    page = PageReading("合同", (Word("合同", 0, box, 1.0), Word("同", 1, box, 1.0)), Script.HANS, 0, "", "", 1.0)
    assert [word.text for word in lines_of(page, A4)[0].runs[0].words] == ["合同"]


def _line(x: float, y: float) -> Line:
    return Line((Run((Word("字", 0, Box(x, y, 0.4, 0.02), 1.0),), ("字",)),))


def test_lines_close_below_each_other_are_a_block() -> None:
    close, far, column = _line(0.1, 0.13), _line(0.1, 0.3), _line(0.55, 0.1)
    blocks = blocks_of([_line(0.1, 0.1), close, far, column])
    assert [len(block) for block in blocks] == [2, 1, 1]


boxes = st.builds(Box, *[st.floats(0, 1)] * 4)


@given(st.lists(st.lists(st.tuples(st.text("甲乙ab,。", min_size=1, max_size=4), boxes), min_size=1), max_size=4))
def test_nothing_that_was_read_is_lost_or_doubled(words: list[list[tuple[str, Box]]]) -> None:
    page = reading(words)
    assert "\n".join("".join(run.text for run in line.runs) for line in lines_of(page, A4)) == page.text
