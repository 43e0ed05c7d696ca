"""More parts of made-up functions: verbs, nouns, attributes, and functions that set, create, find or count.

"[a|b]" stands for one of several words. {v} verb, {p} participle, {n} noun, {N} its plural, {a} attribute, {id} its id.
Phrasing lists end with the held-out ones (the last sixth).
"""

VERBS = [tuple(pair.split()) for pair in """
unlock unlocked|activate activated|deactivate deactivated|upgrade upgraded|downgrade downgraded|cancel cancelled|resize resized|
shorten shortened|highlight highlighted|annotate annotated|install installed|uninstall uninstalled|deploy deployed|compile compiled|
import imported|upload uploaded|download downloaded|migrate migrated|promote promoted|demote demoted|stamp stamped|seal sealed|
heat heated|cool cooled|dry dried|fill filled|empty emptied|varnish varnished|oil oiled|charge charged|reset reset|ignore ignored|
follow followed|bookmark bookmarked|insure insured|appraise appraised|lease leased|sell sold|return returned|recall recalled|
tow towed|tune tuned|trim trimmed|harvest harvested|simulate simulated|photograph photographed|record recorded|
stream streamed|transcribe transcribed|laminate laminated|fold folded|dismantle dismantled|assemble assembled|shred shredded|
forward forwarded|crop cropped|blur blurred|decorate decorated|sterilize sterilized|sharpen sharpened|engrave engraved|
announce announced|nominate nominated|certify certified|quarantine quarantined|monitor monitored|
cache cached|detach detached|attach attached|fuel fueled|bill billed|notarize notarized|
fertilize fertilized|vacuum vacuumed|iron ironed|rewind rewound|mirror mirrored|withdraw withdrawn
""".replace("\n", "").split("|")]

NOUNS = """account address album alarm antenna aquarium arcade award balcony bakery basin beacon bench bill blanket blueprint boiler
bottle bracelet bracket bridge broker bulletin bundle cabin cabinet cable calendar canal candle cargo cartridge carpet
castle
catalog ceiling chair channel chart checklist chimney circuit clinic clock coat collar column comment compass
compressor concert
console convoy cottage counter crane crate curtain cylinder dashboard dataset deck device diagram diary discount
display dock
document domain door draft dress driver elevator employee envelope event exhibit expense fan feed fence ferry filter
firewall
flyer folder forecast fountain freezer fridge furnace gadget gallery game gate generator gift glacier glove grant
greenhouse
guitar hammer handbook harness headset heater helmet hive hotel incident instrument interview issue jacket journal
journey kayak
kennel key keyboard kiln kit ladder lantern laptop lathe lawsuit layer ledger lens letterhead lesson lighthouse link
loader locket
magazine mailbox manual map market meal medal meeting menu meter microscope mill mirror mission module monitor
monument motor
mower museum necklace node note notebook offer orchard order organ oven paddle panel parade parcel passport patch
payment permit
piano pillow pipe planet plate platform player playlist plot plug portal portrait poster prescription printer profile
project
promotion proposal prototype purchase puzzle quarry quiz quota quote rack radio raft rail railing receipt reactor
referral refund
relay rental request reservation reservoir resource review rocket roof room route router rug rule saddle sail
satellite scale
scanner scooter screen script season server sensor session shelter shirt signal silo sketch ski sled snapshot sofa
solvent song
speaker spreadsheet stage statement station stove stream studio subscription suit suitcase summary switch tablet tank
tape target
task team telescope tenant tent terminal thesis ticket tile timer tool tower toy tractor trailer train tram transcript
transfer
trial trophy tunnel turbine umbrella uniform unit upgrade user van vault vendor verdict vessel villa violin visa
visitor wagon
wallet wardrobe warrant wheel widget wing workflow workshop yacht zone""".split()

# Nouns of two words.
PAIRS = """access card|air filter|bank transfer|book order|bus line|call list|cash desk|coffee machine|cold store|control panel|
delivery note|design draft|diving suit|error report|event log|exam paper|field trip|fire alarm|fishing net|flower bed|gift card|
guest list|ice cream machine|job offer|key ring|lab sample|lease contract|login page|mail server|market stall|meal plan|
memory card|music box|news feed|night shift|oil tank|pay slip|phone line|photo album|power plant|press release|price list|
print job|quality report|rain gauge|repair order|road sign|room key|sales lead|school bus|seat cover|service plan|ski lift|
spare part|storage unit|study group|tax form|test run|tool box|tour guide|train car|travel plan|user story|video call|
wall clock|water meter|web page|wind turbine|wine cellar|work order""".replace("\n", "").split("|")

ATTRIBUTES = [
    ("height", "int:2-300"), ("width", "int:2-300"), ("length", "int:2-900"), ("depth", "int:2-90"),
    ("volume", "int:2-900"),
    ("balance", "money"), ("budget", "money"), ("fee", "money"), ("deposit", "money"), ("discount", "int:2-60"),
    ("tax", "money"),
    ("score", "int:2-100"), ("rating", "int:1-9"), ("level", "int:1-40"), ("priority", "w:low,medium,high"),
    ("stock", "int:2-900"),
    ("name", "project"), ("nickname", "made"), ("label", "word"), ("category", "w:office,home,garden,sports,travel"),
    ("type", "w:basic,standard,premium"), ("shape", "w:round,square,oval"),
    ("material", "w:wood,steel,glass,plastic,paper"),
    ("manager", "person"), ("driver", "person"), ("tenant", "person"), ("teacher", "person"), ("sponsor", "company"),
    ("buyer", "company"), ("carrier", "company"), ("insurer", "company"), ("brand", "company"), ("region", "city"),
    ("birthplace", "city"), ("warehouse", "city"), ("start", "time"), ("closing time", "time"), ("departure", "time"),
    ("arrival", "time"), ("purchase date", "day"), ("delivery date", "day"), ("due date", "day"), ("birthday", "day"),
    ("serial number", "code"), ("part number", "code"), ("postal code", "int:10000-99999"),
    ("invoice number", "code"),
    ("license plate", "code"), ("barcode", "code"), ("model", "code"), ("reference", "code"), ("username", "login"),
    ("folder", "folder"), ("file", "file"), ("backup file", "file"), ("shipping address", "place"),
    ("topic", "topic"),
    ("pressure", "int:2-300"), ("voltage", "int:5-400"), ("humidity", "int:5-95"), ("floor", "int:1-40"),
    ("room", "room"),
    ("gate", "gate"), ("distance", "int:2-900"), ("duration", "int:2-300"), ("currency", "w:USD,EUR,GBP,JPY"),
    ("mode", "w:eco,normal,turbo"),
    ("state", "w:new,used,damaged"), ("language code", "w:en,de,fr,es"), ("recipient", "first"), ("signer", "first"),
    ("spokesperson", "person"), ("page count", "int:2-900"), ("error count", "int:2-99"), ("seat count", "int:2-90"),
    ("interest rate", "int:1-12"), ("quality", "w:poor,fair,good"), ("pattern", "w:plain,striped,dotted"),
    ("mileage", "int:100-9000"),
]

ATTRIBUTE_CLAUSES = [
    "with the {a} {}", "with {a} {}", ", {a} {}", ", {a}: {}", "whose {a} is {}", ", the {a} is {}",
    ", its {a} is {}", ", with {} as the {a}",
    "with {} as {a}", "and {a} {}", ", use {} as the {a}", ", {a} = {}", "that has the {a} {}", ", {} is the {a}",
    ", and the {a} should be {}",
    "having the {a} {}", ", the {a} being {}", ", take {} for the {a}", "and {} for the {a}", ", where the {a} is {}",
    "and the {a} {}", ", set the {a} to {}", ", {a} should be {}", ", for the {a} put {}",
]
SETTERS = [
    "[Set|Change|Update|Adjust] the {a} of {n} {id}", "[Change|Set|Switch] {n} {id}'s {a}",
    "[Please|Could you] [change|update|correct] the {a} of {n} {id}",
    "The {a} of {n} {id} [should|must|has to] be [changed|updated|set]",
    "I [want|need|have] to [change|update|edit] the {a} of {n} {id}",
    "For {n} {id}, [change|set|update] the {a}", "{n} {id}: [set|change] the {a}",
    "[Fix|Correct|Edit|Modify] the {a} of [the |]{n} {id}",
    "[I'd like|I want] the {a} of {n} {id} [set|changed|updated]",
    "[Make sure|See to it] that {n} {id} has its {a} [set|changed]",
    "{n} {id} needs [its {a} set|its {a} changed|a new {a}, change it]",
    "We have to [set|change] the {a} of {n} {id}",
    "[Can|Would] you [set|switch|change] the {a} for {n} {id}", "Put in a new {a} for {n} {id} and set it",
    "New {a} for {n} {id}, change it", "[Let's|Time to] [update|change] the {a} of {n} number {id}",
    "The {n} {id} gets a new {a}, set it", "Overwrite the {a} of {n} {id}",
    "[Go ahead and|Kindly] change the {a} of the {n} {id}",
    "There's a wrong {a} on {n} {id}, change it",
]
SETTER_CLAUSES = [
    "to {}", "to {}", "to {}", ", the new value is {}", ", make it {}", ", it should be {}", ", new value: {}",
    ", to {}", ", it is {} now",
    ", the right one is {}", ", from now on it is {}", ", use {}", ", it has to be {}",
]
CREATORS = [
    "[Create|Add|Make|Set up] a [new |]{n}", "I [need|want|would like] a new {n}",
    "[Please|Could you|Can you] [create|add|make] a [new |]{n}",
    "New {n}", "[Enter|Save|Store|Start] a new {n}", "A new {n} [should|must|has to] be [created|added|made]",
    "We [need|have|want] to [create|add] a {n}",
    "[Let's|I'd like to] [create|add|make] a {n}", "Put a new {n} in[to the system|]",
    "There's a new {n}, [add|create|enter] it",
    "[Get|Have] a new {n} [created|added|set up]", "We got another {n}, please add it",
    "[Go ahead and|Time to] create a {n}", "Open a new {n} record",
    "Add one more {n} to the system", "[Make|Create] another {n}", "The system needs a new {n}, create it",
    "Insert a {n}",
]
FINDERS = [
    "[Find|Search|Show|List] [all |the |]{N}", "[Find|Show|Get] me [all |the |some |]{N}",
    "I'm looking for [a {n}|{N}]", "I need [a list of |all |the |]{N}",
    "[Please|Could you|Can you] [find|look for|search for] {N}", "Which {N} [do we have|are there]",
    "Are there [any |]{N}", "Do we have [any |]{N}",
    "[Search|Look] for [a {n}|{N}]", "Give me [all |a list of |]{N}", "What {N} [are there|do we have]",
    "I'd like to see [all |]{N}",
    "[See|Check] if there [is a {n}|are {N}]", "Pull up [all |the |]{N}", "I want to find [a {n}|{N}]",
    "Let me see the {N}", "Get hold of {N}",
    "Filter the {N} for [a {n}|those]",
]
FINDER_CLAUSES = [
    "with the {a} {}", "with {a} {}", ", {a} {}", ", {a}: {}", "whose {a} is {}", ", the {a} is {}",
    "where the {a} is {}", "that have the {a} {}",
    "having the {a} {}", ", {a} = {}", "by the {a} {}", ", I mean the {a} {}", "for the {a} {}", ", only {a} {}",
    "with {} as the {a}",
    ", the {a} must be {}",
]
LIMITS = [
    ", at most {}", ", only {} results", ", no more than {}", ", show {}", ", limit {}", ", up to {} of them",
    ", {} results are enough",
          ", {} at most", ", just the first {}", ", the top {}", ", a maximum of {}", ", not more than {} hits"]
PAGE = [
    ", page {}", ", show page {}", ", I want page {}", ", go to page {}", ", page number {}", ", and take page {}",
    ", the page is {}",
]

# Functions without parameters: name, description, result field and kind, answer, requests.
BARE = [
    ("count_{N}|{n}_count|get_{n}_count|number_of_{N}", "Number of {N}|How many {N} there are|Count all {N}", "count", "int:2-900", "There are {count} {N}.", [
        "How many {N} are there?", "How many {N} do we have?", "Count the {N}.", "Number of {N}?",
        "What is the number of {N}?",
        "Tell me how many {N} exist.", "I need the number of {N}.", "Count all [our |the |]{N}[, please|]",
        "What's our {n} count?",
        "Give me the total number of {N}.", "Can you count the {N}?", "How many {N} have we got in all?",
        "Do you know how many {N} there are?",
        "I wonder how many {N} we have.", "{N}: how many?", "What is the count of {N}?", "Just count the {N}.",
        "Find out how many {N} there are."]),
    ("latest_{n}|get_newest_{n}|{n}_latest|last_{n}", "The newest {n}|Get the latest {n}|The {n} that was added last", "id", "code", "The newest {n} is {id}.", [
        "Which {n} is the newest?", "What is the latest {n}?", "Show me the newest {n}.", "Get the most recent {n}.",
        "Newest {n}?",
        "Which {n} was added last?", "Give me the {n} that came in last.", "I need the latest {n}.",
        "Look up the most recent {n}.",
        "What's the newest {n} that we have?", "Tell me the latest {n}.", "Find the {n} added most recently.",
        "Which one is the last {n}?",
        "I'd like to see the newest {n}.", "Fetch the most recent {n}, please."]),
    ("sync_{N}|{n}_sync|synchronize_{N}|refresh_{N}", "Synchronize all {N}|Refresh the {N} from the server", "status", "w:done,finished,complete",
     "Synchronizing the {N} is {status}.", [
         "Synchronize the {N}.", "Sync all {N}.", "Refresh the {N}.", "Please sync the {N}.",
         "The {N} are out of date, refresh them.",
         "I want the {N} synchronized.", "Run a sync of the {N}.", "Can you refresh all our {N}?",
         "Get the {N} in sync.",
         "Start the synchronization of the {N}.", "The {N} should be synced.", "Bring the {N} up to date.",
         "Do a refresh of all {N}.",
         "Let the {N} sync now.", "{N} need a refresh."]),
    ("stop_all_{N}|{n}_stop_all|halt_{N}|emergency_stop_{N}", "Stop all {N} at once|Halt every {n}", "stopped", "int:2-90", "{stopped} {N} were stopped.", [
        "Stop all {N}.", "Halt every {n}.", "Stop every {n} at once.", "All {N} must stop.", "Please halt all {N}.",
        "Bring all {N} to a stop.",
        "I want every {n} stopped.", "Can you stop all the {N}?", "Emergency, stop all {N}!",
        "Every single {n} has to stop.",
        "We have to halt all the {N}.", "Stop the {N}, all of them.", "Make all {N} stop.",
        "No {n} may keep running, stop them all."]),
]

DESCRIPTIONS_ACTION = [
    "{V} {an}", "{V} {an}", "{V} {an}.", "{V} one {n}", "{V} {an} by its {id}", "{V} the {n} with the given {id}",
    "Use this to {v} {an}",
    "Use this function to {v} {an}.", "Lets the user {v} {an}", "{V} {an} in the system", "{V} an existing {n}",
    "Call this when {an} should be {p}",
    "This tool can {v} {an}.", "{V} the specified {n}.", "{v} {an}", "For {N} that must be {p}", "Marks {an} as {p}",
    "{V} {an} and return its status",
]
DESCRIPTIONS_GETTER = [
    "The {a} of {an}", "Get the {a} of {an}", "Look up the {a} of {an}", "Returns the {a} of {an}.",
    "Find the {a} of {an} by its {id}",
    "Use this to look up the {a} of {an}.", "Fetch the {a} for one {n}", "Read the {a} of the given {n}",
    "What {a} {an} has", "{A} of {an}",
    "Retrieves the {a} of the specified {n}.", "Shows which {a} {an} has", "get the {a} of {an}",
    "Query the {a} of {an}", "Tells the {a} of {an}.",
]
