"""Stable simple facts, as lines of pairs; the same in training and held-out questions."""


def pairs(lines):
    """[(left, right)] of `left: right` entries separated by semicolons or line ends."""
    entries = [entry for line in lines.strip().splitlines() for entry in line.split(";") if entry.strip()]
    return [tuple(part.strip() for part in entry.split(":")) for entry in entries]


CAPITALS = pairs("""
France: Paris; Germany: Berlin; Italy: Rome; Spain: Madrid; Portugal: Lisbon; Austria: Vienna
Belgium: Brussels; Greece: Athens
the Netherlands: Amsterdam; Switzerland: Bern; Sweden: Stockholm; Norway: Oslo; Denmark: Copenhagen
Finland: Helsinki; Iceland: Reykjavik
Ireland: Dublin; the United Kingdom: London; Poland: Warsaw; the Czech Republic: Prague; Slovakia: Bratislava
Hungary: Budapest
Romania: Bucharest; Bulgaria: Sofia; Croatia: Zagreb; Slovenia: Ljubljana; Serbia: Belgrade; Albania: Tirana
Ukraine: Kyiv; Belarus: Minsk
Lithuania: Vilnius; Latvia: Riga; Estonia: Tallinn; Russia: Moscow; Turkey: Ankara; Malta: Valletta
Cyprus: Nicosia; Luxembourg: Luxembourg City
Georgia: Tbilisi; Armenia: Yerevan; Azerbaijan: Baku; Moldova: Chisinau; North Macedonia: Skopje
Montenegro: Podgorica
China: Beijing; Japan: Tokyo; South Korea: Seoul; North Korea: Pyongyang; Mongolia: Ulaanbaatar
India: New Delhi; Pakistan: Islamabad
Bangladesh: Dhaka; Nepal: Kathmandu; Bhutan: Thimphu; Thailand: Bangkok; Vietnam: Hanoi; Laos: Vientiane
Cambodia: Phnom Penh
the Philippines: Manila; Singapore: Singapore; Afghanistan: Kabul; Iran: Tehran; Iraq: Baghdad
Syria: Damascus
Lebanon: Beirut; Jordan: Amman; Saudi Arabia: Riyadh; Qatar: Doha; Oman: Muscat; Yemen: Sanaa
Kuwait: Kuwait City; Uzbekistan: Tashkent
Egypt: Cairo; Morocco: Rabat; Algeria: Algiers; Tunisia: Tunis; Libya: Tripoli; Sudan: Khartoum
Ethiopia: Addis Ababa; Kenya: Nairobi
Uganda: Kampala; Rwanda: Kigali; Ghana: Accra; Nigeria: Abuja; Senegal: Dakar; Mali: Bamako; Angola: Luanda
Zambia: Lusaka
Zimbabwe: Harare; Mozambique: Maputo; Namibia: Windhoek; Madagascar: Antananarivo; Cameroon: Yaounde
Somalia: Mogadishu
the United States: Washington, D.C.; Canada: Ottawa; Mexico: Mexico City; Cuba: Havana; Jamaica: Kingston
Haiti: Port-au-Prince
Guatemala: Guatemala City; Honduras: Tegucigalpa; Nicaragua: Managua; Costa Rica: San Jose
Panama: Panama City; Colombia: Bogota
Venezuela: Caracas; Ecuador: Quito; Peru: Lima; Brazil: Brasilia; Paraguay: Asuncion; Uruguay: Montevideo
Argentina: Buenos Aires
Chile: Santiago; Australia: Canberra; New Zealand: Wellington; Fiji: Suva
""")

CONTINENTS = pairs("""
France: Europe; Germany: Europe; Italy: Europe; Spain: Europe; Portugal: Europe; Austria: Europe
Greece: Europe; Sweden: Europe; Norway: Europe
Finland: Europe; Ireland: Europe; Poland: Europe; Hungary: Europe; Switzerland: Europe; Denmark: Europe
Belgium: Europe; China: Asia; Japan: Asia
India: Asia; Thailand: Asia; Vietnam: Asia; Nepal: Asia; Pakistan: Asia; Iran: Asia; Iraq: Asia
Mongolia: Asia; South Korea: Asia
Egypt: Africa; Kenya: Africa; Nigeria: Africa; Morocco: Africa; Ghana: Africa; Ethiopia: Africa
Uganda: Africa; Angola: Africa; Senegal: Africa
Canada: North America; Mexico: North America; the United States: North America; Brazil: South America
Argentina: South America
Chile: South America; Peru: South America; Colombia: South America; Ecuador: South America
Uruguay: South America; Venezuela: South America
""")

OPPOSITES = pairs("""
hot: cold; big: small; tall: short; fast: slow; good: bad; happy: sad; day: night; black: white; up: down
left: right; open: closed
old: young; rich: poor; strong: weak; hard: soft; heavy: light; dark: bright; early: late; full: empty
clean: dirty; wet: dry; high: low
loud: quiet; deep: shallow; thick: thin; wide: narrow; true: false; yes: no; win: lose; buy: sell; push: pull
start: stop; come: go
in: out; near: far; always: never; all: none; before: after; above: below; front: back; top: bottom
love: hate; war: peace; life: death
friend: enemy; summer: winter; north: south; east: west; sweet: sour; sharp: dull; smooth: rough
cheap: expensive; easy: difficult
safe: dangerous; alive: dead; awake: asleep; brave: cowardly; polite: rude; begin: end; give: take
laugh: cry; remember: forget
arrive: leave; inside: outside; first: last; more: less; many: few; tight: loose; same: different
possible: impossible; visible: invisible
ancient: modern; simple: complicated; solid: liquid; public: private; success: failure; question: answer
entrance: exit; guilty: innocent
increase: decrease; lend: borrow; accept: refuse; major: minor; maximum: minimum; positive: negative
""")

COLORS = pairs("""
a banana: yellow; a lemon: yellow; grass: green; snow: white; coal: black; blood: red
the clear daytime sky: blue; a ripe tomato: red
a carrot: orange; milk: white; chocolate: brown; a cucumber: green; a strawberry: red; a flamingo: pink
a polar bear: white; a raven: black
a cherry: red; an elephant: gray; a frog: green; salt: white; an emerald: green; a ruby: red
a sapphire: blue; a fire truck: red; sugar: white
spinach: green; broccoli: green; a pumpkin: orange; an egg yolk: yellow; soot: black; a swan: white
a crow: black; a sunflower: yellow
""")

SOUNDS = pairs("""
dog: barks; cat: meows; cow: moos; sheep: bleats; horse: neighs; pig: grunts; duck: quacks; lion: roars
bee: buzzes; snake: hisses
wolf: howls; rooster: crows; frog: croaks; mouse: squeaks; owl: hoots; crow: caws; donkey: brays
goat: bleats; hen: clucks; bird: chirps
elephant: trumpets; bear: growls; goose: honks; turkey: gobbles; dove: coos; cricket: chirps; hyena: laughs
parrot: squawks
""")

LEGS = pairs("""
dog: 4; cat: 4; cow: 4; horse: 4; sheep: 4; pig: 4; lion: 4; elephant: 4; bird: 2; chicken: 2; duck: 2
human: 2; ant: 6; bee: 6; beetle: 6
butterfly: 6; spider: 8; snake: 0; fish: 0; frog: 4; mouse: 4; crab: 10; scorpion: 8; worm: 0; penguin: 2
goat: 4; tiger: 4; fly: 6; eagle: 2
""")

YOUNG = pairs("""
dog: puppy; cat: kitten; cow: calf; horse: foal; sheep: lamb; pig: piglet; hen: chick; duck: duckling
goat: kid; bear: cub; lion: cub
frog: tadpole; goose: gosling; swan: cygnet; deer: fawn; kangaroo: joey; elephant: calf
butterfly: caterpillar; owl: owlet; whale: calf
""")

PLURALS = pairs("""
cat: cats; dog: dogs; book: books; box: boxes; bus: buses; city: cities; baby: babies; child: children
man: men; woman: women; foot: feet
tooth: teeth; mouse: mice; goose: geese; person: people; leaf: leaves; knife: knives; wife: wives
wolf: wolves; sheep: sheep; deer: deer
ox: oxen; apple: apples; house: houses; church: churches; dish: dishes; party: parties; country: countries
berry: berries; key: keys
boy: boys; toy: toys; tomato: tomatoes; potato: potatoes; hero: heroes; photo: photos; piano: pianos
life: lives; shelf: shelves; half: halves
thief: thieves; loaf: loaves; glass: glasses; watch: watches; brush: brushes; fox: foxes; lady: ladies
story: stories; table: tables
window: windows; tree: trees; car: cars; pen: pens; egg: eggs; day: days; week: weeks; crisis: crises
analysis: analyses; louse: lice
""")

PAST = pairs("""
go: went; see: saw; eat: ate; run: ran; take: took; give: gave; make: made; come: came; write: wrote
buy: bought; bring: brought
think: thought; catch: caught; teach: taught; find: found; know: knew; grow: grew; fly: flew; throw: threw
draw: drew; drink: drank
sing: sang; swim: swam; begin: began; ring: rang; speak: spoke; break: broke; choose: chose; wake: woke
drive: drove; ride: rode; rise: rose
fall: fell; feel: felt; keep: kept; sleep: slept; leave: left; meet: met; sit: sat; get: got; win: won
hold: held; tell: told; sell: sold
say: said; pay: paid; hear: heard; have: had; do: did; lose: lost; build: built; send: sent; spend: spent
stand: stood; walk: walked
play: played; work: worked; jump: jumped; look: looked; ask: asked; open: opened; close: closed
stop: stopped; plan: planned; try: tried
cry: cried; study: studied; cook: cooked; help: helped; call: called; like: liked; love: loved; put: put
cut: cut; shut: shut; become: became
forget: forgot; hide: hid; bite: bit; wear: wore; steal: stole; fight: fought; freeze: froze; shake: shook
blow: blew; sink: sank
""")

SYNONYMS = pairs("""
big: large; small: little; happy: glad; sad: unhappy; fast: quick; smart: clever; begin: start; end: finish
angry: mad; beautiful: pretty
difficult: hard; simple: easy; ill: sick; rich: wealthy; choose: pick; shout: yell; silent: quiet
answer: reply; buy: purchase; help: assist
gift: present; car: automobile; strange: odd; brave: courageous; tired: sleepy; rock: stone; close: shut
jump: leap; correct: right
mistake: error; scared: afraid; famous: well-known; funny: amusing; repair: fix; speak: talk; tidy: neat
wonderful: great; whole: entire
""")

WORKERS = pairs("""
bakes bread: a baker; flies planes: a pilot; teaches children at school: a teacher
puts out fires: a firefighter; treats sick people: a doctor
treats sick animals: a veterinarian; cuts hair: a hairdresser; repairs teeth: a dentist
grows crops: a farmer; writes books: an author
paints pictures: a painter; catches fish: a fisherman; designs buildings: an architect
repairs pipes: a plumber; cooks in a restaurant: a chef
drives a bus: a bus driver; sells meat: a butcher; takes photographs: a photographer
delivers letters: a mail carrier; writes programs: a programmer
""")

# (phrasings separated by |, answer, what an answer has to name)
SINGLE = [
    ("How many days are in a week?|How many days does a week have?|A week has how many days?",
     "A week has 7 days.", "7"),
    ("How many months are in a year?|How many months does a year have?|A year has how many months?",
     "A year has 12 months.", "12"),
    ("How many hours are in a day?|How many hours does a day have?|A day has how many hours?",
     "A day has 24 hours.", "24"),
    ("How many minutes are in an hour?|"
     "How many minutes does an hour have?|"
     "An hour has how many minutes?",
     "An hour has 60 minutes.", "60"),
    ("How many seconds are in a minute?|"
     "How many seconds does a minute have?|"
     "A minute has how many seconds?",
     "A minute has 60 seconds.", "60"),
    ("How many seasons are there?|How many seasons does a year have?|A year has how many seasons?",
     "A year has 4 seasons.", "4"),
    ("How many sides does a triangle have?|"
     "A triangle has how many sides?|"
     "What is the number of sides of a triangle?",
     "A triangle has 3 sides.", "3"),
    ("How many sides does a square have?|"
     "A square has how many sides?|"
     "What is the number of sides of a square?",
     "A square has 4 sides.", "4"),
    ("How many sides does a hexagon have?|"
     "A hexagon has how many sides?|"
     "What is the number of sides of a hexagon?",
     "A hexagon has 6 sides.", "6"),
    ("How many sides does a pentagon have?|"
     "A pentagon has how many sides?|"
     "What is the number of sides of a pentagon?",
     "A pentagon has 5 sides.", "5"),
    ("How many planets are in the solar system?|"
     "How many planets go around the Sun?|"
     "The Sun has how many planets?",
     "There are 8 planets.", "8"),
    ("How many continents are there?|"
     "How many continents does the Earth have?|"
     "What is the number of continents?",
     "There are 7 continents.", "7"),
    ("How many letters are in the English alphabet?|"
     "How many letters does the alphabet have?|"
     "English uses how many letters?",
     "There are 26 letters.", "26"),
    ("How many legs does a spider have?|"
     "A spider walks on how many legs?|"
     "Count the legs of a spider. How many are there?",
     "A spider has 8 legs.", "8"),
    ("How many wheels does a bicycle have?|"
     "A bicycle has how many wheels?|"
     "What is the number of wheels on a bicycle?",
     "A bicycle has 2 wheels.", "2"),
    ("How many wheels does a car have?|"
     "A car has how many wheels?|"
     "What is the number of wheels on a car?",
     "A car has 4 wheels.", "4"),
    ("How many eyes does a person have?|"
     "A person has how many eyes?|"
     "What is the number of eyes of a person?",
     "A person has 2 eyes.", "2"),
    ("How many fingers are on one hand?|How many fingers does a hand have?|A hand has how many fingers?",
     "A hand has 5 fingers.", "5"),
    ("What is the largest planet?|Which planet is the largest?|Name the largest planet.",
     "The largest planet is Jupiter.", "Jupiter"),
    ("What is the smallest planet?|Which planet is the smallest?|Name the smallest planet.",
     "The smallest planet is Mercury.", "Mercury"),
    ("Which planet do we live on?|What planet is our home?|Name the planet that we live on.",
     "We live on the Earth.", "Earth"),
    ("What is the largest ocean?|Which ocean is the largest?|Name the largest ocean.",
     "The largest ocean is the Pacific Ocean.", "Pacific"),
    ("What is the largest continent?|Which continent is the largest?|Name the largest continent.",
     "The largest continent is Asia.", "Asia"),
    ("What is the highest mountain?|Which mountain is the highest on Earth?|Name the highest mountain.",
     "The highest mountain is Mount Everest.", "Everest"),
    ("What is the largest animal?|Which animal is the largest?|Name the largest animal.",
     "The largest animal is the blue whale.", "blue whale"),
    ("What is the tallest animal?|Which animal is the tallest?|Name the tallest animal.",
     "The tallest animal is the giraffe.", "giraffe"),
    ("What is the fastest land animal?|Which land animal is the fastest?|Name the fastest land animal.",
     "The fastest land animal is the cheetah.", "cheetah"),
    ("What star is at the center of the solar system?|"
     "Which star do the planets go around?|"
     "Name the star of our solar system.",
     "It is the Sun.", "Sun"),
    ("What do bees make?|What food do we get from bees?|Name the food that bees make.",
     "Bees make honey.", "honey"),
    ("What do cows give us to drink?|Which drink comes from cows?|Name the drink that cows give.",
     "Cows give milk.", "milk"),
    ("At what temperature does water freeze?|When does water freeze?|Give the freezing point of water.",
     "Water freezes at 0 degrees Celsius.", "0"),
    ("At what temperature does water boil?|When does water boil?|Give the boiling point of water.",
     "Water boils at 100 degrees Celsius.", "100"),
    ("What is frozen water called?|What do we call frozen water?|Water that is frozen is called what?",
     "Frozen water is called ice.", "ice"),
    ("What is the chemical formula of water?|Which formula does water have?|Give the formula of water.",
     "The formula of water is H2O.", "H2O"),
    ("What is the first letter of the alphabet?|"
     "Which letter starts the alphabet?|"
     "Name the first letter of the alphabet.",
     "The first letter is A.", "A"),
    ("What is the last letter of the alphabet?|"
     "Which letter ends the alphabet?|"
     "Name the last letter of the alphabet.",
     "The last letter is Z.", "Z"),
    ("Where does the Sun rise?|In which direction does the Sun rise?|Name the side where the Sun rises.",
     "The Sun rises in the east.", "east"),
    ("Where does the Sun set?|In which direction does the Sun set?|Name the side where the Sun sets.",
     "The Sun sets in the west.", "west"),
]
PLANETS = "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth".split()
