"""What this room's paper is often misread as is suggested where there is reason to, and nowhere else."""

from __future__ import annotations

from index.domain.placing.habits import Habit, habits, suggestions
from index.domain.proof.alignment import Swap
from index.domain.proof.proof_lines import lines
from tests.index.domain.proof.test_proofing import correction, page

LEARNED = {
    Swap("末", "未", "尚", "到"): 2,
    Swap("末", "未", "", "经"): 2,
    Swap("入", "人", "三", ""): 3,
    Swap("干", "千", "", ""): 1,
}


def test_what_was_mistaken_often_enough_is_a_habit() -> None:
    found = habits(LEARNED, 3)
    assert [(habit.read, habit.meant, habit.count) for habit in found] == [("末", "未", 4), ("入", "人", 3)]
    assert set(found[0].around) == {("尚", "到"), ("", "经")}
    assert habits(LEARNED, 5) == ()


def offered(text: str, confidence: float) -> list[tuple[int, str]]:
    [line] = lines(page(text, confidence=confidence), ())
    return [(one.offset, one.meant) for one in suggestions(line, habits(LEARNED, 3), 0.85)]


def test_it_is_suggested_where_the_machine_doubts() -> None:
    assert offered("周末加班", 0.5) == [(1, "未")]


def test_where_the_machine_is_sure_it_is_suggested_beside_known_neighbours_only() -> None:
    assert offered("周末加班", 0.99) == []
    assert offered("尚末办理", 0.99) == [(1, "未")]
    assert offered("三入到场", 0.99) == [(1, "人")]


def test_an_edge_of_the_line_is_no_neighbour() -> None:
    assert Habit("干", "千", 3, (("", ""),)).stands_between("", "") is False


def test_nothing_is_suggested_where_a_person_has_looked() -> None:
    machine = page("尚末办理", confidence=0.5)
    [line] = lines(machine, [correction(machine, "尚末办理", "尚末办理")])
    assert suggestions(line, habits(LEARNED, 3), 0.85) == ()
