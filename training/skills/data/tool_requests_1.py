"""Further phrasings of the functions of tool_library_1.py; tool_library.py explains the notation."""

TEXT = """
+ get_weather
@ weather_now city_weather temperature_now
d Present weather conditions of a place | Tells how the weather is now
c units | , {} | , in {} | , unit {} | , unit: {} | , show {} | , I prefer {} | , measured in {} | , with {} | , I want {} | , please use {}
m [Is it raining|Is it cold|Is it sunny|Is it windy] [outside|right now|at the moment]?
m [I need|I'd like|Give me|Show me] the [current |]weather.
m [Do I need|Should I take] [an umbrella|a coat] today?
m What's the temperature [outside|now|right now]?
[What's|What is|How's|How is] the weather [like |]in {city} [now|right now|at the moment|currently|]?
[Give me|Show me|Get|Fetch|I want|I need] the [current |present |]weather [in|for|of] {city}.
Is it [sunny|cold|warm|windy|hot|foggy|freezing|rainy] in {city} [now|right now|at the moment|]?
[Tell me|Do you know|Find out|I wonder] how [warm|cold|hot] it is in {city}.
{city} weather[, please|?|]
[current|present] [temperature|weather] {city}
[What's|What is] the [current |]temperature [over |]in {city}?
I'm about to [go out|leave the house] in {city}. How is the weather?
Do I need [a jacket|a coat|sunglasses] in {city} now?
Is there [rain|snow|fog|sunshine] in {city} [at the moment|right now]?
We [arrived in|are in|just reached] {city}. What's the weather?
+ get_forecast
@ weather_tomorrow predict_weather forecast_for_day
[What's|What is|How's] the weather [going to be |]in {city} {+date}?
[Will it|Is it going to] [rain|snow|be sunny|be cold|be warm|be windy] in {city} {+date}?
[Give me|Show me|Get|Find|Fetch] the [weather |]forecast [for|of] {city} {+date}.
[I'm going|I'm traveling|We're flying|I'll be driving] to {city} {+date}. What's the forecast?
[Should I take|Do I need] [an umbrella|a coat|a jacket] in {city} {+date}?
{city}, {date}: [what's the forecast|how will the weather be|forecast please]?
[weather|forecast] {city} {date}
[How|What] will the weather be {+date} in {city}?
For {date}, what's the weather forecast in {city}?
[I'd like|I want] to know how the weather in {city} will be {+date}.
+ create_event
@ add_appointment new_calendar_entry plan_event
c location | , place {} | , at {} | , in {} | , where: {} | , meeting place {} | , it takes place at {} | , located at {} | , venue {} | , the location is {} | , the venue is {}
[Put|Add|Write|Enter] {title} [in|into|to] [the|my] calendar, {date}, {time}.
[There's|There is] {title} {+date} at {time}, [add|enter|note] it in the calendar.^
[Create|Make|Add] [an appointment|a calendar event|an event] {+date} at {time} [called|named|with the title|titled] {title}.
[I need|I want|I'd like] {title} in my calendar {+date} at {time}.
[Can|Could] you [schedule|plan|set up] {title} {+date} at {time}?
{date}, {time}: {title}. [Add it to|Put it in|Enter it in] my calendar.^
[Schedule|Plan|Arrange] {title} {+date}, {time}.
[Save|Reserve] {date} at {time} for {title}.
calendar: {title}, {date}, {time}
{title} starts {+date} at {time}, please put it in the calendar.^
+ list_events
@ my_events day_agenda events_of_day
m What's [planned|coming up|next] in my calendar?
m [Show|Read|Open] my [calendar|schedule].
m [Am I|Are we] busy?
[What|Which] [events|appointments|meetings] [do I have|are planned|are there] {+date}?
[Show me|Give me|Read me|List] [my|the] [appointments|events|agenda|schedule|calendar] for {date}.
[What's|What is] [planned|scheduled|going on|happening|on my schedule] {+date}?
[Do I have|Have I got] [any meetings|any plans|any appointments|anything planned|time] {+date}?
[my|the] [agenda|schedule|calendar|events] for {date}
[I'd like|I want] to [see|know] what I have {+date}.
How does my calendar look {+date}?
[Tell me|Check] what's in my calendar {+date}.
Am I free {+date}?
+ cancel_event
@ drop_event cancel_appointment calendar_remove
m [Cancel|Delete|Remove] [my appointment|an appointment|my meeting|the event].
m I need to cancel [something|an appointment|a meeting].
m Take something off my calendar.
[Cancel|Delete|Remove|Drop|Erase] [the event|the appointment|my appointment|the calendar entry] {title}.
[Please|Could you|Can you] [cancel|delete|remove] {title} [from|in] [my|the] calendar?
{title} [is cancelled|won't happen|is not taking place|has been called off], [delete it|remove it from my calendar|take it out of the calendar].
I [won't be at|can't attend|can't come to] {title}, [cancel it|remove it from my calendar].
[I'd like|I want|I need] {title} [cancelled|removed from my calendar|taken off the calendar].
[There will be no|We don't have] {title}, so take it out of my calendar.
No more {title}, cancel it.
+ send_email
@ write_email email_to new_mail
c cc | , cc: {} | , with a copy to {} | , copy {} | , {} in cc | , send a copy to {} | , carbon copy to {} | and add {} in copy | , {} should get a copy | , put {} in copy | , cc to {}
[Send|Write|Compose] [an e-mail|a mail|an email|a message] to {to} [about|with the subject|on the subject of|titled|regarding] {subject}.
[I need|I want|I'd like] to [send an e-mail|write an e-mail|write] to {to} about {subject}.
[E-mail|Email|Mail] {to}, subject: {subject}.
[e-mail|mail|email] to {to}: {subject}
{to} should [get|receive] an e-mail [about|with the subject] {subject}.
The subject is {subject}, the e-mail goes to {to}.
[Could|Can|Would] you [e-mail|mail|write to] {to} about {subject}?
[Get in touch with|Contact] {to} by e-mail about {subject}.
Subject {subject}, recipient {to}: [send the e-mail|send it off|please mail it].
+ search_email
@ mails_from find_emails_from email_lookup
c limit | , limit {} | , max {} | , {} at most | , just {} | , {} mails | , the newest {} | , maximum {} | , {} results | , {} are enough | , only {} of them
m [Search|Look through|Go through] my [mail|e-mails|mailbox].
m [I'm looking for|I need|Find] an e-mail.
m Show me [the|some] e-mails.
[Find|Show|Get] [me |][all |the |]e-mails [from|by|sent by] {sender}.
Has {sender} [sent me anything|written|sent a mail] [by e-mail|to my inbox|]?
Did {sender} [send me anything|write] by e-mail?
[What|Which] [e-mails|mails] [are|came|have come] from {sender}?
[I need|I want|I'd like] [to see |]the e-mails {sender} [sent|wrote].
[Look in|Search|Check] [my inbox|my mail|my e-mails] for [mails|messages|something] from {sender}.
mail from {sender}?
{sender} [e-mailed me|sent me an e-mail], find it.
[Anything|Any mail|Any e-mails] from {sender} in my inbox?
+ send_message
@ write_message text_message message_contact
[Send|Write|Text] {contact} [this|the following]: {text}
[Text|Message|Write] {contact}: "{text}"
[Send|Write] [a text|a message|a text message|an SMS] to {contact}: {text}
[Let {contact} know|Tell {contact}] by [text|message|SMS] that "{text}".
[Can|Could] you text {contact} "{text}"?
[A message|A text|An SMS] for {contact}: {text}
[I'd like|I want] to [send|write] {contact} this message: {text}
{contact} should get this message: {text}
[Message to|SMS to|Text to] {contact}: {text}
Send "{text}" to {contact} by text.
+ call_contact
@ ring_contact make_call telephone
m [I need|I want|I'd like] to call someone.
m [Place|Start] a phone call.
m [Ring|Phone|Dial] someone.
[Call|Phone|Ring|Dial|Telephone] {contact} [for me|now|please|].
[I need|I want|I'd like|I have] to [call|speak to|talk to|phone] {contact} [on the phone|by phone].
[Can|Could|Would] you [call|phone|dial|ring] {contact}?
[Put me through|Connect me] to {contact}.
[Place|Make|Start|Set up] a [call|phone call] [to|with] {contact}.
{contact} on the phone, please
Let me [talk|speak] to {contact} on the phone.
It's time to call {contact}.
+ set_light
@ lights switch_light room_light
[Turn|Switch] [the |]{room} [light|lights|lamp] {state}.
[Turn|Switch] {state} the [light|lights|lamp] in the {room}.
{room} [light|lights|lamp] {state}
[I want|I'd like|I need] the [light|lights] [in the|of the] {room} [to be |]{state}.
[Can|Could|Would] you [turn|switch] the {room} [light|lights] {state}?
In the {room}, [turn|switch] the [light|lights] {state}.
[Is it possible to have|Could I have] the {room} lights {state}?
The {room} [light|lamp] [has to|must|should] [be|go] {state}.
I'm in the {room}, [turn|switch] the light {state}.
+ set_temperature
@ heat_room room_temperature change_heating
[Set|Change|Turn|Adjust] the [temperature|heating|thermostat] [in|of] the {room} to {temperature} [degrees|].
[I want|I'd like|We want] it to be {temperature} degrees in the {room}.
[Can|Could] you [heat|warm|bring] the {room} to {temperature} degrees?
{room}: {temperature} degrees[, please|]
[heating|thermostat|temperature] {room} {temperature}
{temperature} degrees [in|for] the {room}[, please|].
The {room} [must|has to|needs to] be {temperature} degrees.
It's [too cold|too warm|chilly] in the {room}, [set|make] it {temperature} degrees.
For the {room}, set {temperature} degrees.
[Keep|Hold] the {room} at {temperature} degrees.
+ lock_door
@ lock_entrance door_secure close_lock
m [Can|Could] you lock [a|the|my] door?
m [Is|Was] the door locked? [If not, lock it|Lock it, please].
m I forgot to lock [the|a] door.
[Lock|Secure|Bolt] [the|my|our] {door} [door|entrance] [now|please|for me|].
[Can|Could|Would] you [lock|secure] the {door} door?
[I want|I'd like|I need] the {door} door [to be |]locked.
The {door} door [should|must|has to] be [locked|secured|bolted].
{door} door: lock it
lock {door} door
[Did I lock|Have I locked] the {door} door? Please lock it.
We're leaving, lock the {door} door.
[Don't leave|I don't want] the {door} door unlocked, lock it.
+ set_timer
@ start_countdown timer minutes_timer
c label | , called {} | , label {} | , named {} | , for my {} | , it's for the {} | , label: {} | with the label {} | , name it {} | for {} | , I'm making {}
m [Start|Set|Run] [a|the] timer[ for me|, please|].
m [Can|Could] you time something?
m [I want|I'd like] a countdown.
[Set|Start|Run|Create|Begin] a [timer|countdown] [for|of] {minutes} minutes.
{minutes} [minutes|minute timer|mins][, please|, go|]
[I need|I want|I'd like] a [timer|countdown] [for|of] {minutes} minutes.
[Can|Could] you [start|set|run] a timer for {minutes} minutes?
timer {minutes} [min|mins|minutes]
[Let me know|Tell me|Beep|Ring] [when {minutes} minutes are over|after {minutes} minutes|in {minutes} minutes].
[Time|Measure|Count] {minutes} minutes for me.
The timer [should|must] run for {minutes} minutes.
My [pasta|cake|tea|dinner] takes {minutes} minutes, start a timer.^
+ set_alarm
@ new_alarm alarm_clock alarm_at
m [Set|Create|Add] [my|the|an] alarm[, please|].
m [Can|Could] you wake me[ up|]?
m I have to get up early.
[Set|Create|Add|Make] [an alarm|my alarm|the alarm clock] for {time}.
[Wake me|Get me up|Wake me up] [at|tomorrow at] {time}.
[I need|I want|I'd like] [to wake up|to get up|to be woken|an alarm] at {time}.
alarm {time}
[Can|Could] you [set the alarm for|wake me at] {time}?
[The alarm|My alarm clock] [should|must|has to] [ring|go off] at {time}.
I [can't|mustn't] sleep longer than {time}, set an alarm.
{time} [alarm|wake up call][, please|]
Ring the alarm at {time}.
+ set_reminder
@ new_reminder reminder remember_task
[Remind|Please remind] me [at {time} to {task}|to {task} at {time}].
[I have|I need|I want] to {task} at {time}, [remind me|set a reminder|don't let me forget].
[Set|Create|Make|Add] a reminder [to {task} at {time}|for {time}: {task}].
At {time} I [have|need|want] to {task}. Remind me.
[Can|Could|Will|Would] you remind me to {task} at {time}?
reminder {time}: {task}
[I'd like|I want] [a reminder|to be reminded] at {time} to {task}.
Tell me at {time} that I have to {task}.
[Ping|Poke] me at {time} to {task}.
[Help me remember|See that I remember] to {task} at {time}.
+ search_products
@ find_products catalog_search browse_shop
c max_price | , max {} dollars | , {} dollars at most | , not over {} dollars | , cheaper than {} dollars | , price limit {} dollars | , I have {} dollars | , up to {} dollars | , budget {} dollars | for at most {} dollars | , maximum {} dollars
m [I'm looking for|I want|I need] [a product|something in the shop|something to buy].
m [Search|Browse|Look through] the [shop|store|catalog].
m What [do you sell|can I buy]?
[Find|Show|Get] me [some |]{query} in the [shop|store].
[Do you have|Have you got|Do you carry|Do you stock] {query}?
[I'm searching for|I'd like to buy|I need to buy|I want to get|I'm shopping for] {query}.
[What|Which] {query} [can I buy|are for sale|are in the shop|do you offer]?
[Search|Check|Browse] the [store|catalog|shop] for {query}.
shop search: {query}
[Are there|Can you find] any {query} [in the shop|in the store|for sale]?
[We need|I need] [new |]{query}, [see what the shop has|find some in the shop].
+ add_to_cart
@ add_item basket_add put_in_cart
[Add|Put|Place|Throw|Drop] {quantity} {product} [to|in|into] [the|my] [cart|basket|shopping cart].
[I want|I'd like|I'll have|I need] {quantity} {product}, [put them in the cart|in my cart, please|add them to my basket].
{quantity} {product} [to|into] [the|my] [cart|basket]
[Can|Could] you [put|add] {quantity} {product} [in|into|to] my [cart|basket]?
cart: {quantity} {product}
The [cart|basket] [needs|should get|should have] {quantity} {product}.
I'm [buying|ordering] {quantity} {product}, put them in the basket.
My basket is missing {quantity} {product}, add them.
+ track_order
@ order_state order_progress where_is_order
m [Where's|Track|Look up] my order[, please|].
m [When does|When will] my order [come|arrive]?
m I'm waiting for my order.
m [Can|Could] you check [my|an] order?
[Where is|Where's|What about|How is] [my |the |]order {order_id}?
[What's|What is|Tell me|Give me|I need] the [status|state] of [my |]order {order_id}.
Has [my |]order {order_id} [been sent|been packed|been shipped|left yet|gone out]?
[Is|Was] order {order_id} [already shipped|delivered|shipped|on its way]?
[When|What day] [will|does] order {order_id} [get here|arrive|come]?
[Check|Track|Look up|See] [the order|my order|order number] {order_id}.
order {order_id} status
[I'm waiting for|I'm still missing|I ordered] {order_id}, where is [it|the order]?
[I'd like|I want] to [track|check|follow] order {order_id}.
+ cancel_order
@ revoke_order order_cancellation drop_order
c reason | , {} | , reason {} | , it is because {} | , you see, {} | due to this: {} | , because, well, {} | , the reason being that {} | , my reason: {} | , as {}
m [I want|I'd like|I need] to cancel [an|my] order.
m [Can|Could] you cancel my order?
m [Stop|Call off] my order.
[Cancel|Stop|Abort|Call off|Revoke] [my|the] order {order_id}.
[I want|I'd like|I need|I have] to [cancel|stop|call off] [my |the |]order {order_id}.
[Can|Could|Would] you [cancel|stop] order {order_id}?
I [don't need|don't want] order {order_id} any [more|longer], cancel it.
[Order|The order] {order_id} [is to|should|must] be [cancelled|stopped].
cancel {order_id}
[Forget|Scrap] order {order_id}, I mean cancel it.
[Please make sure|See to it] that order {order_id} is cancelled.
+ return_item
@ return_goods refund_order order_return
[I want|I'd like|I need|I have] to [return|send back] [my |the |]order {order_id} [because|since|as] {reason}.
[Return|Send back|Take back] [my |the |]order {order_id} [because|since|as] {reason}.
[Start|Open|Begin|Set up] a return [of|for] order {order_id}, [reason|because|since]: {reason}
[Can|Could] I [return|send back] {order_id}? The reason: {reason}
return {order_id}: {reason}
Order {order_id} [goes back|must go back|should go back] because {reason}.
About order {order_id}: {reason}. [I want to return it|Please start a return|Send it back].
I'm returning {order_id} [because|as|since] {reason}.
+ search_flights
@ flights_between plane_search look_up_flights
[Find|Show|Get] [me |][flights|a flight|planes] from {origin} to {destination} {+date}.
[I want|I'd like|I need|I have|We want] to fly from {origin} to {destination} {+date}.
[Which|What] [flights|planes] [are there|go|leave|can I take] from {origin} to {destination} {+date}?
[flight|flights] {origin} - {destination} {date}
{date}, flights from {origin} to {destination}
[Is there|Are there] [a flight|any flights|a plane] [from {origin} to {destination}|to {destination} from {origin}] {+date}?
I'm in {origin} and [want|need|have] to fly to {destination} {+date}.
[Look up|Check] [flights|planes] leaving {origin} for {destination} {+date}.
[Can|Could] you find a flight {+date} from {origin} to {destination}?
From {origin} to {destination} by [plane|air] {+date}[, what is there|, please|].
+ flight_status
@ flight_check flight_delay where_is_flight
m [Is|Was] [the|my] flight [delayed|late]?
m [When does|When will] my flight [leave|land]?
m [Look up|Check] my flight.
[What's|What is|Tell me|Give me|I need] the status of flight {flight}.
[Is|Was] flight {flight} [late|delayed|cancelled|on schedule|on time|punctual]?
Has flight {flight} [landed|arrived|left|boarded] [already|yet|]?
Did flight {flight} [land|arrive|leave|board] [already|]?
[Check|Look up|Track] [the flight|flight] {flight} [for me|].
flight {flight} status
[When|What time] [does|will] {flight} [land|leave|arrive|take off]?
[My wife|My friend|My boss|My brother] is [coming on|arriving with|on] flight {flight}, is it [on time|delayed|late]?
[I'm taking|I'm on|I'm booked on] flight {flight}. [Is it on time?|Any delays?|Which gate?]
How is {flight} doing?
+ book_hotel
@ hotel_room get_hotel stay_booking
c guests | , {} people | for us {} | , {} persons | , we're {} | , number of guests: {} | , {} of us | , guests: {} | for a party of {} | , it's for {} people | , {} travelers
[Book|Reserve|Get|Find] [me |us |][a hotel|a room|a hotel room] in {city} for {nights} nights [from|starting] {date}.
[I need|I want|I'd like|We need] [a hotel|a room] in {city} from {date} for {nights} nights.
[hotel|room] {city}, {date}, {nights} nights
[Can|Could] you [book|reserve] {nights} nights in {city} from {date}?
[I'm going|We're going|I travel] to {city} {+date} for {nights} nights, [book a hotel|I need a room].
{nights} nights in {city} from {date}, [book it|a hotel room, please|reserve a room].
Check-in {+date}, {nights} nights, in {city}: [book a hotel room|reserve me a hotel].
From {date} I [need|want] {nights} nights in a hotel in {city}.
+ find_restaurants
@ restaurants_near eat_out find_food
[Find|Show|Get] [me |us |][a |some |]{cuisine} [restaurant|restaurants|place to eat] in {city}.
[Where|In which restaurant] can [I|we|one] [eat|get|find] [good |]{cuisine} food in {city}?
[I want|I'd like|We'd like|I feel like] [to eat |]{cuisine} food in {city}.
[Are there|Do you know] [any |some |]{cuisine} restaurants in {city}?
{cuisine} [food|restaurant|restaurants] [in |]{city}
[Which|What] {cuisine} [restaurants|places] [can you recommend|are good|are there] in {city}?
We're in {city}. [Where is|Is there] a {cuisine} restaurant?
[Can|Could] you [find|recommend] a {cuisine} place in {city}?
Let's have {cuisine} food in {city}, [find a restaurant|where do we go|what is there].
+ book_table
@ get_table restaurant_reservation table_at
[Book|Reserve|Get] [me |us |]a table [for {people} at {restaurant}|at {restaurant} for {people}] at {time}.
[I'd like|I want|I need|We need] a table [for {people} at {restaurant}|at {restaurant} for {people} people] at {time}.
[Can|Could] you [book|reserve] a table at {restaurant}, {people} people, {time}?
{restaurant}, {time}, {people} [people|guests]: [book a table|reserve a table|a table, please]
We are {people} [guests|people|persons] and [want|would like] to eat at {restaurant} at {time}. [Book a table|Reserve, please].
[Make|Place] a [table reservation|reservation|booking] at {restaurant} for {people} at {time}.
At {time}, a table for {people} at {restaurant}[, please|].
reservation {restaurant} {time}, {people} people
"""
