"""Filters of sessions: the request, its operators, and the fields a form offers."""
