"""More phrasings of the dates skill; see `wording.py` for their form."""

AFTER = """
[Which|What] [day|weekday] [follows|comes after|comes next after|comes directly after|starts after] {x}?
[Can|Could] you [tell me|name|say] [the day after {x}|which day follows {x}|what day comes after {x}]?
[Do you know|I'd like to know|I want to know|Tell me] [what day comes after {x}|which day follows {x}|what the day \
after {x} is][?|]
[The|Next] day after {x}[?|]
[What's|What is] the [next day|following day|weekday] after {x}?
{x} is [today|now]. [What is tomorrow?|Which day will tomorrow be?|What day do we have tomorrow?|And tomorrow?]
[Yesterday was|It was] {x}[ yesterday|]. What day is it today?
[The shop is closed on {x}|My exam is on {x}|We meet on {x}] and [opens|is over|ends] the day after. Which day is \
that?
[If|When|Suppose] it's {x}[, then| today,] [what day is tomorrow|which day comes next|what is the next day]?
[By which day|By what day] is {x} followed?
[In the week|In a week], which day [comes after|stands after|follows] {x}?
{x}, then [what|which day]?
[I arrive|She arrives|He leaves] one day after {x}. [Which|What] day is that?
[Day|Weekday] [after|following] {x}, please.
{x} + 1 day = ?
"""

BEFORE = """
[Which|What] [day|weekday] [precedes|comes before|comes directly before|is right before|is the one before] {x}?
[Can|Could] you [tell me|name|say] [the day before {x}|which day precedes {x}|what day comes before {x}]?
[Do you know|I'd like to know|I want to know|Tell me] [what day comes before {x}|which day precedes {x}|what the \
day before {x} is][?|]
[The|Previous] day before {x}[?|]
[What's|What is] the [previous day|day just|weekday] before {x}?
{x} is [today|now]. [What was yesterday?|Which day was yesterday?|And yesterday?]
[Tomorrow is|It will be] {x}[ tomorrow|]. What day is it today?
[The exam is on {x}|We meet on {x}|The party is on {x}]. I prepare the day before. Which day is that?
[If|When|Suppose] it's {x}[, then| today,] [what day was yesterday|which day was before|what was the previous day]?
[By which day|By what day] is {x} preceded?
[In the week|In a week], which day [comes before|stands before|precedes] {x}?
[I arrive|She arrives|He leaves] one day before {x}. [Which|What] day is that?
[Day|Weekday] [before|preceding] {x}, please.
{x} - 1 day = ?
"""

MONTH_AFTER = """
[Which|What] month [follows|comes next after|comes directly after|starts after] {x}?
[Can|Could] you [tell me|name|say] [the month after {x}|which month follows {x}|what month comes after {x}]?
[Do you know|I'd like to know|I want to know|Tell me] [what month comes after {x}|which month follows {x}|what the \
month after {x} is][?|]
[The|Next] month after {x}[?|]
[What's|What is] the [next|following] month after {x}?
[It's|We have|Now it is] {x}. [What is next month?|Which month comes next?|What month will follow?]
[Last month was|It was] {x}[ last month|]. Which month is it now?
[If|When|Suppose] it's {x}, [what is next month|which month comes next]?
[By which month|By what month] is {x} followed?
[In the year|In the calendar|On the calendar], which month [comes after|stands after|follows] {x}?
[My rent is due|The course starts|We move] the month after {x}. Which month is that?
[Month|The one] [after|following] {x} [in the year|in the calendar], please.
"""

MONTH_BEFORE = """
[Which|What] month [precedes|comes before|comes directly before|is just before] {x}?
[Can|Could] you [tell me|name|say] [the month before {x}|which month precedes {x}|what month comes before {x}]?
[Do you know|I'd like to know|I want to know|Tell me] [what month comes before {x}|which month precedes {x}|what \
the month before {x} is][?|]
[The|Previous] month before {x}[?|]
[What's|What is] the [previous|preceding] month [before|when it is] {x}?
[It's|We have|Now it is] {x}. [What was last month?|Which month was it before?|What was the previous month?]
[Next month is|It will be] {x}[ next month|]. Which month is it now?
[If|When|Suppose] it's {x}, [what was last month|which month came before]?
[In the year|In the calendar|On the calendar], which month [comes before|stands before|precedes] {x}?
[The course ended|We moved|I was born] the month before {x}. Which month is that?
"""

LENGTH = """
[Can|Could] you [tell me|say] [how many days {x} has|how many days there are in {x}|the number of days in {x}]?
[I'd like to know|I want to know|I forgot|Remind me|I wonder] how many days [{x} has|there are in {x}|are in {x}].
[What's|What is] the [day count|number of days|length in days] of {x}?
[How many|What number of] days [does the month of|does the month] {x} [have|contain|last]?
[Days|Number of days|Length] in {x}[?|]
[In|During] {x}, how many days [are there|do we have|does one count]?
[For my calendar|For my rent|For a plan], how many days [does {x} have|are in {x}]?
How many days [must|do] I [wait|count] from the first to the last day of {x}, both included?
[Does {x} have 28, 30 or 31 days|Has {x} got 28, 30 or 31 days|28, 30 or 31 days: which is it for {x}]?
How many days [go by|pass] in {x}?
The month is {x}. [How many days does it have?|How long is it in days?]
"""

LATER = """
[Which|What] [day|weekday] [is it|will it be|do we have] {n} days [after|from] {x}?
[Can|Could] you [tell me|work out|say] [which day is {n} days after {x}|what day it is {n} days after {x}]?
[Today's|Now it's|It's] {x}. [What day will it be in {n} days?|Which day is {n} days from now?|What weekday is it \
{n} days later?]
[In {n} days from|{n} days on from|{n} days later than] {x}, [what day is it|which weekday is it]?
[I order|They ship|We leave] on {x} and [it arrives|they arrive|we come back] {n} days later. [On which day?|Which \
day is that?|What day is it then?]
[Add|If I add|When I add] {n} days to {x}[. Which day is it?|. What day is that?|: which day?]
[{x}|Day: {x}] + {n} days = ?
[Suppose|Say] it is {x}. [Which|What] day [comes|is] {n} days later?
[I wonder|I'd like to know|Tell me] what day it [is|will be] {n} days after {x}.
[My friend visits|The rent is due|The test is] {n} days after {x}. [Which|What] [day|weekday] is [it|that]?
[Go|Move|Step] [forward|on] {n} days from {x}. [Where do you land?|Which day is it?|What day is that?]
"""

EARLIER = """
[Which|What] [day|weekday] [is it|was it|did we have] {n} days before {x}?
[Can|Could] you [tell me|work out|say] [which day is {n} days before {x}|what day it is {n} days before {x}]?
[Today's|Now it's|It's] {x}. [What day was it {n} days ago?|Which day was {n} days before?|What weekday was it {n} \
days earlier?]
{n} days [earlier than|back from|prior to] {x}, [what day is it|which weekday is it]?
[The party is|The test is|We leave] on {x}, and [I must be ready|the tickets arrive|we pack] {n} days before. [On \
which day?|Which day is that?]
[Subtract|If I subtract|Take] {n} days from {x}[. Which day is it?|. What day is that?|: which day?]
[{x}|Day: {x}] - {n} days = ?
[Suppose|Say] it is {x}. [Which|What] day [came|was] {n} days earlier?
[Go|Move|Step] [back|backwards] {n} days from {x}. [Where do you land?|Which day is it?|What day is that?]
"""

MONTH_NUMBER = """
[Which|What] [number|month number] [belongs to|stands for|is used for|does one use for] {x}[| in a date]?
[Can|Could] you [tell me|say|give me] the [month number|number] of {x}?
[What's|What is] [{x}|the month {x}] [as a number|in numbers|in digits|by number]?
[Month number|Number of the month|Number] [of|for] {x}[?|]
[Say|I'd like to know|I want to know|I need] which number the month {x} has.
[At which|In which|At what] [place|position] of the year does the month {x} [come|stand]?
{x}[: which number is it|: what number is that month| as a month number]?
[Counting|If you count] from January as 1, which number [is|has] {x}?
[In a form|In my spreadsheet|On a ticket] I must write {x} as a number. Which number is it?
[Month what number|What number month] is {x}?
"""

NUMBER_MONTH = """
[Which|What] month [has the number|comes as number|is meant by|carries the number] {n}?
[Can|Could] you [tell me|say|name] [the {p} month of the year|which month is number {n}|the month with the number \
{n}]?
[What's|What is] the {p} month[| of a year| in the calendar]?
[The form says|The ticket says|It says] month {n}. Which month is that?
[The|Name of the] {p} month [of the year|in a year][?|]
[Counting|If you count] from January as 1, which month is number {n}?
[I'd like to know|I want to know|Say] which month is the {p} of the year.
[Month number|Month no.] {n} is [which one|what month|called what]?
[Turn|Convert] the month number {n} into [its|a] name.
"""

QUARTER = """
[Can|Could] you [tell me|say] [which quarter {x} is in|in which quarter {x} falls|the quarter of {x}]?
[In|Into] [which|what] quarter [of the year |][does {x} fall|does {x} lie|is the month {x}]?
[Which|What] quarter [has|includes|covers|contains] [{x}|the month of {x}]?
[Quarter|The quarter] [of|for] {x}[?|]
[I'd like to know|I want to know|I need|Say] which quarter [of the year |]{x} [is in|belongs to|falls into].
[Our report is|The bill is|The sale was] from {x}. [Which|What] quarter is that?
[First, second, third or fourth quarter|Q1, Q2, Q3 or Q4]: where is {x}?
{x}: [which|what] quarter[| of the year]?
A [bill|sale|report] in {x} [counts for|goes into|belongs to] which quarter?
"""

SEASON = """
[Can|Could] you [tell me|say] [in which season {x} is|what season {x} is in] in [Europe|Germany|Canada|the northern \
hemisphere]?
[Which|What] season [is it|do people have|do we have] in [Europe|Poland|Sweden|the north] in {x}?
[In|For] [Europe|Canada|Norway|the northern hemisphere], [which|what] season [is|does one have in|is the month of] \
{x}?
[Season|The season] of {x} in [Europe|the north|the northern hemisphere][?|]
[I'd like to know|I want to know|Say|Name] which season {x} [is in|belongs to] in [Europe|the northern hemisphere].
[I travel to|We visit|She flies to] [Germany|France|Norway|England] in {x}. Which season is it there?
Is {x} in [winter, spring, summer or fall|spring, summer, fall or winter] in [Europe|Germany|the north]?
{x} [belongs to|falls into] [which|what] season in [Europe|England|the northern hemisphere]?
"""

TO_WORDS = """
[Can|Could|Would] you [write|put|spell] [out |]the date {x} [in words|with the month's name|with the name of the \
month]?
[Convert|Change|Turn|Transform|Rewrite] {x} [to|into] [the long form|a long date|a date in words|a date with the \
month's name|the form January 5, 2020].
[How|In what way] [do I|would one|do you] [write|say|read] {x} [in words|in the long form|with the month written \
out|in English]?
[What does|Which date does] {x} [mean|stand for|say][| in words]?
[The form says|The file is dated|The ticket says|The invoice is from] {x}. [Which date is that?|Write that date in \
words.|What date is that?]
[I need|I want|I'd like] {x} [in words|with the month's name|in the long form|as a readable date].
[Long form|In words|Long date|Readable date]: {x}
[Date|Input|ISO date]: {x}\\n[Write it in words.|Give the long form.|Write it with the month's name.]
[Show|Print|Give|Write] me {x} as [month name, day and year|Month Day, Year|a long date].
[Make|Format] {x} [readable|nice to read|ready for a letter], with the month's name.
[What is|What's] {x} in [words|the long form|the American long form]?
"""

TO_ISO = """
[Can|Could|Would] you [write|put|convert|change] {x} [in|to|into] [ISO format|the ISO format|YYYY-MM-DD|the form \
YYYY-MM-DD]?
[Convert|Change|Turn|Transform|Rewrite] [{x}|the date {x}] [to|into] [an ISO date|the ISO form|YYYY-MM-DD format|\
year-month-day|numbers, year first].
[How|In what way] [do I|would one|do you] write {x} [in ISO format|as an ISO date|as YYYY-MM-DD|in numbers with the \
year first]?
[The letter is dated|I was born on|The party is on|The meeting is on] {x}. [Write that date as YYYY-MM-DD.|What is \
that in ISO format?|Give the ISO date.]
[I need|I want|I'd like] {x} [in ISO format|as YYYY-MM-DD|in the form YYYY-MM-DD|in ISO style].
[ISO|ISO date|ISO format|YYYY-MM-DD]: {x}
[Date|Input]: {x}\\n[Write it as YYYY-MM-DD.|Convert to ISO format.|ISO date, please.]
[Show|Print|Give|Write] me {x} as [an ISO date|YYYY-MM-DD|year, month, day with hyphens].
[For my database|For a file name|For my spreadsheet], [write|format|convert] {x} as YYYY-MM-DD.
[What is|What's] the ISO [form|format|date|notation] [of|for] {x}?
[Normalize|Standardize|Reformat] the date {x} to [YYYY-MM-DD|ISO format|ISO 8601].
"""

FOLLOW = """
[And how about|And now|Also] {x}?
[Great|Nice|Perfect|Super|Thank you]. [And|Now|Next is|What about] {x}?
[Another|One more|The next one|Last one]: {x}
[Please also do|Also] {x}.
Same [question |]for {x}[?|.]
What is it for {x}?
"""
