"""Decides when what people confirmed is learned anew, in moments when nothing waits.

Lessons are the filed items whose series a person gave. What was learned can be thrown away: it is learned again.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.wiring import Home
from index.domain.folding import folded
from index.domain.holdings import Item
from index.domain.placing.lessons import Lesson, learn
from index.ports import Work
from ingest.actors import Desk
from ingest.asking import Asks
from ingest.learned import keep, taught

#: So many new lessons, and this share of those known, are enough to learn anew.
_ENOUGH, _SHARE = 10, 0.05
#: The newest lessons of a room; older ones describe another practice.
MOST = 20_000


def relearn(desk: Desk, _: str = "") -> Asks:
    """Learn from everything people confirmed, if enough of it is new."""
    home = desk.home
    with home.catalogue.reading() as work:
        if is_due(home, work):
            keep(home, learn([*_lessons(work)]), work.items.taught_count())
    return []


def is_due(home: Home, work: Work) -> bool:
    """Whether so much was confirmed since that learning anew is worth it."""
    known, now = taught(home), work.items.taught_count()
    return abs(now - known) >= max(_ENOUGH, _SHARE * known)


def _lessons(work: Work) -> Iterator[Lesson]:
    for item_id in work.items.taught(MOST):
        item = work.items.get(item_id)
        yield Lesson(
            item.id, f"{item.value('pack')}/{item.value('series')}", folded(item.title).text, _text(work, item)
        )


def _text(work: Work, item: Item) -> str:
    first = next(iter(work.pages.of_item(item.id)), None)
    reading = work.pages.reading(first.id) if first else None
    return folded(reading.text).text if reading else ""
