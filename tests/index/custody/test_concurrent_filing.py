"""A hundred people and machines file into one series at once: a hundred consecutive numbers, none twice."""

from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import pytest

from config.wiring import open_home
from index.custody.filing import file_item
from index.domain.errors import Busy
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.year_end import School, waiting

PROCESSES, EACH = 4, 25


def file_all(path: Path, ids: list[str]) -> list[str]:
    """In a process of its own: every item by a thread of its own, all at the same moment."""
    home, start = open_home(path), threading.Barrier(len(ids))
    packs = home.packs  # read before anybody holds the lock

    def one(item_id: str) -> str:
        start.wait()
        while True:
            # Whoever waits too long on a slow machine is told so, and tries again as workers do.
            with suppress(Busy), home.catalogue.writing() as work:
                return file_item(work, item_id, "clerk", MORNING, packs).reference_code

    with ThreadPoolExecutor(len(ids)) as people:
        codes = list(people.map(one, ids))
    home.catalogue.close()
    return codes


@pytest.mark.slow
def test_a_hundred_concurrent_filings_give_a_hundred_consecutive_numbers(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        ids = [waiting(work).id for _ in range(PROCESSES * EACH)]
    parts = [ids[at::PROCESSES] for at in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        codes = [code for found in processes.map(file_all, [room.home.path] * PROCESSES, parts) for code in found]
    assert sorted(codes) == [f"J101-WS·2024-D10-XZ-{number:04d}" for number in range(1, 101)]
    following = School(room).file()
    assert following.reference_code == "J101-WS·2024-D10-XZ-0101"


def test_a_filing_that_fails_leaves_no_gap(room: Room) -> None:
    school = School(room)
    school.file()
    with pytest.raises(RuntimeError), room.home.catalogue.writing() as work:
        made = waiting(work)
        assert file_item(work, made.id, "clerk", MORNING, room.home.packs).reference_code.endswith("0002")
        raise RuntimeError
    assert school.file().reference_code.endswith("0002")
