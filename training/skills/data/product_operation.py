"""Facts about Peregrine: models, behavior, trouble, documents. The format is described in ../product.py."""

FACTS = r"""
@p_prefix_off engine.prefix_cache, false
= Set engine.prefix_cache to false; it is true by default.
vp turn off the prefix cache | disable prefix caching | switch the prefix cache off | disable prefix reuse
vp stop the reuse of prompts
np the default of engine.prefix_cache
? Is the prefix cache on by default? | Which setting turns the prefix cache off?
? Can I disable the prefix cache? | Which setting is for the prefix cache? | Is prefix caching enabled?
? How is prefix caching switched off? | I don't want a prefix cache.
? How do I run without prefix caching? | What do I set to have no prompt caching?
! How can prefix caching be switched off? | What setting disables the prefix cache?
! Does Peregrine have the prefix cache enabled by default?
! I don't want prompts to be cached. What do I set?

@p_max_context engine.max_context sets
= engine.max_context sets how many tokens one conversation may have, prompt and answer together.
pu engine.max_context | the setting engine.max_context | max_context
? Which setting limits the length of a conversation? | How do I change the context size?
? How do I allow longer conversations? | How do I set the context window of the server?
? Which setting is for the context size? | How do I limit the context?
? How is the context length configured? | I want longer conversations. What do I set?
? What do I set to limit conversations? | How do I configure the context?
! Which setting do I change to allow longer prompts? | What is set by engine.max_context?
! How can I configure the length of the context?
! I want to limit how long conversations get. Which setting is it?

@p_allowed_hosts server.allowed_hosts
= server.allowed_hosts lists the Host headers to accept besides localhost.
pu server.allowed_hosts | the setting allowed_hosts | allowed_hosts
? Which setting lists the host names to accept? | How do I allow another host name?
? How do I serve under my own domain name? | How do I fix a 403 about the Host header?
? Where do I add the name of my server? | How do I accept another Host header?
? Where are host names listed? | I want to call the server by my own name. | How do I add my host name?
? How do I list my host names? | Which setting helps with a 403 about the Host header?
? A 403 about my Host header: which setting?
! Where do I list the host names under which the server is called?
! I get a 403 because of the Host header; which setting helps? | What is set by server.allowed_hosts?
! How can I call the server by my own domain name?

@p_cors server.cors_origins
= server.cors_origins lists the web pages that may call the API.
pu server.cors_origins | the setting cors_origins | cors_origins
? How do I allow CORS? | How do I call the API from a web page? | Which setting is for CORS?
? How do I let my website call Peregrine? | Where do I list allowed origins?
? My browser blocks the request because of CORS. | How do I enable CORS?
? CORS does not work. What should I set? | I have trouble with CORS. | What does one set for CORS?
! Which setting lets a web page use the API? | What is set by server.cors_origins?
! How can my web app in the browser call the API? | I have a CORS problem. What should I set?

@p_isa PEREGRINE_ISA
= PEREGRINE_ISA picks the kernels: avx512, avx2 or scalar.
val PEREGRINE_ISA
pu PEREGRINE_ISA | the variable PEREGRINE_ISA | the environment variable PEREGRINE_ISA
np the environment variable for kernels | the environment variable that picks the instruction set
? Which environment variable picks the kernels? | How do I force avx2? | How do I choose the kernels?
? How do I disable avx512? | What values can PEREGRINE_ISA have? | How do I run with scalar kernels?
? How do I pick the instruction set? | How are kernels chosen by hand? | Which variable selects AVX2?
! With which variable do I force AVX2 kernels? | What can I set PEREGRINE_ISA to?
! How can I pick the instruction set by hand? | Is there an environment variable to choose kernels?

@p_xdg XDG_DATA_HOME
= XDG_DATA_HOME moves the default data directory.
pu XDG_DATA_HOME | the variable XDG_DATA_HOME | the environment variable XDG_DATA_HOME
np the environment variable for the data directory | the environment variable that moves the data
? Which environment variable moves the data directory? | Which variable changes where data is kept?
? Does Peregrine respect XDG_DATA_HOME? | What does XDG_DATA_HOME change?
? What is changed with XDG_DATA_HOME? | How do I move the data with a variable?
! With which environment variable do I move the data? | What is changed by XDG_DATA_HOME?
! Is there a variable to relocate the data directory? | What influence does XDG_DATA_HOME have?

@p_port_zero any free port
= Port 0 takes any free port.
er port 0
pu port 0 | --port 0 | setting server.port to 0
? What if I set the port to 0? | What happens with port 0? | How do I let Peregrine choose a free port?
? How do I get a random free port? | Can Peregrine pick a port by itself? | What does --port 0 do?
? Can it find a free port? | How do I have the server pick its port? | How do I get an unused port?
? What port do I get with 0? | Which port is it if I ask for 0?
? How does it choose a free port on its own?
! What's the result of choosing port 0? | How can I have the server pick an unused port?
! Which port is used when I ask for port 0? | Can the server find a free port on its own?

@p_telemetry no telemetry
= Peregrine sends no telemetry and makes no outbound requests.
? Does Peregrine send data anywhere? | Does Peregrine have telemetry? | Does Peregrine phone home?
? Is my data sent to anyone? | Are my prompts private? | Does Peregrine collect usage data?
? Does Peregrine connect to the internet? | Who else sees my prompts?
? Does Peregrine make outbound requests? | Are my messages sent to a cloud? | Does Peregrine track me?
? Does my data leave my machine? | Does Peregrine report statistics to its makers?
? Is there any tracking in Peregrine? | Does it share my prompts? | Is anything uploaded?
? Is data sent out of my computer? | Are statistics uploaded? | Does the server tell anyone what I write?
? Is telemetry collected? | Is there telemetry? | Does it collect telemetry?
! Will Peregrine share my prompts with somebody? | Are any data sent out of my machine?
! Does this server upload usage statistics? | Is Peregrine collecting telemetry?

@p_health /health answers 200
= GET /health answers 200 while the process answers.
pu /health | the /health route | GET /health
np the health check | the health endpoint | the liveness probe
? How do I check that the server is alive? | Which route is the health check?
? Which endpoint tells that the process is up? | Is there a health check? | What does /health tell?
? Which route is for liveness? | Is the server alive? | How do I see if Peregrine is alive?
? How can I find out if the process is running? | Is there a health endpoint?
? Does the server have a health route?
! How can I see whether the server is alive? | What does the /health endpoint tell me?
! Which path can I use as a liveness probe? | Does Peregrine have a health endpoint?

@p_ready /ready answers 200
= GET /ready answers 200 when models are loaded, and 503 while loading or draining.
pu /ready | the /ready route | GET /ready
np the readiness probe | the readiness endpoint | the readiness check
? How do I know that the models are loaded? | Which route tells that requests can be served?
? What does /ready answer while loading? | Which endpoint says that the server is ready?
? What does /ready tell? | When does /ready answer 503? | How do I wait for the models to be loaded?
? Have the models been loaded? | How do I see that the server can take requests?
? When can the server take requests? | How do I find out whether models are loaded yet?
? Are the models loaded yet?
! How can I find out whether the models are loaded? | What does the /ready endpoint tell me?
! Which path can I use as a readiness probe? | How do I wait until the server can take requests?

@p_metrics /metrics gives
= GET /metrics gives metrics in Prometheus text format.
pu /metrics | the /metrics route | GET /metrics
np the metrics endpoint | the route for metrics | the path that Prometheus scrapes
? Where are the metrics? | How do I monitor Peregrine? | Which route gives metrics?
? How does Prometheus read metrics from Peregrine? | Which format do the metrics have?
? Where do I get statistics of the server? | Does Peregrine have metrics? | What should Prometheus scrape?
? Which path does Prometheus scrape? | Where do I point Prometheus?
! At which path are the metrics served? | What do I get from the /metrics endpoint?
! How can I monitor the server with Prometheus? | Where should Prometheus scrape?

@p_probe_keys never need a key
= /health, /ready and /metrics never need a key.
? Does /health need a key? | Do I need a key for /metrics? | Do the probes need a key?
? Must Prometheus send a key? | Is authentication needed for /ready? | Can I call /health without a key?
? Are the metrics protected by a key? | Does /ready ask for an API key? | Which routes need no key?
? Which routes are open to everyone? | Is a key needed to read the metrics? | Are the health routes open?
? Do health checks need an API key? | Do operators' routes need authentication?
? Is a key required for /metrics? | Is a key needed for a health check? | Is /metrics open without a key?
? Must I send a key to /ready? | Is an API key needed for /metrics?
? Do /health and /ready need an API key? | Is a key required for the probes?
! Is an API key required to scrape /metrics? | Must I authenticate for health checks?
! Can probes be called without a key? | Do I have to send a key to /health or /ready?

@p_kernels AVX-512, AVX2
= Peregrine has integer kernels for AVX-512 VNNI and AVX2.
nps the instruction sets Peregrine uses | the vector instructions Peregrine supports
nps the CPU features Peregrine uses
? Which instruction sets does Peregrine use? | Which kernels does Peregrine have?
? Does Peregrine use AVX-512? | Does Peregrine use AVX2? | Which SIMD instructions does Peregrine use?
? For which CPUs does Peregrine have fast kernels? | Does Peregrine use VNNI?
? What CPU features make it fast? | Are there AVX-512 kernels? | Is AVX-512 of use?
? Does Peregrine benefit from AVX2? | Does it have kernels for AVX2?
! What vector instructions does Peregrine make use of?
! Which CPU instruction sets have their own kernels? | Are there AVX2 kernels in Peregrine?
! Does the engine benefit from AVX-512?

@p_gguf_files loads models from GGUF files
= Peregrine loads models from GGUF files.
np the model format | the file format of models | the model file format Peregrine reads
? Which model files does Peregrine load? | Which format must a model have?
? What kind of model file do I need? | Does Peregrine load safetensors? | Which files can I serve?
? What format do models come in? | Can Peregrine read GGUF? | Which model formats are supported?
? Does Peregrine load PyTorch models? | From which files are models loaded?
? What type of file must a model be? | Which kind of model file does the server want?
? Is safetensors supported?
! In what file format must my model be? | What type of model file does Peregrine want?
! Can I load a safetensors file? | Which format do I need a model in?

@p_gguf_versions versions 2 and 3
= Peregrine reads GGUF versions 2 and 3.
nps the GGUF versions Peregrine reads | the supported GGUF versions | the versions of GGUF
? Which GGUF versions are supported? | Does Peregrine read GGUF v3? | Does Peregrine read GGUF v2?
? Which version of GGUF do I need? | What GGUF versions can be loaded?
? Which versions of the GGUF format work? | Is GGUF version 3 supported? | Does it load GGUF version 2?
? What version must my GGUF be? | Does a GGUF v3 file work? | Is GGUF v2 fine? | GGUF v2 or v3?
! What versions of GGUF can Peregrine load? | Would a GGUF v2 file work?
! Which version must a GGUF file have? | Can Peregrine read version 3 of GGUF?

@p_quants Q4_K, Q8_0
= Peregrine reads F32, F16, BF16 and all common quantisations, from Q2_K and Q4_K to Q8_0 and MXFP4.
nps the quantizations Peregrine reads | the supported quantizations | the weight formats
nps the tensor types Peregrine reads | the quantization types | the supported weight types
? Which quantizations are supported? | Does Peregrine read Q4_K? | Can I use Q8_0?
? Which weight types can Peregrine load? | Does Peregrine read BF16? | Which quantized models work?
? Which quantization can I use? | Is Q6_K supported? | Is Q5_K supported?
? What quantized formats can be loaded? | Which types of weights does it understand?
? In which formats may weights be? | Which quantization formats does the server know?
? What number formats can weights have? | Does a Q5_K model work? | Would a Q8_0 file load?
? Does an F16 model work? | Can I use Q4_0?
! What quantization formats can Peregrine load? | Would a Q4_K model work?
! In which number formats may the weights be? | Which types of quantized weights are understood?

@p_tokenizers SentencePiece, WordPiece
= Peregrine has BPE, SentencePiece and WordPiece tokenizers.
nps the tokenizers Peregrine has | the supported tokenizers | the tokenizer types
nps the kinds of tokenizers
? Which tokenizers are supported? | Does Peregrine support SentencePiece?
? Which kinds of tokenizers does Peregrine have? | Does Peregrine have WordPiece?
? Which tokenizer types work? | What tokenizers can Peregrine use? | Does Peregrine support BPE?
? Which tokenizers does the server come with? | What kinds of tokenizers does it know?
! What tokenizer types does Peregrine know? | Can Peregrine handle a SentencePiece tokenizer?
! Which tokenizers come with the server? | Are WordPiece tokenizers supported?

@p_jinja Jinja
= Peregrine renders chat templates written in Jinja.
np the language of chat templates | the template language | the language chat templates are written in
? Which template language does Peregrine use? | In which language are chat templates written?
? Does Peregrine support Jinja? | How are chat templates written? | Are chat templates Jinja?
? Which template engine does Peregrine have? | What language is a chat template in?
? What are chat templates written in? | Does Peregrine run Jinja templates?
? What kind of chat templates does it understand? | Which kind of template does it render?
! What template language do chat templates use? | Can Peregrine render Jinja templates?
! In what language do I write a chat template? | Which kind of templates does the server understand?

@p_sharded first shard
= Give the first shard of a sharded model; Peregrine finds the others.
vp load a sharded model | serve a model in several shards | load a split GGUF file | serve a sharded model
vp load a model split into parts
? Can Peregrine load sharded models? | My model has several files, which one do I give?
? Which file of a sharded model do I pass? | Are split GGUF files supported? | Which shard do I name?
? Does Peregrine support sharded models? | Is it possible to load a split model?
? Can I load a sharded GGUF?
! What do I do with a model that comes in several shards? | Which part of a split model should I pass?
! My GGUF is split into three files. Which one do I name? | Is it possible to load a sharded GGUF?

@p_debian Debian 12
= Peregrine builds on a fresh Debian 12 with git and make.
np the operating system Peregrine needs | the system to build Peregrine on
np the Linux distribution for Peregrine
? On which system does Peregrine build? | Which operating system do I need? | Does Peregrine run on Linux?
? Does Peregrine build on Debian? | What do I need to build Peregrine?
? Which Linux does Peregrine build on? | What must be installed to build Peregrine?
? What are the build requirements? | Which OS does Peregrine need? | On which OS can I build it?
? What platform is it built on? | What system should I have to build it?
! What Linux distribution is Peregrine built on? | Which OS should I have for building Peregrine?
! What does the build require on a fresh system? | On what platform can I build Peregrine?

@p_same_seed same bytes
= The same request with the same seed gives the same bytes, whatever else is running.
? Are answers reproducible? | Does the same seed give the same answer? | Is the output deterministic?
? Do I get the same text with the same seed? | Do other users change my answer?
? Does batching change the output? | Is Peregrine deterministic? | Does load change the answers?
? Are results the same with the same seed? | Do outputs depend on other requests?
? Does the cache change an answer? | If I send the same seed again, is the answer the same?
? Can I reproduce an answer exactly? | Does a fixed seed give identical output?
? Is a repeated request answered the same? | Will the same seed lead to the same text?
? Can I count on getting the same text?
! Will I get identical text if I repeat a request with its seed? | Are outputs deterministic given a seed?
! Does a repeated seed lead to the same result? | Can I count on the same answer for the same seed?

@p_block 16 tokens
= A block of the KV cache holds 16 tokens.
np the size of a KV cache block | the number of tokens in a KV block | the block size of the KV cache
np the size of one block in the KV cache
? How many tokens does a KV block hold? | How large is a block of the KV cache?
? How many tokens are in a block? | How big are KV cache blocks? | How many tokens go into a KV block?
? How many tokens does one cache block have? | How many tokens fit in a block?
? Which number of tokens makes a KV block?
! How many tokens fit in one KV cache block? | Of what size are the blocks of the KV cache?
! What's the KV cache's block size in tokens? | A KV block has how many tokens?

@p_stop_server Ctrl-C
= Press Ctrl-C or send SIGTERM; running requests are finished first.
vp stop the server | shut Peregrine down | stop Peregrine | end the server | quit the server
vp shut the server down
? Which signal stops the server? | How is the server stopped?
? What happens to running requests when I stop the server? | How do I stop it cleanly?
? What happens on SIGTERM? | What does Ctrl-C do to the server? | What signal should I send to stop it?
? Which signal ends the server? | How do I end Peregrine? | What do I press to stop it?
! How can I shut the server down cleanly? | What's the right way to stop Peregrine?
! Which signal should I send to end the server? | I want Peregrine to stop. What do I press?

@p_second_signal second signal
= A second signal ends the server at once.
er a second signal | a second SIGTERM
? What happens on a second Ctrl-C? | How do I stop the server at once? | What does a second signal do?
? The server drains too long, how do I end it now? | What if I press Ctrl-C twice?
? How do I force the server to stop? | How do I end the server immediately? | How do I skip draining?
? I sent SIGTERM twice. | What if a second SIGTERM comes? | How do I kill the server without draining?
? I don't want to wait for the drain. | What does pressing Ctrl-C again do? | Ctrl-C twice?
? How do I end it immediately while it drains? | It drains. How do I end it at once?
! What if I send SIGTERM twice? | How can I kill the server without waiting for the drain?
! Pressing Ctrl-C again, what does that do?
! Is there a way to end the server immediately while it drains?

@p_queue_full raise engine.max_queued
= When the queue is full, raise engine.max_queued or add machines.
? The queue is full, what can I do? | How do I fix a full queue? | What do I do when the queue is full?
? How do I make the queue longer? | I get "the queue is full". | How do I avoid 503 from a full queue?
? Which setting makes the queue longer? | What helps against a full queue?
? What should I change if the queue is often full? | My queue is full.
? What can I do against "the queue is full"? | What if too many requests wait?
? How do I allow more waiting requests? | What to do about a full queue?
? How do I let more requests into the queue? | What should I do if the queue fills up?
? How do I get a bigger queue? | The queue is full. How do I fix it?
? How do I fix that the queue is full?
! The server says that its queue is full. How do I fix that? | How can I let more requests wait?
! What should I do about a queue that is full? | Which change helps when the queue keeps filling up?

@p_no_memory smaller engine.kv_memory
= Use a smaller engine.kv_memory or engine.max_context, or a larger memory.
? The model does not fit into memory, what can I do? | What do I do if the memory budget is too small?
? How do I fix a memory error at start? | Peregrine says that the memory budget is not enough.
? The server needs more than what is left of the memory budget. | What if weights and KV cache do not fit?
? How do I make the model fit? | I get an error about the memory budget. | My model needs too much memory.
? What helps when memory is too small? | The KV cache does not fit.
? What should I change if memory runs out at start? | What do I do when there is not enough memory?
? How do I run a model with little memory?
! At start it says the memory budget is exceeded. What now?
! How can I fix it when the model needs too much memory?
! There isn't enough memory for the KV cache. What can I change?
! What should I set if the model won't fit in memory?

@p_openapi docs/openapi.yaml
= docs/openapi.yaml has every route, field and error.
np the API description | the OpenAPI file | the reference of the API | the OpenAPI description
np the API specification
? Where is the API described? | Where is the OpenAPI file? | Where do I find every field of the API?
? Is there an OpenAPI description? | Which file describes the API? | Where are all routes listed?
? Where do I read about fields and errors? | Where is the API specified? | Is there a spec of the API?
? Where can I look up a field? | Where can I look up a route? | In what file are the routes and errors?
! Where can I read about all fields and errors? | In which file is the API specified?
! Does Peregrine come with an OpenAPI spec? | Where do I look up a route or field?

@p_config_docs docs/configuration.md
= docs/configuration.md explains every setting.
np the documentation of the settings | the configuration manual | the list of all settings
np the page about configuration
? Where are the settings explained? | Where is the configuration documented?
? Which page explains the configuration? | Where do I find all settings?
? Where can I read about configuration keys? | Which document lists the settings?
? Where do I look up a setting? | Which file explains the settings? | What should I read about settings?
? Where is every configuration key documented? | Where can I read what a setting means?
! In which document are the settings explained? | Where can I look up a setting?
! Which file documents the configuration? | Where do I read about every configuration key?

@p_request_id x-request-id
= The x-request-id header names the request and equals x_groq.id.
pu x-request-id | the x-request-id header | the header x-request-id
np the header with the request id | the id of a request | the request id
? Where is the request id? | How do I find a request in the log? | Which header names the request?
? Where do I find the id of my request? | What equals x_groq.id? | How do I look up a request in the log?
? How can I trace my request? | Which header has the request's id?
! In which header is the id of a request? | How can I look up my request in the log?
! What's in the x-request-id header? | What does Peregrine put in x-request-id?

@p_control_tokens stay plain text
= Special tokens spelled out in a message stay plain text.
? Can a user inject special tokens? | What happens to special tokens in a message?
? Can a user end a turn with a special token? | Can user text become a control token?
? Are control tokens in user text dangerous? | What if a message contains a control token?
? Can a user speak as the system? | How are control tokens in messages treated?
? Is token injection possible? | What if a prompt contains control tokens?
? Can my users write control tokens? | What if somebody types a start tokensystem?
? Are special tokens in a prompt obeyed? | What does Peregrine do with special tokens in user text?
? Can someone smuggle in control tokens? | How does it treat a start token from a user?
? Are special tokens of users dangerous? | Could a user inject a control token?
? What becomes of an end-of-text token in a message?
! Could someone smuggle control tokens in through a message?
! What becomes of a special token that a user types? | How does Peregrine treat a control token in user text?
! Are users able to inject control tokens?

@p_several_models several GGUF files
= Give several GGUF files to peregrine serve --model.
? Can Peregrine serve several models? | How do I serve two models? | Can I load more than one model?
? How do I load several models? | Is it possible to serve many models at once?
? Can one server have two models? | How do I serve more than one model?
? Does Peregrine support multiple models? | Can I run multiple models? | How do I start with two models?
? Can I serve three models together? | I want to serve two GGUF files.
? How can I have several models on one server? | Are several models possible?
? Can it load a second model? | Could it serve more than one model?
? How can two models be loaded together?
! Is Peregrine able to serve more than one model? | Could I have two models on the same server?
! How would I serve multiple models together? | Can the server load a second model too?

@p_speaks Groq's API, follows
= Peregrine speaks Groq's API, which follows OpenAI's.
np the API Peregrine speaks | the API of Peregrine | the protocol Peregrine speaks
? Which API does Peregrine speak? | Whose API does Peregrine implement?
? Which API is Peregrine compatible with? | What API does it have? | Is the API like OpenAI's?
? Is Peregrine compatible with Groq? | Does Peregrine follow OpenAI's API?
? What kind of API does Peregrine offer? | What API is served? | Which API does this server have?
? Which company's API is it?
! What API is served by Peregrine? | With whose API is Peregrine compatible?
! Which company's API does Peregrine implement? | Is it OpenAI's or Groq's API that Peregrine speaks?
"""
