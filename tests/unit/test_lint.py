"""The checks of words, references and commit subjects find what they are for."""

import pytest
from lint import commits, references, words

FILES = frozenset({"docs/access.md", "src/sessionary/app.py", "src/sessionary/store/x/sql/one.sql"})


@pytest.mark.parametrize("line", ["it was told", "def test_nobody_reads_it", "TellMe", "so many"])
def test_refused_words_are_found(line: str) -> None:
    """Names count as words too."""
    assert len(list(words.findings("a.py", line))) == 1


@pytest.mark.parametrize("line", ["a toll", "untold_x = 1  # words: allow", "bestow"])
def test_other_words_are_not_found(line: str) -> None:
    """Parts of words, and lines that allow them."""
    assert list(words.findings("a.py", line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "# see store/missing.py",
        '"""As missing_statement.sql does."""',
        "# SESSIONARY_MISSING_SETTING=1",
        "# `make missing`",
    ],
)
def test_dangling_references_are_found(line: str) -> None:
    """In comments and docstrings; code is not read."""
    assert len(list(references.findings("src/sessionary/app.py", line, FILES))) == 1


def test_dangling_links_are_found() -> None:
    """Relative to the document."""
    text = "[a](access.md#keys) [b](missing.md) [c](https://example.org/x.md)"
    assert list(references.findings("docs/README.md", text, FILES)) == [
        "docs/README.md:1: missing.md"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# see sessionary/app.py, one.sql and docs/access.md",
        "# SESSIONARY_GRPC_PORT, `make lint`",
        "name = missing.sql",
        "# store/missing.py  references: allow",
    ],
)
def test_known_references_are_not_found(line: str) -> None:
    """Files by any part of their path, settings, targets."""
    assert list(references.findings("src/sessionary/app.py", line, FILES)) == []


@pytest.mark.parametrize("subject", ["Fix things", "store: " + "x" * 70, "store: end with a dot."])
def test_bad_subjects_of_commits_are_found(subject: str) -> None:
    """No area, too long, or a full stop."""
    assert len(list(commits.findings([subject]))) == 1


def test_good_subjects_of_commits_are_not_found() -> None:
    """Several areas are separated by commas."""
    assert list(commits.findings(["store: seek pages", "api, web: rename a field"])) == []
