"""Decides in which colours a picture in a PDF is meant: those of its own profile where that is sound, else plain ones.

PDF/A wants every colour defined: plain gray and RGB are by the file's output intent, which is sRGB. The profiles that
pictures carry are taken over when their header says what the picture is and the colour engine opens them.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import ImageCms

#: Colour spaces by their number of channels: as profiles name them, as a PDF does.
_SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
_PLAIN = {1: Name.DeviceGray, 3: Name.DeviceRGB}
_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
_HEADER = 128


def space(pdf: Pdf, channels: int, profile: bytes | None) -> Object | None:
    """The colour space of a picture; None for four channels without a sound profile: nobody knows those inks."""
    if profile and is_sound(profile, channels):
        return Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, profile, N=channels))])
    return _PLAIN.get(channels)


def is_sound(profile: bytes, channels: int) -> bool:
    """Whether the profile is whole, not newer than PDF/A-2 knows, and speaks of so many channels."""
    if len(profile) < _HEADER or int.from_bytes(profile[:4], "big") != len(profile):
        return False
    if profile[8] > 4 or profile[36:40] != b"acsp" or profile[12:16] not in _CLASSES:
        return False
    return profile[16:20] == _SPACES.get(channels) and _opens(profile)


def _opens(profile: bytes) -> bool:
    try:
        ImageCms.getOpenProfile(BytesIO(profile))
    except (OSError, ImageCms.PyCMSError):
        return False
    return True


@cache
def srgb() -> bytes:
    """The profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def output_intent(pdf: Pdf) -> Object:
    """What PDF/A asks for: that plain colours are sRGB."""
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            RegistryName="http://www.color.org",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=pdf.make_indirect(Stream(pdf, srgb(), N=3)),
        )
    )
