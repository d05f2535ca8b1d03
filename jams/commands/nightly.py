"""Run the server with the nightly setup of the samples, to its end, and then with its twin that fails.

Three extracts run beside each other, then the load, the report and a mail. The twin's load fails: it is told
by mail, and the setup is resumed from there without running again what was good. The mails go to a server
of mail that this command starts for itself, and no further.
"""

from __future__ import annotations

import argparse
import queue
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from .letterbox import HERE, Letterbox, open_letterbox
from .output import for_this_home
from .start import add_overrides, begin, configured

if TYPE_CHECKING:
    from email.message import EmailMessage

    from jams.client.server import Server
    from jams.services.server import Process

    from .engine_tour import Part

_PATIENCE = 60.0
_PACE = 0.05
_SETTING = "SMTPServer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_overrides(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 when a setup did not do what it is there for."""
    from jams.client.server import Server
    from jams.services import samples
    from jams.services.server import Process

    from .engine_tour import Part

    process = Process(configured(options))
    with ExitStack() as stack:
        begin(process, stack)
        server = stack.enter_context(Server(home=process.settings.home))
        box = stack.enter_context(open_letterbox())
        stack.enter_context(mail_goes_to(server, box.port))
        samples.install(server)
        folder = f"{samples.FOLDER}\\Nightly"
        shown = [
            _good(server, Part(server, "Nightly", folder), box),
            _failing(server, Part(server, "Fails", folder), box),
        ]
        _explain(process)
    return 0 if all(shown) else 1


@contextmanager
def mail_goes_to(server: Server, port: int) -> Iterator[None]:
    """Have the server send its mail to a port of this machine, and leave its settings as they were.

    Raises:
        ConfigurationInvalid: this home has a mail server, to which mails of a demonstration have no business.
    """
    from jams.objects.errors import ConfigurationInvalid

    before = server.settings[_SETTING].get().value
    if before and not before.startswith(f"{HERE}:"):
        raise ConfigurationInvalid(
            f"The server of this home sends its mail to {before}; show the nightly setup with another --home."
        )
    server.settings[_SETTING].change(value=f"{HERE}:{port}")
    try:
        yield
    finally:
        server.settings[_SETTING].change(value="")


def _good(server: Server, part: Part, box: Letterbox) -> bool:
    """Show the nightly setup; whether it ended well and its mail came."""
    number = part.submit("Nightly")
    _follow(server, part, number, lambda entry: entry.current_state.ended, {})
    return _ended_well(part, number) and _came(part, box, f"entry {number}", "Nightly of")


def _failing(server: Server, part: Part, box: Letterbox) -> bool:
    """Show its twin; whether it was halted and told, and resumed without running again what was good."""
    number, seen = part.submit("NightlyFails"), dict[int, object]()
    _follow(server, part, number, lambda entry: entry.halted or entry.current_state.ended, seen)
    part.why(number)
    failed = [each for each in server.entries[number].members() if _is_bad(each)]
    if len(failed) != 1 or not _came(part, box, f"the end of entry {failed[0].jams_entry}", "LoadOnce"):
        return False
    from jams.objects.enums import ReleaseType

    member = failed[0].jams_entry
    part.say(f"Entry {member} is resumed: jamswebclient release {member} --release-types RunAgain")
    server.entries[member].release(release_types=[ReleaseType.RUN_AGAIN])
    _follow(server, part, number, lambda entry: entry.current_state.ended, seen)
    told = [f"{each.display_name} {each.restart_count + 1}" for each in server.entries[number].members()]
    part.say(f"Runs of each member: {', '.join(told)}.")
    again = [each.jams_entry for each in server.entries[number].members() if each.restart_count]
    good = _ended_well(part, number) and again == [member]
    return _came(part, box, f"entry {number}", "NightlyFails of") and good


def _follow(
    server: Server, part: Part, number: int, until: Callable[[Any], bool], seen: dict[int, object]
) -> None:
    """Say how each member fares that one has not ``seen`` so, until the setup is where one wants it."""
    from jams.objects.enums import EntryState

    deadline = time.monotonic() + _PATIENCE
    while True:
        entry = part.entry(number)
        for member in server.entries[number].members():
            state = member.current_state
            stands = (state, member.restart_count, member.final_severity)
            if seen.get(member.jams_entry) != stands and (state is EntryState.EXECUTING or state.ended):
                seen[member.jams_entry] = stands
                ends = f": {member.final_severity.value}" if state.ended and member.final_severity else ""
                step = f"step {member.step}, {member.display_name} (entry {member.jams_entry})"
                part.say(f"{step} is {state.value}{ends}.")
        if until(entry) or time.monotonic() > deadline:
            return
        time.sleep(_PACE)


def _is_bad(member: Any) -> bool:
    from jams.objects.enums import Severity

    return member.final_severity in (Severity.ERROR, Severity.FATAL)


def _ended_well(part: Part, number: int) -> bool:
    from jams.objects.enums import Severity

    entry = part.entry(number)
    ends = entry.final_severity.value if entry.final_severity else "no end"
    part.say(f"Entry {number} is {entry.current_state.value}: {ends}.")
    return entry.final_severity is Severity.SUCCESS


def _came(part: Part, box: Letterbox, what: str, subject: str) -> bool:
    """Show the next mail; whether it is that which was waited for."""
    try:
        mail = box.mails.get(timeout=_PATIENCE)
    except queue.Empty:
        part.say(f"No mail tells of {what}.")
        return False
    part.say(f"A mail came for {mail['To']}: {' '.join(str(mail['Subject']).split())}")
    for line in _text(mail).splitlines()[:6]:
        if line.strip():
            part.say(textwrap.shorten(line, 64, placeholder=" …"))
    return subject in str(mail["Subject"])


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def _explain(process: Process) -> None:
    home = process.settings.home
    print(f"The samples stay in {home}. To run one of them:")
    print(f"  {for_this_home(home)}")
    print("  jams start")
    print("From another terminal, after the first of these lines:")
    print("  jamswebclient submit '\\Samples\\Nightly\\Nightly' --wait", flush=True)
