-- Within a statement that groups: the application's own keys of all rows. Of two values of a key
-- the one of the first row by ${place} wins; at most this many keys.
mapFromArrays(
    arraySlice(arrayDistinct(arrayFlatten(arrayMap(row -> mapKeys(row.2),
        arraySort(groupArrayIf((${place}, metadata), notEmpty(metadata))) AS maps)) AS all_keys),
        1, 100) AS keys,
    arrayMap(key -> arrayFlatten(arrayMap(row -> mapValues(row.2), maps))[indexOf(all_keys, key)],
        keys))
