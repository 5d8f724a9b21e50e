-- Where the reported line differs from the public line of the same actor on the same issue and scope.
-- Chart: gap of public_level, reported_level by actor, issue_key
select
    a.name as actor,
    public.issue_key,
    public.scope_key,
    public.level as public_level,
    private.level as reported_level,
    private.level - public.level as gap,
    private.epistemic_status,
    private.best_grade,
    public.position_text as public_words,
    private.position_text as reported_words
from positions as public
inner join positions as private
    on
        public.actor_id = private.actor_id
        and public.issue_key = private.issue_key
        and public.scope_key = private.scope_key
inner join actors as a
    on public.actor_id = a.actor_id
where
    public.voice = 'official'
    and private.voice = 'reported_private'
    and public.is_current
    and private.is_current
    and public.level != private.level
order by abs(private.level - public.level) desc, a.name, public.issue_key, public.scope_key
