"""Use cases of traces: search them, add them up, look at one."""
