"""Decides how a deadline is said: the `when` of a duty (`timing.py`) in the words of an archivist.

each month: last workday       每月最后一个工作日
separation + 2 years           离职后 2 年
document-year + 1: 08-31       文件形成次年 8 月 31 日前
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from index.domain.rules.occasions import occasion
from index.domain.rules.provisions import Titles
from index.domain.rules.timing import AfterEvent, InMonths, Moment, Offset, Period, Recurring, timing
from index.domain.rules.timing_speech import ENGLISH, SPEECHES, Speech

_NONE: Mapping[str, Titles] = {}


def words(when: str, language: str, called: Mapping[str, Titles] = _NONE) -> str:
    """What a clerk reads, in zh-Hans, zh-Hant or en; `called` is what a pack calls its events.

    Raises WrongUse("bad-when").
    """
    speech = SPEECHES.get(language, ENGLISH)
    moments = zip(when.lower().split(";"), timing(when), strict=True)
    together = (list(one) for _, one in groupby(moments, key=lambda one: _counted_from(one[1])))
    return speech.between.join(_said(some, speech, called) for some in together)


def _counted_from(moment: Moment) -> object:
    """What is said in one breath: days on the same side of one event (3, 30 and 60 days after the form)."""
    if isinstance(moment, AfterEvent) and moment.offset.count and not moment.day_of_year:
        return moment.event, moment.offset.count > 0
    return moment


def _said(some: Sequence[tuple[str, Moment]], speech: Speech, called: Mapping[str, Titles]) -> str:
    part, moment = some[0][0].strip(), some[0][1]
    if isinstance(moment, AfterEvent):
        offsets = [one.offset for _, one in some if isinstance(one, AfterEvent)]
        return _after(part, moment, offsets, occasion(moment.event, speech.language, called), speech)
    if isinstance(moment, InMonths):
        return _in_months(part, moment, speech)
    return _moved(_round(moment, speech), [moment.offset], speech)


def _after(part: str, moment: AfterEvent, offsets: Sequence[Offset], event: str, speech: Speech) -> str:
    if moment.day_of_year:
        said = speech.in_year.get(moment.offset.count, speech.in_a_year)
        return said.format(event, n=moment.offset.count, day=_day(*moment.day_of_year, speech))
    if moment.offset.count:
        return _moved(event, offsets, speech)
    return (speech.same_day if "same day" in part else speech.at).format(event)


def _in_months(part: str, moment: InMonths, speech: Speech) -> str:
    """A day alone (11-01) is one to begin on, a day of each year (yearly: 12-31) one to be done by."""
    if not moment.day:
        return speech.each_year_in.format(speech.both.join(speech.months[month - 1] for month in moment.months))
    said = speech.each_year_on if part[0].isdecimal() else speech.each_year_by
    return said.format(_day(moment.months[0], moment.day, speech))


def _round(moment: Recurring, speech: Speech) -> str:
    if moment.last_workday:
        each = speech.each_workday if moment.period is Period.DAY else speech.last_workday
        return each.format(speech.each[moment.period])
    if moment.period is Period.WEEK:
        return speech.weekdays[moment.day - 1]  # without a day its last, as weekdays[-1] is
    if moment.day:
        return speech.each_month.format(moment.day)
    each = speech.each[moment.period]
    return each if moment.period is Period.DAY else speech.end.format(each)


def _moved(start: str, offsets: Sequence[Offset], speech: Speech) -> str:
    if not offsets[0].count:
        return start
    said = speech.later if offsets[0].count > 0 else speech.earlier
    return said.format(start, amounts=speech.amounts.join(_amount(one, speech) for one in offsets))


def _amount(offset: Offset, speech: Speech) -> str:
    one, more = speech.units[offset.unit]
    count = abs(offset.count)
    return f"{count} {one if count == 1 else more}"


def _day(month: int, day: int, speech: Speech) -> str:
    return speech.day.format(month=speech.months[month - 1], day=day)
