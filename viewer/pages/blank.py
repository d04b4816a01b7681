"""Decides how blank pages are looked at: all that nobody has seen yet, with what is faint on them made to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from fastapi.responses import RedirectResponse, Response

from index.custody import blanks
from index.ports import Work
from viewer import frame
from viewer.pages.workbench import Sent
from viewer.reading import readable
from viewer.visit import Here

#: Blank pages on one page of the list.
SHOWN = 60


def blank(visit: Here, looked: str = "", page: int = 1) -> Response:
    """Those that nobody has looked at, newest items first; with `looked` those somebody has."""
    checked, at = looked == "yes", max(1, page)
    with visit.home.catalogue.reading() as work:
        found = work.arrangement.blank(visit.permit, checked, SHOWN + 1, (at - 1) * SHOWN)
    return frame.show(visit, "blank.html", found=found[:SHOWN], more=len(found) > SHOWN, page=at, looked=checked)


def look_at(visit: Here, sent: Sent) -> Response:
    """Keep what was seen: `deed` is "blank" for all pages sent, or "written" for the one whose button was pressed."""
    written = str(sent.get("written", ""))
    ids = [written] if written else [str(one) for one in sent.getlist("page")]
    with visit.home.catalogue.writing() as work:
        for item_id, pages in _by_item(work, ids):
            readable(work, visit.permit, item_id)
            blanks.look_at(work, visit.home.jobs, item_id, pages, not written, visit.who.name)
    return RedirectResponse("/blank?looked=yes" if sent.get("looked") == "yes" else "/blank", 303)


def _by_item(work: Work, ids: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    pages = sorted((work.pages.get(page_id) for page_id in ids), key=lambda page: page.item_id)
    for item_id, held in groupby(pages, key=lambda page: page.item_id):
        yield item_id, [page.id for page in held]
