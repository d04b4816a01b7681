"""What changed between two versions of a contents list is told document by document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.domain.arranging.contents import ContentsLine, ContentsList
from index.domain.arranging.versions import Kind, changes, versions

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def line(name: str, **fields: object) -> ContentsLine:
    made = ContentsLine(name, f"J101-RS-{name}", "", "人事科", f"{name}的材料", "20240305", 1, 2, "")
    return replace(made, **fields)  # type: ignore[arg-type]


A, B, C, D = (line(name) for name in "ABCD")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((), (A, B), [("came", "A"), ("came", "B")]),
        ((A, B), (A, B), []),
        ((A, C), (A, B, C), [("came", "B")]),
        ((A, B, C), (A, C), [("left", "B")]),
        ((A, B, C, D), (D, A, B, C), [("moved", "D")]),
        ((A, B, C, D), (A, C, D, B), [("moved", "B")]),
        ((A, B), (replace(A, first_page=3), B), []),
        ((A, B), (B, replace(A, title="甲", pages=3)), [("says", "A"), ("moved", "B")]),
    ],
)
def test_what_changed(
    before: tuple[ContentsLine, ...], after: tuple[ContentsLine, ...], told: list[tuple[str, str]]
) -> None:
    assert sorted((one.kind.value, one.line.item_id) for one in changes(before, after)) == sorted(told)


def test_what_a_line_says_is_told_with_what_it_said_before() -> None:
    (one,) = changes((A,), (replace(A, title="甲的材料", pages=3),))
    assert one.fields == (("title", "A的材料", "甲的材料"), ("pages", "2", "3"))


def test_each_version_is_compared_with_the_one_before() -> None:
    lists = [ContentsList("f", n, AT, "archivist", "filed", lines) for n, lines in enumerate([(A,), (A, B), (B,)], 1)]
    counted = [(one.count(Kind.CAME), one.count(Kind.LEFT)) for one in versions(lists)]
    assert counted == [(1, 0), (1, 0), (0, 1)]
