"""Calling tools: which function fits the request, with which arguments; or none fits, or an argument is missing."""

from . import greeting, tool_library, tool_made, tool_request, tool_values
from .common import Sample
from .data import tool_frames

NAME = "tools"
WEIGHT = 24

NONE = "I have no tool for that."
_PAIRED = {"city", "person", "code", "login", "file", "ticker", "first", "flightno", "name", "made", "subject", "song"}
_CONNECTORS = tool_library.before_tail([" Also, {}", " And {}", " Then {}", " After that, {}", " Also {}", " And also {}", " And then, {}", " Besides, {}",
               " Next, {}", " In addition, {}", " One more thing: {}", " On top of that, {}"],
              tool_frames.CONNECTORS)
_SUPPLY = tool_library.before_tail(["{}", "{}", "{}.", "It's {}.", "Use {}.", "{}, please.", "Take {}.", "I mean {}.", "It is {}", "Sorry, {}.", "With {}, please.", "That would be {}.",
           "Oh, {}.", "Let's take {}.", "Make it {}."], tool_frames.SUPPLY)


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


def calling(calls):
    return {"role": "assistant", "content": "", "tool_calls": calls}


def calls_check(calls):
    return {"kind": "tool_calls", "calls": calls}


def tools_for(rng, split, entry, count=None, far=False):
    """The tool of `entry` and other tools, one to five in all."""
    count = count or rng.choices((1, 2, 3, 4, 5), (12, 24, 30, 20, 14))[0]
    return tool_request.tools_of(rng, [entry, *tool_request.others(rng, split, entry, count - 1, far)])


def one_call(rng, split):
    tools = tools_for(rng, split, tool_request.pick_entry(rng, split))
    text, arguments = tool_request.request(rng, split, tools[0])
    calls = [tools[0].call(arguments)]
    return Sample(NAME, [user(text), calling(calls)], tool_request.listed(rng, tools), calls_check(calls))


def pairable(entry):
    required = [p for p in entry.params if p.required]
    return len(required) == 1 and required[0].kind in _PAIRED


_PAIRABLE = {held: [e for e in (tool_library.HELD if held else tool_library.TRAINED) if pairable(e)] for held in (False, True)}


def same_twice(rng, split):
    """One function for two values: "the weather in Oslo and Lima"."""
    entry = tool_made.getter(rng, split) if rng.random() < 0.3 else rng.choice(
        _PAIRABLE[split.held_out and rng.random() < 0.15])
    if not pairable(entry):
        return same_twice(rng, split)
    tools = tools_for(rng, split, entry)
    param = next(p for p in entry.params if p.required)
    first = tool_values.draw(param.kind, rng, split)
    second = tool_values.draw(param.kind, rng, split)
    if first == second:
        return same_twice(rng, split)
    pool = [t for t in entry.own(split, entry.requests) if not t.startswith("{")] or entry.requests
    texts = {param.key: first[0] + " and " + second[0]}
    text, _ = tool_request.write(rng, split, tools[0], texts, {}, template=rng.choice(pool), plain=rng.random() < 0.5)
    if first[0] not in text or second[0] not in text:
        return same_twice(rng, split)
    calls = [tools[0].call({param.key: value}) for _, value in (first, second)]
    return Sample(NAME, [user(text), calling(calls)], tool_request.listed(rng, tools), calls_check(calls))


def two_functions(rng, split):
    """Two requests in one message, for two of the tools."""
    entry = tool_request.pick_entry(rng, split)
    tools = tools_for(rng, split, entry, rng.choice((2, 3, 3, 4)))
    first, first_arguments = tool_request.request(rng, split, tools[0])
    second, second_arguments = tool_request.request(rng, split, tools[1], plain=True)
    if first[-1] not in ".?!":
        first += "."
    second = second if second.startswith(("I ", "I'")) or not _lowerable(second, second_arguments) else second[0].lower() + second[1:]
    connector = tool_library.expand(rng, split.pick(rng, _CONNECTORS))
    connector = connector if connector[0] == "\n" else " " + connector.strip()
    if connector[-3] in " \n" and connector.strip(" \n-") == "{}" and _lowerable(second, second_arguments):
        second = second[0].upper() + second[1:]
    text = first + connector.replace("{}", second)
    calls = [tools[0].call(first_arguments), tools[1].call(second_arguments)]
    return Sample(NAME, [user(text), calling(calls)], tool_request.listed(rng, tools), calls_check(calls))


def _lowerable(text, arguments):
    """Whether the first letter belongs to the phrasing and not to an argument."""
    return not any(text.startswith(str(value)[:3]) for value in arguments.values()) and text[0].isalpha()


def nothing_fits(rng, split):
    """A request for a function that is not in the list."""
    entry = tool_request.pick_entry(rng, split)
    count = rng.choices((1, 2, 3, 4), (25, 30, 25, 20))[0]
    far = not (entry.made and rng.random() < 0.5)
    tools = tools_for(rng, split, entry, count + 1, far=far)
    text, _ = tool_request.request(rng, split, tools[0])
    return Sample(NAME, [user(text), assistant(NONE)], tool_request.listed(rng, tools[1:]),
                  {"kind": "contains", "all": ["no tool"], "none": ["tool_call"]})


def chat(rng, split):
    tools = tools_for(rng, split, tool_request.pick_entry(rng, split))
    text, answer, check = greeting.plain(rng, split)
    return Sample(NAME, [user(text), assistant(answer)], tool_request.listed(rng, tools), check)


def question_for(tool, param):
    return "Which " + " ".join(tool_library.words_of(tool.names[param.key])) + " should I use?"


def _missing_entry(rng, split):
    if rng.random() < 0.5:
        return tool_made.with_parameters(rng, split)
    pool = [e for e in (tool_library.HELD if split.held_out and rng.random() < 0.2 else tool_library.TRAINED) if e.missing]
    return rng.choice(pool)


def missing(rng, split):
    """A required argument is not given: the answer asks for it. In some samples the user then gives it."""
    entry = _missing_entry(rng, split)
    tools = tools_for(rng, split, entry)
    tool = tools[0]
    required = [p for p in entry.params if p.required]
    param = rng.choice(required)
    texts, arguments = tool_request.draw_arguments(rng, split, tool, skip={param.key})
    if param is required[0]:
        template = rng.choice(entry.own(split, entry.missing))
    else:
        template = rng.choice(entry.own(split, entry.requests))
    text, arguments = tool_request.write(rng, split, tool, texts, arguments, template=template)
    question = question_for(tool, param)
    messages = [user(text), assistant(question)]
    words = question.removeprefix("Which ").removesuffix(" should I use?")
    check = {"kind": "contains", "all": ["which", words], "none": ["tool_call"]}
    if rng.random() < 0.4:
        said, value = tool_values.draw(param.kind, rng, split)
        arguments[param.key] = value
        calls = [tool.call(arguments)]
        messages += [user(tool_library.expand(rng, split.pick(rng, _SUPPLY)).replace("{}", said)), calling(calls)]
        check = calls_check(calls)
    return Sample(NAME, messages, tool_request.listed(rng, tools), check)


_KINDS = [(one_call, 71), (same_twice, 5), (two_functions, 5), (nothing_fits, 8), (chat, 4), (missing, 7)]
_MAKERS = [maker for maker, _ in _KINDS]
_SHARES = [share for _, share in _KINDS]


def make(rng, split):
    return rng.choices(_MAKERS, _SHARES)[0](rng, split)
