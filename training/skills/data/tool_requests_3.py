"""Further phrasings of the functions of tool_library_3.py; tool_library.py explains the notation."""

TEXT = """
+ request_leave
@ vacation days_off holiday_request
[Request|Book|Enter|File] {days} [days off|vacation days|days of leave] for {employee} [from|starting] {start}.
{employee} [wants|needs|takes|would like] {days} [days off|vacation days|days of vacation] from {start}.
[I need|We need] {days} days of leave for {employee}, starting {+start}.
vacation {employee}, {days} days from {start}
[Can|Could] {employee} have {days} days off from {start}?
{employee} [goes|is going] on vacation for {days} days from {start}, [enter it|request it].
+ find_employee
@ colleague_search employee_info who_is_employee
m [Find|Look up|Search] [an employee|a coworker|somebody in the staff directory].
m I'm looking for a [colleague|coworker].
m Which department does [she|he|my colleague] work in?
[Which|What] [department|team] [is {name} in|does {name} belong to|does my colleague {name} work in]?
[Find|Look up] [the employee|my colleague|our coworker] {name} [in the directory|].
[I need|Give me|Get me] the [staff entry|directory entry|extension|department] of [my colleague|our employee] {name}.
[What's|What is] the [extension|department|team] of our colleague {name}?
[Can|Could] you [find|look up] my [colleague|coworker] {name}?
Where [in our company |]does {name} work?
+ log_hours
@ hours worked_hours book_hours
c date | , on this day: {} | , day: {} | , done {+} | , the work was done {+} | , {} | , enter it for {} | , it happened {+} | , that was {+}
[Log|Enter|Record|Add|Book|Track] {hours} hours [on|for] [the project |]{project}.
[I worked|I spent|I put in|I did] {hours} hours on {project}[, log it|, enter that|].
[timesheet|hours]: {project}, {hours} hours
[Can|Could] you [log|enter|record] {hours} hours for {project}?
[Put|Write] {hours} hours for {project} in my timesheet.
{hours} hours of work [on|for] {project}[, please log them|, enter them|].
+ log_workout
@ workout training_log record_exercise
[Log|Record|Add|Save|Track] {minutes} minutes of {activity}[, please|].
[I did|I've done|I had|I finished] {minutes} minutes of {activity} [today|just now|this morning|].
{activity}, {minutes} [minutes|min]
[Put|Enter|Write] {minutes} minutes of {activity} [in|into] my [workout log|training log].
[Can|Could] you log {minutes} minutes of {activity}?
My workout [was|today was]: {activity}, {minutes} minutes.
[This morning|Today|After work] I went {activity} for {minutes} minutes, [log it|add it to my workouts].
+ log_meal
@ meal food_diary record_meal
[Log|Record|Add|Track|Save] {food}, {calories} calories[, please|].
[I ate|I had|I just ate|I've eaten] {food}[, it has|, that's|,] {calories} calories.
[food|meal]: {food}, {calories} [calories|kcal]
[Put|Enter|Write] {food} with {calories} calories in [my food diary|the meal log].
[Can|Could] you log {food} with {calories} calories?
My [breakfast|lunch|dinner|snack] was {food} with {calories} calories[, log it|].
+ search_news
@ news headlines articles_about
c limit | , max {} | , {} at most | , just {} | , limit {} | , {} headlines | , not more than {} | , {} are enough | , give me {} | , the first {} | , up to {}
m [Show|Read|Tell] me the news.
m [What's|What is] new[ in the world|]?
m [Any|Are there any] headlines?
[What's|What is] [in the news|new|the latest|happening] [about|on|with] {topic}?
[Show|Get|Find|Read|Give] me [the |][news|headlines|articles|latest news] [about|on] {topic}.
[I want|I'd like|I need] [to read|to see|] [the |]news [about|on] {topic}.
news {topic}
[Is|Was] there anything [in the news|in the papers] about {topic}?
[Search|Look|Check] the [news|headlines] for {topic}.
[Can|Could] you [find|look up] news [about|on] {topic}?
+ calculate
@ calc compute_expression arithmetic
[What's|What is|How much is|What are|What makes] {expression}?
[Calculate|Compute|Work out|Solve|Evaluate|Figure out] {expression}[, please| for me|].
[I need|I want|Give me|Tell me] the [result|value] of {expression}.
[Can|Could|Would] you [calculate|compute|work out|solve] {expression}?
calc {expression}
{expression} = ?
[Run|Put] {expression} [through|into] the calculator.
My [sum|formula|calculation] is {expression}. [What's the result?|Solve it.]
+ convert_units
@ convert_measure measure_convert length_convert
[Convert|Change|Turn|Put] {value} {source} [to|into] {target}[, please|].
[How many|What number of] {target} [is|are|make|equal] {value} {source}?
[What's|What is|What are|How long are] {value} {source} in {target}?
{value} {source} [in|as|->] {target}
[I need|I want|Give me|Tell me] {value} {source} in {target}.
[Can|Could] you convert {value} {source} to {target}?
[It's|It is|My plan says] {value} {source}, [how many {target} is that|what's that in {target}]?
+ random_number
@ random_int pick_number draw_number
[Give|Tell|Get] me [a|any|some] random number [between {minimum} and {maximum}|from {minimum} to {maximum}].
[Pick|Choose|Draw|Roll|Generate|Select] [a|a random|any] number [between {minimum} and {maximum}|from {minimum} to {maximum}].
[I need|I want|I'd like] a random number, [between {minimum} and {maximum}|from {minimum} to {maximum}].
random {minimum}-{maximum}
[Can|Could] you [pick|draw|choose] a number between {minimum} and {maximum}?
[Which|What] number between {minimum} and {maximum} does chance pick?
+ create_user
@ user_create account_create sign_up_user
c role | , as {} | , the role {} | , role: {} | , access {} | , with {} access | , they are {} | , make it {} | , group {} | , in the role of {} | with the rights of {} | , {} rights
[Create|Add|Register|Set up|Make] [a user|an account|a login|the user] {username} [with the e-mail|for|, e-mail|with the address] {email}.
[I need|We need|I want] [a user|an account|a login] {username}, e-mail {email}.
user {username}, mail {email}
[Can|Could] you [create|add|register] the user {username} with {email}?
[There's|We have] a new user, {username}, {email}. [Create the account.|Add them.|Please register them.]
The e-mail is {email} and the login {username}, [create the user|set up the account].
+ delete_user
@ user_remove delete_account account_delete
m [Delete|Remove|Erase] [an|the|that] account.
m [I want|We need] to [delete|remove] a user.
m [Can|Could] you remove a user?
[Delete|Remove|Erase|Drop] [the user|the account|user|account|the login] {username}[, please|].
[I want|I'd like|We need] the [user|account] {username} [deleted|removed|gone].
[Can|Could|Would] you [delete|remove] the [user|account] {username}?
{username} [has left|left us|doesn't work here any more], [delete|remove] the account.
[The account|User|Account] {username} [should|must|has to] be [deleted|removed].
[Nobody uses|We don't need] the account {username} any more, delete it.
user {username}: delete
+ reset_password
@ password new_password_for forgot_password
m [Reset|Change] [a|the|my] password[, please|].
m [A user|A colleague] needs a new password.
m [A user|Somebody] can't log in [any more|].
[Reset|Renew] the password [of|for] [the user |user |the account |]{username}.
{username} [can't log in|has forgotten the password|lost the password|needs a new password][, reset it|, please reset the password|].
[I want|I need|We need] a [password reset|new password] for {username}.
[Can|Could|Would] you reset the password [of|for] {username}?
password reset: {username}
[Send|Give|Mail] {username} a new password.
+ set_role
@ role_change update_role user_access
[Make|Turn] {username} [into |]{role}.
[Change|Set|Switch|Update] the role of [the user |]{username} to {role}.
[Give|Grant|Assign] {username} [the role {role}|the {role} role|{role} rights|{role} access].
{username} [should be|becomes|is to be|must be|will be] {role}[ from now on|].
[I want|We need] {username} [as|to be] {role}.
role {username}: {role}
[Can|Could] you make {username} {role}?
The [new |]role of {username} is {role}[, change it|, please set it|].
+ restart_service
@ reboot_service bounce_service service_reboot
m [Restart|Bounce] [a|the] service[ for me|].
m [A|The] service [hangs|is stuck|doesn't answer].
m [Can|Could] you restart a service?
[Restart|Bounce|Reboot] [the service |]{service}[, please| now|].
{service} [hangs|is stuck|doesn't answer|is frozen|stopped working][, restart it|, please restart it|, it needs a restart].
[I want|I need|We need] [the service |]{service} [restarted|to be restarted].
[Can|Could|Would] you restart [the service |]{service}?
[The service|Service] {service} [has to|must|should|needs to] be restarted.
restart {service}
[Do|Perform] a restart of {service}.
+ get_logs
@ logs show_logs read_log
[Show|Give|Get|Read|Fetch|Print] [me |][the last|the latest] {lines} [log lines|lines of the log] of {service}.
[I need|I want|I'd like] [the last |]{lines} [log lines|lines of log] [of|from|for] {service}.
{service} log[s|], {lines} lines
[Can|Could] you [show|get|fetch] [me |]{lines} log lines of {service}?
[What's|What is] in the last {lines} log lines of {service}?
logs {service} {lines}
Something is wrong with {service}, show me [the last |]{lines} log lines.
+ add_contact
@ new_contact contact save_number
[Save|Add|Store|Create] [a |the |][contact|new contact] {name}[,| with the number| with the phone number| with] {phone}.
[Save|Store|Note] {phone} as the [number|phone number] of {name}.
{name} [has|has got] [the number|a new number,|the phone number] {phone}[, save it|, add it to my contacts|].
[I want|I need|I'd like] {name} in my contacts, [number|phone] {phone}.
[Can|Could] you [save|add] {name}, phone {phone}, [to|in] my contacts?
contact {name} {phone}
[I met|I talked to|I just met] {name}, [phone|whose number is] {phone}. [Save the contact.|Add them to my contacts.]
+ track_package
@ parcel package_lookup trace_parcel
m [Where's|Where is] my [parcel|package]?
m [When does|When will] my [parcel|package] [come|arrive]?
m I'm waiting for a [parcel|package].
[Where's|Where is|Track|Trace|Find|Look up] [the |my |][parcel|package] {tracking_number}.
Has my [parcel|package] {tracking_number} [arrived|been delivered|left]?
Did my [parcel|package] {tracking_number} [arrive|leave]?
[What's|What is|Tell me] the status of [parcel|package] {tracking_number}.
[When|What day] [will|does] [parcel|package] {tracking_number} [arrive|come]?
[I'm waiting for|I'm expecting|I was sent] a [parcel|package], tracking number {tracking_number}. [Where is it?|Track it.|Where is it now?]
parcel {tracking_number}
[Can|Could] you [track|trace|find] the [parcel|package] {tracking_number}?
+ get_time
@ local_time city_time clock_in
m [What's|What is] the [local |]time?
m How late is it [there|now|]?
m [I need|Give me|Show me] the time in a city.
[What|Which] time [is it|do they have] [now |right now |]in {city}?
[What's|What is|Tell me|Give me|Show me] the [time|local time|current time] in {city}[ now| right now|].
[Do you know|Can you tell me|Find out|I wonder|I need to know] what time it is in {city}.
time {city}
[My friend|My boss|My sister|Our office] is in {city}. What time is it [there|over there]?
Is it [night|still day|morning] [in|over in] {city}? [Tell me the time there.|What time is it there?]
+ summarize_document
@ summary short_version summarize
c length | , length {} words | , {} words at most | , max {} words | , {} words long | , not more than {} words | , with {} words | , use up to {} words | , keep it to {} words | , about {} words long | , limit {} words
m [Summarize|Sum up|Shorten] [a|the|my] [document|file].
m [Can|Could] you summarize [a document|something]?
m [I want|Give me|Write] a summary.
[Summarize|Sum up|Shorten|Condense] [the document |the file |]{document}.
[I need|I want|Give me|Write|Make] a [summary|short version] of {document}.
[What's|What is] [the document |the file |]{document} about?
[Can|Could] you [summarize|sum up] {document}?
summary of {document}
[I haven't read|I can't read all of|I have no time for] {document}, [sum it up|summarize it|give me a summary].
+ print_document
@ paper_copy print printout
[Print|Make|Give me|Run off] {copies} [copies|printouts] of {document}[, please|].
[I need|I want|We need] {document} [printed {copies} times|in {copies} copies|on paper, {copies} copies].
[Can|Could] you print {copies} copies of {document}?
print {document} x{copies}
[Send|Put] {document} [to|on] the printer, [{copies} times|{copies} copies].
{document}: {copies} [printed copies|printouts|paper copies]
+ post_update
@ post social_post share_post
[Post|Publish|Share] "{text}" [with the tags|with the hashtags|, tags:|under the tags] {tags}.
[Write|Create|Make] a post [saying|with the text|that reads] "{text}" [and the tags|with the tags|, tags] {tags}.
[I want|I'd like|I need] to [post|publish|share] "{text}" with the tags {tags}.
[Can|Could] you post "{text}" with the tags {tags}?
My new post is "{text}", with the [tags|hashtags] {tags}.
+ invite_people
@ invitations send_invitation ask_guests
[Invite|Ask] {people} [to|to come to|to join] {event}.
[Send|Write] {people} [an invitation|invitations] [to|for] {event}.
[I want|I'd like|We want] {people} [to come to|at|to join] {event}[, invite them|, send invitations|].
[Can|Could] you invite {people} to {event}?
{event}: invite {people}
[We need|We should have] {people} at {event}, [send out invitations|invite them].
+ buy_groceries
@ groceries add_groceries shopping_list
m [Put|Write] [something|food] on the [shopping list|grocery list].
m [We need|I need] [food|something to eat], put it on the list.
m Add [food|items] to [my|the] grocery list.
[Add|Put|Write] {items} [to|on|onto] [my|the|our] [shopping list|grocery list].
[We need|I need|We're out of|Buy] {items}[, put it on the list|, add that to the groceries|, write it on the shopping list|].
[groceries|shopping list|grocery list]: {items}
[Can|Could] you [put|add] {items} [on|to] the [shopping list|grocery list]?
[The grocery list|My shopping list] [needs|should have|is missing] {items}.
+ lookup_word
@ define meaning_of word_meaning
m [What does|Tell me what] the word [mean|means].
m [Define|Explain] [a|the|this] word.
m I need [the meaning|the definition] of a word.
[What's|What is|Tell me|Give me|Find|Look up] the [meaning|definition] of [the word |]{word}.
[What does|What might] [the word |]{word} mean?
[Look up|Define|Explain] [the word |]{word}[ in the dictionary| for me|].
[I don't understand|I don't know|I've never heard] the word {word}[, look it up|, what does it mean|].
[Can|Could] you [define|explain|look up] [the word |]{word}?
{word} - definition?
+ find_showtimes
@ cinema_times movie_showings when_is_movie
[When|At what time|What time] does [the movie |the film |]{movie} [play|run|start] in {city}?
[When|At what time] is [the movie |the film |]{movie} [on|shown|playing] in {city}?
[Where|In which cinema] [can I see|is|can we watch] [the movie |the film |]{movie} in {city}?
[Find|Show|Get|Give me|Look up] [the |][showtimes|cinema times|times] [of|for] {movie} in {city}.
[I want|I'd like|We want] to [see|watch] {movie} in {city}[, when is it on|, find the showtimes|, which cinema has it].
{movie}, cinema, {city}
[Can|Could] you find [showtimes|a cinema] for {movie} in {city}?
+ search_trains
@ trains train_connections railway
[Find|Show|Get] [me |][a train|trains|train connections] from {origin} to {destination} at {time}.
[I want|I'd like|I need|I have] to [take a train|go by train] from {origin} to {destination} at {time}.
[Which|What] [train goes|trains go|trains leave|train can I take] from {origin} to {destination} at {time}?
train {origin} - {destination} {time}
[Is there|Are there] [a train|any trains] [from {origin} to {destination}|to {destination} from {origin}] at {time}?
I'm in {origin} and [have|want|need] to be on a train to {destination} at {time}.
[Can|Could] you find a train to {destination} from {origin} at {time}?
+ set_device
@ switch_appliance device power_device
[Turn|Switch] [the |]{device} {on}[, please| now|].
[Turn|Switch] {on} [the |my |]{device}.
{device} {on}
[I want|I'd like|I need] the {device} [to be |]{on}.
[Can|Could|Would] you [turn|switch] the {device} {on}?
The {device} [has to|must|needs to] be {on}.
[I'm leaving|I'm home|I'm back], [turn|switch] the {device} {on}.
"""
