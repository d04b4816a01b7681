"""A batch is checked by one person and signed by another; what was checked is what is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.batch import (
    Batch,
    BatchState,
    check_step,
    checked,
    had_a_hand,
    key_of,
    place_of,
    reopened,
    seal_of,
    signed,
)
from index.domain.errors import Conflict, MunimentError, Refused, WrongUse

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
OPEN = Batch("b", key_of(date(2026, 11, 23), "drop", "f", ("J101", "会议")), date(2026, 11, 23), NOW, 7)
CHECKED = checked(OPEN, "first", NOW, "seal")
SIGNED = signed(CHECKED, "second", NOW, "seal", {"first"})

STEPS = {
    (BatchState.OPEN, BatchState.CHECKED),
    (BatchState.CHECKED, BatchState.SIGNED),
    (BatchState.CHECKED, BatchState.OPEN),
    (BatchState.SIGNED, BatchState.OPEN),
}


@pytest.mark.parametrize("state", BatchState)
@pytest.mark.parametrize("to", BatchState)
def test_only_these_steps_can_be_taken(state: BatchState, to: BatchState) -> None:
    if (state, to) in STEPS:
        check_step(state, to)
    else:
        with pytest.raises(Conflict, match="cannot be done"):
            check_step(state, to)


def test_a_checked_batch_says_who_and_a_signed_one_both() -> None:
    assert (SIGNED.state, SIGNED.checked_by, SIGNED.signed_by) == (BatchState.SIGNED, "first", "second")


@pytest.mark.parametrize(
    ("who", "operator", "judges"),
    [
        ("first", "", set()),
        ("first", "", {"first"}),
        ("scanner", "scanner", set()),
        ("helper", "", {"helper", "first"}),
    ],
)
def test_whoever_had_a_hand_in_it_cannot_sign(who: str, operator: str, judges: set[str]) -> None:
    with pytest.raises(Refused) as refusal:
        signed(replace(CHECKED, operator=operator), who, NOW, "seal", judges)
    assert refusal.value.code == "second-person" and who in refusal.value.sentence("zh-Hans")


def test_pages_that_changed_since_the_check_cannot_be_signed() -> None:
    with pytest.raises(Conflict) as conflict:
        signed(CHECKED, "second", NOW, "another", set())
    assert conflict.value.code == "batch-changed"


@pytest.mark.parametrize("batch", [CHECKED, SIGNED])
def test_it_is_opened_again_with_a_reason_and_forgets_who_closed_it(batch: Batch) -> None:
    again = reopened(batch, "漏页")
    assert again == OPEN
    with pytest.raises(WrongUse):
        reopened(batch, " ")


names = st.sampled_from(["first", "second", "third", ""])
deeds = st.lists(st.tuples(st.sampled_from(["check", "sign", "reopen"]), names, st.sampled_from(["a", "b"])))


@given(deeds, st.sampled_from(["", "third"]))
def test_whatever_is_done_a_signed_batch_bears_two_names_of_different_people(
    done: list[tuple[str, str, str]], operator: str
) -> None:
    batch = replace(OPEN, operator=operator)
    for deed, who, seal in done:
        try:
            if deed == "check":
                batch = checked(batch, who, NOW, seal)
            elif deed == "sign":
                batch = signed(batch, who, NOW, seal, {batch.checked_by})
            else:
                batch = reopened(batch, "why")
        except MunimentError:
            continue
        if batch.state is BatchState.SIGNED:
            assert batch.signed_by not in had_a_hand(batch, ())
        assert bool(batch.seal) == (not batch.is_open)


@pytest.mark.parametrize(
    ("path", "home", "depth", "place"),
    [
        (b"a.pdf", "drop", 0, ()),
        (b"J101/a.pdf", "drop", 0, ("J101",)),
        (b"J101/x/a.pdf", "drop", 1, ("J101", "x")),
        (b"J101/x/y/a.pdf", "drop", 2, ("J101", "x")),
        (b"J101/batch.zip/001.jpg", "drop", 1, ("J101", "batch.zip")),
        (b"x/y/z/a.pdf", "drop", 3, ("x", "y")),
        (b"J101/\xff/a.pdf", "drop", 1, ("J101", "�")),
        (b"/data/a.pdf", "ingest", 0, ("", "data")),
        (b"/data/scans/a.pdf", "ingest", 1, ("", "data", "scans")),
        (b"/data/scans/x/y/a.pdf", "ingest", 3, ("", "data", "scans")),
    ],
)
def test_what_lies_below_one_folder_is_one_place(path: bytes, home: str, depth: int, place: tuple[str, ...]) -> None:
    assert place_of(path, home, depth) == place


def test_the_place_is_read_off_the_key() -> None:
    assert OPEN.place == "J101/会议"


rows = st.lists(st.tuples(st.uuids().map(str), st.sampled_from("abc"), st.sampled_from(["content", "removed"])))


@given(rows, rows)
def test_a_seal_is_of_exactly_these_pages_in_whatever_order(
    pages: list[tuple[str, str, str]], others: list[tuple[str, str, str]]
) -> None:
    assert seal_of(pages) == seal_of(reversed(pages))
    assert (seal_of(pages) == seal_of(others)) == (sorted(pages) == sorted(others))
