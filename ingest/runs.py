"""Decides when a folder is one item: a leaf that holds nothing but one numbered run of single-page images."""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Callable, Sequence

from index.domain.holdings import Item
from index.domain.scan import ScanState
from index.ports import Work
from ingest.imaging.ends import frames

_NUMBERED = re.compile(
    rb"^(?P<before>.*?)(?P<number>\d+)\.(?P<kind>jpe?g|png|tiff?|jp2|j2k|webp|heic|avif|bmp|gif)$",
    re.IGNORECASE | re.DOTALL,
)


def run_of(names: Sequence[bytes], is_single_page: Callable[[bytes], bool]) -> Sequence[bytes] | None:
    """The names in the order of their numbers, or None when this folder is no run.

    One run: two files or more, the same words before the number, no number twice, one page each.
    """
    ordered = numbered(names)
    if ordered is None or len(ordered) < 2:
        return None
    return ordered if all(is_single_page(name) for name in ordered) else None


def numbered(names: Sequence[bytes]) -> Sequence[bytes] | None:
    """The names by their numbers, if they are of one numbered family."""
    found = [(name, _NUMBERED.match(name)) for name in names]
    families = {match["before"].lower() if match else None for _, match in found}
    numbers = [int(match["number"]) for _, match in found if match]
    if len(families) != 1 or None in families or len(set(numbers)) != len(names):
        return None
    return [name for _, name in sorted(zip(numbers, names, strict=True))]


def goes_on(run: Sequence[bytes], names: Sequence[bytes]) -> bool:
    """Whether `names` are later pages of a run that was captured from the same folder already."""
    together = numbered([*run, *names])
    return together is not None and list(together[: len(run)]) == list(run)


def is_single_page(path: bytes) -> bool:
    """Whether it is a picture of one page; no link is followed, no pipe waited on, and what went meanwhile is none."""
    try:
        return stat.S_ISREG(os.stat(path, follow_symlinks=False).st_mode) and frames(path) == 1
    except (OSError, struct.error):
        return False


def could_be_page(name: bytes) -> bool:
    """Whether this file may be one page of a run: worth waiting to see what else comes into its folder."""
    return _NUMBERED.match(name) is not None


def lacks_a_page(work: Work, item: Item) -> bool:
    """Whether a page of this numbered folder lies in quarantine: as long as it does, the item waits for a person."""
    return any(scan.state is ScanState.QUARANTINED for run in runs_of(work, item) for scan in work.runs.of(run))


def runs_of(work: Work, item: Item) -> set[str]:
    """The numbered folders it has its pages from: also those that separators divided into several items."""
    return {run for run in (item.run, *(scan.run for scan in work.scans.of_item(item.id))) if run}


def awaits_a_page(work: Work, item: Item) -> bool:
    """Whether a page of its numbered folder is still on its way, or not opened yet."""
    scans = [scan for run in runs_of(work, item) for scan in work.runs.of(run)]
    moving = (ScanState.SEEN, ScanState.SETTLING, ScanState.STORED)
    return any(scan.state in moving and scan.format is None for scan in scans)
