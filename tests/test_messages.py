"""Which spans hold words, asked of the engine as a filter asks: through the condition."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sessionary.store.messages import message_condition

# An engine of its own: a process opens only one folder.
ASK = """
import json, sys
from sessionary.store.database import Database
from sessionary.store.messages import message_condition
from sessionary.store.migrate import migrate

folder, spans, questions = json.loads(sys.stdin.read())
database = Database(f"chdb://{folder}", clients=1, memory_bytes=1 << 30)
migrate(database)
with database.writing() as session:
    columns = ["workspace_id", "trace_id", "attributes"]
    session.insert_rows("spans", columns, [["w", name, {"said": text}] for name, text in spans])
    for is_merged in (False, True):
        if is_merged:
            session.command("OPTIMIZE TABLE spans FINAL")
        for words in questions:
            condition, parameters = message_condition(words)
            sql = f"SELECT trace_id FROM spans WHERE {condition} ORDER BY trace_id"
            names = [row["trace_id"] for row in session.rows_of(sql, parameters)]
            plan = session.rows_of(f"EXPLAIN indexes = 1 {sql}", parameters)
            print(json.dumps([is_merged, words, names, "Name: words" in str(plan)]))
"""
SPANS = {
    "a": "What is the weather in Paris?",
    "b": "weather, paris; rain",
    "c": '[{"role": "user", "content": "ÄPFEL und Birnen"}]',
    "d": "parisian",
}
FOUND = {
    "PARIS": ["a", "b"],
    "paris weather": ["a", "b"],
    "rain paris": ["b"],
    "äpfel": ["c"],
    "Äpfel birnen": ["c"],
    "pari": [],
    "?!": ["a", "b", "c", "d"],
    "it's') OR 1=1 --": [],
}


def test_spans_are_found_by_whole_words_in_any_case(tmp_path: Path) -> None:
    """All words, also before a merge has indexed them; after it the index is asked."""
    question = json.dumps([str(tmp_path), list(SPANS.items()), list(FOUND)])
    asked = [sys.executable, "-c", ASK]
    done = subprocess.run(asked, input=question, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 2 * len(FOUND)
    for is_merged, words, names, asks_index in answers:
        assert names == FOUND[words]
        assert asks_index or not is_merged or words == "?!"


@pytest.mark.parametrize("words", ["", "  ", "?!,"])
def test_no_word_is_no_condition(words: str) -> None:
    """Text that has no word in it leaves every span."""
    assert message_condition(words) == ("true", {})
