"""The caller: an authenticated account, the groups it is in, and the door it came through."""

from __future__ import annotations

from msgspec import Struct

from jams.objects.errors import AccessDenied

from .rights import AreaRight, Monitor


class Credentials(Struct, frozen=True, kw_only=True):
    """What a caller shows at a door. Exactly one form is set: a token, or a name with a password.

    Attributes:
        origin: from where he came to the door, as an address; empty for callers within this process.
    """

    token: str | None = None
    username: str | None = None
    password: str | None = None
    origin: str = ""

    @property
    def nobody(self) -> bool:
        """Whether nothing is shown."""
        return self.token is None and self.username is None and self.password is None

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token else self.username or 'nobody'})"


NOBODY = Credentials()


class Caller(Struct, frozen=True, kw_only=True):
    """Who is calling.

    Attributes:
        account: the account's name, ``"*"`` when nobody has logged in.
        groups: the groups it belongs to.
        rights: the area rights its access lists give it, computed when it was authenticated.
        door: ``REST``, ``SOAP``, ``library``, ``PowerShell`` …; written to the audit trail.
        origin: from where he came to the door; written there too.
        personal: whether he has shown a personal access token.
        folders: numbers of the folders to which that is limited, with what lies below; None: to none.
        operations: names of the operations to which it is limited; None: to none.
        reads_only: whether it changes nothing.
        passes: whether he is in a group whose members pass by all access lists.
        connects: whether the access list of the server lets him use it at all, whatever else he may.
        owes: ``password`` or ``codes``, when he has to change the one or set up the others before anything
            else; empty: nothing.
        login: which login the token he shows was given by; None if it was given by none, or he shows none.
        voucher: names what a door has vouched for him by; empty where none has.
    """

    account: str
    groups: frozenset[str] = frozenset()
    rights: frozenset[AreaRight] = frozenset()
    door: str = "library"
    origin: str = ""
    login: str | None = None
    personal: bool = False
    folders: frozenset[int] | None = None
    operations: frozenset[str] | None = None
    reads_only: bool = False
    passes: bool = False
    connects: bool = True
    owes: str = ""
    voucher: str = ""

    def may(self, right: AreaRight) -> bool:
        """Whether the caller has the right; who may see all entries may see his own."""
        return right in self.rights or (right is Monitor.SEE_OWN and Monitor.SEE_ALL in self.rights)

    def check(self, right: AreaRight, purpose: str = "") -> None:
        """See that the caller has the right; ``purpose`` says what for, as in ``to end entries``.

        Raises:
            AccessDenied: he lacks it.
        """
        if not self.may(right):
            raise self.lacks(right, purpose)

    def lacks(self, right: AreaRight, purpose: str = "") -> AccessDenied:
        """The error that says so; ``purpose`` as of :meth:`check`."""
        told = f" {purpose}" if purpose else ""
        return AccessDenied(f"{self.account} lacks the right {right}{told}.", target=str(right))


ANONYMOUS = Caller(account="*")
