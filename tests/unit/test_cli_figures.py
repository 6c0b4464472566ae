"""Formatting of figures on the command line."""

import pytest

from sessionary.cli.output import figures


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        (0, "$0"),
        (1234.5, "$1,234.50"),
        (1.005, "$1.00"),
        (0.5, "$0.50"),
        (0.0999, "$0.10"),
        (0.0075, "$0.0075"),
        (0.0012, "$0.0012"),
        (0.00042, "$0.00042"),
        (0.000000000001, "$0.000000000001"),
    ],
)
def test_money_has_the_digits_it_needs(dollars: float, text: str) -> None:
    """Cents, or two significant digits; never $0.00 unless it is zero."""
    assert figures.money(dollars) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 ms"),
        (0.4, "< 1 ms"),
        (850, "850 ms"),
        (999.9, "1.0 s"),
        (3210, "3.2 s"),
        (9_960, "10 s"),
        (59_600, "1 min 00 s"),
        (245_000, "4 min 05 s"),
        (3_599_900, "1 h 00 min"),
        (7_380_000, "2 h 03 min"),
        (86_399_000, "1 d 0 h"),
        (183_600_000, "2 d 3 h"),
    ],
)
def test_durations_have_their_two_largest_units(ms: float, text: str) -> None:
    """Rounding does not give 60 s or 24 h."""
    assert figures.duration(ms) == text


@pytest.mark.parametrize(
    ("dollars", "calls", "failed", "unpriced", "text"),
    [
        (0.0, 0, 0, 0, "–"),
        (0.0, 2, 2, 0, "–"),
        (0.0, 1, 0, 0, "$0"),
        (0.0, 2, 0, 2, "2 unpriced"),
        (0.25, 3, 0, 1, "$0.25 + 1 unpriced"),
    ],
)
def test_unpriced_calls_are_not_shown_as_free(
    dollars: float, calls: int, failed: int, unpriced: int, text: str
) -> None:
    """$0 is only shown if all calls are known to be free."""
    assert figures.cost(dollars, calls=calls, failed=failed, unpriced=unpriced) == text
