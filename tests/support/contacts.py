"""Contacts to fill a server with, and requests about them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from sessionary.model.span_kind import LLM
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

CONTACTS = 23
UNKNOWN_ID = "0" * 26
_COST = Decimal("0.125")


def fill(server: Server) -> None:
    """Add contacts that are in traces, that have records, and both."""
    server.post(export_request(span for n in range(CONTACTS - 3) for span in spans_of(n)))
    for number in range(0, CONTACTS, 2):
        body = {
            "external_id": name_of(number),
            "display_name": f"Name {number % 5}",
            "email": f"{number}@Example.com" if number % 3 else None,
            "tags": ["even", "third"] if number % 3 == 0 else ["even"],
        }
        saved(server, body)


def name_of(number: int) -> str:
    return f"person {number:02d}"


def spans_of(number: int) -> list[RefSpan]:
    """The one to three traces of a contact, in up to two sessions."""
    return [
        RefSpan(
            f"{number * 3 + trace + 1:032x}",
            f"{number + 1:016x}",
            name="chat",
            start_ns=START_NS + number % 4 * MILLISECOND_NS,
            end_ns=START_NS + (5 + number % 7) * MILLISECOND_NS,
            kind=LLM,
            is_error=number % 5 == 4,
            scope="app",
            session_id=("", f"s {number} 1", f"s {number} 2")[trace],
            contact_id=name_of(number),
            request_model="made-up",
            response_model="made-up",
            input_tokens=10 * (number % 4),
            output_tokens=number % 3,
            reports_usage=True,
            total_cost=_COST if number % 2 else Decimal(0),
            cost_source="client" if number % 2 else "none",
        )
        for trace in range(1 + number % 3)
    ]


def chat(name: str, session: str, number: int = 1, **fields: Any) -> RefSpan:
    """A model call in a trace of its own."""
    return replace(
        spans_of(1)[0],
        trace_id=f"{number:032x}",
        contact_id=name,
        session_id=session,
        **fields,
    )


def saved(server: Server, body: Mapping[str, Any]) -> Json:
    response = server.client.post("/v2/contacts", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def names(answer: Json) -> list[str]:
    return [contact["external_id"] for contact in answer["data"]]


def path_of(name: str, prefix: str = "/v2/contacts") -> str:
    return f"{prefix}/{quote(name, safe='')}"
