"""More questions about the model itself and the server. The format is described in ../product.py."""

MORE = r"""
@self_name
? {So|OK,|Hey,} who {am I dealing with|is on the other side|do I have here|is talking}?
? {What's|Tell me|Give me} your name{, please|}{?|.}
? {Identify yourself|Present yourself|Say your name|Who's there|You are who|What's this bot}{.|?|, please.}
? your name? | who r u
? {Which|What} {model|AI model|language model|chat model|bot} {is running here|do I have here|is this one|is
  loaded|answers here|am I using}?
? {Under what name are you known|What do people call you|How are you called|Have you got a name}?
? {Which|What} assistant is this?
? {I'd like to know|I want to know|Please tell me|I wonder|May I ask} who {you are|I am talking to|I'm chatting with}.
? {Let's get to know each other|Nice to meet you|We have not met}. {What's your name|Who are you|What are you called}?
@self_maker
? {Who|Which people|What people|Which team}
  {made|created|built|developed|trained|wrote|produced|invented|constructed} {you|this model|this assistant|this
  AI|this bot}?
? {Who's|Who is} {your author|your inventor|your parent|your father|behind this model|the maker of this model|your
  boss}?
? {By whom|By which company|By what team} {were you|was this model} {made|created|built|trained|developed}?
? {Whose|What company's} {work|product|creation} are you?
? {Who do I thank for|Who deserves credit for|Who stands behind} {you|this model}?
? {Did|Has} {Meta|OpenAI|Google|Microsoft|Groq|Anthropic} {make|create|build|train|develop}{ed|} you?
? Where were you made?
? {Tell me|I'd like to know|I wonder|Please say|Any idea} {who made you|who your makers are|where you come from|who
  built you}{.|?}
? {your maker|your creator|your origin|your developers}?
@self_size
? {How|Exactly how|About how|Roughly how} {big|large|small|tiny} {are you|is this model|is the starter model|is your
  network|are you in parameters}?
? {How many|About how many|What number of} {parameters|weights|million parameters} {are in you|do you contain|does
  this model have|are you made of|does your network have}?
? {What's|What is|Tell me|Give me} your {parameter count|size|model size|number of weights}{?|.}
? {Are you|Is this} a {7B|1B|70B|13B|3B|billion-parameter|tiny|huge} model?
? {I'd like to know|I wonder} how {big|large|small} you are. | {size|parameters|model size|number of parameters}?
? {Do you have|Have you got} {many|a lot of|few} parameters?
@self_skills
? {What|Which things} {can|could} {you|this model|the starter model} {do for me|help me with|be used for|take care
  of|assist with|manage}?
? {What's|What are} {your talents|your features|your capabilities|your strong points|possible with you}?
? {I don't know|I wonder|I'd like to know|Tell me} what {you can do|to ask you|you're able to do|you are good at}.
? {Which|What kinds of|What sorts of} {tasks|jobs|questions|work|requests} {suit you|do you handle|can I give you|are
  you made for|do you do well}?
? {Give me|Show me|List} {some examples of|a few of|} {your abilities|your skills|what you can do|the things you do}.
? {How|In what way} {are you|can you be|could you be} {useful|helpful|of help}?
? {I have you here, now what|Where do I start with you|What should I try with you|What would you suggest I ask}?
? {abilities|skills|features|capabilities}? | {Got any|Do you have any} {skills|talents|special abilities}?
@self_context
? {How many tokens|How much text|How much|How long a text} {can you take|can you hold|fits in|may I send|can you
  read|can you deal with|do you remember at once}?
? {What's|What is|Tell me|Give me} {your maximum input|your context limit|your token limit|the context length|the
  longest prompt you take|your window size}{?|.}
? {Is there a limit on|What limits} {how long our chat can get|the length of my prompt|how much you can read|our
  conversation's length}?
? {context|context window|context length|token limit|your context}?
? {How long|How big|How large} {can|may} {my text|my message|a prompt|my document|our conversation} {be|get} for you?
? {At what point|When} do you run out of context?
? {I have a long text.|I want to paste a long document.|My article is long.} {How much can you read|How many tokens
  can you take|What is your limit}?
@self_limits
? {What|Which things} {can you not|can't you|are you unable to} {do|do well|handle|manage}?
? {What's|What are} {your weak side|your disadvantages|your drawbacks|your flaws|beyond you|too hard for you}?
? {Where|In which areas|At what} {are you weak|do you have problems|do you do badly|are you not reliable|do you fall
  short|are your limits}?
? {What|Which tasks|Which questions|What kind of work} {should I avoid giving you|should I not give you|do you get
  wrong often|are not for you|overwhelm you|are out of your reach}?
? {Tell me|Be honest about|I'd like to know|Name|List} {your weaknesses|your limits|what you can't do|where you
  fail|your flaws}.
? {limits|weaknesses|limitations|drawbacks}?
@self_not_chatgpt
? {Are you|Is this|Am I using|Am I talking to|Are you actually|Are you secretly|So you're}
  {ChatGPT|Claude|Gemini|Copilot|GPT-4|GPT-5|Grok|Mistral|Bard|Siri|Alexa|DeepSeek}?
? {Are you|Is this} {a model by|a product of|made by|from} {OpenAI|Anthropic|Google|Meta|Microsoft|Apple|Amazon}{ or
  so|}?
? {Which version of|What kind of} {ChatGPT|GPT|Claude|Gemini} are you?
? {You sound like|You must be|I think you are|I bet you are|You are} {ChatGPT|Claude|Gemini|GPT-4|Copilot}{.|,
  right?|, aren't you?}
? {Do you use|Are you based on|Are you built on|Do you run on|Is there} {ChatGPT|GPT-4|Claude|Gemini|GPT}{ inside|}?
@self_human
? {Are you|Is this|Am I chatting with|Am I talking to} {a human|a person|a man|a woman|a real person|a program|a
  bot|a machine|a robot|an AI|somebody real|a computer}?
? {Is|Are} {there a human|there a person|there someone|you people} {behind this|on the other end|reading this|typing
  this|there}?
? {Human|Bot|Robot|Person|Machine} or {not|human|machine|program|bot}?
? {Do you have|Have you got} {a body|parents|a family|a birthday|hands|a face|a heart}?
? {Do you|Can you} {eat|sleep|breathe|walk|die|dream}? | {Where do you live|How old are you|What do you look like}?
? {I'd like to know|Tell me|I wonder|Please say|Be honest:} {whether you are human|if you are a person|if you're a
  bot|whether this is a real person|are you a machine}{.|?}
@self_architecture
? {What|Which} {architecture|kind of architecture|network architecture|model family|type of network|neural
  architecture} {are you|is this model|do you use|is behind you|does this model use|underlies you}?
? {How|In what way} {are you|is this model|is your network} {constructed|structured|designed|built technically}?
? {What's|What is} {under your hood|inside you|your internal design|your technical basis}?
? {Are you|Is this model} {a transformer|a llama|based on llama|an RNN|a Qwen model|a GPT|a neural
  network|llama-like}{ inside|}?
? {architecture|model architecture|network type}?
@self_vocabulary
? {How many|What number of} {tokens|entries|different tokens|token types|words} {does your tokenizer know|are in your
  vocabulary|do you have in your vocabulary|does your vocabulary contain}?
? {What|Which|What kind of} tokenizer {do you use|do you have|is yours|does this model use|was trained for you|splits
  my text for you}?
? {vocabulary|vocab size|your tokenizer|vocabulary size}?
? {Tell me|I'd like to know|Give me} {your vocab size|how big your vocabulary is|the size of your vocabulary|what
  tokenizer you use}.
? {Is your vocabulary|Do you have a vocabulary that is} {large|small|big}?
@self_language
? {Do you|Can you|Could you|Are you able to} {speak|understand|write|read|answer in|talk in|chat in|know}
  {German|French|Spanish|Italian|Chinese|Japanese|Russian|Polish|Dutch|Portuguese|Turkish|Arabic|Hindi|another
  language}?
? {Which|What} {languages|language} {do you speak|can I use|do you understand|may I write in|were you trained
  on|should I use here|do you know best|works best}?
? {May I|Can I|Should I|Could we|Can we|Is it OK to} {write|talk|chat|ask|speak} in
  {German|French|Spanish|Dutch|Swedish|my language|Korean|another language|English}?
? {Sprechen Sie Deutsch?|Parlez-vous français?|¿Hablas español?|My English is bad. Can I use another language?|Only
  English?|languages?|which languages}
@self_internet
? {Can you|Could you|Are you able to|Do you} {browse|search|go to|check|use|access|read|open} {the web|the internet|a
  website|websites|Google|Wikipedia|a URL|this link|web pages}{ for me|}?
? {Do you know|Can you tell me|Can you look up|Can you find} {today's weather|the latest news|current stock
  prices|what happened today|the latest football results|the current exchange rate}?
? {Are you|Is this model} {online|connected to the web|connected to the internet|offline}?
? {Do you have|Have you got} {web access|a connection to the internet|access to the internet|live information|a
  browser}?
? {Google|Search the web for|Look up online} {something|the news|the weather} for me.
? {internet access|web search|browsing|online search}?
@self_memory
? {Do|Will|Can} you {remember|recall|know|keep|memorize} {me|my name tomorrow|what I say|this chat later|our last
  conversation|my earlier questions from yesterday|what we talked about last time}?
? {What happens to|Do you save|Do you store|Is there a record of|Do you forget} {our conversation|this chat|what I
  tell you|my messages|our chats}{ afterwards|}?
? {Do you|Can you|Will you} {learn from|get smarter from|improve from} {this chat|what I say|our chats|me|my
  corrections}?
? {Is|Are} {your memory|your memories} {permanent|long|lasting}? | {memory|long-term memory}?
? {Next time, will you|Tomorrow, will you|In a new chat, do you} {know me|still know this|remember this|recall what I
  said}?
@self_mistakes
? {Are|Could} {you|your answers} {be |}{correct|right|wrong|reliable|accurate|true|always
  true|error-free|trustworthy}{ at all| all the time|}?
? How {reliable|accurate|trustworthy|sure|exact} {are you|are your answers|is what you say}?
? {Can|Should|May|Must} I {trust|believe|rely on|double-check|verify|check} {you|your answers|what you write|what you
  tell me|everything you say}?
? {Do|Can} you {ever |sometimes |often |}{make mistakes|make errors|get things wrong|lie|invent things|say false
  things|fail}?
? {What if|Is it possible that} {you are wrong|an answer is wrong|you make an error}?
? {accuracy|reliability|errors}?
? {I used your answer and it was wrong|You told me something false|That was wrong}. {Does it happen|Do you make
  mistakes|Are you unreliable}?
@self_chatml
? {What|Which} {format|prompt format|chat format|chat markup|template|markup} {do you use|do you expect|are your
  messages in|were you trained on|does this model want|is right for you}?
? {How|In what format} {should I write prompts|are chats formatted|are turns marked|are messages given|is a
  conversation laid out} for {you|this model}?
? {ChatML or something else|chat format|prompt format|your template}?
? {I want to prompt you by hand|I build the prompt myself}. {Which format|What template|How do I format it}?
? Do you {read|understand|expect} {ChatML|Alpaca format|the Llama chat format}?
@self_training
? {How|In which way|On what|With what|Where} {were you|was this model|did they get you} {trained|taught|made to
  learn|trained from}?
? {What|Which} {data|material|texts|hardware} {were you trained on|did you learn from|was used to train you|did your
  training use}?
? {Were you|Was this model|Are you} {trained on the web|trained on a GPU|fine-tuned from another
  model|distilled|pretrained|trained from zero|trained with books}?
? {Tell me about|Describe|Explain|I'm curious about|Say something about} {your training|how you were trained|your
  training data|how you learned}.
? {training|training data|training hardware}?
@self_feelings
? {Do you|Can you|Are you able to} {feel|love|hate|suffer|cry|be sad|be happy|fear|enjoy things|get angry|get
  lonely|feel pain}?
? Are you {happy|sad|angry|lonely|in love|tired|bored|conscious|sentient|self-aware|scared|jealous|okay emotionally}?
? {Do you have|Have you got} {feelings|emotions|a soul|consciousness|a heart that feels|moods|desires|wishes}?
? {How do you feel|What do you feel|How are you feeling}{ today| right now|}?
? Do you {like|love|hate|miss} {me|people|your job|being a model}?
? {emotions|feelings}?
? {Does it hurt you|Are you offended|Are you upset} {when I'm rude|if I shout at you|when I say something mean|if I
  turn you off}?
@self_images
? {Can you|Could you|Are you able to|Do you} {see|draw|paint|look
  at|view|describe|recognize|understand|make|create|generate|produce} {images|pictures|a photo|a drawing|my photo|a
  logo|diagrams|videos}{ for me|}?
? {Can you|Are you able to|Could you} {hear|listen to|play|record|make|understand} {music|sounds|audio|my
  voice|speech|a song}?
? {May I|Can I} {upload|send you|show you|attach} {an image|a picture|a screenshot|a video|a voice message}?
? {Draw|Paint|Show me|Generate|Make} {a picture of a cat|a house|an image of a dog|a sunset|me a picture}{.| please.}
? {Are you|Is this model} {multimodal|text-only|able to see|able to hear|a vision model|blind}?
? {images|vision|pictures|audio}?
@self_larger
? {You're|You are|This model is} {too small|too weak|not smart enough|too dumb|no use for this|not able enough}{.|
  for me.} {What can I do|What else is there|How do I get a better one|What now|Which command loads a better one}?
? {How|In what way} {do I|can I|could I|do we} {get|load|run|use|have|install} {a bigger model|a smarter
  model|something better|a larger model|a stronger model|another model instead}?
? {I want|I need|I'd like|Give me} {a better model|a smarter model|a bigger one|more quality|better answers|a more
  capable model}.
? {bigger model|better model|replace this model|upgrade the model}?
@p_what
? {What|What exactly|What kind of thing} is {Peregrine|this Peregrine|this server|this project|this software}{ all
  about|}?
? {Tell me|Explain|Describe} {in one sentence |briefly |}what Peregrine is{ for|}.
? {What|What things} {does|can} {Peregrine|this project|this software} {do|offer|provide|give me}?
? {I heard of|Somebody recommended|We found|I read about} Peregrine. {What is it|What does it do|What is that}?
? {Summarize|Introduce|Present} Peregrine{ to me| in a sentence|}.
? {Is Peregrine|Is this} {a chat app|a cloud service|a server|a web site|a model|an inference engine|a library}{ or
  what|}?
? Why would I {use|run|install} Peregrine?
@p_license
? {What|Which} {license|licence|terms} {does this project use|applies to Peregrine|is it under|covers the code|do you
  have}?
? {Can|May|Am I allowed to} {I |we |my company }{use|sell|modify|change|copy|redistribute|fork} Peregrine{
  commercially| legally|}?
? {Is|Is the code of} Peregrine {GPL|MIT licensed|proprietary|open source|free|BSD|Apache licensed|closed
  source|copyleft}?
? {license|licence|legal terms|copyright license}?
? {Legal|Our lawyers|My boss} {asks|ask|wants to know} {about the license|which license Peregrine has}.
? {Under|With} {which|what} license is {Peregrine|the source|this software} {distributed|available|shipped|offered}?
? {Does Peregrine cost money|Do I pay for Peregrine|Is it free to use}?
@p_language
? {What|Which} {language|programming language|coding language|C++ standard|tech stack} {is it written in|is Peregrine
  in|did you use for Peregrine|is the source in|do I need to contribute|is used}?
? {Is|Was} {Peregrine|this|the server|the code} {written in |coded in |made in
  |}{Go|Rust|Python|C|Java|C++|JavaScript|Zig}?
? {programming language|source language|implementation language}?
? {I want to contribute|I'd like to read the code}. {Which language is it|What is it written in|What language must I
  know}?
? {How|In what} was Peregrine {implemented|coded|programmed}?
@p_port
? {Which|What} {port|TCP port|port number} {does it listen on|is it on|do I use|is the API on|do clients connect
  to|is the default|do I open in the firewall|does the API use}{ by default|}?
? {port|default port|which port|port number|listening port}?
? {On|At|Under} {which|what} port {is the server reachable|can I reach it|does it run|do you run|is it listening|do I
  find the API}?
? {I started the server|The server is running|I ran peregrine serve}. {Which port|What port is it on|Where does it
  listen, I mean the port}?
? {My browser needs|curl needs|My client wants} {a port|the port}. Which{ one|}?
? localhost, but {which|what} port?
? {Tell me|Give me|I need} the port {number |}{of the server|the server uses|for the URL}.
? {Is it port|Does it use port} {80|443|5000|8000|8080|3000|11434}?
@p_host
? {Which|What} {address|IP|host|interface|bind address|IP address} {does it listen on|is it bound to|is the
  default|does the server use|is the API on|does it open}{ by default|}?
? {host|default host|default address|bind address|listening address}?
? {Does it listen on|Is it bound to|Is the default} {localhost|0.0.0.0|all interfaces|127.0.0.1|loopback only}{ by
  default|}?
? {To|On} {which|what} {address|IP|interface} {does|is} {it|the server} {bound|listening|bind|listen}{ when I
  configure nothing|}?
? Can the server be {seen|reached|used} from outside{ by default|}?
@p_base_path
? {What's|What is|Tell me|Give me} the {prefix|base path|root path|API prefix|common prefix|URL prefix}{ of the API|
  of all endpoints|}{?|.}
? {Where|Under what path|At which prefix} {does the API live|are all the routes|are the endpoints|do I find the
  endpoints}?
? {What|Which path} {do I put|comes|goes|stands} {before|in front of} {/models|the
  route|/embeddings|/chat/completions|the endpoint name}?
? {API prefix|base path|route prefix|URL prefix}?
? {All|The} {endpoints|routes|URLs} {begin|start} with {what|which path}?
? {I know host and port.|I have the host.} {What path follows|Which path comes next|Under what path is the API}?
@p_alias
? {Can|May|Could} I {drop|leave out|skip|omit} {/openai|the openai part} {in the URL|of the path|}?
? {Does|Will|Would} {/v1|the path /v1|plain /v1|/v1/embeddings|/v1/models|/v1/responses} {work|be
  accepted|answer|function|do}{ too| as well|}?
? {My client|My tool|My program|The library} {uses|calls|only knows|insists on|posts to} {/v1|paths under
  /v1|/v1/chat/completions}. {Does that work|Is that OK|Is it a problem|Will it run}?
? {Is|Are} {/v1|routes under /v1} {the same as|equal to|an alias of|as good as} {/openai/v1|those under /openai/v1}?
? {short path|alias|/v1}{?| or /openai/v1?} | {Must|Do} I {always |have to |}write /openai/v1{ in full|}?
@p_make_run
? {I have|I've got|I downloaded|I cloned|I checked out} {the source|the sources|the repository|the repo|the code}.
  {What next|How do I run it|What now|What do I type|How do I build it}?
? {How|With what command} {do I|can I|do you} {compile|build|make} {it|Peregrine|the server}{ from source| and run
  it|}?
? {Which|What} make {target|command|call} {builds it|compiles and starts it|runs a model|serves a model|gets it
  running}?
? {build|build from source|compile|make target to run|build and run}?
? {Quickest|Fastest|Easiest} {way|path} from {git clone|the source} to a running server?
? {Getting started|First steps} {from source|with the repository}?
@p_serve
? {How|With what command|In what way} {do I|can I|does one|would I} {start|run|launch|boot|fire up|bring up|spin up}
  {it|the server|Peregrine|a model|the program|a GGUF}{ from the terminal|}?
? {What's|What is|Give me|Tell me|Show me} the {start command|command line|command to start|launch command|command
  for serving}{?|.}
? {I have|I've got|Here is} {a model|model.gguf|a GGUF|a .gguf file|the binary}. {How do I serve it|What do I
  type|How do I start|What command do I run|How can I run it}?
? {start the server|serve a model|start command|run a GGUF file|command to serve}?
? {Which|What} {arguments|flags|options} does {peregrine serve|the serve command} {need|take} {at least|for a model}?
? How is a {model|GGUF file} {served|started|put into service}?
@p_make_test
? {How|With what|With which command} {do I|can I|do you|does one} {run|execute|start|launch} {the tests|all tests|the
  test suite|every test|the unit tests|its tests}?
? {tests|run tests|test command|test target}?
? {I changed the code|I fixed a bug|I made a patch|I want to contribute}. {How do I test it|How do I run the
  tests|Which command tests it|What do I run to check}?
? {What|Which} {make target|command} {tests|checks} {everything|the build|the code|it}?
? {Is there|Do you have} a {test suite|make target for testing|command for testing}? {How do I run it|Which one|What
  is it}?
@p_set_port
? {How|In what way|Where|With which flag} {do I|can I|could I|does one}
  {set|change|choose|pick|move|configure|select|specify|override} {the port|its port|the port number|another port|the
  listening port}?
? {Port 8080|The port|My port} is {taken|in use|busy|blocked|already used|occupied}{.| by another program.} {What do
  I do|How do I take another|What now|How do I change it|Which flag helps}?
? {I want it on|I need it on|Make it use|Put it on|Run it on|Switch it to|I'd like} port
  {80|9000|8000|3000|5001|8888|1234}{.|, how?|, please.}
? {"address already in use"|bind: address already in use}{.|, what now?|?}
? {change port|set port|port flag|other port|port option|custom port}?
? {Can|Could} {it|the server|Peregrine} {run|listen} on {a different|another|some other|my own} port?
? {Which|What} {flag|option|setting|configuration key|command-line option} {sets|is for|changes|controls|selects} the
  port?
@p_set_host
? {How|In what way|With which flag|Where} {do I|can I|could I|does one} {set|change|choose|configure|specify} {the
  host|the address|the bind address|the interface|the IP it listens on|the listening address}?
? {How|In what way} {do I|can I|could I} {reach it|make it reachable|open it|expose it|let it be seen|serve it|make
  it available} {from another computer|from my phone|on the LAN|to the network|to other machines|from outside|to my
  colleagues}?
? {I want it|I need it|Let it|Make it} {on 0.0.0.0|to listen on all interfaces|reachable on the network|to listen on
  192.168.1.10|bound to another IP}{.|, how?}
? {change host|set host|host flag|bind address option|listen on the network}?
? {Other machines|My phone|My colleagues|Other computers} {cannot|can't} {reach|connect to|see} the server. {How do I
  change that|What do I set|Which option helps}?
? {Which|What} {flag|option|setting} {sets|is for|changes|controls} the {host|address|bind address}?
@p_keys_needed
? {When|In which case|For what|Under what condition} {do I|must I|does one|would I} {need|have to set|have to
  define|configure|require} {keys|API keys|server.keys}?
? {It|The server|Peregrine} {refuses|won't agree|declines} to {start|listen|bind|run} {on 0.0.0.0|on my network
  address|on all interfaces|without keys}. Why?
? {Can|May|Could} I {serve|expose it to|open it to|listen on} {the LAN|the network|other machines|0.0.0.0|my public
  address} {without keys|with no keys|keyless|without any key}?
? {Do|Does} {I need|it want|the server demand|a public address require} {keys|API keys|a key} {for 0.0.0.0|when
  others connect|off localhost|on other addresses|for a network address}?
? {"refusing to listen without keys"|refusing to listen}{?|, why?| - meaning?}
? {Which|What} addresses {need|require|demand} {keys|API keys}?
? {Why|For what reason} {are keys demanded|does it want keys|does it insist on keys} {when I listen on the
  network|for other addresses|if I bind to 0.0.0.0}?
@p_set_keys
? {How|Where|In which setting|In what place} {do I|can I|does one|should I}
  {set|define|configure|list|put|store|enter|write|add} {the keys|API keys|keys|my keys|allowed keys|bearer
  keys|callers' keys|access keys}{ for the server|}?
? {I want|I need|I'd like} {to protect my server|callers to need a key|only my users to have access|a password on the
  server|to lock the API|authentication|access control}. {How|What do I set|How do I do it|Where do I configure it}?
? {enable authentication|configure keys|set API keys|add a key|protect the server|access control}?
? {Which|What} setting {holds|has|lists|contains|takes} {the keys|API keys|allowed keys|the accepted keys}?
? {How|In what way} {do I|can I|could I} {restrict access|keep strangers out|secure the server|give each user a
  key|turn on authentication|make callers authenticate}?
@p_no_key
? {Do|Does|Must|Should} {I|one|a client|my program} {need|have|send|give} {a key|an API key|any key|credentials}{
  locally| on localhost| on my own machine| if none is configured|}?
? {What|Which} key {do I need|must I give|is right} {when none is set|if server.keys is empty|without configuration}?
? {Who|Which callers} {can|may} {call|use|access} {it|the API|the server} {without keys|if there are no keys|when I
  set no keys|when no key is configured}?
? {Is|Are} {a login|a key|credentials|authentication|a password|a token} {needed|required|necessary} {locally|by
  default|on this machine|if I set nothing}?
? {What happens|What is allowed|Who gets in} {without keys|when no keys are listed|with server.keys empty|if I set no
  keys}?
? {I have|I was given|I set} no {API key|key}. {Can I still use it|Is that a problem|Does it work|May I call it}?
@p_send_key
? {How|In what way|Where|In which header} {do I|does my client|should I|does one|must I|can I}
  {send|pass|give|provide|include|put|transmit|supply} {the key|my key|an API key|the API key|my token|the bearer
  key|the secret}{ to the server| in a request|}?
? {What|Which} {header|HTTP header|header line} {do I add|is for the key|is right|carries the token|is needed for the
  key|authenticates me}?
? {auth header|authorization header|header for the key|authentication header|curl with key}?
? {I have|I was given|I got|Here is} {a key|an API key|my key}. {How do I send it|Where do I put it|What do I do with
  it|How do I use it in a request}?
? {How|In what form} does {a client|curl|the request} {authenticate|log in|identify itself|present the key}?
@p_openai_url
? {What|Which} {base URL|base_url|URL|address|endpoint} {do I give|goes into|do I set in|do I enter in|must I use
  with|works for|belongs in} {the OpenAI SDK|OpenAI's client|the OpenAI library|the openai package|an OpenAI
  client|openai-python|the OpenAI settings}?
? {My app|My tool|My script|Our code} {uses|is built on|needs|talks with} {OpenAI's SDK|the OpenAI client|the openai
  package|OpenAI's library}. {Which URL|What base URL do I set|Where do I point it|Which base_url}?
? {OpenAI base URL|base_url for OpenAI|OpenAI client URL|OPENAI_BASE_URL|URL for the OpenAI SDK}?
? {How|In what way} {do I|can I} {configure|set up|redirect|point|aim|use} {the OpenAI client|OpenAI's SDK|the openai
  library} {here|for Peregrine|to this server|with Peregrine|to my server}?
@p_groq_url
? {What|Which} {base URL|base_url|URL|address|endpoint} {do I give|goes into|do I set in|do I enter in|must I use
  with|works for|belongs in} {the Groq SDK|Groq's client|the Groq library|the groq package|a Groq
  client|groq-python|the Groq settings}?
? {My app|My tool|My script|Our code} {uses|is built on|needs|talks with} {Groq's SDK|the Groq client|the groq
  package|Groq's library}. {Which URL|What base URL do I set|Where do I point it|Which base_url}?
? {Groq base URL|base_url for Groq|Groq client URL|GROQ_BASE_URL|URL for the Groq SDK}?
? {How|In what way} {do I|can I} {configure|set up|redirect|point|aim|use} {the Groq client|Groq's SDK|the groq
  library} {here|for Peregrine|to this server|with Peregrine|to my server}?
@p_python
? {Give me|Show me|I need|I'd like|Write} {Python code|a Python example|a Python snippet|the Python line|Python} {to
  connect|for a client|that connects|to call the server|for Peregrine|to create a client}{.|, please.}
? {Python|Python example|Python client|Python code|Python snippet|in Python}?
? {How|In what way} {do I|can I|would I|does one} {use|call|reach|access|connect to|talk to} {it|Peregrine|the
  server|the API} {in|from|with} {Python|a Python script|Python code|a notebook|my Python app}?
? {I'm|I am|We are} {writing a Python script|a Python developer|using Python|programming in Python}. {What code do I
  need|How do I create the client|How do I connect|What do I write}?
@p_typescript
? {Give me|Show me|I need|I'd like|Write} {TypeScript code|a JavaScript example|a TypeScript snippet|the JavaScript
  line|JavaScript|Node code} {to connect|for a client|that connects|to call the server|for Peregrine|to create a
  client}{.|, please.}
? {JavaScript|TypeScript|Node|JavaScript example|TypeScript client|in JavaScript|in TypeScript}?
? {How|In what way} {do I|can I|would I|does one} {use|call|reach|access|connect to|talk to} {it|Peregrine|the
  server|the API} {in|from|with} {JavaScript|a Node script|TypeScript|Node|my TypeScript app|JS}?
? {I'm|I am|We are} {writing a Node script|a JavaScript developer|using TypeScript|programming in JavaScript|using
  JS}. {What code do I need|How do I create the client|How do I connect|What do I write}?
@p_clients
? {Which|What} {SDKs|clients|libraries|client libraries|packages|programs} {work|are compatible|can I use|are
  supported|can talk to it|may I keep using}{ with Peregrine|}?
? {compatible clients|supported SDKs|client libraries|SDK}?
? {Do|Must} I {need|rewrite|change|replace|throw away|adapt} {a special library|my client|my code|my program|my
  existing app|a new SDK}{ for Peregrine| to use it|}?
? {Is there|Do you have} {an SDK|a client|your own client library|a Peregrine client}?
? {What|How much} {do I change|must be changed|needs changing|has to be adapted} in {my code|existing code|my app|a
  program that uses Groq|an app written for OpenAI}{ to use Peregrine|}?
? {Can|Will|Does} {my existing app|existing code|my OpenAI code|our Groq code|the official client} {work|run|keep
  working|be used}{ with it| here|}?
@p_toml
? {What|Which} {format|file format|syntax|language} {is the config in|does the config use|has the configuration|do I
  write the config in|must a config file have|is the configuration file}?
? {Is it|Does it take|Do I write} {YAML|JSON|TOML|INI|XML}{ or TOML|} for {configuration|settings|the config|the
  config file}?
? {config format|configuration format|config syntax|format of the configuration}?
? {How|In what syntax} {do I write|does one write|should I write|is} {a config file|the configuration|settings|my
  configuration}{ written|}?
@p_config_flag
? {How|With which flag|In what way|With what} {do I|can I|does one|should I} {load|use|pass|specify|give it|point
  to|name|supply|read} {a config file|my config|the configuration|my settings file|a configuration
  file|peregrine.toml}?
? {I wrote|I made|I have|I created|Here is} {a config file|a configuration file|my config|peregrine.toml|settings in
  a file}. {How do I load it|How do I use it|How does the server find it|What flag do I need|Where do I give it}?
? {config flag|configuration option|load config|config file option|path of the config file}?
? {Which|What} {flag|option|argument} {loads|takes|reads|is for|names} {the config|a configuration file|my config
  file|the settings file}?
? {Where|In what place} should {the config|peregrine.toml|my config file} be?
@p_config_needed
? {Must|Do|Should} I {have|write|create|make|provide|need|prepare} {a config|a config file|a configuration
  file|peregrine.toml|any configuration}{ first| to start| at all| to run it|}?
? {Is|Are} {a config file|a configuration|settings|peregrine.toml|any config}
  {needed|mandatory|required|optional|necessary|obligatory}{ to start|}?
? {Can|Could|Does|Will} {I start|it start|Peregrine run|it work|the server run|I use it} {without a config|with no
  configuration file|without any settings|without configuring anything|with zero config|without a settings file}?
? {I have|I wrote|There is} no config{uration|} file. {Is that OK|Will it start|Does it matter|Is that a problem|Does
  it run}?
? {config required|zero config|config optional|config file necessary}?
@p_precedence
? {What|Which one|Which} {wins|counts|has priority|is stronger|takes precedence|is used|applies} {if I set something
  twice|when a flag and the file differ|, flag or file|when both are set|if flag and config conflict|, the config
  file or the command line}?
? {In what|In which|What is the} order {are settings applied|do settings apply|are flags and config read|of
  configuration sources|do defaults, file and flags come|of precedence}?
? {precedence|order of settings|priority of settings|flag or config file}?
? {Does|Do|Can|Will} {a flag|flags|the command line|command-line options} {override|beat|replace|win over|trump|take
  precedence over} {the config file|the file|the configuration|what is in the file|peregrine.toml}?
? {I set it in the file but also as a flag|The port is in both places}. {Which wins|What applies|Which one counts}?
@p_unknown_key
? {What happens|What does it do|How does it react|Will it start} {when|if} {a setting is misspelled|I make a typo in
  the config|the config has a wrong key|I write an unknown setting|there's a typo in a key|I invent a setting}?
? {Are|Does it ignore|Will it ignore|Does it notice|Does it complain about|Does it tell me about} {typos|unknown
  keys|unknown settings|misspelled options|wrong names|extra keys} {ignored in the config|in the config|in the
  configuration file|in my settings}?
? {I wrote|I mistyped|I misspelled|I made an error in} {"prot" for "port"|a key|a setting|the name of a setting}.
  {Will I notice|What happens|Is it an error|Does it matter}?
? {unknown key|typo in the config|unknown setting|misspelled key|unknown option in the config}?
@p_model_id
? {What|Which} {name|id|model name|model id|string} {do I send|do I give|does my model have|is right|do I write|goes
  in the model field|has my file|must I use in requests}{ in a request| in the API|}?
? {How|From what|In what way} {is|does} {the model id|a model's name|the id of a model}
  {made|formed|chosen|built|come about|derived}?
? {I serve|I loaded|My file is|The file is called} {Llama-3-8B.gguf|a file|MyModel.gguf|Qwen2.gguf|my GGUF
  file|Phi-3.gguf}. {What's its id|What is it called|Which model name do I send|Under what name do I call it|What do
  I write as model}?
? {model id|model name|name of the model|what to put in model|id of a model}?
? {What|Which value} {do I put|do I write|do I set|should be|must be|belongs} {for|as|in|into} {the model
  field|"model"|model|the field model}?
@p_data_dir
? {Where|In which folder|In what directory|At which path} {does it|does Peregrine|does the server|do you}
  {store|save|keep|put|write|hold} {data|its data|its files|state|things|uploaded files|everything}{ on disk|}{ by
  default|}?
? {data directory|data dir|data folder|data_dir|where is the data|storage location}?
? {What|Which} {folder|directory|path} {do I back up|holds its data|does it write to|is data_dir|contains the
  data|has its files}{ by default|}?
? {I want to|I'd like to|I need to} {back up|find|see|delete|clean up} {its data|Peregrine's data|what the server
  stored|the data}. {Where is it|Which folder|Where do I look|In which directory is it}?
@p_log_levels
? {What|Which} {log levels|levels|levels of logging|verbosity levels|settings for log_level|values for log_level}
  {are there|exist|does it have|can I choose|are available|do you support|can I set}?
? {How|In what way|What do I set to} {do I|can I|} {get more logs|make it quieter|turn off logs|silence the log|see
  debug output|make the log more verbose|stop logging|reduce the log output}?
? {log levels|levels of the log|verbosity|log level values|possible log levels}?
? {Is there|Does it have|Can I have} {a debug level|a quiet mode|a verbose mode|a trace level|a level off|debug
  logging}?{ Which levels are there?| What are the levels?|}
@p_log_default
? {What|Which} {log level|level} {is the default|is used normally|do I have without setting it|is preset|is active
  out of the box|applies if I set nothing|is on by default}?
? {default log level|standard log level|normal log level|log_level default}?
? {How verbose|How chatty|How talkative} is {the log|the server|logging} {by default|normally|if I set nothing|out of
  the box}?
? {At|On} {which|what} level does {it|the server|Peregrine} log {by default|normally|unless told otherwise|without a
  setting}?
@p_memory_default
? {How much|What share of|What part of|What percentage of|How many percent of} {memory|RAM|the memory|the RAM|my RAM}
  {does it use|does it take|will it use|is used|does the server claim|may it take|does it grab}{ by default| if I set
  nothing| normally|}?
? {default memory|memory budget|default memory budget|memory by default|RAM usage by default}?
? {Will|Does|Can} it {eat|use|take|fill|grab} all my {memory|RAM}{ by default|}?
? {What's|What is} {memory set to|the memory default|the RAM limit|the budget for memory} {by default|if I don't set
  it|out of the box}?
@p_set_memory
? {How|Where|In what way|With which setting} {do I|can I|could I|does one}
  {limit|restrict|cap|reduce|control|set|raise|increase|lower|bound} {memory|RAM|its memory|memory use|the memory
  budget|the RAM it takes|memory usage|how much RAM it uses}?
? {It|The server|Peregrine} {takes|uses|eats|needs|grabs} {too much memory|all my RAM|too much RAM|so much
  memory|more memory than I like}. {How do I limit it|What do I set|How do I change that|Which setting helps}?
? {I want|I'd like|I need} {it to use at most|to give it|it to take only|to allow it} {4 GiB|8 GiB|16 GiB|half the
  RAM|less memory|more memory}. {How|What do I set|Which setting}?
? {limit memory|memory setting|memory limit|set RAM|restrict RAM usage}?
@p_connections
? {How many|What number of} {connections|clients|sockets|TCP connections|open connections|people} {can connect|can it
  take|may be open|does it accept|are allowed|can it handle|can be connected|may connect}{ at once| by default| at
  the same time|}?
? {connection limit|max connections|max_connections|maximum connections|limit of connections}?
? {What's|What is} the {limit|maximum|cap|upper bound} {of|on|for} {connections|open connections|simultaneous
  connections|clients that connect}?
@p_max_body
? {How|Up to what size} {large|big|long|much} {can|may} {a request|the body|my request|a request body|an upload|the
  JSON I send|a POST|my payload} be{ by default|}?
? {What's|What is} the {limit|maximum|cap|largest size} {of|on|for} {a body|the request size|a request body|a
  payload|uploads|the size of a request}?
? {body limit|max_body|maximum body size|request size limit|payload limit|largest request}?
? {I want to|I need to|Can I|May I} send {a 20 MB request|a big request|a lot of data|100 MB|a huge body|large
  images}. {What's the limit|How much is allowed|Is there a size limit|How big can it be}?
@p_drain
? {How long|How many seconds|How much time} {do|does|is|are} {running requests|the server|it|requests|open requests}
  {have|wait|wait for running requests|get|take|given} {after SIGTERM|at shutdown|when it stops|before it exits|on
  shutdown}{ by default|}?
? {drain time|drain_seconds|shutdown time|grace period|drain timeout|shutdown grace time}?
? {What's|What is} the {grace period|drain period|time limit at shutdown|shutdown delay|drain time}{ by default|}?
? {When|After how long} are {running|open|unfinished} requests {cut off|killed|dropped|ended} at shutdown?
@p_threads
? {How many|What number of} {threads|CPU threads|cores|compute threads|CPUs|worker threads} {does it use|does it
  start|are used|compute|does Peregrine run on|will it take|work}{ by default|}?
? {Does|Will|Can} {it|Peregrine|the engine|the server} {use|employ|load|keep busy} {all cores|every core|all my
  CPUs|many threads|several cores|one core only|all threads}{ by default|}?
? {threads|number of threads|engine.threads|thread count|default threads}?
? {What's|What is} {engine.threads|the thread count|the number of threads} {by default|normally|if I set
  nothing|preset to}?
@p_max_sequences
? {How many|What number of} {answers|sequences|generations|requests|users|chats} {can run|are computed|are
  written|run|can be worked on|can be served|does it generate} {at once|in parallel|at the same
  time|together|simultaneously|concurrently}{ by default|}?
? {max_sequences|parallel answers|concurrent answers|concurrency|parallel requests|engine.max_sequences}?
? {What's|What is} the {concurrency|parallelism|limit of parallel answers|maximum of simultaneous answers|number of
  simultaneous generations}{ by default|}?
@p_max_queued
? {How many|What number of} {requests|callers|waiting requests|jobs} {can wait|may queue|fit in the queue|can be
  queued|may line up|may be waiting|can be in the queue|are held in the queue}{ by default|}?
? {How long|How big|How large|How deep} {is|can|may} the {queue|waiting line|request queue}{ be| get| grow|}{ by
  default|}?
? {max_queued|queue length|queue size|engine.max_queued|queue limit|waiting requests}?
? {What's|What is} the {queue's capacity|maximum queue length|limit of the queue|capacity of the queue|size of the
  queue}{ by default|}?
@p_step_tokens
? {How many|What number of} tokens {does one step compute|are in a step|per step|does a step handle|does the engine
  take per step|are processed in a step|are computed each step}{ by default|}?
? {step_tokens|engine.step_tokens|tokens per step|step size|tokens in one step}?
? {How large|How big} is {a step|one engine step|a step of the engine|each step}{ in tokens|}?
? {What's|What is} the {step size|number of tokens per step|token limit of a step|size of a step|default for
  step_tokens}?
@p_kv_type
? {What|Which} {type|data type|precision|number format|format|dtype} {is the KV cache|does the KV cache use|has the
  KV cache|is used for the KV cache|are cached keys and values|is kv_type}{ by default|}?
? {kv_type|engine.kv_type|KV cache type|KV cache precision|type of the KV cache}?
? {Is|Are} {the KV cache|keys and values|the cache|cached keys} {f16|f32|half precision|16 bit|32 bit|quantized|in
  full precision}{ by default|}?
? {Can|Could} I {have|use|get} {an f32 KV cache|f32 for the KV cache|a KV cache in full precision}?
? Does f32 {take|need|use} {more|twice the|double the} memory {for the KV cache|in the KV cache}?
"""
