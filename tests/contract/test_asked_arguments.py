"""No argument of any operation makes the server fail, and what is refused has changed nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from keeping import Place, place

from tests.support import databases
from tests.support.argument_probes import Argument, arguments


@pytest.fixture(scope="module", params=databases.KINDS)
def there(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place(request.param, tmp_path_factory.mktemp("asked")) as made:
        yield made


@pytest.mark.parametrize("argument", arguments(), ids=lambda argument: argument.label)
def test_an_argument_is_taken_or_refused(there: Place, argument: Argument) -> None:
    assert there.faults_of_calls(argument) == []
