"""More requests, layouts and things for the skill json: {a|b} stands for one of its parts. See json_forms.py."""

# {s} is a JSON Schema.
SCHEMA_REQUESTS = [
    "{Please return|Return|Give back|Send me|Write|Print|Generate} {a JSON object|JSON|one JSON object} "
    "{for|that follows|that obeys|according to|matching} {this|the following} {JSON Schema|schema}:\n{s}",
    "{Extract|Pull out|Get|Collect|Gather} {the data|the details|the information|the facts|all relevant values} "
    "{and put them into|as JSON for|following|based on} {this schema|the schema below|this JSON Schema}:\n{s}",
    "{I need|I want|I'd like|We need} {a JSON object|JSON} {valid for|matching|that fits|that satisfies|for} "
    "{this|the following} schema: {s}",
    "{What does this look like as JSON|How would this look as JSON|What is this as JSON}? {Schema|The "
    "schema|Use this schema}: {s}",
    "{Could you|Can you|Would you|Please} {turn|convert|transform|put|translate} {this|the text|it} into JSON "
    "{for|with|by|under} {the schema|this schema|my schema}{?|:|, please:}\n{s}",
    "{Schema|JSON Schema|My schema|Target schema|Output schema|Response schema|Format}: {s}\n{Fill it in.|Fill "
    "it from the text.|Answer with JSON.|JSON only.|Reply with the JSON object.|Now extract.|Give the JSON.}",
    "{s}\n\n{Fill this schema.|Give me the matching JSON.|Return JSON for this schema.|Extract the data in this "
    "form.|That is the schema. JSON, please.}",
    "{Reply|Answer|Respond} {with nothing but|only with|just with} {JSON|a JSON object|valid JSON} "
    "{for|under|that fits} {the schema|this schema}\n{s}",
    "{No explanations|No prose|No markdown|No comments}, {only|just} JSON {by|for|according to} this schema: {s}",
    "{My program parses your answer|A program reads your answer|The output goes to a parser|This goes into a "
    "database}, so {return only|give only|write only} JSON {for|matching} {this schema|the schema}:\n{s}",
    "{data as json please|as json please|json please|to json}, {schema|the schema is|use}: {s}",
    "{Find|Look up|Take|Read} the {values|fields|properties} of {this|the following} schema {in the text|from "
    "the text} {and return JSON|and answer in JSON}:\n{s}",
    "{The following|This} schema {describes|defines|says} {what I need|the output|the answer|the "
    "result}:\n{s}\n{Extract it.|Give me the object.|Return it as JSON.|Produce it.}",
    "```json\n{s}\n```\n{Fill in this schema from the text.|Return a JSON object for this schema.|The answer "
    "must be valid for it.|JSON for this, please.}",
    "<schema>\n{s}\n</schema>\n{Extract the data as JSON.|Return the JSON object.|Answer in JSON that fits the "
    "schema.}",
    "{Do|Perform|Run} {data extraction|information extraction|an extraction} {with|using} {this|the following} "
    "JSON {Schema|schema}:\n{s}",
    "{Which|What} JSON object {describes|represents|captures} {the text|this|it} {under|according to|for} "
    "{this|the} schema?\n{s}",
    "{Summarize|Express|Write|Encode|Capture} the {facts|details|data|contents} as JSON, "
    "{using|following|obeying} this schema: {s}",
]

# {k} is a list of keys in a sentence.
KEY_REQUESTS = [
    "{Extract|Pull|Get|Take|Read|Find|Collect} {k} {from this|from the text|here|out of this} {as JSON|in "
    "JSON|and return JSON|and give me JSON|in a JSON object|in JSON form}.",
    "{I need|I want|I'd like|Give me|We need|Send me|Show me} {a JSON object|JSON|one JSON object} "
    "{with|having|containing|that has|made of} {the keys |the fields |the properties |}{k}.",
    "{Could you|Can you|Would you|Will you} {extract|give me|return|pull out|list|provide} {k} {as JSON|in "
    "JSON|in JSON format|as a JSON object}?",
    "{Which values have|What are|What values belong to} {k}? {Answer in JSON.|JSON only.|Reply with a JSON "
    "object.|As JSON, please.}",
    "{Keys|Fields|JSON keys|Needed keys|Properties}: {k}. {JSON only.|Return the JSON object.|Give me "
    "JSON.|Extract them as JSON.|Reply in JSON.}",
    "{json|JSON|to json|as json}{:| with| of} {k}",
    "{Make|Build|Create|Write|Generate|Compose} {a JSON object|JSON|a small JSON object} {from this|from the "
    "text|for this} {with the keys|with|using the keys|that holds} {k}.",
    "{Turn|Transform|Convert|Change|Put|Translate} {this|the text|it|the above} into {JSON|a JSON object} {with "
    "the keys|with the fields|that has|with} {k}.",
    "{Reply|Answer|Respond} {only in JSON|with JSON only|with a JSON object|in pure JSON} {with|having|that "
    "has} {the keys |}{k}.",
    "{My script needs|The program expects|The parser wants|The API expects} JSON with {the keys |}{k}.",
    "{Look for|Search for|Find} {k} {and write them as JSON|and output JSON|and put them in a JSON object}.",
    "{As a|In a} JSON object, {give me|state|write|tell me|return} {k}.",
    "{How does|How would} {a JSON object|the JSON} with {the keys |}{k} look?",
    "{Only|Just} {k}{, in JSON|, as a JSON object|, as JSON|, in JSON form}{, please|}.",
    "{No text around it|No explanation|Nothing else}, just {a JSON object|JSON} with {k}.",
    "The {output|answer|result|reply} {should be|must be|has to be} JSON {with|having} {exactly |}{the keys|the "
    "fields} {k}.",
    "{Store|Save|Represent|Encode|Note} {this|the data|the facts} as JSON {under|with|using} {the keys|the "
    "names|the fields} {k}.",
]

# {k} is a list of keys, one a line.
LINE_REQUESTS = [
    "{Extract|Return|Give me|Find|Write down} {these fields|the following fields|these keys|the following} {as "
    "JSON|in JSON|in a JSON object}:\n{k}",
    "{I need|I want|I'd like} {a JSON object|JSON} with {these|the following} {keys|fields|properties}:\n{k}",
    "{Keys|Fields|Output keys|Needed}:\n{k}\n{JSON only.|Return a JSON object.|Extract them as JSON.|Answer in "
    "JSON.}",
    "{Fill in|Determine|Look up} {these fields|the fields below|the following keys} and {answer in JSON|return "
    "JSON|give me the JSON object}:\n{k}",
    "{Turn|Convert|Put} {this|the text} into JSON with {these|the following} keys:\n{k}", "JSON with:\n{k}",
    "{Could you|Can you|Please} {extract|give me|provide} {the following|these} as JSON{?|:}\n{k}",
    "{Reply|Answer|Respond} with JSON {only|}. {Fields|Keys|The fields are|The keys are}:\n{k}",
    "{Your|The} {output|answer} is a JSON object with {these|the following} {keys|fields}:\n{k}",
    "{Make|Build} a JSON object that has\n{k}", "{What I need|What I want} in JSON:\n{k}",
    "Data to extract{ as JSON|, in JSON}:\n{k}",
]

# {e} is a sketch of the object.
SKETCH_REQUESTS = [
    "{Please return|Return|Give me|Write|Print|Send|Generate} {JSON|a JSON object|the data} {like|in the "
    "form|of the form|shaped like|as in|in the shape} {e}",
    "{Extract|Pull out|Collect|Take} {the data|the values|the facts|the details} {into|in the format|as|in this "
    "shape:} {e}",
    "{Fill|Complete|Fill out} {this|the following} {object|form|structure|template|skeleton}{ from the text|}: {e}",
    "{Format|Structure|Shape|Layout|Template|Output format|Expected output|Answer format}: {e}\n{JSON "
    "only.|Fill it in.|Return JSON.|Use the text.}",
    "{Your|The} {answer|output|reply|result} {should look|must look|has to look|should be} like {e}",
    "{I need|I want|I'd like|We expect} {it|the data|the answer|JSON} {like this|in this form|in this shape}: {e}",
    "{Could you|Can you|Would you} {write|give me|put} this {as|in the form|like} {e}?",
    "{Turn|Convert|Transform|Put} {this|the text|it} {into|into JSON like|into the structure} {e}",
    "{e}\n{Fill this in.|Fill this in from the text.|Give me JSON of this shape.|Return the JSON in this form.}",
    "```\n{e}\n```\n{Fill this template.|Use this shape for the JSON.|Answer in this form.}",
    "{Replace|Fill in} the types {by|with} the values from the text: {e}",
    "{as json|json|to json} {like this|in this form|}: {e}",
    "{Keep to|Use|Obey} {this structure|this JSON shape|this pattern}: {e}",
]

SYSTEM_REQUESTS = [
    "{You are|You work as|You act as} {an extraction engine|a parser|a data extractor|a JSON converter|an API "
    "that returns JSON}. {Schema|Output schema|Answer with JSON for this schema|The schema of your output}:\n{s}",
    "{Every|Each} {answer|reply|response} {must be|is|has to be} {a JSON object|JSON} {valid for|that "
    "fits|matching} {this schema|the schema}:\n{s}",
    "{Turn|Convert|Transform} {each|every|any} {message|text|input} into JSON {for|under|with} {this schema|the "
    "following schema}: {s}",
    "{Extract|Read|Collect} the {fields|values|data} of this schema from {what the user writes|the user's "
    "text|each message}{ and output JSON|}.\n{s}",
    "{Reply|Answer|Respond} {only in JSON|with nothing but JSON|in pure JSON}. {The schema|Schema|JSON Schema}: {s}",
    "{No prose|Never explain|No extra text}. {Only JSON|Just JSON|Output JSON} {for|by|under} {the schema|this "
    "schema}:\n{s}",
    "{s}\n\n{Answer with JSON for this schema.|Extract the user's data in this schema.|This is the schema of "
    "your answers.}",
]

# {t} is the text, {q} the request, {w} a word for the text.
LAYOUTS = [
    "{q}\n\n{w}:\n{t}",
    "{w}:\n{t}\n\n{q}",
    "# Task\n{q}\n\n# Text\n{t}",
    "## Text\n{t}\n\n## Task\n{q}",
    "{t}\n\n---\n\n{q}",
    "{q}\n\n---\n\n{t}",
    "{q}\n\n===\n{t}\n===",
    "<{w}>\n{t}\n</{w}>\n\n{q}",
    "{q}\n\n<{w}>\n{t}\n</{w}>",
    "Task: {q}\n\nInput: {t}",
    "Instruction: {q}\nText: {t}",
    "Hi! I have {w_a} here.\n\n{t}\n\n{q}",
    "{q}\n\nHere it is:\n\n{t}",
    "{q}\n\nThe text is this:\n{t}",
    "Somebody sent me this {w}:\n{t}\n\n{q}",
    "> {t}\n\n{q}",
    "{q}\n\n> {t}",
    "'{t}'\n\n{q}",
    "{t}\n\nTask: {q}",
    "{t}\n\n{q}\nThanks!",
    "Hello, {q}\n\n{t}",
    "Please help me with this {w}.\n\n{t}\n\n{q}",
    "{q}\n\n\"\"\"\n{t}\n\"\"\"",
    "\"\"\"\n{t}\n\"\"\"\n{q}",
    "{q}\n\n{t}\n\nThank you.",
    "Source:\n{t}\n\n{q}",
    "Data: {t}\n\n{q}",
    "{q}\n\nData:\n{t}",
    "<document>\n{t}\n</document>\n{q}",
    "{q}\n<document>\n{t}\n</document>",
    "**Text**\n{t}\n\n**Task**\n{q}",
    "We got {w_a} today: {t}\n\n{q}",
    "{q}\n\nUse this {w}:\n{t}",
    "I copied this from {w_a}.\n\n{t}\n\n{q}",
    "(1) Read this:\n{t}\n\n(2) {q}",
    "From {w_a}: {t}\n\n{q}",
    "The {w} below came in this morning.\n\n{t}\n\n{q}",
    "{q}\n\nInput text:\n```\n{t}\n```",
    "```text\n{t}\n```\n\n{q}",
    "Process this {w}.\n{t}\n{q}",
]

# Sentences for any field whose name is a noun: {k} is its name.
NOUN_SENTENCES = [
    "{k_cap}: {v}.",
    "{k_cap} - {v}.",
    "The {k} is {v}.",
    "The {k}: {v}.",
    "As for the {k}, it is {v}.",
    "The {k} was given as {v}.",
    "Next, the {k}: {v}.",
    "{v} is the {k}.",
    "For the {k}, we have {v}.",
    "The {k} in this case is {v}.",
    "We noted {v} as the {k}.",
    "Please note the {k}: {v}.",
    "The {k} we were told is {v}.",
    "With {v} as the {k}, all is said.",
    "The {k} has been set to {v}.",
    "Under \"{k}\" it says {v}.", "The {k} reads {v}.", "The {k} stated is {v}.", "What about the {k}? It is {v}.",
    "Regarding the {k}: {v}.",
    "The correct {k} is {v}.",
    "{k_cap} = {v}.",
    "The {k} on file is {v}.",
    "You will find {v} as the {k}.",
]
NOUN_KEYS = set("""
age agent album amount author band battery brand budget capacity carrier category city class code color course
currency customer date department deposit destination difficulty director doctor due_date duration email fare
flight genre guest host hotel humidity ip job language length level license load maker mileage model origin
passenger phone plan port position price priority product quantity rating reason rent role room room_type salary
sensor species start status stock supplier teacher temperature total version weight weight_kg year
""".split())
