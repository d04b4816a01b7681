"""Decides how the XML of a page becomes marks: layers, blocks and composed graphics laid flat, in painting order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.domain.errors import BadScan
from ingest.imaging.ofd.geometry import Matrix, Rect, distances, matrix, number, rect, shifted
from ingest.imaging.ofd.marks import Colour, Face, Glyph, Hidden, Mark, Path, Picture, Text
from ingest.imaging.ofd.outline import figures
from ingest.imaging.ofd.package import Element, Package, child, children, damaged, name_of, text_of
from ingest.imaging.ofd.resources import Resources, embeds_glyphs

#: More marks or glyphs than this on a page are a bomb.
MOST_MARKS = 200_000
MOST_GLYPHS = 400_000
#: Blocks and composed graphics lie in each other, so deep at most.
_DEEPEST = 12
_BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What holds for everything inside a layer or block: where it lies and what it is drawn with."""

    matrix: Matrix = field(default_factory=Matrix)
    alpha: float = 1.0
    parameters: str | None = None
    window: Rect | None = None
    depth: int = 0
    decoration: bool = False
    template: bool = False


@dataclass
class Flattening:
    """Lays the contents of one page flat; notes what cannot be shown."""

    package: Package
    resources: Resources
    hidden: set[Hidden] = field(default_factory=set)
    _glyphs: int = 0
    _marks: int = 0

    def page(self, root: Element, *, template: bool = False) -> Iterator[Mark]:
        """Every mark of the layers of a page or template, background before body before foreground."""
        content = child(root, "Content")
        layers = sorted(children(content, "Layer"), key=_layer_rank) if content is not None else []
        for layer in layers:
            yield from self.inside(layer, _Ground(parameters=layer.get("DrawParam"), template=template))

    def appearance(self, appearance: Element, decoration: bool) -> Iterator[Mark]:
        """The marks of an annotation, which lie in its own box."""
        box = rect(appearance.get("Boundary")) or Rect(0, 0, 0, 0)
        yield from self.inside(appearance, _Ground(shifted(box.x, box.y), decoration=decoration))

    def inside(self, holder: Element, ground: _Ground) -> Iterator[Mark]:
        if ground.depth > _DEEPEST:
            return
        for one in children(holder):
            if (one.get("Visible") or "").lower() == "false":
                continue
            self._marks += 1
            if self._marks > MOST_MARKS:
                raise damaged("too many objects on a page")
            yield from self._marks_of(one, ground)

    def _marks_of(self, one: Element, ground: _Ground) -> Iterator[Mark]:
        match name_of(one):
            case "TextObject":
                yield from self._texts(one, ground)
            case "PathObject":
                yield from self._path(one, ground)
            case "ImageObject":
                yield from self._picture(one, ground)
            case "CompositeObject":
                yield from self._composed(one, ground)
            case "PageBlock" | "Block":
                yield from self.inside(one, replace(ground, depth=ground.depth + 1))
            case "Video" | "VideoObject" | "Audio":
                self.hidden.add(Hidden.FILM)

    # -- where an object lies --------------------------------------------------------------------------

    def _placed(self, one: Element, ground: _Ground) -> tuple[Matrix, float, Rect | None]:
        """Its own millimetres onto the page, its alpha, and its box on the page where nothing is turned."""
        box = rect(one.get("Boundary"))
        inner = matrix(one.get("CTM"))
        if box is None:
            return inner.then(ground.matrix), self._alpha(one, ground), ground.window
        placed = inner.then(shifted(box.x, box.y)).then(ground.matrix)
        return placed, self._alpha(one, ground), _window(box, ground)

    def _alpha(self, one: Element, ground: _Ground) -> float:
        given = number(one.get("Alpha"))
        return ground.alpha * (1.0 if given is None else min(max(given / 255, 0.0), 1.0))

    # -- colours ---------------------------------------------------------------------------------------

    def _colour(self, one: Element, name: str, ground: _Ground) -> tuple[Colour, float] | None:
        """A colour and its alpha: the object's own, else of the parameters it or its layer is drawn with."""
        holders = [one, *self.resources.chain(one.get("DrawParam")), *self.resources.chain(ground.parameters)]
        found = next((found for holder in holders if (found := child(holder, name)) is not None), None)
        return None if found is None else self._mixed(found)

    def _mixed(self, said: Element) -> tuple[Colour, float]:
        given = number(said.get("Alpha"))
        alpha = 1.0 if given is None else min(max(given / 255, 0.0), 1.0)
        shading = next((one for one in children(said) if name_of(one) != "Color"), None)
        if shading is not None:
            self.hidden.add(Hidden.SHADING)
            said = next((one for one in shading.iter() if name_of(one) == "Color"), said)
        return colour(said.get("Value")), alpha

    def _said(self, one: Element, name: str, ground: _Ground) -> str | None:
        """An attribute of the object or of the parameters it is drawn with."""
        holders = [one, *self.resources.chain(one.get("DrawParam")), *self.resources.chain(ground.parameters)]
        return next((found for holder in holders if (found := holder.get(name)) is not None), None)

    # -- the objects -----------------------------------------------------------------------------------

    def _texts(self, one: Element, ground: _Ground) -> Iterator[Text]:
        placed, alpha, _ = self._placed(one, ground)
        size = number(one.get("Size")) or 0.0
        if embeds_glyphs(one):
            self.hidden.add(Hidden.GLYPHS)
        mixed = self._colour(one, "FillColor", ground) or self._colour(one, "StrokeColor", ground) or (_BLACK, 1.0)
        glyphs = tuple(self._glyphs_of(one, size))
        if size <= 0 or not glyphs:
            return
        face = self.resources.faces.get(one.get("Font") or "", Face())
        yield Text(
            placed,
            alpha * mixed[1] * (0.0 if _is_no(one.get("Fill")) and _is_no(one.get("Stroke"), no=True) else 1.0),
            None,
            glyphs=glyphs,
            size=size,
            stretch=number(one.get("HScale")) or 1.0,
            turned=round(number(one.get("CharDirection")) or 0) % 360,
            face=replace(face, bold=face.bold or (number(one.get("Weight")) or 400) > 500),
            colour=mixed[0],
            decoration=ground.decoration,
            template=ground.template,
        )

    def _glyphs_of(self, one: Element, size: float) -> Iterator[Glyph]:
        """The characters of every TextCode; a place that is not said is that of the code before."""
        x = y = 0.0
        for code in children(one, "TextCode"):
            first_x, first_y = number(code.get("X")), number(code.get("Y"))
            x, y = x if first_x is None else first_x, y if first_y is None else first_y
            text = "".join(code.itertext()).strip("\r\n\t")
            self._glyphs += len(text)
            if self._glyphs > MOST_GLYPHS:
                raise damaged("too many characters on a page")
            yield from _set(text, x, y, code, size)

    def _path(self, one: Element, ground: _Ground) -> Iterator[Path]:
        placed, alpha, window = self._placed(one, ground)
        found = figures(text_of(child(one, "AbbreviatedData")))
        fill = self._colour(one, "FillColor", ground) if _is_yes(one.get("Fill")) else None  # unsaid, it is clear
        drawn = not _is_no(one.get("Stroke"))
        stroke = (self._colour(one, "StrokeColor", ground) or (_BLACK, 1.0)) if drawn else None
        width = number(self._said(one, "LineWidth", ground)) or 0.353
        if not found:
            return
        even_odd = (one.get("Rule") or "").lower() == "even-odd"
        for colours in ((fill, None), (None, stroke)):
            mixed = colours[0] or colours[1]
            if mixed is not None:
                yield Path(
                    placed,
                    alpha * mixed[1],
                    window,
                    figures=found,
                    fill=colours[0][0] if colours[0] else None,
                    stroke=colours[1][0] if colours[1] else None,
                    width=abs(width),
                    even_odd=even_odd,
                )

    def _picture(self, one: Element, ground: _Ground) -> Iterator[Picture]:
        placed, alpha, window = self._placed(one, ground)
        box = rect(one.get("Boundary"))
        if one.get("CTM") is None and box is not None:
            placed = Matrix(a=box.w, d=box.h).then(placed)
        content = self._content_of(one)
        if content is not None:
            yield Picture(placed, alpha, window, content=content)

    def _content_of(self, one: Element) -> bytes | None:
        """The picture's bytes; the one to stand in for it where it is missing; None where there is neither."""
        for named in (one.get("ResourceID"), one.get("Substitution")):
            media = self.resources.media.get(named or "")
            if media is None:
                continue
            if media.kind != "image":
                self.hidden.add(Hidden.FILM)
                continue
            try:
                return self.package.content(media.place)
            except BadScan:
                continue
        self.hidden.add(Hidden.PICTURE)
        return None

    def _composed(self, one: Element, ground: _Ground) -> Iterator[Mark]:
        placed, alpha, _ = self._placed(one, ground)
        graphic = self.resources.graphics.get(one.get("ResourceID") or "")
        content = child(graphic, "Content") if graphic is not None else None
        if content is None:
            self.hidden.add(Hidden.PICTURE)
            return
        inner = replace(ground, matrix=placed, alpha=alpha, window=None, depth=ground.depth + 1)
        yield from self.inside(content, replace(inner, parameters=one.get("DrawParam") or ground.parameters))


def _set(text: str, x: float, y: float, code: Element, size: float) -> Iterator[Glyph]:
    """The characters of one code, each as far from the one before as is said; unsaid, a square or half of one."""
    across, down = distances(code.get("DeltaX"), len(text)), distances(code.get("DeltaY"), len(text))
    for at, char in enumerate(text):
        step = across[at] if across else 0.0 if down else size * (1.0 if ord(char) > 0x2E7F else 0.5)
        is_last = at == len(text) - 1  # no distance is said from here
        yield Glyph(char, x, y, 0.0 if is_last or (down and not across) else step)
        x, y = x + step, y + (down[at] if down else 0.0)


def colour(said: str | None) -> Colour:
    """One number is gray, three are red, green and blue, four are inks; of 255. Black for anything else."""
    words = (said or "").replace("#", "0x").split()
    try:
        values = [int(word, 16) if word.startswith("0x") else int(float(word)) for word in words[:4]]
    except (ValueError, OverflowError):
        return _BLACK
    values = [min(max(value, 0), 255) for value in values]
    match values:
        case [gray]:
            return gray, gray, gray
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, key]:
            return tuple((255 - ink) * (255 - key) // 255 for ink in (cyan, magenta, yellow))  # type: ignore[return-value]
    return _BLACK


def _window(box: Rect, ground: _Ground) -> Rect | None:
    """An object's box on the page; a box that is turned is left out, as is one that is nothing."""
    if not ground.matrix.upright or box.w <= 0 or box.h <= 0:
        return ground.window
    left, top = ground.matrix.at(box.x, box.y)
    right, bottom = ground.matrix.at(box.x + box.w, box.y + box.h)
    return Rect(left, top, right - left, bottom - top)


def _layer_rank(layer: Element) -> int:
    return {"background": 0, "body": 1, "foreground": 2}.get((layer.get("Type") or "Body").lower(), 1)


def _is_yes(said: str | None) -> bool:
    return (said or "").lower() in ("true", "1")


def _is_no(said: str | None, *, no: bool = False) -> bool:
    """Whether the switch is off; `no` is what holds where nothing is said."""
    return no if said is None else said.lower() in ("false", "0")


def places_of(root: Element, name: str) -> Sequence[str]:
    return [text_of(one) for one in children(root, name)]
