"""Sentences without facts, and small pools, of the reading skills."""

from .merging import before_tail

SENTENCES = [
    "Thank you for your patience.", "Please keep this message.", "We are looking forward to it.",
    "Let us know if you have any questions.", "Everything else stays the same.", "Nothing else has changed.",
    "More details will follow soon.", "Please read this carefully.", "This is only a short note.",
    "We hope that this helps.", "Have a nice day.", "Many people have asked about this.",
    "Please tell the others too.",
    "That is all for now.", "It was a busy week.", "The details are as follows.", "As always, we do our best.",
    "Not everyone knew about it.", "This information may still change.", "There was a lot to talk about.",
    "We are sorry for the delay.", "Please double-check everything.", "Some things are still open.",
    "It all went well so far.", "Please forward this if needed.", "It was decided quickly.",
    "Feel free to share this.", "No further action is needed.", "We are happy about the news.",
    "You do not have to answer this.", "Kind regards from all of us.", "Good things take time.",
    "Here is the latest news.", "Please note the following points.", "This text was checked twice.",
    "Ask us anything you want to know.", "Thanks a lot for your help.", "We will keep you informed.",
    "A few points are worth noting.", "It took some time to arrange this.", "Do not hesitate to get in touch.",
]

SENTENCES = before_tail(SENTENCES, [
    "Everyone is welcome to comment.", "The weather was on our side.", "It could have been much worse.",
    "Nobody was surprised.", "All in all, it went smoothly.", "There is no need to worry.",
    "We are still working on it.",
    "Some questions remain.", "This has been a long day.", "People were talking about it for a while.",
    "We had hoped for more time.", "The rest can wait.", "It is better to be early than late.",
    "Please take your time.",
    "Small changes are possible.", "Nothing here is secret.", "You may print this.", "Please do not lose this.",
    "We would be glad to hear from you.", "It was worth the effort.", "The coffee was good, too.", "Time will tell.",
    "For everything else, just ask.", "Many thanks to everyone involved.", "This is how it stands today.",
    "We have learned a lot.", "Not much else is known.", "It has been checked with care.", "So far, so good.",
    "The others have been told already.", "Please be on time.", "Let us hope for the best.", "Any help is welcome.",
    "There were a few small problems at first.", "In the end, it all worked out.", "A copy was kept.",
    "Please let the team know.", "It is a simple matter, really.", "This may be of interest to you.",
    "We have nothing to add.", "Everything was explained in detail.", "Please excuse the short notice.",
    "There is plenty of room for everyone.", "The old rules still apply.", "Do get some rest.",
    "More will be said later.",
    "We talked about this before.", "Please keep it in a safe place.", "It sounds more difficult than it is.",
    "That should be enough for now.", "The mood was good.", "We took our time with this.",
    "It was quiet most of the day.",
    "Patience is a good thing.", "You will hear from us again.", "Please say hello to the family.",
])

TEAM_NAMES = ["United", "City", "Rovers", "Tigers", "Eagles", "Bears", "Wolves", "Stars", "Hawks", "Lions", "Rangers",
              "Comets", "Pirates", "Rockets", "Sharks", "Bulls", "Giants", "Knights", "Falcons", "Dragons"]

EVENTS = ["Book Fair", "Jazz Night", "Art Show", "Film Festival", "Garden Party", "Science Day", "Charity Run", "Workshop",
          "Open Day", "Summer Concert", "Food Market", "Chess Cup", "Photo Exhibition", "Winter Ball", "Career Day",
          "Poetry Evening", "Dance Show", "Trade Fair", "Lecture", "Craft Market", "Music Festival", "Quiz Night"]
