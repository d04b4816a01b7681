"""Decides what the table holds of a page: its stamps, its folded text, and the pairs by which rows are narrowed down.

A pair is a number made of two neighbouring characters, a single character a negative one. Two pairs may share a
number: the text itself is looked at in every row that the pairs leave. A row's digest tells when it was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from psycopg import sql

from index.domain.folding import folded
from index.ports import PageText
from index.text.batching import last_of_each
from index.text.days import latest
from index.text.marked import BORDER, joined, marked, plain

SCHEMA = "muniment_text"
#: Column -> type, in the order of a row. Collation "C" compares bytes, which is what sorts the same everywhere.
COLUMNS = {
    "page_id": 'text COLLATE "C" PRIMARY KEY',
    "item_id": 'text COLLATE "C" NOT NULL',
    "version": "bigint NOT NULL",
    "fonds": 'text COLLATE "C" NOT NULL',
    "series": 'text COLLATE "C" NOT NULL',
    "year": 'text COLLATE "C" NOT NULL',
    "retention": 'text COLLATE "C" NOT NULL',
    "marking": 'text COLLATE "C" NOT NULL',
    "language": 'text COLLATE "C" NOT NULL',
    "date": 'text COLLATE "C" NOT NULL',
    "latest": 'text COLLATE "C" NOT NULL',  # the last day that the date can mean
    "filed": "boolean NOT NULL",
    "leads": "boolean NOT NULL",
    "sorted_code": 'text COLLATE "C" NOT NULL',
    "title": 'text COLLATE "C" NOT NULL',
    "document_number": 'text COLLATE "C" NOT NULL',
    "creator": 'text COLLATE "C" NOT NULL',
    "code": 'text COLLATE "C" NOT NULL',
    "described": 'text COLLATE "C" NOT NULL',  # these four, for a page that leads its item
    "page": 'text COLLATE "C" NOT NULL',  # seals and text
    "pairs": "integer[] NOT NULL",
    "digest": 'text COLLATE "C" NOT NULL',
}
_DIGESTED = [column for column in COLUMNS if column != "digest"]
_SHIFT, _MOST = 65_599, 0x7FFF_FFFF

Row = tuple[str, ...]


def made(table: str) -> sql.Composed:
    """Make the table. Rows up to 8 kB stay whole: most pages are read without a second look elsewhere."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in COLUMNS.items()
    )
    return sql.SQL("CREATE TABLE {} ({}) WITH (toast_tuple_target = 8160)").format(named(table), columns)


def indexed(table: str) -> sql.Composed:
    return sql.SQL("CREATE INDEX ON {} USING gin (pairs)").format(named(table))


def named(table: str) -> sql.Identifier:
    return sql.Identifier(SCHEMA, table)


def copied(table: str) -> sql.Composed:
    """Take rows from the client."""
    return sql.SQL("COPY {} FROM STDIN").format(named(table))


def row(page: PageText) -> Row:
    """The page as text for COPY."""
    code = [marked(folded(one).text) for one in page.code.split("\n")]
    title, number, creator = (marked(folded(said).text) for said in (page.title, page.document_number, page.creator))
    described = joined((title, number, creator, *code))
    text = joined(marked(folded(part).text) for part in (page.seals, page.text) if part)
    stamps = (page.fonds, page.series, page.date[:4], page.retention, page.marking, page.language, page.date)
    values = (
        *(plain(said) for said in (page.page_id, page.item_id, str(page.version), *stamps, latest(page.date))),
        *("ft"[flag] for flag in (page.filed, page.leads)),
        *(
            plain(folded(page.code.split("\n", 1)[0]).text),
            title,
            number,
            creator,
            joined(code),
            described * page.leads,
            text,
        ),
        f"{{{','.join(map(str, sorted(pairs(joined((described, text))))))}}}",
    )
    return (*values, digest(values))


def pairs(text: str) -> set[int]:
    """The numbers of every pair and of every character of a marked text."""
    codes = [ord(character) for character in text]
    border = ord(BORDER)
    found = {(one * _SHIFT + other) & _MOST for one, other in pairwise(codes)}
    return found | {-code for code in set(codes) - {border}}


def sought(text: str) -> list[int]:
    """The numbers that a page must have that holds this stretch of marked text."""
    return sorted(number for number in pairs(text) if number >= 0 or len(text) == 1)


def digest(values: Iterable[str]) -> str:
    return hashlib.sha256(BORDER.join(values).encode()).hexdigest()


def changed(table: str) -> sql.Composed:
    """The ids of rows that are no longer as they were written."""
    kept = sql.SQL(", ").join(map(sql.Identifier, _DIGESTED))
    written = sql.SQL("encode(sha256(convert_to(concat_ws({}, {}), 'UTF8')), 'hex')").format(BORDER, kept)
    return sql.SQL("SELECT page_id FROM {} WHERE digest <> {} ORDER BY page_id").format(named(table), written)


def rows(pages: Sequence[PageText]) -> Iterator[Row]:
    """A row for each page; of one given twice the last counts."""
    return map(row, last_of_each(pages))
