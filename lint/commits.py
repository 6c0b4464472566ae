"""Check the subjects of commits: at most 72 characters, with the area in front.

`python -m lint.commits [range]` checks the commits since `_SINCE` by default, and none where the
clone does not have it.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator

from lint.files import ROOT

# The last commit before this check.
_SINCE = "f4cd34777aba25ce69536ea438b1778c22982b61"
_MAX_CHARACTERS = 72
_SUBJECT = re.compile(r"[a-z0-9][a-z0-9 ,._/-]*: \S.*[^.]")


def findings(subjects: Iterable[str]) -> Iterator[str]:
    """What is wrong with each subject."""
    for subject in subjects:
        if len(subject) > _MAX_CHARACTERS:
            yield f"{len(subject)} characters, at most {_MAX_CHARACTERS}: {subject}"
        if not _SUBJECT.fullmatch(subject):
            yield f"not of the form `area: change`: {subject}"


def main(arguments: list[str]) -> int:
    """Print the findings; the exit status."""
    commits = arguments[0] if arguments else f"{_SINCE}..HEAD"
    command = ["git", "log", "--no-merges", "--format=%s", commits]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    found = list(findings(listed.stdout.splitlines()))
    print("\n".join(found) or "no findings in commit subjects")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
