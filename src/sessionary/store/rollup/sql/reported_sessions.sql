-- Joins what was measured with what was reported. A figure is the sum of both and never less than
-- 0; of the rest the written value stands. Reads session_reports by (workspace_id, id).
-- Sums of money go through arrays: the embedded engine has no + for decimals of 38 digits.
INSERT INTO ${sessions}
WITH defaultValueOfTypeName('Decimal(38, 12)') AS none
SELECT measured.* REPLACE (
    if(report.external_id != '', report.external_id, measured.external_id) AS external_id,
    ifNull(report.project_id, measured.project_id) AS project_id,
    ifNull(report.title, measured.title) AS title,
    ifNull(report.client, measured.client) AS client,
    ifNull(report.repo, measured.repo) AS repo,
    ifNull(report.kind, measured.kind) AS kind,
    fromUnixTimestamp64Nano(ifNull(report.started_ns, if(measured.spans_count > 0,
        toUnixTimestamp64Nano(measured.started_at), report.created_ns)), 'UTC') AS started_at,
    if(measured.spans_count > 0, measured.ended_at, fromUnixTimestamp64Nano(
        ifNull(report.started_ns, report.created_ns) + report.duration_ns, 'UTC')) AS ended_at,
    toUInt64(greatest(toInt64(measured.duration_ns) + report.duration_ns, 0)) AS duration_ns,
    toUInt64(greatest(toInt64(measured.traces_count) + report.traces_count, 0)) AS traces_count,
    toUInt64(greatest(toInt64(measured.input_tokens) + report.input_tokens, 0)) AS input_tokens,
    toUInt64(greatest(toInt64(measured.output_tokens) + report.output_tokens, 0)) AS output_tokens,
    toUInt64(greatest(toInt64(measured.total_tokens) + report.total_tokens, 0)) AS total_tokens,
    arrayMax([arraySum([measured.input_cost, report.input_cost]), none]) AS input_cost,
    arrayMax([arraySum([measured.output_cost, report.output_cost]), none]) AS output_cost,
    arrayMax([arraySum([measured.total_cost, report.total_cost]), none]) AS total_cost,
    arraySort(arrayDistinct(arrayConcat(
        arrayFilter(tag -> NOT has(report.tags_removed, tag),
            CAST(measured.tags, 'Array(String)')),
        report.tags_added))) AS tags,
    arraySort(arrayDistinct(arrayConcat(
        arrayFilter(contact_id -> NOT has(report.contact_ids_removed, contact_id),
            measured.contact_ids),
        report.contact_ids_added))) AS contact_ids,
    {version:UInt64} AS version)
FROM measured_sessions AS measured
LEFT JOIN
(
    SELECT * FROM session_reports FINAL
    WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN (SELECT id FROM touched_sessions)
) AS report ON report.id = measured.id
