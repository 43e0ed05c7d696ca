"""What the skill json extracts: kinds of things with typed fields, and ways to ask for JSON.

    == thing | word for the text
    key, other key: type | sentence / another            {v}: the value; the first field has the name {n} of the others

Types: str KIND, int LOW HIGH, num LOW HIGH, enum a,b,c, list KIND, obj key=KIND key=KIND ({key} in the sentences), and bool,
whose sentences for true and for false are parted by " ~ ".
"""

TEXT = """
== customer | message
name, full_name, customer: str person | Our customer is {v}. / {v} is a customer of ours. / The customer is called {v}.
age, years: int 18 95 | {n} is {v} years old. / The age of {n} is {v}. / {n} has turned {v}.
email, mail, email_address: str email | You can write to {n} at {v}. / The e-mail address is {v}. / {n}'s e-mail is {v}.
phone, phone_number, tel: str phone | The phone number is {v}. / {n} can be called at {v}. / Call {n} at {v}.
subscribed, newsletter: bool | {n} gets the newsletter. / {n} has subscribed to the newsletter. ~ {n} does not get the newsletter. / {n} has not subscribed to the newsletter.
plan, tier: enum basic,plus,pro,free,team,family | {n} has the {v} plan. / The plan is {v}. / {n} pays for the plan "{v}".
languages, spoken_languages: list language | {n} speaks {v}. / The languages of {n} are {v}. / {n} can speak {v}.
address, home: obj street=address city=city | {n} lives at {street} in {city}. / The address is {street}, {city}. / Home: {street}, {city}.

== order | order
order_id, id, order_number: str code | This is about order {v}. / Order {v} has come in. / The order has the number {v}.
customer, buyer, client: str person | It was placed by {v}. / The customer is {v}. / {v} placed it.
quantity, count, amount: int 2 90 | It is for {v} pieces. / The number of pieces is {v}. / {v} pieces were ordered.
total, total_price, sum: num 5 900 | The total is {v} dollars. / It costs {v} dollars. / The customer pays {v} dollars.
paid, is_paid: bool | It has been paid. / The bill is paid. ~ It has not been paid yet. / The bill is still open.
status, state: enum new,shipped,delivered,canceled,packed,returned | Its status is {v}. / The order is {v}. / Status: {v}.
items, products, articles: list product | The items are: {v}. / It holds these items: {v}. / Items: {v}.
shipping, delivery: obj city=city date=date | It goes to {city} on {date}. / Delivery to {city} is on {date}. / It will be in {city} on {date}.

== product | description
name, product, product_name: str model | The new product is the {v}. / Our product {v} is here. / This is the {v}.
category, type: enum kitchen,garden,office,sports,toys,music,travel | It belongs to the category {v}. / Category: {v}. / It is sold under {v}.
price, cost: num 2 800 | It costs {v} dollars. / The price is {v} dollars. / You get it for {v} dollars.
stock, in_stock_count, units: int 3 900 | There are {v} units in stock. / We have {v} units. / Stock: {v} units.
available, in_stock: bool | It is available. / You can buy it now. ~ It is not available. / You cannot buy it at the moment.
colors, available_colors: list color | The colors are {v}. / It comes in {v}. / Choose from these colors: {v}.
maker, brand, manufacturer: str company | The maker is {v}. / It is made by {v}. / {v} makes it.
size, dimensions: obj width=cm height=cm | It is {width} cm wide and {height} cm high. / Width: {width} cm, height: {height} cm. / The width is {width} cm and the height is {height} cm.

== event | invitation
title, name, event: str event | You are invited to the {v}. / Come to the {v}. / The event is the {v}.
city, place, location: str city | It is held in {v}. / The city is {v}. / We meet in {v}.
date, day, event_date: str date | The date is {v}. / It is on {v}. / Save the date: {v}.
guests, attendees, participants: int 5 600 | {v} guests are expected. / There will be {v} guests. / The number of guests is {v}.
price, ticket_price, fee: num 2 90 | A ticket costs {v} dollars. / The price of a ticket is {v} dollars. / Tickets are {v} dollars.
indoor, inside: bool | It takes place indoors. / The event is indoors. ~ It takes place outdoors. / The event is not indoors.
speakers, hosts: list person | The speakers are {v}. / There are talks by {v}. / Speakers: {v}.
contact, organizer: obj name=person email=email | Ask {name}, {email}. / The contact is {name} ({email}). / Write to {name} at {email}.

== employee | profile
name, employee, full_name: str person | {v} works for us. / We have a colleague called {v}. / Our colleague is {v}.
job, position, role: str job | {n} is {a v}. / {n} works as {a v}. / The job of {n} is {v}.
department, team: str department | {n} is in the {v} department. / The department of {n} is {v}. / {n} belongs to {v}.
salary, pay: int 1200 9800 | {n} earns {v} dollars a month. / The salary is {v} dollars. / The monthly pay is {v} dollars.
remote, works_remotely: bool | {n} works from home. / {n} works remotely. ~ {n} works in the office. / {n} does not work remotely.
level, seniority: enum junior,senior,lead,trainee | The level is {v}. / {n} has the level {v}. / Level: {v}.
hobbies, interests: list hobby | {n} likes {v}. / The hobbies of {n} are {v}. / In the free time, {n} enjoys {v}.
office, workplace: obj city=city room=room_int | The office is in {city}, room {room}. / {n} sits in {city} in room {room}. / Office: {city}, room {room}.

== booking | confirmation
guest, name, guest_name: str person | The booking is for {v}. / {v} has booked a room. / The guest is {v}.
hotel, hotel_name: str hotel | The hotel is {v}. / The room is at {v}. / {v} is the hotel.
nights, number_of_nights: int 2 30 | The stay is {v} nights. / {n} stays for {v} nights. / Number of nights: {v}.
price, price_per_night, rate: num 20 400 | A night costs {v} dollars. / The price is {v} dollars a night. / The rate is {v} dollars per night.
breakfast, breakfast_included: bool | Breakfast is included. / The price includes breakfast. ~ Breakfast is not included. / The price does not include breakfast.
room_type, room: enum single,double,suite,studio | It is a {v} room. / The type of the room is {v}. / Type of room: {v}.
dates, stay: obj from=date to=date | From {from} to {to}. / The stay begins on {from} and ends on {to}. / Arrival is on {from}, departure on {to}.
code, reference, booking_code: str code | The booking code is {v}. / The reference is {v}. / Please keep the code {v}.

== ticket | ticket
id, ticket, ticket_id: str code | A new ticket came in: {v}. / This is ticket {v}. / The ticket has the number {v}.
user, reporter, reported_by: str person | It was opened by {v}. / {v} reported it. / The reporter is {v}.
priority, urgency: enum low,medium,high,urgent | The priority is {v}. / It has {v} priority. / Priority: {v}.
resolved, closed: bool | It is resolved. / The problem was resolved. ~ It is not resolved. / The problem is still there.
product, device: str product | It is about the {v}. / The {v} does not work. / The problem is with the {v}.
hours, hours_spent: int 2 60 | We spent {v} hours on it. / It took {v} hours so far. / Hours spent: {v}.
tags, labels: list word | The tags are {v}. / It has the tags {v}. / Tags: {v}.
agent, assignee: obj name=person email=email | The agent is {name}, {email}. / It was given to {name} ({email}). / {name} works on it and can be reached at {email}.

== server | log
host, hostname, server: str host | The server is {v}. / The host {v} was checked. / This is about the host {v}.
ip, ip_address, address: str ip | Its IP is {v}. / The address is {v}. / It has the IP address {v}.
port, tcp_port: int 1000 9999 | It listens on port {v}. / The port is {v}. / Port: {v}.
load, cpu_load: num 0 40 | The load is {v}. / We measured a load of {v}. / Load: {v}.
online, running: bool | It is online. / It is running. ~ It is offline. / It is not running.
role, server_role: enum web,database,mail,backup,cache,proxy | It is a {v} server. / The role is {v}. / Role: {v}.
users, admins: list username | The users are {v}. / These users can log in: {v}. / Users: {v}.
software, program: obj name=name version=version | It runs {name} version {version}. / The software is {name}, version {version}. / Software: {name} {version}.

== recipe | recipe
name, dish, title: str dish | The recipe is called {v}. / This is how to make {v}. / Today we cook {v}.
cook, author: str person | It was written by {v}. / The recipe is from {v}. / The cook is {v}.
minutes, time_minutes, duration: int 5 180 | It takes {v} minutes. / You need {v} minutes. / Time: {v} minutes.
servings, portions: int 2 20 | It makes {v} servings. / It is for {v} people. / Servings: {v}.
vegetarian, is_vegetarian: bool | It is vegetarian. / There is no meat in it. ~ It is not vegetarian. / There is meat in it.
difficulty, level: enum easy,medium,hard | It is {v} to make. / The difficulty is {v}. / Difficulty: {v}.
ingredients, needs: list food | The ingredients are {v}. / You need {v}. / Ingredients: {v}.
oven, baking: obj degrees=temp minutes=cm | Bake it at {degrees} degrees for {minutes} minutes. / In the oven it needs {degrees} degrees and {minutes} minutes. / Oven: {degrees} degrees, {minutes} minutes.

== book | note
title, book, name: str title | The book is "{v}". / I have read "{v}". / The title of the book is "{v}".
author, writer, written_by: str person | It was written by {v}. / The author is {v}. / {v} wrote it.
year, published: int 1900 2030 | It is from {v}. / It came out in {v}. / The year is {v}.
pages, page_count: int 60 990 | It has {v} pages. / The number of pages is {v}. / Pages: {v}.
rating, score: num 1 10 | The rating is {v}. / Readers give it {v} points. / Rating: {v}.
translated, is_translation: bool | It is a translation. / It has been translated. ~ It is not a translation. / It has not been translated.
genre, kind: enum novel,poetry,history,travel,science,crime | The genre is {v}. / Genre: {v}. / It belongs to the genre {v}.
publisher, published_by: obj name=company city=city | The publisher is {name} in {city}. / It was published by {name}, {city}. / Publisher: {name}, {city}.

== pet | note
name, pet_name, animal_name: str first_name | The name of the pet is {v}. / Our pet is called {v}. / This is {v}.
species, animal, kind: str animal | {n} is {a v}. / It is {a v}. / The animal is {a v}.
age, age_years: int 2 20 | {n} is {v} years old. / The age is {v}. / Age: {v} years.
weight, weight_kg: num 1 70 | {n} weighs {v} kg. / The weight is {v} kg. / Weight: {v} kg.
vaccinated, has_vaccine: bool | {n} is vaccinated. / {n} has been vaccinated. ~ {n} is not vaccinated. / {n} has not been vaccinated.
owner, owner_info: obj name=person phone=phone | The owner is {name}, {phone}. / {n} belongs to {name} ({phone}). / Owner: {name}, phone {phone}.
food, likes, favorite_food: list food | {n} likes {v}. / The favorite food is {v}. / {n} eats {v}.
chip, chip_number: str code | The chip has the number {v}. / Chip: {v}. / The chip number is {v}.

== flight | itinerary
flight, flight_number, number: str flight | The flight is {v}. / Flight {v} is booked. / You are on flight {v}.
passenger, traveler, name: str person | The passenger is {v}. / {v} will travel. / It is booked for {v}.
origin, from: str city | It leaves from {v}. / The departure city is {v}. / It starts in {v}.
destination, to: str city | It goes to {v}. / The destination is {v}. / It lands in {v}.
price, fare: num 40 950 | The fare is {v} dollars. / The flight costs {v} dollars. / Price: {v} dollars.
bags, luggage: int 2 9 | {v} bags are included. / The number of bags is {v}. / Bags: {v}.
direct, nonstop: bool | It is a direct flight. / There are no stops. ~ It is not a direct flight. / There is a stop on the way.
class, cabin: enum economy,business,first | The class is {v}. / It is booked in {v} class. / Class: {v}.
date, departure_date: str date | The date is {v}. / It is on {v}. / You fly on {v}.
"""

# {s} is a JSON Schema.
SCHEMA_REQUESTS = [
    "Return only JSON that matches this schema:\n{s}", "Answer with JSON for this schema:\n{s}",
    "Extract the data as JSON. Schema: {s}", "Convert the text to JSON that follows this JSON Schema:\n{s}",
    "Fill this JSON schema from the text:\n{s}", "Give me a JSON object that is valid for this schema: {s}",
    "Use this JSON Schema and reply with JSON only:\n{s}", "Respond with JSON only. The schema is:\n{s}",
    "Write a JSON object for the text. It must match this schema:\n{s}", "JSON schema:\n{s}\nReturn the matching JSON.",
    "Extract the information according to this schema: {s}", "Please output JSON according to the schema:\n{s}",
    "Turn this into JSON with the following schema:\n{s}", "Schema:\n{s}\nOutput only the JSON object.",
    "Your answer must be JSON that fits this schema:\n{s}", "Produce JSON for the schema below.\n{s}",
    "Read the text and fill in the schema:\n{s}\nOnly JSON, please.", "Parse the text into this schema:\n{s}",
    "Output a JSON object that conforms to\n{s}", "Please extract the fields of this JSON Schema: {s}",
    "Structure the text as JSON by this schema: {s}", "Create the JSON described by this schema:\n{s}",
    "I need the data as JSON. It has to follow this schema:\n{s}", "Return JSON. Schema: {s}",
    "Take the values from the text and give JSON for this schema:\n{s}",
    # Held out from here on.
    "Represent the text as JSON under this schema:\n{s}", "The reply should be JSON and nothing else, valid under\n{s}",
    "Map the text to the schema:\n{s}\nReply with the JSON.", "Can you give me JSON in line with this schema?\n{s}",
    "Here is my schema:\n{s}\nPlease fill it with the data from the text.",
]

# {k} is a list of keys.
KEY_REQUESTS = [
    "Extract {k} as JSON.", "Return only JSON with the keys {k}.", "Give me a JSON object with the keys {k}.",
    "Convert this to JSON with the keys {k}.", "Output JSON with these keys: {k}.", "Write JSON with {k}.",
    "Extract the following as JSON: {k}.", "Respond with JSON only. Keys: {k}.", "Turn this into JSON. Use the keys {k}.",
    "Make a JSON object from this. Keys: {k}.", "I need {k} as JSON.", "Return a JSON object containing {k}.",
    "Please extract {k} and answer in JSON.", "Parse this into JSON with fields {k}.", "JSON with the fields {k}, please.",
    "Give {k} in JSON format.", "Put {k} into a JSON object.", "Answer as JSON with the keys {k}.",
    "Produce a JSON object that has the keys {k}.", "Fields: {k}. Return JSON only.", "Show {k} as a JSON object.",
    "Extract the data as JSON with the keys {k}. No other text.", "Can you write this as JSON with the keys {k}?",
    "Format this as JSON with the keys {k}.", "Structure this as JSON: {k}.", "Output only a JSON object with {k}.",
    # Held out from here on.
    "Represent this as JSON using the keys {k}.", "Pull {k} out of the text and reply in JSON.",
    "The answer should be a JSON object whose keys are {k}.", "Could you give me {k} in a JSON object?",
    "I want JSON back. The keys are {k}.",
]

# {e} is a sketch of the object: {"name": string, "age": integer}
SKETCH_REQUESTS = [
    "Return JSON in this form: {e}", "Use this format: {e}", "Answer with JSON like this: {e}", "Format: {e}",
    "Extract the data in this format:\n{e}", "Fill in this JSON: {e}", "Output JSON of this shape:\n{e}",
    "Give me JSON that looks like this: {e}", "Convert the text to this JSON format:\n{e}", "Reply as {e}",
    "Please answer in this JSON format: {e}", "Write the data as JSON: {e}", "Return only JSON of the form\n{e}",
    "Complete this template with the data from the text:\n{e}", "JSON format: {e}", "Respond with {e} as JSON.",
    # Held out from here on.
    "Stick to this JSON layout: {e}", "The JSON should be built like this: {e}", "Follow this JSON pattern: {e}",
]

SYSTEM_REQUESTS = [
    "Extract data from the user's messages. Reply only with JSON that matches this schema:\n{s}",
    "Reply with JSON only. Schema: {s}", "You turn texts into JSON. Use this schema:\n{s}",
    "The user sends texts. Answer each with a JSON object that follows this schema:\n{s}",
    "You are a data extraction service. Output schema:\n{s}", "Always answer with JSON that is valid for {s}",
    "Convert every message to JSON by this schema: {s}", "Your output has to match this JSON schema:\n{s}",
    "You extract structured data. JSON schema: {s}", "Answer in JSON only, following\n{s}",
    "Parse the text that the user sends. Schema:\n{s}", "JSON only. The schema for your answers:\n{s}",
    # Held out from here on.
    "Messages are to be answered in JSON under this schema:\n{s}", "Read what the user sends and return JSON for\n{s}",
]
