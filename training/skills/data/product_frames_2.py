"""More frames of questions. {a|b} stands for one of its parts, {} for the phrase. See ../product.py."""

MORE_FRAMES = {
    "np": [
        "{Could|Would|Can} you {remind me of|look up|give me|share} {}?", "{I want|I'd like|I need} {}.",
        "{Looking for|Searching for|In need of} {}.", "{Where can I find|Where do I read|Where can I see} {}?",
        "{I have to|I must|I should} {know|learn|write down} {}.", "{Quick:|Short:|So:} {}?", "{}{ again|, again}?",
        "{Does anybody know|Who knows|Does anyone know} {}?",
        "{I was asked for|My colleague asks for|They ask me for} {}.",
        "{I am not sure|I'm unsure|I don't know} what {} is.",
        "{Nobody told me|I never learned|I have forgotten} {}.",
        "{What do you have as|What do I note as|What do I write down as} {}?",
        "{} {would be|is} {what I need|of interest}.",
        "{Say|State|Name|Mention} {}.",
        "{What about|And what of} {}?",
        "{I can't find|I cannot find|I looked in vain for} {}.",
        "{Is there something like|Do you have} {}?",
        "what's {} {again|please|here}?",
        "{I keep forgetting|I lost} {}.",
        "{Please state|Please name|Kindly tell me|Just tell me|Just give me} {}.", "So what is {}{, then|, please|}?",
        "For {my notes|a report|the documentation}, I need {}.", "{My question is|The question is} what {} is.",
        "{I'm curious about|I'm interested in|I'm asking for} {}.",
        "{Can you say|Can you state|Are you able to say} what {} is?",
    ],
    "nps": [
        "{Could|Would|Can} you {name|list|give me|tell me|write down} {}?", "{I want|I'd like|I need} {}.",
        "{Where can I find|Where do I find|Where can I see} {}?", "{Enumerate|Show me|Show|State|Mention} {}.",
        "{I'm looking for|Looking for|I am searching for} {}.", "{I don't know|I'm not sure|I forgot} what {} are.",
        "{I was asked for|My colleague asks for} {}.",
        "{Does anyone know|Do you happen to know} {}?",
        "What all are {}?",
        "{A list of|The list of|Just list} {}{, please|}.", "{Remind me of|Let me have|Let me see} {}.",
        "For {my notes|a report|a table}, I need {}.", "{Is there a list of|Do you have a list of} {}?",
        "{I wonder|I'd like to hear} what {} are.", "{Please name|Kindly list|Please tell me|Please give me} {}.",
        "So what are {}{, then|, please|}?", "{Tell me|Say} which {} there are.", "what are {} {again|please|here}?",
        "{I'm curious about|I'm interested in} {}.", "{My question is|The question is} what {} are.",
    ],
    "co": [
        "{Never heard of|I've never heard of|I know nothing about} {}.{ What is it?| Can you explain?|}",
        "{I keep reading|I keep hearing|I saw|I came across} {the term |}{}.{ What is it?| What does it mean?| "
        "Explain, please.}",
        "{My boss|A colleague|My teacher|A friend} {talks about|asked me about|mentioned} {}. {What is "
        "that?|What is it?}",
        "{What on earth is|So what is|But what is|OK, what is|Now what is|What is this thing called} {}?",
        "{Explain|Describe} {} {to a beginner|to a child|simply|for beginners|in simple words|in plain "
        "English|briefly}.",
        "{What is|What's} {} {in simple words|in plain English|in short|exactly|anyway|, really|all about}?",
        "{Definition|Meaning|Explanation} of {}{?|, please.|}",
        "{Give me|I need|I'd like} {a|the} {definition|explanation} of {}.",
        "{I don't understand|I do not get|I struggle with} {what {} is|the term {}|the idea of {}}.",
        "{} {means what|is what}?",
        "{Can|Could|Would} you {define|describe|tell me about|clarify|say what is} {}?",
        "{} - {what's that|explain|define}",
        "{Clarify|Please clarify|Please define|Kindly explain} {}.", "{Help me|I'd like to|I want to} understand {}.",
        "{What's|What is} {the concept of|behind|the meaning of the term} {}?", "{Who can|Can anyone} explain {}?",
        "{What should I imagine|What do I have to imagine} {under|by} {}?", "{Teach me|Tell me} what {} is.",
        "{In one sentence|In a few words|In plain words|Briefly}, {what is {}|define {}|explain {}}{?|.}",
        "{In your own words|For a glossary|For a newcomer}: {}{?|}", "{I'm new to this.|I'm a beginner.} What is {}?",
        "{What kind of thing|What sort of thing} is {}?", "{How do people define|How would an expert define} {}?",
    ],
    "pu": [
        "{Never heard of|I've never used|I know nothing about} {}.{ What does it do?| What is it for?}",
        "{I saw|I found|I came across|There is|I noticed} {} {in an example|in the docs|in some code}. {What "
        "does it do?|What is it for?}",
        "{What exactly does|So what does|OK, what does|And what does} {} {do|change|control}?",
        "{} does what{ exactly|}?",
        "{Can|Could|Would} you {tell me what {} does|say what {} is for|explain what {} does|describe {}}?",
        "{I'd like to know|I want to know|I wonder|I'm not sure|I don't know} what {} {does|is for|is good "
        "for|changes}.",
        "{What's|What is} {} {supposed to do|meant to do|used for|there for|needed for}?",
        "{Purpose|Use|Effect} of {}?",
        "{What is achieved|What can be done|What do people do} with {}?",
        "{How do I use|How to use|How is one to use} {}?",
        "{Should I care about|Do I need|Is it worth using} {}?{ What does it do?| What is it for?}",
        "{} - {what for|why|what's it do}?",
        "{My colleague|A friend|Somebody} {uses|set|recommends} {}. {What does it do?|What is it for?|Why?}",
        "{What happens|What changes|What's different} {with|if I set|when I add} {}?",
        "{Please explain|Clarify|Teach me} {}.",
        "{Explain|Tell me|Describe} {the purpose of|the effect of|the point of|the meaning of|the use of} {}.",
        "{In one sentence|In short|Briefly}, what does {} do?",
        "{Why is there|Why do we have|Why does the server have} {}?",
        "{What's the deal with|What's the story with|What's up with} {}?",
        "{When would I use|When is it good to use|In which case would I use} {}?",
    ],
    "er": [
        "{I get|I am getting|I'm seeing|I receive|We get|I just got|All I get is} {}{.| all the time.| and "
        "don't know why.| every time.|, why?}",
        "{What's|What is} {} {about|all about|supposed to mean|telling me|caused by}?", "{Can|Could} you explain {}?",
        "{My code|My script|My app|Our client|The request|curl} {fails with|stops with|ends with|reports|shows} "
        "{}.{ Why?| What does it mean?| What's wrong?|}",
        "{Why is there|Where does|How come there is|Why would I see} {}{?| come from?}",
        "{In which case|In what situation|Under what circumstances} {do I get|does the server send|would I see} {}?",
        "{What's the cause of|What's behind|What triggers|What leads to} {}?",
        "{} - {what now|why|meaning|what is it}?",
        "{I don't understand|I do not get|Explain to me} {}.",
        "{The log|The console|The output} {shows|has|says} {}.{ Meaning?| Why?| What is it?}",
        "{Somebody|A user|My colleague|A customer} {gets|sees|reports} {}. {What does it mean?|Why?|What is wrong?}",
        "{Meaning|Cause|Explanation|Reason} of {}?",
        "{Getting|Seeing|Receiving} {}{.|, help.| all day.| from the server.}",
        "{How should I read|How do I interpret|What can I conclude from} {}?",
        "{Help me with|Please explain|I need help with} {}.",
        "{Suddenly|Since today|Sometimes|Now and then} {I get|I see|there is} {}. {Why?|What is the "
        "reason?|What does it say?}",
    ],
    "vp": [
        "{I would like to|I need to|I have to|I'd love to|We want to|We need to|I must} {}. {How?|How do I do "
        "that?|What do I do?|Can you help?|}",
        "{What's|What is} {the|a} {command|way|trick|recipe|procedure|right way|simplest way|correct way} to {}?",
        "{Can|Could|Would} you {explain|show me|tell me|describe} how {to {}|I can {}|one can {}|I {}}?", "how to {}",
        "{Help me|Please help me|I need help to|Assist me to} {}.",
        "{Is it possible to|Can I|Can one|May I} {}?{ How?|}",
        "{How does a person|How might I|How do we|How could one|How do people} {}?",
        "{Instructions|Steps|Guide} to {}{?|, please.}",
        "{I'm trying to|I am about to|I try to|I'm struggling to|I fail to} {}. {What do I do?|What should I "
        "do?|How is it done?|Any hints?}",
        "{Where do I start|What do I do|What must be done|What is required|What does it take} {to|in order to} {}?",
        "{Say I want to|Suppose I want to|Let's say I want to|Imagine I want to|Assume that I want to} {}. "
        "{How?|What do I do?}",
        "{My boss|My team|A colleague|A customer} wants {me |}to {}. {How?|How is that done?|What do I say?}",
        "{Explain|Describe|Show|Tell me} {the way to|what to do to|what I do to|how I can|how one can} {}.",
        "{What's the easiest way to|What's the quickest way to|What's the usual way to} {}?",
        "{Best way to|A way to|Easy way to} {}?",
        "{I haven't found out|I can't find out|I couldn't figure out|No idea} how to {}.",
        "{}{, how|: how|, please explain how}?",
    ],
    "ep": [
        "{I need|I want|I'm looking for} {the {path|route|URL|endpoint}|an endpoint} for {}.",
        "{URL|Route|Address|Endpoint} for {}?",
        "{What|Which} {path|route|URL|endpoint} {do I use|should I use|do I call|must I call|do I request|takes "
        "care of} {for |when it comes to }{}?",
        "{Where|To which path|To what URL|To what endpoint} {do I send|should I send|does one send} {requests|a "
        "request|my request} for {}?",
        "{Can|Could} you {tell me|give me|name} the {path|route|endpoint|URL} for {}?",
        "{My program|My app|Our tool} needs {}. Which {path|endpoint|URL}?",
        "{I'm doing|I work on|My task is} {}. {Which route|Which endpoint|What path} {do I call|is it|is right}?",
        "{HTTP|API|REST} {path|route|endpoint} for {}{?|, please.}", "{} - {which route|what path|which endpoint}?",
        "{What's|What is} the {HTTP|API|full|right|correct} {path|route|endpoint|URL} for {}?",
        "{With which|Under which|At what} {path|URL} {is|are} {} {served|available}?",
        "{Is there|Does Peregrine have|Do you have} {an endpoint|a route|a path} for {}?{ Which one?|}",
    ],
    "val": [
        "{Which|What} {values|settings|choices|options} {are valid|are allowed|are possible|are legal|exist|are "
        "there} for {}?",
        "{Valid|Allowed|Possible|Legal} values {of|for} {}?",
        "{What|Which values} {can|may|do} I {put in|write for|set for|use for|pass in} {}?",
        "{I want to set|I'd like to use|I need to set} {}. {What can I choose?|Which values are there?|To what?}",
        "{Enumerate|Name|List|Show me|Tell me|Write down} the {valid |possible |allowed "
        "|}{values|choices|options} {of|for} {}.",
        "{Can|Could} you {list|name|tell me} {what {} accepts|the values of {}|the choices for {}}?",
        "{} {can be what|takes what|accepts which values}?",
        "{What are the|Give me the|I need the} {possibilities|alternatives|valid values|legal values} {for|of} {}?",
        "{What does|Which values does} {} {accept|understand|know|permit}?",
    ],
    "rng": [
        "{What's|What is} the {allowed|valid|legal|permitted|possible} range {of|for} {}?",
        "{How far|How much} {can|may} I {raise|turn up|increase} {}?",
        "{What's|What is} the {minimum|smallest value|lower limit|upper limit|upper bound|top value} {of|for} {}?",
        "{Limits|Bounds|Max|Maximum|Range} of {}?",
        "{Between which|Within which|In what} {values|limits|bounds} {must|may|can} {} {be|lie}?",
        "{Which|What} {numbers|values} are {allowed|legal|fine|accepted} {for|as} {}?",
        "{Is there|Does it have} {a maximum|a limit|an upper limit} for {}?",
        "{How low and how high|How small and how large} {can|may} {} be?",
    ],
    "def": [
        "{If I leave out|If I omit|Without setting|When I don't give|If nobody sets} {}, {what is used|what is "
        "it|what value is used|which value applies}?",
        "{What's|What is} the {standard|usual|preset|initial|default} {value|setting} {of|for} {}?",
        "{} default{ value|}?",
        "{I haven't set|I did not set|I never touched|I don't set} {}. {What is it then?|What value does it "
        "have?|Which value applies?}",
        "{Which|What} {default|value} {does Peregrine use|does the server take|applies} for {} {unless told "
        "otherwise|without any setting|out of the box}?",
        "{Tell me|Give me|I need} the default {of|for|value of} {}.",
        "{What does|How does} {} {start out as|begin as|default to}?",
    ],
}

MORE_ABOUT = [
    "{I'd like to know|I want to know|Tell me|Explain} {something|more|a bit more|everything} about {}.",
    "{Some words|A word|A few words} on {}?",
    "{I stumbled over|I came across|I'm confused by|I'm looking at} {}.",
    "{Question about|A question on|Regarding|Concerning|About} {}{.|?|: help.}",
    "{Please tell me|Please say something|Teach me} about {}.",
    "{What's|What is} {to be said|there to know|important} about {}?",
]

MORE_FOLLOW_UPS = {
    "np": [
        "{Then what is|OK, and|And also|Thanks, and|Next,|Also,} {}?",
        "{And now|Next|Also tell me|Then give me} {}.",
        "{How about|As well as that,} {}?",
    ],
    "nps": ["{Then what are|OK, and|And also|Thanks, and|Also,} {}?", "{And now|Next|Also tell me|Then list} {}."],
    "co": [
        "{Then what is|OK, and|And also|Thanks, and} {}?",
        "{And now|Also explain|Then explain|Next, define} {}.",
        "{And what's|How about} {}?",
    ],
    "pu": [
        "{Then what does|OK, and what does} {} do?",
        "{And|Thanks, and|OK, and} {}?",
        "{Also explain|Then explain} {}.",
        "What about {}?",
    ],
    "er": [
        "{And what if I get|And when do I get|Then what is|Now I get} {}?",
        "{And why|OK, and} {}?",
        "Now {it says|I see} {}.",
    ],
    "vp": [
        "{And what do I do to|Then how do I|OK, and how do I|Also, how do I|How can I also} {}?",
        "{Next I want to|Now I want to|Then I need to} {}.",
    ],
    "ep": [
        "{And the path|And the endpoint|And the URL|What about the route} for {}?",
        "{And where do I send|OK, and what about} {}?",
    ],
    "val": ["{And which values does|OK, and what does} {} {take|accept|allow}?", "And the {choices|options} for {}?"],
    "rng": [
        "{And the maximum|And the limits|And the bounds|And the allowed range} of {}?",
        "And how {low|large} can {} be?",
    ],
    "def": [
        "{And what is|OK, and} {} {normally|unless I set it|when I set nothing}?",
        "And the {usual|standard|default} value of {}?",
    ],
}

# Sentences before a first question; the last sixth is held out.
CONTEXTS = [
    "I'm setting up Peregrine.",
    "I just installed Peregrine.",
    "We are testing Peregrine at work.",
    "I am writing a client.",
    "I'm reading the docs.",
    "I'm preparing a talk.",
    "We run this at our company.",
    "I'm trying Peregrine on my laptop.",
    "My team wants to use Peregrine.",
    "I am moving from another server.",
    "I am debugging something.",
    "I'm a student.",
    "I'm writing a report.",
    "I have used other servers before.",
    "I'm working on a small project.",
    "I need this for a ticket.",
    "I'm a beginner with this.", "I am an administrator.", "I'm a developer.", "I'm evaluating Peregrine.",
    "I could not find it in the docs.", "Bear with me, I am new.", "I maintain a server.", "I'm building a chat app.",
    "I am in a hurry.",
    "I've a short question.",
    "My colleague could not tell me.",
    "I'm learning about language models.",
    "I run Peregrine at home.", "We're planning a deployment.", "I'm writing documentation.", "I have just started.",
]
