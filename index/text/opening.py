"""Decides which engine holds the full text of a home: one in a folder of its own, or the server that is set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from index.domain.errors import WrongUse
from index.ports import TextIndex

#: The variable that may hold the password of the server, instead of a file.
PASSWORD = "MUNIMENT_TEXT_PASSWORD"


def open_text(engine: str, folder: Path, address: str, password: str) -> TextIndex:
    """The index that the setting names; loads the client of that engine alone, and asks no server yet."""
    if engine == "postgresql":
        from index.text.postgresql.adapter import PostgresIndex

        return PostgresIndex(address, password)
    if engine == "opensearch":
        from index.text.opensearch.adapter import OpenSearchIndex

        return OpenSearchIndex(address, password)
    from index.text.stock.adapter import WhooshIndex

    return WhooshIndex(folder)


def open_shards(folder: Path, fonds_pages: int, shard_pages: int, processes: int) -> TextIndex:
    """The fast index, in shards. Whoosh is loaded here, by those who search or write, not by the watcher."""
    from index.text.shards.adapter import ShardedIndex
    from index.text.shards.shares import Sizes

    return ShardedIndex(folder, Sizes(fonds_pages, shard_pages), processes)


def password_in(file: str, environment: Mapping[str, str] = os.environ) -> str:
    """The password that the variable or else the file holds; empty where neither is named.

    Raises WrongUse("bad-setting") for a file that is not there, or that anybody but its owner can read.
    """
    if password := environment.get(PASSWORD):
        return password
    if not file:
        return ""
    try:
        shut = not Path(file).stat().st_mode & 0o077
        problem = "" if shut else f"chmod 600 {file}"
        held = Path(file).read_text(encoding="utf-8").strip() if shut else ""
    except (OSError, UnicodeDecodeError) as error:
        problem, held = str(error), ""
    if problem:
        raise WrongUse("bad-setting", file="settings.toml", key="text.password_file", problem=problem)
    return held
