-- Clauses that tell the toll of an attack which their sentence names as well: "hit a market, killing 12", "two were killed
-- and five wounded when drones struck". One row per such clause, with the clause of the attack.
with

acts as (
    select
        acts.document_id,
        acts.clause_number,
        clauses.parent_clause_number,
        clauses.relation,
        clauses.marker,
        clauses.lemma in ('kill', 'wound', 'injure', 'hurt', 'maim', 'die') as is_harm
    from {{ ref('int_event_acts_choose') }} as acts
    inner join {{ ref('int_event_clauses_prepare') }} as clauses
        on
            acts.document_id = clauses.document_id
            and acts.clause_number = clauses.clause_number
    where acts.event_type = 'attack' and clauses.kind = 'verb' and acts.status in ('occurred', 'ongoing')
),

harms as (
    select * from acts
    where is_harm
),

attacks as (
    select * from acts
    where not is_harm
),

pairs as (
    select
        harms.document_id,
        harms.clause_number,
        uppers.clause_number as upper_clause_number,
        uppers.parent_clause_number
    from harms
    inner join harms as uppers
        on harms.document_id = uppers.document_id and harms.parent_clause_number = uppers.clause_number
    where harms.relation = 'conj'
),

-- "were killed and five wounded": what is said of one is said of both
joined as (
    select
        document_id,
        clause_number,
        clause_number as joined_number,
        parent_clause_number
    from harms
    union all
    select
        document_id,
        clause_number,
        upper_clause_number as joined_number,
        parent_clause_number
    from pairs
    union all
    select
        document_id,
        upper_clause_number as clause_number,
        clause_number as joined_number,
        null as parent_clause_number
    from pairs
),

below_attack as (
    select
        joined.document_id,
        joined.clause_number,
        attacks.clause_number as attack_clause_number
    from joined
    inner join attacks
        on joined.document_id = attacks.document_id and joined.parent_clause_number = attacks.clause_number
),

above_attack as (
    select
        joined.document_id,
        joined.clause_number,
        attacks.clause_number as attack_clause_number
    from joined
    inner join attacks
        on joined.document_id = attacks.document_id and joined.joined_number = attacks.parent_clause_number
    where attacks.relation = 'advcl' and attacks.marker in ('when', 'as', 'after', 'where', 'while')
),

final as (
    select
        document_id,
        clause_number,
        min(attack_clause_number) as attack_clause_number
    from (
        select * from below_attack
        union all
        select * from above_attack
    )
    group by document_id, clause_number
)

select * from final
