"""A data folder that the previous version wrote opens with the same answers."""

import json
import tarfile
from pathlib import Path

from tests.store.previous_version.make import FOLDER, MANUAL, answers
from tests.support.keys import span_of
from tests.support.server import Server


def test_folder_of_previous_version_opens_with_the_same_answers(tmp_path: Path) -> None:
    """It is migrated and verified, and can be written to."""
    with tarfile.open(FOLDER / "data.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    with Server(tmp_path / "data") as server:
        assert answers(server) == json.loads((FOLDER / "answers.json").read_text())
        assert server.verify()["differences"] == []
        before = server.session(MANUAL)["traces_count"]
        server.post(span_of(MANUAL))
        assert server.session(MANUAL)["traces_count"] == before + 1
