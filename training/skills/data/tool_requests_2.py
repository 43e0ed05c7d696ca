"""Further phrasings of the functions of tool_library_2.py; tool_library.py explains the notation."""

TEXT = """
+ get_directions
@ directions way_between route
c mode | , {} | , I'm {} | , I go by {} | , transport: {} | , {} mode | , by means of {} | , with {} as the mode | , I'd be {} | , use {} | , the mode is {}
[How|Which way] do I [get|go|travel|come] from {start} to {end}?
[Show|Tell|Give] me [the way|the route|directions] from {start} to {end}.
[I'm at|I'm standing at|We are at] {start} and [want|need|have] to [get|go] to {end}.
[route|directions|way] {start} - {end}
[Plan|Find|Calculate] [a route|the way|my trip] from {start} to {end}.
[Can|Could] you [guide|lead|take|navigate] me from {start} to {end}?
[How long|How far] is the way from {start} to {end}?
+ translate_text
@ translation to_language translate_phrase
[Translate|Put|Turn] "{text}" [into|to] {language}[, please|].
[How|What] [do you say|would you say|does one say] "{text}" in {language}?
[What's|What is] [the {language} for|the {language} translation of] "{text}"?
[I need|I want|Give me|Tell me] "{text}" in {language}.
[Can|Could] you [translate|say|write] "{text}" in {language}?
In {language}: "{text}"
[My friend|My guest] only [speaks|understands] {language}. [How do I say|Translate] "{text}".
"{text}" [in|to] {language}
+ convert_currency
@ money_exchange exchange_money currency_calc
[Convert|Change|Exchange|Turn] {amount} {source} [to|into] {target}[, please|].
[How many|How much in] {target} [are|is|would be|make] {amount} {source}?
[I have|I've got] {amount} {source} and [need|want] {target}.
{amount} {source} [in|to|as] {target}
[What|How much] [do I get|would I get] in {target} for {amount} {source}?
[I need|I want|I'd like] {amount} {source} [converted|changed] [to|into] {target}.
[Can|Could] you [convert|change] {amount} {source} [to|into] {target}?
[What's|What is] the value of {amount} {source} in {target}?
+ get_stock_price
@ stock share_quote ticker_price
m [What does|How much is] a share cost?
m [Check|Show me|Get] [the|a] stock price.
m How is [the|my] stock doing?
[What's|What is|Tell me|Give me|Show me|I need] the [price|stock price|share price] of {symbol}.
[How much|What] [does|would] [one share|a share] of {symbol} cost?
[Check|Look up|Get] [the stock|the ticker|the shares] {symbol}.
{symbol} [stock|share|price|quote]
[I'm thinking of buying|I own|I hold] {symbol}, what's [the price|it worth]?
[How are|How high are] {symbol} shares [now|today|at the moment]?
Where does {symbol} stand?
+ play_music
@ play_track listen_to song_play
c artist | , artist {} | , {} sings it | , the singer is {} | , sung by {} | , in the version by {} | , the artist: {} | , the one from {} | by the singer {}
m [Play|Start|Put on] [some|a bit of] music.
m I want to [listen to|hear] [something|a song|music].
m [Can|Could] you play a song?
[Play|Start|Put on] [the song|the track|the title] {song}[, please|].
[I want|I'd like|I'd love] to [listen to|hear] [the song |]{song}.
[Can|Could|Would] you [play|start|put on] {song}?
[Let me|Let us] [hear|listen to] {song}.
song: {song}
[I'm in the mood for|I could do with|How about] {song}[, play it|].
The [next song|music] should be {song}.
+ set_volume
@ volume sound_level loudness
m [Change|Set] [how loud it is|the sound level].
m It's [too loud|too quiet].
m I want another volume.
[Set|Change|Turn|Put|Bring] the [volume|sound|speaker|loudness] [to|down to|up to] {level}[ percent|].
[volume|sound] {level}
[I want|I'd like|I need] [it|the volume|the sound] at {level} percent.
[Can|Could] you set the volume to {level}?
It's [too loud|too quiet], [go to|make it|set it to] {level} percent.
{level} percent [volume|loudness][, please|]
The [volume|speaker|music] [should|must|has to] be at {level} percent.
+ create_playlist
@ playlist add_playlist song_list
[Make|Create|Start|Set up] a [new |]playlist [called|named] {name} [with|from|out of] {songs}.
[I want|I'd like|I need] a playlist [called|named] {name} with {songs}.
[playlist|new playlist] {name}: {songs}
[Put|Collect|Combine] {songs} in a [new |]playlist [named|called] {name}.
[Can|Could] you make a playlist {name} with {songs}?
{songs} [should become|make up|belong in] the new playlist {name}.
+ create_note
@ new_note note memo_save
[Make|Write|Save|Create|Add] a note [titled|called|named|with the title] {title}: {text}
[I want|I'd like|I need] a note [titled|called|named] {title}: {text}
note {title}: {text}
[Can|Could] you [save|write|make] a note {title}: {text}
[Write down|Note down|Put down] under {title}: {text}
Title {title}, text: {text} - [save it as a note|please make a note|that's my note].
[Save|Store|Keep] "{text}" as a note [titled|called|named] {title}.
+ add_task
@ new_task task todo_item
c priority | , prio {} | , it's {} priority | , priority is {} | , importance: {} | , with {} importance | , make the priority {} | , set priority {} | and give it {} priority | , urgency {} | , {} priority please
[Add|Put|Enter|Place] [the task |]"{task}" [on|to|onto] my [to-do list|task list|list of tasks].
[I have|I need|I want] to {task}, [put it on my to-do list|add a task|add that to my tasks|make it a task].
[task|todo|to-do|new task]: {task}
[Create|Make|Add] a [task|to-do|new task]: {task}
[Can|Could] you [add|put] "{task}" [to|on] my to-do list?
[My task list|My to-do list] is missing "{task}".
Something new for my to-do list: {task}
+ complete_task
@ check_off task_complete close_task
m [I'm done|I'm finished] with a task.
m [Check|Cross] off [a|the] task.
m A task is [done|finished|complete].
[Mark|Set|Flag] [task|number|task number] {task_id} as [done|complete|finished].
[Task|Task number] {task_id} [is done|is finished|is complete|has been done][, mark it|, check it off|].
[I finished|I did|I completed|I've done|I'm through with] task {task_id}.
[Check|Tick|Cross] [off|] task {task_id} [on my list|].
task {task_id} done
[Can|Could] you [mark|tick off|complete] task {task_id}?
[Task|Number] {task_id} on my list is [finished|done], [tick it off|complete it].
+ read_file
@ show_file cat_file view_file
m [Open|Read|Show] [the|some] file.
m [I want|I need] to [see|read|look at] a file.
m What's in the file?
[Open|Read|Show|Display|Print] [me |][the file |]{path}[, please|].
[What's|What is|What stands|What is written] in [the file |]{path}?
[I want|I need|I'd like] to [see|read|view] [the file |]{path}.
[Can|Could|Would] you [open|read|show me] {path}?
[contents|content|text] of {path}
[Show|Give|Read|Tell] me [what's in|the text of|the content of] {path}.
cat {path}
+ delete_file
@ erase_file trash_file file_remove
m [Erase|Delete|Remove] [the|some] file.
m I [want|need|have] to delete a file.
m [Can|Could] you delete a file?
[Delete|Remove|Erase|Trash] [the file |my file |]{path}[, please| for me|].
[I want|I'd like|I need] [the file |]{path} [deleted|removed|gone].
[Can|Could|Would] you [delete|remove|erase] {path}?
[I no longer need|Nobody needs|We don't need] {path}[, delete it|, so remove it|, get rid of it].
{path} [should|must|has to|needs to] be [deleted|removed].
rm {path}
{path} is [useless|old|not needed], [delete it|throw it away].
+ rename_file
@ file_name_change give_new_name change_filename
[Rename|Change] [the file |]{old_name} to {new_name}[, please|].
{old_name} [should|must|has to] be [called|named|renamed to] {new_name}.
[I want|I'd like|I need] [the file |]{old_name} [renamed to|called|to be called|to be named] {new_name}.
[Can|Could|Would] you rename {old_name} to {new_name}?
rename {old_name} -> {new_name}
[Give|Change] the file {old_name}: new name {new_name}.
The new name of {old_name} [is|should be|shall be] {new_name}.
mv {old_name} {new_name}
+ search_files
@ files_with grep_word full_text_search
c folder | , folder {} | , folder: {} | , just in {} | , search {} | , within {} | in the directory {} | , directory {} | , only the folder {} | , path {} | , it must be in {}
[Find|Show|List|Search] [all |the |]files [with|containing|that contain|that mention] "{query}".
[Which|What] files [contain|mention|have|include] [the word |the term |]{query}?
[Search|Look|Grep] for [the word |]{query} in [my|the|all] files.
[Where|In which file] [does {query} appear|is {query} written|do I find {query}]?
[I'm looking for|I need|I want] [the |]files with the word {query}.
grep {query}
[Can|Could] you [search|check] [my|the] files for {query}?
+ query_table
@ table_size row_count records_in
m [How many|Count the] [records|entries] [are there?|in the table.]
m How [big|large] is the table?
m [I need|Give me] [a|the] row count.
[How many|What number of] [rows|records|entries|lines] [are in|are there in|are stored in] {table}?
[Count|Give me|Get|Tell me|Show me] the [rows|records|entries|number of rows] [in|of] [the table |]{table}.
[I need|I want|I'd like] to know [how many rows|how many records|the number of rows] [there are in|in] {table}.
[row count|rows|size] {table}
[How large|How big|How long] is [the table |the database table |]{table}?
[Can|Could] you count the [rows|records] in {table}?
+ find_customer
@ customer_search client_data customer_record
m [Search|Find|Look up|Open] a [customer|client].
m I'm looking for a [customer|client].
m [Do we have|Show me] [the customer|that customer|a customer record].
[Find|Look up|Show me|Open] [the customer|our customer|the client|the customer record of] {name}.
[Is|Was] {name} [one of our customers|a client of ours|in our customer list]?
[I need|I want|Give me|Get me] the [customer data|customer number|client record|details] of [the customer|our client] {name}.
customer {name}
[What's|What is] the customer number of {name}?
[Can|Could] you [find|look up] the customer {name}?
[I have|There is] a customer [on the phone|here|waiting], {name}. Look them up.
+ create_ticket
@ report_problem add_ticket file_ticket
[Open|Create|File|Make|Raise] a [ticket|support ticket] with [priority {priority}|{priority} priority]: {title}
[New ticket|Ticket], priority {priority}: {title}
[Report|Log] this [problem|issue] with {priority} priority: {title}
[I want|I'd like|I need|We need] a {priority} priority ticket: {title}
[Can|Could] you [open|create] a ticket with {priority} priority: {title}
{title}. [Open a {priority} ticket.|Please file a ticket with {priority} priority.|That's a {priority} priority ticket.]
[The problem|The issue|Trouble]: {title}. [Priority|Ticket priority]: {priority}.
+ assign_ticket
@ ticket_owner hand_over_ticket ticket_to
[Assign|Give|Pass|Hand|Move] [the |]ticket {ticket_id} to {assignee}[, please|].
{assignee} [should|must|has to|will|can] [take|handle|work on|do] [the |]ticket {ticket_id}.
[Ticket|The ticket] {ticket_id} [is for|goes to|belongs to|should go to] {assignee}.
[I want|I'd like] {assignee} to [take|work on|own] [ticket |]{ticket_id}.
[Can|Could] you [assign|give] {ticket_id} to {assignee}?
ticket {ticket_id} -> {assignee}
[Make|Set] {assignee} [responsible for|as the owner of|the owner of] ticket {ticket_id}.
+ close_ticket
@ ticket_done finish_ticket solve_ticket
m [A|My|The] ticket is [solved|done|fixed].
m [Can|Could] you close [a|the|my] ticket?
m [Shut|Resolve] [a|the] ticket.
[Close|Resolve|Shut] [the |]ticket {ticket_id}[, please| now|].
[Ticket|The ticket|Issue] {ticket_id} [is|has been] [solved|fixed|resolved|done][, close it|, please close it|, it can be closed].
[I want|I'd like|I need] [to close |]ticket {ticket_id}[ closed|].
[Can|Could|Would] you close [ticket |]{ticket_id}?
[We're|I'm] done with ticket {ticket_id}[, close it|].
close {ticket_id}
Nothing more to do on ticket {ticket_id}, close it.
+ send_money
@ pay transfer bank_transfer_to
c note | , note {} | , the note is {} | , reference: {} | , memo: {} | , with the memo {} | , subject {} | , it's for {} | , and note {} | , with the reference {} | , purpose: {}
[Send|Transfer|Pay|Wire|Give] {recipient} {amount} dollars[, please|].
[Send|Transfer|Pay] {amount} dollars [to {recipient}|over to {recipient}].
[I want|I'd like|I need|I have] to [send|pay|transfer|give] {recipient} {amount} dollars.
[Can|Could] you [send|transfer] {amount} dollars to {recipient}?
{recipient} [should get|gets|must get|needs] {amount} dollars[ from me| from my account|].
pay {recipient} {amount}
{amount} dollars [for|to] {recipient}
[I borrowed|I still owe] {recipient} {amount} dollars, [pay it back|transfer them].
+ get_balance
@ balance money_in_account account_status
m [Show|Tell|Give] me [my|the] balance.
m How much [is in|do I have in] my account?
m What's [on|in] my account?
[What's|What is|Tell me|Show me|Give me] the [balance|amount] [of|in|on] [my|the] {account} account.
[How much|How much money] [is|do I have|is left] [in|on] [my|the] {account} account?
[Check|Look up|Get] [my|the] {account} [account|balance|account balance].
{account} [account |]balance
[I want|I need|I'd like] to know [the balance of|how much is in] my {account} account.
[Can|Could] you check my {account} account?
[Do I have|Is there] [enough|any] money in the {account} account?
+ create_invoice
@ invoice bill make_invoice
[Create|Write|Make|Issue|Prepare|Draw up] an invoice [for|to] {customer} [over|of|for] {amount} dollars.
[Bill|Charge|Invoice] {customer} [for |]{amount} dollars[, please|].
[Send|Write] {customer} an invoice [over|for] {amount} dollars.
[I need|I want|I'd like|We need] an invoice [for|to] {customer}, {amount} dollars.
[Can|Could] you [bill|invoice] {customer} for {amount} dollars?
invoice {customer} {amount} dollars
{customer} [owes us|has to pay us] {amount} dollars, [write an invoice|bill them].
"""
