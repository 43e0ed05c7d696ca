"""Functions for staff, health, news, sums, accounts and travel, as text; see tool_library.py."""

TEXT = """
@ hr request_leave leaveRequest book_vacation time-off
d Request vacation for an employee | Ask for days off
p employee,name,person,staff person
p days,count,number_of_days int:2-15
p start,from,first_day,date day
r request_id,id=code:LV | The request {request_id} for {days} days off was sent.
{employee} wants {days} days of vacation from {start}.
Request {days} days off for {employee} starting {+start}.
Book {days} vacation days for {employee} from {start}.
{employee} takes {days} days off from {start}.
Vacation for {employee}: {days} days from {start}
Put in a leave request for {employee}, {days} days from {start}.
Please request leave for {employee}: {days} days, starting {+start}.
I'd like {days} days off for {employee}, the first is {start}.
From {start}, {employee} needs {days} days of leave.
Give {employee} {days} days off beginning {+start}.
File {days} days of vacation for {employee} from {start}.
{employee} is asking for {days} days away from work, starting {+start}.
Enter leave for {employee} from {start}, {days} days long.

@ hr find_employee employeeLookup get_staff staff-directory
d Find an employee in the staff directory | Look up a colleague
p name,employee,person,full_name person
r department,team=w:sales,support,finance,logistics,research,legal phone,extension=int:200-999 | {name} works in {department}, phone {phone}.
m Look up a colleague.
m Find an employee for me.
m Who works in which department?
Which department does {name} work in?
Find the employee {name}.
Look up my colleague {name}.
What's the extension of our colleague {name}?
Look up {name} in the staff directory.
Which team is our employee {name} in?
Get the staff entry of {name}.
Find {name} in the employee directory.
Where in the company does {name} work?
Show me the directory entry for employee {name}.
I'm looking for my coworker {name}.
What is the office phone number of my colleague {name}?
Tell me which department {name} belongs to.
Check the staff list for {name}.

@ hr log_hours hoursLog track_time timesheet-add
d Log working hours on a project | Add hours to the timesheet
p project,task,project_name project
p hours,time_spent,duration int:2-9
o date,day day | , the day is {} | , it was {} | , date: {} | , for {} | , the date is {} | , worked {+}
r total,total_hours=int:10-160 | I logged {hours} hours on {project}, {total} in all.
Log {hours} hours on {project}.
I worked {hours} hours on {project}.
Add {hours} hours for {project} to my timesheet.
Put down {hours} hours on {project}.
Timesheet: {hours} hours, {project}
Book {hours} hours to the project {project}.
Track {hours} hours on project {project}.
Record {hours} working hours for {project}.
I spent {hours} hours working on {project}, log it.
Please enter {hours} hours for {project}.
Write {hours} hours of {project} in the timesheet.
My work on {project} took {hours} hours, track it.
Charge {hours} hours to {project} on my timesheet.

@ fitness log_workout workoutLog add_exercise fitness-log
d Log a workout | Record exercise minutes
p activity,exercise,sport,type enum:running,swimming,cycling,rowing,yoga,hiking
p minutes,duration,mins int:10-120
r calories,kcal=int:60-900 | I logged {minutes} minutes of {activity}: {calories} calories.
Log {minutes} minutes of {activity}.
I did {minutes} minutes of {activity}.
Record {minutes} minutes of {activity}.
Add a {activity} workout of {minutes} minutes.
I was {activity} for {minutes} minutes.
Workout: {activity}, {minutes} minutes
Put {minutes} minutes of {activity} in my training log.
I just finished {minutes} minutes of {activity}.
My {activity} today lasted {minutes} minutes, note it.
Save {minutes} minutes of {activity} as exercise.
Track my workout: {minutes} minutes of {activity}.
Today's exercise was {activity} for {minutes} minutes.
I trained for {minutes} minutes, it was {activity}.

@ fitness log_meal foodLog add_calories track-food
d Log a meal with its calories | Record food and calories
p food,meal,dish,item food
p calories,kcal,energy int:80-950
r total,today_total=int:900-2900 | I logged the {food}; today you had {total} calories.
Log a meal: {food}, {calories} calories.
I ate {food} with {calories} calories.
Add {food} with {calories} calories to my food diary.
I had {food}, {calories} calories.
Record {food}, that's {calories} calories.
Put {food} at {calories} calories in my meals.
My lunch was {food}, {calories} calories.
Track {calories} calories for {food}.
Food diary: {food}, {calories} calories
Note that I ate {food}, {calories} calories.
For dinner I had {food} with {calories} calories, log it.
Please enter {food} with {calories} calories.
Count {calories} calories for the {food} I ate.

@ news search_news newsSearch get_headlines news-lookup
d Search the news about a topic | Latest headlines on a topic
p topic,subject,query,about topic
o limit,count,max_results int:2-20 | , {} articles | , at most {} | , show {} of them | , only {} | , no more than {} | , the top {}
r articles,found=int:2-60 | There are {articles} articles about {topic}.
m What's in the news?
m Search the news for me.
m Show me some headlines.
What's new about {topic}?
Find news about {topic}.
Show me the latest headlines on {topic}.
Search the news for {topic}.
Any news on {topic}?
What do the papers say about {topic}?
I'd like to read news about {topic}.
Get me the news on {topic}.
Headlines about {topic}, please.
Look for articles on {topic} in the news.
What has been reported about {topic}?
Which news stories are there on {topic}?
Catch me up on the news about {topic}.
What is being written about {topic} these days?

@ sums calculate calculator evaluate_expression math-eval
d Calculate an arithmetic expression | Evaluate a formula
p expression,formula,expr,input expr
r result,value=int:2-9000 | {expression} is {result}.
What is {expression}?
Calculate {expression}.
How much is {expression}?
Compute {expression}.
Work out {expression}.
{expression}
Evaluate {expression} for me.
Solve {expression}.
Can you calculate {expression}?
Tell me what {expression} is.
Use the calculator: {expression}
I need the result of {expression}.
What do I get for {expression}?
Find the value of {expression}.

@ sums convert_units unitConvert unit_conversion units-convert
d Convert a quantity between units | Convert a value to another unit
p value,amount,quantity int:2-950
p source,from,from_unit unit
p target,to,to_unit unit
r result,converted=amount | {value} {source} are {result} {target}.
How many {target} are {value} {source}?
Convert {value} {source} to {target}.
What is {value} {source} in {target}?
{value} {source} to {target}
Turn {value} {source} into {target}.
Express {value} {source} in {target}.
What are {value} {source} in {target}?
Give me {value} {source} in {target}.
Change {value} {source} to {target}.
How much is {value} {source} in {target}?
I need {value} {source} converted to {target}.
Tell me how many {target} there are in {value} {source}.
If I have {value} {source}, how many {target} is that?
{value} {source} makes how many {target}?

@ sums random_number randomInt roll_number random-draw
d Draw a random number between two limits | Random integer in a range
p minimum,min,low,from int:1-40
p maximum,max,high,to int:50-900
r number,result=int:41-49 | Your number is {number}.
Give me a random number between {minimum} and {maximum}.
Pick a number from {minimum} to {maximum}.
Draw a random number between {minimum} and {maximum}.
I need a random number from {minimum} to {maximum}.
Choose any number between {minimum} and {maximum}.
Roll a number from {minimum} to {maximum}.
Random number, {minimum} to {maximum}
Generate a random integer between {minimum} and {maximum}.
Tell me some number between {minimum} and {maximum}.
Let chance pick a number between {minimum} and {maximum}.
Surprise me with a number from {minimum} up to {maximum}.
Select a number at random, at least {minimum} and at most {maximum}.

@ users create_user addUser user_new register-user
d Create a user account | Register a new user
p username,login,user,name login
p email,mail,email_address email
o role,group,access enum:admin,editor,viewer,guest | as {} | with the role {} | , role {} | , make them {} | , with {} rights | , the role is {}
r user_id,id=int:100-9000 | The user {username} has the number {user_id}.
Create a user {username} with the e-mail {email}.
Add the user {username}, e-mail {email}.
Register {username} with {email}.
New user {username}, {email}
Set up an account {username} for {email}.
We need an account {username} with the address {email}.
Make a user account {username} with {email}.
Please create the login {username} with the e-mail {email}.
Open an account for {email} with the name {username}.
Register a user called {username} whose e-mail is {email}.
Sign up {username} under {email}.
An account {username} should be made for {email}.
Please get {username} an account, the e-mail address is {email}.

@ users delete_user removeUser user_delete drop-user
d Delete a user account | Remove a user
p username,login,user,name login
r status=w:deleted,removed | The user {username} was {status}.
m Delete a user account.
m Remove a user.
m A user has to go.
Delete the user {username}.
Remove {username} from the system.
Delete the account {username}.
The user {username} has left, delete the account.
Please remove the user {username}.
Get rid of the account {username}.
Erase the user {username}.
{username} no longer needs an account, delete it.
I want the account {username} deleted.
Take out the user {username}.
The account of {username} can be deleted.
Drop the user account {username}.
We don't need the login {username} any more, remove it.

@ users reset_password passwordReset new_password password-reset
d Reset the password of a user | Send a user a new password
p username,login,user,account login
r status=w:sent,mailed | A new password for {username} was {status}.
m Reset a password.
m I need a password reset.
m Someone forgot a password.
Reset the password of {username}.
{username} forgot the password.
Reset the password for {username}.
The user {username} can't log in, reset the password.
Send a new password to {username}.
Please give {username} a new password.
Password reset for {username}
The account {username} needs a new password.
I want the password of {username} reset.
Do a password reset for the user {username}.
{username} has lost the password, help.
Issue a fresh password for {username}.
The password of user {username} should be reset.

@ users set_role changeRole user_role grant-role
d Change the role of a user | Give a user a role
p username,login,user,account login
p role,access,level enum:admin,editor,viewer,guest
r status=w:updated,changed | {username} is now {role}.
Make {username} {role}.
Change the role of {username} to {role}.
Give {username} the role {role}.
{username} should be {role}.
Set the role of {username} to {role}.
The user {username} gets the role {role}.
Grant {username} the {role} role.
Let {username} be {role}.
Please turn {username} into {role}.
From now on {username} is {role}.
Promote or demote {username} to {role}.
User {username}, new role: {role}
I want {username} to have the {role} role.

@ server restart_service serviceRestart restart_server service-restart
d Restart a service | Restart a service on the server
p service,name,service_name name
r status=w:running,restarted,up | The service {service} is {status}.
m Restart a service.
m Something needs a restart.
m Please restart the service.
Restart {service}.
Restart the service {service}.
The service {service} hangs, restart it.
Please restart {service}.
{service} needs a restart.
Bounce the service {service}.
Stop and start {service}.
I want {service} restarted.
Give the service {service} a restart.
Can you restart {service}?
{service} is stuck, start it again.
Let {service} start over.
The service {service} has to be started anew.

@ server get_logs serviceLogs fetch_logs log-tail
d Get the last log lines of a service | Show the logs of a service
p service,name,app name
p lines,count,limit int:10-500
r errors,error_count=int:0-30 | The log of {service} has {errors} errors.
Show me the last {lines} log lines of {service}.
Get {lines} lines of the {service} log.
Give me the last {lines} lines from the log of {service}.
Fetch the logs of {service}, {lines} lines.
Logs of {service}, last {lines} lines
I need {lines} lines of log from {service}.
Read the last {lines} lines of the {service} logs.
Pull {lines} log lines for {service}.
What do the last {lines} log lines of {service} say?
Tail {lines} lines of {service}.
Print {lines} lines of the logs of {service}.
Look at the {service} log, the latest {lines} lines.
Let me see {lines} lines from the {service} log.

@ contacts add_contact contactAdd save_contact contact-new
d Save a contact with a phone number | Add a phone contact
p name,contact,person person
p phone,number,phone_number phone
r contact_id,id=code:CT | I saved {name} with the number {phone}.
Save {name} with the number {phone}.
Add {name} to my contacts, {phone}.
New contact {name}, phone {phone}.
The number of {name} is {phone}, save it.
Store {phone} for {name}.
Put {name}, {phone}, in my contacts.
Create a contact {name} with {phone}.
Please add the contact {name} with the phone number {phone}.
{name} has the number {phone}, add the contact.
Remember that {name} has the phone number {phone}.
Keep {phone} as the phone number of {name}.
My new colleague {name} can be reached at {phone}, save the contact.

@ delivery track_package packageStatus parcel_tracking shipment-status
d Track a parcel by its tracking number | Find out where a package is
p tracking_number,parcel,tracking_id,package code
r status=w:delivered,shipped,delayed,sorted city,location=city | Package {tracking_number} is {status}, now in {city}.
m Where is my package?
m Track my parcel.
m Has my parcel arrived?
Where is my package {tracking_number}?
Track the parcel {tracking_number}.
Where is the parcel with tracking number {tracking_number}?
Tracking number {tracking_number}, where is it?
Has the package {tracking_number} arrived?
Look up the parcel {tracking_number}.
Follow package {tracking_number} for me.
Which city is parcel {tracking_number} in?
Track package {tracking_number}, please.
When does the parcel {tracking_number} get here?
I'm waiting for the parcel {tracking_number}.
Find out where the package {tracking_number} is.
What has become of parcel {tracking_number}?
How far has the package {tracking_number} come?

@ time get_time currentTime time_in_city world-clock
d Current time in a city | What time it is in a city
p city,location,place city
r time,local_time=time | It is {time} in {city}.
m What time is it there?
m Check the local time.
m Tell me the local time of a city.
What time is it in {city}?
Tell me the time in {city}.
Current time in {city}
What's the local time in {city}?
How late is it in {city}?
I need the time in {city}.
Check what time it is in {city}.
Give me the local time of {city}.
What does the clock say in {city}?
Which time do they have in {city} now?
I have to call someone in {city}, what time is it there?
Local time for {city}, please.

@ documents summarize_document summarizeDoc doc_summary document-summary
d Summarize a document | Make a short summary of a document
p document,file,path,doc file
o length,words,max_words int:20-200 | , {} words | , at most {} words | in {} words | , use {} words | , no more than {} words | , about {} words
r topic,subject=topic | {document} is about {topic}.
m Summarize a document.
m I need a summary of a document.
m Make a short summary of a file.
Summarize {document}.
Give me a summary of {document}.
What is {document} about?
I need a summary of {document}.
Sum up {document}.
Write a summary of {document}.
Shorten {document} to a summary.
Please summarize the document {document}.
Make a summary of the file {document}.
Tell me in short what {document} says.
Boil {document} down for me.
I don't have time to read {document}, summarize it.

@ printing print_document printFile print_file send-to-printer
d Print a document | Print copies of a document on the printer
p document,file,path,doc file
p copies,count,number int:2-40
r job_id,id=int:10-900 | {document} is printing as job {job_id}.
Print {copies} copies of {document}.
I need {copies} paper copies of {document}.
Print {document} {copies} times.
Send {document} to the printer, {copies} copies.
{copies} printed copies of {document}, please.
Make {copies} printouts of {document}.
Put {document} on paper, {copies} times.
Get {document} printed in {copies} copies.
Let the printer make {copies} copies of {document}.
Print the file {document} in {copies} copies.
Run off {copies} copies of {document} on the printer.
I'd like {document} printed {copies} times.

@ social post_update createPost publish_post post-status
d Publish a post with tags | Post a text on social media
p text,content,message,body msg
p tags,hashtags,labels list:tag
r post_id,id=code:PO | Your post has the number {post_id}.
Post "{text}" with the tags {tags}.
Publish the post "{text}" and tag it {tags}.
Share "{text}" on my feed, tags: {tags}.
Write a post "{text}" tagged {tags}.
Put "{text}" on social media with the tags {tags}.
New post: "{text}", tags {tags}
Please publish "{text}" with the hashtags {tags}.
Create a post that says "{text}" with tags {tags}.
Post this with the tags {tags}: {text}
Tell my followers "{text}" with the tags {tags}.
With the tags {tags}, post the text "{text}".

@ groups invite_people inviteGuests invite send-invites
d Invite several people to an event | Send invitations for an event
p event,title,meeting subject
p people,guests,names,attendees list:first
r sent,invited=int:2-3 | I invited them to {event}: {sent} invitations.
Invite {people} to {event}.
Send invitations for {event} to {people}.
{people} should come to {event}, invite them.
Ask {people} to join {event}.
Please invite {people} to {event}.
I want {people} at {event}, send invitations.
For {event}, invite {people}.
Get {people} to come to {event}.
Add {people} as guests of {event}.
Let {people} know they are invited to {event}.
{event} is for {people}, send them an invitation.
Would you ask {people} over to {event}?

@ groups buy_groceries groceryOrder order_food_items grocery-list
d Add food to the grocery list | Put groceries on the shopping list
p items,products,foods,list list:grocery
r count,total=int:4-30 | The shopping list has {count} items.
m Add something to the shopping list.
m Put groceries on my list.
m We need groceries.
We need {items}.
Put {items} on the shopping list.
Add {items} to my grocery list.
Shopping list: {items}
I need to buy {items}.
Please add {items} to the groceries.
Don't let us forget {items} on the shopping list.
Write {items} on the grocery list.
We ran out of {items}, put it on the list.
Get {items} onto the shopping list.
The groceries should include {items}.
There's no more {items}, add that to the groceries.

@ learning lookup_word defineWord dictionary word-definition
d Definition of a word | Look up a word in the dictionary
p word,term,query made
r meaning,definition=w:a small boat,a kind of bird,a green stone,an old song,a sweet cake | {word} means {meaning}.
m Look up a word.
m I want to know what a word means.
m Use the dictionary.
What does {word} mean?
Define {word}.
Look up the word {word}.
What is the meaning of {word}?
What's the definition of {word}?
Find {word} in the dictionary.
I don't know the word {word}.
Explain the word {word}.
Meaning of {word}
Give me a definition of {word}.
Tell me what {word} means.
Please check the dictionary for {word}.
What is meant by {word}?

@ movies find_showtimes showtimes movie_times cinemaProgram
d Showtimes of a movie in a city | When a movie runs in the cinema
p movie,film,title song
p city,location,where city
r cinema,theater=venue time,next=time | {movie} is on at {cinema} at {time}.
When does {movie} play in {city}?
Showtimes for {movie} in {city}
I want to see {movie} in a cinema in {city}.
Where is the film {movie} on in {city}?
Find showtimes of {movie} in {city}.
Which cinema in {city} shows {movie}?
Is the movie {movie} running in {city}?
Cinema times for {movie} in {city}, please.
What are the times of the movie {movie} in {city}?
Look up when {movie} is shown in {city}.
We'd like to watch {movie} at the movies in {city}, when is it on?
At what time could I see {movie} at a {city} cinema?

@ trains search_trains trainSearch find_train rail-query
d Train connections between two cities | Find a train from one city to another
p origin,from,start city
p destination,to,end city
p time,departure,after time
r train,number=code:IC departs,departure=time | Take the train {train} at {departs}.
Find a train from {origin} to {destination} at {time}.
Trains from {origin} to {destination} at {time}
I need a train from {origin} to {destination} at {time}.
Which train goes from {origin} to {destination} at {time}?
Is there a train to {destination} from {origin} at {time}?
I want to take the train from {origin} to {destination} at {time}.
Look up trains {origin} to {destination}, {time}.
Search a train leaving {origin} at {time} for {destination}.
By rail from {origin} to {destination} at {time}, please.
At {time} I'd like a train to {destination}, starting in {origin}.
Get me a rail connection from {origin} to {destination} at {time}.
I leave {origin} by train at {time} and want to reach {destination}.

@ home set_device devicePower switch_device device-switch
d Switch a device on or off | Turn a device on or off
p device,appliance,name enum:heater,fan,tv,oven,radio,humidifier,dishwasher
p on,enabled,power,active onoff
r status=w:ok,done | The {device} is switched {on}.
Turn {on} the {device}.
Turn the {device} {on}.
Switch the {device} {on}.
Please switch {on} the {device}.
I want the {device} {on}.
Put the {device} {on}.
The {device} should be {on}.
Power the {device} {on}.
Make sure that the {device} is {on}.
Could you turn the {device} {on}?
Set the {device} to {on}.
{device} {on}, please.
I'd like to have the {device} turned {on}.
Have the {device} switched {on}.
"""
