"""Ways to ask for a fact of a text, and ways to put text and question together."""

from . import asking_2
from .merging import before_tail

# {np} is a noun phrase in the singular: "the order number".
NOUN_FRAMES = [
    "What is {np}?", "What's {np}?", "Give me {np}.", "Tell me {np}.", "Find {np}.", "Extract {np}.",
    "Extract {np} from the text.", "I need {np}.", "Please give {np}.", "Can you find {np}?", "Could you tell me {np}?",
    "What does the text give as {np}?", "Copy {np} from the text.", "Read the text and tell me {np}.", "{Np}?",
    "Look up {np}.", "According to the text, what is {np}?", "I'm looking for {np}.", "Just {np}, please.",
    "Only {np}, please.", "Write down {np}.", "Help me find {np}.", "State {np}.", "Please extract {np}.",
    "Please pull out {np}.", "Show me {np}.", "Identify {np}.", "Could I have {np}?", "Can I get {np}?",
    "I want to know {np}.", "What is {np} in this text?", "Return {np}.", "Can you pull {np} out of this?",
    "Let me know {np}.", "I would like to know {np}.", "What is {np} here?", "Find {np} in the text.",
    "Please tell me {np}.", "Please find {np} for me.", "Would you tell me {np}?", "Answer with {np}.",
    "Reply with {np} only.", "Output {np}.", "Extract just {np}.", "From this text, extract {np}.",
    "Can you extract {np}?", "Give {np} as it is written.",
    # Held out from here on.
    "I have to know {np}.", "Please look for {np} and write it out.", "Would you be able to give me {np}?",
    "Which is {np}, going by the text?", "Take {np} from the text.", "Could you fish out {np}?", "Please copy out {np}.",
    "{Np}, please.", "Do tell me {np}.",
]

# {q} is a question that begins with a question word or a preposition, {l} the same with a small letter.
QUESTION_FRAMES = [
    "{Q}", "{Q}", "{Q}", "{Q}", "According to the text, {l}", "Question: {Q}", "Based on the text, {l}",
    "Answer from the text: {l}", "I have a question: {l}", "Can you answer this? {Q}", "Please answer: {l}",
    "Read the text. {Q}", "From the text: {l}", "Tell me: {l}", "Quick question: {l}", "Hi, {l}", "Hello, {l}",
    "{Q} Look in the text.", "{Q} Use only the text.", "My question is: {l}", "Answer this question: {l}", "So, {l}",
    "I was wondering, {l}", "Please help: {l}", "Say, {l}", "{Q}", "{Q}", "Using the text, {l}",
    # Held out from here on.
    "Going by the text, {l}", "{Q} The text should say it.", "One thing I need to know: {l}", "Kindly answer this: {l}",
    "Have a look at the text: {l}",
]

ENDINGS = [
    "Answer with the value only.", "Just the value.", "Keep it short.", "No explanation.", "Give only the answer.",
    "Be brief.", "Answer in a few words.", "Only the value, please.", "Copy it exactly.", "Don't write anything else.",
    "Answer briefly.", "Do not add anything.", "Give the value exactly as in the text.", "Short answer, please.",
    "No full sentence, please.", "Just the answer.", "Write only the answer.", "No extra words.",
    "The answer alone is enough.", "Skip the explanation.", "Nothing but the answer.",
]

# What to do when the text does not say it: the answer is the same with and without.
ABSENT_ENDINGS = [
    'If the text does not say it, answer "The text does not say."',
    'If it is not in the text, say "The text does not say."',
    'Answer "The text does not say." if you cannot find it.',
    "If it is not there, say that the text does not say.",
    'Write "The text does not say." when there is no answer.',
    'When the text gives no answer, reply "The text does not say."',
]

FOLLOW_UPS = [
    "{Q}", "{Q}", "{Q}", "And {l}", "And {l}", "Thanks. {Q}", "Next question: {l}", "Ok, and {l}", "Great. {Q}",
    "Thank you! {Q}", "One more: {l}", "Good. Now {l}", "Another question: {l}", "Also, {l}", "And one more thing: {l}",
    # Held out from here on.
    "Very good. {Q}", "Something else: {l}", "Fine, {l}",
]

# {t} is the text, {q} the question, {w} a word for the text: "e-mail".
LAYOUTS = [
    "{t}\n\n{q}", "{q}\n\n{t}", "{t}\n{q}", "{q}\n{t}", "{t} {q}", "{q} {t}", "Text: {t}\n\nQuestion: {q}",
    "Text: {t}\nQuestion: {q}", "{q}\n\nText: {t}", "{q}\nText: {t}", "Question: {q}\nText: {t}", "\"{t}\"\n\n{q}",
    "{q}\n\n\"{t}\"", "{q} \"{t}\"", "Here is a text:\n\n{t}\n\n{q}", "Here is the {w}:\n{t}\n\n{q}",
    "Read this {w}:\n\n{t}\n\n{q}", "Context: {t}\n\nQuestion: {q}", "Context:\n{t}\n\n{q}",
    "{q}\n\nThe {w}:\n{t}", "{q}\n---\n{t}\n---", "---\n{t}\n---\n{q}", "<text>\n{t}\n</text>\n\n{q}",
    "{q}\n<text>\n{t}\n</text>", "```\n{t}\n```\n{q}", "{q}\n```\n{t}\n```", "I got this {w}:\n\n{t}\n\n{q}",
    "This is the {w}: {t}\n\n{q}", "Passage: {t}\n{q}", "{q}\n\nPassage: {t}", "Read the {w} and answer.\n\n{t}\n\n{q}",
    "Please read the following {w}.\n{t}\n{q}", "Look at this {w}: \"{t}\" {q}", "Given this {w}:\n{t}\n\n{q}",
    "{q} Here is the {w}:\n\n{t}", "{q} This is the {w}: {t}", "I have this {w}: {t}\n{q}", "Input: {t}\n\n{q}",
    "{q}\n\nInput:\n{t}", "Answer the question about the {w}.\n\n{w}: {t}\n\nquestion: {q}",
    # Held out from here on.
    "Below is {w_a}.\n\n{t}\n\n{q}", "{q}\n\nBelow is the {w}.\n\n{t}", "The text says:\n{t}\n\nNow: {q}",
    "Consider the following: {t}\n\n{q}", "{q}\n\n(The {w}: {t})", "DOCUMENT\n{t}\n\nQUESTION\n{q}",
    "My {w} reads: \"{t}\"\n{q}", "[{w}]\n{t}\n[end]\n\n{q}",
]

SYSTEM_LAYOUTS = [
    "Answer questions about this text:\n\n{t}", "Use the following {w} to answer.\n\n{t}", "Context:\n{t}",
    "You are a helpful assistant. Answer from this {w}:\n{t}", "The user asks about this {w}:\n\n{t}",
    "You know the following:\n{t}", "Here is {w_a} that the user will ask about. Answer briefly.\n\n{t}",
    "Answer only from this text.\n\n{t}", "Document:\n{t}\n\nAnswer questions about it.",
    "You answer questions. Source:\n{t}", "Information:\n{t}", "Text for the conversation:\n\n{t}",
    "Base your answers on this {w}:\n{t}", "Rely on this text when you answer:\n{t}", "Background:\n\n{t}",
]

# {kinds} is a plural: "e-mail addresses"
LIST_FRAMES = [
    "List all {kinds} in the text.", "Which {kinds} are mentioned?", "Give me all the {kinds}.", "Extract all {kinds}.",
    "Find all {kinds}.", "What {kinds} does the text mention?", "Extract the {kinds} from the text.", "List the {kinds}.",
    "I need all {kinds} from this.", "Please list every one of the {kinds}.", "Name the {kinds} in the text.",
    "Which {kinds} appear in the text?", "Write down all {kinds}.", "Tell me all the {kinds} mentioned.",
    "Can you list the {kinds}?", "Pull out all {kinds}.", "What are the {kinds} in this?", "All {kinds}, please.",
    "Return all {kinds} in order.", "Copy all {kinds} from the text.", "Show me all {kinds}.",
    "What {kinds} can be found here?", "Collect the {kinds}.", "Could you extract all {kinds}?",
    # Held out from here on.
    "Which {kinds} do you see in the text?", "Please gather all {kinds}.", "Enumerate the {kinds}.",
    "The {kinds} in the text, please.", "What are all the {kinds} that come up?",
]

# Kinds of values: singular noun phrases for the only one, and plurals for a list.
KIND_NAMES = {
    "person": (["the name of the person mentioned", "the person's full name"], ["people", "persons", "names of people"]),
    "email": (["the e-mail address", "the email address", "the email"], ["e-mail addresses", "email addresses", "emails"]),
    "phone": (["the phone number", "the telephone number"], ["phone numbers", "telephone numbers"]),
    "date": (["the date", "the date mentioned"], ["dates"]), "time": (["the time", "the time of day"], ["times", "clock times"]),
    "city": (["the city", "the name of the city"], ["cities", "names of cities"]),
    "company": (["the company", "the name of the company"], ["companies", "company names"]),
    "url": (["the URL", "the link", "the web address"], ["URLs", "links"]),
    "percent": (["the percentage"], ["percentages"]), "code": (["the code"], ["codes"]),
    "ip": (["the IP address"], ["IP addresses"]), "filename": (["the file name"], ["file names"]),
}

NOUN_FRAMES = before_tail(NOUN_FRAMES, asking_2.NOUN_FRAMES)
QUESTION_FRAMES = before_tail(QUESTION_FRAMES, asking_2.QUESTION_FRAMES)
ENDINGS = before_tail(ENDINGS, asking_2.ENDINGS)
ABSENT_ENDINGS = before_tail(ABSENT_ENDINGS, asking_2.ABSENT_ENDINGS)
FOLLOW_UPS = before_tail(FOLLOW_UPS, asking_2.FOLLOW_UPS)
ALL_LAYOUTS = before_tail(LAYOUTS, asking_2.LAYOUTS + asking_2.QUESTION_LAYOUTS)
LAYOUTS = before_tail(LAYOUTS, asking_2.LAYOUTS)
SYSTEM_LAYOUTS = before_tail(SYSTEM_LAYOUTS, asking_2.SYSTEM_LAYOUTS)
LIST_FRAMES = before_tail(LIST_FRAMES, asking_2.LIST_FRAMES)
KIND_NAMES = {kind: tuple(before_tail(old, new) for old, new in zip(KIND_NAMES[kind], asking_2.KIND_NAMES[kind]))
              for kind in KIND_NAMES}
INDIRECT_FRAMES, BARE_FRAMES, CONTEXTS = asking_2.INDIRECT_FRAMES, asking_2.BARE_FRAMES, asking_2.CONTEXTS
