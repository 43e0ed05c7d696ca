"""Common English words for spelling, counting and sorting, and the things that stories are about."""

WORDS = """
apple bread water house mouse table chair window garden flower river ocean mountain forest animal tiger lion
zebra horse sheep goat chicken
rabbit turtle snake frog bird eagle robin crow whale shark fish bear wolf fox deer camel monkey kitten puppy
cat dog cow pig hen duck goose
bee ant fly spider worm sun moon star cloud rain snow wind storm ice fire stone sand grass tree leaf root seed
rose lily tulip lemon orange
banana cherry grape peach pear plum melon carrot onion potato tomato pepper bean corn rice pasta soup salad
cheese butter milk honey sugar
salt egg cake cookie candy juice tea coffee cup plate bowl fork knife spoon bottle glass pot pan oven stove
kitchen bedroom door wall floor
roof stairs lamp clock mirror carpet pillow blanket bed sofa desk shelf drawer box bag basket key lock phone
radio screen computer printer
keyboard paper pencil pen eraser book letter stamp page story poem song music piano guitar violin drum flute
dance picture paint brush color
red blue green yellow purple black white brown pink gray school teacher student lesson class exam grade doctor
nurse farmer baker driver
pilot sailor soldier king queen prince castle tower bridge road street city town village country island beach
harbor boat ship train plane
car bus truck bike wheel engine ticket station airport hotel market shop store office factory bank money coin
price gift toy ball game
puzzle kite doll robot rocket planet earth space light shadow morning evening night summer winter spring
autumn monday friday today
hand foot head hair eye ear nose mouth tooth finger thumb arm leg knee back heart hat coat shirt dress skirt
shoe sock glove scarf belt
button pocket happy sad angry tired hungry brave clever funny quiet loud quick slow strong weak tall short
long small large heavy open
closed clean dirty full empty early late young old new warm cold hot dry wet soft hard sweet sour bitter fresh
run walk jump swim climb
write read speak listen think learn build bring carry catch throw push pull help thank smile laugh dream sleep
wake eat drink cook wash
hammer ladder rope nail wood metal gold silver iron plastic cotton wool leather candle match smoke family
mother father sister brother
uncle aunt cousin friend neighbor baby child people person number zero seven eight twelve twenty hundred
answer question problem reason
simple useful famous secret gentle polite honest perfect common special modern ancient public private memory
server system network model
file folder program button signal message language grammar sentence history science nature weather energy
power machine camera
""".split()
WORDS = list(dict.fromkeys(WORDS))
