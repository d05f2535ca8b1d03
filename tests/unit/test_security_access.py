from __future__ import annotations

import pytest

from jams.database.access import AccessRule
from jams.security.access import ALL_RIGHTS, effective_rights
from jams.security.rights import JobDefinitions

pytestmark = pytest.mark.unit


def rule(identifier: str, *rights: str, area: str = "JobDefinitions") -> AccessRule:
    return AccessRule(area=area, identifier=identifier, rights=rights)


def test_the_first_line_that_names_the_caller_decides_and_later_ones_are_ignored():
    rules = [rule("Interns", "Inquire"), rule("Developers", "Add", "Change", "Delete", "Inquire")]
    both = effective_rights("anna", ["Developers", "interns"], rules, bypass=())
    assert both == {JobDefinitions.INQUIRE}
    one = effective_rights("anna", ["developers"], rules, bypass=())
    assert JobDefinitions.DELETE in one


def test_a_line_may_name_an_account_or_everybody():
    rules = [rule("Anna"), rule("*", "Inquire")]
    assert effective_rights("anna", [], rules, bypass=()) == frozenset()
    assert effective_rights("bert", [], rules, bypass=()) == {JobDefinitions.INQUIRE}


def test_no_line_is_no_access():
    assert effective_rights("anna", ["x"], [], bypass=()) == frozenset()


def test_members_of_a_bypass_group_may_do_everything():
    assert effective_rights("anna", ["Administrators"], [], bypass=("administrators",)) == ALL_RIGHTS


def test_an_account_named_like_the_bypass_group_is_no_member_of_it():
    assert effective_rights("Administrators", [], [], bypass=("Administrators",)) == frozenset()


def test_a_right_that_no_area_knows_gives_nothing():
    assert effective_rights("anna", [], [rule("anna", "Fly")], bypass=()) == frozenset()


def test_a_line_may_want_several_memberships_at_once():
    rules = [rule("Developers + Interns"), rule("anna+developers", "Change"), rule("*", "Inquire")]
    for groups, expected in (
        (["developers", "interns"], frozenset()),
        (["Developers"], {JobDefinitions.CHANGE}),
        ([], {JobDefinitions.INQUIRE}),
    ):
        assert effective_rights("anna", groups, rules, bypass=()) == expected
