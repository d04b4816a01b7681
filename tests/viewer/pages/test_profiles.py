"""The page of naming profiles shows how names would group, and changes nothing."""

from __future__ import annotations

import html
import os
import tomllib

import pytest

from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room


def tried(enter: Enter, **typed: str) -> tuple[int, str]:
    client = enter("archivist")
    token = client.get("/profiles").text.partition('name="csrf" content="')[2].partition('"')[0]
    answer = client.post("/profiles", data={"csrf": token, **typed})
    return answer.status_code, answer.text


def test_pasted_names_are_grouped_in_order(enter: Enter) -> None:
    status, page = tried(enter, profile="name_page", names="合同_2.jpg\nD:\\扫描\\合同_1.jpg\n说明.txt\n")
    assert status == 200 and "1 件" in page
    assert page.index("合同_1.jpg · 合同_2.jpg") and "1 个不符合规则" in page


def test_what_lies_in_a_folder_is_grouped(held: Room, enter: Enter) -> None:
    folder = held.home.folder("drop") / "J101" / "双面"
    folder.mkdir(parents=True)
    for name in ("卷_front.pdf", "卷_back.pdf"):
        (folder / name).write_bytes(b"")
    (folder / "子").mkdir()
    status, page = tried(enter, profile="fronts-backs", folder="J101/双面")
    assert status == 200 and page.index("卷_front.pdf") < page.index("卷_back.pdf") and "末页在前" in page
    assert sorted(os.listdir(folder)) == ["卷_back.pdf", "卷_front.pdf", "子"]


@pytest.mark.parametrize("folder", ["..", "../vault", "/etc", "J101/../../vault", "J101/无"])
def test_no_other_folder_is_looked_into(enter: Enter, folder: str) -> None:
    status, page = tried(enter, profile="{name}", folder=folder)
    assert status == 200 and "没有文件名符合此规则" in page


@pytest.mark.parametrize("pattern", ["{nom}", "(a+)+$", "{name}{code}"])
def test_a_pattern_that_is_none_is_told(enter: Enter, pattern: str) -> None:
    status, page = tried(enter, profile=pattern, names="a_1.jpg")
    assert status == 422 and "命名规则" in page and 'role="alert"' in page


def test_what_is_set_is_shown(held: Room, enter: Enter) -> None:
    told = held.home.settings.model_copy(update={"profiles": {"J101/合同": "name_page"}})
    vars(held.home)["settings"] = told
    page = enter("archivist").get("/profiles").text
    assert "J101/合同" in page.partition("已设定")[2].partition("<pre")[0]


@pytest.mark.parametrize(
    ("typed", "profiles"),
    [
        ({"profile": "fronts-backs", "folder": 'J101/双"面'}, {'J101/双"面': "fronts-backs"}),
        ({"profile": "{name}-{page}", "names": "合同-1.jpg"}, {"J101/合同": "{name}-{page}"}),
        ({"profile": "{name}-{page}", "names": "无.jpg"}, {"J101/合同": "name_page"}),
    ],
    ids=["a folder", "pasted names", "nothing fits"],
)
def test_what_was_tried_is_shown_as_the_lines_to_set(
    held: Room, enter: Enter, typed: dict[str, str], profiles: dict[str, str]
) -> None:
    folder = held.home.folder("drop") / "J101" / '双"面'
    folder.mkdir(parents=True)
    for name in ("卷_front.pdf", "卷_back.pdf"):
        (folder / name).write_bytes(b"")
    _, page = tried(enter, **typed)
    lines = html.unescape(page.partition('<pre class="pattern">')[2].partition("</pre>")[0])
    assert tomllib.loads(lines) == {"profiles": profiles}
