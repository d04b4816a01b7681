"""Decides which adapter stands behind each port, and opens the archive home with them: the composition root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from config import settings
from config.clock import RoomClock
from config.editions import Editions, InForce
from config.examples import exemplars
from index.catalogue.sql import SqlCatalogue
from index.domain.errors import Missing
from index.domain.holdings import Fonds
from index.domain.placing.examples import Exemplars
from index.domain.rules.policy import Pack
from index.domain.rules.ruling import Because, because
from index.jobs.embedded import LedgerJobs
from index.jobs.opening import open_jobs
from index.ports import TextIndex, Vault
from index.text.opening import open_shards, open_text, password_in
from index.vault.folder import FolderVault

if TYPE_CHECKING:
    from index.jobs.redis import RedisJobs

_KEPT = ("imports", "editions")
#: The folders of a home, beside `settings.toml` and `catalogue.db`.
#: `imports` are lists handed in, `editions` every regulation that was ever followed.
FOLDERS = ("drop", "done", "duplicates", "quarantine", "unpacked", "vault", "derived", "index", "locks", *_KEPT)


@dataclass(frozen=True)
class Home:
    """An archive home and everything that serves it. Adapters open on first use: a process opens what it needs."""

    path: Path

    @cached_property
    def settings(self) -> settings.Settings:
        return settings.load(self.path / "settings.toml")

    @cached_property
    def clock(self) -> RoomClock:
        return RoomClock(self.settings.room.timezone)

    @cached_property
    def catalogue(self) -> SqlCatalogue:
        return SqlCatalogue(self.path / "catalogue.db", self.clock)

    @cached_property
    def text(self) -> TextIndex:
        text, folder = self.settings.text, self.path / "index"
        if text.engine == "fast":
            return open_shards(folder, text.fonds_pages, text.shard_pages, text.processes)
        return open_text(text.engine, folder, text.address, password_in(text.password_file))

    @cached_property
    def vault(self) -> Vault:
        return FolderVault(self.path / "vault")

    @cached_property
    def jobs(self) -> LedgerJobs | RedisJobs:
        queue = self.settings.queue
        place = self.path / "jobs.db"
        return open_jobs(queue.broker, place, lease_seconds=queue.lease_seconds, deliveries=queue.deliveries)

    @cached_property
    def editions(self) -> Editions:
        return Editions(self.path / "editions")

    @cached_property
    def regulations(self) -> InForce:
        """What holds in this home since this process began; an edition edited meanwhile waits for the next start."""
        return self.editions.in_force(self.settings.packs.chosen, self._fondses(), self.clock)

    def notices(self) -> tuple[Because, ...]:
        """What has to be said of the regulations as they lie there now, edited since this process began or not."""
        now = self.editions.look(self.settings.packs.chosen, self._fondses(), self.clock)
        held = {pack.digest for pack in self.packs}
        fresh = (pack for pack in now.packs if pack.digest not in held)
        waiting = (because("edition-at-restart", pack=pack.id, version=pack.version) for pack in fresh)
        return (*now.notices, *waiting)

    def _fondses(self) -> Sequence[Fonds]:
        with self.catalogue.reading() as work:
            return work.fonds.all()

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        return self.regulations.packs

    @cached_property
    def packs_by_id(self) -> Mapping[str, Pack]:
        return {pack.id: pack for pack in self.packs}

    @property
    def exemplars(self) -> Exemplars:
        """What the example papers of the regulations teach; learned when it is asked first."""
        return exemplars(tuple(pack.id for pack in self.packs))

    def derived(self, page_id: str) -> Path:
        """The folder of what was made from a page (page.jpg, thumb.jpg); it can be thrown away."""
        return self.path / "derived" / page_id[-2:] / page_id

    def folder(self, name: str) -> Path:
        return self.path / name


def open_home(path: Path) -> Home:
    """The home at `path`. Raises Missing("no-home") when it was never initialised."""
    if not (path / "catalogue.db").exists():
        raise Missing("no-home", home=path)
    home = Home(path)
    home.catalogue.migrate()
    return home
