"""Decides how the demo, the benches and acceptance tests drive Muniment: by its commands, in a home of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
#: 0 done, 3 done but something needs a person: both are answers.
ANSWERS = (0, 3)


class Archive:
    """One archive home and the commands upon it."""

    def __init__(self, home: Path, environment: Mapping[str, str] | None = None) -> None:
        self.home = home.resolve()
        self.drop = self.home / "drop"
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), "MUNIMENT_HOME": str(self.home)}
        self._environment.update(environment or {})

    def command(self, verb: str, *words: str) -> list[str]:
        """The full command line of one verb; the home is told by MUNIMENT_HOME."""
        return [sys.executable, "-m", "muniment", *verb.split(), *words]

    def ask(self, verb: str, *words: str) -> str:
        """Run one command to its end and return what it printed; RuntimeError says how it failed."""
        done = subprocess.run(self.command(verb, *words), capture_output=True, text=True, env=self._environment)
        if done.returncode not in ANSWERS:
            raise RuntimeError(f"muniment {verb} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def json(self, verb: str, *words: str) -> Any:
        """What a command says in JSON."""
        return json.loads(self.ask(verb, *words, "--json"))

    def start(self, verb: str, *words: str) -> subprocess.Popen[bytes]:
        """Start a command that stays; its words go to HOME/<verb>.out."""
        with (self.home / f"{verb}.out").open("ab") as out:
            return subprocess.Popen(
                self.command(verb, *words), stdout=out, stderr=out, env=self._environment, start_new_session=True
            )

    @contextmanager
    def running(self, *verbs: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Keep these commands running, each given as one string with its options; stop them cleanly afterwards."""
        started = [self.start(*verb.split()) for verb in verbs]
        try:
            yield started
        finally:
            for process in started:
                stop(process)

    def lay(self, source: Path, under: str = "") -> None:
        """Put a file or the contents of a folder into the watched folder, as a scanner would: written, then closed."""
        target = self.drop / under
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / source.name)

    def at_rest(self, files: int) -> Callable[[], bool]:
        """A question: are `files` files seen, every one accounted for, and no work waiting?"""

        def resting() -> bool:
            status = self.json("status")
            ledger, busy = status["ledger"], any(status["queues"].values()) or status["index"]["behind"]
            known = sum(ledger[state] for state in ("stored", "duplicate", "quarantined", "ignored"))
            return ledger["seen"] == known >= files and not busy

        return resting


def stop(process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Ask a command to end; after `seconds` end it and its children."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(happens: Callable[[], bool], seconds: float, every: float = 0.5) -> float:
    """Seconds until `happens` is true; TimeoutError when it is not in time."""
    start = time.monotonic()
    while not happens():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"not within {seconds:.0f} s")
        time.sleep(every)
    return time.monotonic() - start
