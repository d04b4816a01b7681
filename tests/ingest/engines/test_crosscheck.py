"""A second engine is shown the doubtful lines only, and what it reads of them becomes an opinion, never the text."""

from __future__ import annotations

import pytest
from PIL import Image

from index.domain.reading import Script
from ingest.engines.calibration import Opinion
from ingest.engines.crosscheck import MOST_LINES, opinions
from ingest.engines.port import Arrangement, EngineReading, Line, Seen
from tests.fakes.ingest.engines.scripted import ScriptedEngine, line, reading

PAGE = Image.new("L", (400, 600), 255)


def doubtful(text: str, top: float) -> Line:
    """Characters of 20 x 20 pixels, each of them unsure."""
    return tuple(Seen(sign, 10.0 + 22 * at, top, 20.0, 20.0, 0.5) for at, sign in enumerate(text))


def heard(text: str, top: float) -> EngineReading:
    return EngineReading((tuple(Seen(sign, 10.0 + 22 * at, top, 20.0, 20.0, 0.9) for at, sign in enumerate(text)),))


def test_a_sure_page_asks_nobody() -> None:
    other = ScriptedEngine({Script.HANS: reading(line("不会问到"))})
    assert opinions(reading(line("合同", confidence=0.99)), PAGE, 200, Script.HANS, other) == {}
    assert other.asked == []


def test_doubtful_lines_are_read_alone_and_compared_sign_by_sign() -> None:
    ours = EngineReading((line("第一行", confidence=0.99), doubtful("劳动合同", 100)))
    other = ScriptedEngine({Script.HANS: heard("劳勤合同", 12)})
    said = opinions(ours, PAGE, 200, Script.HANS, other)
    assert [said[1, at] for at in range(4)] == [Opinion.AGREED, Opinion.DIFFERED, Opinion.AGREED, Opinion.AGREED]
    assert (0, 0) not in said
    assert other.asked == [(Script.HANS, Arrangement.BAND)]


def test_script_and_width_of_a_sign_do_not_matter() -> None:
    ours = EngineReading((doubtful("檔案(1)", 100),))
    said = opinions(ours, PAGE, 200, Script.HANT, ScriptedEngine({Script.HANT: heard("档案（１）", 12)}))
    assert set(said.values()) == {Opinion.AGREED}


def test_an_engine_that_reads_nothing_differs() -> None:
    said = opinions(
        EngineReading((doubtful("合同", 9),)), PAGE, 200, Script.HANS, ScriptedEngine({Script.HANS: reading()})
    )
    assert set(said.values()) == {Opinion.DIFFERED}


@pytest.mark.parametrize("count", [1, MOST_LINES, MOST_LINES + 5])
def test_a_bad_page_is_not_read_twice(count: int) -> None:
    ours = EngineReading(tuple(doubtful("合", 20.0 * at) for at in range(count)))
    said = opinions(ours, PAGE, 200, Script.HANS, ScriptedEngine({Script.HANS: reading()}))
    assert len({row for row, _ in said}) == min(count, MOST_LINES)
