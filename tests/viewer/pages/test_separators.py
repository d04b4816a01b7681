"""Separator and cover sheets are printed from a form; what cannot be printed is told, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from httpx2 import Response

from index.domain.separators import Cover, cover_of
from ingest.imaging.signs import sign_on
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room


def post(held: Room, enter: Enter, who: str = "archivist", **typed: str) -> Response:
    client = enter(who)
    page = client.get("/separators").text
    token = page.partition('name="csrf" content="')[2].partition('"')[0]
    return client.post("/separators", data={"csrf": token, **typed})


def covers(answer: Response) -> list[Cover | None]:
    """What the codes of the printed sheets say, read as a scanner would."""
    printed = pypdfium2.PdfDocument(answer.content)
    signs = [sign_on(page.render(scale=150 / 72).to_pil(), 150) for page in printed]
    printed.close()
    return [cover_of(sign) for sign in signs]


def test_plain_separators(held: Room, enter: Enter) -> None:
    answer = post(held, enter, count="3")
    assert answer.headers["content-type"] == "application/pdf"
    assert covers(answer) == [Cover()] * 3


def test_a_cover_for_each_line_as_it_comes_from_a_spreadsheet(held: Room, enter: Enter) -> None:
    lines = "会议纪要\tJ101-WS·2024-Y-0001\t12\n\n年度总结\r\n"
    answer = post(held, enter, fonds="J101", series="school/WS·XZ", lines=lines)
    said = Cover("J101", "school", "WS·XZ", by="archivist")
    assert covers(answer) == [
        replace(said, title="会议纪要", reference_code="J101-WS·2024-Y-0001", pages=12),
        replace(said, title="年度总结"),
    ]


def test_the_words_of_a_cover_stand_beneath_its_code(held: Room, enter: Enter) -> None:
    printed = pypdfium2.PdfDocument(post(held, enter, fonds="J101", lines="会议纪要").content)
    words = printed[0].get_textpage().get_text_range()
    printed.close()
    assert "封面页" in words and "第一实验小学" in words and "会议纪要" in words and "archivist" in words


@pytest.mark.parametrize(
    "typed",
    [
        {"fonds": "X999"},
        {"series": "school/XX"},
        {"count": "0"},
        {"count": "201"},
        {"lines": "题名\t\t十二"},
        {"lines": "题" * 400},
        {"lines": "甲\n" * 201},
    ],
)
def test_what_cannot_be_printed_comes_back_as_it_was_typed(held: Room, enter: Enter, typed: dict[str, str]) -> None:
    answer = post(held, enter, **typed)
    assert answer.status_code in (400, 404) and 'role="alert"' in answer.text
    assert typed.get("lines", "").strip() in answer.text


def test_printing_is_journalled(held: Room, enter: Enter) -> None:
    post(held, enter, count="2")
    with held.home.catalogue.reading() as work:
        (event,) = work.journal.of("separators")
    assert (event.actor, event.verb, event.details["sheets"]) == ("archivist", "separators-printed", 2)


@pytest.mark.parametrize("who", ["reader", "administrator"])
def test_only_who_captures_prints_them(enter: Enter, who: str) -> None:
    assert enter(who).get("/separators").status_code == 403
    assert enter(who).get("/profiles").status_code == 403
