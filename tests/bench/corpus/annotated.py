"""Annotated documents without a parse: those of a parsed corpus told again, straight into raw and language databases.

Ten documents make a block: eight articles, a copy that another outlet prints, and in every second block a correction
of one of them. An article is a parsed one with other unknown names and figures (alphabet.py) and another week; days
in rows move by whole weeks, so a Monday stays one, while a date that the text spells out stays as it is spelt. As
dense as the parsed corpus, in its proportion of conflicts and noise; it says nothing about quality.

`collection_key`, `cleaner_version`, `annotator_version` and the host of each address say that a row is synthetic.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from flows.land.schema import language_columns, migrate
from flows.language.schema import TABLES
from flows.settings import Settings
from tests.bench.corpus.alphabet import CODED, Names, alphabets, figures, known_words

LABEL = "synthetic"
BLOCK = 10
PART = 20_000  # documents written in one transaction: bounds memory

# Columns that quote the text or name somebody in it.
TEXTUAL = {
    "documents": ("title", "text", "author"),
    "sentences": ("lemma",),
    "mentions": (
        *("surface", "name_key", "head_lemma", "entity_name", "role_text", "role_noun", "role_of_text"),
        *("role_topic_text", "modifier_text"),
    ),
    "source_hops": ("descriptor",),
    "clauses": ("own_lemmas", "subtree_lemmas"),
    "clause_arguments": ("text", "head_lemma", "lemmas"),
    "times": ("text",),
}

_TOLD = """
create or replace temp table told as
with
numbers as (
    select
        number,
        number // 10 * 10 as first_number,
        case when number % 10 = 8 then 'copy' when number % 20 = 19 then 'correction' else 'article' end as kind
    from range($from_number, $to_number) as numbers (number)
),
originals as (
    select *, case when kind = 'article' then number else first_number + draw('original', first_number, 8) end
        as original
    from numbers
),
drawn as (
    select
        *,
        draw('base', original, (select count(*) from base.documents)) as base_number,
        draw('names', original, (select count(*) from alphabets)) as variant,
        draw('figures', original, 9) + case when kind = 'correction' then 1 else 0 end as figures,
        cast(draw('week', original, 520) as integer) * 7 - 2800 as shift,
        case when kind = 'copy' then 1 + draw('delay', number, 20) else 0 end as delay,
        draw('outlet', number, (select len(keys) from outlets)) as outlet
    from originals
)
select
    base.documents.document_id, id_of(number) as new_id, id_of(original) as story_id, number, original, kind, shift,
    delay,
    case when kind = 'copy' then outlets.keys[outlet + 1] else base.documents.source_key end as new_source_key,
    alphabets.letters || digits.digits as alphabet
from drawn
inner join base.documents on drawn.base_number = base.documents.base_number
inner join alphabets on drawn.variant = alphabets.variant
inner join digits on drawn.figures % 9 = digits.variant
cross join outlets
"""

_DOCUMENTS = """
insert into raw.documents by name
select
    d.* exclude (base_number, is_coded) replace (
        t.new_id as document_id,
        $label as collection_key,
        'http://synthetic.example/' || coalesce(t.new_source_key, 'unknown') || '/' ||
            case when t.kind = 'correction' then t.original else t.number end as url,
        t.new_source_key as source_key,
        {title} as title, {text} as text, {author} as author,
        sha256({text}) as text_sha256,
        d.published_at + to_days(t.shift) + to_hours(t.delay::int) as published_at,
        cast(d.published_at + to_days(t.shift) + to_hours(t.delay::int) as date) as published_date,
        case when t.kind = 'correction' then d.published_at + to_days(t.shift + 1) end as modified_at,
        d.published_at + to_days(t.shift + 1) as fetched_at,
        d.published_at + to_days(t.shift + 1) as last_seen_at,
        d.published_at + to_days(t.shift + 2) as landed_at,
        case when t.kind = 'correction' then 2 else 1 end as version_number,
        case when t.kind = 'correction' then 'publisher' else 'first' end as version_cause,
        t.number not in (select original from told where kind = 'correction') as is_latest_version,
        null as record_id,
        $label as cleaner_version
    )
from told as t inner join base.documents as d using (document_id)
"""


def land(source: Settings, folder: Path, count: int, seed: int = 1) -> Settings:
    """Raw and language databases of `count` documents in `folder`, made from those of `source`.

    A larger count adds to a smaller one. Raises ValueError for a count that is no multiple of a block.
    """
    if count % BLOCK:
        raise ValueError(f"{count} documents are no whole number of blocks; give a multiple of {BLOCK}.")
    folder.mkdir(parents=True, exist_ok=True)
    made = Settings(data_dir=folder, cache_dir=source.cache_dir, collection=LABEL)
    with duckdb.connect(":memory:") as connection:
        _prepare(connection, source, made, seed)
        row = connection.execute("select count(*) from raw.documents").fetchone()
        for start in range(row[0] if row else 0, count, PART):
            connection.execute(_TOLD, {"from_number": start, "to_number": min(start + PART, count)})
            _write(connection)
    return made


def _prepare(connection: duckdb.DuckDBPyConnection, source: Settings, made: Settings, seed: int) -> None:
    """Opens both databases, and loads the parsed corpus with its names in the private alphabet as schema base."""
    for kind, path in (("raw", made.raw_db), ("language", made.language_db)):
        with duckdb.connect(str(path)) as target:
            migrate(target, kind)
        connection.execute(f"attach '{path}' as {kind}")
        connection.execute(f"attach '{getattr(source, kind + '_db')}' as base_{kind} (read_only)")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("insert or ignore into raw.sources by name from base_raw.sources")
    connection.execute("create schema base")
    english = connection.execute(
        "select *, row_number() over (order by document_id) - 1 as base_number from base_raw.documents "
        "where language_code = 'en' and is_latest_version order by document_id"
    ).to_arrow_table()
    outlets = connection.execute("select distinct name from base_raw.sources").fetchall()
    texts = english.column("text").to_pylist()
    names = Names(texts, known_words(source.dbt_dir, [name for (name,) in outlets]))
    _base(connection, "documents", english, names)
    for table in TABLES:
        rows = connection.execute(f"from base_language.{table}").to_arrow_table()
        _base(connection, table, rows, names)
    connection.register("letters", pa.table({"letters": alphabets()}))
    connection.execute("create table alphabets as select row_number() over () - 1 as variant, letters from letters")
    connection.register("nine", pa.table({"variant": list(range(9)), "digits": [figures(n) for n in range(9)]}))
    connection.execute("create table digits as from nine")
    connection.execute("create table outlets as select list(distinct source_key order by source_key) as keys from "
                       "base.documents")  # fmt: skip
    connection.execute(
        f"create macro draw(what, number, below) as cast(md5_number_lower('{seed} ' || what || ' ' || number) "
        "% cast(below as ubigint) as bigint)"
    )
    connection.execute(f"create macro id_of(number) as left(md5('{seed} document ' || number), 16)")


def _base(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, names: Names) -> None:
    """Loads rows as base.<name>; is_coded says which of them have something to replace."""
    coded = pa.array([False] * rows.num_rows, pa.bool_()).to_pylist()
    for column in TEXTUAL.get(name, ()):
        values = rows.column(column).to_pylist()
        encoded = [_encoded(value, names) for value in values]
        coded = [flag or old != new for flag, old, new in zip(coded, values, encoded, strict=True)]
        at = rows.schema.get_field_index(column)
        rows = rows.set_column(at, column, pa.array(encoded, rows.schema.field(column).type))
    connection.register("rows", rows.append_column("is_coded", pa.array(coded, pa.bool_())))
    connection.execute(f"create table base.{name} as from rows")
    connection.unregister("rows")


def _encoded(value: str | list[str] | None, names: Names) -> str | list[str] | None:
    if value is None:
        return None
    return names.encode(value) if isinstance(value, str) else [names.encode(part) for part in value]


def _read(alias: str, column: str, is_list: bool = False) -> str:
    """SQL for a textual column as the variant reads it."""
    whole = f"array_to_string({alias}.{column}, chr(31))" if is_list else f"{alias}.{column}"
    read = f"translate({whole}, '{CODED}', t.alphabet)"
    read = f"string_split({read}, chr(31))" if is_list else read
    return f"case when {alias}.is_coded then {read} else {alias}.{column} end"


def _write(connection: duckdb.DuckDBPyConnection) -> None:
    label = {"label": LABEL}
    connection.execute(_DOCUMENTS.format(**{c: _read("d", c) for c in TEXTUAL["documents"]}), label)
    for table in TABLES:
        types = language_columns(table)
        columns = [f"{_read('r', c, types[c].endswith('[]'))} as {c}" for c in TEXTUAL.get(table, ())]
        columns += [f"r.{c} + t.shift as {c}" for c, kind in types.items() if kind == "date"]
        columns += ["t.new_id as document_id", "$label as annotator_version"]
        connection.execute(
            f"insert into language.{table} by name select r.* exclude (is_coded) replace ({', '.join(columns)}) "
            f"from told as t inner join base.{table} as r using (document_id)",
            label,
        )
    connection.execute(
        "insert into language.annotated by name select t.new_id as document_id, $label as annotator_version, "
        "a.sentence_count, a.word_count, a.annotated_at "
        "from told as t inner join base_language.annotated as a using (document_id)",
        label,
    )
    connection.execute(
        "insert into language.stories by name select new_id as document_id, $label as collection_key, story_id, "
        "kind = 'article' as is_story_origin from told",
        label,
    )
