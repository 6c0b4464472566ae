"""The OpenAPI document."""

from typing import Any

from fastapi import FastAPI

from sessionary.api.filters.schemas import FILTERS, QUERY
from sessionary.api.http.error_schemas import error_schemas
from sessionary.api.otlp.schemas import OTLP_SCHEMAS
from sessionary.api.traces.filter_schemas import TRACE_SCHEMAS

# Schemas that no model has, or none so exactly, by name.
_WRITTEN = {
    "SessionFilters": FILTERS,
    "SessionsSearch": QUERY,
    **OTLP_SCHEMAS,
    **TRACE_SCHEMAS,
}


def install(app: FastAPI) -> None:
    """Serve the document with our shape of errors, not the framework's, which is never sent."""
    made = app.openapi

    def document() -> dict[str, Any]:
        openapi = made()
        for path in openapi["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        schemas = openapi["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas |= error_schemas() | _WRITTEN
        openapi["components"]["schemas"] = dict(sorted(schemas.items()))
        return openapi

    app.openapi = document  # type: ignore[method-assign]
