"""More phrases and questions for the slots of genres_2.py. See data/genres.py for the notation."""

TEXT = """
== sports result
home: the hosts; the team that played at home; the host team | Which is the home team?; Which team played in its own city?; What is the home team called?; Which team was at home?
away: the away team; the visitors; the guest team; the team that traveled | Which is the visiting team?; Who were the visitors?; Which team came as a guest?; What is the away team called?; Who was the away team?
score: the end score; the outcome; the game's result; how the game ended | What was the final score?; What score did it end with?; What was the outcome?; With what score did the game end?; What is the final score?
date: the day they played; the game date; the match date | On which day was the game?; When was it played?; When did the game take place?; What was the date of the game?; When did they play?
scorer: the player who scored first; the scorer of the first goal; the first goal scorer | By whom was the first goal scored?; Who was the first scorer?; Who got the first goal?; What player scored first?; Who opened the scoring?
coach: the coach; the coach of {home}; the home team's coach | Who is the coach of {home}?; What is the name of the coach?; Who trains {home}?; Which coach is mentioned?
crowd: the attendance; the size of the crowd; how many fans came; the number of people watching | How many fans watched?; How many people saw the game?; How big was the crowd?; What was the attendance?; How many spectators were there?
city: the location of the game; the city; the city where they played | Which city was the game in?; What city did they play in?; Where did the game take place?; Where was the game played?; In what city was the game?

== flight plan
traveler: the passenger; the traveler; the person who flies; the name of the passenger | Who is flying?; Who will fly?; Whose flight is it?; What is the passenger's name?; Who goes on the trip?
from: the origin; the city of departure; where the trip begins; the place of departure | Where does the flight start?; From which city is the flight?; What is the departure city?; Where does {traveler} fly from?; Where does the flight leave from?
to: the city of arrival; where the flight goes; the place of arrival; the city {traveler} flies to | What is the destination?; Which city does {traveler} fly to?; Where does {traveler} fly to?; To which city is the flight?; Where will {traveler} arrive?
flight: the flight; the number of the plane's flight; the flight code | What is the flight number?; What flight is it?; What flight is {traveler} on?; Which flight number is it?; With which flight does {traveler} travel?
leave: the takeoff time; the time the plane leaves; when the plane takes off | What is the departure time?; At what time does the plane leave?; When does it take off?; When is departure?; What time does the flight leave?
arrive: the landing time; the time the plane lands; when the plane lands | What is the arrival time?; At what time does the plane land?; When does it land?; When is arrival?; What time does the flight land?
date: the day of the flight; the day of travel; the flight date; the date of travel | What is the date of the flight?; When is the flight?; On which day does {traveler} fly?; What day is the flight?; When does {traveler} travel?
gate: the boarding gate; the number of the gate; the departure gate | What is the gate?; What gate does it leave from?; What gate is it?; To which gate should {traveler} go?; At which gate do I board?
seat: the number of the seat; the reserved seat; the place in the plane | What is the seat number?; What seat does {traveler} have?; Which seat does {traveler} have?; Which seat is reserved?; What seat is it?
ref: the reservation number; the code of the booking; the reservation code | What is the booking code?; What code does the booking have?; What is the booking reference?; Which code is on the booking?

== support ticket
id: the ticket ID; the ticket; the case number; the ID of the ticket | What is the ticket number?; What number does the ticket have?; Which ticket did {user} open?; What is the ID of the ticket?; What ticket is it?
user: the customer; the client's name; the person who reported the problem; the person with the problem | Who is the customer?; By whom was the ticket opened?; Who has the problem?; What is the customer's name?; Who wrote in?; Who needs help?
agent: the support agent; the person working on it; the person who handles the ticket | Who handles the ticket?; Who is working on the ticket?; Who takes care of the ticket?; To whom was the ticket given?; What is the agent's name?
product: the device; the defective item; the item that does not work; the product | What product is it?; What stopped working?; Which device does not work?; What does {user} have trouble with?; Which item is broken?; What is the ticket about?
serial: the device's serial number; the number of the device; the serial no. | What is the serial number?; What number does the device have?; Which serial number does the device have?; What is the serial number of the device?
date: the day of purchase; the date it was bought; the day it was bought | When was the device bought?; On which day was it bought?; When did {user} buy it?; What is the date of purchase?; When was it purchased?
opened: the day it was opened; the date of the ticket; the day the problem was reported | When did {user} open the ticket?; On what date was the ticket opened?; On which day was the ticket opened?; When was the problem reported?; What is the date of the ticket?
mail: the customer's e-mail; the e-mail of the customer; the e-mail address of {user} | What is the customer's e-mail?; What is {user}'s e-mail address?; At which e-mail address can we reach {user}?; What e-mail address does {user} have?
phone: the customer's number; the telephone number of {user}; the number to reach the customer | What is the customer's phone number?; What is {user}'s phone number?; At which number can we reach {user}?; Which number should I call to reach the customer?

== house ad
place: the street address; the place; the apartment's address; the location of the apartment | What is the address?; What is the address of the apartment?; Where can I find the apartment?; On what street and number is it?; Where do I find it?
city: the town; the city of the apartment; the city where it is | What city is it in?; In what city is it?; What city is the apartment in?; Which city is the apartment in?; In which town is it?
rent: the monthly cost; the rent per month; the price per month | What is the rent?; What is the monthly rent?; How much is it per month?; How much rent is asked for?; How much does the apartment cost per month?
deposit: the security deposit; the deposit amount; the size of the deposit | What is the deposit?; How high is the deposit?; How big is the deposit?; What is the amount of the deposit?; How much deposit do I need?
rooms: the room count; how many rooms it has; the number of rooms in the apartment | What is the number of rooms?; How many rooms does the apartment have?; How many rooms are in the apartment?; What number of rooms does it have?
size: the size; the living space; the area; the apartment's size; how big it is | What is the size?; How large is it?; How big is the apartment?; What is the floor area?; How many square meters does it have?
free: the date one can move in; the day it becomes free; the date it is available from; the first possible date | When can I move in?; From what date is it free?; When is it free?; When does it become free?; From which day is it free?
owner: the owner; the landlord; the landlord's name; the person renting it out | Who is renting it out?; What is the owner's name?; To whom does it belong?; Who is the landlord?; Whose apartment is it?
phone: the number to call; the telephone number; the contact number | What is the phone number?; What number should I call?; What is the owner's phone number?; Which number can I call for a visit?; What phone number is given?

== car ad
model: the car; the car model; the type of car; the model name | What model is it?; What car is it?; What is for sale?; Which car is for sale?; What is the model of the car?; Which car is it?
year: the model year; the year of construction; the year; the year the car was built | What year is the car from?; What year was it built?; In what year was the car built?; From which year is the car?; What is the year of the car?
price: the asking price; the cost; what the car costs; the car's price | What is the price?; What does the car cost?; How much is it?; How much does {seller} ask for?; For how much is it sold?; How expensive is the car?
miles: the distance driven; the miles on it; how far it has been driven; the car's mileage | What is the mileage?; How many miles has it been driven?; What distance has it been driven?; How many miles are on it?; How far has the car been driven?
color: the car's color; the paint color; the paint | What is the color?; What color is it?; Which color is the car?; What color does the car have?; What is the color of the car?
plate: the plate; the plate number; the number on the plate; the registration plate | What is the license plate?; What is the plate number?; What license plate does the car have?; Which plate is on the car?
seller: the person selling it; the seller; the owner who sells it | Who is offering the car?; What is the seller's name?; From whom can I buy it?; By whom is it sold?; Whose car is for sale?
city: the city; the location of the car; the town where it is for sale | Where is the car?; In what city is the car?; What city is the car in?; Which city is the car in?; Where is the car for sale?; Where can I see the car?

== library loan
reader: the borrower; the borrower's name; the person who borrowed it; the reader | Who is the reader?; Who took the book?; By whom was it borrowed?; Who has to return the book?; To whom was the book lent?; What is the reader's name?
title: the book title; the title; the borrowed book; the name of the book | What book is it?; What is the title?; What is the title of the book?; Which book was lent?; What did {reader} borrow?; Which book has {reader} borrowed?
author: the author; the writer of the book; the writer; the book's author | By whom was the book written?; Who is the author of the book?; What is the author's name?; Who is the writer?; What writer is it by?
due: the due date; the date to return it; the day it must be back; the deadline for returning it | What is the return date?; When is it due?; By what date must it be returned?; When should it be returned?; When must it be back?; When does {reader} have to return it?
lent: the borrowing date; the day it was borrowed; when it was borrowed; the date of the loan | When was it lent?; On which day was it borrowed?; What is the loan date?; When did the loan begin?; When did {reader} borrow the book?
fee: the daily fee; the charge per late day; the daily late fee; the fee for being late | What is the late fee?; How much does a late day cost?; What is the fee per day?; How much is the fee per day?; How much has to be paid per late day?
card: the library card; the number of the card; the ID of the card | What is the card number?; What number is on the card?; What number does the library card have?; Which library card is it?; What is the library card number?

== bank transfer
from: the payer; the sender; the person who paid; the payer's name | Who is the sender?; By whom was the money sent?; From whom is the money?; Who made the transfer?; Who transferred the money?; What is the sender's name?
to: the recipient; the receiver; the person who was paid; the payee | Who is the receiver?; Who got the money?; Who was paid?; For whom is the money?; Who received it?; What is the receiver's name?
sum: the sum; the transferred amount; the sum of money; the money sent; the amount sent | What is the amount?; What sum was sent?; How much was transferred?; How much did {to} get?; How much did {from} send?; How much money was sent?
fee: the charge; the transfer fee; the cost of the transfer; the bank's fee | What is the fee?; What was the fee?; How much did the transfer cost?; How high was the fee?; What did the bank charge?
date: the day of the transfer; the date it was sent; the payment date; the day it was paid | What is the date of the transfer?; On which day was it sent?; On what date was the money sent?; When did {from} pay?; When was the transfer?
ref: the transfer reference; the reference number; the payment reference | What is the reference?; What reference does the transfer have?; Which reference code is given?; What is the reference code?
bank: the bank used; the bank's name; the bank it was sent through | What is the bank?; What bank was used?; Which bank is it?; What is the name of the bank?; What is the bank called?
left: the remaining balance; the account balance; the money left; what is left in the account | What is the new balance?; How much money is left?; How much is in the account now?; What is the account balance?; What balance remains?

== order
buyer: the buyer; the client's name; the person who ordered; the customer | By whom was the order placed?; Who made the order?; Who is the buyer?; What is the customer's name?; Whose order is it?; Who ordered these things?
number: the order ID; the order no.; the ID of the order | What is the order number?; What is the number of the order?; Which order number is given?; Which order did {buyer} place?; What is the order called?
first: the item listed first; the first product; the first thing ordered | What was ordered first?; What is listed first?; Which item comes first?; What is the first product?; What was the first thing {buyer} ordered?
second: the item listed second; the second product; the second thing ordered | What was ordered second?; What is listed second?; Which item comes second?; What is the second product?; What was the second thing {buyer} ordered?
p1: the {first}'s price; what the {first} costs; the amount for the {first} | What is the price of the {first}?; How expensive is the {first}?; How much did {buyer} pay for the {first}?; How much has to be paid for the {first}?
p2: the {second}'s price; what the {second} costs; the amount for the {second} | What is the price of the {second}?; How expensive is the {second}?; How much did {buyer} pay for the {second}?; How much has to be paid for the {second}?
ship: the shipping; the shipping price; the shipping fee; the delivery cost; the postage | What is the shipping cost?; How much does shipping cost?; How much does delivery cost?; How expensive is shipping?; How much is the postage?
date: the day of the order; the date it was ordered; the day it was ordered | What is the order date?; On which day was it ordered?; When was the order placed?; When did {buyer} order?; What is the date of the order?
coupon: the coupon; the voucher code; the coupon used | What is the coupon code?; What coupon was used?; What is the discount code?; Which coupon did {buyer} use?; With which coupon was it ordered?

== chat lines
one: the one who starts the chat; the first writer | Who begins the chat?; Who writes the first line?; Who wrote first?; Who suggests to meet?; Who opens the chat?
two: the other person in the chat; the second writer | Who answers?; Who is {one} writing with?; Who writes back?; Who does {one} meet?; Who gets the first message?
third: the friend who joins; the third person; the name of the third person | Who is the third person?; Which friend will be there too?; Who else will be there?; Who joins them?; Whom did {one} ask to come?
place: the place; the venue; the cafe or restaurant; where they meet | Where are they going to meet?; What place do they agree on?; In which place do they meet?; At which place will they meet?; Where do {one} and {two} meet?
time: the time; the hour they meet; when they meet | When will they meet?; What time will they meet?; At what time will {one} and {two} meet?; What time do they agree on?; At what hour do they meet?
day: the weekday; the day of the week; the day of the meeting | What day do they meet?; On what day will they meet?; Which day was chosen?; Which day is it?; On which weekday do they meet?
bring: the food; what {two} brings; the thing {two} brings; the food that is brought | What does {two} bring?; Which food does {two} bring?; What is {two} going to bring?; What food will there be?; What will {two} take along?
bus: the bus; the bus to take; the number of the right bus | What bus goes there?; Which bus should one take?; What is the number of the bus?; What bus is the best?; Which bus do they take?

== school notice
teacher: the teacher; the teacher in charge; the person who takes the class; the class teacher | Who takes the class?; Whose class is it?; What is the teacher's name?; Who leads the trip?; Who is the class teacher?
place: the destination; where the class goes; the city; the trip's destination | Which city does the class go to?; What is the destination?; To which city is the trip?; Where will the class go?; Where do the children go?
date: the day of travel; the trip date; the day the class goes; the date | On what date is the trip?; When does the class go?; When do they go?; What is the date of the trip?; What day is the trip?
leave: the time of departure; the time they leave; when the bus leaves | What is the departure time?; What time does the bus leave?; When do they leave?; At what time does the bus leave?; What time do they leave?
back: the time of return; the time they are back; when they come back | What is the return time?; What time are they back?; When does the bus come back?; When do they return?; At what time is the class back?
cost: the cost; the price of the trip; the price; the amount per child | What is the cost per child?; How much does each child pay?; What does the trip cost?; How much does it cost per child?; What does it cost per child?
pupils: the group size; the size of the group; how many children go; the pupil count | How many pupils are there?; How many children go?; How large is the group?; How many children take part?; What is the number of children?
phone: the emergency phone; the phone number; the number to call in an emergency; the emergency contact number | What is the emergency number?; Which number should be called in an emergency?; What number do I call in an emergency?; What phone number is given?

== lost and found
item: the missing item; the missing thing; the object; the thing | What is missing?; What did {owner} lose?; What item was lost?; Which object was lost?; What was it that {owner} lost?; What went missing?
color: the item's color; the color of the lost item; the {item}'s color | What is the color of the {item}?; What color does the {item} have?; Which color is the {item}?; In what color is the {item}?
owner: the owner; the person who lost it; the loser of the {item} | By whom was it lost?; Who lost something?; What is the owner's name?; To whom does the {item} belong?; Who is missing the {item}?; Who owns the {item}?
finder: the finder; the person who found it; the one who found it | By whom was it found?; Who found the {item}?; What is the finder's name?; Which person found it?; Who has found the {item}?
place: the place of the loss; the location of the loss; where it was lost | Where did {owner} lose it?; Where was the {item} lost?; Where did {owner} leave the {item}?; In which place was it lost?; Where did it get lost?
now: the place where it is kept; the current location; where to pick it up; where it is now | Where is the {item} now?; Where can I pick it up?; Where is it kept?; Where can {owner} get it back?; In which place can it be picked up?
date: the day of the loss; the day it was lost; when it was lost | On which day was it lost?; On what date was it lost?; When did {owner} lose it?; When did it get lost?; What was the date of the loss?
reward: the finder's reward; how much the finder gets; the money for the finder | What is the reward?; How high is the reward?; How much reward is there?; What does the finder get?; How big is the reward?

== stock note
shop: the shop; the company name; the firm; the owner of the stock | What is the shop called?; What company is it?; Which company has these things?; Which shop is it?; To which company does the stock belong?
a1: the item listed first; the first item | What item comes first?; What is the first item?; Which item is first?; What does the note name first?
n1: the stock of the {a1}; the quantity of the {a1}; how many units of the {a1} there are | How many units of the {a1} does {shop} have?; What is the stock of the {a1}?; How many of the {a1} are there?; What number is given for the {a1}?
a2: the item listed second; the second item | What item comes second?; What is the second item?; Which item is second?; What does the note name second?
n2: the stock of the {a2}; the quantity of the {a2}; how many units of the {a2} there are | How many units of the {a2} does {shop} have?; What is the stock of the {a2}?; How many of the {a2} are there?; What number is given for the {a2}?
shelf: the shelf number; the shelf they are on; the code of the shelf; the place in the warehouse | What is the shelf?; Which shelf is it?; What shelf are they on?; Which shelf are they on?; On what shelf can I find them?
clerk: the person who counted; the counting clerk; the one who counted | By whom were they counted?; Who counted the units?; Who was the counter?; Which person counted?; What is the name of the person who counted?
date: the counting date; the day of the count; the day it was counted | When was the count?; On which day was the count?; What is the date of the count?; When did they count?; On what date was it counted?

== animal shelter
pet: the pet's name; the name of the pet; the name of the animal | What is the animal's name?; What is the name of the {animal}?; What is the pet called?; Which name does the {animal} have?; What is the animal called?
animal: the type of animal; the species; what {pet} is; the sort of animal | What is {pet}?; What sort of animal is it?; What animal is it?; What kind of animal is it?; Which kind of pet is {pet}?
age: the age; the age of the animal; the {animal}'s age; {pet}'s age; how old {pet} is | What age is {pet}?; What is {pet}'s age?; How old is the {animal}?; How old is the animal?
weight: the weight; {pet}'s weight; how much {pet} weighs; the weight of the {animal} | What is {pet}'s weight?; How heavy is the {animal}?; How much does the {animal} weigh?; What weight does {pet} have?; What is the weight?
food: the favorite food; {pet}'s favorite food; the food {pet} loves; the food {pet} likes | What does {pet} love to eat?; What food does {pet} like?; What is the favorite food?; Which food does {pet} like?; What can I feed {pet}?
keeper: the keeper; the caretaker; the person who looks after {pet} | Who is {pet}'s keeper?; By whom is {pet} looked after?; Who cares for {pet}?; What is the keeper's name?; Which person takes care of {pet}?
old: the previous owner; the old owner; the past owner's name; the former owner | Who had {pet} before?; To whom did {pet} belong before?; Who was {pet}'s former owner?; What is the former owner's name?; From whom did {pet} come?
since: the arrival date; the day {pet} came; the date since when {pet} has been there | When did {pet} arrive?; On what date did {pet} come?; Since what date has {pet} been there?; What is the date of arrival?; On which day did {pet} come?
chip: the number of the chip; the chip; the ID on the chip; {pet}'s chip number | What is the chip number?; What chip number does {pet} have?; What is {pet}'s chip number?; Which number is on the chip?

== review
writer: the author of the review; the reviewer; the writer; the guest's name | By whom is the review?; Who ate at {place}?; What is the reviewer's name?; Who is the author of the review?; Who gave the stars?; Who reviewed {place}?
place: the place; the name of the place; the reviewed place; the restaurant's name | What restaurant is it?; What place is reviewed?; Which place is the review about?; What is the name of the restaurant?; Which restaurant was reviewed?; At which restaurant did {writer} eat?
dish: the dish that tasted best; the favorite dish; the tastiest dish; the top dish | Which dish was the best?; What is the best dish?; What was the best thing to eat?; What should I order there?; What did {writer} like best?
bad: the dish that tasted worst; the least liked dish; the dish to avoid; the bad dish | Which dish was the worst?; What is the worst dish?; What should I not order there?; What did {writer} like least?; Which dish was bad?
stars: the stars; the star rating; the score in stars; how many stars it got | How many stars are given?; What is the number of stars?; How many stars did {place} get?; What rating did it get?; How many stars does {writer} give?
bill: the cost of the meal; the meal's price; the sum paid; the price of the meal | What was the bill?; What did the meal cost?; How much did {writer} pay?; How much was paid?; How high was the bill?; How expensive was the meal?
waiter: the waiter; the person who brought the food; the server's name | What is the waiter's name?; Who served {writer}?; What is the name of the waiter?; By whom was {writer} served?; Which waiter was there?
street: the location; the street name; the road; where the restaurant is | Where is the restaurant?; What street is the restaurant on?; What is the street?; Which street is it on?; On what street is {place}?; Where can I find {place}?

== project
name: the project; the project name; the title of the project; what the project is called | What is the name of the project?; What project is it?; What is the project's name?; Which project is described?; What name does the project have?
lead: the leader; the project leader; the head of the project; the person in charge; the project lead | By whom is the project led?; Who is the leader?; Who heads the project?; Who is the head of the project?; Who is the leader of {name}?; Who runs the project?
dev: the designer; the person who does the design; the one who designs it | By whom is the design?; What is the designer's name?; Who made the design?; Who is doing the design?; Who is responsible for the design?
client: the client's name; the company that ordered it; the customer; the client company | Which client is it?; Who ordered the project?; For whom is the project?; What is the client called?; Which company is the client?; By which company was it ordered?
start: the beginning; the first day; the starting date; the day it starts | What is the start date?; When does it start?; When does the project begin?; On which day does it start?; On what date does the project start?; From when does it run?
end: the last day; the ending date; the finish date; the day it ends | What is the end date?; When does it end?; When is the project over?; On which day does it end?; On what date does the project end?; Until when does it run?
budget: the project budget; the money for the project; the amount of money for the project; the size of the budget | What is the budget?; How big is the budget?; How high is the budget?; How much is the budget?; What budget does the project have?
dept: the responsible department; the department that runs it; the name of the department | What is the department?; What department runs it?; By which department is it run?; Which department is responsible?; Which department runs the project?
site: the website; the web address; the link; the project site; the URL | What is the website?; Where can I read more?; What website does the project have?; What is the project's website?; Where can I find more about it?; What is the web address?

== town history
town: the town's name; the name of the place; the place | What town is it?; Which town is it?; What is the name of the town?; Which place is described?; What town does the text describe?
founded: the year; the year it was founded; the founding date; when the town was founded | What year was the town founded?; In what year was it founded?; When was it founded?; What is the founding year?; How early was it founded?
fire: the year of the big fire; the year the town burned; the fire year; when the fire was | What year was the fire?; In what year was the fire?; In which year was the great fire?; When did the town burn?; When was the great fire?
founder: the founder; the person who founded the town; the founder of the town; the name of the founder | By whom was the town founded?; Which person founded the town?; What is the founder's name?; Who was the founder of {town}?; Who founded {town}?
people: the number of people; the size of the population; how many people live there; the inhabitants | What is the population?; What is the number of inhabitants?; How many people live in {town}?; How big is the population?; How many inhabitants are there?
river: the local river; the river's name; the river that runs through it; the town's river | What river is it on?; Which river is it on?; What river runs through it?; What is the name of the river?; Which river does it lie on?; What river is there?
known: the best-known product; the local product; the town's product; the famous product | What is its best-known product?; What product is it known for?; For what is the town known?; For which product is it known?; What does the factory make?
country: the country of the town; the land; the nation; the country where it is | What country is it in?; What country is the town in?; In what country is it?; Which country does it belong to?; In which country is {town}?; Where in the world is {town}?

== experiment
who: the scientist; the tester; the person who did the test; the researcher | By whom was the test done?; Who did the test?; Who tested the sample?; What is the scientist's name?; Which scientist did it?; Who ran the experiment?
helper: the assistant; the assistant's name; the helper; the lab assistant | Who assisted?; Who was the helper?; What is the assistant's name?; By whom was {who} helped?; Who helped {who}?
sample: the sample; the sample code; the tested sample; the ID of the sample | What is the sample number?; Which sample is it?; Which sample was tested?; What was tested?; What is the code of the sample?; What sample did {who} test?
mass: the mass; the weight of the sample; the sample weight; how heavy it was | What is the mass?; What was the sample's mass?; How much mass did it have?; What mass did the sample have?; How heavy was it?
temp: how hot it was; the heat; the test temperature; the temperature it was heated to | What was the temperature?; How hot was the sample?; What temperature was used?; To what temperature was it heated?; At which temperature was it tested?
time: the duration; the length; how long it took; the test time; how long the test was | How long did it take?; How long did it last?; What was the length of the test?; How many minutes did the test take?; What was the duration?
result: the error; the size of the error; the error that was measured; the error in percent | What was the error?; How high was the error?; What is the error rate?; How big was the error?; How much error was there?
date: the test date; the day; the day it was tested; when it was tested | What is the date of the test?; On which day was the test?; When was it tested?; When was the test done?; On what date was it tested?
lab: the lab; the lab number; the room; where it was done | What lab was it?; Which lab was it?; In which room was it done?; What is the number of the lab?; Where was the test done?; Which lab was used?

== contact card lines
name: the full name; the contact's name; the name on the card; the name of the contact | What is the name?; What is the name on the card?; What name is on the card?; Whose contact is it?; Who is it?; Who is this?
job: the profession; the occupation; {name}'s job; the position; what {name} does | What is the job?; What does {name} work as?; What is {name} by profession?; What job title is given?; What is the job title?
firm: the employer; the firm; {name}'s company; the company {name} works for | What is the company?; What company does {name} work for?; At which company is {name}?; Who is the employer?; Who employs {name}?
work: the office number; the business phone number; the work number; the phone number at work | What is the work phone number?; What number does {name} have at work?; What is the office number?; At which number is {name} at work?; Which number is for work?
home: the private number; the home number; the phone number at home; the personal phone number | What is the home phone number?; What number does {name} have at home?; What is the private number?; At which number is {name} at home?; Which number is the private one?
mail: the mail address; {name}'s e-mail; the electronic mail address; the email | What is the e-mail address?; What e-mail address does {name} have?; To which e-mail address do I write?; Where do I send an e-mail to {name}?; What is the email of {name}?
web: the web page; the URL; the homepage; {name}'s website; the site | What is the website?; Which website does {name} have?; What is the web address?; What web page is given?; Where can I find {name} on the web?
street: the postal address; the house number and street; the home address; {name}'s address | What is the address?; What address does {name} have?; Which address is listed?; Where can I visit {name}?; To which address do I send a letter?
born: the birth date; {name}'s birthday; the day {name} was born; when {name} was born | What is the birthday?; What is the date of birth?; On what date was {name} born?; On which day was {name} born?; When does {name} have a birthday?

== settings file lines
host: the server; the host setting; the name of the host; the value of host | What is the host?; What host is set?; Which host does it use?; What is the host name?; What host name is configured?; Where does it connect to?
port: the port setting; the value of port; the configured port; the network port | What is the port?; What port is set?; Which port does it use?; What port is configured?; What is the port number?; On what port is it?
user: the user setting; the value of user; the configured user; the login name; the account | What is the user?; What user is set?; Which user does it use?; What user name is configured?; What is the user name?; Who is the user?
log: the log file setting; the value of log_file; the logging file; the file for logs | What is the log file?; What log file is set?; Which file is used for logs?; What is the log file called?; In which file are logs kept?; Where do logs go?
version: the version setting; the value of version; the set version; the configured version | What is the version?; What version is set?; Which version is it?; Which version is configured?; What is the version number?
timeout: the time limit; the timeout setting; the value of timeout; the configured timeout; the wait before it gives up | What is the timeout?; What timeout is set?; How long does it wait?; Which timeout is configured?; When does it time out?; How many seconds is the timeout?
key: the key setting; the value of key; the configured key; the set key | What is the key?; What key is set?; Which key does it use?; What key is configured?; What is the access key?
admin: the admin's e-mail; the admin e-mail; the value of admin_email; the e-mail of the admin; the admin contact | What is the admin's e-mail?; What is the admin's e-mail address?; Where can I write to the admin?; Which e-mail address is set for the admin?; What e-mail does the admin have?
"""
