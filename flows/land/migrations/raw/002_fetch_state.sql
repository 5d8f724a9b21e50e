-- One row per address that was asked for: what the next visit must know.
create table fetches (
    canonical_url varchar primary key,
    url varchar,
    kind varchar,
    source_key varchar,
    found_in varchar,
    http_status integer,
    reason varchar,
    etag varchar,
    last_modified varchar,
    body_sha256 varchar,
    first_fetched_at timestamp,
    last_fetched_at timestamp,
    changed_at timestamp,
    failure_count integer
);
-- One row per origin (scheme, host, port): its robots.txt, failures and rests.
create table hosts (
    origin varchar primary key,
    failure_count integer,
    not_before timestamp,
    not_before_reason varchar,
    robots_text varchar,
    robots_status integer,
    robots_reason varchar,
    robots_at timestamp,
    tdmrep_text varchar,
    tdmrep_at timestamp
);
