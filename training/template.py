"""Renders conversations with the chat template that the GGUF file carries: training and serving share one text."""

import pathlib

import jinja2

SOURCE = (pathlib.Path(__file__).parent / "chat_template.jinja").read_text()


def _tojson(value):
    import json

    return json.dumps(value, ensure_ascii=False)


_environment = jinja2.Environment()
_environment.filters["tojson"] = _tojson
_template = _environment.from_string(SOURCE)


def render(messages, tools=None, generation_prompt=False):
    return _template.render(messages=messages, tools=tools, add_generation_prompt=generation_prompt)


def turns(messages, tools=None):
    """The conversation as (text, is_answer) pieces, in order: an answer is what the assistant must produce,
    its end-of-turn token included."""
    pieces, done = [], 0
    for index, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        asked = render(messages[:index], tools, generation_prompt=True)
        answered = render(messages[: index + 1], tools).removesuffix("\n")
        assert answered.startswith(asked)
        pieces.append((asked[done:], False))
        pieces.append((answered[len(asked) :], True))
        done = len(answered)
    return pieces
