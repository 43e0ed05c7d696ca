"""Word pools of the skills' open-class values. Each is shuffled once by a fixed seed, so that the held-out end of
every pool is a fair draw of it and not the end of the alphabet."""

import random


def _pool(text, separator=None):
    words = [" ".join(word.split()) for word in text.split(separator) if word.strip()]
    words = list(dict.fromkeys(words))
    random.Random(len(words)).shuffle(words)
    return words


FIRST_NAMES = _pool("""
Aaron Abigail Adam Adele Adrian Agnes Aisha Alan Albert Alice Amanda Amara Amelia Amir Amy Ana Andre
Andrea Angela Anika Anita Anna Anton Antonio Arjun Arthur Asha Astrid Audrey Ava Axel Barbara
Beatrice Ben Bianca Boris Brian Bruno Caleb Camila Carl Carla Carlos Carmen Caroline Cecilia Chen
Chloe Claire Clara Colin Connor Cora Dalia Damian Daniel Daria David Deborah Denise Dennis Derek
Diana Diego Dmitri Dora Dylan Edith Edward Elena Eli Elias Elif Eliza Ella Ellen Elsa Emil Emily
Emma Enzo Erica Erik Esther Ethan Eva Evelyn Farah Fatima Felix Fiona Frances Frank Frida Gabriel
Gemma George Gina Grace Greta Hana Hannah Harold Harry Hassan Hector Heidi Helen Henry Hiro Hugo Ian
Ida Igor Ines Ingrid Irene Iris Isaac Isabel Ivan Jack Jacob James Jane Jasmine Javier Jean Jenna
Joan Joel Johan Jonas Jorge Joseph Judith Julia Julian Kamal Karen Karim Karl Kate Kayla Keiko Kenji
Kevin Kim Klaus Kofi Laila Lara Laura Leah Lena Leo Leon Liam Lila Linda Lin Lisa Lorenzo Louis
Lucas Lucia Luis Luna Lydia Magnus Malik Marco Margaret Maria Marie Mario Martha Martin Mateo
Matilda Max Maya Megan Mei Mia Michael Miguel Mila Milan Mina Miriam Mohammed Mona Nadia Naomi
Natalie Nathan Nia Nicole Nikolai Nina Noah Noor Nora Oliver Olga Omar Oscar Otto Pablo Patricia
Paul Paula Pedro Peter Petra Philip Pia Priya Rachel Rafael Rana Rashid Ravi Rebecca Rita Robert
Rosa Ruby Ruth Ryan Sadie Salma Samuel Sandra Sara Sean Selma Sergio Silvia Simon Sofia Sonia Stella
Stephen Susan Sven Talia Tamara Tara Teresa Theo Thomas Tina Tobias Tom Tomas Uma Ursula Valerie
Vera Victor Vikram Viola Walter Wendy Will Xavier Yara Yasmin Yuki Yusuf Zara Zoe""")

LAST_NAMES = _pool("""
Abbott Adams Adler Ahmed Ali Allen Alvarez Anders Andersen Archer Bailey Baker Banerjee Barnes Bauer
Becker Bell Bennett Berg Bianchi Bishop Blake Bondi Bowman Brandt Brooks Brown Bryant Burke Burns
Byrne Campbell Carlson Carter Castro Chandra Chang Chavez Cho Clark Cohen Cole Collins Conti Cooper
Costa Cox Craig Cruz Curtis Dahl Dalton Davies Dawson Delgado Diaz Dixon Doyle Drake Dubois Duncan
Dunn Eaton Edwards Egan Ekström Ellis Engel Erikson Evans Farmer Farrell Fernandez Ferrari Fischer
Fisher Fleming Flores Flynn Ford Foster Fox Franklin Frost Fuchs Gallagher Garcia Gardner Gibson
Gill Gomez Gonzalez Gordon Graham Grant Gray Green Griffin Gupta Haas Hale Hall Hamilton Hansen
Harper Harris Hart Hayes Henderson Herrera Hill Hoffman Holm Holt Horvath Howard Huang Hughes Hunt
Hussain Ibrahim Ito Ivanov Jackson Jacobs Jansen Jensen Johnson Jones Jordan Joshi Kaiser Kapoor
Kato Kaya Keller Kelly Kemp Khan King Klein Knight Koch Kovacs Kowalski Kumar Lambert Lane Larsen
Lawson Lee Lehmann Leone Lewis Lind Lindberg Long Lopez Lund Lynch Maier Malone Marino Marsh
Martinez Mason Mbeki Medina Mendez Meyer Miller Mills Mitchell Molina Moore Morales Moran Moreno
Morgan Morris Moss Müller Murphy Murray Nakamura Nash Navarro Neumann Newton Nguyen Nielsen Nolan
Novak Okafor Oliveira Olsen Ortega Osei Owens Page Palmer Park Parker Patel Pearson Perez Peterson
Phillips Pope Porter Powell Price Quinn Ramirez Ramos Rao Reed Reyes Ricci Richter Rivera Roberts
Rojas Romano Rossi Roth Rowe Russo Ryan Saito Salazar Sanders Santos Sato Schmidt Schneider Schultz
Shaw Silva Simmons Singh Sloan Smith Sokolov Spencer Stein Stone Suzuki Svensson Takeda Tanaka
Taylor Thompson Torres Tran Turner Vargas Vasquez Vega Vogel Wagner Walker Walsh Ward Watson Weber
Weiss Wells West White Wilson Winter Wolf Wong Wood Wright Yamada Yang Yilmaz Young Zhang Zimmer""")

CITIES = _pool("""
Aberdeen, Accra, Adelaide, Amsterdam, Ankara, Antwerp, Athens, Atlanta, Auckland, Austin, Baltimore,
Bangkok, Barcelona, Basel, Beirut, Belfast, Belgrade, Bergen, Berlin, Bilbao, Birmingham, Bogota,
Bologna, Bombay, Bordeaux, Boston, Brasilia, Bratislava, Bremen, Brighton, Brisbane, Bristol,
Bruges, Brussels, Bucharest, Budapest, Buenos Aires, Cairo, Calgary, Cape Town, Cardiff, Chicago,
Cleveland, Cologne, Copenhagen, Cork, Dakar, Dallas, Delhi, Denver, Detroit, Dresden, Dubai, Dublin,
Durban, Edinburgh, Essen, Florence, Frankfurt, Galway, Gdansk, Geneva, Genoa, Ghent, Glasgow,
Gothenburg, Granada, Graz, Halifax, Hamburg, Hanoi, Helsinki, Hiroshima, Hong Kong, Houston,
Istanbul, Jakarta, Johannesburg, Kampala, Karachi, Kiel, Krakow, Kyoto, Lagos, Lahore, Lausanne,
Leeds, Leipzig, Lille, Lima, Lisbon, Liverpool, London, Los Angeles, Lyon, Madrid, Malaga, Malmo,
Manchester, Manila, Marseille, Melbourne, Memphis, Mexico City, Miami, Milan, Montreal, Moscow,
Mumbai, Munich, Nairobi, Nantes, Naples, New York, Nice, Osaka, Oslo, Ottawa, Palermo, Paris, Perth,
Philadelphia, Phoenix, Pisa, Porto, Portland, Prague, Quebec, Reykjavik, Riga, Rome, Rotterdam,
Salzburg, San Diego, Santiago, Sapporo, Seattle, Seoul, Seville, Shanghai, Sheffield, Singapore,
Sofia, Stockholm, Strasbourg, Stuttgart, Sydney, Taipei, Tallinn, Tampa, Tokyo, Toronto, Toulouse,
Trieste, Tunis, Turin, Utrecht, Valencia, Vancouver, Venice, Verona, Vienna, Vilnius, Warsaw,
Wellington, Winnipeg, York, Zagreb, Zurich""", ",")

COUNTRIES = _pool("""
Argentina, Australia, Austria, Belgium, Bolivia, Brazil, Bulgaria, Canada, Chile, China, Colombia,
Croatia, Cuba, Denmark, Ecuador, Egypt, Estonia, Ethiopia, Finland, France, Germany, Ghana, Greece,
Hungary, Iceland, India, Indonesia, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kenya, Latvia,
Lebanon, Lithuania, Malaysia, Malta, Mexico, Mongolia, Morocco, Nepal, New Zealand, Nigeria, Norway,
Pakistan, Panama, Peru, Poland, Portugal, Romania, Rwanda, Senegal, Serbia, Slovakia, Slovenia,
South Africa, South Korea, Spain, Sweden, Switzerland, Tanzania, Thailand, Tunisia, Turkey, Uganda,
Ukraine, Uruguay, Vietnam, Zambia""", ",")

COMPANY_STEMS = _pool("""
Acorn Alder Alpine Amber Anchor Apex Arbor Argon Aspen Atlas Aurora Badger Bamboo Basalt Beacon
Birch Bluebird Bolt Breeze Bridgeway Brightwater Canyon Cardinal Cedar Cobalt Comet Compass
Copperfield Coral Crescent Crestline Cypress Delta Dolphin Eagle Eastgate Echo Element Ember
Evergreen Falcon Fernwood Fjord Flint Foxglove Frontier Galaxy Garnet Glacier Goldleaf Granite
Greenfield Harbor Hawthorn Hazel Helix Heron Highland Horizon Ironwood Ivory Jasper Juniper Keystone
Kingfisher Lakeside Lantern Lark Laurel Lighthouse Linden Lotus Lumen Magnolia Maple Marble Meadow
Meridian Mistral Moonstone Mosaic Mountain Nimbus Northwind Nova Oakridge Onyx Opal Orbit Orchard
Osprey Otter Pacific Pebble Pinnacle Pioneer Polaris Prairie Prism Quartz Quill Rainier Raven
Redwood Ridge Riverside Rosewood Sable Sapphire Sequoia Sierra Silverline Solar Spruce Starling
Sterling Stonebridge Summit Sunrise Swift Tamarack Terra Thistle Tidal Topaz Trident Tulip Valley
Vertex Violet Vista Walnut Westgate Willow Windmill Wren Zenith Zephyr""")

COMPANY_ENDINGS = _pool("""
Analytics, Bakery, Bank, Books, Brothers, Capital, Catering, Clinic, Coffee, Construction,
Consulting, Corp, Dental, Design, Electric, Energy, Engineering, Farms, Foods, Furniture, Gardens,
Group, Health, Holdings, Inc, Industries, Insurance, Labs, Logistics, Ltd, Marketing, Media, Motors,
Networks, Optics, Outdoors, Paper, Partners, Pharma, Plastics, Press, Printing, Robotics, Security,
Services, Software, Solutions, Sports, Studio, Supplies, Systems, Technologies, Textiles, Tools,
Travel, Ventures""", ",")

PRODUCTS = _pool("""
alarm clock, armchair, backpack, baking tray, bath towel, bed frame, beanbag, bicycle, bicycle
helmet, blanket, blender, board game, bookcase, bread knife, bucket, cable, calculator, camera,
camping stove, carpet, ceiling fan, chess set, coat rack, coffee grinder, coffee machine, coffee
table, cooking pot, cordless drill, curtain, cutting board, desk, desk chair, desk lamp, dishwasher,
doormat, drone, dumbbell, electric kettle, electric shaver, espresso cup, exercise mat, fan heater,
fishing rod, flashlight, floor lamp, flower pot, folding chair, freezer, frying pan, game console,
garden chair, garden hose, garden table, guitar, hair dryer, hammer, hammock, hand mixer, headset,
ice chest, ironing board, jacket, keyboard, ladder, laptop, laptop stand, lawn mower, letter opener,
lunch box, mattress, memory card, microphone, microwave, mirror, monitor, mouse pad, music stand,
notebook, office chair, oven glove, paint roller, paper shredder, pencil case, phone case, picture
frame, pillow, pocket knife, pressure cooker, printer, projector, radio, rain jacket, rice cooker,
rocking chair, router, rug, saucepan, scanner, scarf, screwdriver set, sewing machine, shoe rack,
shower curtain, skateboard, sleeping bag, sofa, soldering iron, speaker, suitcase, surfboard, table
lamp, tablet, teapot, telescope, tennis racket, tent, thermos, toaster, toolbox, travel mug, tripod,
umbrella, vacuum cleaner, vase, violin, waffle iron, wall clock, wallet, washing machine, water
bottle, water filter, webcam, wheelbarrow, whiteboard, wine rack, wrench, yoga mat""", ",")

JOBS = _pool("""
accountant, actor, analyst, architect, art teacher, baker, barber, bookkeeper, botanist, bricklayer,
bus driver, butcher, carpenter, cashier, chef, chemist, civil engineer, coach, conductor,
copywriter, courier, dancer, data analyst, dentist, designer, detective, dietitian, diver, doctor,
economist, editor, electrician, engineer, farmer, firefighter, florist, gardener, geologist, graphic
designer, hairdresser, historian, illustrator, interpreter, jeweler, journalist, judge, lab
technician, lawyer, librarian, lifeguard, locksmith, machinist, manager, marine biologist, mason,
mechanic, midwife, miner, musician, nurse, office manager, optician, painter, paramedic, pharmacist,
photographer, physicist, pianist, pilot, plumber, police officer, potter, printer, product manager,
professor, programmer, psychologist, receptionist, reporter, roofer, sailor, sales manager,
scientist, sculptor, secretary, security guard, shop assistant, singer, social worker, software
developer, surgeon, surveyor, tailor, tax adviser, taxi driver, teacher, tour guide, train driver,
translator, veterinarian, waiter, web developer, welder, writer, zoologist""", ",")

STREET_STEMS = _pool("""
Acacia Adams Alder Ash Bank Baker Bay Beech Birch Bridge Brook Canal Castle Cedar Center Chapel
Cherry Chestnut Church Circle Clay Cliff College Cooper Copper Cotton Court Cypress Dale Dock East
Eagle Elm Fern Field Forest Fountain Franklin Garden Gate Glen Grant Green Grove Harbor Hawthorn
Hazel Heather High Hill Holly Jackson Jefferson King Lake Lark Laurel Liberty Lilac Lime Lincoln
Linden Madison Main Maple Market Meadow Mill Monroe Mountain Myrtle North Oak Ocean Orchard Palm
Park Pearl Pine Poplar Prospect Queen Railway Ridge River Rose Rowan School Silver South Spring
Spruce Station Stone Summit Sunset Sycamore Temple Union Valley Victoria Vine Walnut Washington
Water West Willow Windsor Wood""")

STREET_ENDINGS = ["Street", "Road", "Avenue", "Lane", "Drive", "Way", "Place", "Boulevard"]

COLORS = _pool("""
amber, beige, black, blue, bronze, brown, burgundy, charcoal, copper, coral, cream, crimson, cyan,
dark blue, dark green, gold, gray, green, indigo, ivory, khaki, lavender, light blue, light green,
lilac, lime, magenta, maroon, mint, mustard, navy, olive, orange, peach, pink, plum, purple, red,
rose, ruby, rust, salmon, sand, scarlet, silver, sky blue, tan, teal, turquoise, violet, white,
yellow""", ",")

ANIMALS = _pool("""
alpaca, ant, badger, bat, bear, beaver, bee, bison, buffalo, butterfly, camel, canary, cat, cheetah,
chicken, cow, crab, crane, crocodile, crow, deer, dog, dolphin, donkey, duck, eagle, eel, elephant,
falcon, ferret, fox, frog, gazelle, gecko, giraffe, goat, goldfish, goose, gorilla, hamster, hare,
hawk, hedgehog, heron, hippo, horse, hyena, iguana, jackal, jaguar, kangaroo, koala, lamb, lemur,
leopard, lion, lizard, llama, lobster, lynx, mole, monkey, moose, mouse, mule, newt, octopus,
ostrich, otter, owl, panda, panther, parrot, peacock, pelican, penguin, pig, pigeon, pony, puma,
rabbit, raccoon, rat, raven, rooster, salmon, seal, shark, sheep, snail, snake, sparrow, spider,
squirrel, stork, swan, tiger, toad, tortoise, turkey, turtle, walrus, whale, wolf, wombat,
woodpecker, yak, zebra""", ",")

FOODS = _pool("""
apple pie, apples, apricots, bagels, baked beans, bananas, barley soup, beans, beef stew, beets,
blueberries, bread, broccoli, brown rice, butter, cabbage, carrots, cashews, cauliflower, celery,
cereal, cheese, cheesecake, cherries, chicken soup, chickpeas, chocolate, coconut milk, coffee,
cookies, corn, couscous, crackers, cream, cucumbers, curry, dates, dumplings, eggs, eggplant,
falafel, figs, fish soup, flour, fried rice, garlic, ginger, grapes, green tea, ham, hazelnuts,
honey, hummus, jam, kale, kiwis, lasagna, leeks, lemonade, lemons, lentils, lettuce, limes, mangoes,
maple syrup, melons, milk, mint tea, muesli, muffins, mushrooms, mustard, noodles, oatmeal, olive
oil, olives, omelets, onions, orange juice, oranges, pancakes, papaya, pasta, pastries, peaches,
peanuts, pears, peas, pepper, pickles, pineapple, pizza, plums, popcorn, potato salad, potatoes,
pretzels, pumpkin soup, quinoa, radishes, raisins, ravioli, rice, risotto, salad, salmon, salsa,
salt, sandwiches, sausages, scones, soy sauce, spinach, strawberries, sugar, sushi, tacos, toast,
tofu, tomatoes, tuna, vanilla ice cream, vinegar, waffles, walnuts, watermelon, yogurt, zucchini""", ",")

HOBBIES = _pool("""
archery, astronomy, badminton, baking, ballet, baseball, basketball, beekeeping, birdwatching, board
games, bowling, boxing, calligraphy, camping, canoeing, carpentry, chess, climbing, collecting
stamps, cooking, cricket, crochet, crossword puzzles, cycling, dancing, diving, drawing, embroidery,
fencing, fishing, football, gardening, golf, gymnastics, handball, hiking, hockey, horse riding, ice
skating, jogging, judo, juggling, karate, kayaking, knitting, magic tricks, model trains, mountain
biking, origami, painting, photography, pilates, playing the drums, playing the flute, playing the
guitar, playing the piano, poetry, pottery, quilting, reading, rowing, rugby, running, sailing,
sculpture, sewing, singing, skateboarding, sketching, skiing, snorkeling, snowboarding, soccer,
surfing, swimming, table tennis, tennis, theater, traveling, video games, volleyball, walking,
watercolors, weaving, wood carving, woodworking, wrestling, writing, yoga""", ",")

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

DEPARTMENTS = _pool("""
accounting, administration, customer service, design, engineering, finance, human resources, legal,
logistics, maintenance, marketing, operations, planning, procurement, production, quality control,
research, sales, security, shipping, support, training""", ",")

MATERIALS = _pool("""
aluminum, bamboo, brass, canvas, ceramic, copper, cork, cotton, felt, glass, leather, linen, marble,
nylon, oak, plastic, polyester, recycled paper, rubber, silk, stainless steel, stone, titanium,
walnut wood, wool""", ",")

LANGUAGES = _pool("""
Arabic, Bengali, Bulgarian, Chinese, Croatian, Czech, Danish, Dutch, English, Estonian, Finnish,
French, German, Greek, Hebrew, Hindi, Hungarian, Icelandic, Indonesian, Irish, Italian, Japanese,
Korean, Latvian, Malay, Norwegian, Persian, Polish, Portuguese, Romanian, Russian, Serbian, Slovak,
Spanish, Swahili, Swedish, Tamil, Thai, Turkish, Ukrainian, Urdu, Vietnamese""", ",")

ROOMS = _pool("""
the cafeteria, the main hall, the library, the lobby, the conference room, the blue room, the garden
room, the east wing, the lecture hall, the gym, the studio, the training room, the meeting room, the
north hall, the reading room, the music room, the auditorium, the workshop, the courtyard, the
terrace, the green room, the board room, the basement, the chapel, the old barn, the ballroom, the
sports hall, the art room""", ",")
