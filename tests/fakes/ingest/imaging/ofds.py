"""Decides what OFDs look like in tests: a small writer of GB/T 33190 packages, as sound or as crooked as is asked.

ofd(page(text("通知", 20, 30)))                      one page of A4
ofd(page(...), templates={"9": page(...)}, ...)       see `ofd`
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from PIL import Image

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def png(colour: object = "red", size: tuple[int, int] = (40, 40), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")  # type: ignore[arg-type]
    return out.getvalue()


# -- what stands on a page -----------------------------------------------------------------------------------------


def text(words: str, x: float, y: float, size: float = 5.0, code: str = "", more: str = "", inside: str = "") -> str:
    """Words whose base line begins at (x, y) millimetres; `code` replaces the attributes of the TextCode."""
    said = code or f'X="0" Y="{size}" DeltaX="g {max(1, len(words) - 1)} {size}"'
    box = f"{x} {y - size} {size * (len(words) + 1)} {size * 1.5}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{box}" Font="5" Size="{size}" {more}>{inside}'
        f"<ofd:TextCode {said}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def path(said: str, box: str = "0 0 210 297", more: str = "", inside: str = "") -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{box}" {more}>{inside}'
        f"<ofd:AbbreviatedData>{said}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def picture(resource: str, box: str, more: str = "") -> str:
    return f'<ofd:ImageObject ID="3" Boundary="{box}" ResourceID="{resource}" {more}/>'


def composed(resource: str, box: str, more: str = "") -> str:
    return f'<ofd:CompositeObject ID="4" Boundary="{box}" ResourceID="{resource}" {more}/>'


def annotated(kind: str, box: str, *objects: str) -> str:
    """An annotation whose objects lie in its own box."""
    inside = "".join(objects)
    return f'<ofd:Annot Type="{kind}" ID="6"><ofd:Appearance Boundary="{box}">{inside}</ofd:Appearance></ofd:Annot>'


def page(*objects: str, box: str = "0 0 210 297", template: str = "", layer: str = "") -> str:
    """The Content.xml of a page."""
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>" if box else ""
    below = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f"{_HEAD}<ofd:Page {NAMESPACE}>{area}{below}<ofd:Content><ofd:Layer ID='8' {layer}>"
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


# -- the package ---------------------------------------------------------------------------------------------------


def ofd(
    *pages: str,
    templates: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    resources: str = "",
    annotations: Mapping[int, str] | None = None,
    seals: Sequence[tuple[int, str, bytes]] = (),
    attached: bool = False,
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A package of these pages. `media` are pictures by their number, `annotations` the objects of a page's own.

    `seals` are (page, box, picture); `more` adds entries or replaces them by their place.
    """
    templates, media, annotations = templates or {}, media or {}, annotations or {}
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    known = "".join(f'<ofd:TemplatePage ID="{at}" BaseLoc="Tpls/{at}.xml"/>' for at in templates)
    files: dict[str, bytes | str] = {
        "OFD.xml": f"{_HEAD}<ofd:OFD {NAMESPACE} DocType='OFD' Version='1.0'><ofd:DocBody><ofd:DocInfo/>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{_SIGNED if seals else ''}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
        f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{known}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{_ANNOTATED if annotations else ''}"
        f"{'<ofd:Attachments>Attachs.xml</ofd:Attachments>' if attached else ''}</ofd:Document>",
        "Doc_0/PublicRes.xml": _resources(media, resources),
        "Doc_0/Attachs.xml": f"<ofd:Attachments {NAMESPACE}><ofd:Attachment ID='1'/></ofd:Attachments>",
    }
    files |= {f"Doc_0/Pages/Page_{at}/Content.xml": content for at, content in enumerate(pages)}
    files |= {f"Doc_0/Tpls/{at}.xml": content for at, content in templates.items()}
    files |= {f"Doc_0/Res/{at}.bin": content for at, content in media.items()}
    files |= _annotations(annotations) | _signatures(seals) | dict(more or {})
    return package(files)


def package(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


_SIGNED = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
_ANNOTATED = "<ofd:Annotations>Annots.xml</ofd:Annotations>"


def _resources(media: Mapping[str, bytes], more: str) -> str:
    listed = "".join(
        f'<ofd:MultiMedia ID="{at}" Type="Image"><ofd:MediaFile>{at}.bin</ofd:MediaFile></ofd:MultiMedia>'
        for at in media
    )
    return (
        f'{_HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="5" FontName="宋体"/></ofd:Fonts>'
        f"<ofd:MultiMedias>{listed}</ofd:MultiMedias>{more}</ofd:Res>"
    )


def _annotations(annotations: Mapping[int, str]) -> dict[str, bytes | str]:
    if not annotations:
        return {}
    listed = "".join(
        f'<ofd:Page PageID="{at}"><ofd:FileLoc>Annot_{at}.xml</ofd:FileLoc></ofd:Page>' for at in annotations
    )
    found: dict[str, bytes | str] = {"Doc_0/Annots.xml": f"<ofd:Annotations {NAMESPACE}>{listed}</ofd:Annotations>"}
    for at, content in annotations.items():
        found[f"Doc_0/Annot_{at}.xml"] = f"<ofd:PageAnnot {NAMESPACE}>{content}</ofd:PageAnnot>"
    return found


def _signatures(seals: Sequence[tuple[int, str, bytes]]) -> dict[str, bytes | str]:
    listed = "".join(f'<ofd:Signature ID="{at}" BaseLoc="Sign_{at}/Signature.xml"/>' for at in range(len(seals)))
    found: dict[str, bytes | str] = {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {NAMESPACE}>{listed}</ofd:Signatures>"
    }
    for at, (number, box, picture) in enumerate(seals):
        found[f"Doc_0/Signs/Sign_{at}/Signature.xml"] = (
            f'<ofd:Signature {NAMESPACE}><ofd:SignedInfo><ofd:StampAnnot ID="s" PageRef="{number}" Boundary="{box}"/>'
            "</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
        )
        found[f"Doc_0/Signs/Sign_{at}/SignedValue.dat"] = seal_der(picture)
    return found


def seal_der(picture: bytes, kind: bytes = b"png") -> bytes:
    """A signature that holds a seal: sequences around a picture's kind, bytes and size, as GB/T 38540 has them."""
    info = _node(0x30, _node(0x16, kind) + _node(0x04, picture) + _node(0x02, b"\x28") + _node(0x02, b"\x28"))
    stamp = _node(0x30, _node(0x30, _node(0x16, b"ES") + _node(0x02, b"\x04")) + info)
    return _node(0x30, _node(0x30, _node(0x02, b"\x04") + stamp) + _node(0x03, b"\0signature"))


def _node(kind: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4, "big")
    return bytes([kind]) + length + content
