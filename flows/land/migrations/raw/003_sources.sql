-- The outlets that this installation reads or has read, as their manifests declare them.
create table sources (
    source_key varchar primary key,
    name varchar not null,
    domain varchar,
    country_iso3 varchar,
    language_code varchar,
    timezone varchar,
    is_wire boolean,
    is_state_media boolean,
    rights varchar,
    articles_per_week double,
    author_fill double,
    date_fill double,
    verified_date date
);
