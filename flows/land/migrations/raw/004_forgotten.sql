-- What was taken out on request (rights, take-down) and must not come back: an address, or all of an outlet.
create table forgotten (
    kind varchar not null,
    subject varchar not null,
    forgotten_at timestamp not null,
    primary key (kind, subject)
);
