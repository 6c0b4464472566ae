-- Remove a contact from the reports of sessions in which it does not take part: it was added and
-- removed there.
ALTER TABLE ${table}
UPDATE
    contact_ids_added = arrayFilter(id -> id != {contact_id:String}, contact_ids_added),
    contact_ids_removed = arrayFilter(id -> id != {contact_id:String}, contact_ids_removed)
WHERE workspace_id = {workspace_id:String}
    AND (has(contact_ids_added, {contact_id:String}) OR has(contact_ids_removed, {contact_id:String}))
