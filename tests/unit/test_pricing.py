"""Prices against genai-prices' own calculation, which is slower and per call."""

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
# With and without cache prices, with tiers (from 200,000 input tokens on), without output.
MODELS = (
    ("openai", "gpt-4o-mini"),
    ("openai", "text-embedding-3-small"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-pro"),
)


def spans(*rows: dict[str, object]) -> pa.Table:
    """A table of normalised spans with what pricing reads."""
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
def test_a_list_price_is_what_the_library_calculates(
    model: tuple[str, str], plain: int, read: int, written: int, output: int
) -> None:
    """Input, output and total, to the last decimal, on both sides of a tier's edge."""
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


def test_the_clients_own_figure_wins() -> None:
    """A reported total is kept to the picodollar and split as the list price is."""
    found = priced(input_tokens=100, output_tokens=100, client_total_cost=0.123456789012)
    assert found["total_cost"] == Decimal("0.123456789012")
    assert found["input_cost"] + found["output_cost"] == found["total_cost"]  # type: ignore[operator]
    assert found["cost_source"] == "client"


def test_reported_parts_make_the_total() -> None:
    """A client that tells input and output but no total means their sum."""
    found = priced(client_input_cost=0.25, client_output_cost=0.5)
    assert found["total_cost"] == Decimal("0.75")


def test_a_failed_call_that_cost_nothing_reports_nothing() -> None:
    """Langfuse and others send zeros with a failure."""
    assert priced(is_error=True, client_total_cost=0.0)["cost_source"] == "none"
    assert priced(is_error=False, client_total_cost=0.0)["cost_source"] == "client"


def test_a_model_without_a_price_is_unpriced() -> None:
    """It adds 0 and says so; it is never passed off as free."""
    found = priced(
        provider="acme", request_model="acme-7b", response_model="acme-7b", input_tokens=9
    )
    assert (found["total_cost"], found["cost_source"]) == (Decimal(0), "none")


def test_a_gateways_prefix_names_the_provider() -> None:
    """LiteLLM's openai/gpt-4o-mini costs what gpt-4o-mini does."""
    plain = priced(input_tokens=1000)
    assert (
        priced(provider="", response_model="openai/gpt-4o-mini", input_tokens=1000)["total_cost"]
        == plain["total_cost"]
    )


def test_the_request_model_is_a_second_chance() -> None:
    """An answer by an unknown snapshot is priced as what was asked for."""
    found = priced(response_model="gpt-secret-2031", input_tokens=1_000_000)
    assert found["total_cost"] == Decimal("0.15")


def test_a_pattern_of_many_stars_is_matched_at_once() -> None:
    """A name that nearly fits a pattern is told apart without trying every way to fit it."""
    name = "gpt-4o-mini" * 40
    assert matches("*" * 40 + "mini", name)
    assert not matches("*" * 40 + "maxi", name)
    assert not matches("*i" * 40 + "*x", name)


@given(st.text("ab*\n", max_size=8), st.text("aAb\n", max_size=8))
def test_a_star_is_any_characters(pattern: str, name: str) -> None:
    """As many as one likes, in whatever case, and the whole name has to fit."""
    parts = (re.escape(part) for part in pattern.split("*"))
    fits = re.fullmatch(".*".join(parts), name, re.DOTALL | re.IGNORECASE) is not None
    assert matches(pattern, name) == fits


def matches(pattern: str, name: str) -> bool:
    """Whether an own price of the pattern is that of a model of the name."""
    own = CustomPrice(CallScope(pattern), Rates(Decimal(1), Decimal(1)))
    return PriceBook([own]).custom_price(("", name, name), AT_NS) is not None
