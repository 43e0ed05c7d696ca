"""More phrasings of the counting skill; see `wording.py` for their form. `{rows}` is the list with one item a line."""

COUNT = """
[Could you|Would you|Will you] [please |]count [from|up from] {a} [to|until|up to] {b}[| for me]?
[Numbers|Every number|All numbers|Whole numbers|Integers] [from|between] {a} [to|and] {b}, both included.
[I need|I'd like|I want] [the|all] [numbers|whole numbers|integers] [from|starting at] {a} [to|up to|until] {b}.
[List|Write|Print|Show|Name|Output] [all|the|all the] [numbers|whole numbers|integers] from {a} [through|up to|to] \
{b}.
[Write down|Type out|Put down] {a} to {b} [in order|one after the other|in numbers].
[Start|Begin|Start counting] [at|from|with] {a} and [stop|end|finish] at {b}.
[Count|Counting] {a} [through|till|up to] {b}[|.]
[What comes|What do you say] when you count from {a} to {b}?
[How does|How would] one count from {a} to {b}?
[Give|Show] me [a list of the|the list of|all] numbers from {a} [up |]to {b}.
[Let's play hide and seek|My child learns to count|We are practicing numbers]: count from {a} to {b}.
[First number|From|Start]: {a}\\n[Last number|To|End]: {b}\\n[Count.|List all numbers.|Count up, please.]
Which [whole |]numbers [lie|are there|do I pass] from {a} up to {b}, with both ends?
Do you know how to count from {a} to {b}? [Show me.|Do it.|Go ahead.]
I [start|begin] at {a}. Count on until {b}.
"""

DOWN = """
[Could you|Would you|Will you] [please |]count [down|backwards] from {a} [to|until] {b}[| for me]?
[Numbers|All numbers|Whole numbers] from {a} down to {b}, please.
[I need|I'd like|I want] [the numbers|a countdown] from {a} [down |]to {b}[|, backwards].
[List|Write|Print|Show|Name] the numbers [backwards|in reverse|downwards] from {a} to {b}.
[Start|Begin] [at|from|with] {a} and go [down|back] to {b}.
[Count|Counting] {a} [down to|back to] {b}[|.]
[The rocket starts soon|The race begins|New Year is near]: count down from {a} to {b}.
[From|Start]: {a}\\n[To|End]: {b}\\n[Count down.|Count backwards, please.]
What comes when you count backwards from {a} to {b}?
Reverse counting, {a} to {b}.
Do you know how to count back from {a} to {b}? [Show me.|Do it.|Go ahead.]
"""

ITEMS = """
[How many|What number of] [words|items|entries|things|elements] [are there in|does one find in|do you see in|can \
you count in] {list}?
[How many|What number of] [words|items|entries|things|elements] [are listed|are here|do you see|is that|is it] \
[below|]?\\n{rows}
[Count|Please count|Can you count] [the|all|these] [words|items|entries|elements|lines][:| for me:]\\n{rows}
[Here is|This is|I have] [my|a|the] [shopping |packing |to-do |]list:\\n{rows}\\n[How many items are on it?|How \
many entries is that?|How long is it?|Count them.]
{rows}\\n\\nHow many [items|words|entries|lines] [is that|are there|are these|do you count]?
[The bag holds|In my bag I have|I packed|I bought|I see|On the table I see] {list}. How many [things|items|words] \
is that?
[Count|Number of items|Word count|Items|How many]: {list}
[Find out|Say|Tell me|I'd like to know|I want to know] how many [words|items|entries] there are in {list}.
[Of how many|From how many] [words|items|entries] does [this list|the list] consist: {list}?
[What is|What's] the [length|size] of [this|the following|my] list: {list}?
[What's|What is] the [count|total] of [words|items|entries] here: {list}?
[These are my words|My words|Words|Tags|Keywords]: {list}. [How many are there?|How many is that?|Count them.|What \
is their number?]
"{list}" - how many words?
[Text|List|Input]: {list}\\n[Question|Task]: [How many words are there?|How many items does it have?|Count the words.]
<list>\\n{rows}\\n</list>\\nHow many entries are in [the|this] list?
[I count|Somebody counts] the words {list}. [What is the result?|How many are they?]
The following words are given: {list}. [Give their number.|State how many there are.|How many?]
"""

NTH_ITEM = """
[Which|What] [word|item|entry|element] is [in|at] [the {n} place|the {n} position|position {n}] [of|in] {list}?
[Which|What] [word|item|entry|element] [stands|comes|is|appears] {n} [here|in this list|in the list|in the row]: \
{list}?
[Which|What] is the {n} [word|item|entry|line|element] [below|here|of this list]?\\n{rows}
[Here is|This is|I have] [my|a|the] list:\\n{rows}\\n[What is|What's|Tell me|Name|Which is] the {n} [item|entry|\
line|word]?
{rows}\\n\\n[What is|What's|Give me|Name] the {n} [item|entry|line|word]?
[I packed|I bought|I saw|I wrote|We ordered] {list}, in this order. What [was|is] the {n} [thing|one|item]?
[Look at|Take|Read|Consider] the list {list}. [What is|Which is|Say|Name] the {n} [word|item|entry|element].
[Say|Return|Print|Output|Give] [only the|the|just the] {n} [word|item|entry|element] of {list}.
[I need|I want|I'd like] the {n} [word|item|entry|element] of {list}.
[Can you|Could you|Would you] [tell me|name|find|pick] the {n} [word|item|entry|element] [in|of] {list}?
[Do you know|Do you see] which [word|item] is the {n} of {list}?
[Words|List|Items|Input]: {list}\\n[Question|Task]: [What is the {n} one?|Name the {n} word.|Which is the {n} item?]
{n} [word|item|entry|element] of: {list}
[The runners arrived like this|The guests came in this order|The order is]: {list}. Who or what was {n}?
<list>\\n{rows}\\n</list>\\n[What is|Tell me] the {n} entry[?|, please.]
In {list}, [what|which one] is {n}?
If I read {list}, which word [do I read|is] {n}?
"""

SORT = """
[Can you|Could you|Would you] [sort|order|arrange] [these|the following|my] numbers[| from low to high| in \
ascending order][:|?] {list}
[Sort|Order|Arrange|Rank] [them|the following|the numbers|these] [from the smallest to the largest|from low to high|\
in increasing order|ascending|upwards]: {list}
[Sort|Order|Arrange] [these|the] numbers[, please|]:\\n{rows}
{rows}\\n\\n[Sort these numbers|Put them in order|Arrange them from smallest to largest], please.
[I have|I got|There are|We have] the numbers {list}. [Put them in order.|Sort them, please.|What is their order \
from small to large?]
[What do|How do] {list} look [when sorted|in ascending order|sorted from small to large|in order]?
[Put|Bring|Get] {list} [into|in] [ascending|increasing|the right|numerical] order.
[Starting with the smallest|Smallest first|From low to high|In ascending order], [list|write|give|order] {list}.
[I need|I'd like|I want] [these|the following] numbers [sorted|in order|in ascending order]: {list}
[Numbers|Input|Values|Scores|Prices]: {list}\\n[Task|To do]: [sort|sort ascending|put them in order]
[The scores are|The prices are|The ages are] {list}. Sort them from low to high.
[Ascending order|Sorted list|Sorted|Increasing order] of {list}?
What order is right, from small to large: {list}?
Line up {list} from the smallest to the largest.
"""

SORT_DOWN = """
[Can you|Could you|Would you] [sort|order|arrange] [these|the following|my] numbers [from high to low|in descending \
order|from largest to smallest][:|?] {list}
[Sort|Order|Arrange|Rank] [them|the following|the numbers|these] [from the largest to the smallest|from high to low|\
in decreasing order|descending|downwards]: {list}
[Sort|Order|Arrange] [these|the] numbers, [largest|biggest|highest] first:\\n{rows}
{rows}\\n\\n[Sort these numbers in descending order|Put them in order, largest first|Arrange them from largest to \
smallest], please.
[I have|I got|There are] the numbers {list}. [Put them in descending order.|Sort them from high to low.]
[How do|What do] {list} look [in descending order|sorted from large to small]?
[Put|Bring] {list} [into|in] [descending|decreasing] order.
[Starting with the largest|Largest first|From high to low|In descending order], [list|write|give|order] {list}.
[I need|I'd like|I want] [these|the following] numbers [in descending order|sorted from large to small]: {list}
[Numbers|Input|Values|Scores]: {list}\\n[Task|To do]: [sort descending|sort from high to low]
[The scores are|The prices are|The points are] {list}. Sort them, the highest first.
"""

ALPHABET = """
[Can you|Could you|Would you] [sort|order|arrange|put] [these|the following|my] words [alphabetically|in \
alphabetical order|from A to Z][:|?] {list}
[Sort|Order|Arrange|List] [them|the following|the words|these] [from A to Z|alphabetically|in alphabetical order|by \
letter]: {list}
[Sort|Order|Arrange] [these|the] words [alphabetically|from A to Z|by the alphabet]:\\n{rows}
{rows}\\n\\n[Sort these words|Put them in alphabetical order|Arrange them from A to Z], please.
[I have|I got|There are|We have] the words {list}. [Put them in alphabetical order.|Sort them from A to Z.|What is \
their alphabetical order?]
[How do|What do] {list} look [when sorted alphabetically|in alphabetical order]?
[Put|Bring|Get] {list} [into|in] [alphabetical|dictionary|A to Z] order.
[In alphabetical order|From A to Z|Alphabetically], [list|write|give|order] {list}.
[I need|I'd like|I want] [these|the following] words [sorted alphabetically|in alphabetical order|sorted from A to \
Z]: {list}
[Words|Input|Names|Entries]: {list}\\n[Task|To do]: [sort alphabetically|sort from A to Z|alphabetical order]
In [what|which] order [do|would] {list} [stand in a dictionary|come in a dictionary]?
[For my index|For a glossary|For the list], sort {list} alphabetically.
[Alphabetical order|A to Z]: {list}
"""

LARGEST = """
[Which|What] [is|one is] the [largest|biggest|highest|greatest] [number|value|one] [in|of|among|out of] {list}?
[Can you|Could you] [find|tell me|pick] the [largest|biggest|highest|greatest] [number|value] [in|of|among] {list}?
[Which|What] number is [the largest|the biggest|the highest] here?\\n{rows}
{rows}\\n\\n[Which is the largest?|What is the biggest number?|Name the highest value.]
[I have|Here are|There are|We got] the numbers {list}. [What is the largest?|Which one is the highest?|Find the \
maximum.]
[Find|Give|Name|Return|Say|Pick|Show] the [maximum|largest|biggest|highest|greatest][| number| value] [of|in|among] \
{list}.
[Max|Maximum|Largest|Highest|Biggest] [number |value |]of {list}?
[The scores were|The points are|The temperatures were|The prices are] {list}. Which [is|number is] the highest?
[I need|I want|I'd like to know] the [largest|biggest|highest|maximum] [number|value] of {list}.
max({list})
[Looking at|Comparing|Given] {list}, [which is the largest|what is the biggest|which number is the highest]?
[Do you see|Do you know] which of {list} is the [largest|biggest|greatest]?
[Numbers|Values|Input]: {list}\\n[Question|Task]: [What is the largest?|Which is the biggest?|Find the maximum.]
No number in {list} is [larger|bigger|higher] than which one?
"""

SMALLEST = """
[Which|What] [is|one is] the [smallest|lowest|least] [number|value|one] [in|of|among|out of] {list}?
[Can you|Could you] [find|tell me|pick] the [smallest|lowest] [number|value] [in|of|among] {list}?
[Which|What] number is [the smallest|the lowest] here?\\n{rows}
{rows}\\n\\n[Which is the smallest?|What is the lowest number?|Name the smallest value.]
[I have|Here are|There are|We got] the numbers {list}. [What is the smallest?|Which one is the lowest?|Find the \
minimum.]
[Find|Give|Name|Return|Say|Pick|Show] the [minimum|smallest|lowest][| number| value] [of|in|among] {list}.
[Min|Minimum|Smallest|Lowest] [number |value |]of {list}?
[The scores were|The points are|The temperatures were|The prices are] {list}. Which [is|number is] the lowest?
[I need|I want|I'd like to know] the [smallest|lowest|minimum] [number|value] of {list}.
min({list})
[Looking at|Comparing|Given] {list}, [which is the smallest|what is the lowest|which number is the smallest]?
[Do you see|Do you know] which of {list} is the [smallest|lowest]?
[Numbers|Values|Input]: {list}\\n[Question|Task]: [What is the smallest?|Which is the lowest?|Find the minimum.]
No number in {list} is [smaller|lower] than which one?
"""

NEXT = """
[What|Which number] [comes|goes|follows|is] [next|after this|after these] [in|here]: {list}?
[Can you|Could you] [continue|extend|go on with|complete] [this|the] [sequence|series|row|pattern][:|?] {list}
[What is|What's|Give me|Name|Find|Tell me] the next [number|term|value|element] [in|of] [the|this] [series|pattern|\
row|sequence]: {list}
[Find|Spot|See] the pattern[ and continue|. What is next|. Which number comes next]: {list}
{list}, [?|___|...]
[The row|The series|The pattern|My sequence] [is|goes|starts] {list}. [What follows?|Which number is next?|What \
comes after that?]
[The numbers|These numbers] follow a rule: {list}. [What is the next one?|Which number follows?]
[After|Following] {list}, [what comes|which number comes|what is] next?
[I count|Someone counts] {list}. [What do I say next?|Which number comes next?|What is next?]
[Fill in the next number|Next term|Next number|Puzzle|IQ test|Number puzzle]: {list}, ...
[Guess|Predict|Determine|Work out] the [next|following] [number|term]: {list}
If the row {list} goes on [like this|in the same way], what is next?
[I need|I'd like to know|I wonder about] the number after {list}.
What number should I write after {list}?
"""
