-- What the one session in measured_sessions measures.
SELECT * FROM measured_sessions
