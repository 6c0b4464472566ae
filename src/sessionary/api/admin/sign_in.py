"""Signing in: a browser exchanges an API key for a cookie, and asks who it is."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from sessionary.api.auth.cookie import delete_token, insert_token, refuse_cross_site, token_of
from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.json import Json, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.network.client import address_of
from sessionary.api.routing import add
from sessionary.model.access import Principal, Scope
from sessionary.services.access.gate import Mode

PATH = "/v2/sign-in"
MAX_BODY_BYTES = 16 * 1024
"""Anybody may send a key, which is short."""


class SignInBody(BaseModel):
    """What to sign in with."""

    api_key: str = Field(min_length=1, max_length=1_000, description="A key that may read.")


class MeBody(BaseModel):
    """Who asks, and what they may do."""

    workspace_id: str = Field(description="The tenant.", examples=["default"])
    project_id: str = optional_field("The only project that is shown.", examples=["web"])
    scopes: list[Scope] = Field(description="write includes read, admin includes all.")
    name: str = Field(description="The key's name; `local` where none was needed.")
    key_id: str = optional_field("The key; left out where none was needed.")
    mode: Mode = Field(
        description="Requests that need a key: none on localhost, none anywhere, or all."
    )
    is_key_required: bool = Field(description="Whether a key is required.")
    is_signed_in: bool = Field(description="Whether it is the cookie that lets this browser in.")


def open_router() -> APIRouter:
    """The routes that need no key; `app.state.sign_ins` holds who is signed in."""
    routes = APIRouter(tags=["Sign-in"])
    add(routes, "POST", PATH, sign_in, name="sign_in", answer=MeBody, errors=(400,))
    add(routes, "POST", "/v2/sign-out", sign_out, name="sign_out")
    return routes


def router() -> APIRouter:
    """The route that returns the caller."""
    routes = APIRouter(tags=["Sign-in"])
    add(routes, "GET", "/v2/me", me, name="get_me", answer=MeBody)
    return routes


async def sign_in(request: Request, response: Response, body: SignInBody) -> Json:
    """Exchange an API key for a cookie that represents it on pages of this server."""
    refuse_cross_site(request, must_say=False)
    sign_ins, secret = request.app.state.sign_ins, body.api_key.strip()
    token, by = await sign_ins.sign_in(secret, address_of(request))
    insert_token(request, response, token)
    return _me_json(request, by, is_signed_in=True)


async def sign_out(request: Request) -> Response:
    """End the cookie, wherever it was copied to."""
    refuse_cross_site(request, must_say=False)
    if token := token_of(request):
        await request.app.state.sign_ins.sign_out(token, address_of(request))
    response = Response(status_code=204)
    delete_token(request, response)
    return response


async def me(request: Request) -> Json:
    """Return the caller, its scopes, and whether a key is required."""
    is_signed_in = getattr(request.state, "is_signed_in", False)
    return _me_json(request, principal_of(request), is_signed_in=is_signed_in)


def _me_json(request: Request, by: Principal, *, is_signed_in: bool) -> Json:
    mode = request.app.state.gate.mode
    return {
        "workspace_id": by.workspace_id,
        "scopes": [scope.value for scope in Scope if scope in by.scopes],
        "name": by.name,
        "mode": mode.value,
        "is_key_required": mode is Mode.REQUIRED,
        "is_signed_in": is_signed_in,
    } | present(project_id=by.project_id, key_id=by.key_id)
