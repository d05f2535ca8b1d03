"""The submit menu: what the caller may submit, by menus and folders."""

from __future__ import annotations

from jams.database import submit_menus
from jams.objects.base import ObjectId, Path
from jams.objects.errors import InvalidArgument
from jams.objects.menus import SubmitMenuItem, SubmitMenuType
from jams.security.rights import Monitor

from .context import Context, one_of
from .declaration import operation
from .visibility import sight_of


@operation(
    right=Monitor.EXECUTE,
    rest=("GET /SubmitMenu", "GET /SubmitMenu/{menuType}/{id}", "GET /SubmitMenu/{menuType}?name"),
    soap="Submit.GetMenu",
    cmdlet="Get-JAMSSubmitMenu",
    command="submit-menu",
    positional=("menu_type", "name"),
    columns=("menuType", "menuText", "menuName", "id"),
)
def get_submit_menu(
    context: Context,
    menu_type: SubmitMenuType | None = None,
    id: ObjectId | None = None,
    name: Path | None = None,
) -> list[SubmitMenuItem]:
    """List what the submit menu shows: menus and folders to look into, jobs and setups to submit.

    At first these are the menus that no other one shows; where there are none, what lies in the root folder.
    What is not enabled, or lies beyond the caller, is not shown.

    Args:
        menu_type: whether a menu or a folder is looked into; without it, the first menu is shown.
        id: number of the menu or folder.
        name: name of the menu, or path of the folder.

    Raises:
        InvalidArgument: a number or name without what it is of; or a job or setup, which hold nothing.
        MenuNotFound: there is no such menu.
        FolderNotFound: there is no such folder.
    """
    sight = sight_of(context)
    if menu_type is None and id is None and name is None:
        return context.read(lambda c: submit_menus.top(c, sight))
    if menu_type is None:
        raise InvalidArgument("Say of what it is the number or name: menuType.", member="menuType")
    one_of(id=id, name=name)
    return context.read(lambda c: submit_menus.within(c, menu_type, id, name, sight))
