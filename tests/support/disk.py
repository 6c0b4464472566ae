"""Search the files of a data folder, including the engine's compressed blocks.

A block is 16 bytes of checksum, one byte for the method, its size including this header of 9
bytes, its uncompressed size, and the data. Several codecs nest blocks.
"""

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa

_CHECKSUM_BYTES, _HEADER_BYTES = 16, 9
_PLAIN, _LZ4, _ZSTD, _SEVERAL = 0x02, 0x82, 0x90, 0x91
_CODECS = {_LZ4: pa.Codec("lz4_raw"), _ZSTD: pa.Codec("zstd")}
_MAX_BYTES = 64 * 1024 * 1024


def found_on_disk(folder: Path, texts: Collection[str]) -> dict[str, list[str]]:
    """The files that contain any of the texts, and which texts."""
    found = {}
    for path in sorted(folder.rglob("*")):
        content = _read(path)
        if hits := sorted(text for text in texts if text.encode() in content):
            found[str(path.relative_to(folder))] = hits
    return found


def _read(path: Path) -> bytes:
    """The name and content of a file; empty if it is deleted meanwhile."""
    try:
        content = path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""
    return b"\0".join([path.name.encode(), content, *_blocks(content)])


def _blocks(content: bytes) -> list[bytes]:
    """Every block of a file, at any offset."""
    blocks, start = [], 0
    while start + _CHECKSUM_BYTES + _HEADER_BYTES <= len(content):
        begin = start + _CHECKSUM_BYTES
        size = int.from_bytes(content[begin + 1 : begin + 5], "little")
        block = _unpacked(content[begin : begin + size]) if size >= _HEADER_BYTES else None
        if block is None:
            start += 1
            continue
        blocks.append(block)
        start = begin + size
    return blocks


def _unpacked(block: bytes) -> bytes | None:
    """The data of a block without its checksum; None if it is not a block."""
    if len(block) < _HEADER_BYTES or block[0] not in {_PLAIN, _SEVERAL, *_CODECS}:
        return None
    method, size, data = block[0], int.from_bytes(block[5:9], "little"), block[_HEADER_BYTES:]
    if int.from_bytes(block[1:5], "little") != len(block) or size > _MAX_BYTES:
        return None
    if method == _SEVERAL:
        return _unpacked_by_all(data)
    if method == _PLAIN:
        return data if len(data) == size else None
    try:
        return _CODECS[method].decompress(data, decompressed_size=size).to_pybytes()
    except (OSError, pa.ArrowException):
        return None


def _unpacked_by_all(data: bytes) -> bytes | None:
    """Undo codecs from the last to the first that does not compress text."""
    methods, rest = data[1 : 1 + data[0]], data[1 + data[0] :]
    for method in reversed(methods):
        if method not in {_PLAIN, *_CODECS}:
            return rest
        unpacked = _unpacked(rest)
        if unpacked is None:
            return None
        rest = unpacked
    return rest
