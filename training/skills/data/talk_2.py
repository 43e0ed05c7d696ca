"""More ways to open and close a question; see `wording.py` for their form."""

OPENERS = """
[Hi|Hello|Hey] Peregrine,
[Hi|Hello|Hey] again,
[Now|Next|Then],
[Well|Right|Alright],
[By the way|Out of curiosity|Just curious|Just wondering],
[A|One] [quick|short|simple|little] [thing|one|question][|for you]:
[I have|Here's|Here is|I've got] [a|one|another] [quick |short |simple |small |]question[| for you][:|.]
[I'm|I am] [doing|checking|helping with] [my|some|our] homework.
[My son|My daughter|My friend|A colleague|My teacher|A student] [asks|wants to know|asked me]:
[This is for|It's for|We need this for] [a quiz|school|a game|my notes|a test|a bet].
[I'm|I am] [preparing|writing|working on] [a report|a quiz|a lesson|some notes].
[Help me out|Can you help me with this|Please help me with this|I need your help with this]:
[Could you help|I need a hand|I'm stuck|I'm not sure about this].
[Task|Exercise|Q|User question|My question|Query|Request]:
[Let's see|Let's try this|Try this|Here we go|Here's one|Another one|One more]:
[Sorry to bother you|Sorry|Pardon me],
[Good day|Greetings|Good evening|Good afternoon]!
[Thanks for being here|Nice to see you|Glad you are there].
"""
CLOSERS = [
    " Just the answer, please.", " I'm curious.", " I need it for school.", " It's for a quiz.",
    " Thanks in advance!", " Many thanks!", " Cheers!",
    " I'd appreciate it.", " A short answer is enough.",
]
