"""The settings of logins by what is known elsewhere: a directory, an issuer of OpenID Connect."""

from __future__ import annotations

from dataclasses import dataclass

from jams.security.outside.ldap_settings import ServerAddress, server_address
from jams.security.outside.openid_settings import signatures

from .setting_fields import setting
from .values import boolean, choice, pairs, span_within, text


def servers(value: str) -> tuple[ServerAddress, ...]:
    """Servers of a directory, written ``ldaps://dc1.example.com; ldaps://dc2.example.com``."""
    return tuple(server_address(part.strip()) for part in value.split(";") if part.strip())


def words(value: str) -> tuple[str, ...]:
    """Words, with blanks or ; between them."""
    return tuple(dict.fromkeys(value.replace(";", " ").split()))


@dataclass(frozen=True, kw_only=True)
class OutsideSettings:
    """What can be configured of logins by a directory or an issuer; see docs/ways-in.md."""

    directory_servers: tuple[ServerAddress, ...] = setting(
        "Directory:Servers",
        (),
        servers,
        "Servers of the directory (LDAP, Active Directory) by whose accounts people log in, with ; between "
        "them, tried in turn: ldaps://dc1.example.com; ldap://dc2.example.com. ldap:// is secured by "
        "StartTLS. Needs openjams[ldap]. Empty: none.",
    )
    directory_kind: str = setting(
        "Directory:Kind",
        "ldap",
        choice("ldap", "activedirectory"),
        "What the directory is: ldap (uid, entryUUID, groups are walked upwards) or activedirectory "
        "(sAMAccountName, objectGUID, the directory itself finds groups of groups).",
        "ldap",
    )
    directory_base: str = setting(
        "Directory:Base", "", text, "The entry below which people are: dc=example,dc=com."
    )
    directory_group_base: str = setting(
        "Directory:GroupBase", "", text, "The entry below which groups are. Empty: as Directory:Base."
    )
    directory_domain: str = setting(
        "Directory:Domain",
        "",
        text,
        "What stands before the groups of the directory in access lists: with EXAMPLE they may name "
        "EXAMPLE\\Operators. Empty: only those of Directory:Groups count.",
    )
    directory_credential: str = setting(
        "Directory:Credential",
        "",
        text,
        "The stored credential by which the directory is searched; its user is the account there, as "
        "cn=jams,dc=example,dc=com or jams@example.com. Empty: by nobody.",
    )
    directory_user_filter: str = setting(
        "Directory:UserFilter",
        "",
        text,
        "Finds somebody by the name that he has typed, which takes the place of {name}: (&(uid={name})"
        "(employeeType=internal)). Whom it does not find is not let in. Empty: that of Directory:Kind.",
    )
    directory_groups: tuple[tuple[str, str], ...] = setting(
        "Directory:Groups",
        (),
        pairs,
        "Which groups of the directory lead to groups of JAMS: Night shift=Operators; Heads=Administrators.",
    )
    directory_make_accounts: bool = setting(
        "Directory:MakeAccounts",
        False,
        boolean,
        "Whether the first login of somebody whom the directory knows makes his account here. false: only "
        "those come in whose accounts were made before.",
        "false",
    )
    directory_authority: str = setting(
        "Directory:Authority",
        "",
        text,
        "File of certificates (PEM) that vouch for the servers of the directory. Empty: those that the "
        "system trusts.",
    )
    directory_allow_plain: bool = setting(
        "Directory:AllowPlain",
        False,
        boolean,
        "Whether a server of the directory on this machine (ldap://localhost) is asked without TLS.",
        "false",
    )
    directory_timeout: float = setting(
        "Directory:Timeout",
        5.0,
        span_within(1, 60),
        "How long a server of the directory may take for an answer before the next one is asked: "
        "days.hours:minutes:seconds.",
        "0:00:05",
    )
    directory_group_life: float = setting(
        "Directory:GroupLife",
        300.0,
        span_within(1, 86400),
        "For how long the directory is not asked again in which groups somebody is, and whether it knows him "
        "still: days.hours:minutes:seconds.",
        "0:05:00",
    )
    openid_issuer: str = setting(
        "OpenId:Issuer",
        "",
        text,
        "The issuer of OpenID Connect whose tokens are taken, as it calls itself: "
        "https://sso.example.com/realms/main. Needs openjams[openid]. Empty: none.",
    )
    openid_client: str = setting(
        "OpenId:ClientId",
        "",
        text,
        "What JAMSWebClient is called at the issuer (a public client, with PKCE). ID tokens for it "
        "are taken.",
    )
    openid_audiences: tuple[str, ...] = setting(
        "OpenId:Audience",
        (),
        words,
        "For whom access tokens are that are taken, with ; between them: https://jams.example.com. Empty: "
        "OpenId:ClientId alone.",
    )
    openid_name_claim: str = setting(
        "OpenId:NameClaim",
        "preferred_username",
        text,
        "The claim that is the name of the account. Only its first login goes by it; after that sub does.",
        "preferred_username",
    )
    openid_groups_claim: str = setting(
        "OpenId:GroupsClaim", "groups", text, "The claim that lists groups.", "groups"
    )
    openid_domain: str = setting(
        "OpenId:Domain",
        "",
        text,
        "What stands before the groups of the issuer in access lists, as Directory:Domain. Empty: only those "
        "of OpenId:Groups count.",
    )
    openid_groups: tuple[tuple[str, str], ...] = setting(
        "OpenId:Groups",
        (),
        pairs,
        "Which groups of the issuer lead to groups of JAMS, as Directory:Groups.",
    )
    openid_make_accounts: bool = setting(
        "OpenId:MakeAccounts",
        False,
        boolean,
        "Whether the first token of somebody makes his account here, as Directory:MakeAccounts.",
        "false",
    )
    openid_algorithms: tuple[str, ...] = setting(
        "OpenId:Algorithms",
        ("RS256", "PS256", "ES256", "EdDSA"),
        signatures,
        "Signatures of tokens that are taken. None that is keyed by a secret can be named.",
        "RS256 PS256 ES256 EdDSA",
    )
    openid_scopes: tuple[str, ...] = setting(
        "OpenId:Scopes",
        ("openid", "profile"),
        words,
        "What JAMSWebClient asks the issuer for; openid is always among it.",
        "openid profile",
    )
    openid_authority: str = setting(
        "OpenId:Authority",
        "",
        text,
        "File of certificates (PEM) that vouch for the issuer. Empty: those that the system trusts.",
    )
