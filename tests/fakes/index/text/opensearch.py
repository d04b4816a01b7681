"""An OpenSearch of dicts behind a real socket: what an adapter sends is taken as the documented API takes it.

It keeps documents, aliases and indices, and answers a search with all that is held; what a query finds is for a real
server to say.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]


class Store:
    """The indices by name, each with its documents, and the index that each alias leads to."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, Json]] = {}
        self.aliases: dict[str, str] = {}
        self.searches: list[Json] = []
        self.signed_in: set[str] = set()

    def held(self, name: str) -> dict[str, Json]:
        return self.indices[self.aliases.get(name, name)]

    def answer(self, method: str, path: list[str], body: str) -> tuple[int, Json]:
        """Status and body; LookupError where the named thing is not there."""
        match method, path:
            case "HEAD", ["_alias", name]:
                return (200 if name in self.aliases else 404), {}
            case "GET", ["_alias", name]:
                return 200, {self.aliases[name]: {"aliases": {name: {}}}}
            case "GET", [name]:
                return 200, {index: {} for index in self.indices if index.startswith(name.removesuffix("*"))}
            case "PUT", [name]:
                self.indices[name] = {}
                self.aliases |= dict.fromkeys(json.loads(body).get("aliases", {}), name)
                return 200, {"acknowledged": True, "index": name}
            case "DELETE", [name]:
                del self.indices[name]
                return 200, {"acknowledged": True}
            case "POST", ["_aliases"]:
                for action in json.loads(body)["actions"]:
                    [(verb, said)] = action.items()
                    if verb == "remove":
                        assert self.aliases.pop(said["alias"]) == said["index"]
                    else:
                        self.aliases[said["alias"]] = said["index"]
                return 200, {"acknowledged": True}
            case _, ["_bulk"]:
                return 200, self._bulk(body.splitlines())
            case _, [name, "_count"]:
                return 200, {"count": len(self.held(name))}
            case _, [name, "_search"]:
                return 200, self._search(name, json.loads(body))
            case _, ["_search", "scroll"]:
                return 200, {"_scroll_id": "s", "hits": {"hits": []}, "_shards": {"successful": 1, "total": 1}}
        raise LookupError(path)

    def _bulk(self, lines: list[str]) -> Json:
        items: list[Json] = []
        left = iter(lines)
        for line in left:
            [(verb, said)] = json.loads(line).items()
            held = self.held(said["_index"])
            if verb == "delete":
                items.append({verb: {"status": 200 if held.pop(said["_id"], None) else 404, "_id": said["_id"]}})
            else:
                held[said["_id"]] = json.loads(next(left))
                items.append({verb: {"status": 201, "_id": said["_id"]}})
        return {"errors": any(one["status"] > 299 for item in items for one in item.values()), "items": items}

    def _search(self, name: str, body: Json) -> Json:
        self.searches.append(body)
        held = self.held(name)
        hits = [{"_id": page_id, "_score": 1.0, "_source": source} for page_id, source in held.items()]
        counted: Json = {facet: {"buckets": []} for facet in body.get("aggs", {})}
        return {
            "_scroll_id": "s",
            "_shards": {"successful": 1, "total": 1, "skipped": 0, "failed": 0},
            "hits": {"total": {"value": len(hits)}, "hits": hits},
            "aggregations": counted,
        }


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The address at which the store answers."""

    class Door(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            store.signed_in.add(self.headers.get("authorization", ""))
            try:
                status, told = store.answer(self.command, urlsplit(self.path).path.strip("/").split("/"), body)
            except LookupError as error:
                status, told = 404, {"error": str(error), "status": 404}
            sent = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else sent)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

        def log_message(self, format: str, *args: object) -> None:
            """Nobody listens."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://muniment@127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
