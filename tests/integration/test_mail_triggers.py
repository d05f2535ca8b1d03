"""Triggers of mails, by a real IMAP server; and by servers that are none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from jams.database import armed_triggers, entries, outbox, tables, triggers
from jams.mailboxes.imap import Folder
from jams.mailboxes.looking import Looked, Looker
from jams.mailboxes.places import Place
from jams.mailboxes.unusable import Unusable
from jams.mailboxes.watch import MailWatch
from jams.objects.patch import patch_of
from jams.objects.trigger_parts import MailSecurity, MailTaken, TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent
from jams.scheduler.triggers import defining, resetting
from jams.security.credentials import Logon
from tests.support.engine import element
from tests.support.eventually import eventually
from tests.support.field import Field, field
from tests.support.imap_server import PASSWORD, Imap, imap_server, mail
from tests.support.imap_server import USER as ANN
from tests.support.schedule import USER


@pytest.fixture(scope="module")
def shared() -> Iterator[Imap]:
    with imap_server() as server:
        yield server


@pytest.fixture
def imap(shared: Imap, monkeypatch: pytest.MonkeyPatch) -> Imap:
    monkeypatch.setenv("SSL_CERT_FILE", str(shared.certificate))
    with shared.client() as client:
        for *_, name in client.list_folders():
            client.select_folder(name)
            client.delete_messages(client.search())
            client.expunge()
    return shared


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    with field(place, "2027-03-08 09:00") as made:
        made.job("\\T\\TAKE")
        yield made


class Eyes:
    """Looks into a mailbox as the server does, when a test says so."""

    def __init__(self, w: Field, server: Imap, **more: Any) -> None:
        self.w = w
        self.place = of_place(server, **more)
        self.looker = Looker(w.database, self.place.called, threading.Event(), now=lambda: w.now)
        self.folder = Folder(self.place)

    def look(self) -> Looked:
        ids = self.w.read(lambda c: [row.id for row in c.execute(tables.trigger_event.select())])
        found = self.looker.look(self.folder, ids)
        self.w.turns()
        return found

    def again(self) -> None:
        """Begin anew, as a server that was killed."""
        self.folder.break_off()
        self.folder.close()
        self.folder = Folder(self.place)


@pytest.fixture
def eyes(w: Field, imap: Imap) -> Iterator[Eyes]:
    made = Eyes(w, imap)
    yield made
    made.folder.close()


def of_place(server: Imap, **more: Any) -> Place:
    usual: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.tls_port,
        "security": MailSecurity.TLS,
        "logon": Logon(ANN, PASSWORD),
        "folder": "INBOX",
        "timeout": 20.0,
        "interval": 60.0,
    }
    return Place(**{**usual, **more})


def trigger(w: Field, name: str = "G", **members: Any) -> int:
    members = {"from_address": "bob@x.org", **members}
    document = Trigger(
        trigger_name=name,
        parent_folder_name="\\T",
        events=[TriggerEvent(event_type=TriggerEventType.MAIL, **members)],
        actions=[TriggerAction(job_name="\\T\\TAKE")],
    )
    made = w.write(lambda c: defining.create(c, document, w.now, user=USER))
    assert made.trigger_id is not None
    return made.trigger_id


def fired(w: Field) -> list[str]:
    """The subjects of the mails that have fired, in order."""
    rows = [w.read(lambda c, n=each.jams_entry: entries.row(c, n)) for each in w.of("TAKE")]
    return [row.rest.fired.facts["MailSubject"] for row in rows]


def test_each_mail_that_matches_fires_once_and_in_order(eyes: Eyes, imap: Imap) -> None:
    imap.put(mail("old"))
    trigger(eyes.w, subject="order *", body="ship")
    eyes.look()
    imap.put(
        mail("order 1", "Please SHIP it"),
        mail("order 2", "Please keep it"),
        mail("an order 3", "Please ship it"),
        mail("order 4", "Please ship it", "eve@x.org"),
        mail("=?utf-8?q?ORDER_=C3=A4?=", "Please ship it"),
    )
    for _ in range(4):
        eyes.look()
    assert fired(eyes.w) == ["order 1", "ORDER ä"]
    eyes.again()
    eyes.look()
    assert len(fired(eyes.w)) == 2 and all(not seen for _, seen in imap.subjects())


def test_mails_that_came_while_nobody_looked_fire_afterwards(eyes: Eyes, imap: Imap) -> None:
    id = trigger(eyes.w)
    eyes.look()
    eyes.w.write(lambda c: defining.change(c, _enabled(False), eyes.w.now, id=id, user=USER))
    imap.put(mail("one"), mail("two"))
    eyes.look()
    assert fired(eyes.w) == []
    eyes.w.write(lambda c: defining.change(c, _enabled(True), eyes.w.now, id=id, user=USER))
    eyes.again()
    eyes.look()
    eyes.look()
    assert fired(eyes.w) == ["one", "two"]


def _enabled(value: bool) -> Any:
    return patch_of(Trigger)(enabled=value)


def test_what_was_taken_is_marked_moved_or_deleted(eyes: Eyes, imap: Imap) -> None:
    trigger(eyes.w, "A", subject="mark", when_taken=MailTaken.MARKED)
    trigger(eyes.w, "B", subject="move", when_taken=MailTaken.MOVED, move_to="Done")
    trigger(eyes.w, "C", subject="go", when_taken=MailTaken.DELETED)
    eyes.look()
    imap.put(mail("mark"), mail("move"), mail("go"), mail("stay"))
    eyes.look()
    assert sorted(fired(eyes.w)) == ["go", "mark", "move"]
    assert imap.subjects() == [("mark", True), ("stay", False)]
    assert imap.subjects("Done") == [("move", False)]


def test_without_move_and_uidplus_nothing_else_goes(
    w: Field, place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap_server(without="MOVE UIDPLUS IDLE") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        eyes = Eyes(w, server)
        assert not eyes.folder.idles
        trigger(w, subject="move", when_taken=MailTaken.MOVED, move_to="Done")
        eyes.look()
        server.put(mail("other"), mail("move"))
        with server.client() as client:
            client.add_flags(client.search()[:1], [b"\\Deleted"])
        eyes.look()
        assert server.subjects("Done") == [("move", False)]
        assert [subject for subject, _ in server.subjects()] == ["other", "move"]
        eyes.look()
        assert fired(w) == ["move"]
        eyes.folder.close()


def test_what_was_not_done_with_a_mail_is_done_after_a_kill(
    eyes: Eyes, imap: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(eyes.w, when_taken=MailTaken.DELETED)
    eyes.look()
    imap.put(mail("one"))

    def killed(*_: object) -> None:
        raise Unusable("killed here")

    with monkeypatch.context() as m, pytest.raises(Unusable):
        m.setattr(eyes.folder, "settle", killed)
        eyes.look()
    assert imap.subjects() == [("one", False)]
    eyes.again()
    eyes.look()
    assert fired(eyes.w) == ["one"] and imap.subjects() == []


def test_two_triggers_of_one_folder_have_a_mail_both(eyes: Eyes, imap: Imap) -> None:
    trigger(eyes.w, "A", subject="both")
    trigger(eyes.w, "B", body="hello", when_taken=MailTaken.DELETED)
    eyes.look()
    imap.put(mail("both"), mail("for b"))
    eyes.look()
    eyes.look()
    assert sorted(fired(eyes.w)) == ["both", "both", "for b"]


def test_many_mails_fire_as_fast_as_the_guard_allows_and_stop_nothing(eyes: Eyes, imap: Imap) -> None:
    id = trigger(eyes.w)
    eyes.look()
    imap.put(*(mail(f"order {number}") for number in range(12)))
    again = None
    for _ in range(6):
        again = eyes.look().again
    assert len(fired(eyes.w)) == 5 and again is not None and again > eyes.w.now
    eyes.w.after(seconds=61)
    for _ in range(6):
        eyes.look()
    assert fired(eyes.w) == [f"order {number}" for number in range(10)]
    assert eyes.w.read(lambda c: triggers.get(c, id)).enabled


def test_a_trigger_of_a_job_takes_the_next_mail_when_its_run_has_ended(w: Field, imap: Imap) -> None:
    w.job("\\T\\NEXT", "true", element("EmailTrigger", Subject="order", WhenTaken="Marked"))
    eyes = Eyes(w, imap)
    eyes.look()
    imap.put(mail("order 1"), mail("order 2"))
    eyes.look()
    eyes.look()
    assert len(w.of("NEXT")) == 1 and imap.subjects() == [("order 1", True), ("order 2", False)]
    w.after(minutes=2)
    eyes.look()
    assert len(w.of("NEXT")) == 2 and imap.subjects() == [("order 1", True), ("order 2", True)]
    eyes.folder.close()


def test_with_another_event_a_mail_waits_and_is_kept(eyes: Eyes, imap: Imap) -> None:
    w = eyes.w
    w.job("\\T\\UP")
    job = element("JobCompletionTrigger", DependsOnJob="\\T\\UP")
    w.job("\\T\\BOTH", "true", element("EmailTrigger", Subject="order"), job)
    eyes.look()
    imap.put(mail("order 1"), mail("order 2"))
    eyes.look()
    eyes.look()
    assert w.of("BOTH") == []
    w.submit("UP")
    w.after(minutes=5)
    (entry,) = w.of("BOTH")
    row = w.read(lambda c: entries.row(c, entry.jams_entry))
    assert row.rest.fired.facts["MailSubject"] == "order 1" and row.rest.fired.facts["JobName"] == "\\T\\UP"
    assert row.rest.fired.facts["MailText"] == "Hello.\n"


def test_a_folder_that_has_lost_its_uids_fires_for_nothing_old(
    w: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    with imap_server() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        eyes = Eyes(w, server)
        trigger(w)
        eyes.look()
        server.put(mail("one"))
        eyes.look()
        validity = eyes.folder.validity
        # Mail servers tell times in seconds, and dovecot takes none of the future.
        threading.Event().wait(1.1)
        server.begin_anew()
        server.put(mail("two"))
        eyes.again()
        assert eyes.folder.validity != validity
        eyes.look()
        eyes.look()
        assert fired(w) == ["one", "two"]
        eyes.folder.close()


def test_old_mail_counts_where_that_is_wanted(eyes: Eyes, imap: Imap) -> None:
    imap.put(mail("old 1"), mail("old 2"))
    trigger(eyes.w, old_mail=True)
    for _ in range(4):
        eyes.look()
    assert fired(eyes.w) == ["old 1", "old 2"]


def test_a_reset_lets_the_next_mail_in(eyes: Eyes, imap: Imap) -> None:
    id = trigger(eyes.w)
    eyes.w.write(
        lambda c: defining.change(c, patch_of(Trigger)(reset_when_fired=False), eyes.w.now, id=id, user=USER)
    )
    eyes.look()
    imap.put(mail("one"), mail("two"))
    eyes.look()
    eyes.look()
    assert fired(eyes.w) == ["one"]
    eyes.w.write(lambda c: resetting.reset_trigger(c, id, eyes.w.now))
    eyes.look()
    assert fired(eyes.w) == ["one", "two"]


HOSTILE = (
    b"From: =?utf-8?b?/////w==?= <\x00bob@x.org>\r\nSubject: =?nonsense?q?=00=01?=\r\n\r\n\x00\xff\xfe text",
    b"\r\n\r\n",
    b"From: bob@x.org\r\nSubject: "
    + b"<" * 3000
    + b"\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x",
    b"From: bob@x.org\r\nContent-Type: text/html; charset=klingon\r\n\r\n" + b"<script " * 4000,
    b"From: bob@x.org, , <<<>>>\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-",
)


def test_what_strangers_write_breaks_nothing(eyes: Eyes, imap: Imap) -> None:
    trigger(eyes.w, from_address=None, body="*")
    eyes.look()
    imap.put(*HOSTILE)
    for _ in HOSTILE:
        eyes.look()
    eyes.w.after(seconds=61)
    for _ in HOSTILE:
        eyes.look()
    assert len(fired(eyes.w)) == len(HOSTILE)


# The threads, and servers that are none.


@contextmanager
def watching(w: Field, server_port: int, **settings: str) -> Iterator[MailWatch]:
    usual = {
        "IMAPServer": f"127.0.0.1:{server_port}",
        "IMAPCredential": "Mail",
        "IMAPTimeout": "00:00:20",
    }
    for name, value in (usual | settings).items():
        w.setting(name, value)
    watch = MailWatch(w.database, lambda c, name: Logon(ANN, PASSWORD))
    watch.start()
    try:
        yield watch
    finally:
        watch.stop()


def problem(w: Field) -> str | None:
    rows = w.read(lambda c: armed_triggers.shown(c, armed_triggers.TRIGGER, [1]))
    return rows[0].problem if rows else None


def taken(w: Field) -> int:
    return w.read(lambda c: len(c.execute(tables.trigger_news.select()).all()))


def looked(w: Field) -> int:
    return w.read(lambda c: len(c.execute(tables.trigger_mail.select()).all()))


@pytest.mark.parametrize("without", ["", "IDLE"])
def test_a_mail_is_heard_of_when_it_comes(w: Field, without: str, monkeypatch: pytest.MonkeyPatch) -> None:
    interval = "00:00:01" if without else "00:20:00"
    with imap_server(without=without) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        trigger(w)
        with watching(w, server.tls_port, IMAPInterval=interval):
            eventually(lambda: looked(w) == 1)
            server.put(mail("one"))
            eventually(lambda: taken(w) == 1)


def test_by_starttls(w: Field, imap: Imap) -> None:
    trigger(w, old_mail=True)
    imap.put(mail("one"))
    with watching(w, imap.port, IMAPSecurity="StartTLS"):
        eventually(lambda: taken(w) == 1)


def test_a_server_that_goes_and_comes_back(w: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jams.mailboxes.folder_watch.SHORTEST_PAUSE", 0.2)
    with imap_server() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        trigger(w)
        with watching(w, server.tls_port):
            eventually(lambda: looked(w) == 1)
            server.stop()
            eventually(lambda: "The mailbox INBOX of ann at 127.0.0.1" in (problem(w) or ""))
            server.start()
            server.put(mail("one"))
            eventually(lambda: taken(w) == 1)
            assert problem(w) is None


def test_a_login_that_is_refused_is_told_without_the_password(
    w: Field, imap: Imap, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    trigger(w)
    w.setting("IMAPServer", f"127.0.0.1:{imap.tls_port}")
    w.setting("IMAPCredential", "Mail")
    watch = MailWatch(w.database, lambda c, name: Logon(ANN, "wrong-secret"))
    watch.start()
    try:
        eventually(lambda: "refuses the login" in (problem(w) or ""))
    finally:
        watch.stop()
    assert "wrong-secret" not in caplog.text + (problem(w) or "")
    assert "refuses the login" in (w.read(lambda c: triggers.get(c, 1)).status_message or "")


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    w: Field, shared: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    trigger(w)
    with watching(w, shared.tls_port):
        eventually(lambda: "certificate verify failed" in (problem(w) or ""))


def test_no_server_is_named(w: Field) -> None:
    trigger(w)
    with watching(w, 1, IMAPServer=""):
        eventually(lambda: "the setting IMAPServer is empty" in (problem(w) or ""))


@contextmanager
def rude(answers: list[bytes]) -> Iterator[int]:
    """Something at a port that says these things, and then nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        talks: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    talk, _ = listening.accept()
                    talks.append(talk)
                    for each in answers:
                        talk.sendall(each)
                    if answers:
                        talk.recv(100)
                        talk.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.close()
        for talk in talks:
            talk.close()


@pytest.mark.parametrize(
    ("answers", "security"),
    [
        ([b"* OK hello\r\n"], "StartTLS"),
        ([b"\x00\xff nonsense\r\n"], "StartTLS"),
        ([b"* BYE go away\r\n"], "StartTLS"),
        ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], "TLS"),
        ([], "TLS"),
    ],
)
def test_what_is_no_mail_server_is_told_and_holds_nobody_up(
    w: Field, imap: Imap, answers: list[bytes], security: str
) -> None:
    with rude(answers) as port:
        trigger(w)
        server = f"127.0.0.1:{imap.tls_port}"
        trigger(w, "H", mail_server=server, mail_security=MailSecurity.TLS, old_mail=True)
        imap.put(mail("one"))
        with watching(w, port, IMAPSecurity=security, IMAPTimeout="00:00:01"):
            eventually(lambda: taken(w) == 1)
            eventually(lambda: "cannot be opened" in (problem(w) or ""))


def test_stopping_waits_for_no_server(w: Field) -> None:
    with rude([]) as port:
        trigger(w)
        with watching(w, port, IMAPTimeout="00:10:00") as watch:
            eventually(lambda: len(watch._watches) == 1)
    assert not [each for each in threading.enumerate() if each.name == "jams-mail"]


def test_nobody_is_told_by_mail_of_a_mailbox(w: Field) -> None:
    trigger(w)
    with watching(w, 1, IMAPServer=""):
        eventually(lambda: problem(w) is not None)
    assert w.read(lambda c: outbox.find(c)) == []
