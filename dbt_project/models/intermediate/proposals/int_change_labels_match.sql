-- One row per change with what a text of it calls it: the label must agree with the change's own kind.
with

changes as (
    select * from {{ ref('int_changes_compare') }}
),

labels as (
    select * from {{ ref('int_labels_mark') }}
),

mentions as (
    select * from {{ ref('int_positions_stretch') }}
)

select distinct on (changes.position_id)
    changes.position_id,
    labels.claimed_label,
    labels.claimed_by,
    labels.document_id,
    labels.char_start,
    labels.char_end
from changes
inner join mentions
    on
        changes.collection_key = mentions.collection_key
        and changes.actor_key = mentions.actor_key
        and changes.issue_key = mentions.issue_key
        and changes.scope_key = mentions.scope_key
        and changes.voice = mentions.voice
        and changes.stretch_number = mentions.stretch_number
inner join labels
    on
        mentions.document_id = labels.document_id
        and labels.sentence_number >= mentions.sentence_number
        and labels.sentence_number <= mentions.sentence_number + 4
where
    (
        labels.direction = 'concession'
        and changes.change_type in ('concession', 'withdrawn', 'new', 'conditional')
        and changes.own_pole is not null
    )
    or (labels.direction = 'hardening' and changes.change_type in ('hardening', 'rejected'))
    or (labels.direction = 'reversal' and changes.change_type in ('concession', 'hardening', 'shift', 'withdrawn'))
order by
    changes.position_id, labels.sentence_number - mentions.sentence_number,
    labels.char_start, labels.document_id, labels.char_end, labels.claimed_label
