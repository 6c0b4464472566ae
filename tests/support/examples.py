"""Profiles of property tests: a few fixed examples, or many random ones.

`make explore` sets SESSIONARY_TEST_PROFILE to `explore`.
"""

import os

from hypothesis import HealthCheck, settings

FIXED, EXPLORE = "fixed", "explore"
PROFILE = os.environ.get("SESSIONARY_TEST_PROFILE", FIXED)
EXPLORED_EXAMPLES = int(os.environ.get("SESSIONARY_TEST_EXAMPLES", "500"))

# Machines are slow, and the servers of fixtures are meant to be shared by all examples.
_ANY_MACHINE = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
settings.register_profile(FIXED, _ANY_MACHINE, derandomize=True)
settings.register_profile(
    EXPLORE,
    _ANY_MACHINE,
    derandomize=False,
    max_examples=EXPLORED_EXAMPLES,
    print_blob=True,
)


def load_profile() -> None:
    """Load the profile that the environment chooses."""
    settings.load_profile(PROFILE)


def examples(count: int) -> settings:
    """The settings of a property test with only `count` examples in the fixed profile."""
    return settings() if PROFILE == EXPLORE else settings(max_examples=count)
