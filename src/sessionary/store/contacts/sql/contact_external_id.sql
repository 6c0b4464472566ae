-- The external id of the contact with the given id, from a record or from traces. Reads all
-- of a workspace's contacts, but only their names.
SELECT external_id
FROM
(
    SELECT external_id FROM contacts FINAL WHERE workspace_id = {workspace_id:String}
    UNION DISTINCT
    SELECT contact_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND contact_id != ''
)
WHERE substring(SHA256(concat({workspace_id:String}, '\0contact\0', external_id)), 1, 16)
    = unhex({id:String})
