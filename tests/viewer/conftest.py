"""Decides what tests of the pages lean on: a seeded room, and a browser-like client for each person in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from shutil import copytree

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from config.wiring import Home
from index.text.stock.adapter import WhooshIndex
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.viewer.seeding import Room, StillClock, room
from viewer import passwords, session
from viewer.app import create_app

Enter = Callable[[str], TestClient]


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """A check of a password costs next to nothing here; what it really costs has its own test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The room as it was made: copied for every test, never written. Its index is in memory: writing one costs most."""
    made = room(tmp_path_factory.mktemp("room") / "home", text=MemoryTextIndex())
    close(made.home)
    return made


@pytest.fixture(scope="session")
def stage(seeded: Room) -> Home:
    """The one home that `app` is built over, once, as that costs more than most tests: each lays its own room under it.

    The regulations stay; everything else that was opened for the test before is forgotten.
    """
    home = Home(seeded.home.path)
    assert home.packs
    return home


@pytest.fixture(scope="session")
def app(stage: Home) -> FastAPI:
    return create_app(stage)


@pytest.fixture
def held(seeded: Room, stage: Home, tmp_path: Path) -> Iterator[Room]:
    """A room of this test's own."""
    copytree(seeded.home.path, tmp_path / "home")
    zone, packs = stage.clock.zone, stage.packs
    vars(stage).clear()
    text = deepcopy(seeded.home.text)
    vars(stage).update(vars(Home(tmp_path / "home")), packs=packs, clock=StillClock(zone), text=text)
    yield Room(stage, seeded.people, seeded.items)
    close(stage)


def close(home: Home) -> None:
    """Let go of the files of index and catalogue."""
    if isinstance(home.text, WhooshIndex):
        home.text.close()
    home.catalogue.close()


@pytest.fixture
def enter(held: Room, app: FastAPI) -> Iterator[Enter]:
    """enter("archivist") is a browser in which that person has signed in; enter("") one in which nobody has."""
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
