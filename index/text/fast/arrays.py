"""Decides how named arrays lie in a file: one behind the other, mapped and not read, a table of them at the end."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"MUNARR01"
_ALIGNED = 64


class Out(Protocol):
    def write(self, content: Any) -> object:
        """Append these bytes."""


class ArrayWriter:
    """Writes arrays into `out`, each whole or in portions, so that none has to be in memory at once."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._at = 0
        self._table: dict[str, tuple[str, int, int]] = {}
        self._put(_MAGIC)

    def put(self, name: str, array: Array) -> None:
        self.stream(name, array.dtype, (array,))

    def stream(self, name: str, dtype: Any, portions: Iterable[Array]) -> None:
        """One array in portions, all of this type."""
        self._put(bytes(-self._at % _ALIGNED))
        kind, begins = np.dtype(dtype).newbyteorder("<"), self._at
        for portion in portions:
            self._put(np.ascontiguousarray(portion, kind).data)
        self._table[name] = (kind.str, begins, (self._at - begins) // kind.itemsize)

    def close(self) -> None:
        table = json.dumps(self._table).encode("ascii")
        self._put(table)
        self._put(len(table).to_bytes(8, "little") + _MAGIC)

    def _put(self, content: Any) -> None:
        self._out.write(content)
        self._at += memoryview(content).nbytes


@dataclass(frozen=True, slots=True)
class Mapped:
    """The arrays of a file by name, read-only; they hold the file open."""

    arrays: Mapping[str, Array]
    content: mmap.mmap

    def ease(self) -> None:
        """Have none of it in this process; what is read again comes from the cache of the disk."""
        self.content.madvise(mmap.MADV_DONTNEED)


def mapped(path: Path) -> Mapped:
    """Raises ValueError, KeyError, TypeError if it is damaged."""
    with path.open("rb") as stream:
        content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    tail = len(content) - len(_MAGIC)
    if content[: len(_MAGIC)] != _MAGIC or content[tail:] != _MAGIC:
        raise ValueError(f"{path.name} is no file of arrays")
    begins = tail - 8 - int.from_bytes(content[tail - 8 : tail], "little")
    table = json.loads(content[begins : tail - 8])
    arrays = {
        name: np.frombuffer(content, np.dtype(kind), count, offset) for name, (kind, offset, count) in table.items()
    }
    return Mapped(arrays, content)
