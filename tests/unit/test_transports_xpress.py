"""The packing of Windows clients: against a packer of our own, the specification's example, and dice."""

from __future__ import annotations

import random
import struct
import tracemalloc
from contextlib import suppress

import pytest

from psprovider.transports.wsman import xpress

FLAT = bytes([0x99] * 256)
"""A code table in which each of the 512 symbols has 9 bits, so that a symbol is its own code."""


class Packer:
    """Writes bits in words of 16, and whole bytes between them where a reader looks for them."""

    def __init__(self) -> None:
        self.out = bytearray(FLAT)
        self._value = 0
        self._room = 16
        self._words = [self._reserve(), self._reserve()]

    def _reserve(self) -> int:
        self.out += b"\0\0"
        return len(self.out) - 2

    def bits(self, value: int, count: int) -> None:
        for shift in range(count - 1, -1, -1):
            if not self._room:
                struct.pack_into("<H", self.out, self._words.pop(0), self._value)
                self._words.append(self._reserve())
                self._value, self._room = 0, 16
            self._value = self._value << 1 | (value >> shift & 1)
            self._room -= 1

    def literal(self, byte: int) -> None:
        self.bits(byte, 9)

    def match(self, offset: int, length: int) -> None:
        width = offset.bit_length() - 1
        rest = length - 3
        self.bits(256 + (width << 4) + min(rest, 15), 9)
        if rest >= 15:
            if rest - 15 < 255:
                self.out += bytes([rest - 15])
            else:
                self.out += b"\xff" + struct.pack("<H", rest)
        self.bits(offset - (1 << width), width)

    def finish(self) -> bytes:
        struct.pack_into("<H", self.out, self._words[0], self._value << self._room & 0xFFFF)
        return bytes(self.out)


def block(plain: int, packed: bytes) -> bytes:
    return struct.pack("<HH", plain - 1, len(packed) - 1) + packed


def pack(steps: list[int | tuple[int, int]], size: int) -> bytes:
    packer = Packer()
    for step in steps:
        if isinstance(step, int):
            packer.literal(step)
        else:
            packer.match(*step)
    return block(size, packer.finish())


def test_what_is_stored_comes_back() -> None:
    for size in (1, 100, 65536, 65537, 200_000):
        data = random.Random(size).randbytes(size)
        stored = xpress.store(data)
        assert len(stored) == size + 4 * -(-size // 65536)
        assert xpress.unpack(stored, 1 << 20) == data
    assert xpress.store(b"") == b"" == xpress.unpack(b"", 0)


def test_the_example_of_the_specification() -> None:
    """MS-XCA 3.2: the letters from a to z."""
    table = bytearray(256)
    table[0x30:0x3E] = bytes.fromhex("50 55555555555555555555 45 44 04")
    table[128] = 4
    packed = bytes(table) + bytes.fromhex("d8523ed794115be9195ff9d67cdf8d0400000000")
    assert xpress._unpack(packed, 26) == b"abcdefghijklmnopqrstuvwxyz"


def test_literals_and_repetitions() -> None:
    text = b"abcabcabcabc--abc" + b"c" * 500
    steps: list[int | tuple[int, int]] = [*b"abc", (3, 9), *b"--", (5, 3), (1, 500)]
    assert xpress.unpack(pack(steps, len(text)), 1000) == text


@pytest.mark.parametrize("length", [3, 17, 18, 19, 272, 273, 300, 5000, 65000])
def test_repetitions_of_every_length(length: int) -> None:
    plain = b"ab" + (b"ab" * length)[:length]
    plain += plain[-1:] * 500
    assert xpress.unpack(pack([*b"ab", (2, length), (1, 500)], len(plain)), 1 << 20) == plain


def test_random_data_of_an_independent_packer() -> None:
    dice = random.Random(7)
    for _ in range(30):
        plain = bytearray(dice.randbytes(4))
        steps: list[int | tuple[int, int]] = [*plain]
        while len(plain) < 3000:
            if dice.random() < 0.5:
                plain.append(dice.randrange(256))
                steps.append(plain[-1])
            else:
                offset, length = dice.randint(1, len(plain)), dice.randint(3, 400)
                for _ in range(length):
                    plain.append(plain[-offset])
                steps.append((offset, length))
        packed = pack(steps, len(plain))
        if len(packed) < len(plain):
            assert xpress.unpack(packed, 1 << 20) == plain


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"\0\0\0",
        struct.pack("<HH", 9, 9) + b"short",
        struct.pack("<HH", 9, 99) + bytes(100),
        block(1000, bytes(300)),
        block(1000, bytes([0x11] * 256) + bytes(50)),
        block(1000, bytes(10)),
        block(1000, FLAT),
        pack([*b"abc", (9, 5)], 600),
        pack([*b"abc"], 1000),
    ],
    ids=["cut", "sizes", "less", "more", "table", "full", "no table", "no bits", "before", "early"],
)
def test_damage_is_refused(data: bytes) -> None:
    with pytest.raises(xpress.PackingBroken):
        xpress.unpack(data, 1 << 20)


def test_no_more_comes_out_than_is_allowed() -> None:
    bomb = pack([0, (1, 60_000)], 60_001)
    with pytest.raises(xpress.PackingBroken, match="More than"):
        xpress.unpack(bomb * 20, 1 << 20)


def test_the_number_of_blocks_is_limited() -> None:
    small = pack([0, (1, 299)], 300)
    most = (1 << 20) // xpress.BLOCK + xpress.SPARE
    assert len(xpress.unpack(small * most, 1 << 20)) == 300 * most
    with pytest.raises(xpress.PackingBroken, match="blocks"):
        xpress.unpack(small * (most + 1), 1 << 20)


def test_dice_break_nothing_else() -> None:
    dice = random.Random(11)
    good = pack([*b"abcdefgh", (8, 500), *b"xyz", (100, 2000)], 2511)
    tracemalloc.start()
    try:
        for _ in range(300):
            data = bytearray(good if dice.random() < 0.8 else block(2000, dice.randbytes(600)))
            for _ in range(dice.randint(1, 20)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            with suppress(xpress.PackingBroken):
                assert len(xpress.unpack(bytes(data), 1 << 17)) <= 1 << 17
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
