"""INSTALL: a server set up, page by page, or by a file of answers."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from textwrap import fill

from jams.client.home import home_directory
from jams.commands.start import tell_password
from jams.objects.errors import InvalidArgument
from jams.services import installation
from jams.services.answers import PAGES, checked, read_answers
from jams.services.roles import running_in, setting_up

from .recording import ERRORS, recorded
from .verb import NOCONFIRM, Call, Qualifier, Verb

ANSWERS = Qualifier("ANSWERS", "take the answers from a file, instead of asking", "file")
_WIDTH = 79
FORCE = Qualifier("FORCE", "do it again where it was done: Common.config is written anew")


def run(call: Call) -> int:
    """Install the server."""
    home = call.settings.home
    named = call.value(ANSWERS.name)
    answers = _asked(call.ask) if named is None else read_answers(call.path(named))
    force = call.has(FORCE.name)
    what = installation.check(home, answers, force=force)
    call.confirm(f"The server is set up in {home}.", what)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with setting_up(home), recorded(home, None):
            done = installation.install(home, answers, force=force)
            if answers["SampleJobs"] == "yes" or answers.get("AddOns"):
                _more(str(home), answers)
    except Exception:
        if (home / ERRORS).exists():
            print(f"What failed is in {home / ERRORS}.")
        raise
    print(f"The server is set up in {done.home}; the database {done.database} has schema {done.version}.")
    if done.key:
        print(f"Its secrets are sealed under the key {done.key}: PROTECT file keeps that elsewhere.")
    elif answers["UseDatabase"] == "yes":
        print(
            "Its secrets lie under the key of the other server: EXPORT KEY there, IMPORT KEY /NOENCRYPT here."
        )
    if done.first is not None and not done.chosen:
        tell_password(done.first, done.home)
    waiting = any(each.lacks for each in running_in(home))
    print("The services that wait for it begin." if waiting else "jams start runs it.")
    return 0


def _asked(ask: Callable[[str], str] | None) -> dict[str, str]:
    """The answers of the person at the terminal; EOF or Ctrl+C leaves, and nothing was done."""
    if ask is None:
        raise InvalidArgument("There is no terminal to ask at; say /ANSWERS=file.")
    found: dict[str, str] = {}
    for number, page in enumerate(PAGES, 1):
        if all(question.elsewhere and not question.asked(found) for question in page.questions):
            continue
        print(f"\n{number} of {len(PAGES)}: {page.title}\n{fill(page.about, _WIDTH)}")
        for question in page.questions:
            if not question.asked(found):
                continue
            text = f"{question.text}{f' [{question.default}]' if question.default else ''}"
            shown = f"{fill(text, _WIDTH - 1, initial_indent='  ', subsequent_indent='  ')}: "
            while question.key not in found:
                try:
                    answer = getpass.getpass(shown) if question.secret else ask(shown)
                    found[question.key] = checked(question, answer, found)
                except InvalidArgument as error:
                    print(f"  {error.message}")
    return found


def _more(home: str, answers: Mapping[str, str]) -> None:
    """What a server makes that runs: sample jobs, and the methods of add-ons."""
    from jams.client.server import Server
    from jams.services import addons, samples
    from jams.services.configuration import load
    from jams.services.server import Process

    process = Process(load(home_directory(home), {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    try:
        with Server(home=home_directory(home)) as server:
            if answers["SampleJobs"] == "yes":
                print(f"Sample jobs in {samples.FOLDER}: {len(samples.install(server))} made.")
            added = addons.add_all(server, addons.chosen(answers.get("AddOns", "")))
    finally:
        process.stop()
    if added:
        print(f"Methods of add-ons: {', '.join(added)}.")


VERB = Verb(
    about="set a server up: its configuration, database, key and first account",
    audited=True,
    run=run,
    qualifiers=(ANSWERS, FORCE, NOCONFIRM),
    more=(
        "Page by page: support contact, database, location of data files, temporary files and logs, "
        "administrator, jobs. A file of answers has a line Key = answer for each question that shall not "
        "have its default.",
        f"What the database has refused is in {ERRORS} of the home directory.",
        "Whoever is interrupted begins again.",
    ),
)
