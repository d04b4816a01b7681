from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.self_made import made_title
from tests.fakes.ingest.finders.readings import page


@pytest.mark.parametrize(
    ("lines", "creator", "title"),
    [
        (("青石小学:", "您好!我已到校报到。"), "贺兰", "[贺兰致青石小学的信]"),
        (("尊敬的方校长:", "您好!"), "", "[致方校长的信]"),
        (("青石县實驗小學：", "來信收悉。"), "青石书局", "[青石书局致青石县實驗小學的信]"),
        (("今借到财务科现金伍佰元整。",), "魏长河", "[魏长河的借条]"),
        (("今收到", "投标保证金壹万元整。"), "", "[收条]"),
        (("现将有关情况说明如下:", "一、数字有误。"), "方敏", None),
        (("门前合影,前排左三为老校长。",), "", None),
    ],
)
def test_letters_and_slips_are_called_by_who_wrote_them(
    lines: tuple[str, ...], creator: str, title: str | None
) -> None:
    assert made_title(Paper.of([page(*lines)]), creator) == title
