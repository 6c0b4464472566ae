"""Prices, compared with the slower calculation per call of genai-prices."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
from genai_prices import Usage, calc_price
from hypothesis import given
from hypothesis import strategies as st

from sessionary.model.price import CallScope, CustomPrice, Rates
from sessionary.pricing.price import price
from sessionary.pricing.tariff import PriceBook

AT = datetime(2026, 11, 1, tzinfo=UTC)
AT_NS = int(AT.timestamp()) * 10**9
TOKENS = st.integers(min_value=0, max_value=400_000)
# With and without cache prices, with tiers (from 200,000 input tokens), without output price.
MODELS = (
    ("openai", "gpt-4o-mini"),
    ("openai", "text-embedding-3-small"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-pro"),
)


def spans(*rows: dict[str, object]) -> pa.Table:
    """A table of normalised spans with the columns for pricing."""
    usual: dict[str, object] = {
        "provider": "openai",
        "request_model": "gpt-4o-mini",
        "response_model": "gpt-4o-mini",
        "start_ns": AT_NS,
        "is_error": False,
        "input_tokens": 0,
        "output_tokens": 0,
        "cache_read_tokens": 0,
        "cache_write_tokens": 0,
        "audio_input_tokens": 0,
        "audio_output_tokens": 0,
        "client_input_cost": None,
        "client_output_cost": None,
        "client_total_cost": None,
    }
    money = {name: pa.float64() for name in usual if name.startswith("client_")}
    filled = [usual | row for row in rows]
    columns = {name: pa.array([row[name] for row in filled], money.get(name)) for name in usual}
    return pa.table(columns)


def priced(**row: object) -> dict[str, object]:
    """One span, priced."""
    (found,) = price(spans(row)).to_pylist()
    return dict(found)


@given(
    model=st.sampled_from(MODELS),
    plain=TOKENS,
    read=TOKENS,
    written=TOKENS,
    output=TOKENS,
)
def test_list_price_equals_the_library(
    model: tuple[str, str], plain: int, read: int, written: int, output: int
) -> None:
    """Input, output and total are exact, on both sides of a tier's boundary."""
    provider, name = model
    usage = Usage(
        input_tokens=plain + read + written,
        cache_read_tokens=read,
        cache_write_tokens=written,
        output_tokens=output,
    )
    expected = calc_price(usage, name, provider_id=provider, genai_request_timestamp=AT)
    found = priced(
        provider=provider,
        response_model=name,
        input_tokens=plain + read + written,
        cache_read_tokens=read,
        cache_write_tokens=written,
        output_tokens=output,
    )
    assert found["input_cost"] == expected.input_price
    assert found["output_cost"] == expected.output_price
    assert found["total_cost"] == expected.total_price


def test_reported_cost_takes_precedence() -> None:
    """A reported total is stored to the picodollar and split like the list price."""
    found = priced(input_tokens=100, output_tokens=100, client_total_cost=0.123456789012)
    assert found["total_cost"] == Decimal("0.123456789012")
    assert found["input_cost"] + found["output_cost"] == found["total_cost"]  # type: ignore[operator]
    assert found["cost_source"] == "client"


def test_reported_parts_sum_to_the_total() -> None:
    """If a client reports input and output costs but no total."""
    found = priced(client_input_cost=0.25, client_output_cost=0.5)
    assert found["total_cost"] == Decimal("0.75")


def test_zero_cost_of_a_failed_call_is_not_a_report() -> None:
    """Langfuse and others send zeros with a failure."""
    assert priced(is_error=True, client_total_cost=0.0)["cost_source"] == "none"
    assert priced(is_error=False, client_total_cost=0.0)["cost_source"] == "client"


def test_model_without_a_price_is_unpriced() -> None:
    """It adds 0 and is counted as unpriced, not as free."""
    found = priced(
        provider="acme", request_model="acme-7b", response_model="acme-7b", input_tokens=9
    )
    assert (found["total_cost"], found["cost_source"]) == (Decimal(0), "none")


def test_gateway_prefix_names_the_provider() -> None:
    """LiteLLM's openai/gpt-4o-mini costs what gpt-4o-mini does."""
    plain = priced(input_tokens=1000)
    assert (
        priced(provider="", response_model="openai/gpt-4o-mini", input_tokens=1000)["total_cost"]
        == plain["total_cost"]
    )


def test_request_model_is_the_fallback() -> None:
    """A response by an unknown snapshot is priced as the requested model."""
    found = priced(response_model="gpt-secret-2031", input_tokens=1_000_000)
    assert found["total_cost"] == Decimal("0.15")


def test_pattern_of_many_stars_is_matched_quickly() -> None:
    """A near miss does not cause backtracking."""
    name = "gpt-4o-mini" * 40
    assert matches("*" * 40 + "mini", name)
    assert not matches("*" * 40 + "maxi", name)
    assert not matches("*i" * 40 + "*x", name)


@given(st.text("ab*\n", max_size=8), st.text("aAb\n", max_size=8))
def test_star_matches_any_characters(pattern: str, name: str) -> None:
    """Any number, in any case; the whole name must match."""
    parts = (re.escape(part) for part in pattern.split("*"))
    fits = re.fullmatch(".*".join(parts), name, re.DOTALL | re.IGNORECASE) is not None
    assert matches(pattern, name) == fits


def matches(pattern: str, name: str) -> bool:
    """Whether a custom price with the pattern applies to the model."""
    own = CustomPrice(CallScope(pattern), Rates(Decimal(1), Decimal(1)))
    return PriceBook([own]).custom_price(("", name, name), AT_NS) is not None
