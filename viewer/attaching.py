"""Decides how a file that leaves is called: by its record's reference code, in letters that every system takes."""

from __future__ import annotations

from urllib.parse import quote

from index.domain.holdings import Item


def attachment(name: str) -> str:
    """A Content-Disposition: a name in ASCII for old browsers, the real one by RFC 5987."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_name(item: Item, suffix: str, page: int | None = None) -> str:
    """The reference code, else the id; with the page's number where it is one page. No path is ever in it."""
    code = "".join("_" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in item.reference_code or item.id)
    return f"{code}-{page:04}{suffix}" if page is not None else f"{code}{suffix}"
