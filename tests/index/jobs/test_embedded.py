"""The traps of a broker over SQL, each a story."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import dramatiq
import pytest
from dramatiq.worker import Worker

from index.jobs import leases as leases_module
from index.jobs.embedded import LedgerBroker, LedgerJobs
from index.jobs.leases import Leases, this_owner
from index.jobs.messages import asks, message_for


class Hands:
    """A clock moved by hand; seconds."""

    def __init__(self) -> None:
        self.time = 1_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def leases(tmp_path: Path, clock: Hands) -> Leases:
    return Leases(tmp_path / "jobs.db", 60.0, now=clock)


def put(leases: Leases, actor: str = "recognise", *ids: str, **how: object) -> bool:
    message = message_for(actor, *ids)
    return leases.put(message.queue_name, asks(message), message.encode(), **how)  # type: ignore[arg-type]


def test_a_message_is_handed_to_one_holder_only(leases: Leases) -> None:
    put(leases, "recognise", "p1")
    assert leases.claim(["ocr"], "h:1:1") is not None
    assert leases.claim(["ocr"], "h:2:1") is None


def test_the_same_ask_waits_once_but_is_put_again_while_the_first_is_held(leases: Leases) -> None:
    assert put(leases, "recognise", "p1")
    assert not put(leases, "recognise", "p1")
    leases.claim(["ocr"], "h:1:1")
    assert put(leases, "recognise", "p1")


def test_a_reminder_is_not_put_beside_what_is_being_worked_on(leases: Leases) -> None:
    put(leases, "recognise", "p1")
    leases.claim(["ocr"], "h:1:1")
    assert not put(leases, "recognise", "p1", unless="held")


def test_a_retry_under_the_same_message_id_survives_the_acknowledgement_of_the_first(leases: Leases) -> None:
    message = message_for("recognise", "p1")
    leases.put("ocr", asks(message), message.encode())
    first = leases.claim(["ocr"], "h:1:1")
    assert first
    leases.put("ocr", asks(message), message.encode(), delay=0)
    assert leases.done(first.key, "h:1:1")
    second = leases.claim(["ocr"], "h:1:1")
    assert second and second.body == first.body and second.key != first.key


def test_a_delay_is_a_time_in_sql_and_no_delay_queue_is_declared(leases: Leases, clock: Hands) -> None:
    broker = LedgerBroker(leases, deliveries=3)
    broker.declare_queue("ocr")
    broker.enqueue(message_for("recognise", "p1"), delay=5_000)
    assert broker.get_declared_delay_queues() == set()
    assert broker.take("ocr") is None
    clock.time += 6
    assert broker.take("ocr") is not None


def test_an_answer_that_comes_after_the_lease_was_lost_changes_nothing(leases: Leases, clock: Hands) -> None:
    put(leases, "recognise", "p1")
    slow = leases.claim(["ocr"], "h:1:1")
    clock.time += 61
    quick = leases.claim(["ocr"], "h:2:1")
    assert slow and quick and slow.key == quick.key
    assert not leases.done(slow.key, "h:1:1")
    assert leases.done(quick.key, "h:2:1")


def test_a_heartbeat_keeps_a_lease_through_a_long_call(leases: Leases, clock: Hands) -> None:
    put(leases, "recognise", "p1")
    leases.claim(["ocr"], "h:1:1")
    clock.time += 50
    leases.renew("h:1:1", "worker", "recognise p1")
    clock.time += 50
    assert leases.claim(["ocr"], "h:2:1") is None
    assert leases.workers() == [("h:1:1", "worker", 1050.0, "recognise p1")]


def test_the_leases_of_a_dead_process_are_freed_at_once(leases: Leases) -> None:
    put(leases, "recognise", "p1")
    dead = f"{os.uname().nodename}:999999999:1"
    leases.claim(["ocr"], dead)
    leases.claim(["ocr"], "elsewhere:1:1")
    assert leases.free() == 1
    assert leases.claim(["ocr"], this_owner()) is not None


def test_a_pid_used_again_is_another_owner() -> None:
    host, pid, start = this_owner().rsplit(":", 2)
    assert not leases_module.is_gone(this_owner())
    assert leases_module.is_gone(f"{host}:{pid}:{int(start) - 100}")
    assert not leases_module.is_gone("another-host:1:1")


def test_purging_messages_leaves_the_catalogue_alone(tmp_path: Path, leases: Leases) -> None:
    put(leases, "recognise", "p1")
    put(leases, "index")
    leases.purge("ocr")
    assert leases.waiting() == {"index": 1}
    leases.purge()
    assert leases.waiting() == {}


def test_one_place_for_paper_and_one_for_the_index(leases: Leases) -> None:
    broker = LedgerBroker(leases, deliveries=3)
    put(leases, "recognise", "p1")
    put(leases, "recognise", "p2")
    put(leases, "index")
    assert broker.take("ocr") is not None
    assert broker.take("ocr") is None
    assert broker.take("index") is not None


def test_a_message_handed_out_too_often_is_given_up(leases: Leases, clock: Hands) -> None:
    broker = LedgerBroker(leases, deliveries=2)
    put(leases, "recognise", "p1")
    for _ in range(2):
        assert leases.claim(["ocr"], "h:1:1")
        clock.time += 61
    poisoned = broker.take("ocr")
    assert poisoned is not None
    assert (poisoned.actor_name, list(poisoned.args)) == ("give_up", ["recognise", "p1", "2"])
    assert poisoned.queue_name == "ocr"


def _work(path: Path, wall: Path, stop_after: int) -> None:
    leases = Leases(path, 60.0)
    broker = LedgerBroker(leases, deliveries=10)

    def recognise(page_id: str) -> None:
        with wall.open("a") as out:
            out.write(page_id + "\n")
        if stop_after and len(wall.read_text().splitlines()) >= stop_after:
            os.kill(os.getpid(), signal.SIGKILL)

    dramatiq.actor(broker=broker, queue_name="ocr")(recognise)
    worker = Worker(broker, queues={"ocr"}, worker_threads=1, worker_timeout=50)
    worker.start()
    broker.join("ocr", timeout=20_000)
    worker.stop()


@pytest.mark.slow
def test_two_processes_and_a_kill_do_every_job_and_none_is_lost(tmp_path: Path) -> None:
    path, wall = tmp_path / "jobs.db", tmp_path / "wall"
    jobs = LedgerJobs(Leases(path, 60.0), deliveries=10)
    for number in range(60):
        jobs.ask("recognise", f"p{number}")
    spawn = multiprocessing.get_context("spawn")
    first = spawn.Process(target=_work, args=(path, wall, 20))
    first.start()
    first.join(30)
    assert first.exitcode == -signal.SIGKILL
    assert jobs.free(first.pid) == 1
    workers = [spawn.Process(target=_work, args=(path, wall, 0)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    done = wall.read_text().split()
    assert set(done) == {f"p{number}" for number in range(60)}
    assert len(done) == 61  # the one that was being done when the process was killed
    assert jobs.waiting() == {}
