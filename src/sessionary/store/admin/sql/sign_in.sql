-- A sign-in by the hash of its token. Reads sign_ins by token_hash.
SELECT workspace_id, key_id, expires_ns
FROM sign_ins FINAL
WHERE token_hash = {token_hash:String}
