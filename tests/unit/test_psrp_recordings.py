"""The endpoint answers recorded clients as the recorded endpoint did (PowerShell 7.6, restricted session)."""

from __future__ import annotations

import pytest

from tests.support.psrp_recordings import FOLDER, shape
from tests.support.psrp_replay import Answer, Player, play

RECORDINGS = sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def _data(answers: list[Answer]) -> list[Answer]:
    """Acknowledgements are compared on their own: a pipeline runs beside the reading of its input."""
    return [answer for answer in answers if answer[1] is not None]


def _acknowledgements(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer[1] is None]


@pytest.mark.parametrize("name", RECORDINGS)
def test_recorded_client_is_answered_like_the_recorded_endpoint_did(name: str) -> None:
    player = Player()
    expected = play(name, player)
    found = player.by_target()
    assert found.keys() == expected.keys()
    for target, theirs in expected.items():
        ours = found[target]
        assert _acknowledgements(ours) == _acknowledgements(theirs)
        assert [answer[:2] for answer in _data(ours)] == [answer[:2] for answer in _data(theirs)]
        for index, (one, two) in enumerate(zip(_data(ours), _data(theirs), strict=True)):
            assert shape(one[2]) == shape(two[2]), (name, str(target), index)
    assert player.connection.finished
