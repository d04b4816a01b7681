"""Decides what tests may lean on: the shared corpus, a free port, Chromium, a Redis or a PostgreSQL of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent
#: `make quick` tries a tenth of what `make test` does.
hypothesis.settings.register_profile("quick", max_examples=10)
#: Rooms whose tests raise the whole application, processes or pictures; one page of each kind stays in the quick part.
HEAVY = (
    "config/test_editions.py",
    "config/test_founding.py",
    "index/custody/test_states.py",
    "index/text/editions/test_on_disk.py",
    "index/text/shards",
    "index/text/editions/test_kills.py",
    "ingest/engines",
    "ingest/imaging",
    "ingest/stages/test_clean.py",
    "ingest/stages/test_copy.py",
    "ingest/stages/test_recognise.py",
    "ingest/test_dividing.py",
    "ingest/test_profiles.py",
    "ingest/test_sandbox.py",
    "ingest/test_unpacking.py",
    "viewer/export",
    "viewer/pages",
    "viewer/test_guard.py",
    "viewer/test_querying.py",
    "viewer/test_reading.py",
    "viewer/test_session.py",
    "viewer/test_similar.py",
    "labelled",
    "test_commands.py",
    "test_paper.py",
)
QUICK = ("viewer/export/test_lines.py", "viewer/pages/test_review.py")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        place = item.path.relative_to(ROOT / "tests").as_posix()
        if place.startswith(HEAVY) and place not in QUICK:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def corpus() -> Path | None:
    """The folder of real and hostile scans beside the project, or None where there is none."""
    folder = ROOT.parent / "shared" / "corpus"
    return folder if folder.is_dir() else None


@pytest.fixture
def free_port() -> int:
    """A TCP port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The system's Chromium for playwright's `executable_path`; None lets playwright use the one it fetched."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture
def redis_url(tmp_path: Path, free_port: int) -> Iterator[str]:
    """A Redis of this test's own, without persistence, gone afterwards."""
    server = subprocess.Popen(
        ["redis-server", "--port", str(free_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    while "Ready to accept connections" not in (line := server.stdout.readline()):
        assert line, "redis-server ended before it was ready"
    yield f"redis://127.0.0.1:{free_port}/0"
    server.terminate()
    server.wait()
    server.stdout.close()


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """A PostgreSQL of this session's own, reached by a socket in its folder alone, gone afterwards.

    It refuses to serve root, who therefore starts it as the user that its package made.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    user = "postgres" if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="muniment-postgresql-") as folder:
        if user:
            shutil.chown(folder, user)
        made = [str(programs / "initdb"), "-D", f"{folder}/data", "-U", "muniment", "--auth=trust", "-E", "UTF8"]
        subprocess.run([*made, "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")
        told = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "log_min_messages=log", "-c", "max_connections=30"]
        server = subprocess.Popen(
            [programs / "postgres", "-D", f"{folder}/data", "-k", folder, *told],
            stderr=subprocess.PIPE,
            text=True,
            user=user,
            cwd="/",
        )
        assert server.stderr is not None
        while "ready to accept connections" not in (line := server.stderr.readline()):
            assert line, "postgres ended before it was ready"
        yield f"postgresql://muniment@/postgres?host={folder}"
        server.send_signal(signal.SIGINT)
        server.wait()
        server.stderr.close()
