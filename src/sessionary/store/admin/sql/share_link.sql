-- A link by what its guest comes with. Reads share_links by token_hash.
SELECT *
FROM share_links FINAL
WHERE token_hash = {token_hash:String}
