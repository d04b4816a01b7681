"""Decides how several creators (联合发文), and persons with their offices (职务), stand in one value of a description.

Creators are parted by `；` as catalogues part them, the first named first. Persons are parted by `、`, each with the
office in brackets behind the name where it is known: 季小满(校长); whom the paper is about stands before who signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_APART = "；"
_PARTED = re.compile(r"\s*[；;]\s*")
_PERSONS_PARTED = re.compile(r"\s*[、，,；;]\s*")
_PERSON = re.compile(r"(?P<name>[^(（]+?)\s*[(（](?P<office>[^()（）]+)[)）]")


def together(creators: Iterable[str]) -> str:
    """The creators as one value, each once."""
    return _APART.join(dict.fromkeys(creators))


def each_creator(value: str) -> tuple[str, ...]:
    return tuple(name for name in _PARTED.split(value) if name)


@dataclass(frozen=True, slots=True)
class Person:
    """A person that a paper names, with the office he or she held."""

    name: str
    office: str = ""

    def __str__(self) -> str:
        return f"{self.name}({self.office})" if self.office else self.name


def all_persons(persons: Iterable[Person]) -> str:
    """The persons as one value, each once: with the office where one of two mentions gives it."""
    held = list(dict.fromkeys(persons))
    named = {one.name for one in held if one.office}
    return "、".join(dict.fromkeys(str(one) for one in held if one.office or one.name not in named))


def each_person(value: str) -> tuple[Person, ...]:
    found = (_PERSON.fullmatch(part) for part in _PERSONS_PARTED.split(value))
    return tuple(
        Person(match["name"], match["office"]) if match else Person(part)
        for part, match in zip(_PERSONS_PARTED.split(value), found, strict=True)
        if part
    )


def subject_of(value: str) -> str:
    """The name of whom the paper is about: the first person that is not named for an office."""
    return next((one.name for one in each_person(value) if not one.office), "")
