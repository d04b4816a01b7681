"""Decides how an item is told in JSON: the ITEM of the interface, for the API and the command line alike."""

from __future__ import annotations

from index.domain.agents import each_creator, each_person
from index.domain.arranging.places import PlaceKind, address
from index.domain.arranging.stages import stage_of
from index.domain.description import Evidence, Value
from index.domain.holdings import Item
from index.ports import Work


def item_json(work: Work, item: Item, *, text: bool = False) -> dict[str, object]:
    """ITEM; `text` adds the pages' text joined by form feeds."""
    told: dict[str, object] = {
        "id": item.id,
        "reference_code": item.reference_code,
        "title": item.title,
        "fonds": work.fonds.get(item.fonds_id).code if item.fonds_id else None,
        "pack": item.value("pack"),
        "pack_version": item.pack_version,
        "pack_digest": item.pack_digest,
        "series": item.value("series"),
        "retention": item.value("retention") or "unset",
        "date": item.value("date") or None,
        "document_number": item.value("document_number"),
        "creator": item.value("creator"),
        "creators": list(each_creator(item.value("creator"))),
        "marking": item.value("marking"),
        "marking_scheme": item.value("marking_scheme"),
        "marking_term": item.value("marking_term"),
        "subject_key": item.value("subject_key"),
        "persons": [str(person) for person in each_person(item.value("persons"))],
        "keywords": [word for word in item.value("keywords").split("、") if word],
        "version_kind": item.value("version_kind"),
        "language": item.value("language"),
        "state": item.state,
        "stage": stage_of(item),
        "former_codes": list(work.codes.aliases(item.id)),
        "late": item.late,
        "volume": work.volumes.get(item.volume_id).reference_code if item.volume_id else "",
        "place": place_words(work, item),
        "pages": item.page_count,
        "confidence": round(item.confidence, 4),
        "why": [_why(name, value) for name, value in item.description.items()],
    }
    return {**told, "text": _text(work, item)} if text else told


def place_words(work: Work, item: Item) -> str:
    """Where it stands: numbers from the room down to the slot, or the name of the interim cabinet."""
    known = work.places.all() if item.location_id else {}
    location = known.get(item.location_id or "")
    if location is None:
        return ""
    slot = work.volumes.get(item.volume_id).slot if item.volume_id else ""
    return location.title if location.kind is PlaceKind.INTERIM else address(location, known, slot)


def _why(name: str, value: Value) -> dict[str, object]:
    return {
        "field": name,
        "value": value.value,
        "confidence": round(value.confidence, 4),
        "evidence": _evidence(value.evidence),
        "given_by": value.given_by,
    }


def _evidence(evidence: Evidence | None) -> dict[str, object] | None:
    if evidence is None:
        return None
    box = evidence.box
    place = [round(part, 5) for part in (box.x, box.y, box.w, box.h)] if box else None
    return {"words": evidence.words, "page": evidence.page, "box": place, "rule": evidence.rule}


def _text(work: Work, item: Item) -> str:
    readings = (work.pages.reading(page.id) for page in work.pages.of_item(item.id))
    return "\f".join(reading.text if reading else "" for reading in readings)
