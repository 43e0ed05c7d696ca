"""The functions that occur in held-out samples only, as text; tool_library.py explains the notation."""

TEXT = """
@! taxi order_taxi taxiOrder book_cab
d Order a taxi to an address | Call a taxi
p pickup,from,start place
p time,at,when time
r car,taxi_id=code:TX minutes=int:3-20 | Taxi {car} arrives in {minutes} minutes.
Order a taxi at {time} from {pickup}.
I need a cab at {pickup} at {time}.
Get me a taxi from {pickup} at {time}.
A taxi at {time}, please, I'm at {pickup}.
Call a cab to {pickup} for {time}.
Book a taxi for {time}, picking me up at {pickup}.

@! library renew_book bookRenewal extend_loan
d Renew a library book | Extend the loan of a library book
p title,book,item song
p weeks,duration,number_of_weeks int:2-8
r due,due_date=day | {title} is due {due}.
Renew the library book {title} for {weeks} weeks.
Extend my loan of {title} by {weeks} weeks.
I want to keep the book {title} for {weeks} more weeks.
Please renew {title} at the library for {weeks} weeks.
My library copy of {title} should be renewed for {weeks} weeks.
Give me {weeks} more weeks for the book {title}.

@! garden water_plants plantWatering irrigate
d Water a part of the garden for some minutes | Start the sprinkler in a garden area
p area,zone,bed enum:roses,lawn,vegetables,herbs
p minutes,duration,mins int:3-45
r liters,water=int:10-200 | {area}: {liters} liters of water.
Water the {area} for {minutes} minutes.
Sprinkle the {area} for {minutes} minutes.
The {area} need water for {minutes} minutes.
Give the {area} {minutes} minutes of water.
Run the sprinkler on the {area} for {minutes} minutes.
Start watering the {area}, {minutes} minutes.

@! parking find_parking parkingSearch car_park_lookup
d Find a parking lot in a city | Search for parking
p city,location,near city
r lot,name=venue spaces,free=int:2-200 | {lot} has {spaces} free spaces.
m Where can I park?
m Find me a parking lot.
m I need to park my car.
Where can I park in {city}?
Find a parking lot in {city}.
Is there parking in {city}?
I need a place to park my car in {city}.
Look for free parking spaces in {city}.
Show me parking lots in {city}.

@! doctor book_appointment doctorAppointment schedule_visit
d Book an appointment with a doctor | Make a doctor's appointment
p doctor,physician,name person
p date,day day
p time,at,hour time
r appointment_id,number=code:AP | The appointment is {appointment_id}.
Book an appointment with doctor {doctor} {+date} at {time}.
I need to see doctor {doctor} {+date} at {time}.
Make an appointment {+date} at {time} with doctor {doctor}.
Get me a doctor's appointment with {doctor}, {date}, {time}.
Doctor {doctor}, {date} at {time}: please make an appointment.
Could I see doctor {doctor} {+date} at {time}?

@! recipes find_recipe recipeSearch cooking_ideas
d Find a recipe from ingredients | Search recipes by ingredients
p ingredients,items,foods list:grocery
r recipe,name=food minutes,time=int:10-90 | You can make {recipe} in {minutes} minutes.
m What can I cook?
m Find me a recipe.
m I need a cooking idea.
What can I cook with {ingredients}?
Find a recipe with {ingredients}.
I have {ingredients}, what dish can I make?
Give me a recipe that uses {ingredients}.
Search recipes with {ingredients}.
Which dish can be cooked from {ingredients}?

@! insurance report_damage damageReport file_claim
d Report a damage to the insurance | File an insurance claim
p policy,policy_number,contract code
p amount,damage,cost money
r claim_id,claim=code:CL | The claim number is {claim_id}.
Report a damage of {amount} dollars on policy {policy}.
File an insurance claim over {amount} dollars, policy {policy}.
My policy is {policy} and I have a damage of {amount} dollars.
I want to claim {amount} dollars from the insurance, policy {policy}.
Insurance claim: policy {policy}, {amount} dollars
On policy {policy}, please report a claim for {amount} dollars.

@! robot move_robot driveRobot robot_move
d Drive the robot in a direction | Move the robot some meters
p direction,way,heading enum:forward,backward,left,right
p distance,meters,length int:2-40
r battery,charge=int:10-99 | The battery is at {battery} percent.
Move the robot {distance} meters {direction}.
Drive the robot {direction} by {distance} meters.
Let the robot go {direction} for {distance} meters.
The robot should go {distance} meters {direction}.
Robot, {direction}, {distance} meters
Have the robot drive {distance} meters {direction}.
"""
