"""Erasing a contact removes all of its data from the store."""

from dataclasses import replace

from tests.ingest.test_log_records import FIRST, send
from tests.support.contacts import chat, saved
from tests.support.errors import refused
from tests.support.generators import export_request
from tests.support.server import Server
from tests.support.store import opened


def test_erasing_a_contact_removes_all_of_its_data(fresh_server: Server) -> None:
    """Its sessions with messages of others, its traces without a session, its record.

    Including a session in which only an inner span names it; sessions of others stay.
    """
    spans = [
        chat("ada lovelace", "shared", 1),
        chat("", "shared", 2, trace_name="lovelace said"),
        chat("ada lovelace", "", 3),
        chat("bob", "inner", 4),
        replace(chat("ada lovelace", "", 4), span_id="f" * 16, parent_id=chat("", "").span_id),
        chat("bob", "other", 5),
    ]
    fresh_server.post(export_request(spans))
    saved(fresh_server, {"external_id": "ada lovelace", "email": "ada@lovelace.org"})
    saved(fresh_server, {"external_id": "bob", "email": "bob@example.com"})
    for target in ({"session_id": "shared"}, {"trace_id": f"{3:032x}"}, {"session_id": "other"}):
        score = target | {"name": "quality", "value": 1, "comment": "on lovelace or bob"}
        assert fresh_server.client.post("/v2/scores", json=score).status_code == 200
    response = fresh_server.client.delete("/v2/contacts/ada%20lovelace?erase=true")
    assert (response.status_code, response.json()["sessions"]) == (200, 2)
    (entry,) = fresh_server.get("/v2/audit-log")["data"]
    assert (entry["action"], entry["detail"]) == ("contact.erase", "sessions: 2")
    assert "lovelace" not in str(entry)
    assert set(fresh_server.sessions()) == {"other"}
    assert fresh_server.sessionless_traces() == []
    refused(fresh_server.client.get("/v2/contacts/ada%20lovelace"), 404, "ada lovelace")
    assert fresh_server.get("/v2/contacts/bob")["traces_count"] == 1
    assert len(fresh_server.get("/v2/scores")["data"]) == 1
    assert fresh_server.verify()["differences"] == []
    fresh_server.client.post("/v2/sessions/rebuild", timeout=60)
    assert set(fresh_server.sessions()) == {"other"}
    fresh_server.terminate()
    kept = stored(fresh_server)
    assert "lovelace" not in kept["spans"] + kept["contacts"]
    assert {name for name, text in kept.items() if f"{1:032x}" in text or "shared" in text} == set()
    assert all("other" in kept[name] for name in ("spans", "traces", "sessions", "scores"))


def test_erasing_removes_log_records(fresh_server: Server) -> None:
    """They contain prompts of the contact."""
    send(fresh_server, "logs", "traces")
    fresh_server.client.delete("/v2/contacts/user-alice?erase=true").raise_for_status()
    fresh_server.terminate()
    kept = stored(fresh_server)
    assert FIRST not in "".join(kept.values())
    assert "user-alice" not in "".join(kept.values())


def stored(server: Server) -> dict[str, str]:
    """Every row of every table, as text, from the folder of a stopped server.

    With all columns, as `*` does not include computed ones.
    """
    with opened(server.folder) as database, database.read_connection() as connection:
        tables = connection.rows_of(
            "SELECT name FROM system.tables "
            "WHERE database = currentDatabase() AND engine LIKE '%MergeTree'"
        )
        every = "SETTINGS asterisk_include_materialized_columns = 1"
        rows = {
            name: connection.rows_of(f"SELECT * FROM `{name}` {every}")
            for name in (table["name"] for table in tables)
        }
    assert all({"summary", "details"} <= session.keys() for session in rows["sessions"])
    return {name: str(found) for name, found in rows.items()}


def test_erasing_is_idempotent(server: Server) -> None:
    """An interrupted erasure can be retried; unknown contacts are not an error."""
    server.post(export_request([chat("twice", "twice-session", 0xA5)]))
    for count in (1, 0):
        response = server.client.delete("/v2/contacts/twice?erase=true")
        assert (response.status_code, response.json()["sessions"]) == (200, count)
    response = server.client.delete("/v2/contacts/never%20seen?erase=true")
    assert (response.status_code, response.json()["sessions"]) == (200, 0)


def test_spans_after_an_erasure_start_an_empty_session(server: Server) -> None:
    """With the same `_id` and without erased data."""
    server.post(export_request([chat("late", "late-session", 0xA6)]))
    before = server.session("late-session")
    server.client.delete("/v2/contacts/late?erase=true").raise_for_status()
    assert not server.has_session("late-session")
    late = chat("", "late-session", 0xA6, input_tokens=1, output_tokens=0)
    server.post(export_request([replace(late, span_id="e" * 16)]))
    after = server.session("late-session")
    assert after["_id"] == before["_id"]
    assert (after["usage"]["total_tokens"], after["spans_count"]) == (1, 1)
    assert after["contact_ids"] == []
