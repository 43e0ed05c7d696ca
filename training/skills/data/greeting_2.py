"""More phrasings of the greeting skill; see `wording.py` for their form."""

HELLO = """
[hi|hello|hey] [:-)|;)|^^|!!!|...|~]
[Hi|Hello|Hey] [dear|my dear|good|little] [assistant|model|friend|machine][!|.|]
[A very |]good [morning|afternoon|evening|day] [everyone|Peregrine|my friend|there][!|.|]
[Hello|Hi|Hey], [I'm back|here I am|it's me|it's me again|I'm here][!|.]
[Nice|Good|Great|Lovely|Pleased] to [meet|see] you[!|.|, Peregrine.]
[Just wanted|I wanted|I just want] to say [hello|hi|good morning|hi to you][!|.|]
[Hello|Hi|Hey] from [me|Berlin|my desk|the kitchen|a new user][!|.]
[Is anyone|Is anybody|Anybody|Anyone] [there|here|home][?|? Hello!]
[Yo|Hullo|Hallo|Hi ho|Ahoy|Heyo|Hola|Oh hi|Oh, hello][!||.]
[Hello|Hi|Hey], [first time here|I am new here|this is my first message|let's start|let's talk][!|.]
[Let's|I'd like to|Can we] [start with a greeting|say hello first]: [hello|hi][!|.]
[Hello|hey]... [are you there?|hello?]
[Good to|Nice to] [be here|be back|chat with you][!|.]
[Greetings|Welcome|Hello], [dear model|Peregrine|friend|traveler][!|.]
[My greetings|Warm greetings|A warm hello|A big hello|A friendly hello] [to you|from me][!|.]
[Hey|Hi], [long time no see|good to see you|glad to see you][!|.]
Wake up, [Peregrine|model|assistant][!|.] [Good morning!|Hello!]
"""

HOW = """
[sup|wassup|how r u|how are u|hows it going|how ya doing][?|]
[How|So how|And how] [are|have] [you|things] [today|lately|this evening|these days|right now|on this fine day]?
[Hi|Hello|Hey|Good morning|Good evening][!|,] [how's it going|how are things|how are you doing|how do you do|are \
you well|how's everything|how's life]?
[How's|How is] [everything|life|it|your day|your morning|your evening|your week|the day] [going|treating you|with \
you|so far]?
[Are|Do] you [feeling well|fine|all right|doing fine|doing okay|okay] [today|now|this morning]?
[What's|What is] [up|new with you|up with you|going on with you][| today]?
[Tell me|Say|I wonder|May I ask|I'd like to know][:|,] how [are you|do you feel|is your day]?
[You|Everything|All|Things] [good|okay|fine|well][| today| with you| over there]?
[Nice to see you|Good to see you|Hello again][.|!] [How are you?|How have you been?|How is it going?]
[hope you are well|hope you're fine|I hope all is well with you|I hope you're having a good day]
How [well |]are you [getting on|keeping]?
In what mood are you[ today|]?
"""

THANKS = """
[Thanks|Thank you|Many thanks] [for|so much for|a lot for] [this|the help|your help|your answer|answering|your time|\
the information|explaining]!
[Okay|Ok|Great|Perfect|Good|Super|Nice|Wonderful|Awesome|Excellent|Alright][,|!|.] [thanks|thank you|thanks a lot|\
many thanks|thank you very much][.|!]
[That|This|It] [was|is] [very |really |so |]helpful[, thank you|. Thanks|, thanks a lot|. Thank you so much][.|!]
[I|I really|I truly] [appreciate|value] [it|that|your help|this|the help][.|!]
[I'm|I am] [very |so |really |][grateful|thankful][| for this| for your time| to you][.|!]
[Thank you|Thanks] [kindly|ever so much|very much indeed|a million|a bunch|a ton|once more|Peregrine|my friend][!|.]
[ty|tysm|thx a lot|thanx|thank u|cheers|cheers mate|thnx][!||.]
[That's|That is] [all I needed|exactly what I needed|what I was looking for|perfect][, thanks|, thank you|. \
Thanks][!|.]
[You helped me a lot|You saved my day|You have been a great help|You solved it][, thanks|, thank you|. Thank you][!|.]
[I|I just] [want|wanted|would like] to [thank you|say thank you|say thanks][!|.]
[A big|A thousand|My|Special] [thanks|thank you] [to you|for this|for your answer][!|.]
[How kind|So kind|Very kind] of you[, thanks|, thank you|. Thanks][!|.]
"""

BYE = """
[Until|Till] [tomorrow|later|next time|we meet again|Monday][!|, bye!|.]
[Okay|Ok|Alright|Well|So|Right|Thanks][,] [bye|goodbye|bye bye|see you|see you later|good night|bye for now][!|.]
[I|Now I|Sorry, I] [have to|must|need to|should] [go|leave|run|be off|get going|log off|stop] [now|, bye|. Goodbye|\
. See you][!|.]
[See|Talk to|Speak to|Catch|Meet] you [later|soon|tomorrow|next time|next week|around|on Monday|again][!|.]
[Have|Enjoy] [a nice|a good|a lovely|the] [day|evening|weekend|night|afternoon][!|, bye!|. Goodbye!]
[That's|That is|That was] [all|it|everything] [for now|for today|from me|I wanted][. Bye|, goodbye|. See you][!|.]
[Time|It's time] [for bed|to sleep|to leave|to go home|to say goodbye][. Good night|. Bye|, see you][!|.]
[I'm|I am] [leaving|going|heading out|done|off|going to bed|signing off] [now|for today][, bye|. Goodbye|. Good \
night][!|.]
[Take care|Be well|Stay well|All the best|Farewell][, Peregrine|, my friend|, bye|][!|.]
[cya|see ya|bb|byebye|gn|good nite|ciao|cu|ttyl|later][!||.]
[Let's|We can] [stop|end|finish] here[. Bye|, goodbye|. See you][!|.]
[It was nice|Nice|Good] [talking|chatting] [to|with] you[. Bye|, goodbye|. See you][!|.]
"""

WHO = """
[Can|Could|Would] you [tell me|say] [who you are|what you are|your name|what you're called|which model you are][|, \
please]?
[I'd like to know|I want to know|I wonder|Tell me|Please tell me|May I know] [who you are|what you are|your name|\
which model you are|who I am talking to].
[Hi|Hello|Hey|Good morning|So][,|!] [who are you|what are you|what's your name|who is this|what model are you]?
[Which|What] [AI|language model|LLM|model|assistant|bot|chatbot|program] [are you|is this|am I using|do I talk to|\
answers me here|is running here]?
[Who|What] [am I talking to|am I speaking with|am I writing to|is on the other end|is answering|is behind this chat|\
replies to me here]?
[Are you|Is this] [a bot|an AI|a chatbot|an assistant|some kind of AI|a language model|an LLM|a computer program]?
[How|What] [should|may|can|do] I call you?
[What's|What is|Tell me|Give me|State|Say] [your name|the name of this model|your model name|the name you go by].
[Introduce|Describe|Present] yourself[, please|][.|!|| in one sentence.| briefly.]
[Under|By] [what|which] name [do you go|are you known|are you listed]?
[You are who|You're who|And you are|And your name is|Your model name|Model name|Name][?|, please?]
[whats your name|who r u|what r u|who are u|ur name][?|]
We [haven't met|don't know each other] yet. [Who are you?|What's your name?|What are you?]
[I don't know you|I'm new here|First things first]. [Who are you?|What are you?|What is your name?]
[A few words about you|Something about yourself|Who you are, in short], please.
What [do|should] I know about you?
"""

HUMAN = """
[Are|So are|And are] you [really |actually |perhaps |][a human|human|a person|a real person|a real human|a living \
being|a man|a woman|a living creature|flesh and blood]?
[Am I|Am I really|So am I] [talking|chatting|writing|speaking] [to|with] [a human|a person|a real person|somebody \
real|a real human being]?
[Is|Is there] [a human|a person|someone real|a real person|a real human] [behind this|writing here|answering here|\
typing these answers|in there]?
[Do|Don't] you have [a body|a heart|parents|a family|a home|a birthday|a face|friends|a mother|children]?
[Tell me honestly|Be honest|Honestly|Say the truth]: are you [human|a human|a person|a real person]?
[Are you|Could it be that you are] [ChatGPT|GPT|a huge model|a giant model|as big as ChatGPT]?
[Were you born|Have you been to school|Did your mother name you|Were you a child once]?
[You are|You're] [a human|a real person|human|a person], [right|aren't you|yes|correct]?
[I think|I believe|It seems] you are [human|a person|a real person]. [Am I right?|Is that so?|Is that true?]
Is it a [person|human] [that|who] [answers|writes|talks to me]?
"""

ABLE = """
[Can|Could] you [tell me|show me|explain|list] [what you can do|what you're good at|your skills|your abilities|how \
you can help me]?
[What|Which] [tasks|jobs|things|kinds of work|requests] [can|could|do] you [do|handle|solve|take on|help with][| \
for me]?
[How|In what way|With what|In which ways] [can|could] you [help|assist|support|be useful to] me?
[I'd like to know|I want to know|I wonder|Tell me] [what you can do|what you are able to do|how you can help me|\
what you're for].
[What are|Tell me|List] your [skills|talents|features|functions|talents|strengths|capabilities][?|.]
[Which|What] [skills|abilities|features|functions|strengths] do you have?
[What|Which things] [should|can|could] I [ask you|use you for|give you to do|expect from you]?
[I'm new|I am new here|I have never used you]. [What can you do?|How can you help me?|What are you able to do?]
What [all |]do you [know how to do|have to offer|offer|support]?
[What's|What is] [your job|your purpose|your task|your use]?
[Your skills|Your abilities|Your features|What you can do][, please|][?|.]
help, what can [you|this model] do[?|]
"""

READY = """
[Can|Could|Would|Will] you [please |][help me|help me out|assist me|give me a hand|lend me a hand][| with something|\
 for a moment| today]?
[I|Hi, I|Hello, I|Sorry, I] [need|want|would like] [help|your help|a bit of help|assistance|a hand|advice][| with \
something| please][.|!]
[Can|May|Could|Might] I [ask you|ask] [something|a question|a few questions|one thing|for help]?
[I have|I've got|There is] [a|one|a little|a quick] [question|problem|task|request][| for you][.|]
[Are you|Is the model] [ready|available|free|there to help|ready for a question]?
[Do|Would] you have [a moment|time|a second|some time][| for me| for a question]?
[Would|Do] you mind [helping me|answering a question|if I ask something]? [I need help.|Can you help me?]
[Help|Help me|Please help|Assist me|I need you][!|, please.|]
[I'd|I would] like [to ask you something|you to help me|to ask a question|help with a task].
[Is it okay|Is it all right] if I ask [something|you something|a question]?
[Ready|All set] [for a question|for a task|to help me|to start]?
"""

PRAISE = """
[You are|You're] [so|very|really|quite|truly] [nice|helpful|good|smart|clever|kind|friendly|funny|great][!|.]
[You are|You're] [a good|a great|a nice|a clever|a wonderful|an excellent] [model|assistant|helper|bot|friend|\
machine][!|.]
[That was|This was|What] [a great|a nice|an excellent|a clever|a very good] [answer|reply|explanation|job][!|.]
[Good|Great|Nice|Excellent|Fantastic|Amazing|Wonderful] [job|work|answer|reply|bot|assistant|model][!|.]
[I|I really] [like|love|enjoy] [you|your answers|talking to you|your style|this model|chatting with you][!|.]
[You|You always] [did|do] [very well|a great job|fine work|it well|it right][!|.]
[I'm|I am] [impressed|amazed|a fan of you|happy with you|happy with your answers][!|.]
[I think|I find|I believe] you are [super|very clever|really nice|wonderful|super].
[Impressive|Brilliant|Bravo|Well done|Fantastic|Superb][, model|, Peregrine|, my friend|][!|.]
[Nobody|No one] [helps|answers] me [as well as|better than] you[!|.]
"""

SORRY = """
[I'm|I am|I feel] [so|very|really|a bit|quite] [sad|lonely|tired|down|unhappy|low|miserable|upset|bored|exhausted][|\
 today| right now| these days][.|]
[I|Today I] had [a bad|an awful|a terrible|a hard|a rough|a horrible] [day|morning|week|night|time at work][.|!]
[My|Our] [day|week|morning|weekend] [was|has been|is] [terrible|awful|horrible|bad|a disaster|hard][.|]
[I|I just|Today I] [lost my keys|broke my phone|lost my wallet|missed my train|missed the bus|broke my glasses][.|!]
[I|I just|Yesterday I] failed [my exam|my test|the driving test|in school][.|]
[Everything|Nothing] [goes wrong|went wrong|works|is going well] [today|for me|this week][.|]
[My|Our] [dog|cat|grandmother|child|friend] is [sick|ill|very ill|in the hospital][.|]
[I have|I've got] [a headache|a cold|the flu|a toothache|no friends here][.|]
[Nobody|No one] [likes me|calls me|talks to me|has time for me][.|]
[I|I really] [could not sleep|miss my friend|miss my home|miss my family][.|]
[We lost the game|My team lost|It rains and I am sad|My vacation was canceled|My flight was canceled][.|]
"""

GLAD = """
[I'm|I am|I feel] [so|very|really|quite] [happy|good|great|glad|cheerful|excited|wonderful][| today| right now| \
this morning][.|!]
[I|Today I] had [a great|a wonderful|a lovely|a very good|a fantastic] [day|morning|week|weekend|time][.|!]
[My|Our] [day|week|morning|weekend] [was|has been|is] [great|wonderful|very good|fantastic|lovely][.|!]
[I|I just|Today I] [passed|finished] my [exam|test|driving test|course|project|homework][!|.]
[I|We|I just] [won the prize|won the game|got the first place|got a medal|got good news][!|.]
[Everything|All] [goes well|went well|is going well|is fine|worked] [today|for me|this week][.|!]
[I'm|I am] [doing well|doing fine|fine|great|all right|very well], [thanks|thank you][.|!]
[I|We] [found|got back] my [keys|phone|wallet|cat|glasses][!|.]
[My vacation starts today|My birthday is today and I am happy|The sun shines and I am happy|My friend visits me and \
I am glad][!|.]
[I slept well|I feel rested|I am in love|I am in a great mood|I heard good news][!|.]
"""

CHATTER = """
[Hello|Hi|Hey] Peregrine, {l}
[Good morning|Good evening|Good day][!|.] {q}
[Quick question|Another question|A question|My question|Next question]: {l}
[Honestly|Seriously|Really|Now|Well|And|But], {l}
[I have a question.|Something else.|One more thing.|May I ask?|Just for fun.] {q}
[Okay|Right|Alright]. {q}
[Yes or no|Please say|Answer me]: {l}
"""

MY_NAME = """
[im|i am|my name is|names] {name}
[Hi|Hello|Good morning|Good evening|Hi there|Hello there][,|!|.] [my name is|my name's|I am|I'm|this is|I'm called] \
{name}[.|!|]
[By the way|Also|Before we start|First of all], [my name is|I am|I'm called|you can call me] {name}.
[You may|You can|Please|Just] call me {name}[.|, please.|!]
[Let me|I want to|May I] introduce myself[:|.] [I am|My name is|I'm] {name}.
[The name's|My name's|Name:|I'm|It's] {name}[.|!|]
[I was named|My parents named me|They call me|Everybody calls me|At home I am called|My nickname is|I am known as] \
{name}.
[You are talking to|You're speaking with|On this side it's|Here is|It's me,] {name}.
[Nice|Pleased|Good|Glad] to meet you[, I'm|. I am|. My name is|! I'm] {name}.
[Remember|Note|Keep in mind|Don't forget]: [my name is|I am called|I'm] {name}.
[If you want to know my name|In case you wonder|So you know who I am]: {name}.
{name} [here|is my name|is what people call me|is how I'm called][.|!]
[I'm a teacher|I'm a student|I'm new here|I live in a small town] and my name is {name}.
User name: {name}. [Hello!|Hi!|Greet me.]
Greet me, [I'm|I am|my name is] {name}.
"""

RECALL = """
[whats my name|do u know my name|what was my name again|my name][?|]
[Can|Could|Would] you [please |][tell me|say|repeat|remember] [my name|what my name is|what I am called|the name I \
gave you|who I am]?
[Do|Did] you [still |]remember [my name|what I'm called|who I am|what my name is|the name I told you]?
[What|Which] [name did I tell you|name did I give|did I say I am called|is the name I told you|name do I have]?
[Tell me|Say|Repeat|Recall|Write] [my name|what my name is|who I am|the name that I told you][.|, please.|]
[So|And|Now|Well|Okay|Hey|By the way], [what's my name|what is my name|who am I|do you know my name|how am I called|\
what am I called]?
[How|By what name] [do you call me|should you call me|will you greet me|do I call myself]?
[I forgot|I wonder|I'd like to hear|Let's test your memory.|Quick test.|A small test:] what [is|was] my name[?|]
[Have you forgotten|Have you kept|Did you note|Did you catch] my name? [What is it?|Say it.|Tell me.]
[My name is|My name was|I am called|I am] ... [what|who]?
[Who|With whom] [is talking to you|are you talking|are you talking to|is writing to you]? [Say my name.|Tell me my \
name.|What is my name?]
Greet me [by|with] my name. [What is it?|Do you know it?]
"""

FACTS = {
    True: """
Can you answer short questions?
Can you help with small sums?
Can you sort words?
Can you write a short poem?
Can you count letters?
Can you find facts in a text?
Can you write a sentence for me?
Do you know some capitals?
Do you like to help?
Do you write text?
Are you a language model?
Can you read English?
Can you produce JSON?
Can you name the planets?
Can you compare two numbers?
Do you know the days of the week?
Can you make up a short story?
""",
    False: """
Can you jump?
Can you run?
Do you go to school?
Do you watch movies?
Do you have a car?
Can you swim?
Do you dream at night?
Can you taste food?
Do you have a favorite food?
Can you ride a bike?
Do you have hair?
Can you lift a box?
Do you go shopping?
Can you touch things?
Do you wear shoes?
Do you have a bed?
Can you play football?
Do you feel pain?
Do you ever sleep?
Are you hungry?
Are you thirsty?
Do you love somebody?
""",
}
