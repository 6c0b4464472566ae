"""The application: every route, and what stands before them."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from fastapi import APIRouter, FastAPI
from fastapi.params import Depends

from sessionary import __version__
from sessionary.api import openapi as document
from sessionary.api.admin import api_keys, audit_log, projects, sign_in, workspaces
from sessionary.api.analytics import routes as analytics
from sessionary.api.auth.middleware import GUARDED, WHOLE_WORKSPACE, AccessMiddleware
from sessionary.api.contacts import identity_routes as identities
from sessionary.api.contacts import routes as contacts
from sessionary.api.conversations import routes as conversation
from sessionary.api.export import routes as sessions_export
from sessionary.api.filters import routes as session_filters
from sessionary.api.http import error_handlers as failures
from sessionary.api.http import path_convertors as paths
from sessionary.api.http.body_limit import BodyLimitMiddleware
from sessionary.api.http.path_convertors import MethodsMiddleware, PathMiddleware
from sessionary.api.http.security_headers import SecurityHeadersMiddleware
from sessionary.api.http.static_ui import PagesMiddleware
from sessionary.api.network.proxies import TrustedProxiesMiddleware
from sessionary.api.operations import (
    about,
    health,
    maintenance,
    retention,
    sample,
)
from sessionary.api.operations import (
    ingest_stats as stats,
)
from sessionary.api.operations import (
    operator_message as support,
)
from sessionary.api.otlp import http as otlp_http
from sessionary.api.prices import llm_models as models
from sessionary.api.prices import routes as prices
from sessionary.api.routing import operation_id
from sessionary.api.scores import (
    annotation_routes as annotations,
)
from sessionary.api.scores import (
    feedback_routes as feedback,
)
from sessionary.api.scores import (
    routes as scores,
)
from sessionary.api.sessions import (
    costs as session_costs,
)
from sessionary.api.sessions import (
    events as session_events,
)
from sessionary.api.sessions import (
    routes as sessions,
)
from sessionary.api.sessions import (
    timeline as session_timeline,
)
from sessionary.api.sessions import (
    totals as session_totals,
)
from sessionary.api.sharing import guest_routes as shared
from sessionary.api.sharing import link_routes as share_links
from sessionary.api.traces import routes as traces
from sessionary.api.traces import session_traces
from sessionary.lifespan import run
from sessionary.settings import Settings
from sessionary.store.clickhouse.pool import Database

# What a key of one project may not ask: a person takes part in several, prices and retention are
# about all.
_WHOLE_WORKSPACE_PARTS = (contacts, identities, prices, models, retention)
# First what has more in its path: an external id may have slashes, and takes all that follows.
_GUARDED_PARTS = (
    session_events,
    conversation,
    traces,
    scores,
    feedback,
    annotations,
    otlp_http,
    sessions_export,
    session_filters,
    share_links,
    session_costs,
    session_timeline,
    session_totals,
    session_traces,
    sessions,
    analytics,
    maintenance,
    sample,
    projects,
    api_keys,
    workspaces,
    audit_log,
    sign_in,
    about,
    stats,
    support,
)


def create_app(
    settings: Settings, *, is_listening: bool = True, opening: Future[Database] | None = None
) -> FastAPI:
    """The application; unless `opening` is the store, its lifespan opens that.

    `is_listening` is False for a process that only borrows the API (the CLI): it then neither
    starts gRPC nor leaves its address in the data folder.
    """
    app = FastAPI(
        title="Sessionary",
        version=__version__,
        summary="What did this LLM session cost, how many tokens, how long, who.",
        lifespan=partial(run, settings=settings, is_listening=is_listening, opening=opening),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
    )
    app.state.settings = settings
    paths.register()
    routers = _routers()
    routes = [route for router, _ in routers for route in router.routes]
    app.add_middleware(MethodsMiddleware, routes=[*app.routes, *routes])
    app.add_middleware(
        BodyLimitMiddleware, most=settings.max_body_bytes, by_path=_own_limits(settings)
    )
    app.add_middleware(AccessMiddleware, settings=settings)
    app.add_middleware(PathMiddleware)
    # Outside of access control: pages contain no data, and sign-in is one of them.
    app.add_middleware(PagesMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)
    if settings.trusted_proxies:
        app.add_middleware(TrustedProxiesMiddleware, proxies=settings.trusted_proxies)
    failures.install(app)
    document.install(app)
    for router, dependencies in routers:
        app.include_router(router, dependencies=dependencies)
    return app


def _routers() -> list[tuple[APIRouter, Sequence[Depends]]]:
    """Every router in the order in which their routes are tried, and what guards its routes."""
    whole = (*GUARDED, WHOLE_WORKSPACE)
    return [
        *((router(), ()) for router in (health.router, sign_in.open_router, shared.router)),
        *((part.router(), whole) for part in _WHOLE_WORKSPACE_PARTS),
        *((part.router(), GUARDED) for part in _GUARDED_PARTS),
    ]


def _own_limits(settings: Settings) -> dict[str, int | None]:
    """How long a body may be, of the paths that have a rule of their own."""
    of_sign_in = min(sign_in.MAX_BODY_BYTES, settings.max_body_bytes)
    return {sign_in.PATH: of_sign_in, **dict.fromkeys(otlp_http.PATHS)}
