-- The ids of all signatures. Pairs of them are coded again where one side is touched: this is what is narrowed then, while
-- both sides are read whole.
select signature_id from {{ ref('int_event_signatures_rank') }}
