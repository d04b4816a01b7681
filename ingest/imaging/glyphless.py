"""Decides what the invisible text is written in: a font without ink, each character a code told back as Unicode.

Wide for Han, half as wide for Latin; made here at run time, so that no font is carried along and none needs a licence.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from ingest.imaging.layer import ASCENT, DESCENT, EM, NARROW, WIDE, advance

_NAME = Name("/Muniment-Layer")
#: A font says when it was made, in seconds since 1904; the same moment each time, so that its bytes are the same.
_MADE = 0xE0000000
#: A mapping tells at most so many characters in one block (Adobe's CMap specification).
_BLOCK = 100


def font(pdf: Pdf, chars: str) -> Object:
    """The font in which the first of `chars` has the code 1, the next 2 and so on."""
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_NAME,
        Flags=4,
        FontBBox=Array([0, DESCENT, EM, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=Stream(pdf, program(), Length1=len(program())),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_NAME,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(described),
        DW=WIDE,
        W=Array([1, Array([advance(char) for char in chars])]),
        CIDToGIDMap=Stream(pdf, _glyphs(chars)),
    )
    whole = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_NAME,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=Stream(pdf, _to_unicode(chars)),
    )
    return pdf.make_indirect(whole)


def _glyphs(chars: str) -> bytes:
    """Code -> glyph, two bytes each: 1 is the wide one, 2 the narrow one."""
    return b"\0\0" + b"".join(b"\0\1" if advance(char) == WIDE else b"\0\2" for char in chars)


def _to_unicode(chars: str) -> bytes:
    """Code -> UTF-16, beyond the BMP as a pair of surrogates."""
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in enumerate(chars, start=1)]
    blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
    told = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return _CMAP.format(told=told).encode()


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{told}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@cache
def program() -> bytes:
    """A TrueType font of three glyphs without any ink: none, wide, narrow."""
    made, out = FontBuilder(EM, isTTF=True), BytesIO()
    widths = {".notdef": WIDE, "wide": WIDE, "narrow": NARROW}
    made.setupGlyphOrder(list(widths))
    made.setupCharacterMap({})
    made.setupGlyf({name: _stroke(width) for name, width in widths.items()})
    made.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    made.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    made.setupPost(keepGlyphNames=False)
    made.font.recalcTimestamp = False
    made.font["head"].created = made.font["head"].modified = _MADE
    made.save(out)
    return out.getvalue()


def _stroke(width: int) -> Any:
    """There and back along the diagonal of the character's cell: nothing to fill, but a size.

    pdfium passes over a character whose glyph has none, and could not say where a word stands.
    """
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((width, ASCENT))
    pen.closePath()
    return pen.glyph()
