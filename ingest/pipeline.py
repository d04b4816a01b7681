"""Decides the order of work, as data: read this first.

A scan is received and rendered, its pages are recognised one by one (drawn, cleaned, read), separators among them
divide it into items, each item is described, classified and filed, and the index follows. Results are committed before
the next stage is asked for, so that whatever dies, the ledger knows what is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.wiring import Home
from index.custody.rereading import AT_ONCE
from index.domain.holdings import ItemState
from index.domain.lists.importing import ImportState
from index.domain.scan import Scan, ScanState
from ingest import actors, importing, learning, rereading
from ingest.actors import Desk
from ingest.asking import Asks
from ingest.copying import copy
from ingest.dividing import divide
from ingest.stages.index import ails, is_lost
from ingest.stages.receive import receive


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way: its name, what its id names, and the work on one id."""

    name: str
    of: str
    work: Callable[[Desk, str], Asks]


STAGES = (
    Stage("receive", "scan", lambda desk, scan: receive(desk.home, scan)),
    Stage("render", "scan", actors.render),
    Stage("recognise", "page", actors.recognise),
    Stage("divide", "item", divide),
    Stage("describe", "item", actors.describe),
    Stage("classify", "item", actors.classify),
    Stage("file", "item", actors.file),
    Stage("index", "nothing", actors.index),
)

#: Work beside the way, asked for by people: pictures drawn and copies made again, pages read again.
ASIDE = (
    Stage("draw", "page", actors.draw),
    Stage("copy", "item", copy),
    Stage("reread", "page", rereading.reread),
    Stage("learn", "nothing", learning.relearn),
    Stage("tabulate", "import", importing.read),
    Stage("enter", "import", importing.enter),
)

_IMPORT = {ImportState.READING: "tabulate", ImportState.ENTERING: "enter"}

#: A page that has just been read waits this long for others, so that they share one commit of the index; seconds.
GATHER = 1.2
GATHER_ALONE = 0.2


def ask_for(home: Home, asks: Asks) -> None:
    """Ask for what comes next; the index a little later, so that neighbours share its commit."""
    for actor, target in asks:
        ids = (target,) if target else ()
        home.jobs.ask(actor, *ids, delay=_gather(home) if actor == "index" else 0.0)


def _gather(home: Home) -> float:
    waiting = home.jobs.waiting()
    return GATHER if waiting.get("ocr", 0) + waiting.get("reread", 0) > 1 else GATHER_ALONE


def sweep(home: Home) -> None:
    """Ask again for everything that the ledger says is due and that nobody holds."""
    home.jobs.free()
    for actor, target in list(due(home)):
        home.jobs.remind(actor, *((target,) if target else ()))


def due(home: Home) -> Iterator[tuple[str, str]]:
    """What the catalogue says must happen next: the truth that messages only remind of."""
    waiting = home.jobs.waiting()
    with home.catalogue.reading() as work:
        for scan in work.scans.in_states(ScanState.SETTLING):
            yield "receive", scan.id
        stored = work.scans.in_states(ScanState.STORED)
        yield from ((step, scan.id) for scan in stored if (step := _next_of(scan)))
        pages = work.pages.waiting()
        if len(pages) > waiting.get("ocr", 0):
            yield from (("recognise", page_id) for page_id in pages)
        items = [scan.item_id for scan in stored if scan.item_id and scan.format]
        items += work.items.in_state(ItemState.CAPTURED, ItemState.DESCRIBED)
        yield from (("divide", one) for one in dict.fromkeys(items) if not work.pages.waiting(one, limit=1))
        if work.pages.behind(1) or ails(home) or is_lost(home, work):
            yield "index", ""
        if not any(waiting.values()) and learning.is_due(home, work):
            yield "learn", ""
        yield from (("reread", page_id) for page_id in work.rereadings.due(AT_ONCE))
        yield from ((_IMPORT[one.state], one.id) for one in work.imports.all() if one.state in _IMPORT)


def _next_of(scan: Scan) -> str:
    """What a stored scan waits for: to be moved aside, or to be opened; after that it waits for its pages."""
    if scan.home == "drop" and scan.parked is None:
        return "receive"
    if scan.format is not None:
        return ""
    return "receive" if scan.run and scan.item_id is None else "render"
