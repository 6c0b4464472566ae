"""Authentication, authorization, share links and the audit log."""
