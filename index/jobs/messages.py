"""Decides what a message of work looks like: an actor's name, ids, and few retries that come soon."""

from __future__ import annotations

from typing import Any

import dramatiq
from dramatiq.middleware import AgeLimit, Middleware, Retries, ShutdownNotifications

from index.jobs.queues import QUEUE_OF


def middleware(max_retries: int = 3) -> list[Middleware]:
    """Few retries, soon: dramatiq's own default is 20 over days."""
    retries = Retries(max_retries=max_retries, min_backoff=500, max_backoff=30_000)
    return [AgeLimit(), ShutdownNotifications(), retries]


def asks(message: dramatiq.Message[Any]) -> str:
    """What a message asks for, in words two equal asks share."""
    return " ".join([message.actor_name, *(str(argument) for argument in message.args)])[:160]


def message_for(actor: str, *ids: str) -> dramatiq.Message[Any]:
    return dramatiq.Message(queue_name=QUEUE_OF[actor], actor_name=actor, args=ids, kwargs={}, options={})


def given_up(message: dramatiq.Message[Any], times: int) -> dramatiq.Message[Any]:
    """What takes the place of a message that was handed out too often."""
    return message_for("give_up", message.actor_name, *message.args, str(times)).copy(queue_name=message.queue_name)
