"""Terms of language models and their serving. The format is described in ../product.py."""

FACTS = r"""
@c_token piece of text
= A token is a piece of text, such as a word or part of a word, that a model reads or writes.
co a token | a text token | a token in a language model | one token
? What are tokens? | Is a token the same as a word? | What do you call the pieces a model reads?
? How big is a token? | What are the tokens that a model counts? | Tokens: what are they?
? What does the word token mean? | What is meant by tokens? | Describe a token in simple words.
! In simple words, what is a token? | What exactly are tokens?
! I read about tokens; what does that word mean? | What is meant by a token in language models?

@c_tokenizer tokenizer splits
= A tokenizer splits text into tokens and gives each one a number.
co a tokenizer | the tokenizer of a model | tokenization
pu a tokenizer | the tokenizer
? How does text become tokens? | What splits text into tokens? | How is text turned into token ids?
? Why does a model need a tokenizer? | How is a text split into tokens? | What is the job of a tokenizer?
? Which part cuts text into tokens?
! What job does a tokenizer have? | How does a text get split into tokens? | What's a tokenizer used for?
! Could you say what the tokenizer of a model does?

@c_gguf holds a model's weights
= GGUF is a file format that holds a model's weights, tokenizer and metadata.
co GGUF | a GGUF file | a .gguf file | the GGUF format
? What's inside a GGUF file? | What does a .gguf file contain? | What kind of file is GGUF?
? What is stored in a GGUF file? | What sort of format is GGUF? | What do I find in a GGUF file?
? What is a file ending in .gguf? | Describe GGUF. | What are .gguf files? | What does GGUF hold?
? I got a .gguf file. What is it? | How would GGUF be described?
? What are files in GGUF format?
! Could you describe what GGUF is? | What does a GGUF file hold? | What are gguf files?
! Someone sent me a .gguf file; what is that?

@c_quantization fewer bits
= Quantization stores a model's weights in fewer bits, so that it needs less memory and runs faster.
co quantization | a quantized model | quantization of a model | a 4-bit quantization
pu quantization | quantizing a model
? Why are models quantized? | Why should I use a quantized model?
? What happens when a model is quantized? | Why is Q4_K smaller than F16? | What are quantized weights?
? What does it mean to quantize a model?
! For what reason do people quantize models? | What does quantization do to a model?
! What's meant by quantized weights? | Could you tell me what a quantized model is?

@c_streaming piece by piece
= Streaming sends the answer piece by piece while it is being written.
co streaming | a streamed answer | streaming output | token streaming
pu streaming | the stream field | stream: true | the stream parameter
? What happens if I set stream to true? | Why should I stream? | What does a streamed response look like?
? What does stream do? | What changes when stream is true? | Why do chat programs stream?
? In what way does streaming work? | How does a streamed reply arrive? | What does a streamed answer mean?
! What does it mean that an answer is streamed? | What effect has setting stream to true?
! Why do chat programs use streaming? | In what way does a streamed answer arrive?

@c_tool_call asks the program
= In a tool call the model asks the program to run a function with given arguments.
co a tool call | function calling | tool calling | a function call of a model | tool use
? How do tools work? | What happens in a tool call? | What does it mean that a model calls a tool?
? How does function calling work? | Does the model run tools itself?
? Who runs the function in a tool call? | What happens when a model calls a tool?
? What do you call it when a model uses a function? | Describe tool calls.
! What do people call tool use? | How does a model call a function?
! What goes on when a model makes a tool call? | Could you describe what function calling is?

@c_context_window number of tokens
= The context window is the number of tokens that prompt and answer together may have.
co a context window | the context window of a model | context length | the context size
? What does context length mean? | Why is there a context window? | What counts toward the context window?
? Does the answer count toward the context? | What does the context window limit?
? What fits into a context window?
! What do we call the context window of a model? | Could you define context length?
! What's counted in the context window? | What does it mean for a model to have a context window?

@c_temperature how random
= Temperature sets how random the answer is: 0 takes the likeliest token, higher values vary more.
co temperature | the sampling temperature | the temperature of a model
pu temperature | the temperature field | the temperature parameter | a high temperature
pu a low temperature
? How does temperature change the answer? | What happens when I raise the temperature?
? Which setting makes answers more random? | How do I make answers less random?
? How do I make answers more creative? | What does temperature 0 mean? | What does temperature control?
! What influence does the temperature have on an answer? | What does raising the temperature change?
! Which parameter makes the output more random? | Why would somebody lower the temperature?

@c_top_p likeliest tokens, add up
= top_p draws only from the likeliest tokens whose probabilities add up to its value.
co top_p | nucleus sampling | top-p sampling | the nucleus in sampling
pu top_p | the top_p field | the top_p parameter | nucleus sampling
? How does top_p change sampling? | Which tokens does top_p keep? | What does a top_p of 0.9 mean?
? What does top_p control? | Which tokens are left with top_p 0.5? | What does a low top_p do?
! What influence does top_p have on an answer? | From which tokens does top_p draw?
! Could you describe nucleus sampling? | What's the idea behind top_p?

@c_embedding list of numbers
= An embedding is a list of numbers that stands for the meaning of a text.
co an embedding | a text embedding | an embedding vector | a sentence embedding
? What are embeddings? | What does an embedding represent? | Why are embeddings useful?
? What does an embedding model produce? | How is meaning turned into numbers?
? What do embeddings look like? | What do embeddings mean? | What is an embedding made of?
? Describe embeddings. | What do the numbers of an embedding stand for?
! What do you call an embedding? | What do embeddings stand for? | How would you define a text embedding?
! What does an embedding of a sentence consist of?

@c_kv_cache keys and values
= The KV cache keeps the keys and values of earlier tokens, so they are not computed again.
co the KV cache | a KV cache | a key-value cache | the kv cache
pu the KV cache | a KV cache
? Why is there a KV cache? | What is stored in the KV cache? | What does KV stand for?
? Why does attention need a cache? | What does the KV cache hold? | What does the KV cache save?
? What is kept in the KV cache? | Describe the KV cache in one sentence.
? Why do engines keep keys and values?
! What's kept in a KV cache? | For what reason do engines have a KV cache?
! What role does the KV cache play? | Could you describe the KV cache in a sentence?

@c_prefix_cache begin alike
= Prompts that begin alike share their beginning in the prefix cache, so it is computed only once.
co the prefix cache | prefix caching | prompt caching | prefix reuse
pu the prefix cache | prefix caching | prefix reuse
? What happens to prompts with the same beginning? | Does Peregrine reuse the start of prompts?
? Why is the second request faster? | How does Peregrine treat prompts that start the same?
? Are prompts cached? | Is the beginning of a prompt reused? | How does prefix caching help me?
? What happens if prompts share a beginning? | Describe the prefix cache.
! What does Peregrine do with prompts that share a beginning? | What's the use of prefix caching?
! How does the prefix cache help? | Could you describe prompt caching?

@c_prefill reads the whole prompt
= Prefill is the phase in which the model reads the whole prompt before it writes.
co prefill | the prefill phase | prompt processing | the prefill step
? What happens during prefill? | When is the prompt read? | Which phase comes before decoding?
? What happens before the first token? | In which phase is the prompt computed?
? What does the model do in prefill? | What is prefill in inference? | What phase reads the prompt?
? Describe prefill.
! What goes on in the prefill phase? | What does prefill mean in inference? | What's prefill about?
! How is the phase called in which the prompt is read?

@c_decode one token at a time
= Decoding is the phase in which the model writes the answer, one token at a time.
co decoding | the decode phase | decode | the decoding step
? What happens during decoding? | How is an answer written? | Which phase comes after prefill?
? How does a model generate text? | How does a language model write?
? In which phase is the answer written? | What is decoding in inference?
? How does a model write its answer, all at once? | Describe decoding. | Are tokens generated one by one?
? What does decode mean? | Are answers generated token by token? | In inference, what is decoding?
! What goes on in the decode phase? | What does decoding mean in inference?
! How are answers generated, token by token or at once? | What's the decode phase about?

@c_batching many requests at once
= Continuous batching computes many requests at once and lets new ones join at every step.
co continuous batching | batching of requests | in-flight batching
pu continuous batching | batching in the engine
? How does Peregrine serve several users at once? | How are parallel requests computed?
? Can many people use Peregrine at once? | Does Peregrine handle several requests at the same time?
? Does one request have to wait for another? | How does the server work on many requests together?
? Are several users served together? | Describe continuous batching.
? How are simultaneous requests handled? | How does batching of many users work?
? Why is batching called continuous?
! How are many users served at the same time? | What's the idea of continuous batching?
! In what way does Peregrine compute parallel requests? | What does it mean that batching is continuous?

@c_system_message how to behave
= A system message tells the model how to behave in the conversation.
co a system message | a system prompt | the system role
pu a system message | the system message | a system prompt | the system role
? What goes into a system prompt? | When do I use the system role?
? How do I tell a model how it should behave? | What should a system message say?
? Why send a system message? | What is a system prompt useful for?
? Where do I write instructions for the model's behavior? | How do I instruct a model?
? What do people write in a system message?
! In what cases is a system prompt useful? | What's the role of the system message?
! What belongs into a system message? | How do I give a model instructions on its behavior?

@c_chat_template turns messages into
= A chat template turns messages into the text that the model was trained on.
co a chat template | the chat template of a model | a Jinja chat template
pu a chat template | the chat template
? How do messages become a prompt? | What turns messages into a prompt?
? Why do models have chat templates? | How are messages put together?
? How is a prompt made from messages? | What does a chat template make?
! In what way do chat messages become text? | What's a chat template used for?
! What job does a chat template have? | Why does a model file carry a chat template?

@c_logits raw scores
= Logits are the raw scores that a model gives to every possible next token.
pu logits
? What are logits? | What is a logit? | Define logits. | Explain logits.
? What does a model put out for each token? | What does logit mean? | Tell me what logits are.
? What are raw scores of tokens called? | Can you explain what a logit is? | What do logits tell?
? Explain what logits mean. | What are the logits of a model? | I don't know what logits are.
? What is meant by logits? | Describe logits. | What are the scores before sampling called?
? How are logits defined? | Describe the logits of a model. | What do people mean by logits?
? Could you explain logits?
! Could you define logits? | What do people call logits? | What exactly are logits?
! How would you describe the logits of a model?

@c_seed random choices
= The seed fixes the random choices, so that the same request gives the same answer again.
co a seed | the seed of a request | a random seed
pu seed | the seed field | the seed parameter | a seed | a fixed seed
? What happens if I set a seed? | How do I get the same answer twice?
? How do I make answers reproducible? | Why would I send a seed? | What does seed mean?
? Which field makes answers repeatable? | Which parameter makes a request repeatable?
? How can I repeat an answer exactly? | Which field gives the same answer again?
? How do I get reproducible answers? | How can output be made reproducible?
! What's the reason to set a seed? | How can I get reproducible output?
! Which parameter gives me the same answer again? | What does giving a seed change?

@c_stop_sequence ends the answer
= A stop sequence is a text that ends the answer where it would appear.
co a stop sequence | a stop string | a stop text
pu stop | the stop field | the stop parameter | a stop sequence
? How do I end an answer at a certain text? | What happens when a stop text is found?
? How do I make the model stop at a word? | What are stop sequences?
? Which field cuts the answer at a text? | Which parameter ends an answer at a given string?
? How do I cut an answer at a word? | What is a stop sequence good for?
! How can I have the answer end at a certain string? | What do stop sequences do?
! What's a stop string good for? | Which parameter ends the output at a given text?

@c_greedy always takes the likeliest
= Greedy decoding always takes the likeliest next token.
co greedy decoding | greedy sampling | greedy search | a greedy answer
? How do I sample greedily? | What does greedy mean for a model? | Which decoding has no randomness?
? What does a greedy model pick? | Which token does greedy decoding pick?
? What does greedy generation do? | Describe greedy decoding. | How does greedy sampling choose?
! What's meant by greedy decoding? | How does greedy search choose tokens?
! Which token is chosen when decoding is greedy? | Could you describe greedy sampling?

@c_llm predicts the next token
= A large language model is a neural network that predicts the next token of a text.
co a large language model | an LLM | a language model | LLM
? What are LLMs? | How does a language model work? | What does LLM stand for?
? What does a language model do? | What does an LLM predict? | What are language models?
? How do LLMs work? | Describe language models. | Describe what an LLM does.
! What does the abbreviation LLM mean? | In simple words, what does a language model do?
! Could you describe what an LLM is? | How would you define a large language model?

@c_parameters learned during training
= Parameters are the numbers of a model that were learned during training.
? What are parameters of a model? | What is a parameter? | What are model weights?
? What does 7B parameters mean? | What are weights? | Explain the parameters of a model.
? What does it mean that a model has parameters? | Define model parameters. | What is a weight in a model?
? Tell me what model parameters are. | What is meant by model weights?
? What are the parameters of a neural network? | What are the weights of a neural network?
? Explain model weights. | What does the number of parameters mean? | Can you explain model parameters?
? What are weights of a model? | What are the numbers inside a model?
? What do people call parameters of a model? | Where do a model's weights come from?
! What do people mean by the weights of a model? | What exactly are a model's parameters?
! Could you define the parameters of a neural network?
! What are the numbers in a model called and where do they come from?

@c_inference runs a trained model
= Inference runs a trained model to get answers, without changing it.
co inference | model inference | inference in machine learning
? How does inference differ from training? | What happens in inference?
? Is inference the same as training? | Does inference change a model?
? What does it mean to run inference? | What do people call running a model? | Describe inference.
? What goes on when a model runs? | What is the word for running a model?
? What does the term inference mean? | What is different between inference and training?
? What is the difference between inference and training? | What goes on in inference?
! What's meant by inference? | In what way is inference different from training?
! What goes on during inference? | Could you define the word inference for me?

@c_prompt text that you give
= A prompt is the text that you give to a model.
co a prompt | the prompt | a prompt for a language model
? What are prompts? | What is the input of a model called? | What does prompting mean?
? What do you call what I write to a model? | What is a model's input called? | What belongs to a prompt?
? What do people call the text I send to a model? | Describe a prompt.
? What is the word for the input of a model?
! What's meant by a prompt? | What do we call the text sent to a model?
! Could you define the word prompt? | What are prompts in language models?

@c_sse over one HTTP response
= Server-sent events are lines of data that a server sends one after another over one HTTP response.
co SSE | a server-sent event | text/event-stream
? What are server-sent events? | What does SSE stand for? | How do server-sent events work?
? What is SSE used for? | Explain server-sent events. | Define server-sent events.
? What does the abbreviation SSE mean? | What do people mean by SSE? | How does SSE send data?
? In what way does SSE work?
! What do the letters SSE mean? | How would you describe server-sent events?
! Could you define server-sent events? | In what manner does SSE deliver data?

@c_api_key secret
= An API key is a secret text that tells the server who is calling.
co an API key | a bearer key | an api key | a key for an API
pu an API key
? What are API keys? | Why do I need an API key? | Why do servers ask for keys?
? What does an API key look like? | What good is an API key? | Describe API keys.
? What is a key for an API? | What are API keys for? | What are API keys used for?
! What's the reason servers want an API key? | Could you define an API key? | What are API keys good for?
! How would you describe an API key?

@c_loopback only programs on the same machine
= Loopback is the machine's own address, which only programs on the same machine can reach.
co loopback | a loopback address | localhost | the loopback interface
? What does 127.0.0.1 mean? | Who can reach localhost? | Who can reach a loopback address?
? What kind of address is 127.0.0.1? | Why can others not reach localhost?
? Can other machines reach 127.0.0.1?
! What's special about a loopback address? | Which programs can reach 127.0.0.1?
! Could you define localhost? | Can somebody else on the network reach my loopback address?

@c_rate_limit how many requests or tokens
= A rate limit says how many requests or tokens a caller may use in a given time.
co a rate limit | rate limiting | an API rate limit
pu a rate limit | rate limits
? What are rate limits? | Why are there rate limits? | What does a rate limit restrict?
? What does it mean to be rate limited? | What do RPM and TPM limit? | Describe rate limits.
? What does a limit on requests mean?
! What's meant by rate limiting? | What do rate limits restrict? | How would you describe a rate limit?
! Could you define the term rate limit?

@c_lora small set of extra weights
= A LoRA adapter is a small set of extra weights that adapts a model to a task.
co LoRA | a LoRA adapter | an adapter | a LoRA
? What are LoRA adapters? | What are adapters for? | What does LoRA do? | How does a LoRA change a model?
? What does a LoRA adapter add to a model? | What can I do with a LoRA adapter?
! What's meant by LoRA? | What do LoRA adapters do? | How would you describe an adapter for a model?
! Could you define a LoRA adapter?

@c_hallucination sounds right but is false
= A hallucination is an answer that sounds right but is false.
co a hallucination | hallucination | a hallucinated answer
? What are hallucinations? | What does it mean that a model hallucinates? | When does a model hallucinate?
? What does hallucinate mean? | What is it called when a model makes things up?
? How do you call a made-up answer? | What are hallucinations in language models?
? Do models have hallucinations?
! What do people mean when they say a model hallucinates? | What are the hallucinations of a model?
! How is it called when a model invents facts? | Could you define hallucination?

@c_transformer attention
= A transformer is a neural network that uses attention to relate tokens to each other.
co a transformer | the transformer architecture | a transformer model
? What are transformers? | How does a transformer work? | What does a transformer use?
? Which network uses attention? | What does attention do? | What makes a transformer special?
? What kind of network is a transformer? | Describe a transformer.
? What sort of neural network is a transformer? | What are transformers in AI?
? What are transformer models in machine learning?
! What's meant by a transformer? | What are transformers in machine learning?
! How would you describe a transformer network? | Could you say how transformers work?

@c_json_schema describes the fields
= A JSON Schema describes the fields and types that a JSON value must have.
co a JSON Schema | JSON Schema | a schema for JSON
pu a JSON Schema | JSON Schema
? What are JSON Schemas? | How do I describe what a JSON value looks like?
? What does a JSON Schema contain? | What does a JSON Schema describe?
? Which language describes JSON values?
! What's a JSON Schema good for? | What do JSON Schemas describe? | How would you define JSON Schema?
! Could you say what a schema for JSON is?

@c_structured_output follow a JSON Schema
= Structured output makes the model's answer follow a JSON Schema exactly.
co structured output | structured outputs | constrained decoding
pu structured output | constrained decoding
? How do I force the answer into a schema? | What does it mean that output is structured?
? Why use structured outputs? | How can an answer be made to match a schema?
? How do I get an answer that follows my schema? | How can output be guaranteed to match a schema?
? What does structured output promise?
! What's the use of structured outputs? | What does structured output guarantee?
! How can I get an answer that matches my schema? | Could you define structured output?

@c_prometheus collects metrics
= Prometheus is a program that collects metrics from servers and stores them over time.
co Prometheus | the Prometheus program | the Prometheus system
pu Prometheus
? Who reads the metrics of a server? | What kind of software is Prometheus?
? What collects metrics from servers? | Is Prometheus a database? | What does Prometheus collect?
? Describe Prometheus. | What sort of software is Prometheus?
! What sort of program is Prometheus? | What do people run Prometheus for?
! How would you describe Prometheus? | Could you say in a sentence what Prometheus is?

@c_self_hosted your own machine instead of
= Self-hosted means that software runs on your own machine instead of somebody else's.
co self-hosting | self-hosted software | a self-hosted server | self-hosted
? Why self-host a model? | What does it mean to self-host? | Where does self-hosted software run?
? Who runs a self-hosted server? | Describe self-hosting. | Where does a self-hosted model run?
! What's meant by self-hosting? | On whose machine does self-hosted software run?
! How would you define self-hosted? | Could you say what a self-hosted server is?

@c_bpe frequent pairs
= BPE builds a vocabulary by joining the most frequent pairs of symbols again and again.
co BPE | byte-pair encoding | byte pair encoding | a BPE tokenizer
? How does BPE work? | What does BPE stand for? | How is a BPE vocabulary built?
? What does byte-pair encoding do? | How does byte-pair encoding build its vocabulary?
? What does a BPE tokenizer join? | What does the abbreviation BPE mean? | In what way does BPE work?
? How does BPE make its vocabulary?
! What do the letters BPE mean? | In what way does BPE make a vocabulary?
! How would you describe byte-pair encoding? | Could you say how a BPE tokenizer is made?
"""
