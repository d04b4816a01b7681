"""Into quarantine with a reason, out of it by a person's word, and never by a way that is none."""

from __future__ import annotations

import pytest

from index.custody.quarantine import put_aside, release, retry
from index.domain.errors import Conflict, Missing
from index.domain.holdings import ItemState
from index.domain.scan import Reason, ScanState
from tests.fakes.config.homes import MORNING, Room
from tests.fakes.index.holdings import item, scan

REASON = Reason("damaged-file", {"problem": "?"})


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ItemState.CAPTURED, ItemState.WITHDRAWN),
        (ItemState.DESCRIBED, ItemState.WITHDRAWN),
        (ItemState.REVIEW, ItemState.WITHDRAWN),
        (ItemState.FILED, ItemState.FILED),
    ],
)
def test_what_nobody_filed_is_withdrawn_with_its_scan(room: Room, state: ItemState, after: ItemState) -> None:
    one = item(state)
    source = scan(item_id=one.id)
    with room.home.catalogue.writing() as work:
        work.items.add(one)
        work.scans.add(source)
        aside = put_aside(work, source, REASON, MORNING, "muniment")
        assert (aside.state, aside.reason) == (ScanState.QUARANTINED, REASON)
        assert work.items.get(one.id).state is after
        assert [event.verb for event in work.journal.of(source.id)] == ["quarantined"]


@pytest.mark.parametrize("state", [ScanState.DUPLICATE, ScanState.IGNORED, ScanState.QUARANTINED])
def test_what_is_decided_is_not_quarantined(room: Room, state: ScanState) -> None:
    with room.home.catalogue.writing() as work, pytest.raises(Conflict):
        put_aside(work, scan(state=state), REASON, MORNING, "muniment")


def test_a_person_may_have_it_tried_again_or_let_through(room: Room) -> None:
    sources = [scan(name, ScanState.QUARANTINED, reason=REASON) for name in (b"a", b"b")]
    with room.home.catalogue.writing() as work:
        for source in sources:
            work.scans.add(source)
        tried = retry(work, room.jobs, sources[0].id, "clerk", MORNING)
        through = release(work, room.jobs, sources[1].id, "clerk", MORNING)
    assert (tried.state, tried.reason, tried.released) == (ScanState.SETTLING, None, False)
    assert (through.state, through.released) == (ScanState.SETTLING, True)
    assert room.jobs.queue == [("receive", source.id) for source in sources]


def test_only_what_lies_there_is_tried_again(room: Room) -> None:
    with room.home.catalogue.writing() as work:
        source = scan(state=ScanState.READ)
        work.scans.add(source)
        with pytest.raises(Conflict):
            retry(work, room.jobs, source.id, "clerk", MORNING)
        with pytest.raises(Missing):
            release(work, room.jobs, "nobody", "clerk", MORNING)
    assert room.jobs.queue == []
