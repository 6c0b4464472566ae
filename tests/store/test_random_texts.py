"""Text without words, as of encoded files, is indexed with little memory.

Each of its words is unique, so that building the index takes many times the size of the text.
"""

import base64
from pathlib import Path
from random import Random

from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.watermarks import advance_watermark
from tests.support.store import Stored, opened, store

NEW_YEAR_NS = 1_767_225_600 * 10**9
MEMORY_BYTES = 320 * 2**20
ARRIVED_AT_START = "ALTER TABLE spans UPDATE arrived_at = start_time WHERE 1"
SPANS, LENGTH = 250, 64_000


def test_random_text_is_indexed_in_smaller_batches(tmp_path: Path) -> None:
    """After the usual batch did not fit in memory."""
    random = Random("texts")
    with opened(tmp_path / "data", memory_bytes=MEMORY_BYTES) as database:
        spans = [span(number, random) for number in range(SPANS)]
        store(database, spans, version=SPANS)
        with database.rollup_connection() as connection:
            # As if each had arrived alone: the arrival time distinguishes copies.
            connection.command(f"{ARRIVED_AT_START} SETTINGS mutations_sync = 2")
            advance_watermark(connection, NEW_YEAR_NS + SPANS)
        indexed = []
        while count := index_messages(database):
            indexed.append(count)
        assert sum(indexed) == SPANS
        assert len(indexed) > 1


def span(number: int, random: Random) -> Stored:
    text = base64.b85encode(random.randbytes(LENGTH)).decode()
    at_ns = NEW_YEAR_NS + number + 1
    return Stored(f"t{number}", f"s{number}", at_ns, at_ns, {"input.value": text})
