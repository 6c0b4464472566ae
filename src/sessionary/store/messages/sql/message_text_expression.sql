-- What a span says, an expression over its columns: the text of attributes, its own and its
-- events', that by their name hold input or output. JSON without its escapes, so that text in it
-- reads as it was said; without regard to case; each text once.
-- The literal of a whole document's text is decoded at once: in a literal, no quote stands bare.
arrayStringConcat(
    arrayDistinct(arrayMap(
        (said, decoded) -> if(isValidASCII(if(decoded = '', said, decoded)),
            lower(if(decoded = '', said, decoded)),
            translateUTF8(lower(if(decoded = '', said, decoded)), '${upper}', '${lower}')),
        arrayFilter((said, name) -> match(name, '${names}'),
            arrayConcat(mapValues(attributes),
                arrayFlatten(arrayMap(event -> mapValues(event), events.attributes))),
            arrayConcat(mapKeys(attributes),
                arrayFlatten(arrayMap(event -> mapKeys(event), events.attributes)))) AS saids,
        arrayMap(
            said -> if(position(said, '\\') > 0 AND match(said, '^\\s*["{[]'),
                JSONExtractString(concat('"',
                    replaceAll(replaceAll(replaceAll(translate(said, '\n\r\t', '   '),
                        '\\\\', '\\u005c'), '\\"', '\\u0022'), '"', '\\u0022'),
                    '"')),
                ''),
            saids))),
    '\n')
