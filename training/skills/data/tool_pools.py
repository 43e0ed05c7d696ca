"""Word pools of the tool skills; the last sixth of each is held out where a value is picked by split."""

PLACE_ENDINGS = ["Station", "Museum", "Park", "Airport", "Square", "Hospital", "Library", "Stadium", "Tower", "Harbor"]
DAYS = ["today", "tomorrow", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "next Monday",
        "next Tuesday", "next Friday", "next Sunday"]
ROOMS = ["kitchen", "bedroom", "living room", "bathroom", "hallway", "office", "garage", "dining room", "attic", "cellar",
         "guest room", "kids room", "laundry room", "study", "hall", "library", "gym", "studio", "meeting room", "lobby"]
FOLDERS = ["docs", "src", "home", "reports", "data", "backup", "projects", "notes", "tests", "photos"]
TECHNICAL = ["web", "user", "mail", "order", "cache", "log", "auth", "file", "print", "backup", "data", "sales", "stock"]
GOODS = ["running shoes", "headphones", "coffee beans", "towels", "batteries", "sunglasses", "garden gloves", "socks",
         "light bulbs", "wine glasses", "notebooks", "hiking boots", "rain jackets", "candles", "plant pots", "pillows",
         "bike lights", "tennis balls", "paper bags", "phone cases", "winter hats", "tea cups", "picture frames", "soap bars"]
CUISINES = ["Italian", "Thai", "Indian", "Mexican", "Japanese", "Greek", "Turkish", "vegan", "Korean", "French", "Spanish",
            "Chinese", "Lebanese", "vegetarian", "Peruvian", "Vietnamese", "Ethiopian", "Moroccan"]
VENUE_HEADS = ["Golden", "Blue", "Old", "Green", "Little", "Silver", "Happy", "Royal", "Red", "Sunny", "White", "Quiet",
               "Hungry", "Grand", "Lucky", "Copper", "Hidden", "Wild"]
VENUE_TAILS = ["Garden", "Lantern", "Fork", "Corner", "House", "Table", "Mill", "Anchor", "Terrace", "Kitchen", "Dragon",
               "Olive", "Bridge", "Palace", "Cellar", "Barn", "Plaza", "Yard"]
SUBJECT_HEADS = ["Team", "Budget", "Project", "Sales", "Birthday", "Design", "Product", "Family", "Summer", "Client", "Security",
                 "Marketing", "Board", "Weekly", "Travel", "School", "Data", "Quarterly", "Office", "Training", "Staff",
                 "Website", "Holiday", "Planning"]
SUBJECT_TAILS = ["meeting", "review", "lunch", "update", "call", "workshop", "party", "dinner", "interview", "report",
                 "presentation", "kickoff", "visit", "demo", "session", "breakfast", "check", "talk"]
PROJECT_TAILS = ["plan", "ideas", "list", "notes", "launch", "budget", "archive", "migration", "redesign", "checklist",
                 "campaign", "schedule", "survey", "roadmap", "upgrade", "handbook", "inventory", "survey results"]
SONG_HEADS = ["Silver", "Midnight", "Lonely", "Summer", "Broken", "Electric", "Golden", "Winter", "Crystal", "Burning",
              "Distant", "Velvet", "Empty", "Falling", "Paper", "Northern", "Hollow", "Scarlet", "Endless", "Shining"]
SONG_TAILS = ["River", "Train", "Dreams", "Sky", "Hearts", "Road", "Moon", "Rain", "Garden", "Fire", "Shadows", "Stars",
              "Island", "Windows", "Dance", "Ocean", "Mirror", "Bells", "Mountain", "Letters"]
WORDS = ["good morning", "thank you", "the train is late", "water", "apple", "where is the station", "I am hungry", "bread",
         "house", "see you tomorrow", "the blue door", "help", "friend", "two tickets", "happy birthday", "window", "I like it",
         "the sun is shining", "cheese", "how much is it", "left", "good luck", "my brother", "school", "cold soup", "chair",
         "welcome", "the book is new", "garden", "open the door"]
TOPICS = ["solar energy", "electric cars", "football", "space travel", "the housing market", "robotics", "climate change",
          "tennis", "the elections", "batteries", "wine prices", "bird flu", "coffee prices", "chess", "high-speed trains",
          "whales", "wind power", "rugby", "the stock market", "public transport", "video games", "volcanoes", "school meals",
          "glaciers"]
CURRENCIES = ["dollars", "euros", "pounds", "yen", "francs", "USD", "EUR", "GBP", "JPY", "CHF", "SEK", "CAD", "AUD", "INR",
              "rupees", "pesos"]
UNITS = ["kilometers", "miles", "meters", "feet", "inches", "yards", "centimeters"]
MESSAGES = [
    "I will be {n} minutes late", "the meeting moved to room {n}", "please bring {food}", "see you in {city}",
    "the {product} has arrived", "happy birthday", "I am on my way", "dinner is ready", "we need {n} more chairs",
    "call me when you are home", "{name} is sick today", "the {room} is clean now", "I sent you the photos",
    "our train leaves from platform {n}", "don't forget the {product}", "I made {food}", "we won the game",
    "{name} says hello", "the key is in the {room}", "good luck with the exam", "I can't come today", "the shop is closed",
    "thanks for the {product}", "we are in {city} now", "I found your {product}", "{name} is waiting outside",
    "the code is {n}", "our new office is in {city}", "I paid for the {food}", "the party starts at {n} Elm Road",
]
TASKS = [
    "buy {food}", "call {name}", "clean the {room}", "water the plants", "fix the {product}", "pay the rent",
    "write to {name}", "book a trip to {city}", "return the {product}", "feed the cat", "take out the trash",
    "pick up {name}", "order a new {product}", "read the {made} report", "wash the car", "paint the {room}",
    "send {name} the photos", "check the {made} contract", "cook {food}", "sell the old {product}", "visit {name}",
    "charge the {product}", "plan the {city} trip", "bake some {food}",
]
REASONS = [
    "it is a duplicate", "it arrived too late", "it is broken", "the price is wrong", "the customer moved to {city}",
    "{name} asked for it", "it is too small", "the color is wrong", "we have no more space", "it was a mistake",
    "the contract ended", "it is out of date", "{name} left the company", "I found a better one", "it does not work",
    "the address is wrong", "nobody uses it", "it is too expensive", "the {product} is missing", "it failed the test",
    "the project in {city} is over", "{name} has a newer one", "we ordered it twice", "it was never paid",
]
ISSUES = [
    "the {product} in the {room} is broken", "the website is slow", "the printer does not work", "{name} can't log in",
    "the {made} app crashes", "no e-mail since this morning", "the {word} page is empty", "the office in {city} has no internet",
    "the search finds nothing", "the screen stays black", "the backup of {word} failed", "the {room} has no light",
    "wrong prices in the {made} shop", "the {word} server is down", "the export has {n} errors", "{name} gets no invoices",
    "the login page shows error {n}", "the phone in the {room} is dead", "the {made} report is wrong", "the map does not load",
    "the {word} button does nothing", "room {n} is too cold", "the app forgets {made}", "the door in {city} does not open",
]
ERRORS = [
    "not found", "permission denied", "timeout", "service unavailable", "invalid argument", "the server is down",
    "no connection", "no results", "access denied", "quota exceeded", "unknown id", "internal error", "rate limit reached",
    "already exists", "database locked", "not allowed", "bad request", "connection lost", "payment declined", "network error",
    "too many requests", "disk full", "session expired", "out of stock",
]
