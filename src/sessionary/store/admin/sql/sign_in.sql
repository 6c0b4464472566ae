-- A browser's sign-in by what it comes with. Reads sign_ins by token_hash.
SELECT workspace_id, key_id, expires_ns
FROM sign_ins FINAL
WHERE token_hash = {token_hash:String}
