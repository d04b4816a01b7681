"""Decides which files of a folder are one item where a profile tells how the scanner names them.

Each name group becomes a run of its own, in the order its numbers say; what the profile says nothing of stays loose.
Pages that come later join the item of their name, unless their place in it is taken: then the scanner began anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.domain.identity import new_id
from index.domain.naming import Group, Named, Profile, grouped
from index.domain.scan import Scan
from ingest.ledger import Arrival


def by_profile(arrivals: Sequence[Arrival], profile: Profile, earlier: Sequence[Scan] = ()) -> list[Arrival]:
    """The same files, each tied to the item it is a page of; `earlier` are scans that came from this folder before."""
    by_name = {os.path.basename(arrival.path).decode("utf-8", "surrogateescape"): arrival for arrival in arrivals}
    found = grouped(by_name, profile)
    tied = [one for group in found.groups for one in _tied(by_name, group, earlier)]
    return [*tied, *(by_name[name] for name in found.left)]


def _tied(by_name: Mapping[str, Arrival], group: Group, earlier: Sequence[Scan]) -> Iterator[Arrival]:
    run = _run_of(group, earlier) or new_id()
    for page in group.pages:
        arrival, named = by_name[page.name], Named(_shown(group.item), _shown(group.code), page.half)
        hints = (*arrival.hints, named.item) if named.item else arrival.hints
        yield replace(arrival, run=run, position=page.place, named=named, hints=hints)


def _shown(name: str) -> str:
    """As it can be kept: bytes that are no text become replacement marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _run_of(group: Group, earlier: Sequence[Scan]) -> str | None:
    """The newest run of the same item from the same folder, if all places of the new pages are free in it."""
    item = _shown(group.item).casefold()
    same = [scan for scan in earlier if scan.named.item.casefold() == item]
    run = same[-1].run if same else None
    taken = {scan.position for scan in same if scan.run == run}
    return None if taken & {page.place for page in group.pages} else run
