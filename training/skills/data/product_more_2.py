"""More questions about terms, models, behavior and trouble. The format is described in ../product.py."""

MORE = r"""
@c_token
? {What|Which things} {do models count|are contexts measured in|does a model read|do I pay for in an API}, {tokens or
  words|if not words}?
? {A token|One token} is {what|how much text}?
? {Is|Are} {a token|tokens} {a word|a letter|a character|words|letters|syllables}?
? {What|Which unit} does {a model|an LLM} {read and write|split text into}?
@c_tokenizer
? {What|Which part|Which component} {turns text into numbers|cuts text into tokens|makes token ids|splits words into
  pieces|converts text to tokens}?
? {How|By what} {is|does} {my text|a sentence|text} {cut into tokens|become numbers|converted to token ids|get
  tokenized}?
? What happens {when text is tokenized|in tokenization}?
@c_gguf
? {I downloaded|I have|Somebody gave me|I found} {a .gguf file|a file called model.gguf|a GGUF|something ending in
  .gguf}. {What's that|What is in it|What kind of file is it|What does it hold}?
? {What|Which things} {are|is} {in|inside|stored in|part of} a {GGUF file|.gguf file|gguf}?
? GGUF {means|stands for|contains} what?
@c_quantization
? {How|In what way} {do people|can one|does one} make a model {smaller|need less memory|run on less RAM}{ and
  faster|}?
? {What|Why} does {Q4|Q8|a Q4_K_M|4-bit|an int8 model} {mean|exist}{ for a model|}?
? {Why|How come} {is|are} {the Q4 file|quantized files} {smaller|faster}?
? What {happens to|becomes of} weights in quantization?
@c_streaming
? {Why|How come} does the {answer|text} {appear word by word|come in pieces|arrive bit by bit}?
? {What|What difference} does {"stream": true|stream=true|streaming} {do|make}?
? {How|What} {does a stream deliver the answer|is it called when the answer comes in pieces}?
? {Answer in one go or|What is the opposite of a whole answer at once:} streaming?
@c_tool_call
? {How|In what way} {does|can} a model {use functions|call my function|use my tools|run a function}?
? {What|What happens} {is it called |}when a model {asks for a function|wants to use a tool|requests a function}?
? {Who|Which side} {executes|runs} {the tool|the function}, {the model or my program|me or the model}?
? {function calling|tool use|tool calls}?
@c_context_window
? {What|What is it that} {limits how much a model can read|limits prompt plus answer|bounds prompt and answer}?
? {How much|What} {fits|counts} {in|into|toward} {the context|a model's context}?
? {What does|Explain} "{context size|n_ctx|context length|128k context}"{ mean|}?
? Does {the prompt|my answer|the answer} {count|belong} to the context{ window|}?
@c_temperature
? {What|Which knob|Which parameter} {makes answers wilder|controls randomness|sets the randomness|makes the text more
  creative|decides how random it is}?
? {How|What do I set to} {do I get|get|make} {more varied answers|more creative text|less random answers|boring but
  safe answers}?
? {Low|High|Zero} temperature {means what|does what|is good for what}?
@c_top_p
? {What|Which parameter} {cuts off unlikely tokens|is nucleus sampling|keeps only the likeliest tokens by summed
  probability}?
? {What happens|What changes} {with|when I set|if I lower} top_p{ to 0.1| to 0.5|}?
? {top_p 0.9|top-p|top p|nucleus sampling} {means what|does what}?
@c_embedding
? {How|In what form} {do computers|can a program} {compare the meaning of texts|store the meaning of a text}?
? {What|Which numbers} {represents the meaning of a text|stand for a text's meaning|come out of an embedding model}?
? {A vector for a text|A text as numbers}, {what is it called|what is that}?
? {embeddings|vectors for texts|text vectors}?
@c_kv_cache
? {What|Which cache} {saves recomputing earlier tokens|holds keys and values|keeps earlier tokens' attention
  data|stores attention keys}?
? {Why|How} {are earlier tokens|is the past} not {computed again|recomputed}?
? {KV cache|kv cache|KV|key-value cache} {means what|is what|for what}?
@c_prefix_cache
? {I send|We send|All my requests have} the same {system prompt|beginning|long prefix}{ every time|}. {Is it computed
  again|Is that reused|Does it cost time each time|Does Peregrine cache it}?
? {Why|How come} is {the second|a repeated|a similar} {prompt|request} {faster|so quick}?
? {prompt caching|prefix cache|shared prefix|cached prompts}?
@c_prefill
? {What|Which phase} {comes first|happens before the first token|reads the prompt|delays the first token|processes
  the prompt}{ in inference| when a model answers|}?
? {What does|Explain} the {server|model} do {before it starts to write|while I wait for the first token|with a long
  prompt at first}?
@c_decode
? {What|Which phase} {writes the answer|follows prefill|produces the tokens|generates the text|comes after the prompt
  is read}?
? {How|In what steps} {is|does} {text|an answer|the output} {generated|come about|made|written}{, token by token|}?
? {Does a model write|Are answers written} {all at once|token by token|word by word}?
@c_batching
? {How|In what way} {can|does} {the server|Peregrine|it} {handle|serve|answer|deal with} {many users|lots of
  requests|parallel requests|several people|ten users} {at once|together|at the same time}?
? {Do|Must} {requests|users|my colleagues} {wait for each other|stand in line|wait until I am done}?
? {What if two people|What happens when many users} ask at once?
@c_system_message
? {How|Where} {do I|can I|does one} {give the model a personality|tell the model to be polite|set rules for the
  model|tell the model how to behave|set the tone|give standing instructions}?
? {What|Which message} {sets the behavior|gives the rules|comes first in a chat and gives instructions}?
? {system prompt|system message|system role}?
@c_chat_template
? {How|By what} {are|is} {messages|a list of messages|a chat|roles and messages} {turned into one text|formatted for
  the model|made into a prompt|converted to a prompt}?
? {What|Which thing} {formats the messages|puts messages into the model's format|turns roles into text}?
? {chat template|chat_template|tokenizer.chat_template|prompt template}?
@c_logits
? {What|Which numbers} {are the scores of the next tokens|come out of the last layer|does the model compute before
  sampling|are turned into probabilities}?
? {logits|logit|raw token scores} {means what|is what|, what is that}?
? {I don't get|Never heard of|I keep reading about|Help me understand|Clarify|Please define} logits.
? {In simple words|In short|Briefly}, what {are logits|is a logit}?
@c_seed
? {How|What do I send to|In what way can I} {get|make sure I get|receive} {the same answer again|identical
  answers|repeatable output|the same text each time|reproducible answers}?
? {I want|I need} {the same answer every time|repeatable results|reproducible text|to repeat an answer}. {What do I
  set|Which field|How}?
? {seed|reproducible output|fixed seed|random seed|same answer twice}?
@c_stop_sequence
? {How|What do I send to|In what way can I} {make it stop at|end the answer at|cut the answer at|stop generation at}
  {a word|"END"|a newline|a certain text|a given string}?
? {I want|I need} the {answer|output} to end {before "User:"|at a blank line|at a keyword|when a word comes}.
  {How|Which field|What do I set}?
? {stop|stop sequences|stop strings|stop words} {do what|, what for}?
@c_greedy
? {What is it called|Which method is it|What do we say} when {the likeliest token is always taken|no sampling is
  done|only the best token is chosen|there is no randomness in decoding}?
? {greedy|greedy decoding|greedy mode|argmax decoding}{?| means?}
? {How|In what way} does {greedy decoding|a greedy decoder} {work|choose|pick tokens}?
@c_llm
? {LLM|Large language model|Language model} {means what|, what is that|in simple words}?
? {What|What sort of program} {predicts the next word|is behind a chat bot|is ChatGPT technically|are these AI
  models}?
? {How|In what way} {do|does} {chat models|a language model|an LLM|AI text models} {work|function|produce text}?
@c_parameters
? {What|What exactly} {are|is meant by|do they mean by} {parameters|weights|a model's weights|the parameters of a
  model|"7B"|a billion parameters}{ in a model|}?
? {parameters|weights|model weights|model parameters} {mean what|, what are they|in simple words}?
? {What|Which numbers} {does training change|does a model learn|are stored in a model file}?
? {Explain|Define|Describe|Clarify} {parameters|weights|model weights|the weights of a model}.
@c_inference
? {What|What word} {do we call|is there for|describes} {using a trained model|running a model|getting answers from a
  model}?
? {Training or inference|Inference or training}: {what's the difference|what is inference}?
? {Does|Will} {inference|using the model|asking questions} {change|alter|teach} the model?
? {inference|model inference}{?| means?}
@c_prompt
? {What|Which word is used for what|How do we call what} {I type to a model|I send to the model|goes into a model|a
  user writes to a model}?
? {The text I write|The input to a model|What I type in}, {what is it called|how is it called}?
? {prompt|a prompt|prompts} {means what|is what}?
@c_sse
? {SSE|Server-sent events|text/event-stream|Event streams} {means what|, what is that|in simple words|is what}?
? {How|By which technique} {can|does} {a server|HTTP} {push lines one by one|send many events in one response|send
  data bit by bit}?
? {What|Please explain what} {are these lines starting with data:|server-sent events are|SSE means}.
@c_api_key
? {API key|Bearer key|Bearer token|Key for an API} {means what|is what|, what is that|in simple words}?
? {How|By what} {does|can} {a server|the server|an API} {know who calls|recognize a caller|tell callers apart}?
? {They ask me for|The tool wants|The client needs} an API key. {What is that|What's that|What does it mean}?
@c_loopback
? {127.0.0.1|localhost|Loopback|A loopback address} {means what|is what|, what is that|in simple words}?
? {Who|Which computers|Which programs} {can|could} {connect to|reach|see|talk to} {127.0.0.1|localhost|loopback|a
  service on loopback}?
? {Can|Could} {my phone|another computer|others|someone else} {open|reach|connect to} {my localhost|127.0.0.1 on my
  machine|my loopback address}?
@c_rate_limit
? {Rate limit|Rate limiting|RPM|TPM|A rate limit} {means what|is what|, what is that|in simple words}?
? {What|Which rule} {restricts how often I may call|caps requests per minute|limits tokens per day|keeps callers from
  sending too much}?
? {I am told|They say} {I'm rate limited|there is a rate limit}. {What is that|What does it mean}?
@c_lora
? {LoRA|LoRA adapter|An adapter|Low-rank adapter} {means what|is what|, what is that|in simple words}?
? {How|In what small way|With what} {can|does} one {adapt a model to a task|tune a model cheaply|specialize a model}
  {with few weights|without changing all weights|by extra weights}?
? {What|Which small file} adapts a {model|big model} to a task?
@c_hallucination
? {Hallucination|Hallucinating|A hallucinated answer} {means what|is what|, what is that|in simple words}?
? {What is it called|How do we call it|What's the word} when {a model makes something up|an AI invents facts|the
  answer sounds right but is wrong|the model tells false things|a model lies convincingly}?
? {Why do they say|I read} that {models|LLMs|AIs} hallucinate. {What is that|What does it mean}?
@c_transformer
? {Transformer|Transformers|The transformer|Attention} {means what in AI|is what kind of network|in simple words,
  please}.
? {What|Which network|Which architecture} {uses attention|relates tokens by attention|do language models use|is built
  on attention}?
? {How|In what way} does {a transformer|the transformer architecture} {work|relate tokens}?
@c_json_schema
? {JSON Schema|A JSON schema|Schema for JSON} {means what|is what|, what is that|in simple words}?
? {How|With what|In which language} {do I|can I|does one} {describe|define|specify} {the fields of a JSON object|the
  form of JSON|what JSON must look like|types in JSON}?
@c_structured_output
? {How|In what way} {do I|can I|could I} {force|make|get|guarantee|have} {the answer to match|output that matches|an
  answer that obeys|a reply that follows} {my schema|a JSON Schema|a given schema}?
? {I need|I want} {answers|output|replies} that {always follow|exactly match|never break} my schema. {How|What is
  that called|What feature is it}?
? {structured outputs|structured output|schema-constrained answers}?
@c_prometheus
? {Prometheus|The Prometheus program|This Prometheus} {means what|is what|, what is that|in simple words}?
? {What|Which program|Which tool} {gathers metrics|collects metrics over time|stores metrics of servers|do people use
  to collect metrics|scrapes servers}?
? {My admin|Our team} {uses|talks about|installed} Prometheus. {What is that|What's it for|What does it do}?
@c_self_hosted
? {Self-hosted|Self-hosting|To self-host} {means what|is what|, what is that|in simple words}?
? {What is it called|How do we call it|What's the word} when {I run software on my own machine|software is not in the
  cloud|you operate a service yourself}?
? {Cloud or self-hosted|Self-hosted or cloud}, {what's the difference|what is self-hosted}?
@c_bpe
? {BPE|Byte-pair encoding|Byte pair encoding} {means what|is what|, what is that|in simple words}?
? {How|By what method} {is|does one get} {a token vocabulary|the vocabulary of a tokenizer|a BPE vocabulary}
  {built|made|by joining pairs}?
? {Which|What} method {joins frequent pairs|merges symbol pairs|builds vocabularies from pairs}?
@p_prefix_off
? {How|In what way|With which setting|Where} {do I|can I|could I|does one} {turn off|disable|switch
  off|deactivate|get rid of|stop} {the prefix cache|prefix caching|prompt caching|prefix reuse|the reuse of prefixes}?
? {I want|I need|We need} {no prefix cache|prompts not to be reused|prompt caching off|to run without prefix
  caching}. {How|What do I set|Which setting}?
? {Is|Was} {prefix caching|the prefix cache|prompt caching} {on|active|enabled|off|switched on} {by
  default|normally|unless I change it}?
? {disable prefix cache|prefix cache off|no prompt cache|engine.prefix_cache|prefix_cache setting}?
@p_max_context
? {How|In what way|With which setting|Where} {do I|can I|could I|does one}
  {set|limit|raise|change|configure|increase|reduce} {the context length|the context window|the context|the
  conversation length|how long chats may be|the context size}{ of the server|}?
? {max_context|engine.max_context|context setting|context size setting|conversation length}?
? {I want|I need|We need} {longer chats|a bigger context|a smaller context|conversations of 16,000 tokens|more
  context}. {Which setting|What do I set|How do I configure it}?
? {What|Which} setting {is the context|controls the context|limits the tokens of a conversation|sets how many tokens
  a conversation may have}?
@p_allowed_hosts
? {How|Where|In which setting} {do I|can I|does one} {allow|add|list|permit|register} {my domain|a host name|other
  Host headers|my server's name|llm.example.com|a domain name}?
? {I call it by|I want to use|We use|The proxy sends} {a domain name|llm.example.com|our own host name|another Host
  header}. {What do I set|Which setting|How do I allow that}?
? {allowed hosts|Host header setting|allow a host name|allowed_hosts|own domain name}?
? {What|Which} setting {accepts other hosts|has the accepted host names|fixes host_not_allowed|lets me use my own
  domain}?
@p_cors
? {My browser|The web page|My web app|The frontend|Chrome} {says|shows|reports|complains about|fails with} {a CORS
  error|a blocked cross-origin request|CORS|no Access-Control-Allow-Origin}. {What do I set|Which setting helps|How
  do I fix it|What now}?
? {CORS|CORS error|allow origins|cross-origin requests|cors_origins}?
? {How|Where|In which setting} {do I|can I|could I} {allow|permit|list|let|enable} {a web page|my web app|browser
  apps|CORS|an origin|my website|cross-origin calls}{ to call the API|}?
? {What|Which} setting {allows web pages|is for browsers|permits origins|enables CORS|lists origins}?
@p_isa
? {How|With which variable|In what way} {do I|can I|could I} {force|choose|select|pick|turn off|test|avoid} {AVX2|the
  kernels|scalar code|AVX-512|the instruction set|other kernels}?
? {What|Which} {environment variable|variable} {picks|chooses|forces|sets|selects} {the kernels|the instruction
  set|AVX2|scalar kernels}?
? {force AVX2|choose kernels|kernel variable|scalar kernels|disable AVX-512|instruction set variable}?
? {I want|I need} {the scalar kernels|to run with AVX2 only|no AVX-512}. {How|Which variable|What do I set}?
@p_xdg
? {What|Which} {environment variable|variable} {moves|relocates|changes|sets} {the data|the data directory|where data
  goes|the default data directory}?
? {I want|I need} to {move the data directory|keep data elsewhere|relocate the data} {by|with|through} an environment
  variable. {Which one|Which|What is it called}?
? {data directory variable|environment variable for data|XDG_DATA_HOME|variable for the data directory}?
? {Does|Will} {it|Peregrine|the server} {use|honor|obey|read|follow} {XDG_DATA_HOME|the XDG variables}?
@p_port_zero
? {What|Which port} {does|happens with|is used with|do I get with|means} {port 0|--port 0|server.port = 0|zero as the
  port|port zero}{ do|}?
? {How|In what way} {do I|can I|could I} {get|have it use|let it take|make it choose} {any free port|a random
  port|whatever port is free|an unused port|a port automatically}?
? {I don't care which port|Any port will do|I want a free port in my tests}. {What do I set|Which number|How}?
? {port 0|port zero|free port|random port|automatic port}?
@p_telemetry
? {Does|Will|Can} {it|Peregrine|this server|the software} {phone home|send my data away|track me|spy on me|upload
  anything|contact other servers|report usage|leak my prompts|call the internet|send statistics}?
? {Is|Are} {my data|my prompts|my chats|our conversations|my messages} {private|sent
  anywhere|safe|uploaded|shared|kept local|seen by others}{ with Peregrine|}?
? {Who|Which company} {gets|sees|receives|can read} {my prompts|my data|what I write|our messages|usage data}?
? {privacy|telemetry|tracking|data collection|usage statistics}?
? {Does|Will} {anything|any data|a prompt} leave {my machine|the server|our network}?
? {Does it work|Can I run it} {offline|without internet}{ and does it send data|}?
@p_health
? {How|By which route|In what way} {do I|can I|could I|does Kubernetes} {check|test|see|tell|know|verify} {that it is
  up|whether it lives|that the process is alive|if the server is up|that the server still answers|whether it is
  running}?
? {health check|liveness|alive check|/health|liveness route}?
? {What|Which} {route|path|URL|endpoint} {is for liveness|is the health check|tells if it is alive|do I ping|can a
  load balancer ping|says that it is up}?
? {What does|What do I get from} {/health|GET /health|the health route} {say|answer|return}?
@p_ready
? {How|By which route|In what way} {do I|can I|could I|does Kubernetes} {check|test|see|tell|know|find out} {that it
  is ready|whether models are loaded|that it can answer|if loading is done|when the model is loaded|that it takes
  requests}?
? {readiness|ready check|readiness probe|/ready|readiness route}?
? {What|Which} {route|path|URL|endpoint} {is for readiness|says that models are loaded|tells if it is ready|do I poll
  until it's ready|shows that loading is over}?
? {What does|What do I get from} {/ready|GET /ready|the ready route} {say|answer|return}{ while loading| while
  draining|}?
? {When|Why} does /ready {return|give|say} 503?
@p_metrics
? {Where|At which path|Under which URL} {do I|can I|does Prometheus} {find|get|read|scrape|see|fetch} {metrics|the
  metrics|statistics|counters|performance numbers|figures about the server}?
? {metrics|monitoring|metrics route|/metrics|Prometheus endpoint|statistics}?
? {How|In what way} {do I|can I|could I|do we} {monitor|watch|observe|measure|graph} {it|Peregrine|the server|its
  load|requests per second}?
? {What|Which} {route|path|URL|endpoint} {has metrics|gives statistics|is for monitoring|is for Prometheus}?
? {I use|We use|We have} {Prometheus|Grafana}. {Where are the metrics|Which path do I scrape|What do I scrape}?
@p_probe_keys
? {Do|Does|Must|Should} {/health|/ready|/metrics|the probes|Prometheus|a health check|a readiness probe|scraping}
  {need|have|require|send|use|carry} {a key|an API key|authentication|a bearer token}?
? {Can|May} {I|Prometheus|a load balancer|Kubernetes|anyone} {call|read|fetch|scrape|use}
  {/health|/ready|/metrics|the probes} {without a key|without authentication|keyless|with no API key}?
? {Which|What} {routes|paths|endpoints} {need no key|work without a key|are open|are free of authentication|are never
  protected}?
? {Is|Are} {/metrics|/health|/ready|the probes} {protected|public|open|behind a key|locked}{ when keys are set|}?
@p_kernels
? {What|Which} {SIMD sets|instruction sets|vector instructions|CPU features|CPU extensions|kernels} {does it use|are
  supported|does it benefit from|speed it up|does it have code for|can it exploit}?
? {Does|Will|Can} {it|Peregrine|the engine} {use|support|exploit|profit from|have kernels for}
  {AVX-512|AVX2|VNNI|SIMD|AVX|vector instructions}?
? {Which|What} {CPU|processor} {makes it fast|is best|should I buy|is good for it}?
? {AVX|AVX2|AVX-512|SIMD|instruction sets|CPU features}?
@p_gguf_files
? {What|Which} {format|file format|model format|files|kind of files} {does it load|does it read|do models need|must
  my model have|can I serve|should I download|are accepted for models}?
? {Can|Does|Will} {it|Peregrine|the server} {load|read|open|serve|run|take} {safetensors|PyTorch files|ONNX|a .bin
  file|a checkpoint|GGUF|Hugging Face models}{ directly|}?
? {I have|I downloaded} {a safetensors model|a PyTorch model|an ONNX file|a checkpoint}. {Can I use it|Does it
  load|Is that the right format|Which format is needed}?
? {model format|file format of models|model files|supported model format}?
@p_gguf_versions
? {What|Which} {GGUF versions|versions of GGUF|version of GGUF|GGUF version} {does it read|are fine|are supported|can
  it load|works|do I need|must my file have}?
? {Does|Will|Can} {it|Peregrine} {load|read|support|accept|open} {GGUF v1|GGUF v2|GGUF v3|version 3 files|an old
  GGUF|GGUF version 1}?
? {GGUF version|GGUF v3|GGUF versions|supported GGUF version}?
@p_quants
? {What|Which} {quantizations|quants|quant types|weight types|tensor types|quantized formats} {does it read|work|are
  supported|can I use|can it load|does it understand|are fine}?
? {Can|Does|Will} {it|Peregrine|the server} {load|read|run|support|open|serve}
  {Q4_K_M|Q4_0|Q5_K|Q8_0|BF16|F16|Q2_K|Q3_K|MXFP4|Q6_K|F32}{ models| files|}?
? {I have|I downloaded} {a Q4_K_M file|a Q8_0 model|an F16 model|a Q5 quant|a BF16 file}. {Does it load|Will it
  work|Is that supported|Can I use it}?
? {quants|quantizations|weight formats|supported quants}?
@p_tokenizers
? {What|Which} {tokenizers|tokenizer types|kinds of tokenizers|tokenizer models} {does it have|are
  supported|work|does it implement|are built in|can it handle}?
? {Does|Will|Can} {it|Peregrine} {support|handle|have|implement|know} {SentencePiece|WordPiece|BPE|unigram
  tokenizers|BERT's tokenizer|a BPE tokenizer}?
? {tokenizers|tokenizer support|supported tokenizers|tokenizer types}?
@p_jinja
? {What|Which} {language|template language|template engine|syntax} {are chat templates in|do templates use|do I write
  a template in|does it render|is used for chat templates}?
? {Does|Can|Will} {it|Peregrine} {render|support|run|understand|interpret} {Jinja|Jinja templates|chat
  templates|Mustache|the model's template}?
? {template language|chat template language|template syntax|template engine}?
@p_sharded
? {My model|The model|It|This GGUF} {comes in|has|is split into|consists of} {several shards|three files|many
  parts|five pieces|two .gguf files}. {Which one do I give|How do I load it|What do I pass|Which file do I name}?
? {How|In what way} {do I|can I} {load|serve|open|use} {shards|a sharded GGUF|a model in parts|00001-of-00004.gguf}?
? {Must I|Do I have to} {list|name|give|pass|merge|join} all {shards|parts|files of a split model}?
? {sharded models|shards|split GGUF|model in several files}?
@p_debian
? {What|Which} {OS|operating system|Linux|platform|distribution|system} {does it need|do I need|is required|does it
  build on|is supported|should I take}{ to build it|}?
? {What|Which packages} {do I need to install|must be there|are required} {to build it|for the build|before building}?
? {Does|Can|Will} {it|Peregrine} {build on|compile on|run on|support} {Linux|Debian|Debian 12|Ubuntu|a fresh Debian}?
? {build requirements|operating system|system requirements for building|supported OS|platform}?
@p_same_seed
? {Is|Are} {the output|answers|the results|generation|its answers} {deterministic|reproducible|repeatable|identical
  with the same seed|the same each time with a seed}?
? {Do|Does|Will} {other users|load|batching|parallel requests|the cache|other requests}
  {change|affect|influence|alter} {my answer|the output|the result|what I get}?
? {I send|If I send|Suppose I send} the same {request|prompt} {with the same seed|and seed}
  {twice|again|tomorrow|under load}. {Do I get the same text|Is the answer identical|Will it be the same|Same bytes}?
? {determinism|reproducibility|deterministic output}?
@p_block
? {How many|What number of} tokens {per|in a|make up a|fit into a|belong to a|are in one} {KV block|KV cache
  block|cache block|block}?
? {What's|What is} the {block size|size of a block|KV block size}{ in tokens|}?
? {KV block size|block size|tokens per block|cache block}?
? {How big|How large} is {a block|one block|a KV block}{ of the cache|}?
@p_stop_server
? {How|In what way|With what} {do I|can I|could I|does one|should I} {stop|quit|end|exit|shut down|terminate|turn
  off|close|halt} {it|the server|Peregrine|the process}{ gracefully| cleanly| properly|}?
? {stop server|shutdown|quit|exit|graceful shutdown|stop it}?
? {What|Which} {key|signal|keys} {stops|ends|quits|terminates} {it|the server|Peregrine}?
? {What happens|What does it do} {on|after|when I send|when it gets} {SIGTERM|Ctrl-C|SIGINT}?
? {I want it|I'd like the server} to {stop|end|shut down|quit}{.|, how?}
@p_second_signal
? {What happens|What does it do} {when|if} {I press Ctrl-C twice|I hit Ctrl-C a second time|I send SIGTERM again|two
  signals come|I press Ctrl-C again|another signal comes while draining}?
? {How|In what way} {do I|can I} {end it at once|kill it immediately|skip the drain|not wait for running
  requests|force it to quit|stop it right now}?
? {It is draining|It drains|It waits for running requests|Shutdown takes too long} {and I can't wait|but I am in a
  hurry|and won't end}. {What do I do|How do I end it now|How do I force it}?
? {second signal|second Ctrl-C|force quit|immediate stop|Ctrl-C again}?
@p_queue_full
? {It says|I get|The server says|We often see|Clients get} {"the queue is full"|that the queue is full|queue full
  errors|a full queue}. {What can I do|What do I change|How do I fix it|What helps|What should I raise}?
? {queue is full|full queue|queue too short|queue overflow} {fix|, what helps|, what to change}?
? {How|In what way} {do I|can I|could I} {enlarge|lengthen|extend|grow|raise} {the queue|the queue limit|the waiting
  line}?
? {Too many|More} requests {wait|are refused|are turned away because the queue is full}. {What do I change|What can I
  do|What helps}?
@p_no_memory
? {It|The server|The model|Peregrine} {does not fit in memory|says the memory budget is too small|runs out of memory
  at start|needs more memory than there is|fails at start with a memory error|won't fit}. {What can I do|What do I
  change|How do I fix it|What helps|Which settings help}?
? {I have|My machine has|There is} {little RAM|only 8 GB|not enough memory|too little memory} {for the model|for the
  KV cache|to start}. {What can I do|What do I change|Which settings help}?
? {out of memory|memory budget exceeded|model too large for memory|not enough memory}{?|, what now?}
@p_openapi
? {Where|In which file|In what document} {do I|can I|does one} {read about|find|look up|see} {every field|all
  routes|the API reference|the API spec|all errors|every endpoint|the whole API}?
? {API reference|API docs|OpenAPI|API specification|Swagger file|openapi.yaml}?
? {Is there|Do you have} {an API reference|an OpenAPI file|a Swagger file|a specification of the API|a list of all
  routes and fields}?{ Where?| Which file?|}
? {What|Which} {file|document} {has|describes|lists|specifies} {every route|the API|all fields and errors|all
  endpoints}?
@p_config_docs
? {Where|In which file|In what document} {do I|can I|does one} {read about|find|look up|see} {every setting|all
  settings|the settings|configuration keys|what a setting does|all options of the config}?
? {settings reference|configuration docs|config reference|list of settings|settings documentation}?
? {Is there|Do you have} {a list of settings|a manual for the configuration|a page on configuration|documentation of
  the settings}?{ Where?| Which file?|}
? {What|Which} {file|page|document} {explains|lists|documents|describes} {the settings|every setting|the
  configuration|configuration keys}?
@p_request_id
? {How|By what} {do I|can I|could I} {find|trace|identify|follow|look up} {my request in the log|one request|a single
  request|a request in the logs|a certain request}?
? {What|Which} {header|response header} {has the request id|names the request|identifies a request|tells the id of a
  request}?
? {request id|x-request-id|id of the request|request tracing}?
? {I want to|I need to} {report a problem with a request|find one request in the log|quote a request's id}. {Where is
  its id|Which header|What names it}?
@p_control_tokens
? {Can|Could|May} {a user|somebody|an attacker|my users|someone} {inject|smuggle in|type|insert|write|abuse} {special
  tokens|control tokens|a fake system turn|template tokens|an end-of-turn token}?
? {What happens|What is done} {when|if} {a message contains|a user types|someone writes|the text has} {a special
  token|control tokens|the model's control tokens|an end token}?
? {Are|Is} {special tokens in messages|control tokens in prompts|typed control tokens|token injection}
  {dangerous|interpreted|a risk|a problem|possible|filtered|obeyed}?
? {token injection|special tokens in a message|control tokens in user text|prompt token injection}?
@p_several_models
? {How|In what way} {do I|can I|could I|does one} {serve|load|run|host|offer|start} {two models|several models|many
  models|three models|more than one model|multiple models} {at once|together|on one server|with one server|at the
  same time}?
? {Can|Could|Does|Will} {it|one server|Peregrine|the server} {serve|load|hold|run|host|have} {two models|several
  models|more than one model|many models}?
? {I have|We have} {two models|three GGUF files|several models}. {Can it serve them all|How do I serve both|How do I
  load them together|One server for all}?
? {several models|two models|multiple models|more than one model}?
@p_speaks
? {What|Which|Whose} API {does it speak|does it offer|is it|does it implement|does Peregrine have|does it mimic|is it
  compatible with|do clients use}?
? {Is|Is it} {the API |}{OpenAI compatible|compatible with OpenAI|compatible with Groq|like Groq's|its own API|a
  standard API}?
? {API|which API|API compatibility|protocol}?
"""
