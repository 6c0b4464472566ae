"""API keys, workspaces, projects, share links, sign-ins, audit log, sample loads."""
