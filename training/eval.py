"""Asks a running server held-out questions of every skill and writes a table of the share of right answers.

Phrasings and open-class values of the questions never occur in training (skills/common.py). Decoding is greedy.
"""

import argparse
import concurrent.futures
import http.client
import json
import pathlib
import random
import time
import urllib.parse

import judge
import template
from corpus import SKILLS
from skills.common import Sample, Split

QUESTIONS = 300


def questions(skill, count, seed):
    """`count` different held-out conversations that can be judged."""
    rng, split, found = random.Random(f"eval:{seed}:{skill.NAME}"), Split(True), {}
    for _ in range(count * 50):
        sample = skill.make(rng, split)
        if sample.check is not None:
            found.setdefault(template.render(sample.messages[:-1], sample.tools), sample)
        if len(found) == count:
            break
    return list(found.values())


def question(sample):
    """The conversation without its last message, as the API takes it: calls with ids, and results that name them."""
    messages, open_calls = [], []
    for message in sample.messages[:-1]:
        said = {"role": message["role"], "content": message["content"]}
        if message.get("tool_calls"):
            said["tool_calls"] = [
                {
                    "id": f"call_{len(messages)}_{i}",
                    "type": "function",
                    "function": {"name": call["name"], "arguments": json.dumps(call["arguments"], ensure_ascii=False)},
                }
                for i, call in enumerate(message["tool_calls"])
            ]
            open_calls = [call["id"] for call in said["tool_calls"]]
        if message["role"] == "tool":
            said["tool_call_id"] = open_calls.pop(0)
        messages.append(said)
    body = {"messages": messages}
    if sample.tools:
        body["tools"] = [tool if "function" in tool else {"type": "function", "function": tool} for tool in sample.tools]
    return body


def answer_text(message):
    """An answer of the API as the text that judge.reference() writes."""
    calls = [
        {"name": call["function"]["name"], "arguments": json.loads(call["function"]["arguments"])}
        for call in message.get("tool_calls", [])
    ]
    return judge.reference(Sample("", [{"role": "assistant", "content": message["content"] or "", "tool_calls": calls}]))


class Client:
    def __init__(self, url):
        self.base = urllib.parse.urlparse(url)

    def post(self, path, body):
        connection = http.client.HTTPConnection(self.base.hostname, self.base.port, timeout=120)
        try:
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            response = connection.getresponse()
            data = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {data}")
        return data


def ask(client, model, sample):
    body = {"model": model, "temperature": 0, "max_completion_tokens": 300} | question(sample)
    answer = answer_text(client.post("/openai/v1/chat/completions", body)["choices"][0]["message"])
    return answer, judge.judge(sample.check, answer)


def evaluate(client, model, skill, count, seed, misses):
    samples = questions(skill, count, seed)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda s: ask(client, model, s), samples))
    for sample, (answer, verdict) in zip(samples, results):
        if not verdict.right and misses:
            question = template.render(sample.messages[:-1], sample.tools)
            misses.write(f"== {skill.NAME}\n{question}\n-- answer: {answer}\n-- wanted: {judge.reference(sample)}\n\n")
    verdicts = [verdict for _, verdict in results]
    formal = [v.valid for v in verdicts if v.valid is not None]
    return {
        "skill": skill.NAME,
        "questions": len(verdicts),
        "right": sum(v.right for v in verdicts) / len(verdicts),
        "valid": sum(formal) / len(formal) if formal else None,
    }


def table(rows):
    lines = ["| skill | questions | right | valid calls or JSON |", "|---|---:|---:|---:|"]
    for row in rows:
        valid = "" if row["valid"] is None else f"{row['valid']:.1%}"
        lines.append(f"| {row['skill']} | {row['questions']} | {row['right']:.1%} | {valid} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--model", default="peregrine-starter")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skill", action="append", help="only these")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--misses", type=pathlib.Path, help="write every wrong answer to this file")
    options = parser.parse_args()
    client, rows = Client(options.url), []
    misses = options.misses.open("w") if options.misses else None
    for skill in SKILLS:
        if options.skill and skill.NAME not in options.skill:
            continue
        began = time.monotonic()
        rows.append(evaluate(client, options.model, skill, options.questions, options.seed, misses))
        if not options.json:
            print(f"{skill.NAME}: {time.monotonic() - began:.0f} s", flush=True)
    print(json.dumps(rows, indent=1) if options.json else "\n" + table(rows))


if __name__ == "__main__":
    main()
