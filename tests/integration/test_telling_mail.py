"""Mails of the outbox through a real mail server, which is as rude as they are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import outbox, tables
from jams.objects.errors import ServerUnavailable
from jams.objects.tellings import OutboxState
from jams.security.certificates import make_certificate
from jams.telling.sender import MOST, SHORTEST_PAUSE, Sender
from tests.support.mailbox import PASSWORD, Mailbox, NoLogs, facts, lying, mail_server, post, settings
from tests.support.mailbox import channel as made_channel
from tests.support.mailbox import sender as made_sender
from tests.support.schedule import Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
Senders = Callable[..., Sender]


@pytest.fixture
def sender(d: Desk) -> Iterator[Senders]:
    """What sends the mails of the desk; those that a test has made are closed at its end."""
    with ExitStack() as made:

        def make(logs: NoLogs | None = None) -> Sender:
            one = made_sender(d, logs)
            made.callback(one.stop)
            return one

        yield make


@pytest.fixture
def box(d: Desk) -> Iterator[Mailbox]:
    with mail_server() as (box, port):
        settings(d, SMTPServer=f"127.0.0.1:{port}", FromAddress="jams@x.org")
        yield box


def test_a_mail_says_what_happened_and_has_the_end_of_the_log(d: Desk, box: Mailbox, sender: Senders) -> None:
    settings(d, MaximumLogInclude="6")
    post(d, ["ann@x.org"], about=facts(7, log="/logs/run.log", instructions="call <Bob> & wait"), cc=())
    sender(NoLogs(run=b"first\nlast\n")).look()
    ((to, mail),) = box.mails
    assert to == ["ann@x.org"] and mail["To"] == "ann@x.org" and mail["From"] == "jams@x.org"
    assert mail["Subject"] == "Error: \\Sales\\Load (entry 7)"
    assert mail["Message-ID"] == "<key1@x.org>" and mail["Auto-Submitted"] == "auto-generated"
    text, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and "call <Bob> & wait" in text.get_content()
    assert rich is not None and "call &lt;Bob&gt; &amp; wait" in rich.get_content()
    (log,) = mail.iter_attachments()
    assert (log.get_filename(), log.get_content()) == ("end of run.log", "\nlast\n")
    (item,) = lying(d)
    assert (item.state, item.delivered, item.recipients) == (OutboxState.SENT, ["ann@x.org"], [])


def test_no_log_goes_into_a_mail_where_none_is_to(d: Desk, box: Mailbox, sender: Senders) -> None:
    settings(d, MaximumLogInclude="0")
    post(d, ["ann@x.org"], about=facts(7, log="/logs/run.log"))
    sender(NoLogs(run=b"first\nlast\n")).look()
    mail = box.mails[0][1]
    assert not [*mail.iter_attachments()] and "last" not in mail.as_string().partition("\n\n")[2]


def test_plain_text_mail_is_plain_text(d: Desk, box: Mailbox, sender: Senders) -> None:
    settings(d, PlainTextMail="True")
    post(d, ["ann@x.org"])
    sender().look()
    assert box.mails[0][1].get_content_type() == "text/plain"


def test_values_stay_text_in_own_templates_and_a_head_stays_one_line(
    d: Desk, box: Mailbox, sender: Senders
) -> None:
    about = facts(7, status="<script>{{ 7*7 }}</script>\r\nBcc: all@x.org", note="n")
    post(
        d,
        ["ann@x.org"],
        about=about,
        subject="{{ severity|upper }} {{ status }}",
        body="<p>{{ status }}</p><p><<JAMS.NOTIFY.JobName>> {JAMS.JAMSEntry} <<Other>></p>",
    )
    sender().look()
    mail = box.mails[0][1]
    assert mail["Bcc"] is None and mail["Subject"].startswith("ERROR <script>{{ 7*7 }}</script> Bcc: all")
    rich = mail.get_body(("html",))
    assert rich is not None
    assert "&lt;script&gt;{{ 7*7 }}&lt;/script&gt;" in rich.get_content()
    assert "Load 7 <<Other>>" in rich.get_content()


@pytest.mark.parametrize(
    "body",
    [
        "{{ entry ",
        "{% for a in log_lines %}{% for b in log_lines %}x{% endfor %}{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'x' * 1000000000 }}",
        "{% set a = 1 %}",
        "{{ message|center(1000000000) }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_that_fails_still_tells_and_is_reported(
    d: Desk, box: Mailbox, sender: Senders, body: str
) -> None:
    post(d, ["ann@x.org"], body=body)
    sender().look()
    text = box.mails[0][1].get_body(("plain",))
    assert text is not None and "Entry 1 has ended with Error" in text.get_content()
    assert "The template of the text fails" in text.get_content()
    (item,) = lying(d)
    assert item.state is OutboxState.SENT and "template of the text fails" in (item.last_error or "")


def test_of_three_the_one_who_is_refused_is_kept_and_the_others_are_told_once(
    d: Desk, box: Mailbox, sender: Senders
) -> None:
    box.refuses = {"bob@x.org": "550 nobody of that name"}
    post(d, ["ann@x.org", "bob@x.org", "cat@x.org"])
    sender().look()
    (item,) = lying(d)
    assert (item.state, item.recipients) == (OutboxState.FAILED, ["bob@x.org"])
    assert item.delivered == ["ann@x.org", "cat@x.org"] and "550 nobody" in (item.last_error or "")
    box.refuses = {}
    d.write(lambda c: outbox.send_again(c, item.outbox_id))
    sender().look()
    assert [to for to, _ in box.mails] == [["ann@x.org", "cat@x.org"], ["bob@x.org"]]
    assert lying(d)[0].state is OutboxState.SENT


def test_who_is_refused_for_now_is_tried_again_later(d: Desk, box: Mailbox, sender: Senders) -> None:
    box.refuses = {"bob@x.org": "451 come back"}
    post(d, ["ann@x.org", "bob@x.org"])
    sender().look()
    (item,) = lying(d)
    assert (item.state, item.recipients) == (OutboxState.WAITING, ["bob@x.org"])
    assert item.next_try_utc is not None and item.next_try_utc > item.created_utc


def test_a_server_that_hangs_or_is_away_costs_no_mail_and_one_pause(
    d: Desk, box: Mailbox, sender: Senders
) -> None:
    settings(d, SMTPTimeout="00:00:01")
    box.hangs = True
    post(d, ["ann@x.org"], count=MOST + 5)
    one = sender()
    assert one.look() == SHORTEST_PAUSE
    assert [item.attempts for item in lying(d)].count(0) == MOST + 4
    assert "timed out" in (lying(d)[0].last_error or "")
    # It is let alone meanwhile; another setting is tried at once.
    box.hangs = False
    assert 0 < one.look() <= SHORTEST_PAUSE and not box.mails
    settings(d, SMTPTimeout="00:00:30")
    while one.look() == 0.0:
        pass
    assert len({mail["Message-ID"] for _, mail in box.mails}) == len(box.mails) == MOST + 5


def test_without_a_mail_server_mails_wait_and_are_given_up_in_the_end(d: Desk, sender: Senders) -> None:
    post(d, ["ann@x.org"])
    one = sender()
    one.look()
    assert lying(d)[0].state is OutboxState.WAITING
    settings(d, TellFor="00:01:00")
    d.write(lambda c: c.execute(update(tables.outbox).values(try_from=LONG_AGO)))
    one.look()
    (item,) = lying(d)
    assert item.state is OutboxState.FAILED and "SMTPServer is empty" in (item.last_error or "")


def test_s41_two_servers_one_mail(d: Desk, box: Mailbox, sender: Senders) -> None:
    """Each claims in the database what it sends."""
    post(d, ["ann@x.org"], count=100)

    def work() -> None:
        one = sender()
        while any(item.state is OutboxState.WAITING for item in lying(d)):
            one.look()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({mail["Message-ID"] for _, mail in box.mails}) == len(box.mails) == 100


def test_s41_a_sender_that_dies_between_yes_and_commit_doubles_one_mail_under_the_same_id(
    d: Desk, box: Mailbox, sender: Senders, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(d, ["ann@x.org"], count=5)
    one = sender()

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "settle", dies)
        with pytest.raises(KeyboardInterrupt):
            one.look()
    assert len(box.mails) == 1
    # Its claims run out.
    d.write(lambda c: c.execute(update(tables.outbox).values(claimed_until=LONG_AGO)))
    while any(item.state is OutboxState.WAITING for item in lying(d)):
        sender().look()
    ids = [mail["Message-ID"] for _, mail in box.mails]
    assert len(ids) == 6 and len(set(ids)) == 5


class Link:
    """The way of one sender to the database, which can be cut."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.cut = False

    def _open(self) -> Any:
        if self.cut:
            raise ServerUnavailable("The database cannot be reached.")
        return self._database

    def read(self) -> Any:
        return self._open().read()

    def write(self, work: Any) -> Any:
        return self._open().write(work)

    def listen(self, *arguments: Any) -> None:
        self._database.listen(*arguments)


def test_s41_a_sender_whose_link_to_the_database_is_cut_doubles_one_mail_and_keeps_none(
    d: Desk, box: Mailbox, sender: Senders
) -> None:
    """It speaks to the mail server for the message under way alone; another one takes over the rest."""
    post(d, ["ann@x.org"], count=100)
    link = Link(d.database)
    away = Sender(link, made_channel(d))  # type: ignore[arg-type]
    box.after = {40: lambda: setattr(link, "cut", True)}
    with pytest.raises(ServerUnavailable):
        while True:
            away.look()
    assert len(box.mails) == 40
    for _ in range(3):
        with pytest.raises(ServerUnavailable):
            away.look()
    away.stop()
    assert len(box.mails) == 40, "it cannot know what is its own any more"
    one = sender()
    while one.look() == 0.0:
        pass
    # What it had claimed waits until that claim runs out; everything else is sent.
    left = [item for item in lying(d) if item.state is OutboxState.WAITING]
    assert 0 < len(left) <= MOST
    d.write(lambda c: c.execute(update(tables.outbox).values(claimed_until=LONG_AGO)))
    while any(item.state is OutboxState.WAITING for item in lying(d)):
        one.look()
    ids = [mail["Message-ID"] for _, mail in box.mails]
    assert len(set(ids)) == 100 and len(ids) == 101
    assert {item.state for item in lying(d)} == {OutboxState.SENT}


def test_it_logs_in_over_starttls_alone_and_tells_the_password_to_nobody(
    d: Desk,
    sender: Senders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = make_certificate(tmp_path / "tls", ["localhost"])
    with mail_server(made.certificate, login=True) as (box, port):
        settings(d, SMTPServer="localhost", SMTPPort=str(port), SMTPCredential="Mail", FromAddress="j@x.org")
        post(d, ["ann@x.org"])
        one = sender()
        one.look()
        assert not box.logins and "StartTLS or TLS alone" in (lying(d)[0].last_error or "")
        settings(d, SMTPSecurity="StartTLS")
        one.look()
        # Nobody vouches for the certificate.
        assert not box.logins and "certificate verify failed" in (lying(d)[0].last_error or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
        settings(d, SMTPTimeout="00:00:10")
        one.look()
        assert box.logins == ["jams"] and len(box.mails) == 1
        assert PASSWORD not in caplog.text and PASSWORD not in str(lying(d))
