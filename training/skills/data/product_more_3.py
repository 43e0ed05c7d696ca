"""More questions about the API: routes, fields, streams, answers, files and errors. See ../product.py."""

MORE = r"""
@a_chat_route
? {How|Where|To which URL|To what path} {do I|can I|does my app|should I} {send|post|submit} {a chat|messages|a chat
  message|a prompt|a conversation|a question for the model|a chat completion request}?
? {chat endpoint|chat route|chat completions|chat path|URL for chat}?
? {What|Which} {path|URL|endpoint|route} {is for chatting|do I call to chat|takes messages|gets me an answer from the
  model|does a chat app call}?
@a_models_route
? {How|By which request|In what way} {do I|can I|could I} {see|list|get|find out|check|query} {the models|which
  models there are|the available models|all models|what models are loaded|the model ids}?
? {list models|models endpoint|available models|models route|all models}?
? {What|Which} {path|URL|endpoint|route|request} {lists models|shows the available models|returns the model ids}?
? {What|Which} models {are there|are loaded|can I choose|does the server offer}?
@a_embeddings_route
? {How|Where|To which path} {do I|can I|should I} {get|request|compute|make|obtain} {embeddings|an embedding|vectors
  for my texts|a vector|text vectors}{ from the server|}?
? {embeddings endpoint|embeddings route|embedding URL|path for embeddings}?
? {What|Which} {path|URL|endpoint|route} {makes embeddings|gives vectors|embeds a text|turns text into vectors|is for
  embeddings}?
@a_transcriptions_route
? {How|Where|To which path} {do I|can I|should I} {transcribe|send|post|turn into text|upload for transcription} {a
  recording|audio|an mp3|a voice memo|a podcast|speech|a sound file}? {|Which path is it?}
? {transcription endpoint|speech to text|speech recognition|STT route|transcriptions path}?
? {What|Which} {path|URL|endpoint|route} {transcribes|does speech to text|writes down what is said|recognizes
  speech|is for Whisper}?
@a_translations_route
? {How|Where|To which path} {do I|can I|should I} {translate|send for translation|turn into English text} {foreign
  audio|a German recording|foreign speech|a French podcast|spoken Spanish}?
? {audio translation|translation endpoint|speech translation route|translations path}?
? {What|Which} {path|URL|endpoint|route} {translates audio|makes English text of foreign speech|is for audio
  translation|translates recordings}?
@a_speech_route
? {How|Where|To which path} {do I|can I|should I} {make|get|generate|produce|request} {speech|spoken audio|a voice|a
  spoken version of my text|audio from text}?
? {text to speech|TTS endpoint|speech endpoint|speech synthesis path|TTS}?
? {What|Which} {path|URL|endpoint|route} {speaks a text|reads a text aloud|makes audio from text|does TTS|generates
  speech|turns text into speech}?
@a_files_route
? {How|Where|To which path} {do I|can I|should I} {upload|send|post|submit} {a file|my file|a batch file|a JSONL
  file|files}?
? {upload endpoint|files endpoint|file upload|files route|path for uploads}?
? {What|Which} {path|URL|endpoint|route} {takes files|is for uploads|receives my file|do I upload to}?
@a_batches_route
? {How|Where|To which path} {do I|can I|should I} {create|start|submit|launch|begin} {a batch|a batch job|batch
  processing|a new batch}?
? {batch endpoint|batches route|create batch|batch path|batches}?
? {What|Which} {path|URL|endpoint|route} {starts batches|creates a batch|takes batch jobs|is for batch processing}?
@a_responses_route
? {How|Where|At which path} {do I|can I|does one} {use|call|reach|find|send requests to} {the Responses API|OpenAI's
  Responses API|the newer Responses API|responses}?
? {Responses API|responses endpoint|responses route|Responses API path}?
? {What|Which} {path|URL|endpoint|route} {has the Responses API|creates a response in the Responses API|is for the
  Responses API|serves responses}?
@a_rerank_route
? {How|Where|To which path} {do I|can I|should I} {rerank|sort by relevance|rank|score|order by relevance}
  {documents|search results|passages|texts for a query}?
? {rerank endpoint|reranking|rerank route|reranker path}?
? {What|Which} {path|URL|endpoint|route} {reranks|sorts documents by relevance|ranks search results|is for
  reranking|scores documents}?
@a_required
? {What|Which fields|What fields} {must I send|can't be missing|are obligatory|do I have to give|are needed at
  least|are required|may not be left out} {in a chat request|for chat|to chat completions}?
? {required fields|mandatory fields|minimal request|minimum request|necessary fields}?
? {What does|How does} a {minimal|smallest possible|valid} chat request {need|look, which fields}?
@a_temperature_range
? {How|Up to what value|In which range} {high|hot|low} {can|may} {temperature|the temperature} be?
? Is {a temperature of|temperature} {3|2.5|-1|5|1.9|2|10} {allowed|accepted|valid|too high|OK|legal|fine}?
? {What|Which} temperature {is the default|do I get if I send none|is the highest|is the limit|is the maximum}?
? {temperature range|max temperature|default temperature|temperature limits}?
@a_top_p_range
? {How|Up to what value|In which range} {high|low|large} {can|may} {top_p|the top_p value} be?
? Is {a top_p of|top_p} {3|2|-1|1.5|0.95|1.1|10} {allowed|accepted|valid|too high|OK|legal|fine}?
? {What|Which} top_p {is the default|do I get if I send none|is the highest|is the limit|is the maximum}?
? {top_p range|max top_p|default top_p|top_p limits}?
@a_max_completion_tokens
? {How|With which field|In what way|What do I send to} {do I|can I|could I|} {limit|restrict|cap|shorten|bound} {the
  answer|the output|how long the answer gets|the answer's length|the number of output tokens|the reply}?
? {The answers|Replies|Its outputs} are {too long|too wordy|endless}. {Which field helps|What do I send|How do I
  limit them|What parameter cuts them}?
? {limit output|answer length|max output tokens|output limit|length of the answer}?
? {I want|I need} {at most 100 tokens|short answers|answers of up to 50 tokens|a limit on the reply}. {Which
  field|What do I send|How|Which parameter is it}?
@a_max_tokens
? {Is|Was} max_tokens {old|obsolete|deprecated|replaced|still there|still valid|an alias|outdated}?
? {Old code|My code|An old client|My library} {sends|uses|has} max_tokens. {Does it work|Is that OK|Must I change
  it|What is it}?
? {max_tokens or max_completion_tokens|max_tokens vs max_completion_tokens|max_tokens}?
? {Does|Will} max_tokens {work|be accepted|do the same as max_completion_tokens}{ too| still|}?
@a_stop_count
? {How many|What number of} {stop sequences|stop strings|stop texts|stops|stop words|entries in stop} {can I give|are
  allowed|may I send|does a request take|are possible|at most|fit}?
? {Can|May|Could} I {give|send|have|use} {three|five|six|ten|eight|two} {stop sequences|stop strings|stop
  words|stops}?
? {maximum of stop sequences|stop limit|number of stop sequences|max stop strings}?
@a_n
? {How|With which field|In what way} {do I|can I|could I} {get|request|ask for|have} {two answers|several
  choices|five alternatives|more than one answer|multiple completions|different versions} {from one request|at
  once|in one call|to one question}?
? {What|What exactly} does {n|"n": 2|n=3|the n field} {do|mean|set|control}?
? {n|several answers|multiple choices|number of completions|more than one choice}?
@a_seed_used
? {How|Where} {do I|can I|could I} {see|find|read|learn|get|look up} {the seed|which seed was used|the seed in
  use|the seed of my answer|what seed the server took}?
? {I sent no seed|I forgot to set a seed|I got a great answer}. {Which seed was it|Where can I see the seed|How do I
  find its seed|Is the seed reported}?
? {used seed|seed of the answer|x_groq.seed|seed in the response}?
@a_penalty_range
? {How|In which range|Up to what value} {high|low|large} {can|may} {a penalty|frequency_penalty|presence_penalty|the
  penalties} be?
? Is {a frequency_penalty of|a presence_penalty of|a penalty of} {3|2.5|-1|-2|5|1.5} {allowed|accepted|valid|too
  high|OK|legal}?
? {penalty range|range of the penalties|default penalty|penalty limits|max presence_penalty}?
? {What|Which} {penalty|presence_penalty|frequency_penalty} {is the default|applies if I send none|is the maximum}?
@a_frequency_penalty
? {How|With which field} {do I|can I|could I} {punish|discourage|reduce} {words that are repeated many times|often
  repeated tokens|tokens by how often they came|repetition in proportion to its count}?
? {What|Which penalty} {grows with each use of a token|counts occurrences|depends on the count|gets stronger with
  every repetition}?
? {frequency penalty|frequency_penalty}?
@a_presence_penalty
? {How|With which field} {do I|can I|could I} {push the model to new topics|encourage new words|discourage any token
  used before|get more new topics}?
? {What|Which penalty} {only asks whether a token was there|applies once a token has appeared|doesn't count
  occurrences|is about having appeared at all}?
? {presence penalty|presence_penalty}?
@a_logit_bias
? {How|With which field|In what way} {do I|can I|could I} {forbid|ban|block|favor|boost|push|suppress|discourage} {a
  certain token|one token|single tokens|a token id|specific tokens}?
? {I want|I need} {a token never to appear|one token to be likelier|to ban a token|to boost a token}. {Which
  field|How|What do I send}?
? {logit_bias|token bias|ban a token|bias of tokens}?
@a_logprobs
? {How|With which field|In what way} {do I|can I|could I} {get|see|read|request|receive} {token
  probabilities|log-probabilities|logprobs|the model's confidence|how likely each token was|how sure it was}?
? {I want|I need} {token probabilities|the log-probability of each token|to know how sure it was}. {Which
  field|How|What do I send}?
? {log probabilities|logprobs|token probabilities|confidence of tokens}?
@a_top_logprobs
? {How many|What number of} {alternatives|top_logprobs|alternative tokens|likely tokens|candidates per token} {can I
  get|are possible|may I ask for|does top_logprobs allow|at most}?
? Is {a top_logprobs of|top_logprobs} {5|20|21|30|50|100} {allowed|accepted|valid|too much|OK|fine}?
? {top_logprobs limit|max top_logprobs|top_logprobs} {without logprobs|} {?|, what's needed?}
@a_response_format
? {What|Which} {response formats|types of response_format|formats for answers|values for response_format} {exist|are
  there|can I pick|are supported|does the API know|do I have}?
? {Can|How can} I {choose|set|pick} {the response format|the form of the answer}{, and what is there|}?
? {response_format|response formats|response_format types|formats of answers}?
@a_json_object
? {How|With which setting|In what way} {do I|can I|could I} {get only JSON|force JSON|make sure the output is
  JSON|have valid JSON|turn on JSON mode|make it answer in JSON}?
? {I want|I need} {JSON only|valid JSON in any case|the answer to be JSON|pure JSON}{ but have no schema|}. {What do
  I set|Which response_format|How}?
? {JSON mode|json_object|valid JSON|JSON output|force JSON}?
@a_max_tools
? {How many|What number of} {tools|functions|tool definitions} {can I send|may a request have|are allowed|can I
  declare|at most|fit in one request|does it accept}?
? {Can|May|Could} I {send|declare|give|define|list} {100|130|150|200|129|50} {tools|functions}?
? {maximum of tools|tool limit|number of tools|max tools|limit of functions}?
@a_tool_choice
? {What|Which} {values|settings|options|tool choices} {are there for tool_choice|does tool_choice have|can
  tool_choice take|are valid in tool_choice|may tool_choice be}?
? {tool_choice values|tool_choice options|tool_choice settings|tool_choice}{?| - what can it be?}
? {What|Which value} {can|may|do} I {write|put|give|pass} {for|in|as} tool_choice?
@a_tool_required
? {How|With what setting|In what way} {do I|can I|could I} {force|make sure of|ensure|demand|require|guarantee} {a
  tool call|that a tool is used|at least one tool call|the use of a tool}?
? {The model|It} {never calls|does not call|ignores|won't use} my tool{s|}. {How do I force it|What tool_choice
  forces it|What do I set to force a call}?
? {force a tool call|tool_choice required|tool_choice: "required"|must call a tool}?
@a_tool_auto
? {How|With what setting|In what way} {do I|can I|could I} {let the model choose|leave it to the model|let it decide}
  {whether to use a tool|about tool calls|if it calls a tool}?
? {tool_choice auto|tool_choice: "auto"|auto tool choice|let the model decide about tools}{?| means?}
? {What|Which tool_choice} {applies|is used|is the default} {when I send tools and nothing else|with tools if I set
  none|if I only give tools}?
@a_tool_none
? {How|With what setting|In what way} {do I|can I|could I} {forbid|prevent|block|avoid|exclude|rule out} {tool
  calls|any tool call|the use of tools|calling functions}{ for one request|}?
? {The model|It} {calls tools|uses tools} {although I don't want it|but should only write text|too often}. {How do I
  forbid it|What do I set to get no calls|Which tool_choice stops it}?
? {no tool calls|tool_choice none|tool_choice: "none"|forbid tools}{?| means?}
@a_parallel
? {How|With which field|In what way} {do I|can I|could I} {get|ensure|have|make sure of} {only one tool call at a
  time|single tool calls|one call per answer|no parallel calls|tool calls one after the other}?
? {The model|It} {makes|sends|returns} {two tool calls|several calls|many tool calls} at once. {How do I stop
  that|Which field|How do I get just one}?
? {parallel tool calls|one tool call at a time|parallel_tool_calls|single tool call}?
@a_arguments
? {In what form|How|In which format} {do|are} {arguments of a call|the call's arguments|tool arguments|function
  arguments} {come|given|encoded|delivered|written}?
? {Is|Are} {arguments|tool arguments|function.arguments|the arguments} {a string|an object|JSON|text|already parsed}?
? {Must|Do|Should} I {parse|decode} {arguments|the tool arguments|the arguments of a call}{ myself| first|}?
? {tool arguments|type of arguments|function arguments|arguments of a tool call}?
@a_tool_result
? {How|In what message|In which role} {do I|can I|should I} {return|send|give back|report|hand back|pass back} {the
  result|a tool's result|what the function returned|the tool's output|the function's output}{ to the model|}?
? {I ran the tool|My function has finished|The tool gave a result|I called the function}. {What now|How do I send it
  back|Which message do I send|How does the model get the result}?
? {tool result|tool_call_id|tool message|role of a tool result|returning tool output}?
@a_reasoning_effort
? {How|With which field|In what way} {do I|can I|could I} {make it think|let it reason|have the model think|get it to
  think} {more|less|harder|longer|deeper|only a little}?
? {It thinks|The model reasons|It reasons} too {long|much|little}. {Which field|What do I set|How do I change that}?
? {reasoning effort|reasoning_effort|amount of thinking|thinking effort|how much it thinks}?
@a_reasoning_format
? {How|With which field|In what way} {do I|can I|could I} {hide|show|separate|parse} {the reasoning|the thinking|the
  model's thoughts|thoughts}? {What values are there?|}
? {What|Which} {reasoning formats|values of reasoning_format|formats for reasoning} {exist|are there|can I choose|do
  you have}?
? {reasoning_format|reasoning format|hidden reasoning|format of the reasoning}?
@a_service_tier
? {What|Which} {service tiers|tiers|service levels|values of service_tier} {are there|exist|can I pick|are
  available|do you know|does the API take}?
? {service_tier|service tiers|tiers|tier values|list of tiers}?
? {Can|May} I {choose|pick|select} {a service tier|a tier}?{ Which are there?| What are they?}
@a_tier_default
? {What|Which} {tier|service tier} {is the default|do I get without asking|is normal|is used if I name none|applies
  without service_tier|am I in by default}?
? {default tier|default service tier|standard tier|normal tier|tier by default}?
? {I don't send|I leave out|Without} service_tier{.|,} {which tier do I get|what tier applies|what is it}?
@a_flex
? {What|What exactly} {does|is} {the flex tier|flex|service_tier flex|"flex"} {about|mean|special for|do when the
  server is full|do}?
? {Do|Does|Will} {flex requests|a flex request|the flex tier} {wait|queue|stand in line|get queued}{ when it is
  full|}?
? {Which|What} tier {gets 498|never queues|doesn't wait|gives up at once|fails right away when full}?
? {flex|flex tier|flex processing}?
@a_user_field
? {What|What effect} {does|has} {the user field|metadata|store|sending user|the field user} {do|have|change|on the
  answer}{ in a request|}?
? {Is|Are} {user|metadata|store|user and metadata} {ignored|used|of any use|needed|doing anything}?
? {Which|What} {fields|parameters} {do nothing|are ignored|have no effect|are only accepted|are without effect}?
? {user field|metadata|store field|store: true}?
@a_done
? {How|By what} {does|can} {my client|a program|my code|one} {know|see|tell|notice} {that the stream is over|the end
  of a stream|that no more chunks come|when to stop reading}?
? {What|Which line} {ends a stream|comes at the end|closes the stream|is the last one in a stream|marks the end}?
? {end of stream|[DONE]|stream end|last line of a stream|stream terminator}?
@a_stream_type
? {What|Which} {content type|Content-Type|MIME type|media type} {does a stream have|is a streamed answer|comes with a
  stream|do I expect when streaming|should I accept}?
? {content type of a stream|stream MIME type|stream content type|media type of streams}?
? {Is|Does} a stream {JSON|text/plain|an event stream|have a special content type}{ by content type|}?
@a_include_usage
? {How|With which option|In what way} {do I|can I|could I} {get|see|have|receive|count} {usage|token counts|the
  tokens|the token usage} {in a stream|while streaming|for a streamed answer|when I stream}?
? {My stream|The stream|Streaming} {has|shows|gives} no {usage|token counts|usage numbers}. {Why|How do I get it|What
  do I set|Which option}?
? {usage in a stream|stream usage|stream_options|include_usage|streaming token counts}?
@a_delta
? {Where|In which field|In what part} {is|do I find|do I read|does one get|of a chunk is} {the text of a chunk|the
  new text|the streamed text|a chunk's content|the next piece of text}?
? {I get chunks|I parse the stream|My code reads chunks}. {Where is the text|Which field do I print|What do I append}?
? {delta|text of a chunk|chunk content|delta.content|streamed text field}?
@a_keepalive
? {How often|Every how many seconds|At what interval} {are keep-alives sent|does a comment come|does a silent stream
  send something|does the server send a comment}?
? {I see|There are|My client gets} {comment lines|lines with a colon|empty comments} in the stream. {Why|What are
  they|What for}?
? {keep-alive|keepalive interval|comment lines in a stream|stream keep-alive|heartbeat}?
? {Will|Does} {my proxy|a quiet stream} {time out|close|be cut} {when no token comes|during a long wait}?
@a_cancel
? {How|In what way} {do I|can I|could I} {cancel|abort|interrupt|stop|end|break off} {an answer|a running answer|a
  generation|a request|a stream|an answer in progress}?
? {What happens|Does it stop} {if I close the connection|when the client hangs up|when I press stop|when my client
  crashes|if I disconnect|when I drop the connection}?
? {cancel|cancel a request|abort|disconnect|stop generating|cancellation}?
? {Does|Will|Would} {the server|it|Peregrine} {keep computing|go on writing|continue|waste time} {after I
  disconnect|when nobody listens|if my client is gone}?
@a_stream_error
? {What|What happens} if {something goes wrong|an error occurs|it fails|the server fails} {in mid-stream|during a
  stream|while it streams|after streaming has begun}?
? {How|In what form|As what} {do|are} {errors|failures} {look|sent|reported|come|appear} {in a stream|while
  streaming|in mid-stream|after the stream has started}?
? {errors in a stream|error event|stream error|event: error|mid-stream error}?
@a_finish_reasons
? {What|Which} {finish reasons|values of finish_reason|reasons for ending} {are there|exist|can occur|do you send|are
  possible|can I get}?
? {finish_reason|finish_reason values|finish reasons|possible finish_reason}?
? {For which|For what} reasons {does|can} {an answer|generation} {end|stop}?
@a_finish_length
? {My answer|The answer|The text|The reply|The output} {ends abruptly|is cut|breaks off|stops mid-sentence|is
  truncated|is incomplete|ends too soon|is cut off}. {Why|What happened|What does that mean|Which finish_reason is
  that}?
? {How|By what} {can I|do I} {tell|see|notice} that {an answer was truncated|the limit cut the answer|an answer is
  incomplete}?
? {length|finish_reason length|truncated answer|cut-off answer}{ as a finish reason|}?
@a_finish_stop
? {How|By what} {can I|do I} {tell|see|notice} that {an answer is complete|the model finished by itself|an answer
  ended normally|generation was finished}?
? {What|Which} finish_reason {is normal|is good|means done|has a complete answer|means it ended by itself}?
? {I see|I got|It says} {finish_reason stop|"finish_reason": "stop"|stop as finish reason}. {Is that good|What does
  it mean|Is the answer complete}?
@a_finish_tools
? {How|By what} {can I|do I|does my code} {tell|see|notice|detect} that {the model wants a tool|a tool was called|I
  should run a function|there are tool calls}?
? {What|Which} finish_reason {comes with tool calls|means a tool was called|says the model wants a tool|do tool calls
  have}?
? {I see|I got|It says} {finish_reason tool_calls|"finish_reason": "tool_calls"|tool_calls as finish reason}. {What
  now|What does it mean|What happened}?
@a_usage
? {How|Where} {do I|can I|could I} {see|find|read|count|get} {how many tokens were used|the token count|token
  usage|the number of tokens|what a request used in tokens}?
? {token usage|usage|token counts|usage fields|number of tokens used}?
? {What|Which} {counts|numbers|fields} {does usage have|are in usage|does usage contain|are in the usage object}?
@a_cached_tokens
? {How|Where} {do I|can I|could I} {see|find|read|tell|check} {cache hits|how much was cached|whether the prompt was
  cached|what came from the cache|if the prefix cache helped|the reused tokens}?
? {cached tokens|cache hits|cached_tokens|cached part of the prompt|prompt cache statistics}?
? {Was|Did} {my prompt|the cache|the prefix} {cached|help|reused}? {Where can I see it|How do I see that|Which field
  tells}?
@a_fingerprint
? {How|By which field} {do I|can I|could I} {notice|detect|tell|see|know} {a new build|that the weights changed|that
  the model was changed|which build answered|a change of the server's build|that the server was updated}?
? {system_fingerprint|fingerprint|fp_|build fingerprint|system fingerprint}?
? {What|What kind of value} is {fp_|this fp_ value|the fingerprint|system_fingerprint} {in the answer|in a
  response|about}?
@a_completion_id
? {What|How|With what} {do|does} {completion ids|the id of an answer|a chat completion's id|an id of a completion}
  {look like|begin with|start with|start|begin}?
? {completion id|id of a chat completion|chatcmpl|prefix of completion ids|id prefix}?
? {I see|There is} {an id with chatcmpl-|chatcmpl- in my log|an id like chatcmpl-abc}. {What is it|What id is
  that|What does it mean}?
@a_roles
? {What|Which} {roles|message roles|values of role} {are there|exist|can I use|are allowed|do messages have|does the
  API know|may I write}?
? {roles|message roles|role values|possible roles|chat roles}?
? {Who|As whom} can {speak|a message be from} in {a conversation|messages}, {which roles|by role}?
@a_developer
? {What|What happens with} {is the developer role|does role developer do|developer messages|is "developer"|does
  developer mean as a role}?
? {developer or system|system or developer|developer vs system|developer role|role developer}?
? {May|Can|Should} I {use|send|write} {developer instead of system|role developer|a developer message}?
? {My client|The SDK} sends {role developer|developer messages}. {Is that OK|What happens|How is it treated}?
@a_prefill_message
? {How|In what way} {do I|can I|could I} {start the answer myself|prefill the reply|give the first words of the
  answer|make it continue my text|put the beginning of the answer in its mouth}?
? {What happens if|What if|Is it OK if} the {last|final} message {is from the assistant|has role assistant|is the
  assistant's}?
? {prefill|assistant prefill|prefill the answer|last message from the assistant|continue the assistant's text}?
@a_image_part
? {How|In what part|In which form} {do I|can I|should I|does one} {send|attach|pass|give|include|put} {an image|a
  picture|a photo|a screenshot|pictures}{ to a vision model| in a message| in a request|}?
? {image in a message|image_url|send an image|image part|picture input}?
? {What|Which} {content part|part type|type of part} {is for images|carries a picture|has an image|takes a photo}?
@a_audio_types
? {What|Which} {audio formats|file formats|audio files|sound files|file types} {can I send|are accepted|may I
  upload|are fine for transcription|does transcription take|work|can be transcribed}?
? {Can|May|Could} I {send|upload|transcribe|use} {an mp3|a wav|an ogg file|a flac|an m4a|a webm|an opus file|an mp4}{
  file|}?
? {audio formats|audio file types|accepted audio|sound formats}?
@a_transcript_formats
? {What|Which} {transcript formats|formats|output formats|response formats} {are there for transcripts|can
  transcription return|does transcription offer|can a transcript have|does a transcription come in}?
? {Can|May} {I get|a transcript be|I have} {plain text transcripts|a transcript as JSON|verbose_json|transcripts with
  details}?
? {transcript formats|transcription response_format|output of transcription|formats of transcripts}?
@a_batch_window
? {How long|How many days|How many hours} {can|may|does} {a batch|a batch's window|the completion window|a batch job}
  {take|be|last|run|have}?
? {What|Which} {completion_window|window} {is allowed|can I choose|is the longest|is possible|may a batch have}?
? {batch window|completion_window|batch time limit|window of a batch|duration of a batch}?
? Is {a completion_window of|a window of} {24h|3d|7d|12h|10 days|two weeks|48h} {OK|allowed|valid|too long}?
@a_batch_lines
? {How many|What number of} {lines|requests|entries} {can a batch have|may a batch file have|fit into a batch|are
  allowed in a batch|at most in one batch|does a batch take}?
? {batch size|batch limit|lines of a batch|max batch lines|number of requests in a batch}?
? {Can|May} I {put|have|send} {60,000|10,000|50,000|a million|80,000} {requests|lines} in {a|one} batch?
@a_batch_format
? {What|Which} {format|file format|file type|layout} {does a batch file have|do batches take|must a batch file be|is
  a batch in|is right for a batch file}?
? {How|In what way} {do I|should I|does one} {write|prepare|format|build|make} {a batch file|the file for a
  batch|batch requests|the input of a batch}?
? {batch file format|format of a batch|batch input|batch file}?
? Is {CSV|JSON|JSONL|XML|a text file} {right|OK|accepted} for a batch?
@a_custom_id
? {How|By what} {do I|can I|could I} {match|assign|connect|link} {results to requests|batch results with my
  requests|each result to its line|answers to batch lines}?
? {batch results out of order|matching batch results|custom_id|id of a batch line|match batch output}?
? {The results of my batch|Batch results|The output lines} {are mixed up|come in another order|are not in order}.
  {How do I match them|How do I tell which is which|Which field helps}?
@a_encoding_format
? {What|Which} {encodings|formats|encoding formats} {can embeddings have|are there for embeddings|does
  encoding_format have|can I get embeddings in|are possible for vectors}?
? {Can|May} {I get|embeddings be|I have} {base64|floats|base64 vectors|embeddings in base64}?
? {encoding_format|embedding encoding|base64 embeddings|format of embeddings}?
@a_embed_input
? {How many|What number of} {texts|inputs|strings|sentences|documents} {can I embed at once|may an embeddings request
  have|go in one embeddings request|can be embedded together|at most for embeddings}?
? {embeddings limit|inputs per embeddings request|max inputs for embeddings|embedding batch size}?
? {Can|May} I {embed|send} {1,000|3,000|2,000|5,000|500} texts in one {embeddings |}request{ for embeddings|}?
@a_rate_headers
? {How|Where|In which headers} {do I|can I|could I} {see|find|read|check|learn} {my remaining requests|what is left
  of my limit|how many requests are left|my rate limit|my remaining tokens|how close I am to the limit}?
? {rate limit headers|x-ratelimit|remaining requests|headers for limits|limits left}?
? {What|Which headers} {do x-ratelimit headers say|are x-ratelimit headers|tell what is left|report the limits}?
@a_retry_after
? {How long|How many seconds} {do I|should I|must I|must my client} {wait|pause|sleep} {before trying again|before I
  retry|after a refusal|until the next try}?
? {When|At what time} {can|may|should} {I|my client} {retry|try again|repeat the request|send it again}?
? {retry-after|retry time|wait time|when to retry|Retry-After header}?
? {Which|What} header {tells how long to wait|has the waiting time|is about retrying|says when to retry}?
@a_error_shape
? {What|How|In what form} {do|does|is|are} {errors|an error|an error body|error answers|error responses} {look
  like|come|built|structured|formatted|returned}{ in the API|}?
? {How|In what way} {do I|does my code} {parse|read|handle|decode} {an error|errors|an error body}?
? {error format|error object|shape of errors|error body|JSON of an error}?
@a_param
? {How|Where} {do I|can I|could I} {see|find|learn|tell|read} {which field is wrong|what field caused the error|the
  faulty field|which part of my request was bad}?
? {I got|There is} {an error|a 400} {but don't know which field is wrong|and want to know the field|about some
  field}. {Where is it named|What tells me|Which part names it}?
? {param|wrong field|param in an error|faulty field|which field}?
@e_400
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {invalid JSON|a field that
  does not exist|a wrong type|a typo in a field|a malformed body|a bad request}?
? {400|400?|code 400|http 400|bad request|status 400 meaning|400 bad request}{?|}
? {My JSON is broken|I sent an unknown field|I sent a string for a number}. {Which status|What status do I get|What
  code comes back}?
@e_401
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a bad key|a missing key|a
  wrong API key|no Authorization header|an invalid key|a forgotten key}?
? {401|code 401|http 401|unauthorized|status 401 meaning|401 unauthorized|invalid_api_key}{?|}
? {My key is wrong|I sent no key|I mistyped my key}. {Which status|What status do I get|What code comes back}?
@e_403
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a wrong Host header|an
  unknown host name|a host that's not allowed|an unknown Host|a domain it doesn't know}?
? {403|code 403|http 403|forbidden|status 403 meaning|403 forbidden|host_not_allowed}{?|}
? {I call it by another name|My proxy sends another Host|I use an unknown domain}. {Which status|What status do I
  get|What code comes back}?
@e_404
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a wrong path|a typo in the
  URL|an unknown model|a missing page|a route that does not exist|a nonexistent URL}?
? {404|code 404|http 404|not found|status 404 meaning|404 not found|unknown_url}{?|}
? {I mistyped the path|The URL is wrong|I called a route that isn't there}. {Which status|What status do I get|What
  code comes back}?
@e_model_not_found
? {It says|I get|I see|The error is|The client shows} {model_not_found|that my model was not found|"the model does
  not exist"|model not found}. {What do I do|What is wrong|What does it mean|How do I fix it|Why}?
? {model_not_found|model not found|unknown model error|model does not exist}{?|, what now?}
? {The server|It} {doesn't know|can't find|rejects} {my model|the model name|the model id}. {What do I do|What's
  wrong|How do I find the right id}?
@e_405
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {GET on a POST route|the wrong
  HTTP method|a wrong verb|POST where GET is needed|a wrong method|DELETE where it's not supported}?
? {405|code 405|http 405|method not allowed|status 405 meaning|405 method not allowed|method_not_allowed}{?|}
? {I sent GET to the chat route|I used the wrong method|I used PUT}. {Which status|What status do I get|What code
  comes back}?
@e_408
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a slow request|an upload that
  is too slow|a request that dribbles in|a request that takes too long to arrive|a body sent too slowly}?
? {408|code 408|http 408|request timeout|status 408 meaning|408 request timeout|request_timeout}{?|}
? {My upload is slow|My connection is very slow|The body arrives slowly}. {Which status|What status do I get|What
  code comes back}?
@e_413
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a huge body|a request that is
  too big|too many megabytes|an oversized body|a body over the limit|a giant payload}?
? {413|code 413|http 413|payload too large|status 413 meaning|413 request entity too large|request_too_large}{?|}
? {My request is huge|I sent 100 MB|My body is too big}. {Which status|What status do I get|What code comes back}?
@e_429
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {too many requests|reaching
  the rate limit|sending too much|exceeding my limit|too many calls per minute|using up my quota}?
? {429|code 429|http 429|too many requests|status 429 meaning|429 too many requests|rate_limit_exceeded}{?|}
? {I sent too many requests|I hit the rate limit|I am over my limit}. {Which status|What status do I get|What code
  comes back}?
@e_498
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {flex when it is full|a flex
  request without room|a full flex tier|no flex capacity|exceeded flex capacity}?
? {498|code 498|http 498|capacity exceeded|status 498 meaning|498 capacity exceeded|capacity_exceeded}{?|}
? {My flex request failed|There is no room for flex|The flex tier is full}. {Which status|What status do I get|What
  code comes back}?
@e_499
? {What|Which status|Which code} {is counted|stands in the metrics|do the metrics show|is recorded} {for|after}
  {clients that leave|a closed connection|a client that hangs up|clients that disconnect|a canceled request}?
? {499|code 499|http 499|status 499 meaning|499 in the metrics|499 client closed request}{?|}
? {Does|Will|Can} a client {see|get|receive} 499?
@e_500
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|after} {a bug in the server|an
  internal failure|a crash inside|a fault of the server|something broken in the server}?
? {500|code 500|http 500|internal server error|status 500 meaning|500 internal server error|internal error}{?|}
? {Is a 500 my fault|Whose fault is a 500|Did I cause the 500|Where do I look after a 500}?
@e_503
? {What|Which status|Which code} {comes|do I get|is sent|is returned} {for|with|during|while} {an overloaded server|a
  full queue|loading|shutdown|a server that is still loading|a busy server}?
? {503|code 503|http 503|service unavailable|status 503 meaning|503 service unavailable}{?|}
? {The server is overloaded|It is still loading|It is shutting down}. {Which status|What status do I get|What code
  comes back}?
@e_context
? {My prompt|My text|The conversation|My chat|The input} {is too long|exceeds the context|has too many tokens|doesn't
  fit|is over the context limit}. {Which error|What error comes|What does the server say|What code do I get}?
? {What|Which error} {comes|do I get|happens} {if|when} {the prompt is too long|I exceed the context window|prompt
  and answer don't fit|there are too many tokens}?
? {context_length_exceeded|context length exceeded|prompt too long|context error|too many tokens}{?|}
? {It|The API|The server} {says|answers|complains} {"context_length_exceeded"|that the context is exceeded|that I
  must reduce the length of the messages}. {Why|What does it mean|What is wrong}?
"""
