-- Remove the names of sessions from entries of the audit log that older versions wrote.
ALTER TABLE ${table}
UPDATE detail = multiIf(
    action = 'session.delete', if(endsWith(detail, 'but for its traces'), 'but for its traces', ''),
    action = 'share.create', extract(detail, 'with(?:out)? messages$'),
    '')
WHERE ${names}
