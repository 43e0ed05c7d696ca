"""Short texts for the reading skills, first part. See data/genres.py for the notation."""

TEXT = """
== e-mail | e-mail; message; mail
sender: person | the sender's name; the name of the sender | Who sent the message?; Who wrote this?; Who is the author of the message?; Who is writing?
to: person | the recipient's name; the name of the recipient | Who is the message for?; Who received the message?; To whom was this sent?; Who is being written to?
address: email@sender | the sender's e-mail address; the e-mail address to write to | Which e-mail address should be used?; Where should the reply be sent by e-mail?; To which e-mail address should I write?
topic_date: date | the date of the meeting; the meeting date | When is the meeting?; On which day is the meeting?; On what date will they meet?; Which date was set for the meeting?
at: time | the time of the meeting; the meeting time; the start time of the meeting | At what time is the meeting?; What time does the meeting begin?; When does the meeting start that day?
place: room | the place of the meeting; the meeting place; the location of the meeting | Where is the meeting?; Where will they meet?; Where does the meeting take place?
file: filename | the name of the attached file; the attachment's name | Which file is attached?; What file came with the message?; Which file should be read first?
phone: phone | the sender's phone number; the phone number to call | Which number should be called?; What number can I call?; How can {sender} be reached by phone?
- From: {sender} To: {to} / Hi {to}, this is {sender}. / Dear {to}, my name is {sender}.
- The meeting is on {topic_date} at {at}. / We will meet on {topic_date}, at {at}. / Let us hold the meeting on {topic_date} at {at}.
-? It takes place in {place}. / We meet in {place}. / The place is {place}.
-? Please read {file} before you come. / I attached {file}; please look at it first. / The attached file is {file}.
-? You can write to {address}. / Please send any questions to {address}. / My e-mail is {address}.
-? My phone number is {phone}. / If anything changes, call {phone}. / You can reach me at {phone}.

== invoice | invoice; bill; document
number: code | the invoice number; the number of the invoice | Which invoice number is given?; What number does the invoice have?; Under which number was the invoice issued?
order: code | the order number; the number of the order | Which order does the invoice belong to?; What order number is given?; Which order is this for?
seller: company | the name of the seller; the company that issued the invoice; the seller | Who issued the invoice?; Which company sent the invoice?; Who should be paid?; Which company is the seller?
buyer: person | the customer's name; the name of the customer | Who is the customer?; Who has to pay?; Who was the invoice sent to?; Who is being billed?
total: money | the total; the total amount; the amount due | How much has to be paid?; How much is due?; What does it cost in total?; How much is the total?
tax: money | the tax; the amount of the tax | How much tax is included?; How much of it is tax?; How much is the tax?
due: date | the due date; the date by which it must be paid; the payment deadline | When is the payment due?; By when must it be paid?; By what date does {buyer} have to pay?
issued: date | the invoice date; the date of the invoice; the date of issue | When was the invoice issued?; On what date was the invoice written?; When is the invoice dated?
- Invoice {number} from {seller} to {buyer}. / {seller} sent invoice {number} to {buyer}. / {seller} issued invoice {number} for the customer {buyer}.
- The total is {total}. / The amount due is {total}. / The total to pay is {total}.
-? It includes {tax} of tax. / The tax is {tax}. / Of this, {tax} is tax.
- Payment is due by {due}. / Please pay by {due}. / It must be paid by {due}.
-? The invoice is dated {issued}. / It was issued on {issued}. / Invoice date: {issued}.
-? It belongs to order {order}. / The order number is {order}. / Order: {order}.

== hotel booking | booking; confirmation; message
guest: person | the guest's name; the name of the guest | Who made the booking?; Who is the guest?; For whom is the room booked?; Who is staying at the hotel?
hotel: hotel | the name of the hotel; the hotel | Which hotel is booked?; Where is {guest} staying?; At which hotel is the room?; What is the hotel called?
city: city | the city; the city of the hotel | In which city is the hotel?; Which city is the hotel in?; To which city is {guest} going?
arrive: date | the arrival date; the check-in date; the date of arrival | When does {guest} arrive?; When is check-in?; On which day does the stay begin?
leave: date | the departure date; the check-out date; the date of departure | When does {guest} leave?; When is check-out?; On which day does the stay end?
room: room_number | the room number; the number of the room | Which room is it?; What room does {guest} have?; In which room will {guest} sleep?
price: price | the price per night; the cost of a night; the nightly rate | How much is a night?; What does one night cost?; How much does the room cost per night?
ref: code | the booking number; the booking reference; the confirmation code | Which booking number is given?; What is the reservation code?; Under which reference is the room booked?
- Dear {guest}, your room at {hotel} in {city} is booked. / {guest} has booked a room at {hotel} in {city}. / A room at {hotel}, {city}, is reserved for {guest}.
- Check-in is on {arrive} and check-out on {leave}. / The stay is from {arrive} to {leave}. / Arrival is on {arrive}; departure is on {leave}.
-? The room number is {room}. / It is room {room}. / Room {room} is ready.
-? A night costs {price}. / The price is {price} per night. / The rate is {price} a night.
-? The booking number is {ref}. / Your booking reference is {ref}. / Please keep the code {ref}.

== news item | news item; article; report
company: company | the name of the company; the company | Which company is it about?; Which company opened the new place?; Who opened it?
city: city | the city of the new office; the place of the new office | Where did the company open an office?; In which city is the new office?; Where is the new office?
old: city | the city of the head office; the location of the head office | Where is the head office?; In which city is the head office?; Where is the company based?
date: date | the opening date; the date of the opening | When did the office open?; On what date was the opening?; When was the new office opened?
boss: person | the name of the director; the director's name | Who is the director?; Who leads the company?; Who runs the company?
mayor: person | the name of the mayor; the mayor's name | Who is the mayor?; What is the mayor called?; Which mayor spoke at the opening?
jobs: count | the number of jobs; the number of new jobs | How many jobs are created?; How many people will work there?; How many new jobs will there be?
cost: money | the cost of the building; the amount invested | How much did the building cost?; How much was invested?; How much money was spent on the building?
- {company} opened a new office in {city} on {date}. / On {date}, {company} opened an office in {city}. / A new office of {company} opened in {city} on {date}.
-? The head office is in {old}. / The company is based in {old}. / Its head office is still in {old}.
-? Its director is {boss}. / The company is led by {boss}. / Director {boss} called it a great day.
-? The mayor, {mayor}, spoke at the opening. / Mayor {mayor} cut the ribbon. / "A good day for our town," said the mayor, {mayor}.
-? The office brings {jobs} new jobs. / There will be {jobs} new jobs. / {jobs} people will work there.
-? The building cost {cost}. / The company invested {cost} in the building. / In all, {cost} was spent on the building.

== profile | profile; text; biography
name: person | the person's name; the name of the person | Who is described?; Who is the text about?; Whose profile is this?
job: job | the job of {name}; {name.first}'s job; {name.first}'s profession | What does {name} do for a living?; What is {name} by profession?; What work does {name} do?
city: city | the city where {name} lives; {name.first}'s home | Where does {name} live?; In which city does {name} live?; What city is {name}'s home?
born: city | the birthplace of {name}; {name.first}'s place of birth | Where was {name} born?; In which city was {name} born?; Where did {name} come into the world?
company: company | the name of {name.first}'s employer; {name.first}'s employer | Where does {name} work?; Which company does {name} work for?; Who employs {name}?
age: age | the age of {name}; {name.first}'s age | How old is {name}?; What age is {name}?; How many years old is {name}?
hobby: hobby | the hobby of {name}; {name.first}'s hobby | What does {name} like to do?; What is {name}'s hobby?; What does {name} enjoy in the evenings?
friend: person | the name of {name.first}'s best friend; the best friend of {name} | Who is {name}'s best friend?; Who is the best friend of {name}?; What is {name}'s best friend called?
- {name} was born in {born} and lives in {city}. / {name} lives in {city} but was born in {born}. / Born in {born}, {name} now lives in {city}.
-? {name.first} is {age} years old. / {name.first} turned {age} this year. / The age of {name.first} is {age}.
- {name.first} works as {a job} at {company}. / {name.first} is {a job} and works for {company}. / The job of {name.first} is {job}, at {company}.
-? In the evenings, {name.first} enjoys {hobby}. / {name.first}'s hobby is {hobby}. / {name.first} loves {hobby}.
-? The best friend of {name.first} is {friend}. / {friend} is {name.first}'s best friend. / {name.first}'s best friend is called {friend}.

== meeting note | note; minutes; summary
chair: person | the name of the chair; the chair's name | Who led the meeting?; Who chaired the meeting?; Who was in the chair?
notes: person | the name of the note taker; the note taker | Who took notes?; Who wrote the minutes?; Who kept the notes?
date: date | the date of the meeting; the meeting date | When was the meeting?; On what date did they meet?; When did the meeting take place?
next: date | the date of the next meeting; the next meeting date | When is the next meeting?; On what date will they meet again?; When do they meet next?
budget: money | the budget; the approved budget | How much money was approved?; What budget was agreed?; How large is the budget?
owner: person | the name of the person in charge of the report; the person who writes the report | Who will write the report?; Who has to write the report?; Whose task is the report?
deadline: date | the deadline of the report; the date by which the report is due | When is the report due?; By when must the report be ready?; By what date will the report be finished?
room: room | the place of the meeting; the meeting room | Where did they meet?; Where was the meeting?; In which room was the meeting held?
- The meeting on {date} was led by {chair}. / {chair} led the meeting on {date}. / On {date} we met; {chair} was in the chair.
-? We met in {room}. / The meeting was held in {room}. / Place: {room}.
-? {notes} took notes. / Notes were taken by {notes}. / The minutes were kept by {notes}.
-? A budget of {budget} was approved. / We agreed on a budget of {budget}. / The team approved {budget} for the project.
-? {owner} will write the report by {deadline}. / The report will be written by {owner} and is due on {deadline}. / Report: {owner}, due {deadline}.
-? The next meeting is on {next}. / We meet again on {next}. / Next meeting: {next}.

== product description | description; text; product page
product: product | the product; the kind of product | What is being sold?; Which product is described?; What kind of thing is it?
model: model | the model name; the name of the model | Which model is it?; What is the product called?; What is the name of this {product}?
maker: company | the maker; the name of the manufacturer | Who makes it?; Which company makes the product?; Who is the manufacturer?
price: price | the price; the price of the product | How much does it cost?; What does it cost?; How much is it?
old: price | the old price; the previous price | How much did it cost before?; What was the price before?; What did it use to cost?
color: color | the color; the color of the product | What color is it?; In which color does it come?; Which color does it have?
weight: quantity_kg | the weight; the weight of the product | How much does it weigh?; How heavy is it?; What does it weigh?
material: material | the material; the material of the product | What is it made of?; Which material is it made of?; What was used to make it?
warranty: duration_long | the warranty period; the length of the warranty | How long is the warranty?; How long does the warranty last?; For how long is it covered by warranty?
sku: code | the item number; the article number | Which item number does it have?; What is the article code?; Under which item number is it listed?
- The {model} is {a product} by {maker}. / {model}: {a product} made by {maker}. / Meet the {model}, {a product} from {maker}.
- It costs {price}. / The price is {price}. / You can have it for {price}.
-? Before, it cost {old}. / The old price was {old}. / It used to be {old}.
-? It comes in {color}. / The color is {color}. / Color: {color}.
-? It weighs {weight}. / The weight is {weight}. / Weight: {weight}.
-? It is made of {material}. / The material is {material}. / Material: {material}.
-? The warranty lasts {warranty}. / It has a warranty of {warranty}. / Warranty: {warranty}.
-? The item number is {sku}. / Item number: {sku}. / Order it under {sku}.

== weather report | report; forecast; text
city: city | the city; the place of the forecast | Which city is the forecast for?; Where is the weather described?; Which place is meant?
high: degrees | the highest temperature; the high; the maximum temperature | How warm will it get?; How hot will it be at most?; What temperature will be reached?
low: degrees | the lowest temperature; the low; the minimum temperature | How cold will it get?; How cold will the night be?; What will the temperature be at night?
rain: percent | the chance of rain; the probability of rain | How likely is rain?; How likely is it to rain?; What are the odds of rain?
wind: speed | the wind speed; the speed of the wind | How strong is the wind?; How fast is the wind?; How hard does the wind blow?
day: weekday | the day of the forecast; the weekday | Which day is the forecast for?; For which day is this?; What day is it about?
sun: time | the time of sunset; the sunset time | When does the sun set?; When is sunset?; At what time does the sun go down?
rise: time | the time of sunrise; the sunrise time | When does the sun rise?; When is sunrise?; At what time does the sun come up?
- Weather for {city} on {day}: the high is {high} and the low is {low}. / In {city} it will reach {high} on {day} and fall to {low} at night. / On {day}, {city} expects a high of {high} and a low of {low}.
-? The chance of rain is {rain}. / Rain is possible, with a chance of {rain}. / There is a {rain} chance of rain.
-? The wind blows at {wind}. / Wind: {wind}. / The wind reaches {wind}.
-? The sun rises at {rise}. / Sunrise is at {rise}. / Sunrise: {rise}.
-? The sun sets at {sun}. / Sunset is at {sun}. / Sunset: {sun}.

== recipe note | recipe; note; text
cook: person | the name of the cook; the cook's name | Who wrote the recipe?; Whose recipe is it?; Who is the cook?
main: food | the main ingredient | What is the main ingredient?; What is mostly in it?; Which ingredient is the main one?
extra: food | the topping | What goes on top?; What is put on top?; Which topping is used?
sugar: grams | the amount of sugar; the quantity of sugar | How much sugar is needed?; How much sugar goes in?; How much sugar do you use?
flour: grams | the amount of flour; the quantity of flour | How much flour is needed?; How much flour goes in?; How much flour do you use?
time: minutes | the baking time; the time in the oven | How long does it bake?; How long is it in the oven?; For how long should it be baked?
heat: degrees_oven | the oven temperature; the temperature of the oven | How hot should the oven be?; At what temperature is it baked?; To what temperature is the oven heated?
people: few | the number of people; the number of servings | How many people does it serve?; For how many people is it?; How many servings does it make?
- This is {cook}'s recipe. The main ingredient is {main}. / {cook} wrote this recipe; the main ingredient is {main}. / Recipe by {cook}. Main ingredient: {main}.
- Use {flour} of flour and {sugar} of sugar. / Mix {sugar} of sugar with {flour} of flour. / You need {flour} of flour and {sugar} of sugar.
-? Bake it for {time} at {heat}. / It bakes at {heat} for {time}. / Put it in the oven for {time} at {heat}.
-? Put {extra} on top. / The topping is {extra}. / Top it with {extra}.
-? It serves {people} people. / It is enough for {people} people. / This makes {people} servings.

== log lines lines | log; log file; output
host: host | the name of the host; the host name | Which host is it?; On which host did it run?; What is the machine called?
user: username | the user name; the name of the user | Which user logged in?; Who logged in?; Whose login is logged?
ip: ip | the IP address; the address of the client | From which IP address did the login come?; Which IP is logged?; Where did the client connect from?
error: code | the error code; the code of the error | Which error occurred?; What error code was logged?; Which code did the failure have?
file: filename | the name of the file; the file that failed | Which file could not be read?; What file caused the problem?; Which file failed?
time: time | the time of the error; the time of the failure | When did it fail?; At what time was the error logged?; When did the error occur?
version: version | the version; the version number | Which version is running?; What version was started?; Which version of the service is it?
port: port | the port; the port number | Which port is used?; On which port does it listen?; What port does the server listen on?
- INFO server {host} started, version {version} / INFO {host}: starting version {version} / [info] version {version} running on {host}
-? INFO listening on port {port} / [info] port {port} open / INFO now accepting on port {port}
- INFO login of user {user} from {ip} / [info] user {user} logged in from {ip} / INFO session opened for {user} ({ip})
- ERROR {time} code {error}: cannot read {file} / {time} ERROR {error} could not read file {file} / [error] at {time}: reading {file} failed with {error}

== job ad | job ad; ad; posting
company: company | the name of the company; the employer | Which company is hiring?; Who is looking for staff?; Who placed the ad?
job: job | the job; the advertised position | Which job is offered?; Who is wanted?; What position is open?
city: city | the place of work; the city of the job | Where is the job?; In which city is the job?; Where will the person work?
pay: money | the salary; the monthly pay; the pay | How much does the job pay?; What is paid per month?; How much would I earn?
hours: hours | the working hours per week; the number of hours per week | How many hours a week is it?; How long is the working week?; How many hours must one work per week?
start: date | the starting date; the first day of work | When does the job start?; When is the first day?; From what date is the job?
deadline: date | the deadline for applications; the last day to apply | By when should one apply?; When is the application deadline?; Until what date can I apply?
contact: person | the name of the contact; the contact person | Who is the contact?; Who should I ask for?; Who answers questions about the job?
mail: email@contact | the e-mail address for applications; the contact's e-mail address | Where should applications be sent?; Which e-mail address is given for applications?; To which address do I send my application?
- {company} is looking for {a job} in {city}. / Wanted: {a job} in {city}, at {company}. / In {city}, {company} wants to hire {a job}.
-? The pay is {pay} a month. / It pays {pay} per month. / Monthly salary: {pay}.
-? You work {hours} hours a week. / The job is {hours} hours per week. / Weekly hours: {hours}.
- The job starts on {start}; apply by {deadline}. / Apply by {deadline}. The first day is {start}. / Start: {start}. Deadline for applications: {deadline}.
-? Contact: {contact}, {mail}. / Send your application to {contact} at {mail}. / Write to {contact} ({mail}).

== delivery notice | notice; message; notification
code: code | the tracking number; the tracking code | Which tracking number is given?; How can the parcel be tracked?; Under which code can it be tracked?
item: product | the item; the content of the parcel | What is in the parcel?; What is being delivered?; Which item is on its way?
to: person | the name of the receiver; the receiver's name | Who gets the parcel?; Who is the parcel for?; To whom is it delivered?
from: company | the name of the sender; the sender | Who sent the parcel?; Which company sent it?; Where does the parcel come from?
date: date | the delivery date; the date of delivery | When will it arrive?; On what date is it delivered?; When does the parcel come?
time: time | the delivery time; the time of delivery | At what time will it come?; What time is it delivered?; By what time of day will it be there?
place: address | the delivery address; the address | Where is it delivered?; To which address does it go?; Where does the parcel go?
driver: person | the driver's name; the name of the driver | Who is the driver?; Who brings the parcel?; Who is driving?
pin: number_code | the pickup code; the PIN | Which code is needed at pickup?; Which PIN should be shown?; What PIN must be given to the driver?
- Your parcel from {from} with {a item} is on its way to {to}. / {from} has sent {a item} to {to}. / {to}, {a item} from {from} is coming.
- The tracking number is {code}. / Track it with {code}. / Tracking code: {code}.
- It will arrive on {date} at {time}. / Delivery is on {date}, at {time}. / Expect it on {date} at {time}.
-? The address is {place}. / It goes to {place}. / Delivery address: {place}.
-? The driver is {driver}. / {driver} will bring it. / Your driver today: {driver}.
-? Please show the PIN {pin}. / Your PIN is {pin}. / PIN: {pin}.

== event | announcement; invitation; text
title: event | the name of the event; the event | What is the event?; What is being announced?; Which event is it?
place: room | the place of the event; the venue; the location of the event | Where does it take place?; Where is the event?; Where do I have to go?
date: date | the date of the event; the day of the event | When is the event?; On what date does it take place?; When does it happen?
start: time | the starting time; the time when it begins | When does it begin?; At what time does it start?; What time does the event start?
doors: time | the time when the doors open | When do the doors open?; At what time do the doors open?; From what time can one get in?
ticket: price | the ticket price; the price of a ticket | How much is a ticket?; What does a ticket cost?; How much do I pay to get in?
host: person | the host's name; the name of the host | Who hosts the event?; Who is the host?; Who invites the guests?
guest: person | the name of the special guest; the special guest's name | Who is the special guest?; Who comes as a special guest?; Which special guest is expected?
web: url | the web address; the website | Where can tickets be bought online?; Which website has the tickets?; On which site are tickets sold?
- {host} invites you to the {title} in {place}. / The {title} takes place in {place}; your host is {host}. / Come to the {title} in {place}, hosted by {host}.
- It is on {date} and starts at {start}. / It begins at {start} on {date}. / Date: {date}. Start: {start}.
-? Doors open at {doors}. / The doors open at {doors}. / Doors: {doors}.
-? A ticket costs {ticket}. / Tickets are {ticket}. / Tickets cost {ticket} each.
-? The special guest is {guest}. / Special guest: {guest}. / {guest} will be there as a special guest.
-? Tickets are sold at {web}. / Buy tickets at {web}. / Website for tickets: {web}.

== medical appointment | message; reminder; letter
patient: person | the patient's name; the name of the patient | Who is the patient?; Who has the appointment?; Who has to see the doctor?
doctor: person | the doctor's name; the name of the doctor | Who is the doctor?; Which doctor is it?; Who will {patient} see?
date: date | the date of the appointment; the appointment date | When is the appointment?; On what date is the appointment?; Which day is the visit?
time: time | the time of the appointment; the appointment time | At what time is the appointment?; What time should the patient be there?; When on that day is the appointment?
room: room_number | the room number; the number of the room | Which room is it?; To which room should the patient go?; In which room is the appointment?
where: address | the address of the clinic; the clinic's address | Where is the clinic?; At which address is the clinic?; Where does the patient have to go?
phone: phone | the phone number of the clinic; the clinic's phone number | Which number should be called to cancel?; How can the clinic be reached?; What number does the clinic have?
bring: number_code | the insurance number; the number of the insurance | Which insurance number is noted?; What is the patient's insurance number?; Under which insurance number is the patient listed?
- {patient} has an appointment with Dr. {doctor} on {date} at {time}. / Dear {patient}, your appointment with Dr. {doctor} is on {date} at {time}. / Reminder: {patient} sees Dr. {doctor} on {date}, at {time}.
-? Please come to room {room}. / It is in room {room}. / Room: {room}.
-? The clinic is at {where}. / Our address is {where}. / You find us at {where}.
-? To cancel, call {phone}. / Our phone number is {phone}. / Phone: {phone}.
-? Insurance number: {bring}. / The insurance number is {bring}. / We have noted the insurance number {bring}.
"""
