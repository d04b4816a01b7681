"""What people confirmed is learned, kept under its digest, and speaks for papers like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.description import Value
from index.domain.holdings import ItemState
from ingest.learned import learned, taught
from ingest.learning import is_due
from ingest.pipeline import due
from tests.fakes.config.homes import Room
from tests.fakes.index.holdings import item

TITLES = {"WS·GH": "工会会员慰问品发放签收单", "KJ": "实验器材维护保养台账"}


@pytest.fixture
def confirmed(room: Room) -> Room:
    """A room in which a person filed twelve papers of two kinds."""
    with room.home.catalogue.writing() as work:
        fonds = work.fonds.by_code("J101")
        assert fonds
        for number in range(12):
            series = ("WS·GH", "KJ")[number % 2]
            made = item(ItemState.FILED, {"title": f"{TITLES[series]}{number}", "pack": "school"}, fonds_id=fonds.id)
            said = {**made.description, "series": Value(series, 1.0, None, "李敏")}
            work.items.add(replace(made, description=said, reference_code=f"J101-{number}"))
    return room


def relearned(room: Room) -> None:
    room.work_on("learn")


def test_enough_confirmations_are_learned_once(confirmed: Room) -> None:
    home = confirmed.home
    with home.catalogue.reading() as work:
        assert is_due(home, work)
    assert ("learn", "") in list(due(home))
    relearned(confirmed)
    assert (learned(home).lessons, taught(home)) == (12, 12)
    assert ("learn", "") not in list(due(home))


def test_what_was_learned_names_the_place_and_what_spoke(confirmed: Room) -> None:
    relearned(confirmed)
    said = learned(confirmed.home).likely("实验器材报废台账", "")
    assert said is not None
    assert said[0] == "school/KJ"
    assert said[1] > 0.5
    assert set(said[2]) & {"实验", "器材", "台账", "实验器", "验器材"}


def test_a_damaged_file_is_nothing_and_is_learned_again(confirmed: Room) -> None:
    relearned(confirmed)
    place = confirmed.home.path / "learned" / "lessons.json"
    place.write_text(place.read_text("utf-8").replace("WS·GH", "WS·XZ"), "utf-8")
    assert learned(confirmed.home).lessons == 0
    with confirmed.home.catalogue.reading() as work:
        assert is_due(confirmed.home, work)
    relearned(confirmed)
    assert learned(confirmed.home).lessons == 12


def test_without_confirmations_there_is_nothing(room: Room) -> None:
    relearned(room)
    assert learned(room.home).lessons == 0
    assert not (room.home.path / "learned").exists()
