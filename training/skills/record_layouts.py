"""Rows of named values as a table, CSV, JSON, a list of fields, log lines or markup: ways to lay out the same facts."""

import json


def _key(head):
    return head.replace(" ", "_").replace("'", "").replace("-", "_").lower()


def _markdown(heads, rows):
    lines = ["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads)] + rows]
    return "\n".join(lines)


def _bare_markdown(heads, rows):
    return "\n".join(" | ".join(row) for row in [heads] + rows)


def _separated(mark):
    def lay_out(heads, rows):
        if any(mark.strip() and mark.strip() in cell for row in [heads] + rows for cell in row):
            return _markdown(heads, rows)
        return "\n".join(mark.join(row) for row in [heads] + rows)
    return lay_out


def _quoted_csv(heads, rows):
    return "\n".join(",".join('"' + cell + '"' for cell in row) for row in [heads] + rows)


def _aligned(heads, rows):
    widths = [max(len(row[i]) for row in [heads] + rows) + 2 for i in range(len(heads))]
    return "\n".join("".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in [heads] + rows)


def _objects(heads, rows):
    return [dict(zip(map(_key, heads), row)) for row in rows]


def _json_array(heads, rows):
    found = _objects(heads, rows)
    return json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False)


def _json_indented(heads, rows):
    found = _objects(heads, rows)
    return json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2)


def _json_lines(heads, rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in _objects(heads, rows))


def _fields(form, between="\n", records="\n\n", key=str):
    """Each value as `form` of {h} and {v}."""
    def lay_out(heads, rows):
        return records.join(between.join(form.replace("{h}", key(h)).replace("{v}", v) for h, v in zip(heads, row))
                            for row in rows)
    return lay_out


def _capital(head):
    return head[:1].upper() + head[1:]


def _yaml(heads, rows):
    return "\n".join("- " + "\n  ".join(_key(h) + ": " + v for h, v in zip(heads, row)) for row in rows)


def _bullets(heads, rows):
    return "\n".join("- " + row[0] + ": " + ", ".join(h + " " + v for h, v in zip(heads[1:], row[1:])) for row in rows)


def _numbered(heads, rows):
    return "\n".join(f"{i}. {row[0]} (" + "; ".join(h + ": " + v for h, v in zip(heads[1:], row[1:])) + ")"
                     for i, row in enumerate(rows, 1))


def _nested(heads, rows):
    return "\n".join("* " + row[0] + "".join(f"\n  - {h}: {v}" for h, v in zip(heads[1:], row[1:])) for row in rows)


def _sections(heads, rows):
    def one(row):
        return "## " + row[0] + "".join(f"\n{_capital(h)}: {v}" for h, v in zip(heads[1:], row[1:]))
    return "\n\n".join(map(one, rows))


def _xml(heads, rows):
    def one(row):
        return "<entry>" + "".join(f"<{_key(h)}>{v}</{_key(h)}>" for h, v in zip(heads, row)) + "</entry>"
    return "\n".join(map(one, rows))


def _html(heads, rows):
    def line(tag, row):
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"
    return "\n".join(["<table>", line("th", heads)] + [line("td", row) for row in rows] + ["</table>"])


_SHARED = [
    _markdown, _markdown, _json_array, _json_array, _json_indented, _json_lines, _yaml, _xml, _html, _aligned,
    _quoted_csv, _bare_markdown, _separated(","), _separated(","), _separated("; "), _separated("\t"),
    _fields("{h}: {v}"), _fields("{h}: {v}", key=_capital), _fields("- {h}: {v}", key=_capital),
    _fields("{h}={v}", " ", "\n", key=_key), _fields("{h}=\"{v}\"", " ", "\n", key=_key),
    _fields("{h}: {v}", ", ", "\n"),
    _fields("{h}: {v}", " | ", "\n", key=_capital), _fields("{h} = {v}", key=_key),
    _fields("**{h}:** {v}", key=_capital),
    _fields("* {h}: {v}"), _fields("{h} - {v}", key=_capital), _fields("{h}\n{v}", key=_capital),
    _fields("INFO {h}={v}", "\n", "\n", key=_key),
    _fields("{h} -> {v}", "; ", "\n"), _fields("[{h}] {v}", key=_capital),
    _fields("{h}: {v};", " ", "\n", key=_capital),
]
# Where the first column names the record.
NAMED = _SHARED + [_bullets, _bullets, _numbered, _nested, _sections]
SINGLE = _SHARED


def records(rng, heads, rows):
    return rng.choice(NAMED)(heads, rows)


def single(rng, heads, values):
    """One record."""
    return rng.choice(SINGLE)(heads, [values])
