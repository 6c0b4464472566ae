-- Delete the record of a contact, all versions of it.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND external_id = {contact_id:String}
