"""After a tool was called: the answer that states its result, an error, thanks, or the call for the next request."""

import json
import re

from . import greeting, tool_request, tool_values
from .common import Sample
from .data import tool_results
from .tool_choice import assistant, calling, calls_check, tools_for, user

NAME = "tool_result"
WEIGHT = 7

_THANKS = greeting.THANKS[: -max(1, len(greeting.THANKS) // 6)] + tool_results.THANKS + greeting.THANKS[
    -max(1, len(greeting.THANKS) // 6) :]
_HOLE = re.compile(r"\{([\w:-]+)\}")


def answer_text(entry, fields):
    return tool_request.fill(entry.answer, fields)


def told(value):
    """A value as the answer tells it."""
    return tool_values.joined(value) if isinstance(value, list) else str(value)


def told_argument(tool, key, value):
    kind = next(p.kind for p in tool.params if p.key == key)
    if kind == "onoff":
        return "on" if value else "off"
    return told(value)


def run(rng, split, tool, arguments):
    """(result, answer, values it must contain) of a call."""
    entry = tool.entry
    result, fields = {}, {key: told_argument(tool, key, value) for key, value in arguments.items()}
    needed = []
    for names, kind in entry.results:
        value = tool_values.draw(kind, rng, split)[1]
        result[rng.choice(names)] = value
        fields[names[0]] = told(value)
        if "{" + names[0] + "}" in entry.answer:
            needed.append(told(value))
    if not needed:
        needed = [fields[key] for key in arguments if "{" + key + "}" in entry.answer]
    if rng.random() < 0.3:
        result |= {name: value for name, value in tool.call(arguments)["arguments"].items() if name not in result}
    if rng.random() < 0.3:
        for name, kind in rng.sample(tool_results.SPARE, rng.choice((1, 1, 2, 3))):
            if name not in result:
                result[name] = tool_values.draw(kind, rng, split)[1]
    keys = list(result)
    rng.shuffle(keys)
    return {key: result[key] for key in keys}, answer_text(entry, fields), needed


def tool_message(rng, split, result):
    """The result as JSON, in some samples laid out or wrapped in another object."""
    layout = rng.random()
    separators = (",", ":") if layout < 0.1 else None
    text = json.dumps(result, ensure_ascii=False, separators=separators, indent=2 if 0.1 < layout < 0.17 else None)
    if rng.random() < 0.18:
        text = split.pick(rng, tool_results.WRAPS).replace("{}", text)
    return {"role": "tool", "content": text}


def error_message(rng, split):
    """(tool message, the text of its error)"""
    error = _HOLE.sub(lambda match: tool_values.draw(match[1], rng, split)[0], split.pick(rng, tool_results.ERRORS))
    code = str(rng.choice((400, 401, 402, 403, 404, 408, 409, 410, 422, 429, 500, 501, 502, 503, 504)))
    shape = split.pick(rng, tool_results.ERROR_SHAPES)
    full = error + "." if error[0].isupper() and rng.random() < 0.3 else error
    text = shape.replace("{e}", json.dumps(full, ensure_ascii=False)).replace("{raw}", full).replace("{c}", code)
    return {"role": "tool", "content": text}, error


def _framed(rng, split, text, arguments):
    """The request with a sentence before or after it, where that cannot be taken for a part of an argument."""
    chance = rng.random()
    if chance < 0.12 and not text.lower().startswith(("hi", "hello", "hey", "good")):
        return split.pick(rng, tool_results.BEFORE) + text
    body = text.rstrip(".?!").lower()
    ends_open = any(body.endswith(told(value).lower()) for value in arguments.values())
    if chance < 0.22 and text[-1] in ".?!" and not ends_open:
        return text + split.pick(rng, tool_results.AFTER)
    return text


def contains(needed):
    return {"kind": "contains", "all": needed}


def _start(rng, split):
    entry = tool_request.pick_entry(rng, split, 0.3)
    tools = tools_for(rng, split, entry, rng.choices((1, 2, 3, 4), (30, 35, 25, 10))[0])
    text, arguments = tool_request.request(rng, split, tools[0], plain=rng.random() < 0.3)
    return tools, (_framed(rng, split, text, arguments), arguments)


def _round(rng, split, tool, text, arguments):
    """One request, call, result and answer."""
    result, answer, needed = run(rng, split, tool, arguments)
    messages = [user(text), calling([tool.call(arguments)]), tool_message(rng, split, result), assistant(answer)]
    return messages, needed


def stated(rng, split):
    tools, (text, arguments) = _start(rng, split)
    messages, needed = _round(rng, split, tools[0], text, arguments)
    return Sample(NAME, messages, tool_request.listed(rng, tools), contains(needed))


def failed(rng, split):
    tools, (text, arguments) = _start(rng, split)
    message, error = error_message(rng, split)
    messages = [user(text), calling([tools[0].call(arguments)]), message,
                assistant(f"That did not work: {error}.")]
    return Sample(NAME, messages, tool_request.listed(rng, tools), contains(["not", error]))


def two_results(rng, split):
    """Two calls at once, two results, one answer of two sentences."""
    tools, (text, arguments) = _start(rng, split)
    if len(tools) < 2:
        return two_results(rng, split)
    more, more_arguments = tool_request.request(rng, split, tools[1], plain=True)
    first, answer, needed = run(rng, split, tools[0], arguments)
    second, more_answer, more_needed = run(rng, split, tools[1], more_arguments)
    text = text if text[-1] in ".?!" else text + "."
    text += split.pick(rng, tool_results.CONNECTORS) + more
    messages = [user(text), calling([tools[0].call(arguments), tools[1].call(more_arguments)]),
                tool_message(rng, split, first), tool_message(rng, split, second),
                assistant(answer + " " + more_answer)]
    return Sample(NAME, messages, tool_request.listed(rng, tools), contains(needed + more_needed))


def next_call(rng, split):
    """A second request: the same function for another value, or another function of the list."""
    tools, (text, arguments) = _start(rng, split)
    messages, _ = _round(rng, split, tools[0], text, arguments)
    tool = tools[0]
    required = [p for p in tool.params if p.required]
    if len(tools) > 1 and rng.random() < 0.6:
        tool = rng.choice(tools[1:])
        text, arguments = tool_request.request(rng, split, tool)
    elif len(required) == 1 and not required[0].kind.startswith(("list", "enum")):
        said, value = tool_values.draw(required[0].kind, rng, split)
        text, arguments = split.pick(rng, tool_results.AGAIN).replace("{}", said), {required[0].key: value}
    else:
        text, arguments = tool_request.request(rng, split, tool)
    calls = [tool.call(arguments)]
    if rng.random() < 0.3:
        more, needed = _round(rng, split, tool, text, arguments)
        return Sample(NAME, messages + more, tool_request.listed(rng, tools), contains(needed))
    return Sample(NAME, messages + [user(text), calling(calls)], tool_request.listed(rng, tools), calls_check(calls))


def thanked(rng, split):
    tools, (text, arguments) = _start(rng, split)
    messages, _ = _round(rng, split, tools[0], text, arguments)
    thanks, answer, check = greeting.plain(rng, split, (_THANKS, *greeting.PLAIN[2][1:]))
    return Sample(NAME, messages + [user(thanks), assistant(answer)], tool_request.listed(rng, tools), check)


_KINDS = [(stated, 60), (failed, 11), (two_results, 6), (next_call, 20), (thanked, 3)]
_MAKERS = [maker for maker, _ in _KINDS]
_SHARES = [share for _, share in _KINDS]


def make(rng, split):
    return rng.choices(_MAKERS, _SHARES)[0](rng, split)
