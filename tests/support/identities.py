"""Who a server that runs says that somebody is, at each door, by what he shows there."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import zeep
from pypsrp.exceptions import AuthenticationError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan
from requests import Session
from zeep.exceptions import Error, Fault, TransportError
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken

from jams.client import Server
from jams.objects.errors import Unauthenticated
from tests.support.commandline import environment, run
from tests.support.running import Running

REFUSED = (HTTPError, Fault, TransportError, Error, Unauthenticated, PermissionError, AuthenticationError)
"""What the functions here raise, each by the ways of its door, for whom a server does not let in."""


def ask(jams: Running, verb: str, path: str, authorization: str | None = None, body: Any = None) -> Any:
    """What the REST interface answers. Raises HTTPError."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    request = Request(f"{jams.url}/api{path}", data=data, headers=headers, method=verb)
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


def basic(name: str, password: str) -> str:
    """The header of HTTP that shows a name and a password."""
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode()


def by_rest(jams: Running, authorization: str) -> str:
    """Who shows this header to the REST interface."""
    return str(ask(jams, "GET", "/authentication", authorization)["username"])


def by_soap(jams: Running, token: str) -> str:
    """Who shows a token in the header of HTTP to the SOAP interface."""
    with Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        client = zeep.Client(f"{jams.url}/soap?wsdl=Server", transport=Transport(session=session))
        return str(client.service.WhoAmI().UserName)


def by_envelope(jams: Running, name: str, password: str) -> str:
    """Who shows a name and a password in the envelope of SOAP."""
    client = zeep.Client(f"{jams.url}/soap?wsdl=Server", wsse=UsernameToken(name, password))
    return str(client.service.WhoAmI().UserName)


def by_library(jams: Running, **shown: str) -> str:
    """Who shows a ``token``, or a ``username`` and a ``password``, by the class library."""
    with Server("localhost", home=jams.home, **shown) as server:
        return str(server.call("who_am_i").username)


def by_command_line(jams: Running, name: str, password: str, place: Path) -> str:
    """Who shows a name and a password by JAMSWebClient, whose settings are in a directory of its own."""
    env = environment(place, JAMS_SERVER=jams.url, JAMS_USER=name, JAMS_PASSWORD=password)
    done = run("whoami", "-o", "json", env=env)
    if done.returncode:
        raise PermissionError(done.stderr)
    return str(json.loads(done.stdout)["username"])


def by_powershell(jams: Running, name: str, password: str) -> str:
    """Who shows a name and a password as he opens a session of PowerShell over WS-Management."""
    text = (jams.home / "Common.config").read_text()
    port, certificate = (
        text.partition(f'key="{key}" value="')[2].partition('"')[0]
        for key in ("WSManPort", "WSManCertificate")
    )
    options = {"username": name, "password": password, "auth": "basic", "cert_validation": certificate}
    with (
        WSMan("localhost", port=int(port), **options) as wsman,
        RunspacePool(wsman, configuration_name="JAMS") as pool,
    ):
        shell = PowerShell(pool)
        shell.add_cmdlet("Get-JAMSIdentity")
        shell.invoke()
        (found,) = shell.output
        return str({**found.adapted_properties, **found.extended_properties}["Username"])
