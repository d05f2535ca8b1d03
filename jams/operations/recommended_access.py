"""The recommended access lists of all areas at once."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import access as access_rows
from jams.database import accounts as account_rows
from jams.database.access_lines import AND
from jams.objects.enums import AccessObject
from jams.objects.errors import InvalidArgument
from jams.objects.recommended_access import AreaAccess, RecommendedAccess
from jams.security import area_lists, recommended
from jams.security.access import ADMINISTRATORS, EVERYBODY
from jams.security.rights import AccessControl

from .context import Context
from .declaration import operation


@operation(
    right=AccessControl.CHANGE,
    rest="POST /security/recommended?force",
    soap="Server.SetRecommendedSecurity",
    cmdlet="Set-JAMSAccessControl",
    command="set-access-control",
    columns=("area", "changed", "recommended"),
)
def set_recommended_access(
    context: Context, body: RecommendedAccess, force: bool | None = None
) -> list[AreaAccess]:
    r"""Give all areas the recommended access lists, in the place of those that they have.

    That is what the delivered job SetJAMSAccessControl of the published system does. All lists are changed or
    none. A group without a domain is one of the domain that is named, as DOMAIN\Group. There is a line in the
    answer for each area; a dry run tells the same and changes nothing.

    Args:
        force: do it also when nobody could change access lists after it; only the account command on the
            machine of the server leads back then.

    Raises:
        InvalidArgument: a group's name could be no line of a list.
        WouldLockOut: nobody could change access lists any more.
    """
    wanted = recommended.lists_for(_groups(body))
    accounts = context.services.accounts

    if body.dry_run:
        return context.read(lambda c: _compared(c, wanted))

    def work(c: Connection) -> list[AreaAccess]:
        account_rows.lock(c)
        found = _compared(c, wanted)
        for each in found:
            if each.changed:
                area = area_lists.area_name(each.area)
                access_rows.change(c, area, wanted[area], user=context.caller.account)
        if not force:
            area_lists.check_way_back(c, accounts.bypass_now(c), body.admin_group_name)
        return found

    done = context.write(work)
    accounts.forget()
    return done


def _groups(body: RecommendedAccess) -> dict[str, str]:
    """Who takes the place of each group of the table."""
    said = {
        ADMINISTRATORS: ("adminGroupName", body.admin_group_name),
        recommended.DEVELOPERS: ("developerGroupName", body.developer_group_name),
        recommended.SUBMITTERS: ("submitterGroupName", body.submitter_group_name),
        recommended.INQUIRERS: ("inquirerGroupName", body.inquirer_group_name),
    }
    domain = body.domain_name.strip().rstrip("\\")
    named = {group: _named(name.strip(), domain, member) for group, (member, name) in said.items()}
    return {group: name for group, name in named.items() if name}


def _named(name: str, domain: str, member: str) -> str:
    if any(sign in name for sign in (AND, EVERYBODY, ",")):
        raise InvalidArgument(f"{name[:100]!r} names no group.", member=member)
    return f"{domain}\\{name}" if domain and name and "\\" not in name else name


def _compared(c: Connection, wanted: dict[str, list[access_rows.AccessRule]]) -> list[AreaAccess]:
    rules = access_rows.all_rules(c)
    unknown = area_lists.strangers(c, [line for lines in wanted.values() for line in lines])
    found = []
    areas = {area_lists.area_name(each): each for each in AccessObject}
    for area, lines in wanted.items():
        before = [rule for rule in rules if rule.area == area]
        found.append(
            AreaAccess(
                area=areas[area],
                changed=before != lines,
                before=area_lists.told(before),
                recommended=area_lists.told(lines),
                strangers=[who for who in unknown if any(line.identifier == who for line in lines)],
            )
        )
    return found
