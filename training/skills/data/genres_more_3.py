"""More ways to say the sentences of the genres: genre | number of the sentence | one way / another way."""

TEXT = """
e-mail | 0 | Hello {to}! It's {sender} here. / A message from {sender} for {to}. / {sender} wrote to {to} this morning. / To: {to}. Sender: {sender}.
e-mail | 1 | Can we have the meeting on {topic_date}? I thought of {at}. / I have set the meeting for {topic_date} and would like to begin at {at}. / The date for our meeting is {topic_date}; please be there at {at}.
e-mail | 2 | I have booked {place} for us. / Come to {place}, please. / You will find us in {place}.
e-mail | 3 | You will find {file} attached. / Have a look at {file}, which I attached. / Along with this I send {file}.
e-mail | 5 | Just call {phone} if there is a problem. / The number to call is {phone}. / For anything urgent, dial {phone}.
invoice | 0 | {buyer} received invoice {number}, which was issued by {seller}. / For {buyer}: invoice {number}. Issued by {seller}. / This is invoice {number}. It was written by {seller} and goes to {buyer}.
invoice | 1 | In total, {total} has to be paid. / Total: {total}. / All in all, that makes {total}.
invoice | 3 | The money should reach us by {due}. / Due date: {due}. / You have until {due} to pay.
hotel booking | 0 | We are glad to welcome {guest} at {hotel} in {city}. / Guest: {guest}. Hotel: {hotel}, {city}. / In {city}, {hotel} has kept a room for {guest}.
hotel booking | 1 | We expect you on {arrive}, and you leave on {leave}. / Arriving: {arrive}. Leaving: {leave}. / The room is yours from {arrive} until {leave}.
news item | 0 | The people of {city} have a new neighbor: {company} opened an office there on {date}. / {date} was a big day for {company}, which opened an office in {city}. / In {city}, the doors of a new {company} office opened on {date}.
profile | 0 | {name} grew up in {born}, the place of birth, and has moved to {city} since. / Home for {name} is {city}; the birthplace is {born}. / {name}, who was born in {born}, has a home in {city}.
profile | 2 | {company} employs {name.first} as {a job}. / At {company}, {name.first} works as {a job}. / {name.first} earns a living as {a job} with {company}.
meeting note | 0 | Our meeting took place on {date}, and {chair} was in charge. / Meeting of {date}. Chair: {chair}. / The team met on {date} with {chair} as chair.
meeting note | 4 | It is up to {owner} to write the report; the deadline is {deadline}. / By {deadline}, {owner} has to finish the report. / The task of writing the report, due {deadline}, went to {owner}.
product description | 0 | {maker} presents the {model}, {a product}. / From {maker} comes the {model}, {a product}. / This is the {model}. It is {a product}, and {maker} makes it.
product description | 1 | The price tag says {price}. / Price: {price}. / It sells for {price}.
weather report | 0 | {day} in {city}: up to {high} by day and down to {low} at night. / People in {city} can expect {high} on {day}, but only {low} at night. / Forecast for {day}. City: {city}. High: {high}. Low: {low}.
recipe note | 0 | My name is {cook}, and this is my recipe. It is mainly made of {main}. / Thanks to {cook} for this recipe, which is mostly {main}. / The recipe comes from {cook}. What you mainly need is {main}.
recipe note | 1 | For the dough, take {flour} of flour; add {sugar} of sugar. / Flour: {flour}. Sugar: {sugar}. / Put {flour} of flour in a bowl, then {sugar} of sugar.
job ad | 0 | Are you {a job}? Then {company} in {city} needs you. / Our office in {city} needs {a job}. {company} is the employer. / Job offer by {company}: {a job} for {city}.
job ad | 3 | We begin on {start}, and we take applications until {deadline}. / Applications close on {deadline}; work begins on {start}. / First day of work: {start}. Apply until: {deadline}.
delivery notice | 0 | Good news for {to}: {from} has shipped {a item}. / {a item} was sent to {to} by {from}. / Shipment for {to}. Sender: {from}. Content: {a item}.
delivery notice | 2 | You can expect the delivery at {time} on {date}. / We will be there on {date} around {time}. / Delivery date: {date}. Time: {time}.
event | 0 | On the program: the {title}. {host} is the host, and {place} is the place. / {place} is where the {title} takes place. The host is {host}. / {host} hosts the {title}, which is held in {place}.
event | 1 | Be there on {date}: we begin at {start}. / Everything begins on {date} at {start}. / The date is {date}, and the start is at {start}.
medical appointment | 0 | Dr. {doctor} will see {patient} on {date} at {time}. / {patient} should see Dr. {doctor}: {date}, {time}. / We have booked {patient} in with Dr. {doctor} for {date} at {time}.
sports result | 0 | {home} welcomed {away} to {city} and the game ended {score}. / Final score: {score}. {home} played at home in {city}; {away} came as guests. / {away} traveled to {city} to play {home}. The result was {score}.
flight plan | 0 | {traveler} will leave {from} on {date} and fly to {to}. / Travel date: {date}. {traveler} goes by plane from {from} to {to}. / The trip of {traveler} begins in {from} and ends in {to}; the date is {date}.
flight plan | 1 | The plane, flight {flight}, takes off at {leave} and lands at {arrive}. / Departure is at {leave} with flight {flight}, which lands at {arrive}. / Flight: {flight}. Takeoff: {leave}. Landing: {arrive}.
support ticket | 0 | A customer, {user}, has trouble with the {product}; the ticket is {id}. / New ticket {id}. Customer: {user}. Problem: the {product} is broken. / The {product} of {user} does not work any more. Ticket: {id}.
house ad | 0 | {rooms} rooms in {city}: the apartment is at {place}. / Looking for a home in {city}? This apartment at {place} has {rooms} rooms. / The apartment at {place} in {city} has {rooms} rooms.
car ad | 0 | In {city} you can see a {model} from {year} that is for sale. / {model}, year {year}, for sale in {city}. / My {model} was built in {year}. Come and see it in {city}.
library loan | 0 | Our reader {reader} has taken home "{title}", which was written by {author}. / "{title}" ({author}) is with {reader}. / Borrowed by {reader}: "{title}". Author: {author}.
bank transfer | 0 | {to} got {sum} on {date}; the money came from {from}. / A payment of {sum} was made by {from} to {to} on {date}. / Paid by: {from}. Paid to: {to}. Amount: {sum}. Date: {date}.
school notice | 0 | Dear parents, on {date} the class goes to {place} with its teacher, {teacher}. / {teacher} and the class will visit {place} on {date}. / We are going to {place}! The date is {date}, and the teacher is {teacher}.
lost and found | 0 | {owner} is looking for {a color} {item}, last seen in {place}, where it was lost. / Who has seen {a color} {item}? It belongs to {owner} and was lost in {place}. / In {place}, {owner} lost {a color} {item}.
review | 0 | {writer} gave {place} {stars} stars after a meal there. / A meal at {place}, reviewed by {writer}. Stars: {stars}. / I am {writer}, and I give {place} {stars} stars.
project | 0 | {client} is the client of the project {name}, and {lead} is its leader. / Project: {name}. Leader: {lead}. Client: {client}. / The project called {name} was ordered by {client}. {lead} leads it.
project | 1 | Work begins on {start} and is over on {end}. / The first day is {start} and the last is {end}. / We start on {start}; the end is planned for {end}.
experiment | 0 | Sample {sample} was given to {who}, who tested it on {date}. / Date of the test: {date}. Scientist: {who}. Sample: {sample}. / The scientist {who} did a test of sample {sample} on {date}.
town history | 0 | Founded in {founded} by {founder}, {town} lies in {country}. / {town} ({country}) goes back to {founder}, who founded it in {founded}. / The country is {country}, the town {town}. It was founded by {founder} in {founded}.
animal shelter | 0 | Meet {pet}, {a animal} of {age} years. / {pet} is the name of our {animal}, who is {age} years old. / Age {age}, kind {animal}: this is {pet}.
"""
