-- Whether entries of the audit log contain the names of sessions, as older versions wrote them.
SELECT count() > 0 AS has_names
FROM audit_log
WHERE ${names}
