"""Decides how the TextIndex port is kept by an OpenSearch server, under an alias that a rebuild turns in one step.

The server has no lock for writers: writes of two are put one after the other page by page, and what a rebuild misses
of them is seen by the versions that `verify` compares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from index.domain.errors import Passing
from index.ports import Found, PageText, Progress, Search
from index.text.batching import batches
from index.text.opensearch.answer import asked, found
from index.text.opensearch.layout import Body, creation, digest, document

_BATCH = 500


class OpenSearchIndex:
    """The TextIndex behind the alias `name` at `address` (https://user@host:9200). Safe for threads and processes.

    A server that does not answer raises Passing("index-unreachable").
    """

    def __init__(self, address: str, password: str = "", name: str = "muniment-text") -> None:
        self._client = OpenSearch([_without_user(address)], http_auth=_signed_in(address, password), timeout=30)
        self._name = name
        self._is_made = False

    def add(self, pages: Sequence[PageText]) -> None:
        if pages:
            with self._reached():
                self._write(self._name, pages)

    def remove(self, page_ids: Collection[str]) -> None:
        if page_ids:
            gone = [{"_op_type": "delete", "_index": self._name, "_id": page_id} for page_id in page_ids]
            with self._reached():
                helpers.bulk(self._client, gone, ignore_status=(404,), refresh=True)

    def search(self, search: Search) -> Found:
        if search.permit.nothing:
            return Found(0, (), {facet.value: {} for facet in search.facets})
        with self._reached():
            return found(self._client.search(index=self._name, body=asked(search)), search)

    def versions(self) -> Mapping[str, int]:
        return {page_id: int(source["version"]) for page_id, source in self._every(["version"])}

    def size(self) -> int:
        with self._reached():
            return int(self._client.count(index=self._name)["count"])

    def rebuild(self, pages: Iterable[PageText], progress: Progress) -> int:
        """A fresh index beside the live one; the alias turns to it when it is whole, then the old ones go."""
        of = len(pages) if isinstance(pages, Sequence) else 0
        with self._reached():
            fresh = self._begun()
            done = 0
            for batch in batches(pages, _BATCH):
                self._write(fresh, batch)
                done += len(batch)
                progress(done, of)
            self._turn_to(fresh)
            return int(self._client.count(index=fresh)["count"])

    def check(self) -> Sequence[str]:
        """Documents that somebody changed."""
        changed = [page_id for page_id, source in self._every(True) if source.get("digest") != digest(source)]
        return [f"page {page_id} was changed on the server" for page_id in sorted(changed)]

    def tidy(self) -> bool:
        """The server merges by itself."""
        return False

    def close(self) -> None:
        self._client.close()

    def _every(self, fields: list[str] | bool) -> Iterator[tuple[str, Mapping[str, Any]]]:
        with self._reached():
            for hit in helpers.scan(self._client, {"_source": fields}, index=self._name):
                yield hit["_id"], hit["_source"]

    def _write(self, into: str, pages: Sequence[PageText]) -> None:
        """Of a page given twice the last counts."""
        helpers.bulk(
            self._client,
            ({"_index": into, "_id": page.page_id, "_source": document(page)} for page in pages),
            chunk_size=_BATCH,
            refresh=True,
        )

    def _begun(self, **more: Body) -> str:
        """The name of a new index that holds nothing yet."""
        name = f"{self._name}-{uuid4().hex}"
        self._client.indices.create(index=name, body={**creation(), **more})
        return name

    def _turn_to(self, fresh: str) -> None:
        """The alias leads to the fresh index from now on; all others of ours go, those of broken rebuilds too."""
        live = self._client.indices.get_alias(name=self._name)
        turns = [{"remove": {"index": name, "alias": self._name}} for name in live]
        self._client.indices.update_aliases(body={"actions": [*turns, {"add": {"index": fresh, "alias": self._name}}]})
        for name in self._client.indices.get(index=f"{self._name}-*"):
            if name != fresh and re.fullmatch(r"-[0-9a-f]{32}", name.removeprefix(self._name)):
                self._client.indices.delete(index=name)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """The server answers, and knows the alias. Raises Passing("index-unreachable"), Passing("index-damaged")."""
        try:
            if not self._is_made and not self._client.indices.exists_alias(name=self._name):
                self._begun(aliases={self._name: {}})
            self._is_made = True
            yield
        except NotFoundError as error:
            raise Passing("index-damaged") from error
        except OpenSearchException as error:
            raise Passing("index-unreachable", problem=str(error)[:200]) from error


def _without_user(address: str) -> str:
    scheme, mark, rest = address.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _signed_in(address: str, password: str) -> tuple[str, str] | None:
    user, at, _ = address.partition("://")[2].rpartition("@")
    return (user, password) if at else None
