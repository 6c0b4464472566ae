"""Sign-in, API keys, workspaces, projects and the audit log."""
