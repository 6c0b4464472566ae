"""Store spans: priced columns to the rows of the spans table."""

import numpy as np
import pyarrow as pa

from sessionary.store.clickhouse.pool import Connection

_TIME = pa.timestamp("ns", "UTC")
# Of small spans a request may bring very many, and the engine has little memory.
_MAX_ROWS = 20_000


def insert_spans(
    connection: Connection, spans: pa.Table, *, workspace_ids: pa.Array, base_ns: int
) -> None:
    """Insert priced spans.

    Each row arrives a nanosecond after the one before it, from `base_ns` on, so that of two copies
    the later is known.
    """
    columns = {name: spans.column(name) for name in spans.column_names}
    columns["start_time"] = columns.pop("start_ns").cast(_TIME)
    columns["end_time"] = columns.pop("end_ns").cast(_TIME)
    columns["arrived_at"] = pa.array(base_ns + np.arange(len(spans))).cast(_TIME)
    columns["workspace_id"] = workspace_ids
    rows = pa.table(columns)
    for start in range(0, len(rows), _MAX_ROWS):
        connection.insert("spans", rows.slice(start, _MAX_ROWS))
