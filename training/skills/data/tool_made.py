"""Parts of made-up functions: verbs, nouns, attributes, further parameters and their phrasings.

Phrasing lists end with the held-out ones (the last sixth). {v} verb, {p} participle, {n} noun, {id} its id.
"""

# No two verbs that a person would take for the same.
VERBS = [tuple(pair.split()) for pair in """
archive archived|approve approved|reject rejected|publish published|delete deleted|lock locked|duplicate duplicated|export exported|
print printed|restart restarted|pause paused|resume resumed|verify verified|sign signed|merge merged|rename renamed|encrypt encrypted|
inspect inspected|pin pinned|hide hidden|restore restored|validate validated|schedule scheduled|ship shipped|repair repaired|
clean cleaned|scan scanned|share shared|translate translated|rotate rotated|compress compressed|measure measured|paint painted|
load loaded|unload unloaded|flag flagged|freeze frozen|renew renewed|register registered|test tested|weigh weighed|pack packed|
calibrate calibrated|index indexed|rank ranked|grade graded|refund refunded|audit audited|escalate escalated|reopen reopened|
mute muted|split split|label labeled|wrap wrapped|polish polished|donate donated|recycle recycled|auction auctioned""".replace("\n", "").split("|")]

NOUNS = """invoice contract report backup shipment machine sensor robot policy license badge vehicle warehouse container
pallet recipe lesson course exam essay booking voucher coupon membership claim complaint survey form template campaign
banner article chapter photo video track episode server cluster database bucket queue pipeline branch release build
patient sample vaccine desk seat locker garden tree field barn boat truck bike engine pump valve lamp camera drone
basket letter stamp coin painting statue ring watch deposit loan bond mortgage job shift roster agenda memo""".split()

ATTRIBUTES = [("total", "money"), ("owner", "person"), ("status", "w:open,closed,pending,active,blocked"), ("price", "money"),
              ("weight", "money"), ("deadline", "day"), ("color", "w:red,blue,green,black,white,yellow"), ("size", "w:small,medium,large"),
              ("location", "city"), ("version", "code"), ("supplier", "company"), ("author", "person"), ("age", "int:1-90"),
              ("capacity", "int:10-900"), ("temperature", "int:10-80"), ("language", "language"), ("password", "made"),
              ("address", "place"), ("contact", "email"), ("phone", "phone"), ("destination", "city"), ("origin", "city"),
              ("speed", "int:5-300"), ("cost", "money"), ("title", "subject"), ("inspector", "person"), ("expiry", "day"),
              ("quantity", "int:2-900"), ("reviewer", "person"), ("manufacturer", "company")]

# names, kind, clauses
EXTRAS = [
    (["reason", "cause", "why", "explanation"], "reason",
     ["because {}", ", the reason: {}", ", reason: {}", "because {}", "since {}", "on the grounds that {}"]),
    (["note", "comment", "remark", "message"], "msg",
     ['with the note "{}"', 'and add the comment "{}"', ', note: "{}"', 'with the remark "{}"', ', comment "{}"', 'and attach the note "{}"']),
    (["priority", "urgency", "importance"], "enum:low,medium,high",
     ["with {} priority", ", priority {}", ", {} priority", "at {} priority", ", the priority is {}", ", it has {} priority"]),
    (["assignee", "owner", "responsible", "handler"], "first",
     [", {} is responsible", "and make {} responsible", ", {} takes care of it", "and put {} in charge", ", responsible: {}",
      ", {} will handle it"]),
    (["due_date", "date", "day", "deadline"], "day",
     ["by {}", "until {}", ", it is due {+}", ", due {}", ", the deadline is {}", "no later than {}"]),
    (["amount", "value", "sum", "price"], "money",
     ["for {} dollars", ", the amount is {} dollars", ", {} dollars", "at {} dollars", ", amount {}", "for the sum of {} dollars"]),
    (["city", "location", "site", "place"], "city",
     ["in {}", ", the place is {}", ", it is in {}", ", location {}", "at the {} site", ", it stands in {}"]),
    (["count", "quantity", "copies", "times"], "int:2-60",
     ["{} times", ", {} times", ", do it {} times", "{} times over", ", repeat it {} times", "a total of {} times"]),
    (["email", "notify_email", "recipient", "mail_to"], "email",
     ["and e-mail {}", "and inform {}", ", send a mail to {}", ", mail {} about it", "and notify {}", ", and drop {} a mail"]),
    (["time", "start_time", "at", "start"], "time",
     ["at {}", ", at {}", ", start at {}", ", begin at {}", "at exactly {}", ", the time is {}"]),
    (["tags", "labels", "keywords", "topics"], "list:tag",
     ["with the tags {}", ", tags: {}", "and tag it {}", ", labels: {}", "under the keywords {}", "and give it the labels {}"]),
    (["notify", "send_notification", "inform_team"], "flag",
     ["and notify the team", "and tell the team", ", with a notification", "and inform everyone", ", the team should be notified",
      "and let everyone know"]),
    (["urgent", "is_urgent", "rush"], "flag",
     [", it is urgent", ", this is urgent", ", urgent", ", please mark it as urgent", ", there's a rush", ", it's an urgent matter"]),
    (["color", "colour", "shade"], "enum:red,blue,green,yellow,black",
     ["in {}", ", color {}", ", make it {}", "with the color {}", ", the color is {}", ", and I want it {}"]),
]

ACTIONS = [
    "{v} {n} {id}", "{v} the {n} {id}", "Please {v} {n} {id}", "I want to {v} {n} {id}", "Can you {v} {n} {id}", "Could you {v} the {n} {id}",
    "I need you to {v} {n} {id}", "{n} {id} should be {p}", "The {n} {id} must be {p}", "{v} {n} number {id}", "Go ahead and {v} {n} {id}",
    "I'd like {n} {id} to be {p}", "I'd like to {v} the {n} {id}", "{v} {id}, the {n},", "We have to {v} {n} {id}", "Let's {v} {n} {id}",
    "Get {n} {id} {p}", "Hey, {v} {n} {id}", "Time to {v} the {n} {id}", "It's about {n} {id}: please {v} it", "Would you {v} the {n} {id} for me",
    "{n} {id}: {v} it", "{n} {id} needs to be {p}", "My {n} {id} has to be {p}",
    # Held out from here on.
    "See to it that {n} {id} gets {p}", "Have the {n} with the number {id} {p}", "Someone should {v} {n} {id}", "Make sure to {v} {n} {id}",
    "It would be nice to have {n} {id} {p}",
]
LACKING = [
    "{v} a {n}", "{v} the {n}", "Please {v} the {n}", "I want to {v} a {n}", "Can you {v} my {n}", "I need you to {v} a {n}", "The {n} should be {p}",
    "{v} my {n}", "I'd like to {v} a {n}", "We have to {v} the {n}", "My {n} must be {p}", "Could you {v} a {n}", "Let's {v} the {n}",
    "{v} one of the {n}s", "A {n} has to be {p}",
    # Held out from here on.
    "Make sure the {n} gets {p}", "Would you {v} a {n} for me", "Time to {v} the {n}",
]
GETTERS = [
    "What is the {a} of {n} {id}?", "Tell me the {a} of {n} {id}.", "What's the {a} of the {n} {id}?", "Show the {a} of {n} {id}.",
    "I need the {a} of {n} {id}.", "Look up the {a} of {n} {id}.", "Give me the {a} for {n} {id}.", "Which {a} does {n} {id} have?",
    "Get the {a} of {n} {id}.", "{a} of {n} {id}?", "Do you know the {a} of {n} {id}?", "Find out the {a} of the {n} {id}.",
    "I'd like to know the {a} of {n} {id}.", "Check the {a} of {n} {id}.", "For {n} {id}, what is the {a}?", "{n} {id}: what's its {a}?",
    "Please fetch the {a} of {n} number {id}.", "What {a} is listed for {n} {id}?", "Can I have the {a} of {n} {id}?", "Could you get me the {n} {id} {a}?",
    # Held out from here on.
    "Let me know which {a} {n} {id} has.", "I was asked for the {a} of {n} {id}.", "How about the {a} of the {n} numbered {id}?",
    "See what the {a} of {n} {id} is.",
]
GETTER_LACKING = [
    "What is the {a} of the {n}?", "Tell me the {a} of my {n}.", "I need the {a} of a {n}.", "Look up the {a} of the {n}.", "Get the {a} of a {n}.",
    "What's the {a} of my {n}?", "Show me the {a} of the {n}.", "Check the {a} of a {n}.", "Give me the {a} of the {n}.",
    "Can I have the {a} of my {n}?", "Find out the {a} of the {n}.", "I'd like to know the {a} of a {n}.",
    # Held out from here on.
    "Let me know the {a} of the {n}.", "I was asked for the {a} of a {n}.", "Which {a} does the {n} have?",
]
