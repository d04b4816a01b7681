"""Decides how full text in shards is measured as it grows: pages made on the fly, ten fonds over twenty years.

MUNIMENT_BENCH_PAGES says how many pages, one size after the other: 10000,100000,1000000. The sentences come from the
pages of `text_corpus.corpus`; each page has some of them in an order of its own, and a number that no other has.
MUNIMENT_BENCH_KEPT names a folder in which what was written is kept, and asked again without being written anew.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from index.domain.access import Marking, Permit
from index.domain.searching.tree import Facet, Query, Words
from index.ports import PageText, Search
from index.text.shards import book
from index.text.shards.adapter import ShardedIndex
from index.text.shards.hand import Hand, Patience
from tests.bench import meter
from tests.bench.text_corpus import Asked, Corpus, corpus

PAGES, KEPT = "MUNIMENT_BENCH_PAGES", "MUNIMENT_BENCH_KEPT"
_LENGTH = 830
_PROCESSES = 2
_SHOWN = 20
_BASE, _SAMPLE = 10_000, 500
_ROUNDS = 3
_ALL = Permit(frozenset(Marking), unfiled=True)
_OPEN = Permit(frozenset({Marking.OPEN}))
#: p95 in milliseconds at a million pages.
MOST = {"character": 400.0, "or": 400.0}
Figures = dict[str, Any]


def text_size() -> Iterator[Figures]:
    """Writing, disk, every kind of question and memory at each size, and how each figure grew from the one before.

    Of a question p50 and p95 are what it takes where nothing else runs: the processor time of the asking process
    and of the slowest of those that search beside it, which bounds are held to. `waited` is what it was waited for at
    p95 now, among whatever ran; `cpu` is what all processes spend on one.
    """
    sentences = _sentences(corpus())
    before: dict[str, float] = {}
    for number in map(int, os.environ.get(PAGES, "10000").split(",")):
        for figures in _measured(number, sentences):
            part = figures["part"]
            grown = {"grew": round(figures["ours"] / before[part], 2)} if before.get(part) else {}
            before[part] = figures["ours"]
            yield figures | grown | {"pages": number}


def _sentences(known: Corpus) -> Sequence[str]:
    return [piece + "。" for page in known.pages[:_BASE] for piece in page.text.split("。") if len(piece) > 3]


def made(number: int, sentences: Sequence[str], spent: list[float] | None = None) -> Iterator[PageText]:
    """The pages, the same each time; what making each of them cost is added to `spent`."""
    for n in range(number):
        begun = time.process_time()
        page = _page(n, random.Random(n), sentences)
        if spent is not None:
            spent.append(time.process_time() - begun)
        yield page


def _page(n: int, chance: random.Random, sentences: Sequence[str]) -> PageText:
    text = f"编号{n:07d}\n"
    while len(text) < _LENGTH:
        text += sentences[int(chance.random() * len(sentences))]
    fonds, year = n // 97 % 10, 1980 + n // 9 % 20
    return PageText(
        page_id=f"{n * 2654435761 % 2**32:08x}-{n}",
        item_id=f"item-{n // 3}",
        version=1,
        text=text,
        fonds=f"J{fonds:03d}",
        series=("WS", "RS", "KJ")[n % 3],
        marking=list(Marking)[n % 4].value,
        date=f"{year}{1 + n % 12:02d}{1 + n % 28:02d}",
        filed=True,
    )


@contextmanager
def _place(number: int) -> Iterator[Path]:
    """The folder of an index of so many pages, perhaps written before."""
    if kept := os.environ.get(KEPT):
        yield Path(kept) / str(number)
    else:
        with tempfile.TemporaryDirectory() as place:
            yield Path(place) / "index"


def _measured(number: int, sentences: Sequence[str]) -> Iterator[Figures]:
    with _place(number) as root:
        if not root.exists():
            yield from _written(root, number, sentences)
        sample = Corpus(list(made(min(number, _SAMPLE), sentences)))
        with closing(ShardedIndex(root, processes=_PROCESSES, hired=_hired)) as index:
            begun = time.perf_counter()
            index.search(_search(Asked(("档案",))))
            yield {"part": "first question", "ours": round((time.perf_counter() - begun) * 1000), "unit": "ms"}
            memory = [_memory()]
            for kind, searches in _questions(sample).items():
                yield _asking(index, kind, searches, number)
                memory.append(_memory())
            yield from _most_memory(memory, number)
            yield _commit(index, number, sentences)


def _memory() -> tuple[float, float]:
    """MB of all processes: what is their own, and that with the mapped pages of the index shared out among them."""
    return meter.own_of(os.getpid()), meter.pss_of(os.getpid())


def _most_memory(seen: Sequence[tuple[float, float]], number: int) -> Iterator[Figures]:
    """The most that was seen after any kind of question. Mapped pages are clean: the kernel may drop them."""
    own, everything = map(max, zip(*seen, strict=True))
    yield {"part": "memory", "ours": round(own), "unit": "MB of all, their own"} | _most(own, 2000, number)
    yield {"part": "memory, mapped too", "ours": round(everything), "unit": "MB PSS"} | _most(everything, 2000, number)


def _written(root: Path, number: int, sentences: Sequence[str]) -> Iterator[Figures]:
    making: list[float] = []
    begun = time.process_time()
    with closing(ShardedIndex(root)) as index:
        index.rebuild(made(number, sentences, making), lambda done, of: None)
        speed = number / (time.process_time() - begun - sum(making))
        while index.tidy():
            pass
    size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) / 1e6
    yield {"part": "indexing", "ours": round(speed), "unit": "pages/CPU s"}
    yield {"part": "size", "ours": round(size), "unit": "MB", "shards": len(book.read(root).shares)}


def _questions(sample: Corpus) -> Mapping[str, Sequence[Search]]:
    asked = {kind: [_search(one) for one in some] for kind, some in sample.asked.items() if kind != "dates"}
    words = [one.words[0] for one in sample.asked["word"]]
    years = [str(1980 + n % 17) for n in range(len(words))]
    return asked | {
        "dates": [
            _within(word, date_from=year, date_to=str(int(year) + 3)) for word, year in zip(words, years, strict=True)
        ],
        "fonds": [_within(word, fonds=f"J{n % 10:03d}") for n, word in enumerate(words)],
        "all facets": [_within(word, facets=tuple(Facet)) for word in words],
    }


def _search(asked: Asked) -> Search:
    permit = _OPEN if asked.open_only else _ALL
    return Search(Query(asked.tree), permit, sort=asked.sort, facets=asked.facets, limit=_SHOWN)


def _within(word: str, **bounds: Any) -> Search:
    return Search(Query(Words(word)), _ALL, limit=_SHOWN, **({"facets": ()} | bounds))


def _asking(index: ShardedIndex, kind: str, searches: Sequence[Search], number: int) -> Figures:
    taken = [min(_asked(index, search) for _ in range(_ROUNDS)) for search in searches]
    took, waited, cpu = (sorted(column) for column in zip(*taken, strict=True))
    last = round(0.95 * (len(took) - 1))
    figures = {
        "part": kind,
        "ours": round(statistics.median(took), 2),
        "p95": round(took[last], 2),
        "waited": round(waited[last], 2),
        "cpu": round(statistics.mean(cpu), 2),
        "unit": "ms",
    }
    return figures | _most(took[last], MOST.get(kind, 150.0), number)


def _hired(root: Path) -> Hand:
    """Waited for, so that all questions are asked of the same processes."""
    return Hand(root, Patience(ready=60.0))


def _asked(index: ShardedIndex, search: Search) -> tuple[float, float, float]:
    """Milliseconds along the longest way, of waiting, and of all processes together."""
    own, *hands = [os.getpid(), *index.crew()]
    before, begun = {pid: meter.ran(pid) for pid in (own, *hands)}, time.perf_counter()
    index.search(search)
    waited = time.perf_counter() - begun
    ran = {pid: meter.ran(pid) - since for pid, since in before.items()}
    longest = ran[own] + max((ran[pid] for pid in hands), default=0.0)
    return longest * 1000, waited * 1000, sum(ran.values()) * 1000


def _commit(index: ShardedIndex, number: int, sentences: Sequence[str]) -> Figures:
    """CPU of the asking process for a commit of one page until it is found."""
    costs = []
    for n in range(5):
        page = _page(number + n, random.Random(n), sentences)
        begun = time.process_time()
        index.add([page])
        index.search(_within(f"{number + n:07d}"))
        costs.append((time.process_time() - begun) * 1000)
    return {"part": "commit of 1", "ours": round(statistics.median(costs), 1), "unit": "CPU ms"}


def _most(figure: float, most: float, number: int) -> Figures:
    """A bound that holds up to a million pages."""
    return {"must": f"<= {most:g}", "ok": figure <= most} if number <= 1_000_000 else {}
