"""Menus, by their number or name."""

from __future__ import annotations

from jams.database import menus
from jams.objects.base import Name, ObjectId, Text
from jams.objects.errors import MenuNotFound
from jams.objects.menus import Menu
from jams.objects.patch import Patch
from jams.security.rights import MenuDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made

COLUMNS = ("menuID", "menuName", "description", "menuDetails")
ALIASES = {"menu_name": ("name",)}
BINDING = Binding(names={"menu_id": "", "menu_name": "Name"}, shows="get_menu", path=("menu_name",))
PIPELINE = {"name": "MenuName"}


@operation(
    right=MenuDefinitions.INQUIRE,
    rest="GET /menu",
    soap="Menu.List",
    cmdlet="Get-JAMSMenu",
    command="menus",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="menuName", container="Menus"),
)
def list_menus(context: Context) -> list[Menu]:
    """List the menus, by name."""
    return context.read(menus.all_menus)


@operation(
    right=MenuDefinitions.INQUIRE,
    rest=("GET /menu/{id}", "GET /menu/details?name", "GET /menu?name"),
    soap="Menu.Get",
    cmdlet="Get-JAMSMenu",
    command="menu",
    key=("name", "id"),
    offers=offers.MENU,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_menu(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Menu:
    """Show one menu.

    Args:
        id: number of the menu.
        name: name of the menu.

    Raises:
        MenuNotFound: there is no such menu.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: menus.get(c, menus.find(c, id=id, name=name)))


@operation(
    right=MenuDefinitions.ADD,
    rest="POST /menu",
    soap="Menu.Create",
    cmdlet="New-JAMSMenu",
    command="create-menu",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_menu(context: Context, menu: Menu) -> Message:
    """Create a menu.

    Args:
        menu: the new menu.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName: the name is not one a menu can bear.
        FolderNotFound: a folder that it shows does not exist.
        InvalidArgument: there are too many details.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(
        lambda c: menus.create(c, menu, user=context.caller.account, lenient=context.lenient)
    )
    return f"Menu {made.menu_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=MenuDefinitions.CHANGE,
    rest="PUT /menu",
    soap="Menu.Change",
    cmdlet="Set-JAMSMenu",
    command="change-menu",
    key=("name", "id"),
    aliases=ALIASES,
    offers=offers.MENU,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_menu(
    context: Context, menu: Patch[Menu], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a menu, or create it if it does not exist. What is left out stays as it is.

    Number or name say which menu; or else the document's own. With a number, or a name beside it, the
    document may rename it. Null gives a member its default.

    Args:
        menu: what shall be otherwise.
        id: number of the menu.
        name: name of the menu.

    Raises:
        AccessDenied: the menu does not exist, and the caller may not create one.
        MenuNotFound: there is no such menu.
        AlreadyExists: another one has the new name.
        InvalidName: the name is not one a menu can bear.
        FolderNotFound: a folder that it shows does not exist.
        InvalidArgument: there are too many details.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        menu,
        change=lambda c: menus.change(
            c,
            menu,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: menus.create(c, new, user=context.caller.account, lenient=context.lenient),
        missing=MenuNotFound,
        right=MenuDefinitions.ADD,
        kind="Menu",
        name="menu_name",
    )
    return f"Menu {changed.menu_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=MenuDefinitions.DELETE,
    rest=("DELETE /menu/{id}", "DELETE /menu?name"),
    soap="Menu.Delete",
    cmdlet="Remove-JAMSMenu",
    command="delete-menu",
    key=("name", "id"),
    offers=offers.MENU,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_menu(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a menu. Menus that show it show it no more.

    Args:
        id: number of the menu.
        name: name of the menu.

    Raises:
        MenuNotFound: there is no such menu.
    """
    one_of(id=id, name=name)
    gone = context.write(lambda c: menus.delete(c, menus.find(c, id=id, name=name), context.condition))
    return f"Menu {gone} was deleted."
