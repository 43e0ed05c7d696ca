"""Writes conversations with their rendered text and tokens, for tests of the server's own template and tokenizer."""

import argparse
import json
import pathlib

import template
from corpus import BUILD, conversation
from skills.common import Split
from tokenizer import Tokenizer

OUT = pathlib.Path(__file__).parent.parent / "tests" / "golden" / "starter_prompts.json"
COUNT = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=77)
    options = parser.parse_args()
    tokenizer = Tokenizer.load(BUILD / "tokenizer.json")
    cases = []
    for index in range(COUNT):
        sample = conversation(options.seed, index, Split(False))
        messages = sample.messages[:-1] if index % 2 else sample.messages
        text = template.render(messages, sample.tools, generation_prompt=index % 2 == 1)
        cases.append(
            {
                "messages": messages,
                "tools": sample.tools,
                "add_generation_prompt": index % 2 == 1,
                "text": text,
                "tokens": tokenizer.encode(text),
            }
        )
    OUT.write_text("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
