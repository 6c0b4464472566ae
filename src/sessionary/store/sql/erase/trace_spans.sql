-- Delete the spans of traces that began within a known time.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
    AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
