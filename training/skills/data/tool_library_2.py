"""Functions for media, money, work and administration, as text; tool_library.py explains the notation."""

TEXT = """
@ maps get_directions routePlan find_route navigate
d Directions between two places | Plan a route from one place to another
p start,from,origin place
p end,to,destination place
o mode,by,transport enum:walking,cycling,driving,transit | , I am {} | by {} | , mode: {} | , I prefer {} | , {} please | for {}
r distance,km=amount minutes,duration=int:5-90 | It is {distance} km and takes {minutes} minutes.
How do I get from {start} to {end}?
Directions from {start} to {end}
Show me the way from {start} to {end}.
What is the route from {start} to {end}?
Navigate from {start} to {end}.
I'm at {start} and need to go to {end}.
Plan a route from {start} to {end}.
Find the way to {end} from {start}.
How far is it from {start} to {end}?
Take me to {end}, I start at {start}.
Get directions to {end} starting from {start}.
Route me from {start} to {end}.
I want to travel to {end} from {start}, which way?
Which way is it to {end} if I set out from {start}?

@ translation translate_text textTranslate translate language_translate
d Translate a text to another language | Translate words into a language
p text,phrase,content word
p language,target,target_language language
r translation,result=made | "{text}" in {language} is "{translation}".
Translate "{text}" to {language}.
How do you say "{text}" in {language}?
What is "{text}" in {language}?
What's the {language} word for "{text}"?
Give me the {language} translation of "{text}".
I need "{text}" in {language}.
Put "{text}" into {language}.
Say "{text}" in {language}.
Please translate "{text}" into {language}.
{language} for "{text}"?
Turn "{text}" into {language}.
How would one write "{text}" in {language}?
I'd like "{text}" translated to {language}.
In {language}, what would "{text}" be?

@ currency convert_currency currencyConvert exchange fx_convert
d Convert an amount of money to another currency | Exchange between currencies
p amount,value,sum money
p source,from,from_currency currency
p target,to,to_currency currency
r result,converted=amount | {amount} {source} are {result} {target}.
How much is {amount} {source} in {target}?
Convert {amount} {source} to {target}.
What are {amount} {source} in {target}?
Change {amount} {source} into {target}.
Exchange {amount} {source} for {target}.
I have {amount} {source}, how many {target} is that?
{amount} {source} to {target}
Turn {amount} {source} into {target}.
How many {target} do I get for {amount} {source}?
What is {amount} {source} worth in {target}?
Tell me what {amount} {source} are in {target}.
If I swap {amount} {source}, how much {target} do I get?
Give me {amount} {source} expressed in {target}.
Calculate {amount} {source} in {target}.

@ stocks get_stock_price stockQuote share_price quote-lookup
d Stock price of a ticker symbol | Current share price by ticker
p symbol,ticker,stock ticker
r price,quote=amount | {symbol} trades at {price} dollars.
m What's the stock price?
m How are the shares doing?
m Look up a stock for me.
What's the price of {symbol}?
How is {symbol} doing?
Stock price of {symbol}
Quote for {symbol}, please.
What does a share of {symbol} cost?
Look up the ticker {symbol}.
How much is {symbol} trading at?
Get me the share price of {symbol}.
Check the stock {symbol}.
At what price is {symbol} today?
Show me the {symbol} stock.
Tell me the current price of {symbol} shares.
What are {symbol} shares worth now?
Give me a quote on {symbol}.

@ music play_music playSong start_song music_play
d Play a song | Play a song by its title
p song,track,title song
o artist,singer,by person | by {} | , the one by {} | sung by {} | , the artist is {} | from {} | performed by {}
r status=w:playing,started | Now playing: {song}.
m Play some song.
m Put on a song.
m Play me something.
Play {song}.
Put on {song}.
I want to hear {song}.
Start the song {song}.
Play the song {song}.
Please play {song}.
Let me hear {song}.
Can you put {song} on?
I feel like listening to {song}.
Let's listen to {song}.
Begin playing {song}.
Next song: {song}
Turn on {song}.
Make it play {song}.

@ music set_volume volumeSet change_volume volume-level
d Set the volume of the speaker | Change the loudness in percent
p level,volume,percent int:5-95
r status=w:ok,done | The volume is at {level} percent.
m Change the volume.
m Set the volume.
m Adjust the volume for me.
Set the volume to {level}.
Volume {level}
Turn the volume to {level} percent.
Change the volume to {level}.
Make it {level} percent loud.
Put the volume at {level}.
I want the volume at {level} percent.
Volume to {level}, please.
Turn the speaker to {level} percent.
Adjust the volume to {level}.
Set the loudness to {level} percent.
Bring the volume to {level} percent.
The sound should be at {level} percent.
Move the speaker volume to {level}.

@ music create_playlist newPlaylist playlist_create make-playlist
d Create a playlist with songs | Make a new playlist from songs
p name,title,playlist project
p songs,tracks,items list:song
r tracks,count=int:2-3 | The playlist {name} is ready.
Make a playlist {name} with {songs}.
Create a playlist called {name} with {songs}.
New playlist {name}: {songs}
Put {songs} in a new playlist called {name}.
I want a playlist named {name} with the songs {songs}.
Start a playlist {name} containing {songs}.
Please create the playlist {name} from {songs}.
Make me a playlist out of {songs} and call it {name}.
Create {name}, a playlist of {songs}.
Playlist {name} should be made from {songs}.
Set up a playlist {name} with these songs: {songs}.
Gather {songs} in a fresh playlist named {name}.

@ notes create_note noteAdd save_note write-note
d Save a note with a title and a text | Write a note
p title,name,heading project
p text,content,body msg
r note_id,id=code:NT | I saved the note {title}.
~ todo note
Make a note called {title}: {text}
Save a note titled {title} that says {text}.
Write a note, title {title}, text: {text}
New note {title}: {text}
Create a note with the title {title} and the text {text}.
Note this under {title}: {text}
I want a note named {title} saying {text}.
Please note under {title} that {text}.
Store a note {title} with the words "{text}".
Add a note titled {title}: {text}
Take a note for me, title {title}: {text}
Jot down under the title {title}: {text}
Keep a note {title} which reads "{text}".

@ todo add_task todoAdd create_todo task-add
d Add a task to the to-do list | Put a task on the to-do list
p task,title,item,text task
o priority,importance,urgency enum:low,medium,high | with {} priority | , priority {} | , {} priority | , it has {} priority | as {} priority | , the priority is {}
r task_id,id=int:2-400 | I added "{task}" to your list.
~ todo note
Add {task} to my to-do list.
Put {task} on my to-do list.
New task: {task}
I have to {task}, put it on my list.
To-do: {task}
Add the task {task}.
My to-do list needs {task}.
Please add {task} to my tasks.
Create a task to {task}.
I need to {task}, add it to my to-dos.
Put "{task}" on the list of tasks.
Enter a task: {task}
Make {task} a task on my list.
Write {task} on my to-do list.

@ todo complete_task todoDone finish_task mark_done
d Mark a task as done by its number | Complete a task
p task_id,id,number,task int:2-400
r status=w:done,completed,closed | Task {task_id} is {status}.
m Mark a task as done.
m I finished a task.
m Tick off a task.
Mark task {task_id} as done.
I finished task {task_id}.
Task {task_id} is done.
Complete task {task_id}.
Tick off task {task_id}.
Check off number {task_id} on my tasks.
Set task {task_id} to done.
I'm done with task {task_id}.
Please mark number {task_id} as finished.
Close task {task_id}, it's done.
Task {task_id} can be ticked off.
I have just completed task {task_id}.
Cross out task {task_id}.
Finished with number {task_id} of my tasks.

@ files read_file openFile file_read get_file_content
d Read the contents of a file | Open a file and return its text
p path,file,filename file
r lines,line_count=int:3-300 | {path} has {lines} lines.
m Read a file for me.
m Open a file.
m Show me a file.
Read the file {path}.
Open {path}.
Show me {path}.
What is in {path}?
Show the contents of {path}.
What does {path} say?
Please open the file {path}.
Print {path}.
Let me see {path}.
Read {path} for me.
Display what's in {path}.
I want to look at {path}.
Give me the contents of {path}.
Pull up the file {path}.

@ files delete_file fileDelete remove_file rm-file
d Delete a file | Remove a file from the disk
p path,file,filename file
r status=w:deleted,removed | {path} was {status}.
m Delete a file.
m Remove a file for me.
m I want a file gone.
Delete {path}.
Delete the file {path}.
Remove {path}.
Get rid of {path}.
I don't need {path} any more, delete it.
Erase {path}.
Please remove the file {path}.
{path} can be deleted.
Throw away {path}.
Wipe {path} from the disk.
Could you delete {path}?
I want {path} deleted.
Discard the file {path}.
The file {path} should go away.

@ files rename_file fileRename move_file mv-file
d Rename a file | Give a file a new name
p old_name,source,old,from file
p new_name,target,new,to file
r status=w:renamed,moved | {old_name} is now {new_name}.
Rename {old_name} to {new_name}.
Change the name of {old_name} to {new_name}.
Rename the file {old_name} as {new_name}.
The file {old_name} should be called {new_name}.
Give {old_name} the new name {new_name}.
I want {old_name} to be named {new_name}.
Please rename {old_name} into {new_name}.
Call the file {old_name} {new_name} from now on.
{old_name} should become {new_name}.
{old_name} gets the name {new_name}.
Let {old_name} be known as {new_name}.
From now on, {old_name} is called {new_name}.

@ files search_files fileSearch find_in_files grep-files
d Search files for a word | Find files that contain a word
p query,word,pattern,term made
o folder,directory,dir folder | in {} | in the folder {} | , only in {} | under {} | , look in {} | inside {}
r matches,count=int:1-40 first,top_file=file | I found {matches} files, the first is {first}.
Search my files for {query}.
Which files contain {query}?
Find files with the word {query}.
Look for {query} in my files.
Find {query} in the files.
Search for the word {query} in all files.
Where in my files is {query} mentioned?
Find every file that mentions {query}.
Search the files for "{query}".
List the files that contain "{query}".
Which of my files talk about {query}?
Look through my files for the term {query}.

@ database query_table dbQuery count_rows table_lookup
d Count the rows of a database table | Number of rows in a table
p table,table_name,name name
r rows,count=int:10-9000 | The table {table} has {rows} rows.
m How many rows are there?
m Count the rows in the database.
m Query a table.
How many rows are in the table {table}?
Count the rows of {table}.
Row count of table {table}
How big is the table {table}?
How many records does {table} have?
Count the records in {table}.
Tell me the number of rows in {table}.
Get the row count for {table}.
What is the number of records in {table}?
How many entries are in the database table {table}?
I need the row count of {table}.
Look up how many rows {table} has.
Check how many records {table} holds.
Number of entries in {table}?

@ database find_customer customerLookup get_client crm_search
d Look up a customer by name | Find a customer record
p name,customer,full_name person
r customer_id,id=code:C email,mail=email | The customer number of {name} is {customer_id}, the e-mail {email}.
m Look up a customer.
m Find a customer for me.
m I need a customer's record.
Look up the customer {name}.
Find the customer {name}.
Do we have a customer called {name}?
Show me the record of customer {name}.
Is {name} a customer of ours?
Get the customer data for {name}.
Search for the client {name}.
Open the customer record of {name}.
Pull up the customer {name}.
I need the details of our customer {name}.
Who is the customer {name}?
Give me what we have on the client {name}.
Bring up {name} in the customer list.

@ tickets create_ticket openTicket ticket_new report-issue
d Open a support ticket | Create a ticket for a problem
p title,subject,summary,issue issue
p priority,severity,urgency enum:low,normal,high,urgent
r ticket_id,id=code:TK | I opened ticket {ticket_id}.
Open a ticket: {title}, priority {priority}.
Create a {priority} priority ticket: {title}.
New ticket with {priority} priority: {title}
File a ticket, {title}, with priority {priority}.
I have a problem: {title}. Open a {priority} ticket.
Report that {title}, priority {priority}.
Please open a {priority} ticket because {title}.
{title}, make a ticket with {priority} priority.
We need a {priority} priority ticket: {title}
Log a {priority} ticket: {title}
Make a ticket with the title {title} and priority {priority}.
Raise a ticket of {priority} priority saying {title}.
Submit this as a {priority} ticket: {title}

@ tickets assign_ticket ticketAssign ticket_set_owner assign-issue
d Assign a ticket to a person | Give a ticket to someone
p ticket_id,ticket,id,number code
p assignee,owner,person,user first
r status=w:assigned,updated | Ticket {ticket_id} now belongs to {assignee}.
Assign ticket {ticket_id} to {assignee}.
Give {ticket_id} to {assignee}.
{assignee} should take ticket {ticket_id}.
Make {assignee} the owner of {ticket_id}.
Ticket {ticket_id} goes to {assignee}.
Hand ticket {ticket_id} over to {assignee}.
Let {assignee} work on ticket {ticket_id}.
Please assign {ticket_id} to {assignee}.
Put {assignee} on ticket {ticket_id}.
I want {assignee} to handle {ticket_id}.
Pass ticket {ticket_id} on to {assignee}.
{assignee} will look after ticket {ticket_id}, assign it.
Transfer the ticket {ticket_id} to {assignee}.

@ tickets close_ticket ticketClose resolve_issue ticket-resolve
d Close a ticket | Mark a ticket as solved
p ticket_id,ticket,id,number code
r status=w:closed,resolved | Ticket {ticket_id} is {status}.
m Close a ticket.
m I want to close a ticket.
m Mark a ticket as solved.
Close ticket {ticket_id}.
Ticket {ticket_id} is solved, close it.
Mark ticket {ticket_id} as resolved.
Please close {ticket_id}.
{ticket_id} can be closed.
Resolve ticket {ticket_id}.
We fixed {ticket_id}, so close the ticket.
The ticket {ticket_id} is done, close it.
I want ticket {ticket_id} closed.
Set ticket {ticket_id} to closed.
Shut ticket {ticket_id}.
Ticket {ticket_id} has been dealt with, close it.
Wrap up ticket {ticket_id} as solved.

@ payments send_money transferMoney make_payment pay-person
d Send money to a person | Transfer an amount to someone
p recipient,to,person,payee first
p amount,sum,value money
o note,reference,memo,message project | with the note {} | , reference {} | , note: {} | , the reference is {} | with {} as the reference | , and put {} as the note
r transfer_id,id=code:PAY | I sent {amount} dollars to {recipient}.
Send {amount} dollars to {recipient}.
Pay {recipient} {amount} dollars.
Transfer {amount} dollars to {recipient}.
I owe {recipient} {amount} dollars, send it.
Give {recipient} {amount} dollars.
Send {recipient} {amount} dollars.
Make a payment of {amount} dollars to {recipient}.
Please transfer {amount} dollars to {recipient}.
{recipient} gets {amount} dollars from me.
I want to pay {amount} dollars to {recipient}.
Move {amount} dollars over to {recipient}.
Let {recipient} have {amount} dollars.
Wire {amount} dollars to {recipient}.

@ payments get_balance accountBalance check_balance balance-lookup
d Balance of a bank account | Check how much money is in an account
p account,account_type,name enum:checking,savings,business,joint
r balance,amount=amount | The {account} account holds {balance} dollars.
m What's my balance?
m How much money do I have?
m Check the balance of my account.
How much is in my {account} account?
What's the balance of my {account} account?
Check my {account} account.
Balance of the {account} account
How much money do I have in my {account} account?
Show me the balance of the {account} account.
Tell me what is on my {account} account.
What do I have in {account}?
Look at the balance in my {account} account.
I'd like to know the balance of {account}.
Is there any money left in the {account} account?
How is my {account} account looking?
How many dollars are on the {account} account?

@ payments create_invoice invoiceCreate new_invoice bill-customer
d Create an invoice for a company | Bill a company
p customer,company,client company
p amount,total,sum money
r invoice_id,number=code:INV | Invoice {invoice_id} was created.
Create an invoice for {customer} over {amount} dollars.
Bill {customer} {amount} dollars.
Invoice {customer} for {amount} dollars.
Make out an invoice of {amount} dollars to {customer}.
New invoice: {customer}, {amount} dollars.
{customer} needs an invoice for {amount} dollars.
Write {customer} an invoice for {amount} dollars.
Please bill {customer} for {amount} dollars.
Charge {customer} {amount} dollars with an invoice.
Send {customer} a bill for {amount} dollars.
Issue an invoice to {customer} for {amount} dollars.
An invoice of {amount} dollars should go to {customer}.
Prepare a {amount} dollar invoice for {customer}.
"""
