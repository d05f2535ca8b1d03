"""Say whether the server of a home runs, and how it fares. Exit code 7 when it does not answer."""

from __future__ import annotations

import argparse

from jams.client.home import home_directory, read_login
from jams.objects.errors import DatabaseUnusable, ServerUnavailable

from .output import show_facts, working


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--json", action="store_true", help="answer with a JSON object")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services.roles import running_in

    home = home_directory(options.home)
    for each in running_in(home):
        if each.lacks:
            who = f"{each.role.service} (process {each.process})"
            raise DatabaseUnusable(f"{who} runs, and waits for a database. {each.lacks}")
    login = read_login(home)
    if login is None:
        raise ServerUnavailable(f"No server has been started in {home} yet; jams start does that.")
    from jams.client.server import Server

    with working("Asking the server"), Server(home=home) as server:
        status, info = server.status(), server.info()
    facts = {
        "status": status.message,
        "severity": status.severity.value,
        "waiting": status.entries_waiting,
        "executing": status.entries_executing,
        "server": info.server_name,
        "version": info.version,
        "started": info.started_utc.isoformat(timespec="seconds"),
        "database": f"{info.database}, schema {info.schema_version}",
        "jobs run as": info.jobs_run_as if info.jobs_apart else f"{info.jobs_run_as}, as the server does",
        "home": str(home),
        "web services": login.url,
        "wire": login.wire,
    }
    show_facts(facts, as_json=options.json)
    return 0 if status.scheduler_active else 1
