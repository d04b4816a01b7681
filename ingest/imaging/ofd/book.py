"""Decides how an OFD hangs together: documents, their pages, templates, annotations and seals, each by its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.domain.errors import BadScan, Missing
from ingest.imaging.ofd.content import Flattening, places_of
from ingest.imaging.ofd.geometry import Matrix, Rect, rect, shifted
from ingest.imaging.ofd.marks import Hidden, Mark, Picture, Sheet
from ingest.imaging.ofd.package import Element, Package, beside, child, children, said, text_of
from ingest.imaging.ofd.resources import Resources, resources_of
from ingest.imaging.ofd.seals import Seal, seals_of

#: A sheet is no smaller and no larger than this, in millimetres; else it is A4.
_LEAST_SIDE, _MOST_SIDE = 5.0, 20_000.0
A4 = Rect(0, 0, 210, 297)
_BOXES = ("PhysicalBox", "ApplicationBox", "CropBox")
_BEFORE, _AFTER = "background", "foreground"


@dataclass
class _Part:
    """One document of the package (an OFD may hold several), by the place of its root."""

    place: str
    resources: Resources
    box: Rect
    templates: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)
    seals: list[Seal] = field(default_factory=list)
    attached: bool = False


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of a document: its number there and where its content lies."""

    part: _Part
    number: str
    place: str
    first: bool


class Book:
    """An OFD opened: its pages in order, each laid flat when it is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._leaves = list(_leaves(package))
        self._last: tuple[int, Sheet] | None = None

    def __len__(self) -> int:
        return len(self._leaves)

    def close(self) -> None:
        self._package.close()

    def box(self, number: int) -> Rect:
        """The size of page `number` (from 1) in millimetres. Raises BadScan, Missing("no-such-page")."""
        self._package.begin()
        leaf = self._leaf(number)
        return _box_of(child(self._package.xml(leaf.place), "Area"), leaf.part.box)

    def sheet(self, number: int) -> Sheet:
        """Page `number` (from 1) with all its marks; the last one is remembered. Raises BadScan, Missing."""
        leaf = self._leaf(number)
        if self._last is None or self._last[0] != number:
            self._package.begin()
            self._last = number, self._flattened(leaf)
        return self._last[1]

    def _leaf(self, number: int) -> _Leaf:
        if not 1 <= number <= len(self._leaves):
            raise Missing("no-such-page")
        return self._leaves[number - 1]

    def _flattened(self, leaf: _Leaf) -> Sheet:
        root = self._package.xml(leaf.place)
        box = _box_of(child(root, "Area"), leaf.part.box)
        own = [beside(leaf.place, place) for place in places_of(root, "PageRes")]
        laid = Flattening(self._package, leaf.part.resources.also(self._package, own))
        marks = [
            *self._templates(laid, leaf, root, _BEFORE),
            *laid.page(root),
            *self._templates(laid, leaf, root, _AFTER),
            *self._annotations(laid, leaf),
            *_seals(laid, leaf),
        ]
        if leaf.first and leaf.part.attached:
            laid.hidden.add(Hidden.ATTACHMENT)
        return Sheet(box, tuple(marks), frozenset(laid.hidden))

    def _templates(self, laid: Flattening, leaf: _Leaf, root: Element, order: str) -> Iterator[Mark]:
        """The marks of the templates below or above the page; a template has no templates of its own."""
        for one in children(root, "Template"):
            place = leaf.part.templates.get(one.get("TemplateID") or "")
            is_above = (one.get("ZOrder") or "Background").lower() == _AFTER
            if place is None or is_above is not (order == _AFTER):
                continue
            try:
                template = self._package.xml(place)
            except BadScan:
                laid.hidden.add(Hidden.PICTURE)
                continue
            yield from laid.page(template, template=True)

    def _annotations(self, laid: Flattening, leaf: _Leaf) -> Iterator[Mark]:
        place = leaf.part.annotations.get(leaf.number)
        if place is None:
            return
        try:
            listed = list(children(self._package.xml(place), "Annot"))
        except BadScan:
            laid.hidden.add(Hidden.PICTURE)
            return
        for one in listed:
            appearance = child(one, "Appearance")
            if appearance is not None and (one.get("Visible") or "").lower() != "false":
                yield from laid.appearance(appearance, decoration=(one.get("Type") or "").lower() == "watermark")


def _seals(laid: Flattening, leaf: _Leaf) -> Iterator[Mark]:
    for seal in leaf.part.seals:
        if seal.page != leaf.number:
            continue
        if not seal.content:
            laid.hidden.add(Hidden.SEAL)
            continue
        box, clip = seal.box, seal.clip
        window = Rect(box.x + clip.x, box.y + clip.y, clip.w, clip.h) if clip else None
        yield Picture(
            Matrix(a=box.w, d=box.h).then(shifted(box.x, box.y)), 1.0, window, content=seal.content, seal=True
        )


def _leaves(package: Package) -> Iterator[_Leaf]:
    """The pages of all documents of the package. Raises BadScan where there is no root, or a document is broken."""
    if "Encryptions.xml" in package or "encryptions.xml" in package:
        raise BadScan("encrypted-file")
    root = package.xml("OFD.xml")
    for body in children(root, "DocBody"):
        place = beside("/", said(body, "DocRoot"))
        document = package.xml(place)
        part = _part(package, place, document, body)
        pages = child(document, "Pages")
        for at, page in enumerate(children(pages, "Page") if pages is not None else ()):
            yield _Leaf(part, page.get("ID") or "", beside(place, page.get("BaseLoc") or ""), first=at == 0)


def _part(package: Package, place: str, document: Element, body: Element) -> _Part:
    common = child(document, "CommonData")
    area = child(common, "PageArea") if common is not None else None
    part = _Part(place, resources_of(package, place, common), _box_of(area, A4))
    for one in children(common, "TemplatePage") if common is not None else ():
        part.templates[one.get("ID") or ""] = beside(place, one.get("BaseLoc") or "")
    part.annotations = dict(_annotated(package, place, said(document, "Annotations")))
    signatures = said(body, "Signatures")
    part.seals = list(seals_of(package, beside("/", signatures))) if signatures else []
    part.attached = _is_listed(package, place, said(document, "Attachments"), "Attachment")
    return part


def _annotated(package: Package, place: str, said_place: str) -> Iterator[tuple[str, str]]:
    """The number of each page that has annotations, and where they lie."""
    if not said_place:
        return
    listed = beside(place, said_place)
    try:
        pages = list(children(package.xml(listed), "Page"))
    except BadScan:
        return
    for page in pages:
        yield page.get("PageID") or "", beside(listed, said(page, "FileLoc"))


def _is_listed(package: Package, place: str, said_place: str, name: str) -> bool:
    try:
        return bool(said_place) and child(package.xml(beside(place, said_place)), name) is not None
    except BadScan:
        return False


def _box_of(area: Element | None, otherwise: Rect) -> Rect:
    """The first box of an area that paper can have."""
    for name in _BOXES if area is not None else ():
        box = rect(text_of(child(area, name)))
        if box and min(box.w, box.h) >= _LEAST_SIDE and max(box.w, box.h) <= _MOST_SIDE:
            return box
    return otherwise


def opened_book(source: str | bytes) -> Book:
    """The OFD in a file or in bytes. Raises BadScan (damaged-file, encrypted-file, no-pages)."""
    book = Book(Package(source))
    if not len(book):
        raise BadScan("no-pages")
    return book
