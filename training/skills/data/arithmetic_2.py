"""More phrasings of the arithmetic skill; see `wording.py` for their form."""

PLUS = """
[What will|What would|What does] {a} and {b} [make|give|come to][| together| in total]?
[How much|What] is {a} and {b}[| together| combined]?
[Could you|Would you|Can you] [sum|add up|add together|total] {a} and {b}[| for me]?
[Total|Sum up|Add up|Add together] {a} and {b}.
[What's|What is] the [total|sum][| when adding| if you add| of adding] {a} and {b}?
[Increase|Raise] {a} by {b}. [What do you get?|What is the result?|Result?]
[If I have|Starting from|Beginning with|Given] {a}, [what is it|what do I get|how much is it] after adding {b}?
What number is {b} more than {a}?
[Which|What] number do [we|you|I] get [when|if] [we|you|I] add {b} to {a}?
[I want|I'd like|I need] to [add|sum] {a} and {b}. [What is it?|How much is that?|What's the result?]
[My homework says|The exercise is|The task is|It says here] {a} + {b}. What is [it|that|the answer|the result]?
[I wonder|I'd like to know|I want to know] [what|how much] {a} + {b} is.
[I am adding|Let's add|We add] {a} and {b}. What [is the total|comes out|is the result|do we get]?
{a} added to {b} [is|makes|gives|equals] [what|how much]?
{a}, plus {b}, [is|makes] how much?
[result of|sum of|answer to] {a} + {b}
[Result|Answer|Total] of {a} + {b}?
[Put|Take] {a} and {b} together[: what's the sum?|. What is the total?|. How much is it?]
[Do you know|Can you work out|Can you figure out] [what|how much] {a} plus {b} is?
Addition: {a} + {b}
[The sum of|The total of] {a} and {b} is [what|which number|how much]?
[Determine|Figure out|Get me|Provide|State] the [sum|total] of {a} and {b}.
[Math|Maths|Calculator|Sum]: {a} + {b}
A + B where A is {a} and B is {b}. [What is it?|Result?]
{a} & {b} added up?
Two numbers: {a} and {b}. [Add them.|What is their sum?|Give their sum.|What do they add up to?]
[Here are|I have] two numbers, {a} and {b}. [Please add them.|What is their sum?|How much are they together?]
Fill in the blank: {a} + {b} = ___
[Complete|Finish] the equation {a} + {b} = ...
[How many|How much] [is that|do I get] if I [put|place] {b} on top of {a}?
{a} [and|with] another {b} [is|makes] [what|how much]?
{b} more than {a} is [what|how much|which number]?
"""

MINUS = """
[What will|What would|What does] {a} minus {b} [make|give|come to]?
[How much|What] is {a} [less|take away|without] {b}?
[How much|What] is {a} [reduced|lowered|decreased] by {b}?
[Could you|Would you|Can you] [take|subtract|deduct] {b} from {a}[| for me]?
[Reduce|Lower|Decrease] {a} by {b}. [What do you get?|What is the result?|Result?]
[What's|What is] the difference [of|when you take] {b} from {a}?
[If I have|Starting from|Beginning with|Given] {a}, [what is left|how much is left|what remains] after [taking away|\
removing|subtracting] {b}?
What number is {b} less than {a}?
[Which|What] number do [we|you|I] get [when|if] [we|you|I] [subtract|take] {b} from {a}?
[I want|I'd like|I need] to subtract {b} from {a}. [What is it?|How much is that?|What's the result?]
[My homework says|The exercise is|The task is|It says here] {a} - {b}. What is [it|that|the answer|the result]?
[I wonder|I'd like to know|I want to know] [what|how much] {a} - {b} is.
[I am taking|Let's take|We take] {b} away from {a}. What [is left|comes out|is the result|remains]?
{b} subtracted from {a} [is|makes|gives|equals] [what|how much]?
{b} from {a} [leaves|is] [what|how much]?
[result of|answer to] {a} - {b}
[Result|Answer] of {a} - {b}?
[Deduct|Remove|Take] {b} from {a}[: what's left?|. What remains?|. How much is left?]
[Do you know|Can you work out|Can you figure out] [what|how much] {a} minus {b} is?
Subtraction: {a} - {b}
The difference between {a} and {b} is [what|which number|how much]?
[Determine|Figure out|Get me|Provide|State] the difference between {a} and {b}.
[Math|Maths|Calculator]: {a} - {b}
[How far|How big is the step] from {b} to {a}?
[How much|By how much] is {a} more than {b}?
Two numbers: {a} and {b}. [Subtract the second from the first.|What is the first minus the second?]
Fill in the blank: {a} - {b} = ___
[Complete|Finish] the equation {a} - {b} = ...
{b} less than {a} is [what|how much|which number]?
How much [must|do] I add to {b} to [get|reach] {a}?
"""

TIMES = """
[What will|What would|What does] {a} times {b} [make|give|come to]?
[How much|What] is {a} by {b}, multiplied?
[Could you|Would you|Can you] multiply {a} [and|with|by] {b}[| for me]?
[What's|What is] the product when {a} is multiplied by {b}?
[Which|What] number do [we|you|I] get [when|if] [we|you|I] multiply {a} by {b}?
[I want|I'd like|I need] to multiply {a} by {b}. [What is it?|How much is that?|What's the result?]
[My homework says|The exercise is|The task is|It says here] {a} x {b}. What is [it|that|the answer|the result]?
[I wonder|I'd like to know|I want to know] [what|how much] {a} times {b} is.
{a} multiplied [by|with] {b} [is|makes|gives|equals] [what|how much]?
[result of|product of|answer to] {a} * {b}
[Result|Answer|Product] of {a} * {b}?
[Do you know|Can you work out|Can you figure out] [what|how much] {a} times {b} is?
Multiplication: {a} x {b}
The product of {a} and {b} is [what|which number|how much]?
[Determine|Figure out|Get me|Provide|State] the product of {a} and {b}.
[Math|Maths|Calculator|Times table]: {a} * {b}
Two numbers: {a} and {b}. [Multiply them.|What is their product?|Give their product.]
Fill in the blank: {a} x {b} = ___
[Complete|Finish] the equation {a} * {b} = ...
[Help me with the times tables|Times table question|Let's practice the times tables]: {a} times {b}?
[How much|What] is {b} taken {a} times?
[How many|How much] are {a} groups of {b}?
[In the times table|From the times table], what is {a} times {b}?
{a} x {b} [is|makes|equals] [what|how much]?
"""

DIVIDED = """
[What will|What would|What does] {a} divided by {b} [make|give|come to]?
[How much|What] is {a} over {b}?
[Could you|Would you] divide {a} by {b}[| for me]?
[What's|What is] the [quotient|result] when {a} is divided by {b}?
[Which|What] number do [we|you|I] get [when|if] [we|you|I] divide {a} by {b}?
[I want|I'd like|I need] to divide {a} by {b}. [What is it?|How much is that?|What's the result?]
[My homework says|The exercise is|The task is|It says here] {a} / {b}. What is [it|that|the answer|the result]?
[I wonder|I'd like to know|I want to know] [what|how much] {a} divided by {b} is.
[result of|quotient of|answer to] {a} / {b}
[Result|Answer] of {a} / {b}?
[Do you know|Can you work out|Can you figure out] [what|how much] {a} divided by {b} is?
Division: {a} / {b}
The quotient of {a} and {b} is [what|which number|how much]?
[Determine|Figure out|Get me|Provide|State] the quotient of {a} and {b}.
[Math|Maths|Calculator]: {a} / {b}
[Split|Share] {a} into {b} equal parts. How [big|large] is each[| part]?
If {a} is [split|shared|divided] evenly [by|among] {b}, how much does each get?
Fill in the blank: {a} / {b} = ___
[Complete|Finish] the equation {a} / {b} = ...
[How many times|How often] is {b} contained in {a}?
"""

AGAIN = """
[And now|Also|Next,|Now] {a} {op} {b}[|?|.]
[What's|How much is] {a} {op} {b}?
[Great|Perfect|Nice|Super|Correct|Yes|Thank you]. [And|Now|What about|Next] {a} {op} {b}?
[Another|One more|The next one|Last one]: {a} {op} {b}
[Please also do|Please do|Also compute|Also work out] {a} {op} {b}.
[and|then] what is {a} {op} {b}
[Could you|Can you] [also do|do] {a} {op} {b}?
[Similarly|Likewise], {a} {op} {b}?
"""

CHAIN_PLUS = """
[What is it|How much is it|What do I get] [when|if] I [add|put in] another {b}?
[And|Now] [increase|raise] [it|that|the result] by {b}.
[Then|And] {b} on top[| of that]?
[Take that and|Take the result and] add {b}.
[Add|Put] another {b} [to it|on top].
[What's|What is] the [result|sum|last number] plus {b}?
{b} more [than that|please]?
"""

CHAIN_MINUS = """
[What is left|How much is left|What do I get] [when|if] I take away {b}?
[And|Now] [reduce|lower] [it|that|the result] by {b}.
[Then|And] {b} off[| that]?
[Take that and|Take the result and] subtract {b}.
[Remove|Deduct] {b} from [it|the result].
[What's|What is] the [result|last number] minus {b}?
{b} less [than that|please]?
"""

LARGER = """
[Between|Out of] {a} and {b}, which [one is|is|number is] [larger|bigger|greater|higher]?
[Is|Which is] {a} or {b} the [larger|bigger|greater|higher] [number|one|value]?
[I have|Here are|There are] two numbers, {a} and {b}. [Which is larger?|Which one is bigger?|Which is the greater \
one?]
[Compare {a} with {b}|Look at {a} and {b}|Take {a} and {b}]. Which [one |number |]is [bigger|larger|greater|higher]?
[Larger|Bigger|Greater|Higher|Max]: {a} or {b}?
[Name|Choose|Select|Pick|Give|Say] the [larger|bigger|greater|higher] [of|one of] {a} and {b}.
[Which|What] number is [bigger|higher|greater], {a} or {b}?
[Can you tell me|Do you know|Tell me|I'd like to know] [which is larger|which number is bigger|which one is \
greater], {a} or {b}[?|]
Does {a} or {b} have the [higher|greater|larger] value?
[Team A has {a} points, team B has {b}|We have {a} points and they have {b}]. Which number is [larger|higher]?
max({a}, {b})
[Of the two|Of these two], {a} and {b}, which is [bigger|larger|greater]?
{a} vs {b}[: which is larger?|, which one is bigger?|. Which is greater?]
[Find|Determine] the [larger|bigger|greater] number: {a}, {b}
"""

SMALLER = """
[Between|Out of] {a} and {b}, which [one is|is|number is] [smaller|lower|less]?
[Is|Which is] {a} or {b} the [smaller|lower|lesser] [number|one|value]?
[I have|Here are|There are] two numbers, {a} and {b}. [Which is smaller?|Which one is lower?|Which is the smaller \
one?]
[Compare {a} with {b}|Look at {a} and {b}|Take {a} and {b}]. Which [one |number |]is [smaller|lower|less]?
[Smaller|Lower|Less|Min]: {a} or {b}?
[Name|Choose|Select|Pick|Give|Say] the [smaller|lower] [of|one of] {a} and {b}.
[Which|What] number is [smaller|lower], {a} or {b}?
[Can you tell me|Do you know|Tell me|I'd like to know] [which is smaller|which number is lower|which one is less], \
{a} or {b}[?|]
Does {a} or {b} have the [lower|smaller] value?
[Shop A asks {a}, shop B asks {b}|One costs {a} and the other {b}]. Which number is [smaller|lower]?
min({a}, {b})
[Of the two|Of these two], {a} and {b}, which is [smaller|lower]?
{a} vs {b}[: which is smaller?|, which one is lower?|. Which is less?]
[Find|Determine] the [smaller|lower] number: {a}, {b}
"""

DRILL = """
[What are the results|What are the answers|What do you get] for {sums}?
[Solve|Do|Complete|Finish|Answer] [all of these|the following|each of these|the sums][|, please]: {sums}
[I have|There are] [some|several|a few] [sums|problems|exercises] [to do|here]: {sums}
[Exercises|Problems|Tasks|Math test|Worksheet|Sums]: {sums}
[Could you|Would you|Can you] [calculate|compute|work out|solve] [these|all of these][| for me]: {sums}
[My teacher gave me these|My worksheet has these|Check these for me]: {sums}
[Evaluate|Calculate|Compute|Determine] [the following|all of them|these]: {sums}
[How much is each of these|What is each of these]: {sums}
Results, please: {sums}
[Give|Write|Show] the [answers|results] to {sums}
"""

MORE = """
{name} [has|had|keeps|holds] {a} {things}, [and then|and later|and after that] [gets|finds|receives|buys] {b} more.
{name}'s [bag|box|drawer|basket|shelf] holds {a} {things}. [Now|Then|Later] {name} puts {b} more [into it|in].
[At first|In the morning|To begin with] {name} has {a} {things}. [Later|In the evening|Then] {b} more [are added|\
come|arrive].
{name} [won|made|found|got] {a} {things} [last week|on Sunday|in May] and {b} [this week|on Monday|in June].
There [are|were] {a} {things} [in the kitchen|on the shelf|in the box|at home], and {name} [brings|brought|adds|\
added] {b} [more|others].
[In one box|In one hand|In one bag] {name} has {a} {things}, and in the other {b}.
{name} gets {a} {things} from [an uncle|a neighbor|a cousin|Mom] and {b} from [an aunt|a friend|Dad|a teacher].
{name} [has|owns] {a} {things}. For [a birthday|the party|the holidays], {name} gets {b} more.
{name} counts {a} {things} [on the left|in one room|here] and {b} [on the right|in another room|there].
{name} has {a} old {things} and {b} new ones.
{name} [bought|ordered|picked up] {a} {things}. The next day, {name} [bought|ordered|picked up] another {b}.
After [work|school|lunch], {name} [adds|puts] {b} {things} to the {a} that [are|were] [already there|there before].
{name} has {a} red {things} and {b} blue {things}.
"""

FEWER = """
{name} [has|had] {a} {things}, but then [loses|sells|uses|breaks|gives away] {b}[| of them].
{name}'s [bag|box|drawer|basket|shelf] holds {a} {things}. {name} takes {b} out.
[At first|In the morning|To begin with] {name} has {a} {things}. [Later|In the evening|Then] {b} [are gone|are \
taken away|get lost].
{name} [won|made|found|got] {a} {things} and [lost|sold|returned] {b} [of them|the next day|later].
There [are|were] {a} {things} [on the shelf|in the box|at home]. {name} [takes|removes|uses] {b} of them.
Of {name}'s {a} {things}, {b} are [broken and thrown away|sold|given to a friend|lost].
{name} owns {a} {things} and [gives|hands|sends|sells] {b} to [a brother|a sister|a neighbor|the school].
{name} [bought|ordered] {a} {things}. {b} had to be [thrown away|sent back|returned].
{name} [has|had] {a} {things} [for sale|in the shop] and sells {b} [today|in the morning|on Monday].
A [dog|friend|thief|neighbor] takes {b} of {name}'s {a} {things}.
{name} [wants to keep|keeps] {a} {things}, but {b} [fall|fell] into the river.
From {a} {things}, {name} gives {b} away.
After {name} [lost|sold|used|gave away] {b} of {a} {things}, some were left.
"""

EACH = """
{name} has {a} [boxes|bags|jars|bowls|packs], and [each|every one] [has|holds|contains] {b} {things}.
[Each|Every] [box|bag|pack|jar] holds {b} {things}. {name} has {a} of [them|these].
{name} [buys|orders|carries|owns] {a} [boxes|bags|packs] with {b} {things} [in each|each|per pack].
{name} puts {b} {things} [on each of|onto each of] {a} plates.
There are {a} [shelves|tables|rooms] with {b} {things} each, and all belong to {name}.
{name} gives {b} {things} to each of {a} [friends|children|guests], and nothing is left over.
For {a} days, {name} [collects|buys|makes|finds] {b} {things} [a day|each day|every day].
{a} [boxes|packs|bags] of {b} {things} each belong to {name}.
{name} has {a} times {b} {things}.
In {name}'s [garden|room|house|shop] there are {a} [rows|groups|piles] of {b} {things}.
One box holds {b} {things}. {name} has {a} [such boxes|of these boxes|boxes like that].
"""

HOW_MANY = """
[|And ][|so ]how many {things} [does {name} have|has {name} got] [now|at the end|in the end|after that]?
How many {things} [does {name} have|are there|is it] [then|afterwards|at the end]?
[What's|What is] the [number|count] of {things} now?
[Work out|Calculate|Say|Find out] how many {things} {name} has[| now].
With how many {things} does {name} end up?
[I wonder|I'd like to know] how many {things} {name} has now.
How many {things} [would|will] {name} have?
[Do you know|Can you say|Can you work out] how many {things} {name} has now?
"""

HOW_MANY_ALL = """
[|And ]how many {things} [does {name} have|has {name} got|are there|is it] [in all|altogether|in total|all together|\
overall]?
[What's|What is] the total [number|count] of {things}?
[Work out|Calculate|Say|Find out] how many {things} there are in [all|total].
[I wonder|I'd like to know] how many {things} that makes.
How many {things} does that make[| in all| altogether| in total]?
[Do you know|Can you say|Can you work out] how many {things} there are in all?
How many {things} [in total|altogether|in all]?
"""

THINGS = """
pens
magnets
rulers
plums
walnuts
brushes
ribbons
mugs
tiles
bananas
badges
notebooks
dolls
bricks
tomatoes
potatoes
coconuts
rings
feathers
scarves
hats
posters
erasers
"""
