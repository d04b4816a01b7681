"""Decides how Muniment says that something went wrong: a code for machines, a sentence for a clerk.

    MunimentError
    |- Final                 trying again changes nothing
    |  |- WrongUse           the command or form was filled in wrongly
    |  |- Refused            a rule or a permission says no
    |  |- Missing            no such fonds, item, page, person
    |  |- Conflict           somebody or something else was first
    |  `- BadScan            the file itself cannot be captured -> quarantine
    `- Passing               the same step may succeed later
       |- EngineFailed       OCR or rendering crashed, hung or returned rubbish
       |- Busy               a lock or the database is held
       |- DiskFull           no room; nothing was lost
       `- BrokerLost         the queue cannot be reached

Each error carries `code` (stable, in JSON) and `details` (the words put into the sentence).
The sentences stand in `sentences.py`, one a code and language.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from index.domain.sentences.all import SENTENCES
from index.domain.sentences.of_lists import field_name


class MunimentError(Exception):
    """An error with a code and a sentence; `details` fill the sentence's places."""

    exit_code = 1
    http_status = 500

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def sentence(self, language: str = "en") -> str:
        """What a clerk reads, in `language` (zh-Hans, zh-Hant or en)."""
        return sentence(self.code, language, **self.details)

    def __str__(self) -> str:
        return self.sentence("en")


class Final(MunimentError):
    """Trying again changes nothing."""


class WrongUse(Final):
    """The command or the form was filled in wrongly."""

    exit_code = 2
    http_status = 400


class Refused(Final):
    """A rule or a permission says no."""

    exit_code = 4
    http_status = 403


class Missing(Final):
    """There is no such thing, or this reader may not know of it."""

    exit_code = 2
    http_status = 404


class Conflict(Final):
    """Somebody or something else was first."""

    exit_code = 4
    http_status = 409


class BadScan(Final):
    """The file itself cannot be captured; it goes to quarantine with this sentence."""

    exit_code = 3
    http_status = 422


class Passing(MunimentError):
    """The same step may succeed later."""

    http_status = 503


class EngineFailed(Passing):
    """OCR or rendering crashed, hung or returned rubbish."""


class Busy(Passing):
    """A lock or the database is held by somebody else."""


class DiskFull(Passing):
    """No room on the disk; nothing was lost."""


class BrokerLost(Passing):
    """The queue cannot be reached."""


@runtime_checkable
class Spoken(Protocol):
    """A detail that is told in the reader's language itself: the reason within a reason."""

    def words(self, language: str = "en") -> str: ...


def without_stop(words: str) -> str:
    """A sentence as a part of another."""
    return words.rstrip(".。")


def sentence(code: str, language: str, /, **details: object) -> str:
    """The sentence for `code`; an unknown code is shown as it is rather than hidden."""
    words = SENTENCES.get(code)
    if words is None:
        return code
    named = {name: without_stop(value.words(language)) for name, value in details.items() if isinstance(value, Spoken)}
    if "field" in details:
        named["field"] = field_name(str(details["field"]), language)
    return words[language if language in words else "en"].format_map(_Blank({**details, **named}))


class _Blank(dict[str, object]):
    """A detail nobody gave is shown as a dash instead of failing the message."""

    def __missing__(self, key: str) -> str:
        return "—"
