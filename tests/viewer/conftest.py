"""Decides what tests of the pages lean on: a seeded room, and a browser-like client for each person in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from config.wiring import Home
from index.text.adapter import WhooshIndex
from tests.viewer.seeding import Room, StillClock, room
from viewer import session
from viewer.app import create_app

Enter = Callable[[str], TestClient]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The room as it was made: copied for every test, never written."""
    made = room(tmp_path_factory.mktemp("room") / "home")
    close(made.home)
    return made


@pytest.fixture
def held(seeded: Room, tmp_path: Path) -> Iterator[Room]:
    """A room of this test's own."""
    copytree(seeded.home.path, tmp_path / "home")
    home = Home(tmp_path / "home")
    home.__dict__["clock"] = StillClock(home.clock.zone)
    yield Room(home, seeded.people, seeded.items)
    close(home)


def close(home: Home) -> None:
    """Let go of the files of index and catalogue."""
    if isinstance(home.text, WhooshIndex):
        home.text.close()
    home.catalogue.close()


@pytest.fixture
def enter(held: Room) -> Iterator[Enter]:
    """enter("archivist") is a browser in which that person has signed in; enter("") one in which nobody has."""
    app = create_app(held.home)
    opened: list[TestClient] = []

    def client(name: str) -> TestClient:
        made = TestClient(app, base_url="http://localhost", follow_redirects=False)
        if name:
            made.cookies.set(session.cookie_name(False), held.cookie(name))
        opened.append(made)
        return made

    yield client
    for made in opened:
        made.close()
