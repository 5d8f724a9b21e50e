-- One row per text: the sampled shingles by which copies are found. Texts need not be read again for it.
create table story_sketches (
    text_sha256 varchar not null,
    version integer not null,
    shingles bigint[]
);
-- One row per pair of documents that was compared: a verdict depends on these two alone and is never asked for twice.
create table story_verdicts (
    first_document_id varchar not null,
    second_document_id varchar not null,
    version integer not null,
    is_copy boolean not null
);
