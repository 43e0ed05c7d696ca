"""Facts about Peregrine: what it is, how it starts, settings. The format is described in ../product.py."""

FACTS = r"""
@p_what self-hosted inference server
= Peregrine is a self-hosted inference server in C++ that speaks Groq's API.
co Peregrine | the Peregrine server | the Peregrine project
? What kind of program is Peregrine? | What does Peregrine do? | Tell me about Peregrine.
? What is Peregrine used for? | What is Peregrine good for? | Describe Peregrine.
? Give me a summary of Peregrine. | What software is this? | What sort of program is this?
? I don't know Peregrine. What is it? | What kind of server is Peregrine?
? What have I installed with Peregrine?
! What sort of software is Peregrine? | In one sentence, what's Peregrine?
! Could you describe Peregrine for me? | I have never heard of Peregrine. What is it?

@p_license Apache-2.0
= Peregrine is licensed under Apache-2.0.
np Peregrine's license | the license of Peregrine | the license Peregrine comes under
np the open-source license of Peregrine
? How is Peregrine licensed? | Under which license is Peregrine released?
? Which license does Peregrine have? | Is Peregrine open source? | May I use Peregrine at work?
? Is Peregrine free software? | Is Peregrine MIT or GPL? | What licence does Peregrine have?
? Under what conditions may I use Peregrine? | What are the license terms?
? Under which terms is the code published?
! Which open-source license covers Peregrine? | Under what terms can I use Peregrine's code?
! Is Peregrine under the MIT license? | What license was Peregrine published under?

@p_language C++20
= Peregrine is written in C++20.
np the programming language of Peregrine | the language Peregrine is written in
np the language of Peregrine's code
? In which language is Peregrine written? | Is Peregrine written in Python?
? What is Peregrine programmed in? | Is Peregrine a Rust program? | Which C++ version does Peregrine use?
? What language did they write Peregrine in? | Which C++ standard does Peregrine's code use?
! What programming language was used for Peregrine? | Was Peregrine written in Rust or C++?
! In what language is Peregrine's source code? | Which language is Peregrine implemented in?

@p_port 8080, port
= Peregrine listens on port 8080 by default.
def server.port
np the default port | Peregrine's port | the port Peregrine listens on | the standard port of Peregrine
np the port number | the port the server uses by default | the default value of server.port
? Which port does Peregrine use? | On which port does Peregrine run? | What port do I connect to?
? Which port does peregrine serve take? | What is the port if I set none? | Which TCP port is it?
? On what port do you listen? | Which port is the server on? | What port is open by default?
? On which port is the API? | Which port number should I use in the URL?
? If I choose no port, which one is it? | Which port can I reach the server at?
! Which port number does Peregrine listen on if I don't choose one? | What port is used by default?
! At which port can I reach Peregrine? | Which port does the server open normally?

@p_host 127.0.0.1, address
= Peregrine listens on the address 127.0.0.1 by default.
def server.host
np the default host | Peregrine's default address | the host Peregrine listens on
np the address Peregrine binds to | the default IP address | the default value of server.host
np the IP address the server uses by default
? Which address does Peregrine listen on? | Which host does Peregrine use?
? On which interface does Peregrine listen? | What IP does Peregrine bind to?
? What is the host if I set none? | To which address does the server bind?
? Which hostname do I connect to? | Which address is it if I choose none?
? At which address can I reach the server? | What is the bind address by default?
? Which IP is the server on? | Which host is it by default? | What host does it use?
? On what host is the server?
! Which IP address does Peregrine listen on if I don't choose one? | What host is used by default?
! What address does the server bind to normally? | On what host does Peregrine run by default?

@p_base_path routes are under /openai/v1
= The API's routes are under /openai/v1.
np the base path of the API | the path prefix of the API | the prefix of all routes
np the root path of the API
? Under which path is the API? | Where do the API's routes begin? | What do all API paths start with?
? Where is the API served? | Which prefix do the routes have? | At which path do I find the API?
? What path does the API live under? | Which path do all API routes start with?
? What is in front of every API path? | What should come before /chat/completions?
? What prefix should I use?
! With what prefix do the routes begin? | Under what path does Peregrine serve its API?
! What does every API path start with? | Which path prefix do I have to use for the API?

@p_alias also served under /v1
= Everything under /openai/v1 is also served under /v1.
np the alias of /openai/v1 | the short form of /openai/v1 | the other prefix of the API
? Can I use /v1 instead of /openai/v1? | Does /v1 work too? | Is there an alias for /openai/v1?
? Is /v1/models served? | Do the routes work under /v1? | Is there a shorter path than /openai/v1?
? Does /v1/chat/completions work? | Does a request to /v1 work? | Can I send requests to /v1?
! Is it fine to call /v1 rather than /openai/v1? | Which shorter prefix works as well as /openai/v1?
! Will a request to /v1 succeed? | Are the routes reachable under /v1 as well?

@p_make_run make run MODEL
= Run make run MODEL=path/to/model.gguf, which builds Peregrine and serves the model.
vp build and start Peregrine | start Peregrine from the source | run Peregrine with make
vp start Peregrine after cloning it | build and run Peregrine with one command
vp get Peregrine running from the repository
? Which make command starts Peregrine? | What is the make target to start Peregrine?
? I cloned the repository, how do I start it? | Which make target builds and serves?
? How do I build Peregrine? | How do I start Peregrine with make? | Which make command do I need?
? How is it started with make? | What do I type in the source folder to run it?
! What make command do I type to get Peregrine going?
! I have the source code. How do I get Peregrine to run?
! Which single command builds Peregrine and serves a model? | How do I start it with make?

@p_serve Run peregrine serve --model
= Run peregrine serve --model FILE with a GGUF file.
vp start the server | start Peregrine | launch the server with the binary | serve a model
vp serve my GGUF file | start serving | serve a GGUF file with Peregrine | launch Peregrine
vp bring the server up
? What command starts the server? | Which command do I use to serve a model?
? What do I type to start Peregrine? | How is the server started?
? What is the command line to serve a model? | How do I tell Peregrine which model to serve?
! Which command brings the server up? | I have a GGUF file, how do I serve it?
! How is Peregrine launched from the binary? | What do I type in order to launch the server?

@p_make_test make test
= Run make test, which builds Peregrine and runs every test.
vp run the tests | run Peregrine's tests | test Peregrine | run the test suite | test my build
vp check that the tests pass
? Which command runs the tests? | What is the make target for tests? | How are the tests run?
? What do I type to run the tests?
! Which make target runs all tests? | How would I run the whole test suite?
! What command executes Peregrine's tests? | I want to see whether the tests pass. What do I run?

@p_set_port --port
= Start it with --port and a number, or set server.port in the configuration file.
vp change the port | use another port | choose a different port | run Peregrine on another port
vp listen on port 9000 | set the port | make Peregrine listen on port 5000 | pick the port
? Which option sets the port? | Port 8080 is taken, what do I do? | Which flag changes the port?
? What do I do if the port is in use? | Can I run it on port 3000? | Which setting changes the port?
? How is the port changed? | Which flag sets the port number? | How do I configure the port?
? How do I select another port? | How can the port be configured?
! How can I run Peregrine on a port of my choice?
! Port 8080 is already in use. How do I pick another one? | What flag lets me select the port?
! How is the port number configured?

@p_set_host --host
= Start it with --host and an address, or set server.host in the configuration file.
vp change the host | listen on another address | bind to another address | listen on all interfaces
vp set the host | listen on 0.0.0.0 | make Peregrine reachable from other machines
vp set the address to listen on
? Which option sets the host? | Which flag changes the address?
? Which setting changes the address to listen on? | Can I bind to 0.0.0.0?
? How is the address configured? | How can other computers connect to the server?
? Which flag sets the host? | How do I open the server to my network? | How is the host changed?
? How do I make it listen on another interface?
! What flag lets me select the address to bind?
! How can Peregrine be made to listen on another interface? | How is the listening address configured?
! How do I let other computers on my network connect?

@p_keys_needed other than loopback needs
= Any address other than loopback needs keys in server.keys.
? Why does Peregrine refuse to listen on 0.0.0.0? | What does "refusing to listen without keys" mean?
? When are keys required? | When do I need API keys? | Why does the server refuse to start without keys?
? Do I need keys to listen on 0.0.0.0? | Are keys required off loopback?
? Can I listen on the network without keys?
? What does Peregrine need before it listens on another address? | Why am I told that keys are missing?
? Must I set keys to serve other machines? | In which case are keys needed?
? I get "refusing to listen on 0.0.0.0 without keys". Why? | What is required to listen off loopback?
? Why does it not listen on 0.0.0.0? | When must keys be configured?
? Is a key needed to serve the network? | Why does 0.0.0.0 not work? | In what case are keys mandatory?
! In what case must I configure keys? | Why won't the server listen on 0.0.0.0?
! Is a key necessary when serving the network?
! It says "refusing to listen without keys". What is the reason?

@p_set_keys List them as server.keys
= List them as server.keys in the configuration file.
vp set API keys | configure API keys | protect the server with keys | add an API key to the server
vp define keys for callers | require a key from callers | give my users keys
? Where do I put the API keys? | Which setting holds the API keys? | Where are API keys configured?
? Where do I list the bearer keys? | Which configuration key is for API keys? | How do I lock my server?
? Where do keys go in the configuration? | Which setting is for API keys? | Where do I write my keys down?
? How are keys configured?
! In which setting do the API keys go? | How can I lock the server with a key?
! Where should I write down the keys that callers use? | What's the setting for the server's bearer keys?

@p_no_key every caller on this machine is welcome
= Without configured keys, every caller on this machine is welcome.
? Do I need an API key? | Is an API key required by default? | Must I send an API key?
? Does Peregrine ask for a key by default? | Do I have to send a key on my own machine?
? Can I call it without a key? | Is authentication on by default? | What if no keys are configured?
? Do I need a key on localhost? | Does a local client need an API key? | Is a key needed by default?
? Does the server require authentication? | Can I use any key on my machine? | Do I need to log in?
? Is a key necessary on my own machine? | Can local callers leave out the key?
? Who may use the server without keys? | Is it open to everyone on this computer?
? May I call it with no key?
! Is it necessary to have an API key on my own computer? | Must a local caller authenticate?
! Who may call the server when no keys are set? | Can I leave out the API key locally?

@p_send_key Authorization, Bearer
= Send the header Authorization: Bearer KEY.
vp send my API key | pass the API key | authenticate a request | authenticate with curl
vp give the server my key
np the header for the API key | the authentication header | the header that carries the key
? Which header carries the API key? | How is the API key sent? | Where in the request does the key go?
? In which header do I put my key? | What does authentication look like?
? Which authorization scheme is used? | Which header holds the key? | How do I carry the key in a request?
? How does curl send the key? | Which header do I need for authentication?
! What header do I use for my key? | In what way is the key passed in a request?
! How should a curl request carry the API key? | Which header field holds the bearer key?

@p_openai_url OpenAI's clients, 127.0.0.1:8080/openai/v1
= OpenAI's clients take the base URL http://127.0.0.1:8080/openai/v1.
np the base URL for the OpenAI client | the base URL for OpenAI's SDK | the base URL for OpenAI clients
np the base URL that the openai package needs | the base_url for openai
vp point the OpenAI client at Peregrine | use the OpenAI SDK with Peregrine | connect OpenAI's client
? Which base URL do OpenAI's clients take? | What do I give the OpenAI SDK as base URL?
? Which URL does the OpenAI library need? | How do I set up the openai package?
? What is the address for OpenAI's client?
! What URL must I configure in the OpenAI SDK? | Which base_url works with the openai library?
! My program uses OpenAI's client. Which base URL do I give it?
! How can I make the OpenAI SDK talk to Peregrine?

@p_groq_url Groq's clients, server's root
= Groq's clients take the server's root as base URL, http://127.0.0.1:8080.
np the base URL for the Groq client | the base URL for Groq's SDK | the base URL for Groq clients
np the base URL that the groq package needs | the base URL for groq-sdk
vp point the Groq client at Peregrine | use the Groq SDK with Peregrine | connect Groq's client
? Which base URL do Groq's clients take? | What do I give the Groq SDK as base URL?
? Which URL does the Groq library need? | How do I set up the groq package?
? What is the address for Groq's client? | Does the Groq SDK need /openai/v1 in its base URL?
! What URL must I configure in the Groq SDK? | Which base URL works with the groq library?
! My program uses Groq's client. Which base URL do I give it?
! How can I make the Groq SDK talk to Peregrine?

@p_python base_url=
= Write OpenAI(base_url="http://127.0.0.1:8080/openai/v1", api_key="any").
vp create a client in Python | connect from Python | use Peregrine in Python
vp call Peregrine from a Python program | talk to Peregrine from Python | set the base URL in Python
np the Python code for a client | the Python line that makes a client
? What does the Python client look like? | Show me Python code for a client.
? Which Python code connects to the server? | How do I write a client in Python?
? What do I write in Python? | What is the Python code to connect? | Which Python lines do I need?
? I write Python. How do I talk to the server?
! What line of Python creates a client for Peregrine? | I use Python. How do I connect?
! Give me the Python code to connect to the server. | How would a Python script call Peregrine?

@p_typescript baseURL
= Write new Groq({ baseURL: "http://127.0.0.1:8080", apiKey: "any" }).
vp create a client in JavaScript | connect from TypeScript | use Peregrine in JavaScript
vp call Peregrine from a Node program | talk to Peregrine from TypeScript | set the base URL in JavaScript
vp call Peregrine from JavaScript
np the TypeScript code for a client | the JavaScript line that makes a client
? What does the JavaScript client look like? | Show me TypeScript code for a client.
? Which JavaScript code connects to the server? | How do I write a client in TypeScript?
? What do I write in JavaScript? | What is the JavaScript code to connect?
? Which JavaScript lines do I need? | I write TypeScript. How do I talk to the server?
? I use Node. How do I connect? | Give me JavaScript code.
! What line of JavaScript creates a client for Peregrine? | I use TypeScript. How do I connect?
! Give me the JavaScript code to connect to the server. | How would a Node script call Peregrine?

@p_clients only the base URL changes
= Groq's and OpenAI's clients work with Peregrine; only the base URL changes.
nps the clients that work with Peregrine | the SDKs that work | the supported clients
nps the client libraries I can use
? Which clients work with Peregrine? | Which SDK can I use? | Can I use my program written for OpenAI?
? Does my Groq program work? | What do I change in a program written for Groq?
? Is Peregrine compatible with OpenAI's library? | Which client libraries work?
? What has to change in my OpenAI program? | Do I need a special client?
? Which libraries are compatible with Peregrine? | Do existing OpenAI programs run with it?
? Will my Groq app run? | What do existing programs have to change? | Is my client library compatible?
! What clients can I use with this server? | My app was written for OpenAI; what must I change?
! With which client libraries is Peregrine compatible?
! Will existing Groq programs run against Peregrine?

@p_toml TOML
= The configuration file is written in TOML.
np the format of the configuration file | the file format of the config
np the language of the configuration file | the syntax of the config file | the configuration format
? Which format does the configuration file have? | Is the configuration file YAML?
? Is the config JSON or TOML? | How is the config file written? | What kind of file is peregrine.toml?
? In which format do I write settings? | What syntax does the config file use? | Is the config YAML?
? Does it use JSON or YAML for settings? | YAML or TOML?
! In what format is the configuration written? | Does Peregrine use YAML for its config?
! Which syntax do I use in the configuration file? | What file format do settings use?

@p_config_flag --config
= Pass its path with peregrine serve --config FILE.
vp use a configuration file | pass a configuration file | load my config
vp tell Peregrine where the config is | start the server with a configuration file
vp give Peregrine my peregrine.toml
? Which flag names the configuration file? | Where is the config file?
? Where does Peregrine look for its configuration? | Where is the configuration?
? Which option takes the configuration file? | How does Peregrine find its configuration?
? I have a peregrine.toml, what now? | How do I use my peregrine.toml?
? By which flag is the config file given? | How do I hand over a config file?
! By which flag do I hand over a config file? | What option loads my configuration file?
! How does the server learn where its config is? | I wrote a peregrine.toml. How do I use it?

@p_config_needed works without a configuration file
= Peregrine works without a configuration file.
? Do I need a configuration file? | Is a config file required? | Must I write a config file?
? Can Peregrine run without a config? | Is the configuration file optional?
? Does Peregrine need a configuration? | Do I have to configure anything?
? Will it start without a config file? | Is there a mandatory config file?
? Can I start it without a configuration file? | Do I need to write a TOML file first?
? Does peregrine serve require a configuration file? | Is any configuration needed?
? Can I skip the config file? | Must I have a config file? | Is it necessary to configure Peregrine?
? Does it start when there is no config file? | Could I leave out the config file?
? Is a TOML file necessary?
! Is it necessary to have a configuration file? | Does the server start if there is no config?
! Could I do without a config file? | Must there be a configuration file?

@p_precedence last one wins
= Defaults come first, then the configuration file, then flags; the last one wins.
np the order of settings | the precedence of settings | the priority of flags and configuration
? Which wins, a flag or the configuration file? | In which order are settings read?
? Do flags override the configuration file? | Does the config file override the command line?
? What if a flag and the config file disagree? | Which setting has priority?
? Where do settings come from? | What overrides what in the configuration?
? Do flags beat the config file? | I set the port twice, in the file and as a flag. Which wins?
? Does the command line take precedence? | Which counts more, the flag or the file?
? Does the flag or the config count? | What takes precedence?
! If I set the port in the file and as a flag, which one counts?
! In what order do settings override each other? | What takes precedence, the command line or the file?
! Does a flag win over the config?

@p_unknown_key misspelled setting
= An unknown configuration key is an error, so a misspelled setting cannot pass unnoticed.
? What happens if I misspell a setting? | Are unknown keys ignored?
? What if the configuration has an unknown key? | Are typos in the config ignored?
? Does Peregrine ignore unknown settings? | What does Peregrine do with an unknown key?
? What happens with a typo in the configuration file? | Is an unknown setting an error?
? Does a wrong key in the config matter? | Can I put extra keys into the configuration file?
? What if I mistype a configuration key? | Will unknown options in the config be ignored?
? What if a setting does not exist? | Does the server start with an unknown key?
? Does a typo in a setting get noticed? | How does the server react to an unknown key?
? What if I spell a setting wrong? | Are wrong keys in the config noticed? | Is a misspelled key ignored?
! How does Peregrine react to a misspelled key in its config?
! What if there is a typo in my peregrine.toml? | Does a config key that doesn't exist get ignored?
! Are misspelled settings noticed?

@p_model_id file name in lower case
= The model's id is its file name in lower case without .gguf.
np the id of my model | the model id | the name of a model in the API | the model name I send
np the name of my model in requests
? How is a model named? | Which model name do I send? | What is my model called in the API?
? How is the model's id made? | Where does the model's name come from?
? What do I put into the model field? | Which id does my model get? | How do I know the id of my model?
? What goes into the model field? | What should I write for model? | How does a file get its model id?
? From what is the id of a model made?
! By what name do I call my model in a request? | How does a model get its id?
! What should the model field contain for my file? | From what is a model's id derived?

@p_data_dir ~/.local/share/peregrine
= The data directory is ~/.local/share/peregrine by default.
def data_dir
np the data directory | the default data_dir | the default data directory
np the directory where Peregrine keeps its data | the default value of data_dir
? Where does Peregrine store its data? | Where is data_dir by default?
? In which directory does Peregrine keep things? | Which folder does Peregrine write to?
? Where does the server keep what it must remember? | Where is the data kept?
? Where on disk is Peregrine's data? | What is the standard data directory? | In which place is the data?
? Which directory does it use for data? | What folder holds the data?
! In what folder does Peregrine put its data? | Where on disk does the server keep things?
! Which directory is data_dir unless I set it? | What is the standard place of Peregrine's data?

@p_log_levels debug, warning, off
= The log levels are debug, info, warning, error and off.
val log_level
nps the log levels | the possible values of log_level | the levels of logging | the allowed log levels
? Which log levels are there? | How can I set log_level? | What values does log_level take?
? How do I get debug logs? | How do I turn logging off? | How do I see more log messages?
? Which values are allowed for log_level? | What can log_level be set to? | How many log levels are there?
? What are the log levels called? | Which levels can I choose for the log?
! What levels of logging does Peregrine have? | To which values can log_level be set?
! Which log levels can I choose from? | How many log levels exist and what are they called?

@p_log_default default log level is info
= The default log level is info.
def log_level
np the default log level | the default value of log_level | the log level if I set none
np the normal log level | the log level that is used by default
? Which log level is used by default? | At which level does Peregrine log normally?
? What is log_level unless I set it? | How much does Peregrine log by default?
? At what level are logs written if I change nothing? | Which log level do I have without setting it?
! At what level does the server log if I change nothing? | Which log level applies by default?
! What log level do I have without any setting? | What's log_level's default?

@p_memory_default 80
= By default the memory budget is 80 % of what the process may use.
def the memory setting | the memory budget
np the default memory budget | the default value of memory
np the share of memory Peregrine takes by default | the amount of memory Peregrine may use by default
? How much memory does Peregrine use by default? | How much RAM does Peregrine take?
? What is memory unless I set it? | How large is the memory budget by default?
? What percentage of memory does Peregrine take? | How much memory does the server reserve?
? What share of my RAM does the server take? | How much RAM is used if I set nothing?
? What percent of memory does it use? | How much memory is it allowed?
! What share of the RAM does Peregrine use if I set nothing?
! How much memory is the server allowed to take by default?
! How big is Peregrine's memory budget normally? | What percent of memory is the default budget?

@p_set_memory 12GiB
= Set memory in the configuration file, such as memory = "12GiB".
vp limit the memory | set the memory budget | change how much memory Peregrine uses
vp give Peregrine more memory | use less RAM | limit the RAM that Peregrine takes
vp set how much memory the server may take
? Which setting limits memory? | Which setting is the memory budget? | Where do I set the memory budget?
? Can I limit its memory? | How do I make it take less memory? | How is the memory limit configured?
? It uses too much RAM. | What do I set to use less memory? | How do I configure the budget for memory?
! How can I make Peregrine take less memory? | What setting controls the memory budget?
! How is the memory budget configured? | I don't want Peregrine to use all my RAM. What can I set?

@p_connections 1024, connections
= Peregrine takes up to 1024 connections by default.
def server.max_connections | max_connections
np the maximum number of connections | the default of server.max_connections | the connection limit
np the largest number of open connections
? How many connections does Peregrine take? | How many clients can connect?
? How many connections can be open? | What is max_connections by default?
? How many connections are allowed at once? | Is there a limit on connections?
? How many simultaneous connections are there? | How many clients does it accept?
? How many connections does it accept?
! How many simultaneous connections does the server accept? | What's the limit on open connections?
! Up to how many connections can clients open? | To what is server.max_connections set by default?

@p_max_body 32 MiB
= A request body may have up to 32 MiB by default.
def server.max_body | max_body
np the largest request body | the maximum size of a request | the default of server.max_body
np the body size limit | the limit on the request size | the maximum body size
? How large may a request body be? | How big can a request be? | What is max_body by default?
? How many bytes may I send in a request? | Is there a limit on the request size?
? How much data can I send in one request? | How big may a body be? | What is the size limit of a request?
? What is the biggest body? | How many megabytes can a request have?
? What size of request is still accepted?
! What's the biggest request I can send? | How big may the body of a request get?
! To what is server.max_body set by default? | At what size is a request too large?

@p_drain 30 seconds to finish
= After SIGTERM, running requests have 30 seconds to finish by default.
def server.drain_seconds | drain_seconds
np the default drain time | the default of server.drain_seconds
np the time running requests get at shutdown | the shutdown timeout | the time for draining
? How long does the server drain? | How long may requests run after SIGTERM?
? What is drain_seconds by default? | How long does Peregrine wait at shutdown?
? How much time do running requests get when the server stops? | How long does draining take at most?
? How many seconds does a running request get at shutdown?
? How long does the server wait before it exits? | How many seconds does draining take?
? How long do requests have when the server shuts down?
! How many seconds do running requests have when the server shuts down?
! For how long does Peregrine drain? | To what is server.drain_seconds set by default?
! How long will the server wait for running requests before it exits?

@p_threads per core
= Peregrine computes with one thread per core by default.
def engine.threads
np the default number of threads | the default of engine.threads | the number of compute threads
np the thread count
? How many threads does Peregrine use? | How many threads compute? | Does Peregrine use all cores?
? How many cores does Peregrine use? | What is engine.threads by default? | Is Peregrine multi-threaded?
? Which setting is for threads? | Are all cores used? | Does it make use of all my cores?
? With how many threads does it run? | Does it use every CPU core?
! With how many threads does the server compute? | To what is engine.threads set by default?
! Does Peregrine make use of every core? | What number of threads does the engine start?

@p_max_sequences 64 answers
= By default 64 answers are generated at the same time.
def engine.max_sequences | max_sequences
np the default of engine.max_sequences | the number of answers generated at once
np the maximum number of parallel answers | the number of requests served at the same time
np the default number of sequences
? How many answers can be generated at once? | How many requests run at the same time?
? What is max_sequences by default? | How many users can be answered in parallel?
? How many sequences run in parallel? | How many parallel answers does Peregrine write?
? How many answers are written simultaneously? | Up to how many requests are worked on together?
! Up to how many answers does the engine write simultaneously?
! How many requests are worked on in parallel? | To what is engine.max_sequences set by default?
! What's the limit on answers generated together?

@p_max_queued 256 requests may wait
= By default 256 requests may wait in the queue.
def engine.max_queued | max_queued
np the default of engine.max_queued | the length of the queue | the queue size
np the number of requests that may wait | the maximum queue length | the size of the waiting line
? How many requests can wait? | How long can the queue get? | How many requests fit in the queue?
? What is max_queued by default? | When is the queue full? | How many requests does the queue hold?
? Up to how many requests wait? | How many requests stand in line?
! How many requests may stand in the queue? | To what is engine.max_queued set by default?
! What's the largest number of waiting requests? | At how many waiting requests is the queue full?

@p_step_tokens 512 tokens
= Each step of the engine computes up to 512 tokens by default.
def engine.step_tokens | step_tokens
np the default of engine.step_tokens | the number of tokens computed per step
np the step size of the engine | the largest number of tokens in one step
? How many tokens are computed per step? | What is step_tokens by default?
? How many tokens does one step take? | How large is an engine step?
? How many tokens does a step of the engine have? | How many tokens does the engine compute at once?
? What is the token budget of a step? | How many tokens go into a step?
! How many tokens does the engine work on in a step? | To what is engine.step_tokens set by default?
! Up to how many tokens go into one step? | What's the token budget of a single step?

@p_kv_type stored as f16
= The KV cache is stored as f16 by default; f32 takes twice the memory.
def engine.kv_type | kv_type
np the default of engine.kv_type | the type of the KV cache | the number format of the KV cache
np the precision of the KV cache
? In which type is the KV cache stored? | What is kv_type by default?
? Which precision does the KV cache have? | Is the KV cache f16 or f32?
? Which number type does the KV cache use? | What does engine.kv_type set?
? What precision do keys and values have? | In which format are keys and values kept?
? Are keys and values f16?
! With what precision are keys and values kept? | To what is engine.kv_type set by default?
! Which data type does the KV cache have? | Is the KV cache held in f32 or in f16?
"""
