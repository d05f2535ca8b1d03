"""Mails in a world that does them harm: a mail server that hangs, takes half, and does not want everybody.

Invariants beside those of the world (8: each end lies in the outbox once): whoever is not refused gets each
mail, under one Message-ID, once, and once more at most for each time that nobody could know whether it was
taken; who is refused for ever keeps nobody else waiting, and is named; a mail whose template fails says so in
the server's own words.
"""

from __future__ import annotations

import smtplib
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, select

from jams.database import stored_settings, tables
from jams.objects.tellings import Happened, Letter, OutboxState
from jams.telling import mail
from jams.telling import sender as sending
from jams.telling.mail import MailChannel
from jams.telling.sender import Sender
from tests.simulation import town
from tests.simulation.mortal import Mortal, submit
from tests.simulation.nemesis import Faults, Killed
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, Simulation, simulation
from tests.support.engine import element, values
from tests.support.mailbox import NoLogs
from tests.support.schedule import USER, Desk

GOOD, REFUSED, BUSY = "ann@x.org", "bob@x.org", "cat@x.org"
EVERYBODY = (GOOD, REFUSED, BUSY)
FAILS = "{% if entry < job %}never{% endif %}"
"""A template that can be used as far as one can see, and fails: a number is no less than a text."""


def _build(d: Desk, chance: Random) -> list[str]:
    names = town.build(d, chance)
    told = {"EntryWarning": True, "EntryError": True, "EntryFatal": True}
    d.job("\\worded", elements=[element("SendEMail", MessageBody=FAILS, **told)])
    d.job("\\shouts", properties=values(RetryCount=0))

    def said(c: Connection) -> None:
        for name, value in {
            "DefaultNotifyEmail": ",".join(EVERYBODY),
            "SMTPServer": "mail.x.org",
            "FromAddress": "jams@x.org",
        }.items():
            stored_settings.put(c, name, value, user=USER)

    d.write(said)
    return [*names, *["worded", "shouts"] * 8]


class _PostOffice:
    """The mail server: what is not the part that is tried here.

    Attributes:
        took: how often each recipient got each mail, by Message-ID.
        unsure: how often nobody could know whether a mail was taken.
        texts: what the mails say.
        last: the Message-ID of the mail that was taken last.
    """

    sock = None

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.rude = True
        self.took: Counter[tuple[str, str]] = Counter()
        self.unsure: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self.last = ""

    def connected(self, host: str, port: int, security: str, timeout: float) -> Any:
        """A connection, if the server is there."""
        if self._strikes(0.1):
            raise ConnectionRefusedError("nobody listens")
        return self

    def noop(self) -> tuple[int, bytes]:
        return (421, b"go away") if self._strikes(0.1) else (250, b"OK")

    def quit(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send_message(
        self, message: EmailMessage, sender: str, recipients: list[str]
    ) -> dict[str, tuple[int, bytes]]:
        if self._strikes(0.1):
            raise TimeoutError("timed out")
        refused = {each: (550, b"nobody of that name") for each in recipients if each == REFUSED}
        refused |= {each: (451, b"later") for each in recipients if each == BUSY and self._strikes(0.3)}
        good = [each for each in recipients if each not in refused]
        if not good:
            raise smtplib.SMTPRecipientsRefused(refused)
        if self._strikes(0.05):
            raise smtplib.SMTPDataError(452, b"disk full")
        if self._strikes(0.1):
            raise smtplib.SMTPServerDisconnected("in the middle of it")
        self.last = str(message["Message-ID"])
        self.took.update((self.last, each) for each in good)
        text = message.get_body(("plain",))
        assert text is not None
        self.texts[self.last] = text.get_content()
        if self._strikes(0.1):
            self.unsure[self.last] += 1
            raise smtplib.SMTPServerDisconnected("before it said yes")
        return refused

    def _strikes(self, likely: float) -> bool:
        return self.rude and self._chance.random() < likely


class _Teller:
    """Who empties the outbox, and dies with his transactions now and then."""

    def __init__(self, world: Simulation, office: _PostOffice) -> None:
        self._world = world
        self._office = office
        self._sender = self._anew()

    def _anew(self) -> Sender:
        database: Any = Mortal(self._world)
        return Sender(database, MailChannel(database, lambda c, name: None, NoLogs(), "jams-test"))  # type: ignore[arg-type,return-value]

    def work(self) -> None:
        """Send what is due, as far as one lives to do so."""
        office = self._office
        for _ in range(200):
            before = office.took.total()
            try:
                if self._sender.look() > 0:
                    return
            except Killed:
                if office.took.total() > before:
                    office.unsure[office.last] += 1
                if self._world.nemesis.dead:
                    self._world.schedulers[0].crash()
                self._sender = self._anew()


def _check(world: Simulation, office: _PostOffice) -> int:
    """What became of the mails; how many there were."""

    def rows(c: Connection) -> list[Any]:
        return list(c.execute(select(tables.outbox)).all())

    found = world.desk.read(rows)
    for row in found:
        id = f"<{row.key}@x.org>"
        delivered = sorted(filter(None, row.delivered.split(",")))
        assert (row.state, row.recipients, delivered) == (OutboxState.FAILED, REFUSED, [GOOD, BUSY]), row
        assert f"{REFUSED} was refused: 550 nobody of that name" in row.last_error
        assert office.took[id, REFUSED] == 0
        for each in (GOOD, BUSY):
            assert 1 <= office.took[id, each] <= 1 + office.unsure[id], (id, each)
        facts, text = msgspec.json.decode(row.document, type=Letter).facts, office.texts[id]
        of_template = row.job_name == "worded" and facts.happened is Happened.ENDED
        assert of_template == ("The template of the text fails" in text) and facts.message in text, text
    assert {id for id, _ in office.took} == {f"<{row.key}@x.org>" for row in found}
    return len(found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_gets_each_mail_whatever_the_mail_server_does(
    place: Path | str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = Faults(kill=0.15, crash=0.03, late=0.3, twice=0.2, back=0.05, fail=0.3)
    faults = None if seed % 2 else kills
    with simulation(place, seed, Setting(build=_build, faults=faults)) as world:
        office = _PostOffice(Random(f"post {seed}"))
        monkeypatch.setattr(mail, "connected", office.connected)
        monkeypatch.setattr(mail, "begin", lambda *_: None)
        passed = SimpleNamespace(monotonic=lambda: world.clock.true.total_seconds())
        monkeypatch.setattr(sending, "time", passed)
        teller = _Teller(world, office)
        # There is to be something to tell, whatever else the seed has drawn.
        world.machine.fails = 0.3
        try:
            for _ in range(30):
                submit(world, "worded", "shouts")
                world.go_on(timedelta(minutes=world.chance.choice((1, 5, 15))))
                teller.work()
            world.come_to_rest()
            office.rude = False
            for _ in range(12):
                teller.work()
                world.go_on(timedelta(minutes=30), people=False)
            assert _check(world, office) > 3
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}; again: {again(__file__, seed)}")
            raise
