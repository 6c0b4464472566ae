-- Every key of every workspace, by the hash of its secret. Reads all of api_keys.
SELECT * FROM api_keys FINAL WHERE secret_hash != ''
