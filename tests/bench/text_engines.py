"""Decides how other engines are asked the same as ours: folded pairs, made beforehand, as words between blanks."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import tantivy

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Query
from index.ports import PageText, Search
from index.text.fast.adapter import FastIndex
from tests.bench.text_corpus import Asked

BATCH = 1_000
SHOWN = 20
_ALL = Permit(frozenset(Marking), unfiled=True)
_OPEN = Permit(frozenset({Marking.OPEN}))
#: SQLite's tokenizer parts words at ASCII signs.
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}


class Engine(Protocol):
    def write(self, pages: Sequence[PageText], pairs: Sequence[str]) -> None:
        """One commit; `pairs` is what each page says, made beforehand."""

    def settle(self) -> None:
        """Merge what has gathered."""

    def ask(self, asked: Asked) -> tuple[int, list[str]]:
        """How many pages answer, -1 where that was not asked for, and the ids of the first."""

    def close(self) -> None:
        """Let go of all files."""


def pairs_of(text: str) -> str:
    """Every two neighbouring characters, and the last alone, between blanks."""
    joined = text.replace(" ", "▁").translate(_WIDE)
    return " ".join(map("".join, zip(joined, (*joined[1:], ""), strict=True)))


def covering(word: str) -> list[str | tuple[int, str]]:
    """As few pairs as prove a word, each with its place in it."""
    places = [*range(0, len(word) - 1, 2)]
    if len(word) % 2:
        places.append(len(word) - 2)
    return [(place, word[place : place + 2]) for place in places]


class Ours:
    def __init__(self, folder: Path) -> None:
        self._index = FastIndex(folder)

    def write(self, pages: Sequence[PageText], pairs: Sequence[str]) -> None:
        self._index.add(pages)

    def settle(self) -> None:
        while self._index.tidy():
            pass

    def ask(self, asked: Asked) -> tuple[int, list[str]]:
        permit = _OPEN if asked.open_only else _ALL
        found = self._index.search(Search(Query(asked.tree), permit, sort=asked.sort, facets=asked.facets, limit=SHOWN))
        return found.total, [hit.page_id for hit in found.hits]

    def close(self) -> None:
        self._index.close()


class Tantivy:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        made = tantivy.SchemaBuilder()
        made.add_text_field("id", stored=True, tokenizer_name="raw")
        made.add_text_field("fonds", fast=True, tokenizer_name="raw")
        made.add_unsigned_field("date", indexed=True, fast=True)
        made.add_text_field("marking", tokenizer_name="raw")
        made.add_text_field("text", tokenizer_name="whitespace", index_option="position")
        self._schema = made.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer: Any = None
        self._searcher: Any = None

    def write(self, pages: Sequence[PageText], pairs: Sequence[str]) -> None:
        self._writer = self._writer or self._index.writer(heap_size=128_000_000, num_threads=1)
        for page, said in zip(pages, pairs, strict=True):
            self._writer.delete_documents("id", page.page_id)
            document = tantivy.Document()
            document.add_text("id", page.page_id)
            document.add_text("fonds", page.fonds)
            document.add_unsigned("date", int(page.date or 0))
            document.add_text("marking", page.marking)
            document.add_text("text", said)
            self._writer.add_document(document)
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def settle(self) -> None:
        self._writer.wait_merging_threads()
        self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, asked: Asked) -> tuple[int, list[str]]:
        query = self._query(asked)
        if asked.by_fonds:
            self._searcher.aggregate(query, {"fonds": {"terms": {"field": "fonds", "size": 100}}})
        order = {"order_by_field": "date"} if asked.newest else {}
        found = self._searcher.search(query, limit=SHOWN, **order)
        return found.count, [self._searcher.doc(at)["id"][0] for _, at in found.hits]

    def _query(self, asked: Asked) -> Any:
        of = tantivy.Query
        occur = tantivy.Occur.Should if asked.any else tantivy.Occur.Must
        words = [(occur, self._word(word)) for word in asked.words]
        query = words[0][1] if len(words) == 1 else of.boolean_query(words)
        narrowed = [(tantivy.Occur.Must, query)]
        if any(asked.days):
            first, last = map(int, asked.days)
            days = of.range_query(self._schema, "date", tantivy.FieldType.Unsigned, first, last)
            narrowed.append((tantivy.Occur.Must, of.const_score_query(days, 0)))
        if asked.open_only:
            marking = of.term_query(self._schema, "marking", "open")
            narrowed.append((tantivy.Occur.Must, of.const_score_query(marking, 0)))
        return of.boolean_query(narrowed) if len(narrowed) > 1 else query

    def _word(self, word: str) -> Any:
        if len(word) == 1:
            return tantivy.Query.regex_query(self._schema, "text", f"{word}.?")
        if len(word) == 2:
            return tantivy.Query.term_query(self._schema, "text", word)
        return tantivy.Query.phrase_query(self._schema, "text", covering(word))

    def close(self) -> None:
        self._writer = self._searcher = None


class Fts5:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._base = sqlite3.connect(folder / "fts.db")
        self._base.executescript(
            """CREATE VIRTUAL TABLE text USING fts5(said, content='', tokenize='ascii');
            CREATE TABLE page (n INTEGER PRIMARY KEY, id TEXT, fonds TEXT, date TEXT, marking TEXT);"""
        )
        self._pages = 0

    def write(self, pages: Sequence[PageText], pairs: Sequence[str]) -> None:
        rows = range(self._pages, self._pages + len(pages))
        self._pages += len(pages)
        self._base.executemany("INSERT INTO text (rowid, said) VALUES (?, ?)", zip(rows, pairs, strict=True))
        stamps = [(n, page.page_id, page.fonds, page.date, page.marking) for n, page in zip(rows, pages, strict=True)]
        self._base.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?)", stamps)
        self._base.commit()

    def settle(self) -> None:
        self._base.execute("INSERT INTO text (text) VALUES ('optimize')")
        self._base.commit()

    def ask(self, asked: Asked) -> tuple[int, list[str]]:
        where, values = self._where(asked)
        tables = "text JOIN page ON page.n = text.rowid"
        if asked.by_fonds:
            self._base.execute(f"SELECT fonds, count(*) FROM {tables} WHERE {where} GROUP BY fonds", values).fetchall()
        order = "date DESC" if asked.newest else "rank"
        rows = self._base.execute(f"SELECT id FROM {tables} WHERE {where} ORDER BY {order} LIMIT {SHOWN}", values)
        return -1, [page_id for (page_id,) in rows]

    def _where(self, asked: Asked) -> tuple[str, list[str]]:
        joined = " OR " if asked.any else " AND "
        where, values = "text MATCH ?", [joined.join(map(_matching, asked.words))]
        if any(asked.days):
            where, values = f"{where} AND date BETWEEN ? AND ?", [*values, *asked.days]
        if asked.open_only:
            where = f"{where} AND marking = 'open'"
        return where, values

    def close(self) -> None:
        self._base.close()


def _matching(word: str) -> str:
    if len(word) == 1:
        return f'"{word}" *'
    return '"' + " ".join(word[at : at + 2] for at in range(len(word) - 1)) + '"'
