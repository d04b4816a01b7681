"""Stands for an OCR engine that says what the test wants it to say, and remembers what it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from index.domain.errors import EngineFailed
from index.domain.reading import Script
from ingest.engines.port import Arrangement, EngineReading, Seen


def line(*words: str, confidence: float = 0.95, top: float = 10.0) -> tuple[Seen, ...]:
    """Words of 20 x 10 pixels beside each other."""
    return tuple(Seen(word, 10.0 + 30 * place, top, 20.0, 10.0, confidence) for place, word in enumerate(words))


def reading(*lines: tuple[Seen, ...]) -> EngineReading:
    return EngineReading(lines)


@dataclass
class ScriptedEngine:
    """Answers by script, for whole pages otherwise than for bands where `whole` says so."""

    answers: dict[Script, EngineReading]
    whole: dict[Script, EngineReading] = field(default_factory=dict)
    turns: int | None = None
    asked: list[tuple[Script, Arrangement]] = field(default_factory=list)
    name: str = "scripted"

    def version(self) -> str:
        return "1"

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        self.asked.append((script, arrangement))
        if arrangement is not Arrangement.BAND and script in self.whole:
            return self.whole[script]
        return self.answers[script]

    @property
    def needs_script(self) -> bool:
        return True

    def turns_to_upright(self, image: Image.Image, dpi: int) -> int | None:
        return self.turns


class CrashingEngine(ScriptedEngine):
    def __init__(self) -> None:
        super().__init__({})

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        raise EngineFailed("engine-failed", problem="it crashed")
