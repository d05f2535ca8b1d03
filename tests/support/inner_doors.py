"""Doors without processes of their own, for tests that ask very much."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

from werkzeug.test import Client

from jams.operations import CATALOGUE
from tests.support.doors import CommandLineDoor, CommandLineSoapDoor, RestDoor
from tests.support.running import Running
from tests.support.town import Town
from webclient.main import main as webclient
from webservices.application import WebApplication
from webservices.rest import RestApplication
from webservices.waiting import Waits
from webservices.web_settings import WebSettings


class InnerRestDoor(RestDoor):
    """REST without HTTP: the web services of a town, called as WSGI says."""

    def __init__(self, town: Town) -> None:
        super().__init__(Running(town.services.home, "http://localhost/JAMS", ""))
        if town.web is None:
            # Made once a town, and without SOAP: that takes longer than most of what is asked.
            settings = WebSettings(self.jams.url)
            rest = RestApplication(Waits(town.dispatcher, settings.max_waiting_threads), settings, CATALOGUE)
            town.web = WebApplication({"": rest}, settings, rest.end_streams)
        self.client = Client(town.web)

    def exchange(
        self, verb: str, target: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, bytes]:
        with self.client.open(f"/JAMS{target}", method=verb, data=body, headers=headers) as answer:
            return answer.status_code, answer.headers["Content-Type"], answer.data


class InnerCommandLineDoor(CommandLineDoor):
    """JAMSWebClient in this process; it speaks to the server as ever."""

    def run(
        self, arguments: list[str], stdin: str, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        shown, told = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict("os.environ", environment, clear=True),
            mock.patch.object(sys, "stdin", given),
            redirect_stdout(shown),
            redirect_stderr(told),
        ):
            code = webclient(arguments)
        return subprocess.CompletedProcess(arguments, code, shown.getvalue(), told.getvalue())


class InnerCommandLineSoapDoor(InnerCommandLineDoor):
    """The same, speaking SOAP."""

    name = CommandLineSoapDoor.name
    options = CommandLineSoapDoor.options
