"""What can be done with sessions, one verb a module."""
