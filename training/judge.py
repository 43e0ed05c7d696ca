"""Judges an answer by a sample's check (the kinds are described in skills/common.py)."""

import dataclasses
import json
import re

CALL = re.compile(r"<tool_call>\s*(.*?)\s*</tool_call>", re.DOTALL)


@dataclasses.dataclass
class Verdict:
    right: bool
    why: str = ""
    valid: bool | None = None  # of tool calls and JSON: well-formed, whether right or not


def reference(sample):
    """The sample's own answer as the text a server would give."""
    last = sample.messages[-1]
    calls = [
        f'<tool_call>\n{json.dumps({"name": c["name"], "arguments": c["arguments"]}, ensure_ascii=False)}\n</tool_call>'
        for c in last.get("tool_calls", [])
    ]
    return "\n".join(([last["content"]] if last["content"] else []) + calls)


def judge(check, answer):
    return _JUDGES[check["kind"]](check, answer)


def _plain(text):
    return re.sub(r"\s+", " ", text).strip().rstrip(".!?").strip("\"'").casefold()


def _text(check, answer):
    accepted = {_plain(text) for text in check["accept"]}
    return Verdict(_plain(answer) in accepted, f"not one of {check['accept']}")


def _has(answer, word):
    before = r"(?<!\w)" if re.match(r"\w", word) else ""
    after = r"(?!\w)" if re.search(r"\w$", word) else ""
    return re.search(before + re.escape(word.casefold()) + after, answer.casefold()) is not None


def _contains(check, answer):
    missing = [word for word in check.get("all", []) if not _has(answer, word)]
    if missing:
        return Verdict(False, f"lacks {missing}")
    if check.get("any") and not any(_has(answer, word) for word in check["any"]):
        return Verdict(False, f"has none of {check['any']}")
    present = [word for word in check.get("none", []) if _has(answer, word)]
    return Verdict(not present, f"has {present}")


def _number(check, answer):
    found = re.findall(r"-?\d+(?:\.\d+)?", answer.replace(",", ""))
    return Verdict(bool(found) and float(found[-1]) == float(check["value"]), f"not {check['value']}")


def _tool_calls(check, answer):
    calls = []
    for text in CALL.findall(answer):
        try:
            call = json.loads(text)
        except ValueError:
            return Verdict(False, f"not JSON: {text}", valid=False)
        if not isinstance(call, dict) or set(call) != {"name", "arguments"} or not isinstance(call["arguments"], dict):
            return Verdict(False, f"not a call: {text}", valid=False)
        calls.append(call)
    if not calls:
        return Verdict(False, "no call", valid=False)

    def order(call):
        return json.dumps(call, sort_keys=True)

    same = sorted(calls, key=order) == sorted(check["calls"], key=order)
    return Verdict(same, f"not {check['calls']}", valid=True)


def _json(check, answer):
    try:
        value = json.loads(answer)
    except ValueError:
        return Verdict(False, "not JSON", valid=False)
    return Verdict(value == check["value"], f"not {check['value']}", valid=True)


_JUDGES = {"text": _text, "contains": _contains, "number": _number, "tool_calls": _tool_calls, "json": _json}
