"""Decides which documents the labelled set holds: so many of each part, over every template, the same for a seed.

    labelled(1, 600)                       the practice part: developers may look at what fails
    labelled(1, 600, "rehearsal")          other templates, bodies and names; was the evaluation once, looked at since
    labelled(1, 600, "drill")              others again, by hands that had not seen the finders; looked at since
    labelled(1, 600, "evaluation")         others again, by hands that had not seen the finders: for figures only

Bodies, schools, firms and everybody named in them are made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.labelled.composing import Document, composed
from tests.labelled.grammar import Template, part

SEEN = ("practice", "rehearsal", "drill")
PARTS = (*SEEN, "evaluation")
_AGES = (("clean", "noisy", "skew", "light", "fax", "turned"), (26, 22, 20, 14, 13, 5))
_TRADITIONAL = 0.1


def labelled(seed: int, count: int, name: str = "practice", packs: tuple[str, ...] = ()) -> Iterator[Document]:
    """`count` documents of a part, spread evenly over its templates; `packs` leaves out those of others."""
    templates = [one for one in part(name).templates if not packs or one.pack in packs or one.pack == "nowhere"]
    order = Random(f"order/{seed}").sample(templates, len(templates))
    for number in range(count):
        yield _made(name, order[number % len(order)], f"{seed}.{number // len(order)}")


def _made(name: str, template: Template, seed: str) -> Document:
    rng = Random(f"age/{name}/{template.name}/{seed}")
    age = rng.choices(*_AGES)[0]
    return composed(part(name), template, seed, age, rng.random() < _TRADITIONAL)
