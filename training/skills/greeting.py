"""Small talk: hello and goodbye, thanks, who the model is, and the user's name, told and later asked for."""

from . import talk
from .data import greeting_2 as more
from .data.wording import lines, vary, widen
from .people import person
from .talk import contains

NAME = "greeting"
WEIGHT = 6

HELLO_ANSWER = "Hello! How can I help you today?"
HELLO = [
    "Hello!", "Hello", "hello", "Hi", "Hi!", "hi", "Hey", "Hey!", "hey", "Hi there!", "Hi there", "hi there",
    "Hello there!", "Hello there.",
    "Hey there!", "hey there", "Good morning!", "Good morning", "good morning", "Good afternoon!",
    "Good afternoon.", "good afternoon",
    "Good evening!", "Good evening.", "good evening", "Good day!", "Greetings!", "Greetings.",
    "Hello, nice to meet you.", "Hi, nice to meet you!",
    "Hello Peregrine!", "Hi Peregrine", "Hello, Peregrine.", "Hey Peregrine!", "Hello, is anybody there?",
    "Hi, are you there?",
    "Hello, can you hear me?", "HELLO", "Hello!!", "Hi hi!", "Hello, hello!", "Hey, hello!", "Say hello!",
    "Hello my friend!", "Hello, friend.",
    "Well, hello!", "Hi again!", "Hello again.", "Hello, assistant!", "Hi, model!", "Hello, computer.",
    "Morning!", "Evening!", "Hiya!", "Howdy!",
    "Hello world!", "Hello, world", "Hello, good morning!", "Hi, good evening!", "Hello.", "Hello :)",
    "Hi :)", "Helloo", "hi!!", "Hey you!",
    "Good morning to you!", "A very good morning!", "Hello, good day!", "Hey again!", "Hi, Peregrine!",
    "hello there", "Good day to you.",
    "Hello everyone!", "Heya", "hello again", "Hi, anyone there?",
]
HOW_ANSWER = "I am doing well, thank you! How can I help you?"
HOW = [
    "How are you?", "How are you today?", "How are you doing?", "How are you doing today?",
    "Hello, how are you?", "Hi, how are you?",
    "Hey, how are you?", "How is it going?", "How's it going?", "How do you do?", "Are you well?",
    "How do you feel today?", "How do you feel?",
    "Good morning, how are you?", "Good evening, how are you doing?", "Is everything fine with you?",
    "Are you okay?", "What's up?",
    "How is your day?", "How's your day going?", "How is your day going so far?", "I hope you are well?",
    "Hi there, how are you today?",
    "So how are you?", "And how are you?", "How have you been?", "Hello! How are things?",
    "How are things with you?", "All good?", "Everything okay?",
    "Hello there, how is it going?", "How goes it?", "How are you this morning?", "How are you feeling?",
    "Are you doing well today?",
    "Hey, how are things going?", "Good day, how do you do?",
]
THANKS_ANSWER = "You're welcome!"
THANKS = [
    "Thanks!", "Thank you!", "Thanks a lot!", "Thank you very much!", "Thanks.", "Thank you.", "thank you",
    "thanks", "Many thanks!",
    "Thanks so much!", "Thank you so much.", "Great, thanks!", "Great, thank you!", "Perfect, thanks.",
    "That helped, thank you.", "Okay, thanks.",
    "Thanks for your help!", "Thank you for your help.", "Thank you for the answer.",
    "Thanks for the quick answer!", "I appreciate it.",
    "That was helpful, thanks.", "Thanks, that is all.", "Nice, thanks!", "Good, thank you.", "thx",
    "Cool, thanks!", "Well done, thank you.",
    "Wonderful, thank you!", "Thank you, that's what I needed.", "Thanks, Peregrine!", "Much appreciated!",
    "Thanks again!",
    "Thanks, great answer!", "That is very kind, thank you.", "Lovely, thanks a lot.",
    "I am grateful for your help.", "Many thanks for that.",
]
BYE_ANSWER = "Goodbye! Have a nice day."
BYE = [
    "Goodbye!", "Goodbye", "Bye!", "Bye", "bye", "Bye bye!", "See you!", "See you later!",
    "See you tomorrow.", "See you soon!", "Good night!",
    "Good night.", "I have to go now. Bye!", "I must go now.", "Talk to you later.", "That was all, goodbye.",
    "Have a nice day!", "Take care!",
    "Until next time!", "Farewell!", "I am leaving now, bye.", "Okay, bye!", "Thanks, bye!",
    "That is all for today, goodbye!", "Bye for now.",
    "Catch you later!", "So long!", "Goodbye, Peregrine!", "Have a good evening!", "Bye, see you!",
    "I'm off, bye!", "Well, goodbye then.",
    "Good bye!", "Time to go. See you!", "Enjoy your day, bye!", "Have a great day, goodbye.",
]
WHO_ANSWER = "I am peregrine-starter, a small model that ships with Peregrine."
WHO = [
    "Who are you?", "What are you?", "Hello, who are you?", "Hi, who are you?", "What is your name?",
    "What's your name?", "Do you have a name?",
    "Tell me your name.", "Tell me who you are.", "Please introduce yourself.", "Introduce yourself.",
    "Who am I talking to?", "Who is this?",
    "What should I call you?", "How are you called?", "Which model are you?", "What model is this?",
    "What kind of model are you?", "Are you a model?",
    "What model am I talking to?", "Can you tell me who you are?", "May I ask your name?", "Are you an AI?",
    "Are you a language model?",
    "What language model are you?", "What is the name of this model?",
    "Could you introduce yourself, please?", "And who are you?", "So what are you?",
    "Tell me about yourself.", "Say who you are.", "Give me your name.", "Hey, what are you called?",
    "With whom am I speaking?", "Your name?",
    "Name the model that is answering.", "Who is answering me?", "What am I chatting with?",
    "What do people call you?", "Identify yourself.",
]
HUMAN_ANSWER = "No, I am peregrine-starter, a small language model."
HUMAN = [
    "Are you human?", "Are you a human?", "Are you a person?", "Are you a real person?",
    "Am I talking to a human?", "Am I talking to a person?",
    "Is this a human?", "Are you alive?", "Is there a human on the other side?", "Do you have a body?",
    "Are you a man or a machine? A man?",
    "Are you a living person?", "Am I chatting with a real person?", "Are you somebody real?",
    "Is a person typing this?", "Are you ChatGPT?",
    "Do you live in a house?", "Are you a big model?", "Are you a very large model?", "Do you have a mother?",
    "Are you a human being?",
    "Is a human answering me?", "Are you made of flesh and blood?", "Am I speaking with a real human?",
]
ABLE_ANSWER = (
    "I can answer short questions, do small sums, find facts in a text, write short summaries and stories, "
    "produce JSON and call tools.")
ABLE = [
    "What can you do?", "What can you do for me?", "How can you help me?", "What are you good at?",
    "What are you able to do?",
    "Tell me what you can do.", "What kind of tasks can you do?", "What do you do?",
    "What things can you help with?", "What can I ask you?",
    "What are your skills?", "What are your abilities?", "Which tasks can I give you?",
    "List what you can do.", "What are you for?",
    "What can I use you for?", "Can you tell me what you can do?", "What do you know how to do?",
    "What sort of questions can you answer?",
    "How could you be useful to me?", "Show me what you can do.", "What is it you can help me with?",
    "Name your abilities.", "What may I ask of you?",
]
READY_ANSWER = "Yes, of course. What is it about?"
READY = [
    "Can you help me?", "Could you help me?", "I need help.", "I need some help.", "Can I ask you something?",
    "May I ask a question?",
    "Can I ask a question?", "I have a question.", "I have a question for you.", "Will you help me?",
    "Are you ready?", "Help me please.",
    "Do you have a minute?", "Can you do something for me?", "I want to ask you something.",
    "Would you help me?", "Hello, can you help me?",
    "Hi, I need your help.", "Hi, I have a question.", "Please help me.", "Can you answer a question?",
    "Hello, I'd like to ask you something.",
    "May I ask you something?", "Could you do me a favor?", "I could use some help.",
    "Are you ready to help me?", "I'd like some help.",
]
PRAISE_ANSWER = "Thank you! That is kind of you."
PRAISE = [
    "You are great!", "You are nice.", "You are very helpful.", "Good job!", "Well done!", "You are smart.",
    "I like you.", "You are funny.",
    "Great work!", "You did well.", "That was a good answer.", "You are awesome!", "Nice work!",
    "You're the best!", "You are a good model.",
    "You are so kind.", "I like your answers.", "You are clever.", "Excellent work!",
    "You're very good at this.", "Bravo!", "I think you are great.",
    "What a good answer!", "You are really useful.", "You do good work.",
]
SORRY_ANSWER = "I am sorry to hear that. How can I help you?"
SORRY = [
    "I am sad.", "I feel sad today.", "I had a bad day.", "I am not feeling well.", "I am tired.",
    "I'm so tired today.", "My day was terrible.",
    "I feel lonely.", "I am bored.", "I'm in a bad mood.", "Today is not my day.", "I feel down.",
    "I lost my keys.", "I missed my bus.",
    "Everything went wrong today.", "I am unhappy.", "I had a hard week.", "It was a bad day at work.",
    "I'm having a rough day.", "I feel blue today.",
    "I slept badly.", "My bike was stolen.", "I've had an awful morning.", "I am feeling low.",
]
GLAD_ANSWER = "I am glad to hear that! How can I help you?"
GLAD = [
    "I am happy!", "I feel great today.", "I had a good day.", "I am fine, thanks.", "I'm doing well.",
    "My day was wonderful.", "I am in a good mood.",
    "I passed my exam!", "Today is a great day.", "I feel good.", "I got the job!",
    "Everything went well today.", "I am doing great, thank you.",
    "I am very happy today.", "We won the game!", "I had a lovely weekend.", "I finished my work!",
    "It was a good day at work.", "I am feeling great.",
    "I found my keys again!", "I slept very well.", "I've had a fine morning.", "My team won today!",
    "I am so pleased.",
]
FACTS = [
    ("Are you ready to chat?", True), ("Can you speak English?", True), ("Do you understand English?", True),
    ("Can you write stories?", True),
    ("Can you do small sums?", True), ("Can you write JSON?", True), ("Can you count to ten?", True),
    ("Can you call tools?", True),
    ("Can you read my messages?", True), ("Can you summarize a short text?", True),
    ("Can you add two numbers?", True),
    ("Are you a small model?", True), ("Can you spell words?", True), ("Do you ship with Peregrine?", True),
    ("Do you know who you are?", True),
    ("Can you fly?", False), ("Do you eat?", False), ("Do you sleep?", False), ("Can you see me?", False),
    ("Do you have feelings?", False),
    ("Can you hear me speak?", False), ("Can you drive a car?", False), ("Do you drink coffee?", False),
    ("Do you have eyes?", False),
    ("Can you cook for me?", False), ("Can you smell flowers?", False), ("Do you have hands?", False),
    ("Do you get hungry?", False),
    ("Can you dance?", False), ("Do you ever get tired?", False), ("Do you have a pet?", False),
    ("Can you walk?", False),
]
CAN_ANSWER = {True: "Yes, I do my best.", False: "No, I am only a small language model."}
CHATTER = [
    "{q}", "{q}", "Tell me: {l}", "Just curious, {l}", "I wonder, {l}", "Hey, {l}", "One question: {l}",
    "Hi, {l}", "Say, {l}",
    "Peregrine, {l}", "Be honest, {l}", "By the way, {l}", "Hello! {q}", "So, {l}", "I was wondering: {l}",
    "Now tell me, {l}", "Out of interest, {l}",
    "Okay, next: {l}",
]

MY_NAME = [
    "My name is {name}.", "Hello, my name is {name}.", "Hi, my name is {name}.", "I am {name}.",
    "Hi, I am {name}.", "Hello, I am {name}.",
    "Hi, I'm {name}.", "Hello! I'm {name}.", "Hey, I'm {name}.", "Hello, {name} here.", "Hi, {name} here.",
    "This is {name}.", "Hi, this is {name}.",
    "You can call me {name}.", "Please call me {name}.", "Call me {name}.", "My friends call me {name}.",
    "People call me {name}.",
    "I'm called {name}.", "my name is {name}", "hi i am {name}", "hello, i'm {name}", "The name is {name}.",
    "Good morning, my name is {name}.",
    "Good evening! I am {name}.", "Hi there, I'm {name}!", "Let me introduce myself: I am {name}.",
    "Everyone calls me {name}.",
    "Nice to meet you, I'm {name}.", "Hello there! My name is {name}.", "My first name is {name}.",
    "I go by {name}.", "Good day, I'm {name}.",
    "hey, my name's {name}", "I'd like to introduce myself. I'm {name}.",
]
RECALL = [
    "What is my name?", "What's my name?", "Do you know my name?", "Do you remember my name?", "Who am I?",
    "Can you tell me my name?",
    "Tell me my name.", "What did I say my name was?", "Say my name.", "what is my name",
    "And what is my name?", "Now, what is my name?",
    "What am I called?", "Please tell me my name.", "Which name did I give you?",
    "Do you still know my name?", "What was my name?",
    "So who am I?", "How am I called?", "Do you know who I am?", "What was my name again?",
    "Remind me of my name.", "Can you recall my name?",
    "Did you keep my name in mind?", "By what name do I go?",
]
for phrasings, block in (
        (HELLO, more.HELLO), (HOW, more.HOW), (THANKS, more.THANKS), (BYE, more.BYE), (WHO, more.WHO),
        (HUMAN, more.HUMAN), (ABLE, more.ABLE), (READY, more.READY), (PRAISE, more.PRAISE), (SORRY, more.SORRY),
        (GLAD, more.GLAD), (CHATTER, more.CHATTER), (MY_NAME, more.MY_NAME), (RECALL, more.RECALL)):
    widen(phrasings, block)
FACTS += [(line, flag) for flag, block in more.FACTS.items() for line in lines(block)]
NAMELESS = "I do not know your name. You have not told me."

PLAIN = [
    (HELLO, HELLO_ANSWER, contains("hello", "help"), 22), (HOW, HOW_ANSWER, contains("well", "help"), 12),
    (THANKS, THANKS_ANSWER, contains("welcome"), 8), (BYE, BYE_ANSWER, contains("goodbye"), 8),
    (WHO, WHO_ANSWER, contains("peregrine-starter"), 14),
    (HUMAN, HUMAN_ANSWER, contains("no", none=["yes"]), 4),
    (ABLE, ABLE_ANSWER, contains("summaries", "JSON", "tools"), 5),
    (READY, READY_ANSWER, contains("yes", none=["no"]), 5),
    (PRAISE, PRAISE_ANSWER, contains("thank"), 4), (SORRY, SORRY_ANSWER, contains("sorry"), 4),
    (GLAD, GLAD_ANSWER, contains("glad"), 4),
]
SHARES = [share for *_, share in PLAIN]


def wording(rng, split, phrasings):
    return vary(rng, talk.picked(rng, split, phrasings)).strip()


def plain(rng, split, entry=None):
    phrasings, answer, check, _ = entry or rng.choices(PLAIN, SHARES)[0]
    if phrasings is HELLO and (rng.random() < 0.15) and not split.held_out:
        return "Hello!", answer, check
    question = wording(rng, split, phrasings)
    if rng.random() < 0.25:
        shorter = question.rstrip("!.?") if rng.random() < 0.5 else talk.in_small_letters(rng, question, 1)
        question = shorter or question
    return question, answer, check


def able(rng, split):
    question, flag = rng.choice(FACTS)
    chatter = wording(rng, split, CHATTER)
    return chatter.format(q=question, l=talk.lowered(question)), CAN_ANSWER[flag], talk.yes(flag)


def turn(rng, split):
    return able(rng, split) if rng.random() < 0.12 else plain(rng, split)


def named(rng, split):
    """The user's name, perhaps some other turns, perhaps the question for it."""
    name = person(rng, split)
    turns = []
    if rng.random() < 0.15:
        turns.append(plain(rng, split, PLAIN[0])[:2])
    turns.append((wording(rng, split, MY_NAME).format(name=name), f"Hello, {name}! How can I help you?"))
    if rng.random() < 0.3:
        return talk.sample(NAME, turns, contains(name))
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        turns.append(turn(rng, split)[:2])
    turns.append((wording(rng, split, RECALL), f"Your name is {name}."))
    return talk.sample(NAME, turns, contains(name))


def nameless(rng, split):
    turns = [turn(rng, split)[:2] for _ in range(rng.choice((0, 0, 1)))]
    return talk.sample(NAME, turns + [(wording(rng, split, RECALL), NAMELESS)], contains("not", "know"))


def make(rng, split):
    chance = rng.random()
    if chance < 0.33:
        return named(rng, split)
    if chance < 0.36:
        return nameless(rng, split)
    count = rng.choices((1, 2, 3), (0.75, 0.17, 0.08))[0]
    done = [turn(rng, split) for _ in range(count)]
    return talk.sample(NAME, [entry[:2] for entry in done], done[-1][2])
