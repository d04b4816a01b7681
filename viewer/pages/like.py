"""Decides how pages like one are shown."""

from __future__ import annotations

from fastapi import Query
from fastapi.responses import Response

from viewer import alike, frame
from viewer.answering import restricted
from viewer.narrowing import series_title
from viewer.reading import note_reading, note_restricted
from viewer.visit import Here, Visit


def like(visit: Here, item_id: str, page: int = Query(1, ge=1)) -> Response:
    model, kin = found_like(visit, item_id, page)
    shown = {"answer": kin.answer, "model": model, "about": bool(kin.about), "series_title": series_title}
    return frame.show(visit, "like.html", **shown)


def found_like(visit: Visit, item_id: str, page: int) -> tuple[alike.Model, alike.Kin]:
    """The page with those that are like it; what is read by that is journalled."""
    with visit.home.catalogue.reading() as work:
        model = alike.model_of(work, visit.permit, item_id, page)
    note_reading(visit, model.item, model.page.number)
    kin = alike.like(visit.home, visit.permit, model)
    note_restricted(visit, f"≈ {model.item.reference_code or model.item.id}", restricted(kin.answer.hits))
    return model, kin
