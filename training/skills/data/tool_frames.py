"""What stands around a request for a function: openers, closers, contexts, layouts, connectors, ways to give a missing value.

"[a|b]" stands for one of several words. Lists that continue an older one go before its held-out tail.
"""

VERBS = """archive approve hand bring upgrade downgrade retrieve fetch query return pull gather clear apply subscribe score feed
brew rent measure park scan mix dim raise lower pause skip flag zoom stop unlock rate follow redeem block sell buy trade donate"""

IMPERATIVE_OPENERS = [
    "Could you please {}?", "Can you {} for me?", "Could you {} for me?", "Would you please {}?", "Will you {}?", "Will you please {}?",
    "Can you quickly {}?", "Could you kindly {}?", "[Hello|Hi|Hey], [can|could] you {}?", "[Hello|Hi|Hey], please {}", "[Hello|Hi|Hey] there, {}",
    "I need you to {}", "I want to {}", "I'd like to {}", "I would like you to {}", "I have to {}", "We need to {}", "We want to {}",
    "Please go ahead and {}", "Go ahead and {}", "Please help me {}", "Help me {}", "Let's {}", "Just {}", "First, {}", "Next, {}", "Now please {}",
    "Okay, {}", "OK, now {}", "Right, {}", "Alright, {}", "So, {}", "[My request|What I need]: {}", "[Request|Task|Order|Job]: {}", "Your task: {}",
    "Your job is to {}", "It's time to {}", "Time to {}", "Are you able to {}?", "Is it possible to {}?", "Would it be possible to {}?",
    "Would you be so kind as to {}?", "Would you be able to {}?", "Do you think you could {}?", "Any chance you could {}?", "I was hoping you could {}",
    "I wonder if you could {}", "I'd be [glad|happy|grateful] if you could {}", "I'd appreciate it if you could {}", "It would help if you could {}",
    "Don't forget to {}", "Remember to {}", "Make sure to {}", "Be sure to {}", "Try to {}", "pls {}", "plz {}", "can u {}", "could u {}",
    "yo, {}", "hey can you {}", "I'm asking you to {}", "My wish is that you {}", "You should {}", "You can {} now", "You may {}", "Assistant, {}",
    "Computer, {}", "[Good morning|Good afternoon|Good evening], please {}", "[Sorry to bother you|Excuse me], could you {}?", "One more thing: {}",
    "A small favor: {}", "Quick favor, {}", "If you can, {}", "If possible, {}", "When you have a moment, {}", "As soon as you can, {}",
    "Right away, please {}", "The next step is to {}", "How about you {}?", "Why don't you {}?", "What I want is for you to {}", "May I ask you to {}?",
    "Might you {}?", "Let me ask you to {}", "Here's what to do: {}", "Would you kindly {}?", "I'd love for you to {}", "Could I get you to {}?",
]
OTHER_OPENERS = [
    "[Hello|Hi|Hey] there! {}", "[Hello|Hi|Hey] again. {}", "Good afternoon. {}", "Excuse me, {}", "Sorry, {}", "Sorry to bother you, {}", "Please, {}",
    "Listen, {}", "Look, {}", "Right, {}", "Alright, {}", "OK, {}", "Now, {}", "By the way, {}", "Just checking: {}", "A question: {}", "One question: {}",
    "My question: {}", "Quick request: {}", "Request: {}", "Question: {}", "Here's the thing: {}", "Here is my request: {}", "Something else: {}",
    "Next thing: {}", "First of all, {}", "Oh, {}", "Ah, {}", "Hm, {}", "Um, {}", "And {}", "Also, {}", "Assistant, {}", "Computer, {}", "yo, {}",
    "Tell me, {}", "For today: {}", "This one is urgent: {}", "Help me out here: {}", "I could use your help: {}", "Can you help? {}",
    "I need help: {}", "Do you have a minute? {}", "Are you there? {}", "Morning! {}", "Evening! {}",
]

# After a request that ends in no free text.
CLOSERS = [", please", ", thanks", ", thank you", ", if you can", ", if possible", ", if that's okay", ", if you don't mind", ", would you", ", okay", ", right away",
           ", as soon as possible", ", when you have a moment", ", it's important", ", I'm in a hurry", ", that's all", ", quickly please", ", when you get a chance",
           ", would you please", ", pretty please", ", it's urgent to me", ", many thanks", ", thx", ", asap", ", if you would", ", that would be great", ", cheers"]
CLOSING_SENTENCES = ["Thanks!", "Thank you.", "Thanks a lot.", "Thank you very much!", "Many thanks.", "Please.", "That's all.", "That would be great.", "I'm in a hurry.",
                     "Let me know.", "Tell me the result.", "I'd appreciate it.", "Thanks in advance!", "No rush.", "Quickly, please.", "That would help me a lot.", "Can you do that?",
                     "Is that possible?", "Cheers!", "Much appreciated.", "Thx", "That's what I need.", "It matters to me.", "I'm counting on you."]
CONTEXTS = [
    "I'm at work and short of time.", "I'm on the phone right now.", "I just got home.", "I need some help.", "I have a small request.", "I have one question.",
    "It's been a long day.", "My hands are full right now.", "I'm getting things in order.", "I'm a bit busy.", "I'm preparing for tomorrow.", "I can't do it myself at the moment.",
    "I don't know how this works.", "I've never used this before.", "My colleague is waiting.", "I'm with a customer.", "I was just asked about this.", "Let me try this out.",
    "I hope you can help me.", "You were very helpful last time.", "There's something I need.", "We are nearly done here.", "Sorry, it's me again.", "My boss is waiting for this.",
    "I want to get this done today.", "I've been meaning to do this.", "Here comes an easy one.", "I'm on the train, so I'm typing this on my phone.", "I'm new here.",
    "I have a lot to do.", "I hope this isn't too much trouble.", "I've been looking for help with this.", "This should be simple.", "I'm going through my list.",
    "Let's get started.", "I have no idea where to look.", "You have some tools, I hope.", "I'm tidying up a few things.", "My computer is slow today.", "I'm in a meeting.",
]
LAYOUTS = ["- {}", "* {}", "> {}", "1. {}", "Request: {}", "User: {}", "Task: {}", "Message: {}", "TODO: {}", "\"{}\"", "```\n{}\n```", "---\n{}\n---", "<request>{}</request>",
           "# Request\n{}", "Text:\n{}", "**{}**", "[request] {}", "({})", "{}\n", "Input: {}", "## Task\n\n{}", "<user>\n{}\n</user>", "=> {}", "Q: {}"]
# Requests written as data: {d} the description, {f} the fields.
FORMS = ["{d}. {f}", "{d}: {f}", "{d} ({f})", "{d} - {f}", "{d}, {f}", "I need this: {d}. {f}", "Task: {d}. {f}", "{f}. {d}, please.", "{d}\n{f}", "Request: {d}\n{f}",
         "Do this: {d}. Use {f}.", "{d} with {f}", "{d}; {f}", "{d}, please: {f}", "Run this for me: {d}. {f}", "What to do: {d}. Data: {f}", "{d}. Here are the values: {f}",
         "{d}\n\n{f}", "Job: {d} [{f}]", "{d} using {f}", "The function for \"{d}\", with {f}", "{d}. Arguments: {f}", "{d} | {f}", "Action: {d}. Parameters: {f}"]
FIELDS = ["{k}: {v}", "{k} {v}", "{k} = {v}", "{k}={v}", "{k} is {v}", "{k} - {v}", "the {k} is {v}", "{k} \"{v}\""]

CONNECTORS = [
    " [And also|Also|And then|Then|Next|Afterwards|Finally|Lastly], {}", " [Plus|And|Now|Next]: {}", " When that is done, {}", " Once you have that, {}", " As well, {}", " Apart from that, {}",
    " While you are at it, {}", " At the same time, {}", " Another thing: {}", " Something else: {}", " The second thing: {}", " Second, {}", " My other request: {}",
    "\n{}", "\n\n{}", " {}", "\n- {}", "\nThen: {}", " Additionally, {}", " Furthermore, {}", " Moreover, {}", " I have another one: {}", " And one more: {}", " Oh, and {}",
    " And please don't forget this: {}", " Also this: {}", " Then this: {}", " Likewise, {}", " Could you do this, too: {}", " If that works, {}", " In the same go, {}",
    " Along with that, {}", " Here is one more: {}", " There's a second thing: {}", " To top it off, {}", " And finally, {}", " Right after that, {}",
]
SUPPLY = [
    "{}!", "[It's|It is|That's|That is] {}[, please|, thanks|]", "[Use|Take|Choose|Pick] {}[, please| then| instead|]", "[I mean|I meant|I want|I'd like] {}", "The one I mean is {}.", "Oh sorry, {}.",
    "[Sorry|Oh|Right|Ah], I forgot: {}", "[Sorry|Oh|Ah], it's {}", "{}, thanks.", "{} please", "ok, {}", "[Okay|OK|Sure|Right|Well|Yes], {}", "[Okay|Sure|Right], use {}", "That'd be {}.", "I'd say {}.",
    "[Go|Do it] with {}.", "[Here it is|Here you go|There you go]: {}", "My mistake, it's {}.", "It should be {}.", "It has to be {}.", "[Let's say|Say] {}.", "The answer is {}.", "Take {} for that.",
    "Put {}.", "Put in {}.", "Write {}.", "Enter {}.", "I was thinking of {}.", "I think {}.", "\"{}\"", "For that, use {}.", "Of course: {}", "You can use {}.", "You should use {}.", "Please use {}",
    "please take {}", "I forgot to say {}.", "I should have said {}.", "Then {}.", "Just {}.", "Just use {}.", "Simply {}.", "I choose {}.", "I'd go for {}.", "It would be {}.", "its {}", "Try {}.",
    "Good question. {}", "You are right, I left that out: {}", "Didn't I say? {}", "I believe it is {}.", "This one: {}", "The following: {}", "What about {}?", "How about {}?", "{} it is.", "{} will do.",
]
