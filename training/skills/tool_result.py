"""After a tool was called: the answer that states its result, an error, thanks, or the call for the next request."""

import json

from . import greeting, tool_request, tool_values
from .common import Sample
from .data import tool_pools
from .tool_choice import assistant, calling, calls_check, tools_for, user

NAME = "tool_result"
WEIGHT = 7

_SPARE = [("request_id", "code"), ("cached", "flag"), ("took_ms", "int:2-900"), ("page", "int:1-9"), ("source", "made"), ("ok", "flag")]
_AGAIN = ["What about {}?", "And {}?", "And for {}?", "How about {}?", "Now {}, please.", "Do the same for {}.", "The same for {}, please.",
          "And what about {}?", "Now the same with {}.", "{} too, please.", "Also for {}.", "And now {}?", "Repeat that for {}.", "Same thing, but for {}."]
_ERROR_KEYS = ["error", "error", "error", "message", "reason"]


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
    if rng.random() < 0.2:
        name, kind = rng.choice(_SPARE)
        if name not in result:
            result[name] = tool_values.draw(kind, rng, split)[1]
    keys = list(result)
    rng.shuffle(keys)
    return {key: result[key] for key in keys}, answer_text(entry, fields), needed


def tool_message(result):
    return {"role": "tool", "content": json.dumps(result, ensure_ascii=False)}


def contains(needed):
    return {"kind": "contains", "all": needed}


def _start(rng, split):
    entry = tool_request.pick_entry(rng, split, 0.3)
    tools = tools_for(rng, split, entry, rng.choices((1, 2, 3, 4), (30, 35, 25, 10))[0])
    return tools, tool_request.request(rng, split, tools[0], plain=rng.random() < 0.3)


def _round(rng, split, tool, text, arguments):
    """One request, call, result and answer."""
    result, answer, needed = run(rng, split, tool, arguments)
    messages = [user(text), calling([tool.call(arguments)]), tool_message(result), assistant(answer)]
    return messages, needed


def stated(rng, split):
    tools, (text, arguments) = _start(rng, split)
    messages, needed = _round(rng, split, tools[0], text, arguments)
    return Sample(NAME, messages, tool_request.listed(rng, tools), contains(needed))


def failed(rng, split):
    tools, (text, arguments) = _start(rng, split)
    error = split.pick(rng, tool_pools.ERRORS)
    key = rng.choice(_ERROR_KEYS)
    result = {"error": error} if key == "error" else {"status": "error", key: error}
    if rng.random() < 0.25:
        result["code"] = rng.choice((400, 401, 403, 404, 409, 429, 500, 502, 503, 504))
    messages = [user(text), calling([tools[0].call(arguments)]), tool_message(result), assistant(f"That did not work: {error}.")]
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
    messages = [user(text + " " + more), calling([tools[0].call(arguments), tools[1].call(more_arguments)]),
                tool_message(first), tool_message(second), assistant(answer + " " + more_answer)]
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
        text, arguments = split.pick(rng, _AGAIN).replace("{}", said), {required[0].key: value}
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
    thanks, answer, check = greeting.plain(rng, split, greeting.PLAIN[2])
    return Sample(NAME, messages + [user(thanks), assistant(answer)], tool_request.listed(rng, tools), check)


_KINDS = [(stated, 60), (failed, 11), (two_results, 6), (next_call, 20), (thanked, 3)]
_MAKERS = [maker for maker, _ in _KINDS]
_SHARES = [share for _, share in _KINDS]


def make(rng, split):
    return rng.choices(_MAKERS, _SHARES)[0](rng, split)
