"""Decides where an item's access copy lies, and whether it still is one: its name says what it was made of.

Who asks for a copy and who makes it look at the same place. A page read anew, a description corrected, a page put
elsewhere give another name, so that a copy which lags behind is never handed out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.domain.errors import MunimentError
from index.domain.holdings import Item, Page, PageState

#: Raised when copies are made in another way, so that all are made anew.
EDITION = 1


@dataclass(frozen=True, slots=True)
class AccessCopy:
    """The place of an item's copy, in the folder of what was made from the item."""

    folder: Path
    key: str

    @property
    def pdf(self) -> Path:
        """There once it is made, and whole."""
        return self.folder / f"copy-{self.key}.pdf"

    @property
    def refusal(self) -> Path:
        """There when it could not be made."""
        return self.folder / f"copy-{self.key}.refused"

    def refuse(self, error: MunimentError) -> None:
        """Keep why it could not be made, for whoever waits."""
        details = {name: str(value) for name, value in error.details.items()}
        self.refusal.write_text(json.dumps([error.code, details]), encoding="utf-8")

    def refused(self) -> MunimentError | None:
        """Why it could not be made, told once: whoever asks again has it tried again."""
        if not self.refusal.exists():
            return None
        code, details = json.loads(self.refusal.read_text(encoding="utf-8"))
        self.refusal.unlink(missing_ok=True)
        return MunimentError(code, **details)

    def outlived(self) -> Sequence[Path]:
        """Copies of the item as it was before."""
        return [path for path in self.folder.glob("copy-*") if path not in (self.pdf, self.refusal)]


def copy_of(folder: Path, item: Item, pages: Sequence[Page]) -> AccessCopy:
    """Where the copy of `item` lies, made of its `pages` as they stand; `folder` is that of what was made from it."""
    leaves = [(page.id, page.version, page.frame, page.part, page.turned, page.key) for page in pages]
    made_of = json.dumps([EDITION, item.id, item.version, leaves])
    return AccessCopy(folder, hashlib.sha256(made_of.encode()).hexdigest()[:20])


def can_be_copied(pages: Sequence[Page]) -> bool:
    """Whether every page has been read."""
    return bool(pages) and all(page.state is PageState.READ for page in pages)
