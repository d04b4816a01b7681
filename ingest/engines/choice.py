"""Decides which engines there are, and which one a name in the settings means; each is loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from index.domain.errors import WrongUse
from ingest.engines.port import OcrEngine


def _rapid(seconds: float) -> OcrEngine:
    from ingest.engines.rapid import Rapid  # a second and 100 MB that Tesseract alone does not need

    return Rapid()


def _tesseract(seconds: float) -> OcrEngine:
    from ingest.engines.tesseract import Tesseract

    return Tesseract(seconds)


ENGINES: Mapping[str, Callable[[float], OcrEngine]] = {"auto": _rapid, "rapidocr": _rapid, "tesseract": _tesseract}


def engine_called(name: str, seconds: float) -> OcrEngine:
    """The engine of this name; one run may take `seconds`. Raises WrongUse("bad-setting")."""
    if name not in ENGINES:
        raise WrongUse("bad-setting", file="settings.toml", key="ocr.engine", problem=name)
    return ENGINES[name](seconds)


def other_than(engine: OcrEngine, seconds: float) -> OcrEngine:
    """The engine whose opinion is asked besides."""
    return engine_called("rapidocr" if engine.name == "tesseract" else "tesseract", seconds)
