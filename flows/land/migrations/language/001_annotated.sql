-- One row per annotated document: what keeps a text from being annotated twice.
create table annotated (
    document_id varchar not null,
    annotator_version varchar not null,
    sentence_count bigint not null,
    word_count bigint not null,
    annotated_at timestamp not null
);
-- One row per document of a collection: its cluster of near-identical copies.
create table stories (
    document_id varchar not null,
    collection_key varchar not null,
    story_id varchar not null,
    is_story_origin boolean not null
);
