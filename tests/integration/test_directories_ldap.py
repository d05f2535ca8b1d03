"""Who is let in by a directory, asked of a real slapd."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from jams.objects.errors import ConfigurationInvalid, LoginUnavailable
from jams.security.outside.ldap_directory import LdapDirectory
from jams.security.outside.ldap_servers import Servers
from jams.security.outside.ldap_settings import DirectorySettings, ServerAddress, server_address
from jams.security.outside.outsiders import Outsider
from tests.support.running import free_port
from tests.support.slapd import BASE, PASSWORDS, READER, Slapd, needs_slapd, person, slapd

pytestmark = [pytest.mark.integration, needs_slapd]

ANNA = PASSWORDS["anna"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with slapd(tmp_path_factory.mktemp("slapd")) as made:
        loaders = made.group("Loaders", person("anna"))
        everybody = made.group("Everybody", loaders, person("bert"))
        made.group("World", everybody)
        made.change(loaders, member=[person("anna"), f"cn=World,ou=groups,{BASE}"])  # in a circle
        made.add(f"cn=posix,ou=groups,{BASE}", "posixGroup", gidNumber="7", memberUid="anna")
        made.add(
            f"cn=unique,ou=groups,{BASE}", "groupOfUniqueNames", uniqueMember=person("anna"), cn="unique"
        )
        yield made


def settings(tree: Slapd, **others: Any) -> DirectorySettings:
    standing: dict[str, Any] = {
        "servers": (ServerAddress("127.0.0.1", tree.secure, True),),
        "base": BASE,
        "domain": "EXAMPLE",
        "authority": tree.authority,
    }
    return DirectorySettings(**{**standing, **others})


def directory(tree: Slapd, logon: tuple[str, str] | None = READER, **others: Any) -> LdapDirectory:
    return LdapDirectory(settings(tree, **others), lambda: logon)


def let_in(found: Outsider | None) -> Outsider:
    assert found is not None
    return found


def test_a_name_and_its_password_tell_who_it_is(tree: Slapd) -> None:
    found = let_in(directory(tree).log_in("Anna", ANNA))
    assert (found.source, found.name) == ("directory", "anna")
    assert let_in(directory(tree).look_up(found.external_id)) == found
    assert directory(tree).log_in("anna", "something else") is None
    assert directory(tree).log_in("nobody", ANNA) is None
    assert directory(tree).log_in("anna", PASSWORDS["bert"]) is None


def test_groups_are_found_through_groups_even_in_a_circle(tree: Slapd) -> None:
    found = let_in(directory(tree).log_in("anna", ANNA))
    names = ("Everybody", "Loaders", "World", "posix", "unique")
    assert sorted(found.groups, key=str.casefold) == sorted(
        (f"EXAMPLE\\{name}" for name in names), key=str.casefold
    )


def test_groups_lead_to_groups_of_jams(tree: Slapd) -> None:
    mapped = {"world": "Operators", "nothing": "Administrators"}
    found = let_in(directory(tree, domain="", mapped=mapped).log_in("anna", ANNA))
    assert found.groups == ("Operators",)


def test_groups_are_looked_for_below_their_own_entry(tree: Slapd) -> None:
    assert let_in(directory(tree, group_base=f"ou=people,{BASE}").log_in("anna", ANNA)).groups == ()


def test_the_domain_may_stand_before_the_name(tree: Slapd) -> None:
    assert let_in(directory(tree).log_in("example\\anna", ANNA)).name == "anna"
    assert directory(tree).log_in("OTHER\\anna", ANNA) is None


@pytest.mark.parametrize(
    "name", ["*", "ann*", "anna)(uid=*", "anna)(|(uid=*", "*)(userPassword=*", "\\61nna", "anna\0", "a" * 300]
)
def test_what_means_something_in_a_filter_means_nothing_in_a_name(tree: Slapd, name: str) -> None:
    for password in PASSWORDS.values():
        assert directory(tree, domain="").log_in(name, password) is None


def test_a_name_with_signs_of_filters_is_a_name(tree: Slapd) -> None:
    assert let_in(directory(tree).log_in("o(a)k*", PASSWORDS["o(a)k*"])).name == "o(a)k*"


def test_an_empty_password_never_gets_as_far_as_the_directory(tree: Slapd) -> None:
    before = tree.binds()
    assert directory(tree).log_in("anna", "") is None
    assert tree.binds() == before


def test_a_name_that_nobody_bears_costs_as_many_binds_as_one_that_is_borne(tree: Slapd) -> None:
    asked = directory(tree)

    def binds(name: str) -> int:
        before = len(tree.binds())
        assert asked.log_in(name, "wrong") is None
        return len(tree.binds()) - before

    assert binds("anna") == binds("nobody") == 2


def test_one_name_borne_by_two_lets_neither_in(tree: Slapd) -> None:
    tree.add(f"ou=others,ou=people,{BASE}", "organizationalUnit", ou="others")
    twin = f"cn=bert,ou=others,ou=people,{BASE}"
    tree.add(twin, "inetOrgPerson", sn="b", uid="bert", userPassword="twin's words")
    try:
        assert directory(tree).log_in("bert", PASSWORDS["bert"]) is None
        assert directory(tree).log_in("bert", "twin's words") is None
    finally:
        tree.remove(twin)


def test_who_is_renamed_stays_who_he_is_and_who_leaves_is_found_no_more(tree: Slapd) -> None:
    tree.person("cora", "cora's words")
    before = let_in(directory(tree).log_in("cora", "cora's words"))
    tree.rename(person("cora"), "uid=clara")
    after = let_in(directory(tree).look_up(before.external_id))
    assert (after.external_id, after.name) == (before.external_id, "clara")
    tree.remove(person("clara"))
    assert directory(tree).look_up(before.external_id) is None


def test_who_the_filter_does_not_find_is_not_let_in_by_his_number_either(tree: Slapd) -> None:
    found = let_in(directory(tree).log_in("anna", ANNA))
    narrow = directory(tree, user_filter="(&(uid={name})(!(uid=anna)))")
    assert narrow.log_in("anna", ANNA) is None and narrow.look_up(found.external_id) is None
    assert directory(tree).look_up("no number") is None


def test_a_referral_is_not_followed(tree: Slapd) -> None:
    with socket.create_server(("127.0.0.1", tree.trap)) as trap:
        trap.setblocking(False)
        assert let_in(directory(tree).log_in("anna", ANNA)).name == "anna"  # the search meets the referral
        with pytest.raises(LoginUnavailable):
            directory(tree, base=f"ou=elsewhere,{BASE}").log_in("anna", ANNA)
        with pytest.raises(BlockingIOError):
            trap.accept()


def test_starttls_secures_what_begins_in_clear(tree: Slapd) -> None:
    plain = (ServerAddress("127.0.0.1", tree.plain, False),)
    assert let_in(directory(tree, servers=plain).log_in("anna", ANNA)).name == "anna"
    last = (tree.folder / "log").read_text().rpartition("STARTTLS")[2]
    assert "TLS established" in last and f'BIND dn="{person("anna")}" mech=SIMPLE' in last


def test_nothing_secret_is_sent_to_a_server_that_starts_no_tls() -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            talk, _ = listener.accept()
            with talk:
                heard.append(talk.recv(4096))
                # An extended response, protocolError: this server knows no StartTLS.
                talk.sendall(bytes.fromhex("300c02010178070a010204000400"))
                while part := talk.recv(4096):
                    heard.append(part)

        thread = threading.Thread(target=refuse)
        thread.start()
        servers = (ServerAddress("127.0.0.1", listener.getsockname()[1], False),)
        asked = LdapDirectory(DirectorySettings(servers=servers, base=BASE, timeout=10), lambda: READER)
        with pytest.raises(LoginUnavailable):
            asked.log_in("anna", ANNA)
        thread.join(20)
    said = b"".join(heard)
    assert b"1.3.6.1.4.1.1466.20037" in said and READER[1].encode() not in said and ANNA.encode() not in said


def test_plain_is_for_this_machine_alone(tree: Slapd) -> None:
    plain = (ServerAddress("127.0.0.1", tree.plain, False),)
    assert let_in(directory(tree, servers=plain, allow_plain=True).log_in("anna", ANNA)).name == "anna"
    with pytest.raises(ConfigurationInvalid, match="this machine"):
        directory(tree, servers=(server_address("ldap://dc1.example.com"),), allow_plain=True)


@pytest.mark.parametrize("secure", [True, False])
def test_a_certificate_that_nobody_vouches_for_or_of_another_host_is_refused(
    tree: Slapd, secure: bool
) -> None:
    port = tree.secure if secure else tree.plain
    address = ServerAddress("127.0.0.1", port, secure)
    with pytest.raises(LoginUnavailable):
        directory(tree, servers=(address,), authority=None).log_in("anna", ANNA)
    if secure:
        with pytest.raises(LoginUnavailable):
            directory(tree, servers=(replace(address, host="127.0.0.2"),)).log_in("anna", ANNA)


def test_a_server_that_is_away_is_passed_over_and_asked_last_for_a_while(tree: Slapd) -> None:
    now = [0.0]
    gone = ServerAddress("127.0.0.1", free_port(), True)
    told = settings(tree, servers=(gone, ServerAddress("127.0.0.1", tree.secure, True)))
    servers = Servers(told, clock=lambda: now[0])
    asked = LdapDirectory(told, lambda: READER, servers)
    assert let_in(asked.log_in("anna", ANNA)).name == "anna"
    with socket.create_server(("127.0.0.1", gone.port)) as listener:
        listener.setblocking(False)
        now[0] = 20.0
        assert asked.log_in("anna", "wrong") is None
        with pytest.raises(BlockingIOError):
            listener.accept()
    now[0] = 40.0
    assert let_in(asked.log_in("anna", ANNA)).name == "anna"


def test_a_directory_that_is_away_is_no_wrong_password_and_is_found_again(tmp_path: Path) -> None:
    now = [0.0]
    with slapd(tmp_path / "slapd") as own:
        told = settings(own, timeout=5)
        asked = LdapDirectory(told, lambda: READER, Servers(told, clock=lambda: now[0]))
        own.stop()
        for at in (0.0, 1.0):
            now[0] = at
            with pytest.raises(LoginUnavailable, match="not available"):
                asked.log_in("anna", ANNA)
        own.start()
        now[0] = 10.0
        assert let_in(asked.log_in("anna", ANNA)).name == "anna"


def test_a_server_that_says_nothing_is_waited_for_so_long_and_no_longer(tree: Slapd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        first = ServerAddress("127.0.0.1", silent.getsockname()[1], True)
        servers = (first, ServerAddress("127.0.0.1", tree.secure, True))
        assert let_in(directory(tree, servers=servers, timeout=3).log_in("anna", ANNA)).name == "anna"


def test_a_server_that_refuses_who_searches_is_told_apart_from_a_wrong_password(tree: Slapd) -> None:
    with pytest.raises(LoginUnavailable):
        directory(tree, (READER[0], "not it")).log_in("anna", ANNA)


def test_a_check_tells_what_is_wrong_and_where(tree: Slapd) -> None:
    gone = ServerAddress("127.0.0.1", free_port(), True)
    asked = directory(tree, servers=(gone, ServerAddress("127.0.0.1", tree.secure, True)))
    found = dict(asked.check())
    assert "refused" in found[f"directory {gone}"] and found[f"directory 127.0.0.1:{tree.secure}"] == ""
    assert found[f"entry {BASE}"] == ""
    assert dict(directory(tree, base=f"ou=nothing,{BASE}").check())[f"entry ou=nothing,{BASE}"]
    (fault,) = dict(directory(tree, (READER[0], "not it")).check()).values()
    assert "Directory:Credential" in fault and "not it" not in fault


@pytest.mark.parametrize(
    "text", ["dc1.example.com", "http://dc1", "ldaps://", "ldap://a:b", "ldap://u:p@dc1", "ldaps://dc1/dc=x"]
)
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ldaps://"):
        server_address(text)


def test_settings_by_which_nobody_could_be_found_are_refused(tree: Slapd) -> None:
    for wrong, told in (
        ({"user_filter": "(uid=anna)"}, "name"),
        ({"base": ""}, "Base"),
        ({"authority": str(tree.folder / "nothing")}, "Authority"),
        ({"authority": str(tree.folder / "slapd.conf")}, "Authority"),
    ):
        with pytest.raises(ConfigurationInvalid, match=told):
            directory(tree, **wrong)
