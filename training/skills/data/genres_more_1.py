"""More phrases and questions for the slots of genres_1.py. See data/genres.py for the notation."""

TEXT = """
== e-mail
sender: the person who wrote it; the writer; the author's name; the name of the writer; the sender | Who is the sender?; From whom is the message?; Who is it from?; Who wrote the message?; What is the sender called?; Who is asking for the meeting?
to: the receiver; the name of the receiver; the recipient; the addressee; the person it was sent to | Who is the recipient?; Who is it addressed to?; Who gets this message?; To whom is the message addressed?; Who should read this?; Who is invited to the meeting?
address: the e-mail of the sender; the e-mail contact of {sender}; the sender's e-mail | What is the sender's e-mail address?; At which e-mail address can {sender} be reached?; Where can I write to {sender}?; How can {sender} be reached by e-mail?
topic_date: the day of the meeting; the date set for the meeting | What is the date of the meeting?; When will they meet?; When will the meeting take place?; On what day do they meet?; For which date is the meeting planned?; What day is the meeting?
at: the hour of the meeting; the clock time of the meeting | What is the time of the meeting?; At what hour does the meeting begin?; What time will they meet?; At what time does the meeting start?; What time was set for the meeting?
place: the venue; the meeting room; the meeting location; the spot where they meet | In which place will the meeting be held?; What is the place of the meeting?; Where should I go for the meeting?; Which place was chosen for the meeting?; Where is the meeting held?
file: the attached file; the attachment; the file that is attached; the file to read | What is the attachment called?; What is the name of the attached file?; Which file should I read?; What file do I have to look at?; Which document came with the message?
phone: the telephone number; the phone number of {sender}; the number of the sender | What is the sender's phone number?; At what number can {sender} be reached?; What is {sender}'s phone number?; Which phone number is given?; What number should I dial?

== invoice
number: the bill number; the invoice no.; the number of the bill; the ID of the invoice | What is the number of the invoice?; What is the invoice number?; What number is on the invoice?; Which number identifies the invoice?; What is the number of this bill?
order: the related order number; the order no.; the ID of the order | What is the order number?; What is the number of the order?; To which order does the invoice belong?; Which order number is given?; Which order was billed?
seller: the vendor; the issuer; the name of the vendor; the billing company; the supplier | Who is the seller?; Who wrote the invoice?; From which company is the invoice?; Who is asking for the money?; Who gets the money?; Which company issued the invoice?
buyer: the client's name; the person billed; the name of the person who has to pay; the customer | Who has to pay the invoice?; Who is the invoice for?; To whom was the invoice sent?; Who received the invoice?; Who must pay it?; What is the customer's name?
total: the sum to pay; the sum total; the amount to be paid; the full amount; the grand total | What is the total?; What is the total amount?; What is the amount due?; How much does {buyer} have to pay?; How much is the invoice?; What sum has to be paid?; How much money is owed?
tax: the tax amount; the tax part; the included tax | What is the tax?; What is the amount of tax?; How much tax is there?; How much tax has to be paid?; How much goes to tax?
due: the deadline for payment; the last day to pay; the date the payment is due | What is the due date?; What is the payment deadline?; By what date must it be paid?; When must the money arrive?; Until when can it be paid?; When does {buyer} have to pay?
issued: the day it was issued; the date on the invoice; the issue date | What is the invoice date?; On which day was it issued?; What is the date of the invoice?; When was the invoice written?; What date is on the invoice?

== hotel booking
guest: the visitor; the person who booked; the name on the booking; the guest | What is the guest's name?; Who booked the room?; Who will stay at the hotel?; Who gets the room?; In whose name is the room?; Whose booking is it?
hotel: the hotel's name; the place to stay; the booked hotel | What is the name of the hotel?; Where will {guest} stay?; Which hotel is it?; Which hotel is {guest} staying at?; In which hotel is the room?
city: the town of the hotel; the location of the hotel; the city where the hotel is | Where is the hotel?; In what city will {guest} stay?; What city is the hotel in?; Which city is {guest} visiting?; In which town is the hotel?
arrive: the day of arrival; the first day of the stay; the check-in day | What is the arrival date?; What is the check-in date?; When does the stay begin?; When will {guest} check in?; On what date does {guest} arrive?; From which date is the room booked?
leave: the day of departure; the last day of the stay; the check-out day | What is the departure date?; What is the check-out date?; When does the stay end?; When will {guest} check out?; On what date does {guest} leave?; Until which date is the room booked?
room: the room; the hotel room number | What is the room number?; Which room did {guest} get?; Which room is reserved?; What number does the room have?; Which room was booked?
price: the room rate; the price for one night; the cost per night; the rate per night | What is the price per night?; What is the nightly rate?; How much is one night?; What is the rate?; How much does a night cost?; How much does {guest} pay per night?
ref: the reservation number; the booking code; the confirmation number; the reservation code | What is the booking number?; What is the booking reference?; What is the confirmation code?; What code does the booking have?; Which reference does the booking have?

== news item
company: the firm; the firm's name; the business in the news; the company's name | What is the name of the company?; Which firm opened an office?; Whose new office is it?; Which company is in the news?; Who has a new office?
city: the location of the new office; the town of the new office; the city where the office opened | Where was the new office opened?; Where did the new office open?; What city is the new office in?; Which city got a new office?; In what city did the company open an office?
old: the headquarters city; the town of the head office; the seat of the company; the city of the headquarters | Where are the headquarters?; In which city is the company based?; What city is the head office in?; Where does the company have its head office?
date: the day of the opening; the date the office opened; the day the office was opened | What is the opening date?; On which day was the office opened?; When was the opening?; On what day did the office open?; What was the date of the opening?
boss: the director; the head of the company; the person leading the company | Who is the head of the company?; What is the director's name?; Who is in charge of the company?; What is the name of the director?; By whom is the company led?
mayor: the mayor; the mayor of the town; the name of the town's mayor | What is the mayor's name?; Who is the mayor of the town?; What is the name of the mayor?; Which person is the mayor?
jobs: the new jobs; the job count; the number of people who will work there | How many jobs does the office bring?; How many jobs will be created?; What is the number of new jobs?; How many workers will the office have?; How many jobs are there?
cost: the price of the building; the money spent on the building; the investment; the building cost | What did the building cost?; What did the company spend on the building?; How much was spent on the building?; How expensive was the building?; How much did the company invest?

== profile
name: the full name; the name of the person described; the subject of the profile; the name | What is the person's name?; Which person is described?; What is the name of the person?; Who is this about?; Which person is the text about?
job: the occupation of {name}; {name.first}'s occupation; {name.first}'s line of work; the profession | What is {name.first}'s job?; What is {name}'s profession?; What does {name.first} work as?; As what does {name} work?; Which job does {name} have?; How does {name} earn a living?
city: the home town of {name}; {name.first}'s city; the city of residence; the place where {name.first} lives | Where does {name.first} live now?; What city does {name} live in?; Which city does {name} call home?; Where is {name}'s home?; In what city is {name} living?
born: the city of birth; the place of birth; the city where {name} was born; {name.first}'s birthplace; the birthplace | What is {name}'s birthplace?; Which city was {name} born in?; Where does {name} come from by birth?; Where was {name.first} born?; In what city was {name.first} born?
company: the employer; the company {name} works for; {name.first}'s company; the firm that employs {name} | Who is {name}'s employer?; For which company does {name} work?; At which company is {name} employed?; For whom does {name} work?; Which company employs {name}?; Where is {name.first} employed?
age: the age; {name.first}'s age in years; the person's age | What is {name}'s age?; How old is {name.first}?; What age is {name.first}?; How many years has {name} lived?; What is the age of {name}?
hobby: the hobby; the pastime of {name}; {name.first}'s favorite pastime; the free-time activity | What does {name} enjoy?; What is {name.first}'s hobby?; What does {name.first} love to do?; What hobby does {name} have?; What does {name} do for fun?; How does {name} spend free time?
friend: the best friend; {name.first}'s best friend; the friend's name; {name}'s closest friend | What is the name of {name}'s best friend?; Who is the best friend?; What is the best friend called?; Which person is {name.first}'s best friend?; Who is {name.first} best friends with?

== meeting note
chair: the chair; the person who led the meeting; the leader of the meeting; the name of the meeting's leader | Who was the chair?; By whom was the meeting led?; Who ran the meeting?; Who directed the meeting?; What is the name of the chair?
notes: the writer of the minutes; the person who took notes; the minute taker | Who was the note taker?; By whom were notes taken?; Who did the minutes?; What is the note taker's name?; Who wrote things down?
date: the day of the meeting; the day they met; the date they met | On which day was the meeting?; What was the date of the meeting?; When was the meeting held?; When did they meet?; On what date was the meeting held?
next: the following meeting date; the day of the next meeting; the date of the following meeting | When will they meet again?; What is the date of the next meeting?; On which day is the next meeting?; When does the next meeting take place?; For what date is the next meeting planned?
budget: the amount approved; the sum approved; the approved sum; the money approved | What is the budget?; What sum was approved?; How much was approved?; How big is the budget?; How much money does the project get?; What amount did they agree on?
owner: the writer of the report; the author of the report; the person responsible for the report | Who is responsible for the report?; Who will do the report?; By whom will the report be written?; Who is in charge of the report?; Who was given the report?
deadline: the due date of the report; the report deadline; the day the report is due | What is the deadline of the report?; By when will the report be written?; On what date is the report due?; What is the due date of the report?; When must the report be finished?
room: the venue of the meeting; the location of the meeting; the place where they met | Where was the meeting held?; Where did the meeting take place?; In which place was the meeting?; What was the place of the meeting?; Where did the team meet?

== product description
product: the item; the type of product; the sort of thing it is; the product type | What product is it?; What is the product?; What kind of product is it?; What sort of thing is described?; What is being offered?; What type of product is this?
model: the name of the product; the model; the product name; the product's name | What is the model called?; What is the model name?; What model is described?; Under what name is it sold?; What is its name?
maker: the manufacturer; the brand; the producer; the company that makes it; the maker's name | Who is the maker?; By whom is it made?; Which company is it from?; Which brand is it?; Who produces it?; From which company is the product?
price: the cost; the current price; the sale price; the amount it costs now | What is the price?; What is the price of the product?; How much do I have to pay for it?; For how much is it sold?; How expensive is it?; What is the current price?
old: the former price; the earlier price; the price before; the original price | What was the old price?; How much was it before?; What did it cost before?; What was the former price?; How much did it use to cost?; How expensive was it before?
color: the product's color; the shade | What is the color?; What color does it have?; What color does it come in?; In what color is it sold?; What is the color of the product?
weight: the product's weight; how heavy the product is | What is the weight?; What is its weight?; What weight does it have?; How heavy is the product?; How much does the product weigh?
material: what it is made of; the stuff it is made of; the product's material | What is the material?; Which material was used?; From what material is it made?; What material is it?; Of what is it made?
warranty: the warranty; the warranty time; how long the warranty lasts; the duration of the warranty | How long is the warranty period?; What is the length of the warranty?; For how long is there a warranty?; What warranty does it have?; How long am I covered by the warranty?
sku: the product number; the order code; the article code; the item code | What is the item number?; Under what number can I order it?; What number does the product have?; Which code do I need to order it?; What is the article number?

== weather report
city: the town; the location of the forecast; the city of the forecast; the location | Which city is it about?; What city is the forecast for?; For which city is the forecast?; What place is the weather report about?; Which town is described?; Where is this weather?
high: the top temperature; the daytime high; the peak temperature; the warmest temperature | What is the high?; What is the highest temperature?; How hot does it get?; What is the maximum temperature?; How high will the temperature go?; How warm does it get?
low: the nighttime low; the minimum; the coldest temperature; the temperature at night | What is the low?; What is the lowest temperature?; How cold does it get?; What is the minimum temperature?; How low does the temperature go?; How cold is it at night?
rain: the rain chance; the likelihood of rain; the rain probability; the odds of rain | What is the chance of rain?; What is the probability of rain?; How probable is rain?; How high is the chance of rain?; What chance of rain is given?; What are the chances of rain?
wind: the speed at which the wind blows; the wind; the strength of the wind | What is the wind speed?; What is the speed of the wind?; How fast does the wind blow?; At what speed does the wind blow?; How much wind is there?
day: the day; the day of the week; the day described | What day is the forecast for?; Which weekday is it?; On which day will it be like this?; What is the day of the forecast?; Which day of the week is it about?
sun: the time the sun sets; the hour of sunset; sunset time | What is the time of sunset?; What time is sunset?; What time does the sun set?; At what time is sunset?; When will the sun go down?; When does it get dark?
rise: the time the sun rises; the hour of sunrise; sunrise time | What is the time of sunrise?; What time is sunrise?; What time does the sun rise?; At what time is sunrise?; When will the sun come up?; When does it get light?

== recipe note
cook: the author of the recipe; the writer of the recipe; the cook | Who is the recipe from?; From whom is the recipe?; By whom is the recipe?; Who came up with the recipe?; What is the cook's name?
main: the chief ingredient; the most important ingredient; the basis of the dish | What is it mostly made of?; What ingredient matters most?; What do I mainly need?; What is the dish mainly made of?; What is the most important ingredient?
extra: what goes on top; the food on top; the thing put on top | What is the topping?; What do I put on top?; What comes on top?; With what is it topped?; What should be put on top?
sugar: the sugar; the sugar amount; the weight of the sugar; how much sugar is used | What amount of sugar is needed?; How much sugar do I need?; How much sugar is used?; How many grams of sugar are needed?; How much sugar is in it?
flour: the flour; the flour amount; the weight of the flour; how much flour is used | What amount of flour is needed?; How much flour do I need?; How much flour is used?; How many grams of flour are needed?; How much flour is in it?
time: the baking duration; how long it bakes; the length of baking; the oven time | How long does it have to bake?; What is the baking time?; How many minutes does it bake?; How long does it take in the oven?; How long should I bake it?
heat: the baking temperature; the heat of the oven; the oven heat; how hot the oven should be | What is the oven temperature?; What temperature does the oven need?; How hot is the oven?; At what heat does it bake?; What temperature is right for the oven?
people: the servings; how many people it serves; the number of eaters; the number of portions | How many people can eat?; How many people is it for?; For how many is it enough?; How many portions are there?; How many people does it feed?

== log lines lines
host: the server; the name of the server; the server name; the machine name | What is the host name?; Which server is it?; What server started?; On which server did this happen?; What is the name of the host?; Where did the service start?
user: the account name; the login name; the account; the user who logged in | What is the user name?; Which account logged in?; What user logged in?; Who opened a session?; Whose session was opened?; Which user is in the log?
ip: the client's IP; the IP of the client; the source IP; the client address | What is the IP address?; What IP address was used?; From what address did the user log in?; From where did {user} log in?; What IP did the client have?
error: the failure code; the error number; the error | What is the error code?; What error occurred?; What was the error code?; Which error was logged?; With which code did reading fail?; What code was given for the error?
file: the file that could not be read; the unreadable file; the broken file; the file name | Which file was unreadable?; What file failed?; What file could not be read?; Which file made trouble?; Which file does the error concern?
time: when the error occurred; the error time; the time stamp of the error | What time was the error?; What time did it fail?; When was the error logged?; At what time did it fail?; At which time did the error happen?
version: the server version; the software version; the running version | What version is running?; Which version was started?; What is the version number?; Which version does the server run?; What version is it?
port: the open port; the listening port; the server's port; the port in use | What is the port?; What port is used?; Which port is open?; On what port does the server listen?; Which port does the server listen on?

== job ad
company: the hiring company; the firm; the employer's name; the company that is hiring | What company is it?; Who is hiring?; Which company placed the ad?; Who is the employer?; Which firm needs someone?; What is the company called?
job: the position; the open position; the role; the job title; the vacancy | What is the job?; What job is it?; What position is offered?; Which position is open?; What job is advertised?; Which role is to be filled?
city: the city; the location of the job; the job location; the workplace city | Where is the position?; Where would I work?; What city is the job in?; Which city is the job in?; Where will I work?
pay: the wage; the monthly salary; the salary per month; the monthly wage | What is the salary?; What does the job pay?; How much is the salary?; How much is paid per month?; What is the monthly pay?; How much money would I get per month?
hours: the weekly hours; the hours a week; the working time per week; the hours per week | How many hours does one work a week?; How many hours per week is the job?; What are the weekly hours?; How many hours do I work per week?; How long would I work each week?
start: the start date; the date the job starts; the day the job begins | What is the starting date?; When does the job begin?; On what date does the job start?; When does work start?; When would I start?; On which day does the job begin?
deadline: the application deadline; the closing date; the date by which to apply; the last date for applications | What is the deadline?; Until when can I apply?; When do applications close?; What is the last day to apply?; By what date must I apply?; By when must applications be in?
contact: the person to contact; the name of the person to write to; the contact's name | Whom should I contact?; Who gets the applications?; To whom do I send my application?; What is the contact's name?; Who receives applications?; To whom should I write?
mail: the application e-mail; the e-mail for applications; the contact e-mail; the e-mail address | What is the e-mail address for applications?; To which e-mail address should I apply?; Where can I send my application?; What e-mail address does {contact} have?; How can I reach {contact} by e-mail?

== delivery notice
code: the parcel number; the shipment number; the tracking ID; the parcel's tracking number | What is the tracking number?; What is the tracking code?; With which code can I track it?; What number do I need for tracking?; What tracking number does the parcel have?
item: the goods; the product in the parcel; the product; the thing being delivered | What is coming?; What was sent?; Which item was sent?; What does the parcel contain?; What product is it?; What is on its way?
to: the recipient; the recipient's name; the person who gets the parcel; the addressee | Who is the receiver?; Who receives the parcel?; Who will get it?; To whom was it sent?; Whose parcel is it?; To whom does the parcel go?
from: the shop; the company that sent it; the sending company; the sender's name | Who is the sender?; By whom was it sent?; From whom is the parcel?; From which company is the parcel?; Who shipped it?; Which company shipped it?
date: the day of delivery; the arrival date; the expected date; the day it arrives | What is the delivery date?; On which day will it arrive?; When will the parcel be delivered?; When is the delivery?; On what date does the parcel come?; What day does it come?
time: the hour of delivery; the clock time of the delivery; the time it arrives | What time will it arrive?; What is the delivery time?; At what time is the delivery?; At what hour will it come?; What time does the parcel come?
place: the place of delivery; the destination address; where it is delivered; the receiver's address | What is the delivery address?; What is the address?; At which address will it be delivered?; Where will it be delivered?; Where does it go?; Where is the parcel going?
driver: the person who brings it; the driver; the courier; the name of the courier | Who will bring the parcel?; What is the driver's name?; Who delivers the parcel?; Who will bring it?; Who is the courier?
pin: the code for pickup; the PIN code; the number to show | What is the PIN?; What is the pickup code?; Which PIN is needed?; Which PIN do I need?; What number do I have to show?; What PIN should I show?

== event
title: the title; the announced event; the event's name | What is the event called?; What is the name of the event?; What event is it?; Which event is announced?; What takes place?; What is it that people are invited to?
place: the location; the place; where it happens; the event location | What is the venue?; In which place is it?; Where is it held?; Where will the event take place?; What is the place of the event?; Where should I go?
date: the day; the event date; the date when it takes place; the day it takes place | What is the date?; On which day is it?; When will it take place?; What date is it on?; On what date is the event?; When will it be?
start: the start time; the beginning time; the time it starts; the hour when it starts | What is the starting time?; What time does it start?; When does it start?; At what time does the event begin?; At what hour does it start?; What time does it begin?
doors: the door time; the opening time of the doors; when the doors open | What time do the doors open?; At what hour do the doors open?; How early can I get in?; When will the doors be opened?; When can people get in?
ticket: the cost of a ticket; the price of admission; the entrance fee; the admission price; the price for entry | What is the ticket price?; How much does a ticket cost?; How much are tickets?; What do tickets cost?; What is the price of a ticket?; How much does it cost to get in?
host: the host; the person who invites; the organizer; the person hosting it | Who invites people?; By whom is it hosted?; Who is hosting it?; What is the host's name?; Who is the host of the event?
guest: the special guest; the guest's name; the person coming as a special guest | What is the special guest's name?; Who will be the special guest?; Which person is the special guest?; Who comes as a guest?
web: the ticket website; the site for tickets; the link for tickets; the URL | Where can I buy tickets online?; What is the website?; Which site sells tickets?; On which website can I buy tickets?; Where on the web can I get tickets?; What is the web address?

== medical appointment
patient: the patient; the person with the appointment; the person to be seen | What is the patient's name?; Whose appointment is it?; Who will see the doctor?; Who has to come?; Which patient is it?; For whom is the appointment?
doctor: the doctor; the name of the physician; the physician; the doctor to see | What is the doctor's name?; Which doctor will {patient} see?; Whom does {patient} see?; By which doctor will {patient} be seen?; What is the doctor called?; With whom is the appointment?
date: the day of the appointment; the date of the visit; the day of the visit | On which day is the appointment?; What is the date of the appointment?; What day is the appointment?; When does {patient} see the doctor?; On what date does {patient} see the doctor?; When must {patient} be there?
time: the hour of the appointment; the time of the visit; the clock time of the appointment | What time is the appointment?; At what hour is the appointment?; At what time should {patient} come?; What is the time of the appointment?; At what time does {patient} see the doctor?
room: the room; the room to go to; the room of the appointment | What is the room number?; What room is it?; In which room is the doctor?; Where in the clinic is it?; Which room should {patient} go to?
where: the clinic address; the place of the clinic; the location of the clinic | What is the address of the clinic?; Where can I find the clinic?; What address does the clinic have?; At what address is the clinic?; What is the clinic's address?
phone: the number of the clinic; the number to call; the telephone number of the clinic; the number for canceling | What is the clinic's phone number?; What number should be called?; Which number can I call?; What is the phone number?; At what number can I reach the clinic?
bring: the patient's insurance number; the ID of the insurance; the number from the insurance | What is the insurance number?; What insurance number is given?; Which insurance number does {patient} have?; What number does the insurance have?; What is {patient}'s insurance number?
"""
