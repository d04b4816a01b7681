"""One writer at a time, and nobody waits for it longer than he said."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.domain.errors import Conflict
from index.text.editions.sole import Sole


def test_a_second_thread_waits_only_as_long_as_it_may(tmp_path: Path) -> None:
    sole = Sole(tmp_path / "lock", 0)
    refused = threading.Event()

    def write() -> None:
        with pytest.raises(Conflict), sole.held():
            pass
        refused.set()

    with sole.held():
        threading.Thread(target=write, daemon=True).start()
        assert refused.wait(20)
    with sole.held():
        assert (tmp_path / "lock").exists()
