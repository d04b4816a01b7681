"""Decides what counts as a damaged index: whatever Whoosh stumbles over when its files are not as it wrote them.

Whoosh has no checksum, so a flipped byte shows as almost any error of unpickling, unzipping or counting.
"""

from __future__ import annotations

import errno
import pickle
import struct
import zlib
from types import TracebackType

from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from index.domain.errors import DiskFull, Passing

_SIGNS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    FileFormatError,
    ImportError,
    LookupError,
    MemoryError,
    OSError,
    ReadTooFar,
    TermNotFound,
    TypeError,
    ValueError,
    WhooshIndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)


class ToldAsDamage:
    """Around what touches Whoosh's files: raises Passing("index-damaged"), or DiskFull when that is all it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull("disk-full") from error
        # Whoosh raises bare Exception("Block tag error ...") among others.
        if isinstance(error, _SIGNS) or kind is Exception:
            raise Passing("index-damaged", problem=repr(error)) from error
