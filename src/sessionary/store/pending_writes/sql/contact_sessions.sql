-- The sessions that name the contact, with or without traces.
SELECT external_id FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND has(contact_ids, {contact_id:String})
