"""The same Jobs over a Redis of the test's own: asked once, done once, asked again when the work has begun."""

from __future__ import annotations

import threading

import dramatiq
import pytest
from dramatiq.worker import Worker

from index.jobs.redis import RedisJobs

pytestmark = [pytest.mark.slow, pytest.mark.servers]


def test_work_asked_for_over_redis_is_done_by_a_worker(redis_url: str) -> None:
    jobs, both = RedisJobs(redis_url), threading.Event()
    done: list[str] = []

    def recognise(page_id: str) -> None:
        done.append(page_id)
        if len(done) == 2:
            both.set()

    broker = jobs.broker()
    dramatiq.actor(broker=broker, queue_name="ocr")(recognise)
    jobs.ask("recognise", "p1")
    jobs.ask("recognise", "p1")
    jobs.remind("recognise", "p1")
    jobs.ask("recognise", "p2", delay=0.1)
    assert jobs.waiting()["ocr"] == 2
    worker = Worker(broker, queues={"ocr"}, worker_threads=1, worker_timeout=50)
    worker.start()
    assert both.wait(20)
    worker.stop()
    assert sorted(done) == ["p1", "p2"]
    assert jobs.waiting() == {}
    broker.close()


def test_an_ask_is_new_again_once_the_work_has_begun(redis_url: str) -> None:
    jobs, begun = RedisJobs(redis_url), threading.Event()

    def recognise(page_id: str) -> None:
        if not begun.is_set():
            begun.set()
            jobs.ask("recognise", page_id)
        else:
            again.set()

    again = threading.Event()
    broker = jobs.broker()
    dramatiq.actor(broker=broker, queue_name="ocr")(recognise)
    jobs.ask("recognise", "p1")
    worker = Worker(broker, queues={"ocr"}, worker_threads=1, worker_timeout=50)
    worker.start()
    assert again.wait(20)
    worker.stop()
    broker.close()
