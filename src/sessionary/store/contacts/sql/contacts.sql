-- Contacts with what their traces add up to, in order. ${records} and ${seen} scope the two
-- sources, ${counts} chooses the traces that count, ${after} and ${order} are the page.
-- Reads contacts and traces by workspace_id; of traces only columns of figures.
SELECT *
FROM
(
    SELECT
        *,
        -- model/contact.py says the same.
        lower(hex(substring(SHA256(
            concat({workspace_id:String}, '\0contact\0', external_id)), 1, 16))) AS id,
        if(is_recorded, record_created_ns, first_seen_ns) AS created_ns,
        if(is_recorded, record_updated_ns, last_seen_ns) AS updated_ns
    FROM
    (
        SELECT
            external_id, display_name, email, avatar_url, tags, metadata,
            created_ns AS record_created_ns, toInt64(version) AS record_updated_ns,
            true AS is_recorded
        FROM contacts FINAL
        WHERE workspace_id = {workspace_id:String} AND ${records}
    ) AS record
    FULL OUTER JOIN
    (
        SELECT
            contact_id AS external_id,
            uniqExactIf(session_id, session_id != '') AS sessions_count,
            count() AS traces_count,
            sum(model_calls_count) AS model_calls_count,
            sum(failed_calls_count) AS failed_calls_count,
            sum(unpriced_calls_count) AS unpriced_calls_count,
            sum(errors_count) AS errors_count,
            sum(input_tokens) AS input_tokens,
            sum(output_tokens) AS output_tokens,
            sum(cache_read_tokens) AS cache_read_tokens,
            sum(cache_write_tokens) AS cache_write_tokens,
            sum(reasoning_tokens) AS reasoning_tokens,
            sum(input_cost) AS input_cost,
            sum(output_cost) AS output_cost,
            sum(total_cost) AS total_cost,
            toUnixTimestamp64Nano(min(start_time)) AS first_seen_ns,
            toUnixTimestamp64Nano(max(end_time)) AS last_seen_ns
        FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND contact_id != '' AND ${seen} AND ${counts}
        GROUP BY contact_id
    ) AS activity
    USING (external_id)
)
WHERE hasAll(tags, {tags:Array(String)})
    AND (positionCaseInsensitiveUTF8(external_id, {search:String}) > 0
        OR positionCaseInsensitiveUTF8(display_name, {search:String}) > 0
        OR positionCaseInsensitiveUTF8(email, {search:String}) > 0)
    AND ${after}
ORDER BY ${order}
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
