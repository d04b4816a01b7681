"""Decides what a document's resources are: fonts, media, drawing parameters and composed graphics, by their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.domain.errors import BadScan
from ingest.imaging.ofd.marks import Face
from ingest.imaging.ofd.package import Element, Package, beside, child, children, name_of, said

#: Parameters may rest on others, so deep at most.
_DEEPEST = 8
_SANS = ("黑", "hei", "sans", "arial", "helvetica", "verdana", "calibri", "tahoma", "yahei", "雅黑", "等线", "gothic")
_BOLD = ("bold", "粗", "heavy", "black")


@dataclass(frozen=True, slots=True)
class Media:
    place: str
    kind: str


@dataclass
class Resources:
    """What objects point at; a later file of resources overrides an earlier one."""

    faces: dict[str, Face] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    parameters: dict[str, Element] = field(default_factory=dict)
    graphics: dict[str, Element] = field(default_factory=dict)

    def add(self, package: Package, place: str) -> None:
        """Take in one file of resources; one that is missing or broken leaves its objects without."""
        try:
            root = package.xml(place)
        except BadScan:
            return
        folder = beside(place, root.get("BaseLoc") or ".") + "/"
        for group in children(root):
            for one in children(group):
                self._take(one, folder)

    def _take(self, one: Element, folder: str) -> None:
        number = one.get("ID") or ""
        match name_of(one):
            case "Font":
                self.faces[number] = _face(one)
            case "MultiMedia":
                place = beside(folder, said(one, "MediaFile"))
                self.media[number] = Media(place, (one.get("Type") or "Image").lower())
            case "DrawParam":
                self.parameters[number] = one
            case "CompositeGraphicUnit":
                self.graphics[number] = one

    def chain(self, number: str | None) -> Iterator[Element]:
        """The drawing parameters of this number, then those they rest on."""
        for _ in range(_DEEPEST):
            found = self.parameters.get(number or "")
            if found is None:
                return
            yield found
            number = found.get("Relative")

    def also(self, package: Package, places: list[str]) -> Resources:
        """These and a page's own."""
        if not places:
            return self
        both = Resources(dict(self.faces), dict(self.media), dict(self.parameters), dict(self.graphics))
        for place in places:
            both.add(package, place)
        return both


def _face(font: Element) -> Face:
    name = f"{font.get('FontName')} {font.get('FamilyName')}".lower()
    sans = any(word in name for word in _SANS)
    bold = (font.get("Bold") or "").lower() == "true" or any(word in name for word in _BOLD)
    return Face(serif=not sans, bold=bold)


def resources_of(package: Package, place: str, common: Element | None) -> Resources:
    """The resources that the document at `place` names, public ones first."""
    found = Resources()
    if common is not None:
        for name in ("PublicRes", "DocumentRes"):
            for one in children(common, name):
                found.add(package, beside(place, "".join(one.itertext())))
    return found


def embeds_glyphs(text: Element) -> bool:
    """Whether a text says which glyphs of its own font stand for its characters."""
    return child(text, "CGTransform") is not None
