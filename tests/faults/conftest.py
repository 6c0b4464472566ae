"""Print the number of interruptions by kind after a run."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests recorded: kills and cuts by kind."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    recorded = [item for report in reports for item in report.user_properties]
    for name, count in sorted(set(recorded)):
        terminalreporter.write_line(f"{name}: {count}")
