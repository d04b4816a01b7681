"""Decides what is read of an OFD's ZIP and of the XML in it: within caps, and nothing that XML could fetch or unfold.

No entity is resolved, no DTD is allowed, nothing comes from outside the package; depth is bounded by libxml2.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from index.domain.errors import BadScan

MOST_ENTRIES = 50_000
#: Bytes of one XML file, of any other entry, and of everything that is read for one page.
MOST_XML = 24 * 2**20
MOST_BYTES = 256 * 2**20
MOST_READ = 512 * 2**20
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)

Element = Any


class Package:
    """The entries of an OFD, by their place; places are compared without case, and with any slash."""

    def __init__(self, source: str | bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source)
        except _BROKEN as error:
            raise damaged(f"{type(error).__name__}: {error}") from error
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise damaged("too many entries")
        if any(entry.flag_bits & 1 for entry in entries):
            raise BadScan("encrypted-file")
        self._entries = {_plain(entry.filename): entry for entry in entries}
        self._read = 0

    def close(self) -> None:
        self._zip.close()

    def begin(self) -> None:
        """What may be read is counted anew for each page."""
        self._read = 0

    def __contains__(self, place: str) -> bool:
        return _plain(place) in self._entries

    def names(self) -> Iterator[str]:
        return iter(self._entries)

    def content(self, place: str, most: int = MOST_BYTES) -> bytes:
        """The bytes of an entry; raises BadScan("damaged-file") where there is none, or it is too long or broken."""
        entry = self._entries.get(_plain(place))
        if entry is None:
            raise damaged(f"{place}: missing")
        self._read += entry.file_size
        if entry.file_size > most or self._read > MOST_READ:
            raise damaged(f"{place}: {entry.file_size} bytes")
        try:
            return self._zip.read(entry)
        except _BROKEN as error:
            raise damaged(f"{place}: {error}") from error

    def xml(self, place: str) -> Element:
        """The root element of an entry. Raises BadScan("damaged-file")."""
        content = self.content(place, MOST_XML)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise damaged(f"{place}: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise damaged(f"{place}: it has a DTD")
        return root


def damaged(problem: str) -> BadScan:
    return BadScan("damaged-file", problem=f"OFD: {problem}"[:300])


def _plain(place: str) -> str:
    """A place as it is compared: from the root, no dots, no case. What points out of the package stays inside."""
    return posixpath.normpath("/" + place.replace("\\", "/")).lstrip("/").lower()


def beside(place: str, said: str) -> str:
    """What `said` in the file at `place` points at: from the root with a slash, else from the file's folder."""
    said = said.strip().replace("\\", "/")
    return said if said.startswith("/") else posixpath.join(posixpath.dirname(place), said)


# -- elements, whatever namespace their writer believes in -------------------------------------------


def name_of(element: Element) -> str:
    """The name without its namespace; "" for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, of all names when none is given."""
    return (one for one in element if (name_of(one) in names if names else name_of(one)))


def child(element: Element, *path: str) -> Element | None:
    """The first child of this name, and of the next name in that."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def text_of(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def said(element: Element, *path: str) -> str:
    """The text of a child, "" without one."""
    return text_of(child(element, *path))
