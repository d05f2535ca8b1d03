"""The packing that Windows clients use for Send and Receive unless told otherwise (MS-XCA 2.1, 2.2).

Data is cut into blocks of up to 64 KB. Each has two numbers of 16 bits, little-endian: its plain size and
its packed size, both less one; where they are equal the block is stored as it is. Only unpacking is written
here: what a server sends may be stored.
"""

from __future__ import annotations

import struct

BLOCK = 1 << 16
SPARE = 64
"""How many blocks may come beyond those that the data would fill; each packed one costs a table."""

_SYMBOLS = 512
_TABLE = _SYMBOLS // 2
_WIDTH = 15
_SIZES = struct.Struct("<HH")


class PackingBroken(ValueError):
    """The data is not packed as it has to be, or is larger than it may be."""


def store(data: bytes) -> bytes:
    """Data in blocks, none of them compressed."""
    parts = []
    for at in range(0, len(data), BLOCK):
        block = data[at : at + BLOCK]
        parts += [_SIZES.pack(len(block) - 1, len(block) - 1), block]
    return b"".join(parts)


def unpack(data: bytes, limit: int) -> bytes:
    """The plain data of blocks. Raises PackingBroken, also when there is more than ``limit`` bytes of it."""
    blocks: list[tuple[int, bytes]] = []
    most = limit // BLOCK + SPARE
    at = total = 0
    while at < len(data):
        if len(data) - at < _SIZES.size:
            raise PackingBroken("A block's sizes are cut.")
        plain, packed = (number + 1 for number in _SIZES.unpack_from(data, at))
        at += _SIZES.size
        total += plain
        if packed > len(data) - at or packed > plain:
            raise PackingBroken("A block's sizes are wrong.")
        if len(blocks) >= most:
            raise PackingBroken(f"There are more than {most} blocks.")
        if total > limit:
            raise PackingBroken(f"More than {limit} bytes would come out.")
        blocks.append((plain, data[at : at + packed]))
        at += packed
    return b"".join(block if len(block) == plain else _unpack(block, plain) for plain, block in blocks)


def _unpack(data: bytes, size: int) -> bytes:
    """One compressed block: LZ77 with Huffman codes (MS-XCA 2.2.4)."""
    if len(data) < _TABLE + 4:
        raise PackingBroken("A block has no code table.")
    symbols, widths = _decoding_table(data)
    bits = _Bits(data)
    out = bytearray()
    while len(out) < size:
        at = bits.window >> (32 - _WIDTH)
        symbol = symbols[at]
        bits.drop(widths[at])
        if symbol < 256:
            out.append(symbol)
            continue
        length = bits.length(symbol & 15)
        offset_bits = (symbol >> 4) & 15
        offset = (1 << offset_bits) + (bits.window >> (32 - offset_bits) if offset_bits else 0)
        bits.drop(offset_bits)
        if offset > len(out) or length > size - len(out):
            raise PackingBroken("A repetition reaches outside its block.")
        _repeat(out, offset, length)
    return bytes(out)


def _repeat(out: bytearray, offset: int, length: int) -> None:
    """Append ``length`` bytes that stand ``offset`` bytes before; the two may overlap."""
    start = len(out) - offset
    if offset >= length:
        out += out[start : start + length]
        return
    pattern = bytes(out[start:])
    out += (pattern * (length // offset + 1))[:length]


def _decoding_table(data: bytes) -> tuple[list[int], list[int]]:
    """For every 15 bits that may come: the symbol they begin with, and how many bits it takes."""
    lengths = [nibble for byte in data[:_TABLE] for nibble in (byte & 15, byte >> 4)]
    symbols: list[int] = []
    widths: list[int] = []
    for width in range(1, _WIDTH + 1):
        room = 1 << (_WIDTH - width)
        for symbol, length in enumerate(lengths):
            if length == width:
                if len(symbols) + room > 1 << _WIDTH:
                    raise PackingBroken("A code table holds too much.")
                symbols += [symbol] * room
                widths += [width] * room
    if len(symbols) != 1 << _WIDTH:
        raise PackingBroken("A code table is not complete.")
    return symbols, widths


class _Bits:
    """The bits of a block, with the whole bytes that lie between them."""

    __slots__ = ("_at", "_data", "_left", "window")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = _TABLE
        self.window = self._number(2) << 16
        self.window |= self._number(2)
        self._left = 16

    def drop(self, count: int) -> None:
        """Go on by some bits."""
        self.window = self.window << count & 0xFFFFFFFF
        self._left -= count
        if self._left < 0:
            self.window |= self._number(2) << -self._left
            self._left += 16

    def length(self, code: int) -> int:
        """The length of a repetition, of which a symbol gives the first four bits."""
        if code < 15:
            return code + 3
        more = self._number(1)
        if more < 255:
            return more + 15 + 3
        whole = self._number(2) or self._number(4)
        if whole < 15:
            raise PackingBroken("The length of a repetition is wrong.")
        return whole + 3

    def _number(self, size: int) -> int:
        """The next bytes as a number; nothing may follow the last bits, but up to four bytes are read."""
        found = int.from_bytes(self._data[self._at : self._at + size], "little")
        self._at += size
        if self._at > len(self._data) + 4:
            raise PackingBroken("A block ends too early.")
        return found
