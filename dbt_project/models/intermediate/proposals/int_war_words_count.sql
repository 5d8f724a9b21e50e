-- One row per document with how many different words of war it has: elections, amnesties and trade are talked about in peace
-- too.
select
    document_id,
    len(list_distinct(regexp_extract_all(
        lower(body),
        '\b(?:war|wars|ceasefire|truce|troops|soldiers|army|armed|militia|rebels?|fighters|fighting|front line|frontline|hostilities|invasion|occupied|occupation|shelling|peace (?:talks|deal|agreement|treaty)|hostages|prisoners of war)\b'  -- noqa: LT05
    ))) as word_count
from {{ ref('int_documents_resolve') }}
where is_latest_version
