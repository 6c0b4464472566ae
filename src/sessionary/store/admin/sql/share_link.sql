-- A share link by the hash of its token. Reads share_links by token_hash.
SELECT *
FROM share_links FINAL
WHERE token_hash = {token_hash:String}
