"""What the calls of one kind and model cost together, and where that figure is from."""

from dataclasses import dataclass

from sessionary.model.session import Billing, Usage


@dataclass(frozen=True, slots=True)
class CallCosts:
    """Calls that agree in kind, provider, models and `cost_source`.

    `cost_source` is `client` where the application reported the cost, `list` where it was computed
    from a price, `none` where there is no price. `first_ns` and `last_ns` are the start times of
    the first and the last call.
    """

    kind: str
    provider: str
    response_model: str
    request_model: str
    cost_source: str
    calls: int
    failed_calls: int
    unpriced_calls: int
    usage: Usage
    billing: Billing
    first_ns: int
    last_ns: int
