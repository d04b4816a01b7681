"""Decides how the catalogue lies in SQL: one table a book. SQLite by default; nothing here is its dialect."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: stored without its zone (SQLite keeps none), handed out aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


_ALL = 2**64


class Wide(TypeDecorator[int]):
    """A number that only has to fit: times beyond the year 2262 come back as others, and nobody reckons with them."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value is None else (value + _ALL // 2) % _ALL - _ALL // 2


class Unsigned(Wide):
    """An inode of 64 bits: its upper half is stored below zero and handed out as it was."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value) % _ALL


metadata = MetaData()

fonds = Table(
    "fonds",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("packs", JSON, nullable=False),
    Column("grammar", String(32), nullable=False),
    Column("former", JSON, nullable=False, server_default="[]"),
)

scan = Table(
    "scan",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("path", LargeBinary, nullable=False),
    Column("home", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("fonds_id", String(36), ForeignKey("fonds.id")),
    Column("pack", String(64)),
    Column("hints", JSON, nullable=False),
    Column("run", Text),
    Column("position", Integer, nullable=False, default=0),
    Column("sha256", String(64)),
    Column("size", BigInteger, nullable=False, default=0),
    Column("mtime_ns", Wide, nullable=False, default=0),
    Column("inode", Unsigned, nullable=False, default=0),
    Column("format", String(16)),
    Column("item_id", String(36), ForeignKey("item.id")),
    Column("duplicate_of", String(36)),
    Column("reason", JSON),
    Column("parked", LargeBinary),
    Column("released", Boolean, nullable=False, default=False),
    Column("named", JSON, nullable=False, server_default="{}"),
    Column("batch_id", String(36)),
    Index("scan_batch", "batch_id"),
    Index("scan_path", "path"),
    Index("scan_state", "state"),
    Index("scan_bytes", "sha256"),
    Index("scan_item", "item_id"),
    Index("scan_run", "run"),
    Index("scan_seen", "seen_at"),
    Index("scan_changed", "changed_at"),
)

batch = Table(
    "batch",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("code", String(24), nullable=False, unique=True),
    Column("key", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("fonds_id", String(36), ForeignKey("fonds.id")),
    Column("title", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("expected_pages", Integer),
    Column("operator", String(128), nullable=False),
    Column("note", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("drawings", JSON, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("checked_by", String(128), nullable=False),
    Column("checked_at", Moment),
    Column("signed_by", String(128), nullable=False),
    Column("signed_at", Moment),
    Column("version", Integer, nullable=False),
    Index("batch_key", "key"),
    Index("batch_day", "day"),
)

batch_mark = Table(
    "batch_mark",
    metadata,
    Column("batch_id", String(36), ForeignKey("batch.id"), primary_key=True),
    # No foreign key: a newer, shorter version of a scan takes its last pages with it, and the mark stays.
    Column("page_id", String(36), primary_key=True),
    Column("drawing", Integer, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment),
)

scan_version = Table(
    "scan_version",
    metadata,
    Column("scan_id", String(36), ForeignKey("scan.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("filed_at", Moment),
    Column("fonds_id", String(36), ForeignKey("fonds.id")),
    Column("file_id", String(36), ForeignKey("file.id")),
    Column("reference_code", String(128)),
    Column("filing_year", String(4), nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("pack_digest", String(64), nullable=False),
    Column("description", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("run", Text),
    Column("joined_to", String(36)),
    Column("code", JSON(none_as_null=True)),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("volume_id", String(36)),
    Column("location_id", String(36)),
    Column("arranged_at", Moment),
    Column("shelved_at", Moment),
    Column("late", Boolean, nullable=False, server_default="0"),
    # Drawn from `description` by the one function that writes it, so that lists can filter and sort.
    Column("title", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("creator", Text, nullable=False),
    Column("date", String(10), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("series", String(64), nullable=False),
    Column("retention", String(16), nullable=False),
    Column("marking", String(16), nullable=False),
    # Its number and title as citations are compared with them.
    Column("number_key", Text, nullable=False, server_default=""),
    Column("title_key", Text, nullable=False, server_default=""),
    Index("item_code", "reference_code", unique=True),
    Index("item_place", "fonds_id", "series", "date"),
    Index("item_state", "state"),
    Index("item_run", "run"),
    Index("item_number_key", "number_key"),
    Index("item_title_key", "title_key"),
    Index("item_volume", "volume_id"),
    Index("item_class_year", "fonds_id", "series", "filing_year"),
)

#: Codes that an item bore once: they still lead to it.
alias = Table(
    "alias",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("code", String(128), nullable=False),
    Column("item_id", String(36), ForeignKey("item.id"), nullable=False),
    UniqueConstraint("code", "item_id", name="alias_once"),
    Index("alias_item", "item_id"),
)

volume = Table(
    "volume",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("series", String(64), nullable=False),
    Column("year", String(4), nullable=False),
    Column("retention", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("code", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("number", Integer, nullable=False),
    Column("reference_code", String(128)),
    Column("situation", Text, nullable=False),
    Column("assembled_by", String(128), nullable=False),
    Column("assembled_on", Date),
    Column("checked_by", String(128), nullable=False),
    Column("checked_on", Date),
    Column("sealed_at", Moment),
    Column("location_id", String(36)),
    Column("slot", String(32), nullable=False),
    Column("shelved_at", Moment),
    Column("version", Integer, nullable=False),
    Index("volume_class", "fonds_id", "series", "year"),
    Index("volume_code", "reference_code", unique=True),
    UniqueConstraint("location_id", "slot", name="volume_slot"),
)

contents = Table(
    "contents",
    metadata,
    # A subject file, a volume or a box.
    Column("holder_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(128), nullable=False),
    Column("why", Text, nullable=False),
    Column("lines", JSON, nullable=False),
)

class_year = Table(
    "class_year",
    metadata,
    Column("fonds_id", String(36), ForeignKey("fonds.id"), primary_key=True),
    Column("series", String(64), primary_key=True),
    Column("year", String(4), primary_key=True),
    Column("pack", String(64), nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(128), nullable=False),
)

location = Table(
    "location",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("parent_id", String(36), ForeignKey("location.id")),
    Column("kind", String(16), nullable=False),
    Column("number", String(32), nullable=False),
    Column("title", Text, nullable=False),
    # Kinds share their numbers, so that an address is one place.
    Index("location_number", text("coalesce(parent_id, '')"), "number", unique=True),
)

renumbering = Table(
    "renumbering",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(128), nullable=False),
    Column("approved_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
    Index("renumbering_at", "at"),
)

item_number = Table(
    "item_number",
    metadata,
    Column("class_key", String(160), primary_key=True),
    Column("last", Integer, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("series", String(64), nullable=False),
    Column("subject", String(32), nullable=False, server_default=""),
    Column("subject_key", String(128), nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index(
        "file_open",
        "fonds_id",
        "subject",
        "subject_key",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    UniqueConstraint("fonds_id", "series", "number", name="file_number"),
)

#: What the index has to learn of a page: a page that waits to be read again too, as long as its old text is in there.
#: Queries use the very same words: SQLite takes a partial index for no others.
BEHIND = "indexed_version < version AND (state = 'read' OR indexed_version > 0)"

page = Table(
    "page",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("item_id", String(36), ForeignKey("item.id"), nullable=False),
    Column("scan_id", String(36), ForeignKey("scan.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("frame", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("width", Integer, nullable=False, default=0),
    Column("height", Integer, nullable=False, default=0),
    Column("dpi", Integer, nullable=False, default=0),
    Column("kind", String(8), nullable=False, default=""),
    Column("blank", Boolean, nullable=False, default=False),
    Column("turned", Integer, nullable=False, default=0),
    Column("script", String(8), nullable=False, default="none"),
    Column("confidence", Float, nullable=False, default=0.0),
    Column("key", Text, nullable=False, default=""),
    Column("version", Integer, nullable=False, default=1),
    Column("indexed_version", Integer, nullable=False, default=0),
    Column("rank", BigInteger, nullable=False, server_default="0"),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("given_turn", Integer),
    Column("role", String(16), nullable=False, server_default="content"),
    Column("look", JSON, nullable=False, server_default="{}"),
    Column("crop", JSON(none_as_null=True)),
    Column("given_blank", Boolean),
    Column("doubtful", Integer, nullable=False, server_default="0"),
    UniqueConstraint("scan_id", "frame", "part", name="page_frame"),
    Index("page_item", "item_id", "number"),
    Index(
        "page_waiting",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "page_behind",
        "id",
        sqlite_where=text(BEHIND),
        postgresql_where=text(BEHIND),
    ),
)

reading = Table(
    "reading",
    metadata,
    Column("page_id", String(36), ForeignKey("page.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("engine", String(32), nullable=False),
    Column("engine_version", String(64), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("stamps", JSON, nullable=False, server_default="[]"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("page_id", String(36), ForeignKey("page.id"), nullable=False),
    # Where it is anchored in the machine's reading, which stays in `reading` as it is.
    Column("start", Integer, nullable=False),
    Column("read", Text, nullable=False),
    Column("box", JSON, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("entry", Integer, nullable=False),
    # Which characters were mistaken for which, as [read, meant, left, right]; drawn when it is first kept.
    Column("swaps", JSON, nullable=False),
    Index("correction_page", "page_id"),
    Index("correction_state", "state"),
)

#: What everybody reads of a page whose text people corrected, for lists of hits: made of `reading` and `correction`.
fair_copy = Table(
    "fair_copy",
    metadata,
    Column("page_id", String(36), ForeignKey("page.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
)

proof = Table(
    "proof",
    metadata,
    Column("page_id", String(36), ForeignKey("page.id"), primary_key=True),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
)

sample = Table(
    "sample",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("fonds_id", String(36), ForeignKey("fonds.id"), nullable=False),
    Column("series", String(64), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("page_ids", JSON, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Index("sample_series", "fonds_id", "series", "at"),
)

rereading = Table(
    "rereading",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("engine", String(32), nullable=False),
    Column("stopped_at", Moment),
    Index("rereading_at", "at"),
)

reread_page = Table(
    "reread_page",
    metadata,
    Column("rereading_id", String(36), ForeignKey("rereading.id"), primary_key=True),
    Column("page_id", String(36), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False, server_default=""),
    Column("characters", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("before", Float, nullable=False, server_default="0"),
    Column("after", Float, nullable=False, server_default="0"),
    Column("kept", Integer, nullable=False, server_default="0"),
    Column("conflicts", Integer, nullable=False, server_default="0"),
    Index("reread_waiting", "state", "page_id"),
)

person = Table(
    "person",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("must_change", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("session_person", "person_id"),
)

saved_search = Table(
    "saved_search",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("seen_before", Integer, nullable=False),
    UniqueConstraint("person_id", "name", name="saved_search_name"),
)

#: Each page once for each standing in which the index ever held it.
arrival = Table(
    "arrival",
    metadata,
    Column("number", Integer, primary_key=True),
    # No foreign key: a newer, shorter version of a scan takes its last pages with it.
    Column("page_id", String(36), nullable=False),
    Column("standing", String(16), nullable=False),
    Index("arrival_page", "page_id", "standing", unique=True),
    # A number never counts twice, even when the last page was dropped.
    sqlite_autoincrement=True,
)

#: What a person says of a slot of a checklist; `unit` is a file, or a fonds or its year by one regulation.
slot_word = Table(
    "slot_word",
    metadata,
    Column("unit", String(128), primary_key=True),
    Column("slot", String(16), primary_key=True),
    Column("said", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
)

#: What a person says of a condition on which slots depend.
circumstance = Table(
    "circumstance",
    metadata,
    Column("unit", String(128), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("holds", Boolean, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
)

#: What an item's paper states in the fields that a regulation asks of its subject's file.
stated = Table(
    "stated",
    metadata,
    Column("item_id", String(36), ForeignKey("item.id"), primary_key=True),
    Column("pack", String(64), primary_key=True),
    Column("slot", String(16), primary_key=True),
    Column("value", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("words", Text, nullable=False),
    Column("page", Integer, nullable=False),
)

#: What a person entered in a field of a file.
entered = Table(
    "entered",
    metadata,
    Column("file_id", String(36), ForeignKey("file.id"), primary_key=True),
    Column("slot", String(16), primary_key=True),
    Column("value", Text, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
)

#: What an item cites as part of its set; `other_id` once that is known, `given_by` whoever said or denied it.
relation = Table(
    "relation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("item_id", String(36), ForeignKey("item.id"), nullable=False),
    Column("bond", String(16), nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("words", Text, nullable=False),
    Column("page", Integer),
    Column("other_id", String(36), ForeignKey("item.id")),
    Column("given_by", String(128)),
    Column("denied", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("relation_item", "item_id"),
    Index("relation_other", "other_id"),
    Index("relation_number", "number"),
    Index("relation_title", "title"),
)

#: Where a filed item would belong by the regulations as they are now; nothing moves before a person says so.
proposal = Table(
    "proposal",
    metadata,
    Column("item_id", String(36), ForeignKey("item.id"), primary_key=True),
    Column("pack", String(64), nullable=False),
    Column("pack_version", String(32), nullable=False),
    Column("pack_digest", String(64), nullable=False),
    Column("series", String(64), nullable=False),
    Column("retention", String(16), nullable=False),
    Column("marking", String(16), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("words", Text, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("clause", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(128), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("attempt_at", "at"),
)

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("verb", String(48), nullable=False),
    Column("target", String(128), nullable=False),
    Column("details", JSON, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("event_target", "target"),
)
