"""More phrasings of the spelling skill; see `wording.py` for their form."""

SPELL = """
[Could you|Would you|Can you|Will you] [please |]spell [out |][{w}|the word {w}|"{w}"][| for me]?
[What are|Name|Tell me|Give me|Write down] the letters [of|in] [{w}|the word {w}|"{w}"][, in order|, one by one|, \
one after the other].
[What is|What's] the [right |correct |]spelling of [{w}|the word {w}|"{w}"]?
[I need|I want|I'd like] [the spelling of|the letters of|you to spell] [{w}|"{w}"|the word {w}].
[I don't know|I forgot|I am not sure|Please show me] how [to spell|one spells|you spell] [{w}|"{w}"].
[Do you know|Can you tell me|Could you show me] how [to spell|you spell|one spells] [{w}|"{w}"|the word {w}]?
[Split|Divide|Cut] [the word {w}|{w}|"{w}"] [into|up into] [letters|single letters|its letters].
[Spelling|Spelling of|Letters of|Spelled]: {w}
[Word|Text|Input]: {w}\\n[Task: spell it|Spell it|Spell this word|List its letters].
{w} [spelled|written] out[|, letter by letter], please.
[Type|Print|Write|Put] [the word {w}|{w}|"{w}"] [letter by letter|one letter at a time|with its letters apart].
[For a spelling bee|For a crossword|On the phone I must spell it|In a dictation], [spell|please spell] {w}.
[How|In what way] [is|do they spell|should I spell|must I spell] [{w}|"{w}"][| correctly]?
The word is {w}. [Spell it.|How is it spelled?|How do you spell it?|Spell it out.]
[Which|What] letters [make up|form|does one need for] [{w}|"{w}"|the word {w}]?
[S-p-e-l-l it out|One letter after another|Letter by letter|With hyphens]: {w}
[Separate|Part] [the letters|every letter|each letter] [in|of] [{w}|"{w}"].
"""

COUNT = """
[How many|What number of] [letters|characters] [are there|does one find|do you count|can you count] in [{w}|"{w}"|\
the word {w}]?
[Can|Could|Would] you [count|tell me the number of|say how many are] the letters [of|in] [{w}|"{w}"|the word {w}]?
[What is|What's] the [letter count|length in letters|number of characters] of [{w}|"{w}"|the word {w}]?
[How long|How many letters long|How many characters long] is ["{w}"|{w}]?
[Letter count|Word length|Length|Number of characters|Letters] [of|for|in] {w}[?|]
[Find out|Say|Tell me|I'd like to know|I want to know|Work out] [how many letters {w} has|how long the word {w} is].
[Count|Please count|Let's count] [the letters|the characters|every letter] [of|in] ["{w}"|{w}|the word {w}].
The word is {w}. [How many letters does it have?|How long is it?|Count its letters.|What is its length?]
[Word|Text|Input]: {w}\\n[How many letters?|Count the letters.|Number of letters?]
[For a crossword|In my puzzle|For Scrabble], how many letters [are in|does|has] {w}?
[Do you know|Can you work out] [how many letters {w} has|how long the word {w} is]?
If I [write|type] {w}, how many letters [do I write|is that|are there]?
length("{w}")
{w} [consists of|is made up of|is written with] how many letters?
"""

FIRST = """
[Which|What] letter [is at the start of|is at the beginning of|comes first in|stands first in|does one write first \
in] [{w}|"{w}"|the word {w}]?
[Can|Could|Would] you [tell me|name|give me] the [first|initial|starting|opening] letter of [{w}|"{w}"|the word {w}]?
[What is|What's] the [initial|starting|beginning|opening|very first] letter of [{w}|"{w}"|the word {w}]?
[What|Which letter] does the word {w} [start|begin] with?
[First letter|Initial letter|Initial|Starting letter] [of|for|in] {w}[?|]
[Say|Tell me|I'd like to know|I want to know] [which letter {w} starts with|with what letter {w} begins|how {w} \
starts].
The word is {w}. [What is its first letter?|Which letter does it start with?|Name its initial letter.]
[Word|Text|Input]: {w}\\n[First letter?|Which letter is the first?|Give the first letter.]
[Return|Print|Show|Give] [only |just |]the first letter of [{w}|"{w}"].
[Under|For] which letter do I find {w} in a dictionary? I mean its first letter.
[I need|I want] the [first|initial] letter of [{w}|"{w}"|the word {w}].
Letter number one in {w}?
"""

LAST = """
[Which|What] letter [is at the end of|comes last in|stands last in|does one write last in] [{w}|"{w}"|the word {w}]?
[Can|Could|Would] you [tell me|name|give me] the [last|final|ending|closing] letter of [{w}|"{w}"|the word {w}]?
[What is|What's] the [final|ending|closing|very last] letter of [{w}|"{w}"|the word {w}]?
[What|Which letter] does the word {w} [end|finish] with?
[Last letter|Final letter|Ending letter|End letter] [of|for|in] {w}[?|]
[Say|Tell me|I'd like to know|I want to know] [which letter {w} ends with|with what letter {w} ends|on which letter \
{w} ends].
The word is {w}. [What is its last letter?|Which letter does it end with?|Name its final letter.]
[Word|Text|Input]: {w}\\n[Last letter?|Which letter is the last?|Give the last letter.]
[Return|Print|Show|Give] [only |just |]the last letter of [{w}|"{w}"].
[I need|I want] the [last|final] letter of [{w}|"{w}"|the word {w}].
Which letter [finishes|ends] [the word |]{w}?
"""

UPPER = """
[Can|Could|Would] you [put|turn|change|convert|write] [{w}|"{w}"|the word {w}] [into|in] [uppercase|upper case|\
capital letters|all caps|capitals]?
[Type|Print|Show|Return|Give me|Output] [{w}|"{w}"|the word {w}] in [uppercase|upper case|capital letters|all caps|\
capitals|block letters].
[Convert|Turn|Change|Transform] [{w}|"{w}"|the word {w}] [to|into] [all caps|capital letters|uppercase letters|\
capitals].
[Uppercase|Upper case|Capitals|All caps|Caps]: {w}
[How do I|How does one|How would you] write {w} in [capital letters|upper case|capitals]?
[I need|I want|I'd like] [{w}|"{w}"] in [uppercase|capital letters|capitals|all caps].
The word is {w}. [Write it in capitals.|Put it into upper case.|Make it uppercase.]
[Word|Text|Input]: {w}\\n[Write it in capitals.|Convert to uppercase.|Upper case, please.]
[Capitalize|Raise|Make capitals of] [all|all the|every one of the] letters of [{w}|"{w}"].
[Make|Have] [all|every one of] the letters in {w} [capital|uppercase|big].
upper("{w}")
[What is|What's] the [uppercase|upper case|all caps] [form|version] of [{w}|"{w}"]?
[For a sign|For a title|For a heading], write {w} in [capital letters|capitals].
"""

LOWER = """
[Can|Could|Would] you [put|turn|change|convert|write] [{w}|"{w}"|the word {w}] [into|in] [lowercase|lower case|\
small letters]?
[Type|Print|Show|Return|Give me|Output] [{w}|"{w}"|the word {w}] in [lowercase|lower case|small letters].
[Convert|Turn|Change|Transform] [{w}|"{w}"|the word {w}] [to|into] [lowercase letters|small letters|all lower case].
[Lowercase|Lower case|Small letters|No caps]: {w}
[How do I|How does one|How would you] write {w} in [small letters|lower case]?
[I need|I want|I'd like] [{w}|"{w}"] in [lowercase|small letters|lower case].
The word is {w}. [Write it in small letters.|Put it into lower case.|Make it lowercase.]
[Word|Text|Input]: {w}\\n[Write it in small letters.|Convert to lowercase.|Lower case, please.]
[Remove|Take away] the [capitals|capital letters] [from|in] {w} by making them small.
[Make|Have] [all|every one of] the letters in {w} [small|lowercase].
lower("{w}")
[What is|What's] the [lowercase|lower case] [form|version] of [{w}|"{w}"]?
I [left caps lock on|typed it too loud]: {w}. [Make it lowercase.|In small letters, please.]
"""

REVERSE = """
[Can|Could|Would] you [reverse|turn around|flip|write backwards] [{w}|"{w}"|the word {w}]?
[What is|What's|What do you get with] [{w}|"{w}"|the word {w}] [in reverse|reversed|read backwards|backwards|from \
right to left]?
[Type|Print|Show|Return|Give me|Write|Spell] [{w}|"{w}"|the word {w}] [backwards|in reverse|reversed|in reverse \
order].
[Reverse|Turn around|Invert] [the letters of|the letters in|the order of the letters of|the spelling of] [{w}|"{w}"].
[Reverse|Reversed|Backwards|Mirror]: {w}
[How do I|How does one|How would you] [write|spell|say] {w} backwards?
[I need|I want|I'd like] [{w}|"{w}"] [backwards|in reverse|reversed].
The word is {w}. [Write it backwards.|Reverse it.|What is it backwards?|Turn it around.]
[Word|Text|Input]: {w}\\n[Reverse it.|Write it backwards.|Backwards, please.]
[Which|What] word [comes out|appears|do you get] if [you reverse|I read|one reads] {w} [|from the end|from its end]?
[If|When] you [read|spell|write] {w} from [the end to the start|right to left|back to front], what do you get?
[Begin|Start] with the last letter of {w} and go to the first. What [word |]do you get?
reverse("{w}")
[For a secret code|As a game|In a mirror], write {w} backwards.
"""

HAS = """
[Can|Could] you [find|see|spot] [the letter {l}|a letter {l}|the letter "{l}"] in [{w}|"{w}"|the word {w}]?
[Is|Do you find] [the letter {l}|the letter "{l}"] [in|anywhere in|among the letters of] [{w}|"{w}"|the word {w}]?
[Does|Would] [{w}|"{w}"|the word {w}] [include|have|contain|use] [the letter {l}|the letter "{l}"|any letter {l}]?
[Say|Tell me|Check|I'd like to know|I want to know] [if|whether] [the letter {l}|the letter "{l}"] [is in|occurs in|\
appears in] [{w}|"{w}"].
[Is|Was] {w} written with [the letter {l}|a letter {l}]?
The word is {w}. [Does it contain the letter {l}?|Is the letter {l} in it?|Has it got the letter {l}?]
[Word|Text|Input]: {w}\\n[Does it have the letter {l}?|Is the letter {l} in it?]
[Has|Has the word] {w} got [the letter {l}|a letter {l}][| in it]?
Is [the letter {l}|the letter "{l}"] one of the letters of {w}?
In {w}, is there [the letter {l}|a letter {l}]?
[When I write|If I spell|To write] {w}, [do I need|do I use] the letter {l}?
Letter {l} in {w}: [yes or no|is it there]?
[Yes or no|True or not]: {w} [contains|has] the letter {l}?
"""

AND = """
[And how about|And now|And then|Also] [{w}|"{w}"|the word {w}]?
[Great|Nice|Perfect|Super|Thank you]. [And|Now|Next is|What about] {w}?
[Another|One more|The next one|Last one]: {w}
[Please also do|Please do|Also do|Also] {w}.
[Could you|Can you|Would you] do {w}[ too| as well| next]?
Same [question |thing |]for {w}[?|.]
[I also need|I need this for] {w}[ as well| too].
"""
