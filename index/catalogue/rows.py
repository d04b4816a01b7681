"""Decides how values become rows and rows values: descriptions as JSON, words packed, reasons as code and details."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from index.catalogue import tables
from index.catalogue.placed import PLACES, pack_words, unpack_words
from index.domain.access import Role
from index.domain.description import Evidence, Value
from index.domain.holdings import File, Fonds, Item, ItemState, Page, PageRole, PageState
from index.domain.identity import ReferenceCode
from index.domain.looks import Colour, Look
from index.domain.naming import Named
from index.domain.people import Person, Session
from index.domain.placing.relations import number_key, title_key
from index.domain.reading import Box, PageReading, Script, Stamp
from index.domain.scan import Reason, Scan, ScanState


def fonds(row: Row[Any]) -> Fonds:
    return Fonds(row.id, row.code, row.title, tuple(row.packs), row.grammar, tuple(row.former))


def fonds_row(value: Fonds) -> dict[str, Any]:
    return {
        "id": value.id,
        "code": value.code,
        "title": value.title,
        "packs": list(value.packs),
        "grammar": value.grammar,
        "former": list(value.former),
    }


def scan(row: Row[Any]) -> Scan:
    fields: dict[str, Any] = dict(row._mapping)
    fields["state"] = ScanState(row.state)
    fields["hints"] = tuple(row.hints)
    fields["reason"] = Reason(row.reason["code"], row.reason["details"]) if row.reason else None
    fields["named"] = Named(**row.named)
    return Scan(**fields)


def scan_row(value: Scan) -> dict[str, Any]:
    fields = {column.name: getattr(value, column.name) for column in tables.scan.columns}
    fields["hints"] = list(value.hints)
    fields["reason"] = {"code": value.reason.code, "details": dict(value.reason.details)} if value.reason else None
    fields["named"] = {name: said for name, said in dataclasses.asdict(value.named).items() if said}
    return fields


def item(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        state=ItemState(row.state),
        captured_at=row.captured_at,
        fonds_id=row.fonds_id,
        file_id=row.file_id,
        reference_code=row.reference_code or "",
        filing_year=row.filing_year,
        pack_version=row.pack_version,
        pack_digest=row.pack_digest,
        description={name: _value(packed) for name, packed in row.description.items()},
        confidence=row.confidence,
        page_count=row.page_count,
        filed_at=row.filed_at,
        version=row.version,
        origin=row.origin,
        run=row.run,
        joined_to=row.joined_to,
        code=code(row.code) if row.code else None,
        place=row.place,
        volume_id=row.volume_id,
        location_id=row.location_id,
        arranged_at=row.arranged_at,
        shelved_at=row.shelved_at,
        late=row.late,
    )


_AS_THEY_ARE = (
    *("id", "captured_at", "fonds_id", "file_id", "pack_version", "pack_digest", "confidence"),
    *("filing_year", "page_count", "filed_at", "version", "origin", "run", "joined_to"),
    *("place", "volume_id", "location_id", "arranged_at", "shelved_at", "late"),
)

#: The fields of a description that lists filter and sort by.
DRAWN = ("title", "document_number", "creator", "date", "pack", "series", "retention", "marking")


def item_row(value: Item) -> dict[str, Any]:
    return {
        **{name: getattr(value, name) for name in _AS_THEY_ARE},
        "state": value.state.value,
        "reference_code": value.reference_code or None,
        "code": packed_code(value.code) if value.code else None,
        "description": {name: _packed(said) for name, said in value.description.items()},
        **{name: value.value(name) for name in DRAWN},
        "number_key": number_key(value.value("document_number")),
        "title_key": title_key(value.title),
    }


def code(packed: Mapping[str, Any]) -> ReferenceCode:
    return ReferenceCode(**{**packed, "sub_categories": tuple(packed.get("sub_categories", ()))})


def packed_code(value: ReferenceCode) -> dict[str, Any]:
    """The parts that are there."""
    return {name: part for name, part in dataclasses.asdict(value).items() if part not in ("", None, ())}


def _value(packed: Mapping[str, Any]) -> Value:
    shown = packed.get("evidence")
    evidence = None
    if shown:
        box = Box(*shown["box"]) if shown.get("box") else None
        evidence = Evidence(shown.get("words", ""), shown.get("page"), box, shown.get("rule", ""))
    return Value(packed["value"], packed["confidence"], evidence, packed.get("given_by"))


def _packed(value: Value) -> dict[str, Any]:
    packed: dict[str, Any] = {"value": value.value, "confidence": round(value.confidence, 4)}
    if value.given_by is not None:
        packed["given_by"] = value.given_by
    if value.evidence:
        packed["evidence"] = _packed_evidence(value.evidence)
    return packed


def _packed_evidence(evidence: Evidence) -> dict[str, Any]:
    packed = {"words": evidence.words, "page": evidence.page, "rule": evidence.rule, "box": _packed_box(evidence.box)}
    return {name: part for name, part in packed.items() if part}


def _packed_box(box: Box | None) -> list[float] | None:
    return [round(side, PLACES) for side in (box.x, box.y, box.w, box.h)] if box else None


def file(row: Row[Any]) -> File:
    return File(**dict(row._mapping))


_OF_PAGE = tuple(column.name for column in tables.page.columns)


def page(row: Row[Any]) -> Page:
    known = row._mapping
    fields: dict[str, Any] = {name: known[name] for name in _OF_PAGE}
    kinds = {"state": PageState(row.state), "script": Script(row.script), "role": PageRole(row.role)}
    crop = Box(*row.crop) if row.crop else None
    return Page(**{**fields, **kinds, "look": _look(row.look), "crop": crop})


def page_row(value: Page) -> dict[str, Any]:
    fields = {column.name: getattr(value, column.name) for column in tables.page.columns}
    return {**fields, "look": _packed_look(value.look), "crop": _packed_box(value.crop)}


def _look(packed: Mapping[str, Any]) -> Look:
    return Look(**{**packed, "colour": Colour(packed.get("colour", ""))})


def _packed_look(value: Look) -> dict[str, Any]:
    """What differs from a look nobody took."""
    plain, fields = Look(), {one.name: getattr(value, one.name) for one in dataclasses.fields(Look)}
    return {name: part for name, part in fields.items() if part != getattr(plain, name)}


def reading_row(page_id: str, value: PageReading) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "text": value.text,
        "words": pack_words(value.words),
        "engine": value.engine,
        "engine_version": value.engine_version,
        "settings": dict(value.settings),
        "stamps": [[stamp.text, _packed_box(stamp.box), round(stamp.confidence, 3)] for stamp in value.stamps],
    }


def reading(row: Row[Any]) -> PageReading:
    return PageReading(
        text=row.text,
        words=unpack_words(row.words, row.text),
        script=Script(row.script),
        turned=row.turned,
        engine=row.engine,
        engine_version=row.engine_version,
        confidence=row.confidence,
        blank=row.blank,
        settings=row.settings,
        stamps=stamps(row.stamps),
    )


def stamps(packed: Sequence[Any] | None) -> tuple[Stamp, ...]:
    """The seals of a page; none before it is read."""
    return tuple(Stamp(text, Box(*box), confidence) for text, box, confidence in packed or ())


def person(row: Row[Any]) -> Person:
    fields: dict[str, Any] = dict(row._mapping)
    return Person(**{**fields, "role": Role(row.role)})


def person_row(value: Person) -> dict[str, Any]:
    return {column.name: getattr(value, column.name) for column in tables.person.columns}


def session(row: Row[Any]) -> Session:
    return Session(**dict(row._mapping))


def session_row(value: Session) -> dict[str, Any]:
    return {column.name: getattr(value, column.name) for column in tables.session.columns}
