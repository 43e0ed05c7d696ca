"""Plots, poems and sentences for the story skill.

A plot is a list of sentences, each with some wordings. Slots: {n} name, {a} kind with article, {k} kind,
{he}/{his}/{him} pronouns, {He} at a
sentence's start, {t} thing, {at} thing with article, {p} place, {f} a friend with its article, {ff} the
friend with `the`.
"""

BEGIN = [
    "Once there was {a} named {n}.", "{n} was {a} who lived {p}.",
    "There once was {a} called {n} who lived {p}.", "Once upon a time, {a} named {n} lived {p}.",
         "Long ago, {a} named {n} lived {p}.", "{P} lived {a} named {n}."]
PLACES = [
    "near a quiet river", "at the edge of a forest", "in a small village", "on top of a green hill",
    "by the sea", "in a busy town", "next to an old mill", "in a sunny valley", "on a little farm",
          "under a tall oak", "beside a blue lake", "in a house with a red roof"]
FRIENDS = [
    "owl", "mouse", "hedgehog", "sparrow", "old turtle", "young rabbit", "frog", "little goat", "squirrel",
    "shy deer", "gray goose", "beaver", "crow", "baker", "gardener", "small dog",
]
THINGS = [
    "kite", "lantern", "red ball", "golden key", "blue hat", "wooden boat", "drum", "map", "silver bell",
    "basket", "apple", "book", "candle", "shiny stone", "feather", "warm scarf", "toy train",
          "umbrella", "flute", "balloon", "painted box", "button", "letter", "ladder", "compass",
          "green bottle", "old clock", "yellow flower", "little bag", "wooden spoon"]

PLOTS = [
    [  # lost and found
        ["One morning, {n} could not find {his} {t}.", "One day, {n} lost {his} {t} on the way home.",
         "On a windy day, {n} noticed that {his} {t} was gone."],
        ["{He} looked under the bridge and behind every bush.",
         "{He} searched the whole path, but it was not there.",
         "{He} asked everyone, but nobody had seen it."],
        ["Then {f} came along and offered to help.", "Then {f} said, \"Let us look together.\"",
         "At last, {f} pointed to a small hole in the ground."],
        ["Together they found the {t} under some leaves.", "Soon they saw the {t} next to a fallen tree.",
         "And there it was: the {t}, safe and dry."],
        ["{n} was so happy that {he} hugged {ff}.", "{n} thanked {ff} and danced with joy.",
         "From then on, {n} took good care of it."],
    ],
    [  # a new friend
        ["{n} had {at}, but nobody to play with.", "Every day, {n} played alone with {his} {t}.",
         "{n} liked {his} {t}, but {he} often felt lonely."],
        ["One afternoon, {f} stopped to watch.", "One day, {f} walked by and smiled.",
         "Then {f} moved in next door."],
        ["\"Would you like to play with me?\" asked {n}.", "{n} was shy, but {he} said hello.",
         "{n} held out the {t} and asked, \"Do you want a turn?\""],
        ["They played until the sun went down.", "They laughed and played all afternoon.",
         "Soon they were laughing like old friends."],
        ["After that day, {n} was never lonely again.", "Since then, the two have met every day.",
         "That is how {n} found a friend."],
    ],
    [  # the storm
        ["One night, a great storm came.", "One evening, the wind began to howl.",
         "In autumn, a heavy storm shook the trees."],
        ["{n} heard {f} crying for help outside.", "In the rain, {n} saw {f} who had no place to stay.",
         "Through the noise, {n} heard the voice of {f}."],
        ["{n} took {his} {t} and went out into the rain.",
         "{He} was afraid, but {he} picked up {his} {t} and opened the door.",
         "Without waiting, {n} grabbed the {t} and ran outside."],
        ["{He} led {ff} to a warm and dry place.", "Step by step, {he} brought {ff} home.",
         "Soon {ff} was safe beside the fire."],
        ["In the morning, the sky was clear, and both of them smiled.",
         "When the sun rose, the storm was over.", "\"You are very brave,\" said {ff}."],
    ],
    [  # learning
        ["{n} wanted to learn how to swim.", "{n} wished to learn to sing.",
         "More than anything, {n} wanted to learn to dance.", "{n} dreamed of learning to skate."],
        ["The first try went badly, and everyone laughed.",
         "At first, nothing worked, and {he} almost gave up.",
         "On the first day, {he} fell down three times."],
        ["But {f} said, \"Try a little every day.\"", "Then {f} gave {him} {at} for good luck.",
         "Only {f} believed in {him}."],
        ["So {n} practiced each morning before breakfast.", "{n} practiced in the sun and in the rain.",
         "Day after day, {n} tried again."],
        ["By spring, {he} was the best of all.", "When summer came, {he} could do it, and everyone cheered.",
         "In the end, {n} did it and was very proud."],
    ],
    [  # sharing
        ["One day, {n} found {at} on the road.", "One morning, there was {at} in front of {n}'s door.",
         "For {his} birthday, {n} got {at}."],
        ["{He} wanted to keep it all to {him}self.", "At first, {n} hid it, so that nobody could see it.",
         "{He} loved it and would not let anybody touch it."],
        ["But then {f} came by and looked very sad.", "Then {n} met {f} who had nothing at all.",
         "Then {f} asked to see it, but {n} said no."],
        ["{n} thought for a while and decided to share the {t}.", "\"Here,\" said {n}, \"we can share it.\"",
         "So {n} let {ff} have the {t} for a day."],
        ["Sharing it made {n} happier than keeping it.", "They both had a wonderful day.",
         "{n} learned that joy grows when it is shared."],
    ],
    [  # afraid of the dark
        ["{n} was afraid of the dark.", "When night came, {n} always felt scared.",
         "{n} never went out after sunset, because the dark was scary."],
        ["One night, {he} heard a strange noise outside.", "One evening, something scratched at the door.",
         "Then, one night, there was a knock at the window."],
        ["{n} held {his} {t} tight and went to look.", "With {his} {t} close by, {n} opened the door.",
         "{n} took a deep breath and stepped outside."],
        ["It was only {f} who had lost the way.", "There stood {f}, cold and hungry.",
         "It was {f} who was even more afraid than {n}."],
        ["They sat together and counted the stars.", "They shared some soup and told each other stories.",
         "{n} saw that the night was full of stars and not scary at all."],
    ],
    [  # the race
        ["One summer, there was a big race.", "Every year, there was a race around the lake.",
         "In May, everyone met for the great race."],
        ["{n} was small and slow, but {he} wanted to try.", "Nobody thought that {n} could win.",
         "{n} trained for weeks with {f}."],
        ["Halfway through, {f} fell and could not get up.", "Near the end, {n} saw {f} lying by the road.",
         "Just before the finish, {f} tripped and fell."],
        ["{n} stopped to help, although the others ran on.", "{n} turned back and helped {ff} to stand up.",
         "{n} gave up the first place and stayed with {ff}."],
        ["{n} came in last, but {he} got {at} as a prize for kindness.",
         "They finished together, and everyone cheered the loudest for {n}.",
         "That day, {n} won something better than a race: a friend."],
    ],
    [  # the garden
        ["{n} planted a tiny seed behind the house.", "In spring, {n} put a seed into the ground.",
         "One day, {f} gave {n} a strange seed."],
        ["Every morning, {he} watered it and waited.", "Day after day, {n} brought it water.",
         "{n} sang to it every evening."],
        ["For weeks, nothing happened.", "The others said that nothing would grow.",
         "{n} waited and waited."],
        ["Then one morning, a tall plant stood there, and on it hung {at}.",
         "At last, a big flower opened, and inside lay {at}.",
         "Then the seed grew and grew, until the plant was taller than the house."],
        ["{n} laughed and called everyone to see it.", "\"Good things take time,\" said {n}.",
         "{n} was glad that {he} had not given up."],
    ],
    [  # the journey
        ["{n} wanted to see what was behind the mountains.", "{n} dreamed of seeing the ocean.",
         "One day, {n} decided to travel to the end of the road."],
        ["{He} packed some bread and {at} and set off.", "{He} took only {his} {t} and some water.",
         "With {at} in {his} bag, {he} left at sunrise."],
        ["On the way, {he} met {f} who was going there too.", "Soon {f} joined {him}.",
         "At a crossing, {f} showed {him} the right way."],
        ["They walked for three days and slept under the stars.",
         "The road was long, but the two sang and told jokes.",
         "They crossed a river and climbed over high rocks."],
        ["When they arrived, the view was more beautiful than any dream.",
         "In the end, {n} was happy to have seen the world, and just as happy to go home.",
         "{n} never forgot that journey."],
    ],
    [  # the repair
        ["One day, {n} found a broken {t}.", "{n}'s favorite {t} broke in two.",
         "The {t} of {ff} was broken, and nobody could repair it."],
        ["\"I can fix that,\" said {n}.", "{n} did not want to throw it away.",
         "{n} looked at it for a long time."],
        ["{He} worked all night with wood and glue.", "{He} asked {f} for help, and they worked together.",
         "It took three days of hard work."],
        ["In the end, it looked better than before.", "At last, it was as good as new.",
         "When it was done, it shone in the sun."],
        ["Soon everyone brought broken things to {n}.", "{n} was very proud of {his} work.",
         "\"Nothing is lost as long as we try,\" said {n}."],
    ],
    [  # winter
        ["It was the coldest winter in years.", "One winter, the snow was as high as the windows.",
         "When the first snow fell, {n} looked out of the window."],
        ["{n} saw {f} looking for food.", "Outside, {f} was shivering in the cold.",
         "{n} heard {f} knocking at the door."],
        ["\"Come in and warm up,\" said {n}.", "{n} had only a little bread, but {he} gave half of it away.",
         "{n} opened the door and made some hot tea."],
        ["To say thank you, {ff} gave {n} {at}.", "They told stories until the snow stopped.",
         "They sat by the fire and looked at {at}."],
        ["It was the warmest winter evening ever.", "When spring came, they were best friends.",
         "Since then, {n} has loved the winter."],
    ],
    [  # the surprise
        ["It was {n}'s birthday, but nobody said a word.",
         "On the morning of {his} birthday, {n} woke up early.",
         "{n} thought that everybody had forgotten {his} birthday."],
        ["{He} walked through the streets and felt sad.", "{He} waited all day, but no one came.",
         "{He} went to see {f}, but nobody was at home."],
        ["In the evening, {he} saw a light in the barn.", "Then {he} heard whispers behind a door.",
         "On the way home, {he} saw many candles in the dark."],
        ["\"Surprise!\" shouted {ff} and all the others.", "There they all were, with a big cake and music.",
         "The door opened, and everybody began to sing."],
        ["The best gift was {at}.", "{n} got {at} and a big hug.",
         "{n} laughed, because nobody had forgotten {him}."],
    ],
    [  # the mystery
        ["Every night, something was missing from the kitchen.",
         "One day, there were strange tracks on the ground.",
         "For days, {n} had heard a soft sound under the floor."],
        ["{n} decided to find out why.", "{n} wanted to solve the mystery.",
         "{n} took {his} {t} and followed the trail."],
        ["{He} hid behind a barrel and waited.", "{He} looked for clues everywhere.",
         "{He} stayed awake and listened."],
        ["At midnight, {f} came in on tiptoe.", "In the end, {he} found {f} in a small nest.",
         "There sat {f} with some crumbs and {at}."],
        ["\"I was only hungry,\" said {ff}, and {n} shared {his} supper.", "{n} laughed and kept the secret.",
         "So the mystery was solved, and {n} had a new friend."],
    ],
    [  # the wish
        ["One night, {n} saw a falling star and made a wish.",
         "Deep in the woods, {n} found a well that granted wishes.", "One day, {f} promised {n} one wish."],
        ["{He} could wish for gold, or for {at}.", "First, {he} thought of {at}.",
         "\"I would like {at},\" said {n} at first."],
        ["But then {he} thought of {f} who was ill.", "But then {he} remembered that {f} was sad.",
         "But {f} needed help even more."],
        ["So {n} wished that {ff} would be well and happy.", "So {n} gave the wish away.",
         "\"Let my friend be happy,\" {he} said."],
        ["The wish came true, and {n} was happy too.", "The next day, {ff} was laughing again.",
         "It was the best wish that {he} could have made."],
    ],
]
ANIMALS = [
    "cat", "dog", "rabbit", "fox", "bear", "mouse", "owl", "hedgehog", "squirrel", "elephant", "lion",
    "penguin", "turtle", "frog", "horse", "donkey", "pony", "duck", "lamb", "goat", "tiger", "monkey",
    "panda",
           "parrot", "whale", "dragon", "unicorn", "wolf", "koala", "otter", "seal", "beaver", "sparrow",
           "giraffe", "zebra", "hamster"]
OBJECTS = [
    "robot", "teddy bear", "snowman", "puppet", "little train", "toy car", "small ship", "tin soldier",
    "old tractor", "cloud", "lighthouse", "scarecrow",
]
GIRLS = """
Anna Emma Grace Maria Olivia Rosa Vera Zoe Bella Clara Hannah Julia Laura Nora Sofia Alice Ella Mia Lily
Ruby Nina Eva Iris Ida Lena Molly Tessa Ivy Amy Paula Helen Jane Daisy Pia
""".split()
BOYS = """
Ben David Frank Henry Jack Leo Nick Paul Sam Tom Adam Eric George Hugo Kevin Martin Oscar Simon Felix Lucas
Noah Finn Max Theo Otto Peter Owen Liam Josh Karl Fred Ian Toby Emil
""".split()

COUPLETS = [
    ("I saw {at} beneath the sky,", "and watched the little clouds go by."),
    ("A small and lovely {t} I know,", "it makes the morning gently glow."),
    ("Oh {t}, oh {t}, how fine you are,", "as bright as any evening star."),
    ("Today I met {at} so dear,", "I wished that it would stay right here."),
    ("When I am sad and all alone,", "I think of {at} that I have known."),
    ("I wrote a song about {at},", "and sang it softly, just like that."),
    ("The {t} is here, the day is new,", "the grass is wet with morning dew."),
    ("There is {at} that waits for me,", "beside the old and quiet tree."),
    ("A {w} {t} came to my door,", "I never saw the like before."),
    ("My {t} is small, my {t} is bright,", "it keeps me company at night."),
    ("The moon looks down, the {t} looks up,", "I drink some cocoa from my cup."),
    ("I dreamed about {at} last night,", "it filled the dark with gentle light."),
    ("Who has {at} has never far", "to where the happy people are."),
    ("The {t} and I, we like the rain,", "it sings upon the window pane."),
]
SECOND = [
    ("The wind is soft, the sun is warm,", "and far away is every storm."),
    ("The birds all sing, the flowers bloom,", "and light is dancing through the room."),
    ("And when the day is at its end,", "I go to sleep and thank my friend."),
    ("So let us laugh and let us play,", "and be together one more day."),
    ("The stars come out, the night is deep,", "and all the world has gone to sleep."),
    ("The river runs, the hills are green,", "the finest land I've ever seen."),
    ("And if you ask me what is best,", "it is a song, a smile, a rest."),
    ("The years go by, the seasons turn,", "and there is always more to learn."),
    ("I close my eyes, I hear the sea,", "and this is where I want to be."),
    ("The snow may fall, the cold may bite,", "but in my heart it's warm and bright."),
    ("So take my hand and come along,", "and we will sing our little song."),
    ("Each morning brings a brand new start,", "with open eyes and open heart."),
]
POEM_THINGS = [
    "cat", "dog", "tree", "star", "river", "flower", "boat", "bird", "garden", "mountain", "cloud", "candle",
    "horse", "rose", "house", "lamp", "song", "train", "kite", "rabbit", "apple", "lion", "owl", "bee",
    "leaf",
               "mill", "robot", "book", "fox", "mouse", "lake", "bear", "snowman", "butterfly", "bridge",
               "duck"]

NOUNS = [
    "apple", "book", "house", "table", "garden", "river", "mountain", "dog", "cat", "horse", "letter",
    "window", "bridge", "ticket", "basket", "lamp", "train", "flower", "bottle", "picture", "hat", "key",
    "clock", "boat", "chair",
         "doctor", "teacher", "farmer", "bird", "ball", "piano", "computer", "door", "tower", "shop",
         "umbrella", "map", "camera", "coat", "cake", "guitar", "mirror", "phone", "suitcase", "ladder",
         "newspaper"]
NOUN_USE = [
    "Everyone was looking at the {w}.", "The {w} in the picture looks very old.",
    "Yesterday I saw {aw} on my way home.", "My sister told me about {aw}.",
    "There is {aw} behind the house.", "I have never seen such a beautiful {w}.",
            "The children drew {aw} at school.", "We were surprised to see {aw} there."]
ADJECTIVES = [
    "happy", "small", "old", "green", "quiet", "brave", "heavy", "bright", "clean", "warm", "cold", "busy",
    "empty", "gentle", "strange", "tall", "soft", "strong", "new", "famous", "beautiful", "dark", "dry",
    "slow", "lucky",
              "useful", "modern", "tired", "hungry", "lonely"]
ADJECTIVE_USE = [
    "The {w} dog slept in front of the door.", "My neighbor has {aw} dog.", "We saw {aw} bird in the garden.",
    "It was {aw} animal.", "I met {aw} man at the station.", "The {w} woman smiled at us.",
]
VERBS = [
    "run", "walk", "sing", "read", "write", "swim", "dance", "cook", "learn", "travel", "laugh", "jump",
    "draw", "paint", "work", "rest", "sleep", "help", "climb", "wait", "listen", "eat", "study", "play",
    "practice",
]
VERB_USE = [
    "I like to {w} in the morning.", "We will {w} together tomorrow.", "My friends {w} every day.",
    "She wants to {w} with her brother.", "They often {w} in the evening.", "You can {w} here if you like.",
]
