-- One row per version of an article, in one collection. The text is never changed after landing.
create table documents (
    document_id varchar primary key,
    collection_key varchar not null,
    url varchar not null,
    source_key varchar,
    outlet_name varchar,
    title varchar,
    text varchar not null,
    author varchar,
    published_at timestamp,
    published_date date,
    published_basis varchar not null,
    modified_at timestamp,
    fetched_at timestamp,
    last_seen_at timestamp,
    language_code varchar,
    section varchar,
    word_count bigint not null,
    text_sha256 varchar not null,
    html_sha256 varchar,
    version_number integer,
    version_cause varchar,
    is_latest_version boolean,
    rights varchar not null,
    input_kind varchar not null,
    record_id varchar,
    cleaner_version varchar not null,
    landed_at timestamp not null
);
-- One row per time a fetched page was cleaned into a document: which bytes, by which cleaner. It tells a text that
-- the publisher changed from one that a better cleaner reads differently.
create table sightings (
    document_id varchar not null,
    fetched_at timestamp not null,
    html_sha256 varchar not null,
    cleaner_version varchar not null
);
-- One row per attempt of a stage on a subject; outcome_id makes a second landing of the same spool harmless.
create table outcomes (
    outcome_id varchar primary key,
    run_id varchar not null,
    stage varchar not null,
    subject varchar not null,
    source_key varchar,
    status varchar not null,
    reason varchar not null,
    detail varchar,
    http_status integer,
    byte_count bigint,
    duration_ms bigint,
    happened_at timestamp not null
);
-- One row per published release.
create table releases (
    release_id varchar primary key,
    published_at timestamp not null,
    code_version varchar,
    annotator_version varchar,
    data_through_at timestamp,
    document_count bigint,
    statement_count bigint,
    event_count bigint,
    proposal_change_count bigint
);
