"""What is taken for what: the table in the repository, and what a room has corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.domain.folding import folded
from index.domain.placing.habits import Habit
from index.domain.searching import look_alikes as module
from index.domain.searching.look_alikes import look_alikes

TABLE = Path(module.__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("meant", "read"),
    ["权杈", "卷案", "重总", "牌牢", "现理", "档挡", "发放", "己已", "日曰", "末未", "人入", "间问", "0o", "l1"],
)
def test_classical_and_damaged_pairs_are_known(meant: str, read: str) -> None:
    assert 0 < look_alikes()[meant][read] < 1


def test_the_table_is_folded_and_no_character_is_its_own_look_alike() -> None:
    lines = [line for line in TABLE if not line.startswith("#")]
    signs = {sign for line in lines for sign in line.removeprefix("=").replace(" ", "")}
    assert {sign for sign in signs if folded(sign).text != sign} == set()
    assert [line for line in lines if line.startswith("=") and len(set(line[1:])) != len(line) - 1] == []
    assert [meant for meant, others in look_alikes().items() if meant in others] == []


def test_shares_leave_something_for_what_nobody_has_seen_and_run_from_the_likeliest() -> None:
    for others in look_alikes().values():
        shares = list(others.values())
        assert sum(shares) < 1 and shares == sorted(shares, reverse=True)


def test_a_room_s_own_corrections_weigh_more_than_the_table() -> None:
    learned = (Habit(read="圓", meant="園", count=4, around=()), Habit(read="日", meant="权", count=3, around=()))
    assert max(look_alikes()["权"], key=look_alikes()["权"].__getitem__) == "杈"
    assert next(iter(look_alikes(learned)["权"])) == "日"
    assert look_alikes(learned)["园"]["圆"] > look_alikes()["园"]["圆"]
    assert "日" not in look_alikes()["权"]
