"""More phrasings of the story skill; see `wording.py` for their form."""

NAMED = """
[write|tell|make] [story|a story|short story] about {n} the {k}
[Can|Could|Would|Will] you [please |][write|tell me|make up|invent|compose] [a|a short|a little|a brief|a small] \
[story|tale] about {a} [named|called|whose name is] {n}?
[I want|I'd like|I need|We want|My daughter wants|My son wants] [a|a short|a little] [story|tale|bedtime story] \
[about|with] {a} [named|called] {n}.
[Write|Tell|Make up|Invent|Create|Compose|Give me|Read me] [a|a short|a tiny|a little|a brief|a sweet] [story|tale|\
fairy tale|bedtime story] [about|in which we meet|with the hero] {n}, {a}.
[Story|Short story|Tale|A tale|Bedtime story]: {n} the {k}[|, please][.|]
[There is|Imagine|Think of] {a} [named|called] {n}. [Write|Tell|Make up] a [short |little |]story about [{n}|this \
{k}].
[Hero|Main character]: {n}, {a}.\\n[Write a short story.|Tell the story.|Task: a short story]
[Tell|Write] [my kids|my son|my daughter|us|me] [a|a short|a nice|a funny] [story|tale] [about|of] {n} the {k}.
[It's bedtime.|The children are tired.|We are on a long trip.|I can't sleep.] [Tell|Give] [me|us] a story about {a} \
[named|called] {n}.
[The hero|The main character|The star] of [my|the|our] story is {a} [named|called] {n}. [Write it.|Tell it.|How \
does it go?]
[In a few sentences|In a few lines|Briefly|In short], [tell|write] [the|a] story of {n} the {k}.
[What|Which] [story|tale] can you tell about {a} [named|called] {n}?
[For my class|For a children's book|For the school paper], [write|make up] a short story about {a} [named|called] {n}.
[I'm looking for|I would love|How about|What about] a [short |little |]story [about|with] {n} the {k}[?|.]
[Once upon a time there was|Begin with] {a} [named|called] {n} ... [Go on with the story.|Write the story.]
{n} is {a}. [Write a story about {n}.|Tell me a tale about {n}.|What happens to {n}? Tell a short story.]
"""

WITH_THING = """
[Can|Could|Would] you [please |][write|tell me|make up|invent] [a|a short|a little] [story|tale] [about|with] {a} \
[named|called] {n} and {at}?
[I want|I'd like|I need|My child wants] [a|a short|a little] [story|tale] about {n} the {k} [with|in which there is|\
that also has] {at}[| in it].
[Write|Tell|Make up|Invent|Create] [a|a short|a tiny|a brief] [story|tale|bedtime story] in which {a} [named|\
called] {n} [finds|loses|gets|owns|needs] {at}.
[Story|Short story|Tale]: {n} the {k} and {at}[|, please][.|]
[Hero|Character|Main character]: {n}, {a}\\n[Thing|Object|Item]: {at}\\n[Write a short story.|Tell the story.|Task: \
story]
There is {a} [named|called] {n}, and there is {at}. [Write a story.|Tell me a story about them.|Make a short tale \
of it.]
[Tell|Write] [my kids|my son|us|me] a story [of|about] {n} the {k} and {at}.
[My story needs|The story must have|Please use] {a} [named|called] {n} and {at}. [Write it.|Tell it, please.|Keep \
it short.]
[It's bedtime.|For my class:|For a children's book:] [write|tell] a story about {a} [named|called] {n} with {at}.
[In a few sentences|Briefly], [tell|write] a story about {n} the {k} and {at}.
[Combine|Put together] {a} [named|called] {n} and {at} in [one|a short|a little] story.
"""

PLAIN = """
[Can|Could|Would|Will] you [please |][write|make up|invent|compose|tell us] [a|a short|a little|a brief] [story|\
tale] about {a}?
[I want|I'd like|I need|My daughter wants|We want] [a|a short|a little] [story|tale|bedtime story] [about|with] {a}.
[Write|Tell|Make up|Invent|Create|Compose|Read me] [a|a short|a tiny|a little|a sweet] [story|tale|fairy tale|\
bedtime story] [about|with|starring] {a}.
[Story|Short story|Tale|Bedtime story]: {a}
[Hero|Main character|Topic]: {a}\\n[Write a short story.|Tell the story.|Task: a short story]
[It's bedtime.|The children are tired.|I can't sleep.] [Tell|Give] [me|us] a story about {a}.
[The hero|The main character] of [my|the] story is {a}. [Write it.|Tell it.]
[For my class|For a children's book], [write|make up] a short story about {a}.
[How about|What about|I'm looking for] a [short |little |]story about {a}[?|.]
Once there was {a} ... [Go on with the story.|Write the story.]
What story can you tell about {a}?
"""

POEM = """
[Can|Could|Would|Will] you [please |][write|make up|compose|create|give me] [a|a short|a little|a small] [poem|\
rhyme|verse] [about|on] {at}?
[I want|I'd like|I need|My daughter wants] [a|a short|a little] [poem|rhyme] [about|on|for] {at}.
[Write|Make|Make up|Create|Compose|Give me|Tell me] [a|a short|a little|a rhyming|a simple] [poem|rhyme|verse] \
[about|on] {at}.
[Poem|Short poem|Rhyme|Verse|Poem topic]: {at}
[Topic|Subject|Theme]: {at}\\n[Write a short poem.|Four lines, please, as a poem.|Make a poem of it.]
[Four lines|A few lines|Some rhymes|A verse or two] about {at}, please[, as a poem|, in rhymes|].
[For a card|For my class|For my notebook], [write|make up] a [short |]poem about {at}.
[Put|Turn] {at} into a [poem|short poem|rhyme].
[Be a poet.|I like poems.|It's poetry day.] [Write|Give me] one about {at}[ as a poem|].
[Sing of|Praise] {at} in [a short poem|four lines of verse|rhymes].
[How about|What about] a [poem|short poem|rhyme] [about|on] {at}?
"""

SENTENCE = """
[Can|Could|Would] you [please |][write|make|give me|form|build|say] [a|one|an example] sentence [with|using|that \
contains|containing] [{w}|"{w}"|the word {w}|the word "{w}"]?
[I want|I'd like|I need] [a|one|an example] sentence [with|using|that contains] [{w}|"{w}"|the word {w}].
[Write|Make|Form|Give me|Create|Compose|Build|Say] [a|one|a short|a simple|an example] sentence [with|using|\
containing|that has] [{w}|"{w}"|the word {w}|the word "{w}"][| in it].
[Sentence|Example sentence|Example] [with|for|using] [{w}|"{w}"][|.|, please.]
[Word|Vocabulary|Input]: {w}\\n[Sentence?|Write a sentence with it.|Use it in a sentence.]
The word is "{w}". [Use it in a sentence.|Write a sentence with it.|Give an example sentence.]
[I'm learning English.|My child learns new words.|For my vocabulary list:] [Use|Put] [{w}|"{w}"|the word {w}] in a \
sentence.
[How|In what way] [can|do|would] I use [{w}|"{w}"] in a sentence?
[What is|What's] [an example|an example sentence|a good sentence] [for|with] [{w}|"{w}"|the word {w}]?
[What would|What does] a sentence with [{w}|"{w}"] look like?
[Show|Teach] me [a|one] sentence [where|in which] [{w}|"{w}"] [is used|occurs|appears].
"""
