"""A program that asks the REST interface of a town, without HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from tests.support.doors import basic
from tests.support.inner_doors import InnerRestDoor
from tests.support.town import Town


class Script:
    """A caller that writes JSON and reads it."""

    def __init__(self, t: Town, who: str = "ann") -> None:
        door = InnerRestDoor(t)
        self.client: Client = door.client
        self.who = who
        self.town = t

    def ask(self, verb: str, target: str, body: Any = None, **headers: str) -> Any:
        """Status and what the body says, of JSON its value."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Accept": "application/json", **basic(self.who), **headers}
        if data is not None:
            sent["Content-Type"] = "application/json"
        with self.client.open(f"/JAMS/api{target}", method=verb, data=data, headers=sent) as answer:
            text = answer.get_data(as_text=True)
            return answer.status_code, json.loads(text) if "json" in answer.mimetype else text

    def done(self, verb: str, target: str, body: Any = None, **headers: str) -> Any:
        """What an answer says that is a success."""
        status, said = self.ask(verb, target, body, **headers)
        assert status in (200, 201), said
        return said

    def page(self, target: str) -> tuple[list[Any], dict[str, str]]:
        """A page of a list, and the headers of the answer."""
        sent = {"Accept": "application/json", **basic(self.who)}
        answer = self.client.get(f"/JAMS/api{target}", headers=sent)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.data), dict(answer.headers)

    def pages(self, target: str, most: int) -> list[list[Any]]:
        """All pages of a list, by following the links; there are no more than so many."""
        found: list[list[Any]] = []
        for _ in range(most):
            items, headers = self.page(target)
            found.append(items)
            if "Link" not in headers:
                return found
            address, _, relation = headers["Link"].partition(";")
            assert relation.strip() == 'rel="next"'
            parts = urlsplit(address.strip("<> "))
            target = f"{parts.path.removeprefix('/JAMS/api')}?{parts.query}"
        raise AssertionError("the pages have no end")
