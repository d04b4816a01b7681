"""When a file is ready, as a table: pure, the time is an argument."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.settling import Look, closed, is_ready, is_temporary, look

SETTLE = 5.0


@pytest.mark.parametrize(
    ("still", "told", "end", "ready"),
    [
        (0.0, True, True, True),
        (0.0, True, False, False),
        (0.0, True, None, False),
        (4.9, True, None, False),
        (5.0, True, None, True),
        (0.0, False, True, False),
        (4.9, False, True, False),
        (5.0, False, True, True),
        (5.0, False, None, True),
        (5.0, False, False, False),
        (29.9, True, False, False),
        (30.0, True, False, True),
        (30.0, False, False, True),
    ],
)
def test_ready_is_an_end_that_parses_after_an_event_or_a_pause(
    still: float, told: bool, end: bool | None, ready: bool
) -> None:
    seen = Look(1, 1, 1, since=100.0, closed=told)
    assert is_ready(seen, 100.0 + still, SETTLE, lambda: end) is ready


def test_the_end_is_read_only_when_it_matters() -> None:
    def never() -> bool:
        raise AssertionError("read too early")

    assert not is_ready(Look(1, 1, 1, since=100.0), 101.0, SETTLE, never)


def test_what_has_not_changed_keeps_the_time_and_the_event(tmp_path: Path) -> None:
    place = os.fsencode(tmp_path / "a")
    (tmp_path / "a").write_bytes(b"1")
    first = closed(look(place, 10.0, None))
    assert look(place, 20.0, first) is first
    (tmp_path / "a").write_bytes(b"12")
    again = look(place, 30.0, first)
    assert (again.since, again.closed) == (30.0, False)


def test_another_file_of_the_same_size_and_time_is_another(tmp_path: Path) -> None:
    place = os.fsencode(tmp_path / "a")
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"1")
        os.utime(tmp_path / name, (5, 5))
    first = look(place, 10.0, None)
    os.replace(tmp_path / "b", tmp_path / "a")
    assert look(place, 20.0, first).since == 20.0


@pytest.mark.parametrize(
    ("path", "temporary"),
    [
        (b"J101/a.pdf", False),
        (b"J101/a.pdf.part", True),
        (b"J101/A.PDF.PARTIAL", True),
        (b"J101/a.tmp", True),
        (b"J101/~$a.docx", True),
        (b"J101/a.pdf~", True),
        (b"J101/.hidden", True),
        (b".sync/a.pdf", True),
        (b"J101/@eaDir/a.pdf", True),
        (b"J101/THUMBS.DB", True),
        (b"J101/partial.pdf", False),
        (b"J101/tmp/a.pdf", False),
        (b"J101/a.part.pdf", False),
        (b"J101/a.pdf.reason.txt", True),
        (b"J101/reason.txt", False),
    ],
)
def test_names_that_are_nobodys_finished_file(path: bytes, temporary: bool) -> None:
    assert is_temporary(path) is temporary
