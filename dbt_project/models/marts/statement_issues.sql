select
    statement_id,
    issue_key,
    scope_key,
    cue
from {{ ref('int_statement_issues_match') }}
