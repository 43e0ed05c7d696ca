"""More phrasings of the knowledge skill; see `wording.py` for their form."""

CAPITAL = """
[Which|What] [city|town|place] is {x}'s [capital|capital city]?
[Can|Could|Would] you [please |][tell me|give me|say] [the capital of|the capital city of] {x}?
[Do you know|Do you remember|Any idea] [what the capital of {x} is|which city is the capital of {x}]?
[I'd like to know|I want to know|I wonder|Please tell me] [what the capital of {x} is|which city is the capital of \
{x}].
[Capital city|Capital] [of|for|in] {x}[?|]
{x}['s capital|: capital?|, what's the capital?| has which capital?| - which capital?]
[I'm traveling to|I am going to|We visit|My class talks about] {x}. [What is its capital?|Which city is the \
capital?|What's the capital there?]
The country is {x}. [Name its capital.|What is its capital?|Which is the capital city?]
[Country|Question|Quiz]: {x}\\n[Capital|Capital city|Its capital]?
[Name|Say|State|Give|Write down] [|me ][the capital|the capital city] of {x}.
[In|Of] {x}, which city is the capital?
[Geography quiz|Geography test|Trivia|For my geography homework]: [what's|what is|name] the capital of {x}[?|]
"""

COUNTRY = """
[Which|What] country [has|uses] {x} [as its capital|as its capital city|for a capital]?
[Can|Could] you [tell me|name] the country [whose capital is|with the capital|that has the capital] {x}?
[I'd like to know|I want to know|I wonder|Do you know] [which country has the capital {x}|of which country {x} is \
the capital].
{x} is the capital [city |][of where|of which land|of what nation]?
[In|Of] which country is {x} the capital[ city|]?
[I'm flying to|I visit|My friend lives in] {x}, a capital. [Of which country?|Which country's capital is it?]
The capital is {x}. [Which country is it?|Name the country.|What's the country?]
[Geography quiz|Trivia|Quiz]: {x} is the capital of [which|what] country?
"""

CONTINENT = """
[Which|What] continent [is|has|includes|contains] {x}?
[Can|Could] you [tell me|say|name] [the continent of {x}|which continent {x} is on|on which continent {x} lies]?
[Do you know|I'd like to know|I want to know|I wonder] [which continent {x} is on|on what continent {x} is].
Is {x} in [Europe, Asia, Africa or America|Asia, Africa, America or Europe|Africa, America, Asia or Europe]?
[Continent|The continent] of {x}[?|]
{x} [is in|is on|belongs to] [which|what] continent?
[I'm traveling to|We visit|My class talks about] {x}. [Which continent is that?|What continent is it on?]
[In|On] [which|what] part of the world, I mean continent, is {x}?
"""

OPPOSITE = """
[Can|Could|Would] you [please |][tell me|give me|name|find] [the opposite of|an antonym of|an antonym for] [{x}|\
"{x}"|the word {x}]?
[Which|What] word [is the reverse of|is the antonym of|has the opposite meaning of|says the opposite of] [{x}|"{x}"]?
[Do you know|I'd like to know|I want to know|I wonder] [what the opposite of {x} is|which word is the opposite of \
{x}].
[Opposite|Antonym|The opposite|Opposite word|Contrary] [of|to|for] [{x}|"{x}"][?|]
[Not {x}, but what|If not {x}, then what|The reverse of {x} is what]?
The word is "{x}". [What is its opposite?|Name its opposite.|Which word means the opposite?]
[Word|Input]: {x}\\n[Opposite?|Give the opposite.|Antonym?]
[For a crossword|In my vocabulary test|For my vocabulary list], [what is|give me] the opposite of {x}[?|]
[Say|State|Write|Give] [|me ][the opposite of|the antonym of|a word that is the opposite of] [{x}|"{x}"].
[I look for|I need|I'm looking for] [a|the] word that means the opposite of [{x}|"{x}"].
What's the contrary of {x}?
"""

COLOR = """
[What|Which] color [would you say {x} is|do you give to {x}|does one see on {x}|comes to mind for {x}]?
[Can|Could] you [tell me|name|say] [the color of {x}|what color {x} is|which color {x} has]?
[Do you know|I'd like to know|I want to know|I wonder] [what color {x} is|which color {x} has].
[Color|The usual color|Typical color] of {x}[?|]
[I'm painting|I want to draw|My child draws|I am coloring in] {x}. [Which color do I need?|What color is it?|Which \
color should I take?]
[Which|What] crayon [should I use|do I need] for {x}? Name the color.
[What is|What's] the [usual|typical|normal|natural] color of {x}?
[Normally|Usually|In nature], what color is {x}?
{x} [is|has] [what|which] color?
"""

SOUND = """
[What|Which] [sound|noise] [do you hear from|comes from|is made by|does one hear from] a {x}?
[Can|Could] you [tell me|name|say] [the sound of a {x}|what sound a {x} makes|which noise a {x} makes]?
[Do you know|I'd like to know|I want to know] [what sound a {x} makes|what noise a {x} makes].
[My child asks|A child asks]: what [sound|noise] does a {x} make?
What does a {x} [do|say] [when it makes a sound|when it makes a noise|when it is loud]?
[Sound|Noise] of a {x}[?|]
How does a {x} [make itself heard|call]?
A {x} [does what|makes what noise|makes what sound]?
"""

LEG = """
[Can|Could] you [tell me|say] [how many legs a {x} has|the number of legs of a {x}|how many legs there are on a {x}]?
[I'd like to know|I want to know|I wonder|Say] how many legs a {x} has.
[Number of legs|Leg count|Legs] of a {x}[?|]
[How many|What number of] legs [do you see on|would you count on|are on|belong to] a {x}?
[I'm drawing|My child draws|I want to draw] a {x}. How many legs [does it need|must it have|does it have]?
Does a {x} have [0, 2, 4, 6, 8 or 10|ten, eight, six, four, two or no] legs?
[With|On] how many legs does a {x} [get around|stand|live]?
A {x} [needs|uses|owns] how many legs?
What's the number of legs on a {x}?
"""

BABY = """
[What is|What's] the [name|word|term] for [a baby|a young|the young of a|the baby of a] {x}?
[Can|Could] you [tell me|say|name] [what a baby {x} is called|what a young {x} is called|the word for a young {x}]?
[Do you know|I'd like to know|I want to know|I wonder] [what a baby {x} is called|what one calls a young {x}].
[How|What] do [people|you|they|we] call [the young of a {x}|a young {x}|a baby {x}|a {x}'s baby]?
[Baby|Young|The young of a] {x}: [what is it called|which word]?
[We saw a very young|There was a newborn|My aunt has a young] {x}. What is it called?
[Which|What] word [means|stands for|do I use for] a [young|baby] {x}?
"""

PLURAL = """
[Can|Could|Would] you [please |][tell me|give me|write|form] the plural [form |]of [{x}|"{x}"|the word {x}]?
[Do you know|I'd like to know|I want to know|I wonder] [what the plural of {x} is|how to form the plural of {x}].
[Plural|Plural form|The plural] [of|for] [{x}|"{x}"][?|]
[One {x}, many|1 {x}, 2|One {x}, three|A single {x}, several] [what|...|___]?
[How|In what way] [do I|would you|does one] [write|say|spell] [more than one {x}|{x} in the plural|the plural of {x}]?
[What is|What's] [the right plural|the plural form|the correct plural] of [{x}|"{x}"]?
The noun is {x}. [What is its plural?|Form the plural.|Name its plural.]
[Word|Singular|Noun]: {x}\\n[Plural?|Give the plural.|Its plural?]
[Put|Change|Turn|Convert] [{x}|"{x}"] [into|to] [the plural|its plural|the plural form].
[Which|What] [form|word] [do I use|is right|do I write] for several of {x}? I mean the plural.
[In my grammar test|For my homework|For an English lesson]: what is the plural of {x}?
"""

PAST = """
[Can|Could|Would] you [please |][tell me|give me|write|form] the [past tense|simple past|past form] of [{x}|"{x}"|\
the verb {x}]?
[Do you know|I'd like to know|I want to know|I wonder] [what the past tense of {x} is|how to form the past tense of \
{x}].
[Past tense|Simple past|Past form|The past] [of|for] [{x}|"{x}"|to {x}][?|]
[How|In what way] [do I|would you|does one] [write|say] {x} [in the past|in the past tense|in the simple past]?
[What is|What's] [the right past tense|the past form|the simple past form] of [{x}|"{x}"|to {x}]?
The verb is [{x}|to {x}]. [What is its past tense?|Form the past tense.|Name its past tense.]
[Verb|Word|Present]: {x}\\n[Past tense?|Give the past tense.|Simple past?]
[Put|Change|Turn|Convert] [{x}|"{x}"|the verb {x}] [into|to] [the past tense|the past|the simple past].
Today [we|they|you] {x}, [yesterday|last week] [we|they|you] ...? [Give the past tense.|Which past form fits?]
[In my grammar test|For my homework|For an English lesson]: what is the past tense of {x}?
"""

SYNONYM = """
[Can|Could|Would] you [please |][tell me|give me|name|find|suggest] [a synonym|another word] [for|of] [{x}|"{x}"|\
the word {x}]?
[Which|What] word [is a synonym of|has the same meaning as|can replace|means about the same as] [{x}|"{x}"]?
[Do you know|I'd like to know|I want to know|I wonder about] [another word for {x}|a synonym for {x}].
[Synonym|Another word|A different word|Other word|Similar word] [for|to] [{x}|"{x}"][?|]
The word is "{x}". [What is a synonym?|Name a synonym.|Which word means the same?]
[Word|Input]: {x}\\n[Synonym?|Give a synonym.|Another word?]
[For my essay|In my text|For my letter] I need another word for {x}.
[What could I|What can I|What else could I] [say|write|use] instead of [{x}|"{x}"]?
[I use "{x}" too often|I do not want to repeat "{x}"]. [Give me another word.|What is a synonym?]
"""

WORKER = """
[Can|Could] you [tell me|say|name] [what a person who {x} is called|the job of somebody who {x}|who {x}]?
[Do you know|I'd like to know|I want to know] [what someone who {x} is called|the name of the job of a person who \
{x}].
[What|Which] [job|profession|occupation] does [somebody|someone|a person] have who {x}?
[My neighbor|My aunt|My uncle|My cousin] {x}. [What is the name of that job?|What is that job called?|Which job is \
that?]
[Someone|A person|Somebody] [who|that] {x}: [what is the job called|which job is it|what is the word]?
[What is|What's] the [name|title|word] for [somebody|a person] who {x}?
As a job, [she|he] {x}. What is [she|he]?
"""

PLANET = """
[Can|Could] you [tell me|name|say] [the {n} planet from the Sun|which planet is {n} from the Sun]?
[Do you know|I'd like to know|I want to know] which planet is the {n} from the Sun.
[The |]{n} planet [of|in] [the|our] solar system[?|, please.]
[Starting at|Beginning with|If I start at] the Sun, which planet is [the |]{n}?
[Which|What] planet [takes|has|holds] the {n} place from the Sun?
[In the order|In order] from the Sun, what is the {n} planet?
[For an astronomy quiz|For science class]: what's the {n} planet from the Sun?
"""

PLANET_PLACE = """
[Can|Could] you [tell me|name|say] [the planet after {x}|which planet comes after {x}|which planet follows {x}]?
[Do you know|I'd like to know|I want to know] which planet [comes after|follows|is next after] {x}.
[Next planet|The planet] [after|following|beyond] {x}[?|]
[Flying|Traveling|Moving] away from the Sun, which planet [comes|do I pass|is] [next |]after {x}?
[Which|What] planet [is behind|is next to|lies beyond] {x}, seen from the Sun?
[In order|In the order] from the Sun, what comes after {x}?
"""

PLANET_LIST = """
[Can|Could|Would] you [name|list|tell me|give me] [all the|the|all eight] planets[| of the solar system| of our \
solar system| in order]?
[I'd like|I need|I want] [a list of|the names of|to know] [all |][the |]planets[| of the solar system| in our solar \
system].
[All|The] planets[, in order|, from the Sun outwards|], please.
[Which|What] planets [does our solar system have|do you know in our solar system|belong to the Sun]?
[Planets of the solar system|Planet names|Solar system planets][?|:|]
[My daughter|My son|Our class] learns the planets. [List them.|Name them.|What are they?]
[Write|Show|Print] [|me ]the [names of the |]planets[| in their order].
"""

AND = """
[And how about|And now|Also] {x}?
[Great|Nice|Perfect|Super|Thank you]. [And|Now|Next is|What about] {x}?
[Another|One more|The next one|Last one]: {x}
[Please also do|Also] {x}.
Same [question |]for {x}[?|.]
What is it for {x}?
"""

# More ways to ask for the single facts, by the answer's first words
_HOW_MANY = """
[Can|Could] you [tell me|say] how many {many}?
[I'd like to know|I want to know|Tell me|I wonder] how many {many}.
[Do you know|Do you remember] how many {many}?
"""
_MANY = {
    "A week": "days [are in|there are in|make up] a week",
    "A year has 12": "months [are in|there are in|make up] a year",
    "A day": "hours [are in|there are in|make up] a day", "An hour": "minutes [are in|there are in|make up] an hour",
    "A minute": "seconds [are in|there are in|make up] a minute", "A year has 4": "seasons [there are|a year has]",
    "A triangle": "sides [a triangle has|there are in a triangle]",
    "A square": "sides [a square has|there are in a square]",
    "A hexagon": "sides [a hexagon has|there are in a hexagon]",
    "A pentagon": "sides [a pentagon has|there are in a pentagon]",
    "There are 8": "planets [there are|the Sun has|our solar system has]",
    "There are 7": "continents [there are|the Earth has|exist on Earth]",
    "There are 26": "letters [the alphabet has|are in the English alphabet|there are in the alphabet]",
    "A spider": "legs [a spider has|there are on a spider]",
    "A bicycle": "wheels [a bicycle has|there are on a bicycle]",
    "A car": "wheels [a car has|a normal car has]", "A person": "eyes [a person has|people have]",
    "A hand": "fingers [a hand has|are on one hand|there are on a hand]",
}
_IS = {
    "The largest planet": "the [largest|biggest] planet[| of the solar system| in our solar system]",
    "The smallest planet": "the smallest planet[| of the solar system| in our solar system]",
    "We live": "the planet [that we live on|on which we live|under our feet]",
    "The largest ocean": "the [largest|biggest] ocean[| on Earth| in the world]",
    "The largest continent": "the [largest|biggest] continent[| on Earth| in the world]",
    "The highest mountain": "the [highest mountain|tallest mountain] [on Earth|in the world]",
    "The largest animal": "the [largest|biggest] animal[| on Earth| in the world]",
    "The tallest animal": "the tallest animal[| on Earth| in the world]",
    "The fastest land": "the [fastest land animal|fastest animal on land]",
    "It is the Sun": "the star [at the center|in the middle] of [our|the] solar system",
    "Bees make": "the [food|sweet food] that [bees make|we get from bees]",
    "Cows give": "the drink that [cows give|we get from cows]",
    "Water freezes": "the [freezing point of water|temperature at which water freezes]",
    "Water boils": "the [boiling point of water|temperature at which water boils]",
    "Frozen water": "the [word|name] for [frozen water|water that is frozen]",
    "The formula": "the [chemical formula of water|formula for water|chemical formula for water]",
    "The first letter": "the [first|opening] letter of the [alphabet|English alphabet]",
    "The last letter": "the [last|final] letter of the [alphabet|English alphabet]",
    "The Sun rises": "the [direction|side] where the Sun rises",
    "The Sun sets": "the [direction|side] where the Sun sets",
}
_WHAT_IS = """
[Can|Could] you [tell me|name|give me] {what}?
[Do you know|Do you remember] {what}?
[I'd like to know|I need|Tell me|Say] {what}.
[What would be|What's] {what}?
"""


def of_single(answer):
    """More phrasings for a single fact."""
    for start, what in _MANY.items():
        if answer.startswith(start):
            return _HOW_MANY.replace("{many}", what)
    for start, what in _IS.items():
        if answer.startswith(start):
            return _WHAT_IS.replace("{what}", what)
    return ""
