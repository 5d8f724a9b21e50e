"""The newest statements, as rows for the page's filters. The words are an article's: the page treats them as text.

A statement of one or two words ('this') says nothing alone and is left to the tables.
"""

from __future__ import annotations

from flows.publish.report import words
from flows.publish.report.parts import Parts
from flows.publish.report.reader import Row, day_of, left_out, shorten

_NEWEST = """
    with newest as (
        select * from statements
        where attribution_kind is distinct from 'belief' and (text is null or text like '% % %')
        order by published_at desc nulls last, document_id, char_start, statement_id limit ?
    ),
    about as (
        select statement_id, list(distinct issue_key order by issue_key) as issues
        from statement_issues where statement_id in (select statement_id from newest) group by all
    )
    select n.*, about.issues, d.outlet_key, d.rights
    from newest as n left join about using (statement_id) left join documents as d using (document_id)
    order by n.published_at desc nulls last, n.document_id, n.char_start, n.statement_id
"""


def statements(parts: Parts) -> Row:
    """{rows, total, left_out, speakers, issues, outlets}: the three lists fill the filters, most frequent first."""
    rows = [_statement(parts, row) for row in parts.reader.rows(_NEWEST, parts.limits.statements)]
    total = parts.reader.number("select count(*) from statements where attribution_kind is distinct from 'belief'")
    return {
        "rows": rows,
        "total": total,
        "left_out": left_out(rows, total),
        "speakers": _options(parts, [r["speaker"] for r in rows]),
        "issues": _options(parts, [issue for r in rows for issue in r["issues"]]),
        "outlets": _options(parts, [r["outlet"] for r in rows]),
    }


def _statement(parts: Parts, row: Row) -> Row:
    names = parts.names
    speaker = names.actor_name(row["speaker_actor_id"]) if names.actor(row["speaker_actor_id"]) else ""
    speaker = speaker or shorten(row["speaker_text"], 80) or "Not named"
    behalf = names.actor_name(row["on_behalf_of_actor_id"]) if row["on_behalf_of_actor_id"] else ""
    text = shorten(row["text"], parts.limits.excerpt_length)
    said = words.span(row["said_from_date"], row["said_to_date"], row["said_precision"])
    title = f"{speaker}: {text}" if text else speaker
    anchor = parts.evidence.register(
        "statements",
        row["statement_id"],
        shorten(title, 160) or speaker,
        [
            ("Speaker", speaker),
            ("In the text", row["speaker_text"] or ""),
            ("On behalf of", behalf),
            ("Kind", words.capital(f"{words.plain(row['quote_type'])} quotation, {_act(row)}")),
            ("Said", said if row["said_from_date"] or row["said_to_date"] else ""),
            ("Medium", words.plain(row["medium"])),
            ("Place in the text", f"characters {row['char_start']:,} to {row['char_end']:,}"),
        ],
        row["chain_id"],
    )
    fact = parts.evidence.facts[anchor]
    fact.setdefault("excerpts", [["The words", text, row["document_id"]]])
    return {
        "anchor": anchor,
        "day": words.day(day_of(row["published_at"])),
        "speaker": speaker,
        "behalf": behalf if behalf != speaker else "",
        "text": text,
        "is_direct": row["quote_type"] == "direct",
        "act": _act(row),
        "issues": [names.issue(i) for i in row["issues"] or []],
        "outlet": names.outlet(row["outlet_key"]) or "other",
    }


def _act(row: Row) -> str:
    return words.SPEECH_ACT.get(row["speech_act"], words.plain(row["speech_act"]))


def _options(parts: Parts, values: list[str]) -> list[Row]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    ranked = sorted(counted, key=lambda v: (-counted[v], v))[: parts.limits.options]
    return [{"value": v, "count": counted[v]} for v in ranked]
