"""Decides how the ledger is kept: a row for every file ever met, and every version of its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from index.catalogue import rows, tables
from index.domain.errors import Missing
from index.domain.scan import Scan, ScanState

_scan = tables.scan.c
_CAPTURED = (ScanState.STORED, ScanState.READ)
#: Captured, or a ZIP that was unpacked: it is held in its files.
_IS_HELD = or_(_scan.state.in_(_CAPTURED), and_(_scan.state == ScanState.IGNORED, _scan.format == "zip"))


class ScanBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, scan: Scan) -> None:
        self._sql.execute(insert(tables.scan).values(rows.scan_row(scan)))

    def save(self, scan: Scan) -> None:
        self._sql.execute(update(tables.scan).where(_scan.id == scan.id).values(rows.scan_row(scan)))

    def get(self, scan_id: str) -> Scan:
        row = self._sql.execute(select(tables.scan).where(_scan.id == scan_id)).first()
        if row is None:
            raise Missing("no-such-scan")
        return rows.scan(row)

    def at_path(self, path: bytes) -> Scan | None:
        query = select(tables.scan).where(_scan.path == path).order_by(_scan.seen_at.desc(), _scan.id.desc()).limit(1)
        row = self._sql.execute(query).first()
        return rows.scan(row) if row else None

    def before(self, scan: Scan) -> Scan | None:
        earlier = select(tables.scan).where(_scan.path == scan.path, _scan.id < scan.id)
        row = self._sql.execute(earlier.order_by(_scan.id.desc()).limit(1)).first()
        return rows.scan(row) if row else None

    def same_bytes(self, scan: Scan) -> Scan | None:
        query = (
            select(tables.scan)
            .where(_scan.sha256 == scan.sha256, _scan.id != scan.id, _scan.run.is_(None), _IS_HELD)
            .where(_scan.fonds_id.is_(None) if scan.fonds_id is None else _scan.fonds_id == scan.fonds_id)
            .order_by(_scan.seen_at, _scan.id)
            .limit(1)
        )
        row = self._sql.execute(query).first()
        return rows.scan(row) if row else None

    def in_states(self, *states: ScanState, limit: int = 0, since: datetime | None = None) -> Sequence[Scan]:
        query = select(tables.scan).where(_scan.state.in_(states)).order_by(_scan.seen_at, _scan.id)
        query = query.where(_scan.changed_at > since) if since else query
        return [rows.scan(row) for row in self._sql.execute(query.limit(limit) if limit else query)]

    def of_item(self, item_id: str) -> Sequence[Scan]:
        lent = select(tables.page.c.scan_id).where(tables.page.c.item_id == item_id)
        query = select(tables.scan).where((_scan.item_id == item_id) | _scan.id.in_(lent))
        return [rows.scan(row) for row in self._sql.execute(query.order_by(_scan.position, _scan.path))]

    def counts(self) -> Mapping[str, int]:
        query = select(_scan.state, func.count()).group_by(_scan.state)
        return dict(self._sql.execute(query).all())


class RunBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, run: str) -> Sequence[Scan]:
        query = select(tables.scan).where(_scan.run == run).order_by(_scan.position, _scan.path)
        return [rows.scan(row) for row in self._sql.execute(query)]

    def all_in(self, folder: bytes) -> Sequence[Scan]:
        inside = (_scan.path >= folder + b"/") & (_scan.path < folder + b"0") & _scan.run.is_not(None)
        found = self._sql.execute(select(tables.scan).where(inside).order_by(_scan.seen_at, _scan.id))
        return [rows.scan(row) for row in found if row.path.rpartition(b"/")[0] == folder]

    def newest_in(self, folder: bytes) -> Sequence[Scan]:
        query = (
            select(_scan.run, _scan.path).where(_inside(folder), _scan.run.is_not(None)).order_by(_scan.seen_at.desc())
        )
        runs = (run for run, path in self._sql.execute(query) if run and path.rpartition(b"/")[0] == folder)
        return self.of(next(runs, ""))

    def below(self, folder: bytes, at: datetime) -> Sequence[Scan]:
        query = select(tables.scan).where(_inside(folder), _scan.seen_at == at).order_by(_scan.path)
        return [rows.scan(row) for row in self._sql.execute(query)]

    def same_pages(self, scans: Sequence[Scan]) -> Scan | None:
        first = scans[0]
        query = select(_scan.run).where(
            _scan.sha256 == first.sha256,
            _scan.run.is_not(None),
            _scan.run != first.run,
            _scan.state.in_(_CAPTURED),
            _scan.fonds_id.is_(None) if first.fonds_id is None else _scan.fonds_id == first.fonds_id,
        )
        digests = [scan.sha256 for scan in scans]
        runs = (self.of(run) for run in self._sql.execute(query.distinct()).scalars() if run)
        return next((run[0] for run in runs if [scan.sha256 for scan in run] == digests), None)


def _inside(folder: bytes) -> ColumnElement[bool]:
    """b"0" is the byte after b"/": everything below the folder lies between, its own folders too."""
    return (_scan.path >= folder + b"/") & (_scan.path < folder + b"0")


class VersionBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, scan_id: str, sha256: str, size: int, at: datetime) -> None:
        version = tables.scan_version.c
        known = select(version.scan_id).where(version.scan_id == scan_id, version.sha256 == sha256)
        if self._sql.execute(known).first() is None:
            row = {"scan_id": scan_id, "sha256": sha256, "size": size, "at": at}
            self._sql.execute(insert(tables.scan_version).values(row))

    def of(self, scan_id: str) -> Sequence[tuple[str, int, datetime]]:
        version = tables.scan_version.c
        query = select(version.sha256, version.size, version.at).where(version.scan_id == scan_id).order_by(version.at)
        return [tuple(row) for row in self._sql.execute(query)]

    def references(self) -> Mapping[str, int]:
        version = tables.scan_version.c
        query = select(version.sha256, func.count()).group_by(version.sha256)
        return dict(self._sql.execute(query).all())
