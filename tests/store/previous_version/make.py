"""Write the data folder of the previous version, and what that version answered from it.

PYTHONPATH=<checkout of that version>/src python -m tests.store.previous_version.make
"""

import json
import tarfile
import tempfile
from pathlib import Path

from tests.ingest.test_fixtures import captured
from tests.support.server import Json, Server

FOLDER = Path(__file__).parent
FIXTURES = ("langfuse_v3", "vercel_ai_v5_json", "claude_code")
MANUAL = "by-hand"

_OF_EACH_SESSION = ("?include=models,spans_count,active_duration", "/traces", "/conversation")
_CUSTOM_PRICE = {"model": "made-up-model", "input_per_million": "1.5", "output_per_million": 2}


def fill(server: Server) -> None:
    """One of each: spans, log records, an override, scores, a share link, a price, a deletion."""
    for fixture in FIXTURES:
        for request in captured(fixture):
            request.send(server)
    changed, *_, deleted = sorted(server.sessions())
    for method, path, body in (
        ("PATCH", f"/v2/sessions/{changed}", {"display_name": "Renamed", "tags": ["kept"]}),
        ("POST", f"/v2/sessions/{changed}/shares", {}),
        ("POST", "/v2/sessions", {"external_id": MANUAL, "metadata": {"team": "a"}}),
        ("POST", "/v2/scores", {"name": "quality", "value": 0.5, "session_id": changed}),
        ("PUT", "/v2/prices", _CUSTOM_PRICE),
        ("DELETE", f"/v2/sessions/{deleted}", None),
    ):
        response = server.client.request(method, path, json=body)
        assert response.is_success, f"{method} {path}: {response.text}"


def answers(server: Server) -> Json:
    """What the server shows of them, by path."""
    sessions = server.sessions()
    paths = ["/v2/identities", "/v2/prices", "/v2/traces/sessionless"]
    for session in sorted(shape["_id"] for shape in sessions.values()):
        paths += [f"/v2/sessions/{session}{rest}" for rest in _OF_EACH_SESSION]
    return {"sessions": sessions} | {path: server.client.get(path).json() for path in paths}


def main() -> None:
    """Write data.tar.xz and answers.json."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        with Server(folder) as server:
            fill(server)
            answered = answers(server)
        with tarfile.open(FOLDER / "data.tar.xz", "w:xz") as archive:
            archive.add(folder, "data")
    (FOLDER / "answers.json").write_text(json.dumps(answered, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
