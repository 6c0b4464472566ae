"""Contacts as JSON, in the shapes of both generations."""

from typing import Any

from sessionary.api.figures.figures import billing_json, usage_json
from sessionary.api.http.json import instant
from sessionary.model.contact import Activity, Contact

Json = dict[str, Any]


def contact_json(contact: Contact) -> Json:
    """The classic shape: what was not said is null."""
    profile = contact.profile
    return {
        "id": contact.id,
        "external_id": contact.external_id,
        "display_name": profile.display_name or None,
        "email": profile.email or None,
        "avatar_url": profile.avatar_url or None,
        "tags": list(profile.tags),
        "metadata": dict(profile.metadata),
        "created": instant(contact.created_ns),
        "updated": instant(contact.updated_ns),
    }


def active_contact_json(contact: Contact) -> Json:
    """The classic shape with what the contact's traces add up to."""
    activity = contact.activity
    return contact_json(contact) | {
        "sessions_count": activity.sessions,
        "traces_count": activity.traces,
        "model_calls_count": activity.model_calls,
        "failed_calls_count": activity.failed_calls,
        "unpriced_calls_count": activity.unpriced_calls,
        "errors_count": activity.errors,
        "usage": usage_json(activity.usage),
        "billing": billing_json(activity.billing),
        "first_seen_at": instant(activity.first_seen_ns) if activity.traces else None,
        "last_seen_at": instant(activity.last_seen_ns) if activity.traces else None,
    }


def identity_json(contact: Contact, *, with_metrics: bool = False) -> Json:
    """The current shape: what was not said is not there."""
    profile = contact.profile
    shape: Json = {
        "_id": contact.id,
        "external_id": contact.external_id,
        "workspace_id": contact.workspace_id,
        "created": instant(contact.created_ns),
        "updated": instant(contact.updated_ns),
        "tags": list(profile.tags),
        "metadata": dict(profile.metadata),
    }
    texts = {
        "display_name": profile.display_name,
        "email": profile.email,
        "avatar_url": profile.avatar_url,
    }
    shape |= {name: text for name, text in texts.items() if text}
    return shape | ({"metrics": _metrics(contact.activity)} if with_metrics else {})


def _metrics(activity: Activity) -> Json:
    calls = activity.model_calls
    return {
        "total_tokens": activity.usage.total_tokens,
        "total_cost": float(activity.billing.total_cost),
        "total_requests": calls,
        "error_rate": activity.failed_calls / calls if calls else 0.0,
    }
