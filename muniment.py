"""The front door: the table of commands, each from its room. Names, options and JSON are what scripts rely on.

Exit codes: 0 done, 1 a fault of ours, 2 wrong use, 3 done but something needs a person, 4 refused.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import structlog
import typer

from config import commands as of_home
from config import pack_commands as of_packs
from config.console import DEFAULT_HOME, HomeDir, bar, language, open_home, say, tell
from config.locks import hold
from config.supervising import Supervisor, own_command
from index.domain.access import Role
from index.domain.errors import MunimentError, sentence
from ingest import commands as of_paper
from ingest import import_commands as of_lists
from ingest import naming_commands as of_names
from ingest import reclassifying_commands as of_places
from ingest import rereading_commands as of_rereading
from viewer import commands as of_use
from viewer import completeness_commands as of_completeness
from viewer import search_commands as of_search
from viewer import year_commands as of_year

Command = Callable[..., None]

#: Names by which only this machine calls itself.
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def init(
    home: HomeDir = DEFAULT_HOME,
    pack: Annotated[list[str] | None, typer.Option(help="A regulation to follow; all when none is named.")] = None,
    fonds: Annotated[list[str] | None, typer.Option(help="CODE=TITLE[:PACK[,PACK]]")] = None,
    admin: Annotated[str, typer.Option(help="Name of the first administrator.")] = "",
) -> None:
    """Make an archive home; again is harmless. The first administrator's one-time password is printed once."""
    from config.founding import found
    from viewer import accounts

    opened = found(home.absolute(), pack or [], fonds or [])
    with opened.catalogue.writing() as work:
        if not any(person.role is Role.ADMINISTRATOR for person in work.people.all()):
            name = admin or "admin"
            password = accounts.add(work, name, Role.ADMINISTRATOR, "operator", opened.clock.now())
            say(f"{name}: {password}")
        codes = ", ".join(f"{fonds.code} {fonds.title}" for fonds in work.fonds.all())
    tell(f"{opened.path}: {codes}")


def run(
    home: HomeDir = DEFAULT_HOME,
    host: Annotated[str, typer.Option()] = "",
    port: Annotated[int, typer.Option()] = 0,
    workers: of_paper.Workers = 0,
) -> None:
    """Watcher, workers and viewer, until Ctrl-C."""
    opened = open_home(home)
    where = host or opened.settings.viewer.host, port or opened.settings.viewer.port
    with hold(opened.folder("locks") / "run", "already-running"):
        for notice in opened.regulations.notices:
            tell(notice.words(language()))
        tell(f"{'https' if opened.settings.viewer.certificate else 'http'}://{where[0]}:{where[1]}/")
        if where[0] not in LOOPBACK and set(opened.settings.viewer.hosts) <= LOOPBACK:
            tell(sentence("no-hosts", language()))
        Supervisor(
            {
                "watcher": own_command("watch", opened),
                **of_paper.worker_commands(opened, workers),
                "viewer": own_command("serve", opened, "--host", where[0], "--port", str(where[1])),
            },
            opened.jobs.free,
        ).run()


def restore(file: Path, home: HomeDir = DEFAULT_HOME) -> None:
    """Make a home of a backup; its index is built anew."""
    from config.backup import restore as unpack
    from ingest.stages.index import rebuild

    with bar("restore") as progress:
        opened = unpack(file.absolute(), home.absolute(), progress)
    with bar("reindex") as progress:
        count = rebuild(opened, progress)
    tell(f"{opened.path}: {count} pages")


COMMANDS: Mapping[str, Command] = {
    "init": init,
    "run": run,
    "watch": of_paper.watch,
    "work": of_paper.work,
    "worker": of_paper.worker,
    "serve": of_use.serve,
    "ingest": of_paper.ingest,
    "search": of_search.search,
    "like": of_search.like,
    "show": of_use.show,
    "status": of_use.status,
    "completeness": of_completeness.completeness,
    "verify": of_use.verify,
    "reindex": of_paper.reindex,
    "reread": of_rereading.reread,
    "reclassify": of_places.reclassify,
    "end-tenure": of_places.end_tenure,
    "export": of_use.export,
    "renumber": of_year.renumber,
    "shelve": of_year.shelve,
    "backup": of_home.backup,
    "restore": restore,
    "doctor": of_home.doctor,
}

GROUPS: Mapping[str, Mapping[str, Command]] = {
    "quarantine": {
        "list": of_paper.quarantine_list,
        "retry": of_paper.quarantine_retry,
        "release": of_paper.quarantine_release,
    },
    "profile": {"try": of_names.profile_try},
    "import": {"catalogue": of_lists.import_catalogue, "register": of_lists.import_register},
    "register": {
        "list": of_lists.register_list,
        "decide": of_lists.register_decide,
        "sign": of_lists.register_sign,
    },
    "pack": {
        "list": of_packs.pack_list,
        "show": of_packs.pack_show,
        "editions": of_packs.pack_editions,
        "check": of_packs.pack_check,
    },
    "saved": {
        "list": of_search.saved_list,
        "add": of_search.saved_add,
        "remove": of_search.saved_remove,
        "new": of_search.saved_new,
    },
    "year": {"list": of_year.year_list, "close": of_year.year_close, "reopen": of_year.year_reopen},
    "place": {"list": of_year.place_list, "add": of_year.place_add},
    "user": {
        "add": of_use.user_add,
        "list": of_use.user_list,
        "disable": of_use.user_disable,
        "enable": of_use.user_enable,
        "reset": of_use.user_reset,
    },
}

GROUP_HELP = {
    "quarantine": "Files that could not be captured.",
    "profile": "How scanners name files.",
    "import": "Lists that the room kept in spreadsheets.",
    "register": "The incoming register.",
    "saved": "Searches that a person keeps, and what is new in them.",
    "pack": "Regulations as data.",
    "year": "The years of each class, and closing them.",
    "place": "Rooms, cabinets, shelves and boxes.",
    "user": "People of the room.",
}


def front_door() -> typer.Typer:
    """The command line, built from the tables."""
    door = _house("Muniment: an archive room's own digitiser.", COMMANDS)
    for name, commands in GROUPS.items():
        door.add_typer(_house(GROUP_HELP[name], commands), name=name)
    return door


def _house(words: str, commands: Mapping[str, Command]) -> typer.Typer:
    house = typer.Typer(
        no_args_is_help=True, add_completion=False, help=words, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    for name, command in commands.items():
        house.command(name, hidden=name == "worker")(command)
    return house


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code: the edge where every error becomes a sentence."""
    assert_ours()
    _log_plainly()
    sys.exit(_outcome(arguments))


def _log_plainly() -> None:
    """Lines on standard error; a traceback without the values of variables, which may be somebody's secrets."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    stamp = structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S")
    structlog.configure(
        processors=[structlog.processors.add_log_level, stamp, plain],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _outcome(arguments: Sequence[str] | None) -> int:
    try:
        front_door()(args=arguments)
    except SystemExit as left:  # typer's own way of leaving, wrong use (2) among it
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except KeyboardInterrupt:
        return 130
    except MunimentError as error:
        tell(error.sentence(language()))
        return error.exit_code
    except Exception:  # the command line's edge: a fault of ours, told with a number that is in the log
        reference = uuid.uuid4().hex[:8]
        structlog.get_logger().exception("fault", reference=reference)
        tell(sentence("fault", language(), reference=reference))
        return 1
    return 0


def assert_ours() -> None:
    """Refuse to start beside another distribution's `config` or `index`: flat names belong to this folder alone."""
    here = Path(__file__).resolve().parent
    for room in ("config", "index", "ingest", "viewer"):
        spec = find_spec(room)
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parent != here / room:
            raise SystemExit(f"“{room}” is not Muniment's own: {spec and spec.origin}. Run it from its own .venv.")


if __name__ == "__main__":
    main()
