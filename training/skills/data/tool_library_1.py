"""Functions of everyday domains, as text; tool_library.py explains the notation and reads it."""

TEXT = """
@ weather get_weather weatherLookup current_weather fetch-weather
d Current weather in a city | Get the weather right now | Look up current weather
p city,location,place,town city
o units,unit enum:celsius,fahrenheit | in {} | , in {} please | using {} | , use {} | with {} as the unit | shown in {}
r temperature,temp=int:-9-35 condition,sky=w:sunny,cloudy,rainy,windy,foggy,clear | It is {temperature} degrees and {condition} in {city}.
m What's the weather like?
m How warm is it right now?
m Check the current weather for me.
m Tell me what the weather is doing.
What's the weather in {city}?
How is the weather in {city} right now?
Tell me the current weather in {city}.
Check the weather for {city}.
What is the temperature in {city}?
Weather in {city}
Is it raining in {city} at the moment?
How warm is it in {city}?
I'd like to know the weather in {city}.
Look up the weather in {city}.
I'm in {city}, what's the weather like?
What's it like outside in {city}?
Do I need an umbrella in {city} right now?
How cold is it over in {city}?

@ weather get_forecast weatherForecast forecast_lookup daily_forecast
d Weather forecast for a city on a day | Forecast for a given day
p city,location,place city
p date,day day
r high,max_temp=int:5-35 condition,sky=w:sun,rain,snow,clouds,fog,storms | The forecast for {city} on {date}: {condition}, up to {high} degrees.
What will the weather be like in {city} {+date}?
Forecast for {city} {+date}
Will it rain in {city} {+date}?
Give me the forecast for {city} for {date}.
What's the forecast {+date} in {city}?
How warm will it get in {city} {+date}?
Show me the forecast for {date} in {city}.
I'm travelling to {city} {+date}, what will the weather be?
Check the forecast for {city} {+date}.
I need the weather forecast for {city}, for {date}.
What weather should I expect {+date} in {city}?
Will {city} be sunny {+date}?
How is the weather going to be {+date} over in {city}?
Any chance of rain {+date} in {city}?

@ calendar create_event addCalendarEvent calendar_add schedule_event
d Add an event to the calendar | Create a calendar event
p title,name,event subject
p date,day day
p time,start,start_time time
o location,place,room place | at {} | , the place is {} | , location: {} | in {} | held at {} | , we meet at {}
r event_id,id=code:EV | I added {title} on {date} at {time}.
Put {title} in my calendar for {date} at {time}.
Schedule {title} for {date} at {time}.
Add {title} to my calendar {+date} at {time}.
Create an event called {title} {+date} at {time}.
I have {title} {+date} at {time}, put it in the calendar.^
New calendar event: {title}, {date}, {time}.
Add an event {+date} at {time}: {title}.
Book {title} into my calendar, {date} at {time}.
Plan {title} for {date}, starting at {time}.
Make a calendar entry for {title} {+date} at {time}.
Enter {title} in the calendar for {time} {+date}.
Set up {title} {+date} at {time} in my calendar.
Block {time} {+date} in my calendar for {title}.
Note {title} in my calendar: {date} at {time}.

@ calendar list_events getAgenda calendar_day show_schedule
d List the calendar events of a day | Show the agenda for one day
p date,day day
r count,events=int:1-9 first,next=subject | You have {count} events; the first is {first}.
m What's on my calendar?
m Show me my agenda.
m List my events.
What's on my calendar for {date}?
What do I have planned {+date}?
Show my agenda for {date}.
List my events {+date}.
Am I busy {+date}?
What meetings do I have {+date}?
What does my schedule look like {+date}?
Show me everything in my calendar for {date}.
Do I have anything {+date}?
Read me my schedule for {date}.
Which appointments are in my calendar {+date}?
Open my calendar for {date}.
How full is my calendar {+date}?
Tell me what is coming up {+date}.

@ calendar cancel_event deleteEvent remove_calendar_event calendar-cancel
d Cancel an event in the calendar by its title | Remove a calendar event
p title,event,name subject
r status=w:cancelled,removed,deleted | {title} was {status}.
m Cancel an event in my calendar.
m Remove something from my calendar.
Cancel {title}.
Remove {title} from my calendar.
Delete the event {title} from the calendar.
{title} isn't happening, take it off my calendar.
Please cancel my event {title}.
Drop {title} from my calendar.
Take {title} off the calendar.
I can't make it to {title}, cancel it.
Call off {title}.
Erase {title} from my schedule.
I want to cancel the calendar event {title}.
The event {title} is off, please delete it.
{title} will not take place, so remove it from the calendar.
Get rid of {title} in my calendar.

@ email send_email mailSend compose_email email-send
d Send an e-mail | Send an e-mail to an address
p to,recipient,address email
p subject,title subject
o cc,copy email | , with {} in copy | and copy {} | , cc {} | and put {} in cc | , copy to {} | , also cc {}
r message_id,id=code:MSG | The e-mail to {to} was sent.
Send an e-mail to {to} with the subject {subject}.
E-mail {to} about {subject}.
Write to {to}, subject {subject}.
Send a mail to {to} about {subject}.
Mail {to} with the subject line {subject}.
Compose an e-mail to {to}, subject: {subject}.
I need to e-mail {to} about {subject}.
Shoot an e-mail to {to} about {subject}.
New e-mail to {to}, the subject is {subject}.
Fire off an email to {to} titled {subject}.
Send {to} an email about {subject}.
Could you write an e-mail to {to} regarding {subject}?
Drop {to} an e-mail, subject {subject}.
Get an email out to {to} with {subject} as the subject.

@ email search_email mailSearch find_mail inbox_search
d Search the inbox for e-mails from a sender | Find e-mails by sender
p sender,from,author person
o limit,max_results,count int:2-30 | , at most {} | , only {} results | , show {} | , the last {} | , up to {} mails | , no more than {}
r count,found=int:1-40 | I found {count} e-mails from {sender}.
m Search my inbox.
m Find some e-mails for me.
Find e-mails from {sender}.
Search my inbox for mails from {sender}.
Show me the e-mails that {sender} sent me.
Did {sender} write to me?
Look for mail from {sender}.
Are there any emails from {sender}?
List the messages in my inbox from {sender}.
Which e-mails did I get from {sender}?
Search my mail for everything {sender} sent.
I'm looking for an e-mail from {sender}.
Check my inbox for {sender}.
Pull up the e-mails from {sender}.
Has {sender} e-mailed me?
Go through my inbox and find what {sender} sent.

@ messages send_message sendText text_contact sms_send
d Send a text message to a contact | Text a contact
p contact,to,person,recipient first
p text,message,body,content msg
r status=w:delivered,sent,queued | Your message to {contact} was {status}.
Text {contact}: {text}
Send {contact} a message: {text}
Tell {contact}: {text}
Send a text to {contact} saying {text}.
Message {contact} with the words {text}.
Let {contact} know: {text}
Write {contact} a text message: {text}
Text "{text}" to {contact}.
Send {contact} this message: {text}
Send the message "{text}" to {contact}.
Send an SMS to {contact}: {text}
I want to text {contact}: {text}
Pass this on to {contact} by text: {text}
Drop {contact} a text that reads "{text}".

@ messages call_contact startCall phone_call dial
d Call a contact on the phone | Start a phone call
p contact,person,name,who first
r status=w:ringing,connected,busy | The call to {contact} is {status}.
m Make a phone call.
m Call someone for me.
m Start a call.
Call {contact}.
Phone {contact}.
Give {contact} a call.
Ring {contact} for me.
I want to talk to {contact} on the phone.
Start a call with {contact}.
Dial {contact}.
Get {contact} on the phone.
Place a call to {contact}.
Make a phone call to {contact}.
Can you ring {contact}?
Call up {contact} now.
Connect me to {contact} by phone.
I need {contact} on the line.

@ home set_light lightSwitch toggle_lamp light-control
d Switch the lights in a room on or off | Turn a room's lights on or off
p room,area,zone room
p state,power,mode enum:on,off
r status=w:ok,done | The light in the {room} is {state}.
Turn {state} the light in the {room}.
Turn the {room} lights {state}.
Switch the light in the {room} {state}.
Lights {state} in the {room}.
Put the {room} lamp {state}.
Switch {state} the lights in the {room}.
I want the lights in the {room} {state}.
Set the {room} light to {state}.
Make sure the {room} light is {state}.
Please get the {room} lights {state}.
{room} lights {state}, please.
The light in the {room} should be {state}.
Flip the {room} lights {state}.
I'd like the {room} lamp switched {state}.

@ home set_temperature thermostatSet heating_set set-thermostat
d Set the heating of a room to a temperature | Set the thermostat in a room
p room,area,zone room
p temperature,degrees,target,temp int:15-26
r status=w:heating,ok,cooling | The {room} is set to {temperature} degrees.
Set the {room} to {temperature} degrees.
Heat the {room} to {temperature} degrees.
Make it {temperature} degrees in the {room}.
Set the thermostat in the {room} to {temperature}.
I want {temperature} degrees in the {room}.
Turn the heating in the {room} to {temperature}.
Warm the {room} up to {temperature} degrees.
Change the temperature in the {room} to {temperature} degrees.
The {room} should be at {temperature} degrees.
Put the {room} heating at {temperature}.
Thermostat {room}: {temperature} degrees.
Adjust the {room} thermostat to {temperature} degrees.
Bring the {room} to {temperature} degrees.
I'd like the {room} at a temperature of {temperature}.

@ home lock_door doorLock set_lock secure_door
d Lock a door | Lock one of the doors
p door,entrance,name enum:front,back,garage,side,cellar
r status=w:locked,secured | The {door} door is {status}.
m Lock the door.
m Lock up.
m Please lock a door.
Lock the {door} door.
Is the {door} door shut? Lock it.
Please lock up the {door} door.
I want the {door} door locked.
Make sure the {door} door is locked.
Secure the {door} door.
I forgot to lock the {door} door, do it for me.
Bolt the {door} door.
Lock my {door} door now.
The {door} door needs to be locked.
Could you lock the {door} door?
Have the {door} door locked.
Please see that the {door} door gets locked.
I left the {door} door unlocked, fix that.

@ timer set_timer startTimer countdown timer-start
d Start a countdown of some minutes | Set a timer in minutes
p minutes,duration,mins int:2-90
o label,name,title food | for the {} | , call it {} | , label it {} | named {} | , it is for the {} | , name: {}
r timer_id,id=code:TM | The timer runs for {minutes} minutes.
m Set a timer.
m Start a countdown.
m I need a timer.
Set a timer for {minutes} minutes.
Start a {minutes} minute timer.
Timer, {minutes} minutes.
Count down {minutes} minutes.
Give me a timer of {minutes} minutes.
I need a {minutes}-minute timer.
Start a countdown of {minutes} minutes.
Put {minutes} minutes on the timer.
Wake the timer up for {minutes} minutes.
Set a countdown timer for {minutes} minutes.
Run a timer for {minutes} minutes.
Can you time {minutes} minutes?
Get a timer going for {minutes} minutes.
Let a timer run {minutes} minutes.

@ timer set_alarm alarmSet wake_up add-alarm
d Set an alarm for a time | Set an alarm clock
p time,at,hour time
r status=w:set,active | Your alarm is set for {time}.
m Set an alarm.
m Wake me up.
m I need an alarm.
Wake me at {time}.
Set an alarm for {time}.
Set my alarm to {time}.
I have to get up at {time}.
Alarm at {time}.
Put on an alarm for {time}.
I need an alarm at {time}.
Wake me up at {time}.
Make the alarm ring at {time}.
Let the alarm go off at {time}.
Please add an alarm for {time}.
Can you wake me at {time}?
Get me out of bed at {time}.
My alarm should ring at {time}.

@ timer set_reminder createReminder remind_me add_reminder
d Remind the user of something at a time | Create a reminder
p task,text,what,about task
p time,at,when time
r reminder_id,id=code:RM | I will remind you at {time} to {task}.
~ todo note
Remind me to {task} at {time}.
Set a reminder for {time} to {task}.
At {time}, remind me to {task}.
I must not forget to {task}, remind me at {time}.
Please remind me at {time} to {task}.
Create a reminder at {time}: {task}.
Reminder for {time}: {task}
I need a reminder to {task} at {time}.
Don't let me forget to {task} at {time}.
Set up a reminder to {task} for {time}.
Could you remind me at {time} to {task}?
Nudge me at {time} to {task}.
Make sure I remember to {task} at {time}.
When it is {time}, tell me to {task}.

@ shop search_products productSearch find_items shop_search
d Search the shop for a product | Find products in the shop
p query,product,keyword,search product
o max_price,price_limit,budget int:10-400 | under {} dollars | for less than {} dollars | , at most {} dollars | up to {} dollars | , my budget is {} dollars | below {} dollars
r found,count=int:2-60 cheapest,lowest_price=amount | I found {found} offers for {query}, the cheapest at {cheapest} dollars.
m I want to buy something.
m Search the shop for me.
m Help me find a product.
Search the shop for {query}.
I want to buy {query}.
Find {query} in the shop.
Do you sell {query}?
Show me {query}.
I'm looking for {query}.
Which {query} do you have?
Look for {query} in the store.
Can I get {query} here?
Look up {query} in the shop.
I'd like to shop for {query}.
What do you have in {query}?
I am after {query}.
Any {query} on sale in the store?

@ shop add_to_cart cartAdd put_in_basket basket-add
d Put a product in the shopping cart | Add a product to the cart
p product,item,article product
p quantity,amount,count,number int:2-20
r total,cart_total=amount | I put {quantity} {product} in the cart; the total is {total}.
Add {quantity} {product} to my cart.
Put {quantity} {product} in the cart.
I'll take {quantity} {product}, add them to the cart.
{quantity} {product} into the basket, please.
Place {quantity} {product} in my basket.
Throw {quantity} {product} in the cart.
I need {quantity} {product} in my cart.
Please add {quantity} {product} to the basket.
Add to cart: {quantity} {product}
Put {quantity} {product} into my shopping cart.
My cart should get {quantity} {product}.
Can you add {quantity} {product} to my basket?
Stick {quantity} {product} in my cart.
Get {quantity} {product} into my shopping basket.

@ orders track_order orderStatus get_order order-lookup
d Status of an order | Look up the status of an order
p order_id,orderId,order_number,order code
r status=w:shipped,delivered,packed,delayed,paid | Order {order_id} is {status}.
m Where is my order?
m Check my order.
m What's the status of my order?
m Has my order been shipped?
Where is my order {order_id}?
What's the status of order {order_id}?
Track order {order_id}.
Has order {order_id} been shipped?
Check on order {order_id} for me.
My order number is {order_id}, where is it?
When will order {order_id} arrive?
Look up order {order_id}.
Can you see how order {order_id} is doing?
Status of {order_id}
I'd like to know where order {order_id} is.
Did order {order_id} leave the warehouse?
What happened to my order {order_id}?
How far along is order {order_id}?

@ orders cancel_order orderCancel stop_order abort_order
d Cancel an order | Cancel an order by its number
p order_id,orderId,order_number,order code
o reason,why,cause reason | because {} | , the reason: {} | , reason: {} | since {} | as {} | , because {}
r status=w:cancelled,stopped | Order {order_id} is {status}.
m Cancel my order.
m I don't want my order any more.
m Please cancel an order.
Cancel order {order_id}.
Please cancel my order {order_id}.
I want to cancel {order_id}.
Stop order {order_id}.
I no longer want order {order_id}.
Don't ship order {order_id}, cancel it.
Call off order {order_id}.
My order {order_id} should be cancelled.
Cancel the order with the number {order_id}.
I'd like to cancel order {order_id}.
Order {order_id} must be cancelled.
Please stop and cancel {order_id}.
I changed my mind about order {order_id}, cancel it.
Get order {order_id} cancelled for me.

@ orders return_item startReturn request_refund return-order
d Start a return of an order | Send an order back
p order_id,orderId,order_number,order code
p reason,why,cause reason
r return_id,label=code:RT | The return of {order_id} is {return_id}.
I want to return order {order_id} because {reason}.
Return {order_id}, reason: {reason}.
Send back order {order_id} because {reason}.
Start a return for {order_id} because {reason}.
Order {order_id} has to go back because {reason}.
I'd like to send {order_id} back because {reason}.
Please open a return for order {order_id}: {reason}
I need to return {order_id} since {reason}.
Arrange a return of order {order_id} because {reason}.
Take back order {order_id} because {reason}.
My order {order_id} is going back because {reason}.
Begin the return of {order_id}, the reason is that {reason}.
Order {order_id} should be returned as {reason}.
Help me send order {order_id} back because {reason}.

@ flights search_flights flightSearch find_flights flights-query
d Search flights between two cities | Find flights from one city to another
p origin,from,departure_city city
p destination,to,arrival_city city
p date,day,departure day
r flights,found=int:2-30 cheapest,lowest_fare=int:49-900 | I found {flights} flights, the cheapest costs {cheapest} dollars.
Find flights from {origin} to {destination} {+date}.
I want to fly from {origin} to {destination} {+date}.
Search flights {origin} to {destination} for {date}.
Are there flights from {origin} to {destination} {+date}?
I need to get from {origin} to {destination} by plane {+date}.
Show flights to {destination} from {origin} {+date}.
Which flights go from {origin} to {destination} {+date}?
Look for a plane to {destination} {+date}, leaving from {origin}.
Flights from {origin} to {destination}, {date}
I have to fly to {destination} from {origin} {+date}.
What flights are there {+date} from {origin} to {destination}?
Get me flight options to {destination} {+date}, starting in {origin}.
How can I fly to {destination} from {origin} {+date}?
I'm flying out of {origin} {+date}, find flights to {destination}.

@ flights flight_status getFlight checkFlight flight-info
d Status of a flight by its number | Check whether a flight is on time
p flight,flight_number,flightNo flightno
r status=w:delayed,boarding,landed,cancelled gate=gate | Flight {flight} is {status}, gate {gate}.
m Is my flight on time?
m Check the status of a flight.
m What gate does my flight leave from?
Is flight {flight} on time?
What's the status of flight {flight}?
Check flight {flight}.
Has {flight} landed?
When does flight {flight} land?
Is {flight} delayed?
Look up flight {flight} for me.
Tell me how flight {flight} is doing.
Which gate does flight {flight} leave from?
I'm waiting for flight {flight}, is it late?
Flight {flight}: any delay?
Did flight {flight} take off?
My sister is on flight {flight}, is it on schedule?
Is there any news about flight {flight}?

@ hotels book_hotel hotelBooking reserve_room hotel_reserve
d Book a hotel room in a city | Reserve a room in a hotel
p city,location,place city
p nights,number_of_nights,stay int:2-14
p date,check_in,arrival day
o guests,people,persons int:2-6 | for {} people | for {} guests | , we are {} people | for {} persons | , {} guests | , there are {} of us
r booking_id,confirmation=code:HB | Your room in {city} is booked, number {booking_id}.
Book a hotel in {city} for {nights} nights, arriving {+date}.
I need a hotel room in {city} for {nights} nights from {date}.
Reserve a room in {city} from {date} for {nights} nights.
Get me a hotel in {city}, {nights} nights from {date}.
Book me a room in {city} {+date} for {nights} nights.
I'm staying {nights} nights in {city} from {date}, book a hotel.
Hotel in {city}, from {date}, {nights} nights
Find and book a hotel in {city} {+date}, {nights} nights.
Book {nights} nights in {city}, starting {+date}.
I want to stay in {city} for {nights} nights from {date}.
Make a hotel booking in {city} for {nights} nights, check-in {+date}.
Please reserve {nights} nights at a hotel in {city}, beginning {+date}.
Set me up with a hotel in {city} for {nights} nights from {date}.
I arrive in {city} {+date} and need a room for {nights} nights.

@ restaurants find_restaurants restaurantSearch places_to_eat restaurant-finder
d Find restaurants in a city by cuisine | Search restaurants by kind of food
p city,location,where city
p cuisine,food,kind cuisine
r name,best=venue rating,stars=w:4.1,4.3,4.5,4.7,4.8 | The best one is {name} with {rating} stars.
Find {cuisine} restaurants in {city}.
Where can I eat {cuisine} food in {city}?
I'd like {cuisine} food in {city}.
Search for {cuisine} places in {city}.
Show me {cuisine} restaurants in {city}.
Is there good {cuisine} food in {city}?
I'm hungry for {cuisine} food, I am in {city}.
Where is a nice {cuisine} restaurant in {city}?
Recommend {cuisine} restaurants in {city}.
What {cuisine} restaurants are there in {city}?
In {city}, where do I get {cuisine} food?
Look for {cuisine} food around {city}.
We are in {city} and want to eat {cuisine} food, find a place.
Any {cuisine} spots in {city}?

@ restaurants book_table reserveTable table_booking make_reservation
d Reserve a table at a restaurant | Book a table
p restaurant,place,venue,name venue
p people,guests,party_size,seats int:2-12
p time,at,hour time
r booking_id,confirmation=code:TB | Your table at {restaurant} is booked, number {booking_id}.
Book a table at {restaurant} for {people} people at {time}.
Reserve a table for {people} at {restaurant} at {time}.
Table for {people} at {restaurant}, {time}
I want to eat at {restaurant} at {time} with {people} people, reserve a table.
Get us a table at {restaurant} at {time}, we are {people} people.
Please reserve {people} seats at {restaurant} for {time}.
Make a reservation at {restaurant} at {time} for {people} people.
We are {people} people and want a table at {restaurant} at {time}.
Book {restaurant} for {people} people at {time}.
Can you get a table for {people} at {restaurant} at {time}?
I need a table at {restaurant} for {people} guests at {time}.
Reserve for {people} at {restaurant}, {time}.
At {time} {people} of us would like to dine at {restaurant}, book it.
See that we get a table for {people} at {restaurant} at {time}.
"""
