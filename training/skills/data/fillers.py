"""Sentences without facts, and small pools, of the reading skills."""

SENTENCES = [
    "Thank you for your patience.", "Please keep this message.", "We are looking forward to it.",
    "Let us know if you have any questions.", "Everything else stays the same.", "Nothing else has changed.",
    "More details will follow soon.", "Please read this carefully.", "This is only a short note.",
    "We hope that this helps.", "Have a nice day.", "Many people have asked about this.", "Please tell the others too.",
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

TEAM_NAMES = ["United", "City", "Rovers", "Tigers", "Eagles", "Bears", "Wolves", "Stars", "Hawks", "Lions", "Rangers",
              "Comets", "Pirates", "Rockets", "Sharks", "Bulls", "Giants", "Knights", "Falcons", "Dragons"]

EVENTS = ["Book Fair", "Jazz Night", "Art Show", "Film Festival", "Garden Party", "Science Day", "Charity Run", "Workshop",
          "Open Day", "Summer Concert", "Food Market", "Chess Cup", "Photo Exhibition", "Winter Ball", "Career Day",
          "Poetry Evening", "Dance Show", "Trade Fair", "Lecture", "Craft Market", "Music Festival", "Quiz Night"]
