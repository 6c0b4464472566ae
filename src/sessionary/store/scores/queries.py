"""Read and write scores. Every function takes the workspace first."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sessionary.model.pagination import Page
from sessionary.model.score import DataType, Score, ScoreSummary, Target, Value
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from sessionary.store.disk.scrub import mark_erasure
from sessionary.store.scopes.session_aliases import all_names, current_names, names_by_session
from sessionary.store.scopes.session_scores import MEAN

_COLUMNS = (
    "workspace_id",
    "id",
    "session_id",
    "trace_id",
    "span_id",
    "name",
    "data_type",
    "number",
    "text",
    "comment",
    "source",
    "created_at",
    "version",
    "is_deleted",
)
_OF_SESSION = (
    "(session_id IN {session_ids:Array(String)} OR trace_id GLOBAL IN "
    "(SELECT trace_id FROM traces FINAL WHERE workspace_id = {workspace_id:String} "
    "AND session_id IN {session_ids:Array(String)} "
    "AND ({project_id:String} = '' OR project_id = {project_id:String})))"
)
_OF_TRACE = "trace_id = {trace_id:String}"
_OF_ID = "id = {id:String}"


def get_score(database: Database, workspace_id: str, id: str) -> Score | None:
    """The score by its id."""
    with database.read_connection() as connection:
        rows = _rows(connection, workspace_id, about=_OF_ID, parameters={"id": id})
    return _score(rows[0]) if rows else None


def list_scores(
    database: Database,
    workspace_id: str,
    about: Target,
    *,
    limit: int,
    last_id: str = "",
    project_id: str = "",
) -> Page[Score]:
    """Scores of a session and its current parts, of a trace, or all; the latest first.

    Of a session's traces only those of the project where one is named.
    `last_id` is the score after which the page begins; one that is not there ends the walk.
    """
    conditions = [_OF_SESSION] if about.session_id else []
    conditions += [_OF_TRACE] if about.trace_id else []
    with database.read_connection() as connection:
        names = all_names(connection, workspace_id, [about.session_id])
        rows = _rows(
            connection,
            workspace_id,
            about=" AND ".join(conditions) or "1",
            parameters={
                "session_ids": names,
                "trace_id": about.trace_id,
                "project_id": project_id,
            },
            limit=limit + 1,
            last_id=last_id,
        )
    return Page([_score(row) for row in rows[:limit]], len(rows) > limit)


def put_score(database: Database, workspace_id: str, score: Score) -> Score:
    """Write a score in the place of the one with its id, which lends it its time of creation."""
    with database.rollup_connection() as connection:
        rows = _rows(connection, workspace_id, about=_OF_ID, parameters={"id": score.id})
        created_ns = rows[0]["created_ns"] if rows else time.time_ns()
        dated = replace(score, created_ns=created_ns)
        _insert(connection, workspace_id, dated, _next_version(rows))
        (row,) = _rows(connection, workspace_id, about=_OF_ID, parameters={"id": score.id})
    return _score(row)


def delete_score(database: Database, workspace_id: str, id: str) -> None:
    """Delete a score for good."""
    with database.rollup_connection() as connection:
        mark_erasure(database, connection)
        changed = database.topology.changed_table("scores")
        connection.run("scores/score", {"workspace_id": workspace_id, "id": id}, table=changed)


def summarise_scores(
    database: Database, workspace_id: str, session_ids: Sequence[str], *, project_id: str = ""
) -> dict[str, dict[str, ScoreSummary]]:
    """The scores of sessions by their external ids, by name.

    Of their traces only those of the project where one is named.
    """
    summaries: dict[str, dict[str, ScoreSummary]] = {}
    with database.read_connection() as connection:
        asked = names_by_session(connection, workspace_id, session_ids)
        parameters: dict[str, object] = {
            "workspace_id": workspace_id,
            "names": list(asked),
            "session_ids": list(asked.values()),
            "project_id": project_id,
        }
        for row in connection.rows("scores/score_summaries", parameters, mean=MEAN):
            of_session = summaries.setdefault(row["asked_id"], {})
            of_session[row["name"]] = ScoreSummary(row["count"], row["mean"], _value(*row["last"]))
    return summaries


def _next_version(rows: Rows) -> int:
    return max([time.time_ns(), *(row["version"] + 1 for row in rows)])


def _rows(
    connection: Connection,
    workspace_id: str,
    *,
    about: str,
    parameters: Mapping[str, object],
    limit: int = 1,
    last_id: str = "",
) -> Rows:
    """The rows, each with the session that it counts for under the name that stands."""
    same = {"workspace_id": workspace_id, "limit": limit, "last_id": last_id}
    rows = connection.rows("scores/scores", same | dict(parameters), about=about)
    names = {row["stored_session_id"] for row in rows}
    current = current_names(connection, workspace_id, names) if rows else {}
    return [
        {**row, "session_id": current.get(row["stored_session_id"], row["stored_session_id"])}
        for row in rows
    ]


def _insert(connection: Connection, workspace_id: str, score: Score, version: int) -> None:
    about = score.target
    target = [about.session_id, about.trace_id, about.span_id]
    value = [score.data_type, *_number_and_text(score.value)]
    details = [score.comment, score.source, score.created_ns]
    row = [workspace_id, score.id, *target, score.name, *value, *details, version, 0]
    connection.insert_rows("scores", _COLUMNS, [row])


def _number_and_text(value: Value) -> tuple[float | None, str]:
    match value:
        case bool() | float() | int():
            return float(value), ""
        case str():
            return None, value
        case tuple():
            return None, json.dumps(value)


def _value(data_type: DataType, number: float | None, text: str) -> Value:
    match data_type:
        case "boolean":
            return number == 1
        case "number":
            return number or 0.0
        case "categories":
            return tuple(json.loads(text))
        case "category" | "text":
            return text


def _score(row: Mapping[str, Any]) -> Score:
    return Score(
        id=row["id"],
        target=Target(row["session_id"], row["trace_id"], row["span_id"]),
        name=row["name"],
        data_type=row["data_type"],
        value=_value(row["data_type"], row["number"], row["text"]),
        comment=row["comment"],
        source=row["source"],
        created_ns=row["created_ns"],
    )
