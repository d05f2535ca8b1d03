"""What is accepted in a setup can be used; what is refused leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from keeping import Place, place

from tests.support import databases
from tests.support.nouns import SETUP, Noun, Target, targets

MEMBERS = [pytest.param(SETUP, target, id=f"{SETUP.word}-{target.label}") for target in targets(SETUP)]


@pytest.fixture(scope="module", params=databases.KINDS)
def there(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place(request.param, tmp_path_factory.mktemp("kept")) as made:
        yield made


@pytest.mark.parametrize(("noun", "target"), MEMBERS)
def test_a_member_is_kept_or_refused(there: Place, noun: Noun, target: Target) -> None:
    assert there.faults(noun, target) == []
