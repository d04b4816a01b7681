"""A process that writes an index until it is killed, saying each stage it enters and each batch that is safe.

python -m tests.fakes.index.text.mortal: reads a line "adapter folder seed", forks a writer and says "pid N"; the
writer says "at STAGE" as it enters one and "safe PAGE_ID..." when an add returned. One import serves many deaths.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.text.editions import edition
from index.text.fast import codec, fusing
from index.text.fast.adapter import FastIndex
from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes
from index.text.stock.adapter import WhooshIndex
from tests.fakes.index.text.pages import made_pages

OnDisk = FastIndex | WhooshIndex | ShardedIndex
ADAPTERS: Mapping[str, Callable[[Path], OnDisk]] = {
    "fast": FastIndex,
    "stock": WhooshIndex,
    "shards": lambda folder: ShardedIndex(folder, Sizes(own=30, most=60)),
}


def main() -> None:
    for line in sys.stdin:
        adapter, folder, seed = line.split()
        child = os.fork()
        if not child:
            _write(ADAPTERS[adapter](Path(folder)), int(seed))
        _say("pid", str(child))
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        _say("dead")


def _write(index: OnDisk, seed: int) -> None:
    """Small batches, so that there is always something to merge; every third page a second time, as of F2."""
    _tell_stages()
    pages = made_pages(4000, seed=seed, length=60)
    for at in range(0, len(pages), 3):
        batch = [*pages[at : at + 3], replace(pages[at // 2], version=2, fonds="F2")]
        index.add(batch)
        _say("safe", *(page.page_id for page in batch))
        if at % 30 == 27:
            index.tidy()


def _tell_stages() -> None:
    edition.seal = _told("commit", edition.seal)
    codec.write_text = _told("add", codec.write_text)  # type: ignore[attr-defined]
    fusing.Fusion.addresses = _told("merge", fusing.Fusion.addresses)  # type: ignore[method-assign]


def _told(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: Any) -> Any:
        _say("at", stage)
        return work(*given)

    return told


def _say(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


if __name__ == "__main__":
    main()
