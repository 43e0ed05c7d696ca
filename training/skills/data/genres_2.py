"""Short texts for the reading skills, second part. See data/genres.py for the notation."""

TEXT = """
== sports result | report; result; news item
home: team | the home team; the name of the home team | Which team played at home?; Who was the home team?; Who played in their own stadium?
away: team | the visiting team; the name of the visiting team | Which team was visiting?; Who were the guests?; Which team had to travel?
score: score | the final score; the result; the score | How did the game end?; What was the score?; What was the result of the game?
date: date | the date of the game; the day of the game | When was the game?; On what date did they play?; When did the teams meet?
scorer: person | the name of the first scorer; the first scorer | Who scored first?; Who scored the first goal?; Which player scored first?
coach: person | the name of the coach; the coach's name | Who is the coach?; Who coaches {home}?; What is the coach called?
crowd: count | the number of spectators; the number of fans | How many people watched?; How many spectators came?; How many fans were there?
city: city | the city of the game; the place of the game | Where was the game?; In which city did they play?; Where did the teams play?
- {home} played at home against {away} in {city}; the score was {score}. / In {city}, home team {home} met the visitors {away}. It ended {score}. / The game in {city} between the home team {home} and the guests {away} ended {score}.
-? It was played on {date}. / The game was on {date}. / Date of the game: {date}.
-? The first goal was scored by {scorer}. / {scorer} scored first. / First scorer: {scorer}.
-? {coach}, the coach of {home}, was pleased. / The coach of {home} is {coach}. / "We did well," said {coach}, coach of {home}.
-? {crowd} fans watched the game. / There were {crowd} spectators. / The game was seen by {crowd} people.

== flight plan | itinerary; plan; message
traveler: person | the name of the traveler; the passenger's name | Who is traveling?; Who is the passenger?; Who takes the flight?
from: city | the departure city; the starting point | From where does the flight leave?; Where does the trip begin?; From which city does {traveler} leave?
to: city | the destination; the arrival city | Where does the flight go?; Where is {traveler} going?; In which city does the trip end?
flight: flight | the flight number; the number of the flight | Which flight is it?; What flight number is given?; Which flight does {traveler} take?
leave: time | the departure time; the time of departure | When does the plane leave?; At what time is departure?; What time does it take off?
arrive: time | the arrival time; the time of arrival | When does the plane land?; At what time does it arrive?; What time does it land?
date: date | the date of the flight; the travel date | On what date is the flight?; Which day is the trip?; On which date does {traveler} travel?
gate: gate | the gate; the gate number | Which gate is it?; From which gate does it leave?; Where should one board?
seat: seat | the seat; the seat number | Which seat is booked?; Where will {traveler} sit?; In which seat is the passenger?
ref: code | the booking code; the booking reference | Which booking code is given?; What is the reservation code?; Under what code was it booked?
- {traveler} flies from {from} to {to} on {date}. / On {date}, {traveler} takes a plane from {from} to {to}. / Passenger: {traveler}. Route: from {from} to {to}. Date: {date}.
- Flight {flight} leaves at {leave} and lands at {arrive}. / The flight number is {flight}; departure {leave}, arrival {arrive}. / It is flight {flight}. It takes off at {leave} and arrives at {arrive}.
-? The gate is {gate}. / It leaves from gate {gate}. / Gate: {gate}.
-? The seat is {seat}. / Seat {seat} is reserved. / Seat: {seat}.
-? The booking code is {ref}. / Booking reference: {ref}. / Please keep the booking code {ref}.

== support ticket | ticket; request; message
id: code | the ticket number; the number of the ticket | Which ticket is it?; Under which number is the ticket filed?; What is the ticket called?
user: person | the name of the customer; the customer's name | Who reported the problem?; Who opened the ticket?; Which customer is it?
agent: person | the name of the agent; the agent's name | Who works on the ticket?; Who is the agent?; Who was the ticket given to?
product: product | the broken product; the product with the problem | Which product is broken?; What is broken?; What does not work?
serial: number_code | the serial number | Which serial number is given?; What serial number does the device have?; Under which serial number is it registered?
date: date | the date of purchase; the purchase date | When was it bought?; On what date did {user} buy it?; When was the purchase?
opened: date | the date when the ticket was opened; the opening date | When was the ticket opened?; On what date was the problem reported?; When did the ticket begin?
mail: email@user | the customer's e-mail address; the e-mail address of the customer | What e-mail address does the customer have?; Where can the customer be reached by e-mail?; To which address should the answer go?
phone: phone | the customer's phone number; the phone number of the customer | What number can the customer be called at?; Which phone number is given?; How can the customer be reached by phone?
- Ticket {id}: {user} reports that the {product} does not work. / {user} opened ticket {id} because the {product} is broken. / In ticket {id}, {user} writes that the {product} stopped working.
-? It was opened on {opened}. / The ticket was opened on {opened}. / Opened: {opened}.
-? The {product} was bought on {date}. / Date of purchase: {date}. / It was purchased on {date}.
-? The serial number is {serial}. / Serial number: {serial}. / It has the serial number {serial}.
-? The agent is {agent}. / {agent} is working on it. / It was given to our agent {agent}.
-? The customer's e-mail is {mail}. / Write to the customer at {mail}. / Customer e-mail: {mail}.
-? The customer's phone number is {phone}. / Call the customer at {phone}. / Customer phone: {phone}.

== house ad | ad; listing; offer
place: address | the address; the address of the apartment | Where is the apartment?; At which address is the apartment?; Where is it located?
city: city | the city | In which city is the apartment?; Which city is it in?; What city is the offer for?
rent: money | the rent; the monthly rent | How much is the rent?; What does it cost per month?; How much is paid each month?
deposit: money | the deposit; the amount of the deposit | How much is the deposit?; What deposit is asked for?; How much must be left as a deposit?
rooms: few | the number of rooms | How many rooms does it have?; How many rooms are there?; How many rooms would I get?
size: area | the size of the apartment; the floor area | How large is the apartment?; How big is it?; What size does it have?
free: date | the date from which it is free; the move-in date | When can one move in?; From when is it free?; On what date does it become free?
owner: person | the owner's name; the name of the owner | Who is the owner?; Who owns the apartment?; Who rents it out?
phone: phone | the owner's phone number; the phone number | Which number should be called?; How can the owner be reached?; What number is given in the ad?
- Apartment with {rooms} rooms at {place}, {city}. / For rent in {city}: an apartment with {rooms} rooms at {place}. / In {city}, at {place}, there is an apartment with {rooms} rooms.
- The rent is {rent} a month. / It costs {rent} per month. / Monthly rent: {rent}.
-? The deposit is {deposit}. / Deposit: {deposit}. / A deposit of {deposit} is asked for.
-? Its size is {size}. / It has a floor area of {size}. / Size: {size}.
-? It is free from {free}. / You can move in on {free}. / Free from: {free}.
- The owner is {owner}. / Owner: {owner}. / It belongs to {owner}.
-? Call {phone}. / Phone: {phone}. / For a visit, call {phone}.

== car ad | ad; listing; offer
model: model | the model; the model of the car | Which model is it?; What model is being sold?; Which car is offered?
year: year | the year of the car; the year it was built | When was the car built?; How old is the car's model year?; In which year was it made?
price: money | the price; the price of the car | How much does the car cost?; What does the seller want for it?; How much is the car?
miles: distance | the mileage; the distance it has been driven | How far has it been driven?; How many miles does it have?; How much has the car been driven?
color: color | the color; the color of the car | What color is the car?; Which color does it have?; In what color is it painted?
plate: plate | the license plate; the license plate number | What is on the license plate?; Which license plate does it have?; What plate does the car carry?
seller: person | the seller's name; the name of the seller | Who sells the car?; Who is selling it?; Who is the seller?
city: city | the city of the seller; the place of the car | Where can the car be seen?; In which city is the car?; Where is it for sale?
- For sale in {city}: a {model}, built in {year}. / A {model} from {year} is for sale in {city}. / Car for sale: {model}, built in {year}. It can be seen in {city}.
- The price is {price}; the seller is {seller}. / {seller} is selling it for {price}. / Seller: {seller}. Price: {price}.
-? It has been driven {miles}. / Mileage: {miles}. / The mileage is {miles}.
-? The color is {color}. / Color: {color}. / It is painted {color}.
-? License plate: {plate}. / The license plate is {plate}. / It carries the plate {plate}.

== library loan | notice; reminder; message
reader: person | the reader's name; the name of the reader | Who borrowed the book?; Who has the book?; Who must return it?
title: title | the title of the book; the book's title | Which book is it?; What is the book called?; Which book was borrowed?
author: person | the author's name; the name of the author | Who wrote the book?; Who is the author?; By whom is the book?
due: date | the return date; the date by which it must be returned | When must it be returned?; By when is the book due?; By what date should it be back?
lent: date | the loan date; the date when it was borrowed | When was it borrowed?; On what date was the book lent?; When did {reader} take it?
fee: price | the late fee; the fee per day | How much is the late fee?; What does each late day cost?; How much is charged per late day?
card: code | the card number; the library card number | What is the number of the library card?; Which library card was used?; Which card number is noted?
- {reader} borrowed "{title}" by {author} from the library. / The book "{title}" by {author} was lent to {reader}. / Library loan: "{title}", written by {author}. Reader: {reader}.
-? It was borrowed on {lent}. / Loan date: {lent}. / The loan began on {lent}.
- It must be returned by {due}. / Please return it by {due}. / It is due on {due}.
-? The late fee is {fee} per day. / Each late day costs {fee}. / For each late day we charge {fee}.
-? The library card is {card}. / Card number: {card}. / The number of the card is {card}.

== bank transfer | message; notice; receipt
from: person | the name of the sender; the sender's name | Who sent the money?; Who paid?; From whom is the transfer?
to: person | the name of the receiver; the receiver's name | Who received the money?; Who got paid?; To whom was the money sent?
sum: money | the amount; the amount of the transfer | How much was sent?; How much money was transferred?; How much did {from} pay?
fee: price | the fee; the fee for the transfer | How much was the fee?; What did the transfer cost?; How much did the bank charge?
date: date | the date of the transfer; the transfer date | When was the money sent?; On what date was the transfer?; When was it paid?
ref: code | the reference; the reference code | Which reference is given?; Under what reference was it sent?; What is the code of the transfer?
bank: bank | the name of the bank; the bank | Which bank was used?; At which bank is the account?; Through which bank was it sent?
left: money | the new balance; the balance after the transfer | How much is left in the account?; What is the balance now?; How much money remains?
- {from} sent {sum} to {to} on {date}. / On {date}, {to} received {sum} from {from}. / Transfer of {sum} from {from} to {to}, dated {date}.
-? The reference is {ref}. / Reference: {ref}. / It was sent under reference {ref}.
-? The fee was {fee}. / Fee: {fee}. / The bank charged a fee of {fee}.
-? The bank is {bank}. / It was sent through {bank}. / Bank: {bank}.
-? The new balance is {left}. / The balance is now {left}. / Balance after the transfer: {left}.

== order | order; message; note
buyer: person | the customer's name; the name of the customer | Who placed the order?; Who is the customer?; Who ordered something?
number: code | the order number; the number of the order | Which order is it?; Under which number is the order filed?; What number does the order have?
first: product | the first item | What is the first item?; Which item was ordered first?; Which item is listed first?
second: product | the second item | What is the second item?; Which item was ordered second?; Which item is listed second?
p1: price | the price of the {first}; the cost of the {first} | How much is the {first}?; What does the {first} cost?; How much does the {first} cost?
p2: price | the price of the {second}; the cost of the {second} | How much is the {second}?; What does the {second} cost?; How much does the {second} cost?
ship: price | the shipping cost; the cost of shipping | How much is shipping?; What does shipping cost?; How much is paid for shipping?
date: date | the order date; the date of the order | When was it ordered?; On what date was the order placed?; When did {buyer} place the order?
coupon: code | the coupon code; the discount code | Which coupon was used?; What discount code did the customer use?; Which coupon code is noted?
- {buyer} placed order {number}. / Order {number} was placed by {buyer}. / Order {number}, customer: {buyer}.
- It has {a first} for {p1} and {a second} for {p2}. / The items are {a first} ({p1}) and {a second} ({p2}). / First item: {first}, {p1}. Second item: {second}, {p2}.
-? Shipping costs {ship}. / Shipping: {ship}. / The shipping cost is {ship}.
-? It was ordered on {date}. / The order date is {date}. / Date of the order: {date}.
-? The coupon {coupon} was used. / Coupon code: {coupon}. / The customer used the coupon code {coupon}.

== chat lines | chat; conversation
one: first_name | the name of the person who asks first | Who writes first?; Who starts the chat?; Who asks the first question?
two: first_name | the name of the person who answers | Who writes second?; Who answers {one}?; Who replies to {one}?
third: first_name | the name of the friend who comes along; the friend's name | Who else is coming?; Which friend is coming along?; Who is coming along?
place: cafe | the meeting place; the place where they meet | Where do they meet?; Where will {one} and {two} meet?; Which place do they choose?
time: time | the meeting time; the time when they meet | When do they meet?; At what time do they meet?; What time do {one} and {two} choose?
day: weekday | the day; the day when they meet | On which day do they meet?; Which day do they choose?; What day did they agree on?
bring: food | the food that {two} brings | What will {two} bring?; What does {two} bring along?; What food is {two} bringing?
bus: few | the bus number; the number of the bus | Which bus goes there?; Which bus should {two} take?; What bus is mentioned?
- {one}: hi, shall we meet on {day}? {two}: sure, at {place}? {one}: ok, see you at {time}. / {one}: are you free on {day}? {two}: yes! Let's go to {place}. {one}: great, at {time} then. / {one}: hey, how about {day} at {time}? {two}: good. We can meet at {place}.
-? {two}: I will bring {bring}. / {two}: I'm going to bring {bring} for us. / {two}: and I bring {bring}.
-? {one}: {third} is coming too. / {one}: by the way, {third} will be there too. / {one}: I asked {third} to come along.
-? {one}: take bus {bus}. / {one}: bus {bus} goes there. / {one}: the best bus is number {bus}.

== school notice | notice; letter; message
teacher: person | the name of the teacher; the teacher's name | Who is the teacher?; Who goes with the class?; Which teacher is in charge?
place: city | the destination of the trip; the city of the trip | Where does the class go?; Where is the trip going?; Which city will the class visit?
date: date | the date of the trip; the day of the trip | When is the trip?; On what date does the class leave?; On which day is the trip?
leave: time | the departure time; the time when the bus leaves | When does the bus leave?; At what time does the trip begin?; What time does the bus go?
back: time | the return time; the time when the class is back | When is the class back?; At what time do they return?; What time does the bus return?
cost: price | the cost per child; the price per child | How much does it cost?; What does each child pay?; How much is the trip per child?
pupils: count | the number of children; the number of pupils | How many children are going?; How many pupils take part?; How many children are in the group?
phone: phone | the phone number for emergencies; the emergency number | Which number is for emergencies?; What number should be called in an emergency?; Which emergency number is given?
- The class of {teacher} goes to {place} on {date}. / On {date}, {teacher} takes the class to {place}. / Class trip to {place} on {date}. Teacher: {teacher}.
- The bus leaves at {leave} and is back at {back}. / Departure: {leave}. Return: {back}. / We leave at {leave} and return at {back}.
-? Each child pays {cost}. / The cost is {cost} per child. / Cost per child: {cost}.
-? {pupils} children are going. / The group has {pupils} children. / Number of children: {pupils}.
-? In an emergency, call {phone}. / Emergency number: {phone}. / The number for emergencies is {phone}.

== lost and found | note; notice; message
item: product | the lost item; the thing that was lost | What was lost?; Which thing is missing?; What was left behind?
color: color | the color of the {item}; the color | What color is the {item}?; Which color does the lost item have?; What color is it?
owner: person | the owner's name; the name of the owner | Who lost it?; Who is the owner?; Whose {item} is it?
finder: person | the finder's name; the name of the finder | Who found it?; Who is the finder?; Who saw it first?
place: room | the place where it was lost; the place where it was left | Where was it lost?; Where was it left?; In which place did {owner} leave it?
now: room | the place where it can be picked up; the pickup place | Where can it be picked up?; Where is it kept now?; Where is it now?
date: date | the date when it was lost; the date of the loss | When was it lost?; On what date did it go missing?; On which day was it left behind?
reward: price | the reward; the amount of the reward | How much is the reward?; What reward is offered?; How much does the finder get?
- {owner} lost {a color} {item} in {place}. / Lost: {a color} {item}. Its owner, {owner}, left it in {place}. / {a color} {item} was lost in {place}; the owner is {owner}.
-? It was lost on {date}. / This happened on {date}. / Date of the loss: {date}.
-? It was found by {finder} and can be picked up in {now}. / {finder} found it and took it to {now}, where it is kept. / The finder is {finder}; pick it up in {now}.
-? The reward is {reward}. / The finder gets {reward}. / There is a reward of {reward}.

== stock note | note; list; report
shop: company | the name of the shop; the company | Which company is it?; Whose stock is it?; Which company keeps this stock?
a1: product | the first product | Which product is listed first?; What is the first product?; What product comes first?
n1: count | the number of {a1} units; the count for the {a1} | How many units of the {a1} are there?; How many of the {a1} are in stock?; How many does the note give for the {a1}?
a2: product | the second product | Which product is listed second?; What is the second product?; What product comes second?
n2: count | the number of {a2} units; the count for the {a2} | How many units of the {a2} are there?; How many of the {a2} are in stock?; How many does the note give for the {a2}?
shelf: code | the shelf; the shelf code | On which shelf are they?; Which shelf is named?; Where in the warehouse are they?
clerk: person | the name of the person who counted; the counter's name | Who counted?; Who did the counting?; Who made the count?
date: date | the date of the count; the date | When was it counted?; On what date was the count?; On which day was the stock counted?
- Stock of {shop}: {a1}: {n1} units, {a2}: {n2} units. / {shop} has {n1} units of the {a1} and {n2} units of the {a2}. / At {shop} there are {n1} units of the {a1}, then {n2} units of the {a2}.
-? They are on shelf {shelf}. / Shelf: {shelf}. / The shelf is {shelf}.
-? {clerk} counted them. / Counted by {clerk}. / The count was made by {clerk}.
-? The count was on {date}. / Date: {date}. / It was counted on {date}.

== animal shelter | text; note; profile
pet: first_name | the name of the {animal}; the animal's name | What is the {animal} called?; What name does the animal have?; What do they call the {animal}?
animal: animal | the kind of animal | What kind of animal is {pet}?; What animal is {pet}?; Which animal is it?
age: few | the age of {pet} in years | How many years old is {pet}?; How old is {pet}?; What is the age of {pet}?
weight: quantity_kg | the weight of {pet}; the animal's weight | How much does {pet} weigh?; How heavy is {pet}?; What does {pet} weigh?
food: food | the favorite food of {pet} | What does {pet} like to eat?; What is {pet}'s favorite food?; Which food does {pet} love?
keeper: person | the name of the keeper; the keeper's name | Who takes care of {pet}?; Who is the keeper?; Who looks after {pet}?
old: person | the name of the former owner; the former owner's name | Who was the former owner?; Who owned {pet} before?; Whose animal was {pet} before?
since: date | the date of arrival; the date when {pet} came | When did {pet} come?; Since when has {pet} been there?; On what date did {pet} arrive?
chip: number_code | the chip number | Which chip number does {pet} have?; What is the number of the chip?; What number is on the chip?
- {pet} is {a animal} and {age} years old. / Our {animal} {pet} is {age} years old. / The {animal} is called {pet} and is {age} years old.
-? {pet} came to us on {since}. / {pet} has been here since {since}. / Date of arrival: {since}.
-? {pet} weighs {weight}. / Weight: {weight}. / The weight is {weight}.
-? The favorite food of {pet} is {food}. / {pet} loves {food}. / {pet} likes to eat {food}.
-? {keeper} takes care of {pet}. / The keeper is {keeper}. / {pet} is looked after by {keeper}.
-? The former owner was {old}. / Before, {pet} belonged to {old}. / {old} was the former owner.
-? The chip number is {chip}. / Chip number: {chip}. / The chip has the number {chip}.

== review | review; text; comment
writer: person | the reviewer's name; the name of the reviewer | Who wrote the review?; Who is the reviewer?; Whose opinion is it?
place: cafe | the name of the restaurant; the restaurant | Which restaurant is it about?; Where did {writer} eat?; What is the restaurant called?
dish: food | the best dish | What was the best dish?; What tasted best?; Which dish was best?
bad: food | the worst dish | What was the worst dish?; What tasted worst?; Which dish was not good?
stars: stars | the number of stars; the rating | How many stars did it get?; How many stars does the review give?; How was it rated in stars?
bill: price | the bill; the amount of the bill | How much did the meal cost?; How much was the bill?; What did {writer} pay?
waiter: first_name | the waiter's name; the name of the waiter | Who was the waiter?; Who brought the food?; What was the waiter called?
street: street | the street of the restaurant; the street | In which street is the restaurant?; On which street is it?; What street is it on?
- {writer} ate at {place} and gives it {stars} stars. / {place} got {stars} stars from {writer}. / Review of {place} by {writer}: {stars} stars.
-? The best dish was the {dish}, and the worst was the {bad}. / The {bad} was the worst dish; the best was the {dish}. / Best dish: {dish}. Worst dish: {bad}.
-? The bill was {bill}. / The meal cost {bill}. / Bill: {bill}.
-? The waiter was {waiter}. / {waiter} was our waiter. / Waiter: {waiter}.
-? It is on {street}. / The restaurant is on {street}. / Street: {street}.

== project | note; report; message
name: project | the name of the project; the project's name | What is the project called?; Which project is it?; Under what name does the project run?
lead: person | the name of the project leader; the leader's name | Who leads the project?; Who is the project leader?; Who is in charge of the project?
dev: person | the name of the designer; the designer's name | Who is the designer?; Who does the design?; Who designs it?
client: company | the client; the name of the client | Who is the client?; Which company ordered the project?; For which company is the project?
start: date | the start date; the date of the start | When does the project start?; On what date does it begin?; When is the start of the project?
end: date | the end date; the date of the end | When does the project end?; On what date is it finished?; When is the end of the project?
budget: money | the budget; the budget of the project | How much money is there for the project?; How large is the budget?; How much may the project cost?
dept: department | the department | Which department runs it?; In which department is the project?; What department is responsible?
site: url | the web address of the project; the project's website | Where is the project on the web?; Which website does the project have?; On which site can I read about it?
- Project {name} is led by {lead}; the client is {client}. / {lead} leads the project {name} for the client {client}. / The project {name}, ordered by the client {client}, has {lead} as its leader.
- It starts on {start} and ends on {end}. / Start: {start}. End: {end}. / It runs from {start} to {end}.
-? The designer is {dev}. / {dev} does the design. / Design: {dev}.
-? The budget is {budget}. / Budget: {budget}. / There is a budget of {budget}.
-? The department is {dept}. / It is run by the {dept} department. / Department: {dept}.
-? See {site} for more. / Website: {site}. / The project's website is {site}.

== town history | text; article; passage
town: city | the name of the town; the town | Which town is described?; What is the town called?; Which town is the text about?
founded: year | the year of the founding; the founding year | When was the town founded?; In which year was {town} founded?; What year was the founding?
fire: year | the year of the fire; the year of the great fire | When was the fire?; In which year did the town burn?; What year was the great fire?
founder: person | the founder's name; the name of the founder | Who founded the town?; Who is the founder?; Who started {town}?
people: people_count | the population; the number of inhabitants | How many people live there?; How many inhabitants does it have?; How large is the population?
river: river | the name of the river; the river | Which river runs through it?; What is the river called?; On which river is the town?
known: product | the product it is known for | What is the town known for?; What is made there?; Which product made the town known?
country: country | the country | In which country is the town?; Which country is it in?; To what country does the town belong?
- {town} is a town in {country}, founded in {founded} by {founder}. / In {founded}, {founder} founded {town} in {country}. / The town of {town} ({country}) was founded by {founder} in {founded}.
-? A great fire burned the town in {fire}. / The great fire was in {fire}. / In {fire} there was a great fire.
-? It has {people} inhabitants. / {people} people live there. / The population is {people}.
-? The river {river} runs through it. / It lies on the river {river}. / Its river is the {river}.
-? It is known for one product: the {known}. / The town is known for its {known} factory. / Its best-known product is the {known}.

== experiment | report; note; text
who: person | the name of the scientist; the scientist's name | Who did the experiment?; Which scientist ran the test?; Who is the scientist?
helper: person | the name of the assistant; the assistant's name | Who was the assistant?; Who helped in the lab?; Who assisted {who}?
sample: code | the sample number; the code of the sample | Which sample was used?; What sample was tested?; Under which code is the sample kept?
mass: grams | the mass of the sample; the sample's mass | How heavy was the sample?; What was the mass of the sample?; How much did the sample weigh?
temp: degrees_oven | the temperature; the temperature of the test | How hot was it?; At what temperature was the test done?; To what temperature was the sample heated?
time: minutes | the length of the test; the duration of the test | How long did the test take?; How long was the test?; For how long was it tested?
result: percent | the error rate; the measured error | How large was the error?; What error was measured?; How big was the measured error?
date: date | the date of the test; the day of the test | When was the test?; On what date was the test done?; On which day was the sample tested?
lab: room_number | the room number of the lab; the number of the lab | In which lab was it?; Which room was used?; What lab number is given?
- {who} tested sample {sample} on {date}. / On {date}, sample {sample} was tested by the scientist {who}. / Test of sample {sample}, done by {who} on {date}.
-? The assistant was {helper}. / {helper} was the assistant. / Assistant: {helper}.
-? The sample had a mass of {mass}. / Mass: {mass}. / The mass of the sample was {mass}.
-? It was heated to {temp}. / The temperature was {temp}. / Temperature: {temp}.
-? The test took {time}. / Length of the test: {time}. / It lasted {time}.
-? The error was {result}. / Measured error: {result}. / An error of {result} was measured.
-? It was done in lab {lab}. / Lab: {lab}. / The lab number was {lab}.

== contact card lines | card; contact; entry
name: person | the name; the person's name | Whose card is it?; Who is the contact?; What is the person called?
job: job | the job; the job title | What does {name} do?; What is {name}'s job?; Which job does {name} have?
firm: company | the company; the name of the company | Where does {name} work?; Which company is {name} with?; Who does {name} work for?
work: phone | the work phone number; the office phone number | Which number is the work phone?; What is {name}'s work number?; How can I call {name} at work?
home: phone | the home phone number; the private phone number | Which number is the home phone?; What is {name}'s home number?; How can I call {name} at home?
mail: email@name | the e-mail address; the e-mail | What is {name}'s e-mail?; Which e-mail address does {name} have?; How can I write to {name} by e-mail?
web: url | the website; the web address | What is {name}'s website?; Which website is listed?; Where is {name} on the web?
street: address | the address; the street address | Where does {name} live?; What is {name}'s address?; At which address is {name} found?
born: date | the birthday; the date of birth | When was {name} born?; When is {name}'s birthday?; What is {name}'s date of birth?
- Name: {name} / name = {name} / NAME: {name} / - Name: {name}
-? Job: {job} / job = {job} / JOB: {job} / - Job: {job}
-? Company: {firm} / company = {firm} / COMPANY: {firm} / - Company: {firm}
- Work phone: {work} / work_phone = {work} / WORK PHONE: {work} / - Phone (work): {work}
-? Home phone: {home} / home_phone = {home} / HOME PHONE: {home} / - Phone (home): {home}
- E-mail: {mail} / email = {mail} / E-MAIL: {mail} / - E-mail: {mail}
-? Website: {web} / website = {web} / WEBSITE: {web} / - Website: {web}
-? Address: {street} / address = {street} / ADDRESS: {street} / - Address: {street}
-? Birthday: {born} / birthday = {born} / BIRTHDAY: {born} / - Birthday: {born}

== settings file lines | file; settings; configuration
host: host | the host; the host name | Which host is set?; To which host does it connect?; What is the host set to?
port: port | the port; the port number | Which port is set?; On which port does it run?; What is the port set to?
user: username | the user; the user name | Which user is set?; As which user does it log in?; What is the user set to?
log: filename | the log file; the name of the log file | Which log file is set?; Where are the logs written?; What is the log file set to?
version: version | the version; the version number | Which version is given?; What version is it?; What is the version set to?
timeout: seconds | the timeout | How long is the timeout?; After how long does it time out?; What is the timeout set to?
key: code | the key; the access key | Which key is set?; What is the key set to?; With which key does it connect?
admin: email | the admin's e-mail address; the e-mail address of the admin | Who gets the mail as admin?; To which e-mail address are alerts sent?; Which e-mail address does the admin have?
- host = {host} / host: {host} / HOST={host} / "host": "{host}",
- port = {port} / port: {port} / PORT={port} / "port": {port},
-? user = {user} / user: {user} / USER={user} / "user": "{user}",
-? log_file = {log} / log_file: {log} / LOG_FILE={log} / "log_file": "{log}",
-? version = {version} / version: {version} / VERSION={version} / "version": "{version}",
-? timeout = {timeout} / timeout: {timeout} / TIMEOUT={timeout} / "timeout": "{timeout}",
-? key = {key} / key: {key} / KEY={key} / "key": "{key}",
-? admin_email = {admin} / admin_email: {admin} / ADMIN_EMAIL={admin} / "admin_email": "{admin}",
"""
