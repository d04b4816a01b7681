"""What is remembered of filters is shared by the threads that search."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.text.fast.generation import Generation


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_threads_may_remember_and_forget_filters_together() -> None:
    generation = Generation()

    def ask(thread: int) -> None:
        for number in range(6_000):
            assert not generation.admitted((thread, number), lambda: np.zeros(0, np.bool_)).pages

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [None] * 4
    assert len(generation._masks) == 64
