"""What is read again goes behind what comes in."""

from __future__ import annotations

from pathlib import Path

from index.jobs.embedded import LedgerBroker
from index.jobs.leases import Leases
from index.jobs.messages import asks, message_for
from index.jobs.queues import BEHIND, PLACES, QUEUE_OF, place_of


def put(leases: Leases, actor: str, target: str) -> None:
    message = message_for(actor, target)
    leases.put(message.queue_name, asks(message), message.encode())


def test_a_page_is_read_again_only_while_no_new_page_waits(tmp_path: Path) -> None:
    broker = LedgerBroker(Leases(tmp_path / "jobs.db", 60.0, now=lambda: 1_000.0), deliveries=3)
    put(broker.leases, "reread", "old")
    put(broker.leases, "recognise", "new")
    assert broker.take("reread") is None
    taken = broker.take("ocr")
    assert taken and taken.args == ("new",)
    broker.leases.done(taken.key, broker.owner)
    broker.free_place("ocr")
    again = broker.take("reread")
    assert again and again.args == ("old",)


def test_what_goes_behind_shares_its_place_with_what_goes_before() -> None:
    assert {queue for place in PLACES for queue in place} == set(QUEUE_OF.values())
    assert all(place_of(queue) == place_of(before) for queue, first in BEHIND.items() for before in first)
