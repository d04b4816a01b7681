"""Decides which queue each kind of work waits in, and how many of a kind one worker process takes at a time.

Separate queues, since priority only works among messages already fetched (dramatiq). The index has a place of its
own beside paper: a page must be searchable within seconds while others are still being read.
"""

from __future__ import annotations

QUEUE_OF = {
    "receive": "intake",
    "render": "intake",
    "divide": "intake",
    "describe": "intake",
    "classify": "intake",
    "file": "intake",
    "draw": "intake",
    "copy": "intake",
    "tabulate": "intake",
    "enter": "intake",
    "learn": "reread",
    "give_up": "intake",
    "recognise": "ocr",
    "reread": "reread",
    "index": "index",
}

#: Queues in the order in which a free place takes from them; each tuple shares one place in a worker process.
PLACES = (("intake", "ocr", "reread"), ("index",))

#: What is taken only while nothing is due in these: new scans go before old ones that are read again.
BEHIND = {"reread": ("intake", "ocr")}

QUEUES = tuple(queue for place in PLACES for queue in place)


def place_of(queue: str) -> int:
    return next(number for number, queues in enumerate(PLACES) if queue in queues)
