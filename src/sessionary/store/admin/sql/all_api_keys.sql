-- Every key of every workspace, by what requests come with. Reads all of api_keys.
SELECT * FROM api_keys FINAL WHERE secret_hash != ''
