from __future__ import annotations

import pytest
from PIL import Image

from index.domain.reading import Script
from ingest.engines.judging import Upright, judge, looked_at
from ingest.engines.port import Arrangement, EngineReading, OcrEngine
from tests.fakes.ingest.engines.scripted import ScriptedEngine, line, reading
from tests.fakes.ingest.imaging.written import written

HANS, HANT, LATIN = Script.HANS, Script.HANT, Script.LATIN
BAND, WHOLE = Arrangement.BAND, Arrangement.COLUMN


def sure(confidence: float, word: str = "人生") -> EngineReading:
    return reading(line(*[word] * 20, confidence=confidence))


@pytest.fixture(scope="module")
def upright() -> Upright:
    return looked_at(written(620, 877), 75, None)


def test_an_expected_script_that_reads_well_costs_one_run(upright: Upright) -> None:
    engine = ScriptedEngine({HANT: sure(0.92)})
    assert judge(upright, HANT, engine).script is HANT
    assert engine.asked == [(HANT, WHOLE)]


def test_a_certain_band_needs_no_second_script(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.95)})
    assert judge(upright, None, engine).script is HANS
    assert engine.asked == [(HANS, BAND), (HANS, WHOLE)]


def test_an_uncertain_band_is_tried_in_both_scripts(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.85), HANT: sure(0.91)})
    assert judge(upright, None, engine).script is HANT
    assert engine.asked == [(HANS, BAND), (HANT, BAND), (HANT, WHOLE)]


def test_a_doubtful_expectation_is_tried_again_and_given_up(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.70), HANT: sure(0.91)})
    assert judge(upright, HANS, engine).script is HANT
    assert engine.asked == [(HANS, WHOLE), (HANS, BAND), (HANT, BAND), (HANT, WHOLE)]


def test_a_doubtful_expectation_that_was_right_is_not_read_twice(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.80), HANT: sure(0.70)})
    assert judge(upright, HANS, engine).reading.confidence == pytest.approx(0.80)
    assert engine.asked.count((HANS, WHOLE)) == 1


def test_a_page_of_latin_letters_is_read_as_latin(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.94, "agreement"), LATIN: sure(0.95, "agreement")})
    assert judge(upright, None, engine).script is LATIN


class TurnedEngine(ScriptedEngine):
    """Reads well only what has been turned by half since the first look."""

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        answer = super().read(image, dpi, script, arrangement)
        return answer if len(self.asked) > 1 else sure(0.17)


def test_what_reads_as_rubbish_is_tried_upside_down(upright: Upright) -> None:
    engine: OcrEngine = TurnedEngine({HANS: sure(0.95)})
    judged = judge(upright, None, engine)
    assert judged.upright.turned == 2
    assert judged.upright.page.tobytes() == upright.page.transpose(Image.Transpose.ROTATE_180).tobytes()


def test_what_reads_as_rubbish_either_way_asks_the_orientation_test(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: sure(0.2), HANT: sure(0.2)}, turns=3)
    judged = judge(upright, None, engine)
    assert judged.upright.turned == 3
    assert judged.upright.page.size == (877, 620)


def test_a_picture_without_words_stays_as_it_is(upright: Upright) -> None:
    engine = ScriptedEngine({HANS: reading(), HANT: reading()})
    assert judge(upright, None, engine).upright.turned == 0


@pytest.mark.parametrize(
    ("turn", "expected", "first"),
    [
        (None, None, 0),
        (None, 2, 2),
        (None, 1, 0),
        (Image.Transpose.ROTATE_90, None, 1),
        (Image.Transpose.ROTATE_90, 3, 3),
        (Image.Transpose.ROTATE_90, 0, 1),
    ],
)
def test_the_batchs_turn_is_believed_unless_the_lines_run_across_it(
    turn: Image.Transpose | None, expected: int | None, first: int
) -> None:
    page = written(620, 877)
    assert looked_at(page.transpose(turn) if turn is not None else page, 75, expected).turned == first
