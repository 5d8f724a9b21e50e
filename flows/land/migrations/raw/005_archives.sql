-- One row per WARC file read for back-fill: how far, so that a killed run goes on inside the file.
create table archives (
    name varchar primary key,
    file_bytes bigint,
    next_offset bigint,
    is_finished boolean
);
