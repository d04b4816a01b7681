"""Decides how a worker process lives: dramatiq's actors from the table of stages, a heartbeat, a sweep, an end.

Here is one of the three edges where every error is caught: what is final quarantines its scan, what passes is left
to the sweep or tried again soon, and what we did not foresee is tried a few times and then given up with a number.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import dramatiq
import structlog
from dramatiq.broker import Broker
from dramatiq.worker import Worker

from config.locks import hold
from config.wiring import Home
from index.domain.errors import BadScan, BrokerLost, Busy, Conflict, DiskFull, Passing
from index.jobs.queues import PLACES, QUEUE_OF, QUEUES
from ingest import actors, rereading
from ingest.actors import Desk
from ingest.pipeline import ASIDE, STAGES, Stage, ask_for, sweep
from ingest.reading import cage_for
from ingest.stages.index import tidy
from ingest.stages.receive import refuse

log = structlog.get_logger()

#: How long a stopping worker lets the page in hand be finished; seconds. Beyond it the lease returns the page.
GRACE = 20.0
#: How often a waiting thread looks whether it should stop; milliseconds.
WAKE = 4000


def serve(home: Home) -> None:
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    desk = Desk(home, cage_for(home))
    broker = home.jobs.broker()
    doing = _Doing()
    declare(desk, broker, doing)
    worker = Worker(broker, queues=set(QUEUES), worker_threads=len(PLACES), worker_timeout=WAKE)
    home.jobs.beat("worker", "")
    sweep(home)
    worker.start()
    _keep_going(home, desk, doing, stop)
    worker.stop(timeout=int(GRACE * 1000))
    desk.cage.close()


def declare(desk: Desk, broker: Broker, doing: _Doing) -> None:
    """One actor a stage, and the one that gives up."""
    for stage in (*STAGES, *ASIDE):
        _declare(broker, stage.name, _actor(desk, stage, doing), on_retry_exhausted="give_up")
    _declare(broker, "give_up", _give_up(desk))


def _declare(broker: Broker, name: str, act: Callable[..., None], **options: Any) -> None:
    dramatiq.actor(actor_name=name, queue_name=QUEUE_OF[name], broker=broker, **options)(act)


class _Doing:
    """What this process is doing, for `status` to show."""

    def __init__(self) -> None:
        self.now = ""


def _actor(desk: Desk, stage: Stage, doing: _Doing) -> Callable[..., None]:
    def act(target: str = "") -> None:
        doing.now = f"{stage.name} {target}".strip()
        try:
            ask_for(desk.home, stage.work(desk, target))
        except BadScan as error:
            log.info("refused", stage=stage.name, target=target, code=error.code)
            scan_id = _scan_of(desk.home, stage, target)
            refuse(desk.home, scan_id, error)
            ask_for(desk.home, actors.without(desk.home, scan_id))
        except (Busy, DiskFull, BrokerLost, Conflict) as error:
            # The ledger still says that it is due: the sweep asks again.
            log.warning("later", stage=stage.name, target=target, code=error.code)
        finally:
            doing.now = ""

    return act


def _scan_of(home: Home, stage: Stage, target: str) -> str:
    if stage.of == "scan":
        return target
    with home.catalogue.reading() as work:
        return work.pages.get(target).scan_id


def _give_up(desk: Desk) -> Callable[..., None]:
    def give_up(*words: Any) -> None:
        actor, target, times = _given_up(words)
        log.error("given up", actor=actor, target=target, times=times)
        if actor == "reread":
            rereading.give_up(desk, target)
        else:
            ask_for(desk.home, actors.give_up(desk, actor, target, times))

    return give_up


def _given_up(words: tuple[Any, ...]) -> tuple[str, str, str]:
    """From our broker (actor, id, times); from dramatiq's Retries the message itself and how often it was tried."""
    if isinstance(words[0], dict):
        message, tried = words
        return message["actor_name"], next(iter(message["args"]), ""), str(tried["retries"] + 1)
    return words[0], words[1] if len(words) > 2 else "", words[-1]


def _keep_going(home: Home, desk: Desk, doing: _Doing, stop: threading.Event) -> None:
    """Beat, sweep, and let an idle cage go, until told to stop."""
    while not stop.wait(home.settings.queue.sweep_seconds):
        _tick(home, doing)
        desk.cage.retire_if_idle()


def _tick(home: Home, doing: _Doing) -> None:
    """One beat; one worker of the home at a time also sweeps and tidies the index while nothing waits."""
    try:
        home.jobs.beat("worker", doing.now)
        with hold(home.folder("locks") / "sweep", "busy"):
            sweep(home)
            if not home.jobs.waiting():
                tidy(home)
    except Conflict:
        pass
    except (Passing, OSError) as error:
        log.warning("later", stage="sweep", error=str(error))
