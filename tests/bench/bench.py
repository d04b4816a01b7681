"""Decides what `make bench` measures: a line of JSON each, ours beside its floor or bound in the same run.

python -m tests.bench.bench [NAME...]
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from config.wiring import open_home
from index.domain.holdings import ItemState
from index.domain.scan import AT_REST
from tests.bench import accuracy, copies, filing, hits, meter, pages, reclassifying, similar
from tests.bench.text_index import text_index
from tests.bench.text_size import text_size
from tests.driver import Archive, wait_until
from tests.sheets import volume

PATIENCE = 3600.0
#: The largest process of a worker, its cage among them.
MOST_MB = 1200
QUIET_SECONDS, IDLE_SECONDS = 120.0, 60.0
Figures = Mapping[str, object]


@contextmanager
def _served(workers: int = 1, engine: str = "auto") -> Iterator[tuple[Archive, int, Path]]:
    """A fresh home being run, warm after one page: the archive, its pid, and a folder for scans."""
    with tempfile.TemporaryDirectory() as place:
        environment = {"MUNIMENT_OCR__ENGINE": engine}
        scans, archive = Path(place) / "scans", Archive(Path(place) / "home", environment)
        archive.home.mkdir()
        archive.ask("init", "--pack", "school", "--pack", "employees")
        with archive.running(f"run --port {_free_port()} --workers {workers}") as (process,):
            archive.lay(pages.mix(Path(place) / "warm", 1)[0].path, "J101/warm")
            wait_until(archive.at_rest(1), PATIENCE)
            yield archive, process.pid, scans


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spent_on(archive: Archive, pid: int, folder: Path) -> meter.Spent:
    """What everything spends from the drop of a folder's loose files until all are found in the index."""
    files = sum(1 for _ in folder.iterdir())
    known = archive.json("status")["ledger"]["seen"]
    before = meter.cpu_of(pid)
    for path in sorted(folder.iterdir()):
        archive.lay(path, "J101")
    wall = wait_until(_at_rest(archive, known + files), PATIENCE, every=0.25)
    return meter.Spent(meter.cpu_of(pid) - before, wall)


def _at_rest(archive: Archive, files: int) -> Callable[[], bool]:
    """The question `Archive.at_rest` asks, without a command of its own each time: that would cost half a core."""
    home = open_home(archive.home)

    def resting() -> bool:
        with home.catalogue.reading() as work:
            moving, counts = work.items.in_state(ItemState.CAPTURED, ItemState.DESCRIBED), work.scans.counts()
            behind = work.pages.behind(1) or work.pages.waiting(limit=1)
        at_rest = sum(counts.get(state, 0) for state in AT_REST)
        return not moving and not behind and at_rest == sum(counts.values()) >= files

    return resting


def _at_most(ours: float, must: float, **more: object) -> Figures:
    return {"ours": round(ours, 3), "must": f"<= {must}", "ok": ours <= must, **more}


def _at_least(ours: float, must: float, **more: object) -> Figures:
    return {"ours": round(ours, 3), "must": f">= {must}", "ok": ours >= must, **more}


def scans() -> Iterator[Figures]:
    """CPU of everything per scanned page against the engine alone, on the same files."""
    yield {"part": "tesseract", **_against_alone("tesseract", 1.6, lambda made: [one.bare_tesseract() for one in made])}
    yield {"part": "rapidocr", **_against_alone("rapidocr", 1.35, accuracy.rapid_alone)}


def _against_alone(engine: str, must: float, alone: Callable[[list[pages.Scan]], list[meter.Spent]]) -> Figures:
    with _served(engine=engine) as (archive, pid, folder):
        made = pages.mix(folder)
        ours = _spent_on(archive, pid, folder).cpu / len(made)
        largest = meter.largest_of(pid)
        floor = sum(spent.cpu for spent in alone(made)) / len(made)
    figures = _at_most(ours / floor, must, unit="x the engine alone", pages=len(made))
    costs = {"ratio": round(ours / floor, 3), "ours": round(ours, 3), "floor": round(floor, 3)}
    return {**figures, **costs, "largest_mb": round(largest), "ok": bool(figures["ok"]) and largest < MOST_MB}


#: Most characters wrong in a hundred, by kind of page; other kinds of ours are bound by the last.
MOST_WRONG = {
    **dict.fromkeys(("clean", "clean300", "clean200", "table", "form", "turned", "rot", "skew"), 0.5),
    **dict.fromkeys(("redhead", "light", "illum", "noisy", "fax"), 1.0),
    **{"bleed": 4.0, "hard": 2.0},
}


def reading() -> Iterator[Figures]:
    """Characters wrong, lines in order, boxes on words, and what a confidence is worth, for each engine."""
    for engine, most in (("rapidocr", 1.0), ("tesseract", 6.0)):
        found = accuracy.measured(engine)
        for kind, tally in found.items():
            bound = MOST_WRONG.get(kind, most) if engine == "rapidocr" else 100.0
            figures = tally.figures()
            yield {"engine": engine, "part": kind, **_at_most(figures["cer"], bound, unit="% CER"), **figures}
        yield from ({"engine": engine, **figures} for figures in _over_all(found, engine, most))


def _over_all(found: Mapping[str, accuracy.Tally], engine: str, most: float) -> Iterator[Figures]:
    everything = sum(found.values(), accuracy.Tally())
    figures = everything.figures()
    yield {"part": "all", **_at_most(figures["cer"], most, unit="% CER"), "cpu": figures["cpu"]}
    if engine == "rapidocr":
        yield {"part": "order", **_at_least(figures["in_order"], 99, unit="% of lines in order")}
        yield {"part": "boxes", **_at_least(figures["boxes"], 98, unit="% overlap by half")}
    yield {"part": "upright", **_at_least(figures["upright"], 100, unit="% of pages")}
    points = accuracy.reliability(everything.said)
    print(accuracy.plot(points), file=sys.stderr)
    yield {"part": "reliability", "points": points}


def cross_check() -> Iterator[Figures]:
    """What a second engine's opinion of doubtful lines gains, and what it costs."""
    for asked in (False, True):
        everything = sum(accuracy.measured("rapidocr", asked).values(), accuracy.Tally())
        yield {
            "part": "with" if asked else "without",
            **accuracy.marking(everything),
            "cpu": everything.figures()["cpu"],
        }


def blank() -> Figures:
    """CPU of a blank page, up to its being known as blank."""
    return _at_most(accuracy.blank_page(), 0.2, unit="CPU s/page")


def text_layer(count: int = 100) -> Figures:
    """Born-digital pages per CPU-second, up to their text and boxes."""
    with tempfile.TemporaryDirectory() as place:
        path = pages.born_digital(Path(place) / "born.pdf", count)
        return _at_least(accuracy.text_layers(str(path), count), 25, unit="pages/CPU s", pages=count)


def born_digital() -> Figures:
    """Born-digital pages per CPU-second."""
    count = 200
    with _served() as (archive, pid, folder):
        pages.born_digital(folder / "born.pdf", count)
        spent = _spent_on(archive, pid, folder)
    return _at_least(count / spent.cpu, 10, unit="pages/CPU s", pages=count)


def workers() -> Figures:
    """How much faster two workers are than one on the same scans."""
    walls = {count: _wall_with(count) for count in (1, 2)}
    figures = _at_least(walls[1] / walls[2], 1.75, unit="x one worker")
    return {**figures, "floor": round(walls[1], 1), "two": round(walls[2], 1), "ratio": round(walls[1] / walls[2], 3)}


def _wall_with(count: int) -> float:
    with _served(count) as (archive, pid, folder):
        pages.mix(folder)
        return _spent_on(archive, pid, folder).wall


def latency() -> Figures:
    """Seconds from the close of a one-page scan to its being found, beyond what bare Tesseract takes for it."""
    with _served() as (archive, _, folder):
        scan = pages.mix(folder, 2)[1]
        floor = scan.bare_tesseract().wall
        archive.lay(scan.path, "C301")
        found = wait_until(lambda: archive.json("search", "劳动者")["total"] > 0, PATIENCE, every=0.1)
    return {**_at_most(found - floor, 4, unit="s beyond OCR"), "found": round(found, 2), "floor": round(floor, 2)}


def idle() -> Iterator[Figures]:
    """CPU and memory of everything, two minutes after 20 scans and a search."""
    with _served(2) as (archive, pid, folder):
        pages.mix(folder, 20)
        _spent_on(archive, pid, folder)
        archive.json("search", "劳动合同")
        time.sleep(QUIET_SECONDS)
        before = meter.cpu_of(pid)
        time.sleep(IDLE_SECONDS)
        percent = (meter.cpu_of(pid) - before) / IDLE_SECONDS * 100
        memory = meter.pss_of(pid)
    yield {"part": "cpu", **_at_most(percent, 0.5, unit="% of a core")}
    yield {"part": "memory", **_at_most(memory, 400, unit="MB PSS")}


def long_volume(count: int = 500) -> Iterator[Figures]:
    """The largest process while a long TIFF is read, and what is lost when the reading is killed in the middle."""
    with tempfile.TemporaryDirectory() as place:
        archive = Archive(Path(place) / "home")
        archive.home.mkdir()
        archive.ask("init", "--pack", "school")
        archive.lay(pages.long_volume(Path(place) / "volume.tif", count), "J101")
        largest = _read_until(archive, count // 4)
        kept = _pages(archive)
        largest = max(largest, _read_until(archive, count))
        final = _pages(archive)
    yield {"part": "memory", **_at_most(largest, 700, unit="MB in the largest process", pages=count)}
    yield {"part": "resume", "ours": final, "must": f"== {count}", "ok": final == count, "kept": kept, "unit": "pages"}


def _pages(archive: Archive) -> int:
    return int(archive.json("status")["index"]["pages"])


def _read_until(archive: Archive, count: int) -> float:
    """Run until `count` pages are in the index, then kill -9 everything at once; the largest process seen, MB."""
    process = archive.start("run", "--port", str(_free_port()), "--workers", "2")
    sizes = [0.0]

    def enough() -> bool:
        sizes.append(meter.largest_of(process.pid))
        return _pages(archive) >= count

    wait_until(enough, PATIENCE)
    for member in list(meter.family(process.pid)):
        with suppress(psutil.NoSuchProcess):
            member.kill()
    process.wait()
    return max(sizes)


def search(count: int = 1000) -> Figures:
    """Milliseconds a search takes over born-digital pages, against a plain walk through all their text."""
    with _served(2) as (archive, pid, folder):
        for part in range(count // 100):
            pages.born_digital(folder / f"part{part}.pdf", 100, seed=part + 1)
        _spent_on(archive, pid, folder)
        texts = [sheet.text for part in range(count // 100) for sheet in volume(100, part + 1, "minutes")]
        queries = _substrings(texts, 40)
        took = sorted(float(archive.json("search", query)["took_ms"]) for query in queries)
    floor = statistics.median(_walk(texts, query) for query in queries)
    p95 = took[round(0.95 * (len(took) - 1))]
    return {"ours": statistics.median(took), "p95": p95, "floor": round(floor, 3), "unit": "ms", "pages": count}


def _substrings(texts: list[str], count: int) -> list[str]:
    chance = random.Random(1)
    lines = [line for text in chance.sample(texts, count) for line in text.split("\n")[-2:-1]]
    return [line[start : start + 4] for line in lines for start in (chance.randrange(len(line) - 4),)]


def _walk(texts: list[str], query: str) -> float:
    start = time.perf_counter()
    sum(query in text for text in texts)
    return (time.perf_counter() - start) * 1000


def access_copies(count: int = 60) -> Figures:
    """CPU a page of a searchable PDF, beyond putting the pictures' bytes into one."""
    with copies.item_of(count) as (room, item_id, masters):
        ours = copies.spent_on_copy(room, item_id) / count * 1000
        floor = copies.spent_on_pictures(masters, room.home.path / "plain.pdf") / count * 1000
    figures = _at_most(ours - floor, 30, unit="CPU ms/page beyond the image", pages=count)
    return {**figures, "all": round(ours, 2), "floor": round(floor, 2)}


def found(count: int = 20) -> Figures:
    """CPU of a list of hits beyond the index: snippets, and the boxes of every match on the page image."""
    return _at_most(hits.spent_on_hits(count), 4, unit="CPU ms", hits=count)


BENCHES: Mapping[str, Callable[[], Figures | Iterator[Figures]]] = {
    "similar": similar.measured,
    "scans": scans,
    "reading": reading,
    "cross-check": cross_check,
    "blank": blank,
    "text-layer": text_layer,
    "born-digital": born_digital,
    "workers": workers,
    "latency": latency,
    "idle": idle,
    "long-volume": long_volume,
    "search": search,
    "text-index": text_index,
    "hits": found,
    "size": text_size,
    "access-copies": access_copies,
    "filing": filing.filing,
    "reclassify": reclassifying.measured,
}


def main() -> int:
    """Print one JSON line a figure; 1 when one is beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="all when none is named")
    fine = True
    for name in parser.parse_args().names or BENCHES:
        answer = BENCHES[name]()
        for figures in [answer] if isinstance(answer, Mapping) else answer:
            print(json.dumps({"bench": name, **figures}, ensure_ascii=False), flush=True)
            fine = fine and bool(figures.get("ok", True))
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
