"""Sums: adding, subtracting, times tables, whole division, comparing two numbers and small word problems.

A very small sum is answered `5 + 7 = 12.`. A longer one shows its digits first, from the last to the first with what is
carried or borrowed: `7 + 8 = 15, 4 + 3 + 1 = 8, so 47 + 38 = 85.`. A word problem adds a sentence.
"""

from . import talk
from .data import arithmetic_2 as more
from .data.wording import vary, widen
from .people import person

NAME = "arithmetic"
WEIGHT = 6

PLUS = [
    "What is {a} + {b}?", "What is {a} plus {b}?", "{a} + {b}", "{a}+{b}", "{a} + {b} =", "{a}+{b}=?",
    "Compute {a} + {b}.",
    "Calculate {a} + {b}.", "Calculate {a} plus {b}.", "Add {a} and {b}.", "Add {b} to {a}.",
    "What is the sum of {a} and {b}?",
    "How much is {a} + {b}?", "How much is {a} plus {b}?", "Can you add {a} and {b}?", "What's {a} + {b}?",
    "What's {a} plus {b}?",
    "What do I get if I add {a} and {b}?", "Give me the sum of {a} and {b}.", "Work out {a} + {b}.",
    "Solve {a} + {b}.",
    "Tell me what {a} plus {b} is.", "What does {a} + {b} equal?", "What does {a} plus {b} make?",
    "I need the sum of {a} and {b}.",
    "Sum: {a} and {b}", "Please add {a} and {b}.", "{a} plus {b} is what?", "{a} + {b} = ?",
    "Can you tell me what {a} + {b} is?",
    "What do {a} and {b} add up to?", "Find the sum of {a} and {b}.", "Evaluate {a} + {b}.",
    "{a} plus {b} equals?",
    "How much do {a} and {b} make together?", "Do the sum {a} + {b} for me.",
]
MINUS = [
    "What is {a} - {b}?", "What is {a} minus {b}?", "{a} - {b}", "{a}-{b}", "{a} - {b} =", "{a}-{b}=?",
    "Compute {a} - {b}.",
    "Calculate {a} - {b}.", "Calculate {a} minus {b}.", "Subtract {b} from {a}.", "Take {b} away from {a}.",
    "What is the difference between {a} and {b}?", "How much is {a} - {b}?", "How much is {a} minus {b}?",
    "What's {a} - {b}?",
    "What's {a} minus {b}?", "Can you subtract {b} from {a}?", "What do I get if I take {b} from {a}?",
    "Work out {a} - {b}.",
    "Solve {a} - {b}.", "Tell me what {a} minus {b} is.", "What does {a} - {b} equal?",
    "What is left of {a} if I take away {b}?",
    "Please subtract {b} from {a}.", "{a} minus {b} is what?", "{a} - {b} = ?",
    "Can you tell me what {a} - {b} is?",
    "Find the difference of {a} and {b}.", "Evaluate {a} - {b}.", "{a} minus {b} equals?",
    "What remains if {b} is taken from {a}?",
    "Do the subtraction {a} - {b} for me.",
]
TIMES = [
    "What is {a} times {b}?", "What is {a} x {b}?", "{a} * {b}", "{a} x {b}", "{a}*{b}", "{a} times {b}",
    "Compute {a} * {b}.",
    "Calculate {a} times {b}.", "Multiply {a} by {b}.", "Multiply {a} and {b}.",
    "What is the product of {a} and {b}?",
    "How much is {a} times {b}?", "How much is {a} x {b}?", "What's {a} times {b}?", "What's {a} * {b}?",
    "{a} x {b} =",
    "Can you multiply {a} by {b}?", "Work out {a} times {b}.", "Tell me what {a} times {b} is.",
    "{a} * {b} = ?",
    "What does {a} times {b} equal?", "I need the product of {a} and {b}.", "Solve {a} * {b}.",
    "What is {a} multiplied by {b}?",
    "How much is {a} multiplied by {b}?", "Find the product of {a} and {b}.", "{a} times {b} is what?",
    "Please multiply {a} by {b}.",
    "Evaluate {a} * {b}.", "{a} times {b} equals?",
]
DIVIDED = [
    "What is {a} divided by {b}?", "What is {a} / {b}?", "{a} / {b}", "{a}/{b}", "{a} divided by {b}",
    "Compute {a} / {b}.",
    "Calculate {a} divided by {b}.", "Divide {a} by {b}.", "How much is {a} / {b}?",
    "How much is {a} divided by {b}?",
    "What's {a} divided by {b}?", "What's {a} / {b}?", "{a} / {b} =", "Can you divide {a} by {b}?",
    "Work out {a} divided by {b}.",
    "Tell me what {a} divided by {b} is.", "How many times does {b} go into {a}?",
    "How often does {b} fit into {a}?",
    "What does {a} / {b} equal?", "Solve {a} / {b}.", "What do I get if I divide {a} by {b}?",
    "{a} divided by {b} is what?",
    "Please divide {a} by {b}.", "Evaluate {a} / {b}.", "{a} divided by {b} equals?",
]
SIGNS = {"+": PLUS, "-": MINUS, "*": TIMES, "/": DIVIDED}
AGAIN = [
    "And {a} {op} {b}?", "What about {a} {op} {b}?", "{a} {op} {b}?", "And what is {a} {op} {b}?",
    "Now {a} {op} {b}.",
    "Next: {a} {op} {b}", "Then {a} {op} {b}?", "How about {a} {op} {b}?", "Good. And {a} {op} {b}?",
    "Thanks. And {a} {op} {b}?",
    "Okay, {a} {op} {b}?", "And {a} {op} {b}", "Next one: {a} {op} {b}", "Try {a} {op} {b}.",
    "Now do {a} {op} {b}.",
    "Right. {a} {op} {b}?", "What is {a} {op} {b} then?", "Fine, and {a} {op} {b}?",
]
CHAIN = {
    "+": ["And plus {b}?", "Now add {b}.", "Add {b} to that.", "Plus {b}?", "And if I add {b}?",
          "What if I add {b} to it?",
          "Add {b} more.", "Now {b} more?", "And {b} more?", "Then add {b} to the result.",
          "What is that plus {b}?",
          "Now add {b} to the result.", "And with {b} added?", "That plus {b}?"],
    "-": ["And minus {b}?", "Now subtract {b}.", "Subtract {b} from that.", "Minus {b}?",
          "And if I take away {b}?",
          "What if I subtract {b} from it?", "Take {b} away from that.", "Now {b} less?", "And {b} less?",
          "Then subtract {b} from the result.", "What is that minus {b}?", "Now take away {b}.",
          "And with {b} taken off?",
          "That minus {b}?"],
}
LARGER = [
    "Which is larger, {a} or {b}?", "Which number is larger: {a} or {b}?", "Which is bigger, {a} or {b}?",
    "Which is greater, {a} or {b}?",
    "What is larger, {a} or {b}?", "Compare {a} and {b}: which one is larger?",
    "Which of {a} and {b} is larger?",
    "Which one is the bigger number, {a} or {b}?", "Tell me the larger of {a} and {b}.",
    "{a} or {b}: which is more?",
    "Which is more, {a} or {b}?", "Is {a} or {b} larger?", "Which of the two numbers {a} and {b} is greater?",
    "What is the maximum of {a} and {b}?", "Give me the larger number: {a} or {b}.",
    "Of {a} and {b}, which is the larger?",
    "What's bigger, {a} or {b}?", "{a} and {b}: which is the greater one?",
    "Pick the bigger number: {a} or {b}.",
]
SMALLER = [
    "Which is smaller, {a} or {b}?", "Which number is smaller: {a} or {b}?", "Which is less, {a} or {b}?",
    "Which is lower, {a} or {b}?",
    "What is smaller, {a} or {b}?", "Compare {a} and {b}: which one is smaller?",
    "Which of {a} and {b} is smaller?",
    "Which one is the smaller number, {a} or {b}?", "Tell me the smaller of {a} and {b}.",
    "{a} or {b}: which is less?",
    "Is {a} or {b} smaller?", "Which of the two numbers {a} and {b} is lower?",
    "What is the minimum of {a} and {b}?",
    "Give me the smaller number: {a} or {b}.", "Of {a} and {b}, which is the smaller?",
    "What's smaller, {a} or {b}?",
    "{a} and {b}: which is the lower one?", "Pick the smaller number: {a} or {b}.",
]
DRILL = [
    "Compute these: {sums}", "Solve these sums: {sums}", "Work out: {sums}", "Calculate each: {sums}",
    "Please solve: {sums}",
    "Here are my sums: {sums}", "Give me the results of {sums}.", "What are {sums}?",
    "Can you do these sums? {sums}",
    "Homework: {sums}", "Answer these: {sums}", "Do these for me: {sums}", "Fill in the results: {sums}",
    "Please work out all of these: {sums}", "I need these results: {sums}",
]
THINGS = [
    "apples", "books", "pencils", "marbles", "cookies", "stickers", "coins", "balloons", "stamps", "cards",
    "eggs", "oranges", "shells",
    "buttons", "candles", "cups", "flowers", "toys", "pears", "stones", "tickets", "keys", "bottles",
    "chairs", "boxes", "letters",
    "photos", "lemons", "socks", "plates", "carrots", "onions", "peaches", "nails", "spoons", "postcards",
]
MORE = [
    "{name} has {a} {things} and buys {b} more.", "{name} has {a} {things} and gets {b} more.",
    "{name} had {a} {things} and found {b} more.",
    "{name} has {a} {things}. A friend gives {name} {b} more.",
    "There are {a} {things} on {name}'s table. {name} adds {b} more.",
    "{name} bought {a} {things} on Monday and {b} {things} on Tuesday.",
    "{name} collected {a} {things}, then {b} more.",
    "{name} owns {a} {things} and receives {b} as a gift.",
    "{name} picks {a} {things} in the morning and {b} in the evening.",
    "{name} starts with {a} {things} and gets another {b}.",
    "{name} has {a} {things}. Then {name} buys {b} more {things}.",
    "Yesterday {name} got {a} {things}, and today {b} more.",
    "{name} already has {a} {things} and finds another {b}.",
]
FEWER = [
    "{name} has {a} {things} and gives away {b}.", "{name} has {a} {things} and loses {b}.",
    "{name} had {a} {things} and sold {b} of them.",
    "{name} has {a} {things}. {name} gives {b} to a friend.",
    "There are {a} {things} on {name}'s table. {name} takes {b} away.",
    "{name} bought {a} {things} and gave {b} of them to a neighbor.",
    "{name} has {a} {things}, but {b} get lost.",
    "{name} owns {a} {things} and sells {b}.", "{name} starts with {a} {things} and uses {b} of them.",
    "{name} had {a} {things}. {b} were stolen.",
    "{name} has {a} {things} and throws away {b}.", "{name} carried {a} {things} and dropped {b} of them.",
    "Out of {a} {things}, {name} hands {b} to a cousin.",
]
EACH = [
    "{name} has {a} boxes with {b} {things} in each.",
    "{name} buys {a} bags of {things}. Each bag holds {b} {things}.",
    "{name} fills {a} shelves with {b} {things} each.",
    "{name} packs {a} parcels with {b} {things} in each parcel.",
    "{name} has {a} drawers, and each drawer holds {b} {things}.",
    "{name} gets {b} {things} every day for {a} days.",
    "There are {a} rows of {b} {things} in {name}'s shop.",
    "{name} owns {a} baskets. In each basket there are {b} {things}.",
    "{name} prepares {a} trays of {b} {things} each.", "{name} has {a} crates, each with {b} {things}.",
    "{name} stacks {b} {things} on each of {a} tables.",
    "In each of {name}'s {a} bags there are {b} {things}.",
]
HOW_MANY = [
    " How many {things} does {name} have now?", " How many {things} does {name} have?",
    " How many {things} is that for {name}?",
    " How many {things} are there now?", " How many {things} now?", " So how many {things} does {name} have?",
    " What is the number of {things} that {name} has now?", " Tell me how many {things} {name} has now.",
    " How many does {name} have now?",
    " How many {things} is that?", " How many are there now?",
    " Can you tell me how many {things} {name} has?",
]
HOW_MANY_ALL = [
    " How many {things} are there in all?", " How many {things} are there in total?",
    " How many {things} does {name} have in total?",
    " How many {things} does {name} have?", " How many {things} is that?",
    " How many {things} is that in all?",
    " How many {things} does {name} have altogether?", " What is the total number of {things}?",
    " Tell me the total number of {things}.",
    " How many {things} are there altogether?", " What's the total?",
    " So how many {things} does {name} have in all?",
]
LEAD = ["Word problem: ", "Math problem: ", "A riddle: ", "Solve this: ", "Text problem: ", "Homework: ", "Think: "]
NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
""".split()

for phrasings, block in (
        (PLUS, more.PLUS), (MINUS, more.MINUS), (TIMES, more.TIMES), (DIVIDED, more.DIVIDED), (AGAIN, more.AGAIN),
        (CHAIN["+"], more.CHAIN_PLUS), (CHAIN["-"], more.CHAIN_MINUS), (LARGER, more.LARGER),
        (SMALLER, more.SMALLER), (DRILL, more.DRILL), (THINGS, more.THINGS), (MORE, more.MORE), (FEWER, more.FEWER),
        (EACH, more.EACH), (HOW_MANY, more.HOW_MANY), (HOW_MANY_ALL, more.HOW_MANY_ALL)):
    widen(phrasings, block)


def result(a, op, b):
    return {"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else 0}[op]


def size(rng):
    """The bound of a number: mostly two digits."""
    return rng.choices((9, 20, 99, 999), (15, 25, 50, 10))[0]


def made_sum(rng, split):
    """(a, op, b). The times tables and sums of single digits are known facts, the same in both splits."""
    while True:
        op = rng.choices("+-*/", (38, 32, 20, 10))[0]
        if op == "*":
            return rng.randint(0, 12), op, rng.randint(0, 12)
        if op == "/":
            b = rng.randint(1, 12)
            return b * rng.randint(0, 12), op, b
        a, b = rng.randint(0, size(rng)), rng.randint(0, size(rng))
        if rng.random() < 0.08:
            a = rng.choice((10, 20, 30, 40, 50, 60, 80, 90, 100, 100, 200, 500, 1000))
        if op == "-" and a < b:
            a, b = b, a
        if (a < 10 and b < 10) or split.accepts("sum", a, op, b):
            return a, op, b


def equation(a, op, b):
    return f"{a} {op} {b} = {result(a, op, b)}"


def working(a, op, b):
    """The sums of the digits, from the last to the first: `7 + 8 = 15, 4 + 3 + 1 = 8`."""
    steps, moved = [], 0
    size = max(len(str(a)), len(str(b)))
    for above, below in zip(reversed(f"{a:0{size}}"), reversed(f"{b:0{size}}")):
        above, below, also = int(above), int(below), f" {op} 1" if moved else ""
        if op == "+":
            total = above + below + moved
            moved = int(total > 9)
        else:
            total = above - below - moved
            moved = int(total < 0)
            above, total = above + 10 * moved, total + 10 * moved
        steps.append(f"{above} {op} {below}{also} = {total}")
    return ", ".join(steps)


def worked(a, op, b):
    """The equation, with its working if it is a longer one."""
    known = a <= 10 and b <= 10 if op == "+" else a < 20 and result(a, op, b) < 10 and b < 10
    if op in "*/" or known:
        return equation(a, op, b)
    return f"{working(a, op, b)}, so {equation(a, op, b)}"


def shown(rng, *values):
    """The numbers as a question shows them: now and then small ones in words."""
    if max(values) <= 20 and rng.random() < 0.1:
        return [NUMBER_WORDS[value] for value in values]
    return values


def bare(rng, split, again):
    a, op, b = made_sum(rng, split)
    answer = worked(a, op, b) + "."
    if again and rng.random() < 0.6:
        signs = {"+": ["+", "plus"], "-": ["-", "minus"], "*": ["*", "times", "x"],
                 "/": ["/", "divided by"]}[op]
        question = talk.ask_again(rng, split, AGAIN, a=a, op=rng.choice(signs), b=b)
    else:
        x, y = shown(rng, a, b)
        question = talk.ask(rng, split, SIGNS[op], a=x, b=y)
    return question, answer, talk.number(result(a, op, b))


def compare(rng, split, again):
    while True:
        a = rng.randint(0, size(rng))
        b = rng.choice([rng.randint(0, size(rng)), int(str(a)[::-1]), a + rng.randint(-9, 9)])
        if a != b and b >= 0 and split.accepts("compare", min(a, b), max(a, b)):
            break
    if rng.random() < 0.55:
        return talk.ask(rng, split, LARGER, a=a, b=b), f"The larger number is {max(a, b)}.", \
                talk.number(max(a, b))
    return talk.ask(rng, split, SMALLER, a=a, b=b), f"The smaller number is {min(a, b)}.", \
            talk.number(min(a, b))


def problem(rng, split, again):
    stories, ends, op = rng.choices(
        [(MORE, HOW_MANY, "+"), (FEWER, HOW_MANY, "-"), (EACH, HOW_MANY_ALL, "*")], (2, 2, 1))[0]
    while True:
        top = 12 if op == "*" else rng.choice((12, 20, 40))
        a, b = rng.randint(2, top), rng.randint(2, 10 if op == "*" else top)
        if op == "-" and a - b < 2:
            continue
        if op == "*" or split.accepts("sum", a, op, b):
            break
    name, things = person(rng, split), split.pick(rng, THINGS)
    template = vary(rng, split.pick(rng, stories)) + " " + talk.capitalised(vary(rng, split.pick(rng, ends)).strip())
    while things in template:
        things = split.pick(rng, THINGS)
    if rng.random() < 0.12:
        template = split.pick(rng, LEAD) + template
    if rng.random() < 0.1:
        template = template.lower()
    x, y = shown(rng, a, b)
    question = talk.capitalised(template.format(name=name, a=x, b=y, things=things))
    total = result(a, op, b)
    solved = worked(a, op, b)
    link = ". " if ", so " in solved else ", so "
    return question, f"{solved}{link}{name} has {total} {things}.", talk.number(total)


def drill(rng, split, again):
    sums = [made_sum(rng, split) for _ in range(rng.randint(2, 5))]
    between = rng.choice([", ", "; ", ", ", "\n"])
    listed = between.join(f"{a} {op} {b}" for a, op, b in sums)
    question = vary(rng, split.pick(rng, DRILL)).format(sums=("\n" if between == "\n" else "") + listed)
    answer = "\n".join(worked(*entry) for entry in sums)
    return question, answer, talk.contains(*(equation(*entry) for entry in sums))


def chained(rng, split):
    """A sum, then more added to or taken from its result."""
    while True:
        a, op, b = made_sum(rng, split)
        if result(a, op, b) >= 5:
            break
    turns = [(talk.ask(rng, split, SIGNS[op], a=a, b=b), worked(a, op, b) + ".")]
    value = result(a, op, b)
    for _ in range(rng.randint(1, 2)):
        op = rng.choice("+-") if value > 1 else "+"
        b = rng.randint(1, 20 if op == "+" else min(value, 20))
        turns.append((talk.ask_again(rng, split, CHAIN[op], b=b), worked(value, op, b) + "."))
        value = result(value, op, b)
    return talk.sample(NAME, turns, talk.number(value))


KINDS = [(60, bare), (10, compare), (20, problem), (14, drill)]


def make(rng, split):
    if rng.random() < 0.08:
        return chained(rng, split)
    return talk.conversation(rng, split, NAME, KINDS, turns=(0.5, 0.25, 0.15, 0.1))
