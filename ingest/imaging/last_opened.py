"""Decides how long a document stays open: until another one is asked for.

Pages come one call after the other, mostly from one volume, whose directory of objects is dear to read. Files in the
vault are written once, so a path never means other bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Closeable(Protocol):
    def close(self) -> object: ...


Opened = TypeVar("Opened", bound=Closeable)


class LastOpened(Generic[Opened]):
    """Called with a path, gives the document there; one stays open."""

    def __init__(self, opening: Callable[[str], Opened]) -> None:
        self._opening = opening
        self._path = ""
        self._document: Opened | None = None

    def __call__(self, path: str) -> Opened:
        if self._document is None or self._path != path:
            self.let_go()
            self._document, self._path = self._opening(path), path
        return self._document

    def let_go(self) -> None:
        """Close what is open."""
        document, self._document = self._document, None
        if document is not None:
            document.close()
