"""Decides what those who look after the system see of it: counts and queues, never a record."""

from __future__ import annotations

from fastapi.responses import Response

from viewer import frame
from viewer.status import status
from viewer.visit import Here


def health(visit: Here) -> Response:
    notices = [one.words(visit.language) for one in visit.home.notices()]
    return frame.show(visit, "health.html", state=status(visit.home), notices=notices, packs=visit.home.packs)
