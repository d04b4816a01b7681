"""Decides how shards are written that nobody reads yet: from pages, or from the pages of another shard."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from index.ports import PageText, Progress
from index.text.editions import edition
from index.text.editions.damage import ToldAsDamage
from index.text.fast.codec import PageWriter, schema
from index.text.fast.generation import Generation
from index.text.shards.book import fresh_name
from index.text.shards.shard import Kinds
from index.text.shards.shares import Layout, Share, Sizes, divided, kind_of
from index.text.shards.stacks import Stacks

#: Pages of one commit, and pages kept in memory for several shards at once.
_BATCH, _KEPT = 2_000, 8_000


class Fresh:
    """Shards of a layout that no book names yet."""

    def __init__(self, stacks: Stacks, layout: Layout, sizes: Sizes) -> None:
        self._stacks = stacks
        self._sizes = sizes
        self.layout = layout
        self._kept: dict[str, list[PageText]] = {}

    def write(self, pages: Iterable[PageText], progress: Progress) -> int:
        """Each page into its shard; returns how many there were."""
        of = len(pages) if isinstance(pages, list) else 0
        done = 0
        for name in self.layout.shares:
            self._stacks.shard(name).begin()
        for page in pages:
            self._keep(page)
            done += 1
            if done % _BATCH == 0:
                progress(done, of)
        for name in list(self.layout.shares):
            self._commit(name)
        progress(done, of)
        return done

    def _keep(self, page: PageText) -> None:
        name = self.layout.place(kind_of(page.fonds, page.date))
        kept = self._kept.setdefault(name, [])
        kept.append(page)
        if len(kept) >= _BATCH:
            self._commit(name)
        elif sum(map(len, self._kept.values())) >= _KEPT:
            self._commit(max(self._kept, key=lambda one: len(self._kept[one])))

    def _commit(self, name: str) -> None:
        shard = self._stacks.shard(name)
        if kept := self._kept.pop(name, []):
            shard.add(kept)
        shard.tidy()
        if shard.size() > self._sizes.most and self.divide([name]):
            shutil.rmtree(self._stacks.root / name)

    def divide(self, names: Iterable[str]) -> bool:
        """Write one of these shards anew as its parts, if it has outgrown itself; whether one had."""
        found = divided(self.layout, {name: self._stacks.shard(name).counts() for name in names}, self._sizes)
        if found:
            name, parts = found
            self.layout = self._parted(name, {fresh_name(): part for part in parts})
        return found is not None

    def _parted(self, name: str, parts: Mapping[str, Share]) -> Layout:
        after = self.layout.with_parts(name, parts)
        generation = self._stacks.shard(name).proved()
        kinds = Kinds(generation)
        for part in parts:
            mine = {kind for kind in kinds.all if after.place(kind) == part}
            fused(self._stacks.root / part, generation, kinds.living(mine))
        return after


def fused(root: Path, generation: Generation, stays: Any) -> None:
    """A shard in `root` of those pages of a generation that stay."""
    name = f"{edition.PREFIX}{uuid4().hex}"
    (root / name).mkdir(parents=True)
    with ToldAsDamage():
        edition.create(root / name, schema())
        contents = 0
        if stays.any():
            contents = _written(root / name, generation, stays)
        edition.seal(root, name, contents, {})


def _written(folder: Path, generation: Generation, stays: Any) -> int:
    """One segment of all of them; returns the number of its table of contents."""
    writer = PageWriter(folder, lambda contents: None)
    try:
        for base, segment in generation.segments:
            mine = stays[base : base + len(segment)]
            if mine.any():
                writer.take_over(segment, mine)
        writer.commit(merge=False)
        return int(writer.generation)
    finally:
        if not writer.is_closed:
            writer.cancel()
