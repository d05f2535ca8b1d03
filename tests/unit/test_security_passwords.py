from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, VerifyMismatchError

from jams.objects.errors import InvalidArgument
from jams.security.passwords import Passwords, random_password

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class CountingHasher(PasswordHasher):
    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, hash, password):
        self.verified += 1
        self.given = hash
        try:
            return super().verify(hash, password)
        except Argon2Error as error:
            self.reason = type(error)
            raise


def test_a_hash_is_argon2id_and_opens_for_its_password_alone():
    passwords = Passwords()
    kept = passwords.hash("correct horse")
    assert kept.startswith("$argon2id$") and "correct horse" not in kept
    assert passwords.verify(kept, "correct horse")
    assert not passwords.verify(kept, "correct horsf")


def test_a_right_password_is_remembered_for_a_minute_and_a_wrong_one_never():
    clock = Clock()
    passwords = Passwords(CountingHasher(), clock=clock)
    kept = passwords.hash("correct horse")
    assert not passwords.remembered(kept, "correct horse")
    assert passwords.verify(kept, "correct horse")
    assert passwords.remembered(kept, "correct horse")
    assert not passwords.remembered(kept, "wrong horse")
    assert not passwords.remembered(passwords.hash("correct horse"), "correct horse")
    clock.now += 61
    assert not passwords.remembered(kept, "correct horse")


def test_an_account_without_a_hash_costs_a_check_all_the_same():
    hasher = CountingHasher()
    passwords = Passwords(hasher)
    assert not passwords.verify(None, "anything at all")
    assert hasher.verified == 1 and hasher.reason is VerifyMismatchError
    assert hasher.given.rpartition("$")[0].split("$")[:4] == hasher.hash("x").split("$")[:4]
    assert not passwords.remembered(None, "anything at all")


def test_a_damaged_hash_opens_for_nobody():
    assert not Passwords(CountingHasher()).verify("not a hash", "anything")


@pytest.mark.parametrize("password", ["", "seven77", "x" * 1025])
def test_a_password_has_bounds(password):
    with pytest.raises(InvalidArgument):
        Passwords(CountingHasher()).hash(password)


def test_weaker_parameters_are_noticed():
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse")
    assert Passwords().outdated(weak)


def test_random_passwords_differ_and_are_long():
    assert random_password() != random_password()
    assert len(random_password().replace("-", "")) == 30
