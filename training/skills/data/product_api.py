"""Facts about the API: routes and the fields of requests. The format is described in ../product.py."""

FACTS = r"""
@a_chat_route chat, /openai/v1/chat/completions
= For chat, send POST /openai/v1/chat/completions.
ep chat | chat completions | a conversation | talking to a model | sending messages
? Where do I post messages? | What is the chat route? | What URL do I post a chat to?
? Which route answers a chat? | Which endpoint do I use to chat? | What's the chat completions path?
? What is the chat endpoint called? | Where do chat messages go?
! To which path do I send chat messages? | How is the chat endpoint called?
! What URL serves chat completions? | I want to send a conversation to the server. Which path do I use?

@a_models_route list the models, GET
= To list the models, send GET /openai/v1/models.
ep the list of models | listing models | the loaded models | all models
vp list the models | see which models are loaded | get the list of models
vp find out which models there are
? Which models does the server have? | Where is the list of models? | Which request lists the models?
? Which path shows the models? | Which route gives me all models? | How do I find out what is loaded?
! How can I find out what models are loaded? | Which path gives me the models?
! What do I call to get a list of models?
! I want to see all models of the server. What request do I send?

@a_embeddings_route /openai/v1/embeddings
= For embeddings, send POST /openai/v1/embeddings.
ep embeddings | embedding a text | an embedding | text embeddings | text vectors
vp get an embedding through the API | request embeddings
? Where do I get embeddings? | What is the embeddings route? | Which request makes embeddings?
? Where do I send texts to embed them? | What is the embeddings endpoint called?
? Which URL serves embeddings? | What URL makes vectors?
! To which path do I send texts to embed? | How is the embeddings endpoint called?
! What URL serves embeddings? | I want vectors for my texts. Which path do I use?

@a_transcriptions_route /openai/v1/audio/transcriptions
= For transcription, send POST /openai/v1/audio/transcriptions.
ep transcription | transcribing audio | transcriptions | speech to text | turning audio into text
vp transcribe audio through the API | transcribe a recording
? Where do I send audio to be transcribed? | What is the transcription route?
? Which request transcribes audio? | Where do I send a recording to get its text?
? What is the transcription endpoint called?
! To which path do I send a recording for transcription? | How is the transcription endpoint called?
! What URL serves speech to text? | I want the text of an audio file. Which path do I use?

@a_translations_route /openai/v1/audio/translations
= For translating audio to English, send POST /openai/v1/audio/translations.
ep audio translation | translating audio | audio translations | speech translation
vp translate audio to English through the API | translate a recording into English
? Where do I send audio to be translated? | What is the audio translation route?
? Which request translates audio? | Which language does audio translation give?
? Where do I send foreign speech? | What is the audio translation endpoint called?
? Which URL is for translating speech? | I have a recording to translate. Which path?
? To which path do I post audio for translation?
! To which path do I send a recording for translation? | How is the audio translation endpoint called?
! What URL serves translated speech? | I have foreign audio and want English text. Which path do I use?

@a_speech_route /openai/v1/audio/speech
= For speech from text, send POST /openai/v1/audio/speech.
ep text to speech | speech synthesis | speaking a text | turning text into audio | TTS
vp make speech from text | have a text read aloud
? Where do I get spoken audio? | What is the speech route? | Which request makes speech?
? Where do I send a text to hear it? | What is the speech endpoint called?
? Which path turns my text into sound? | Which path lets me hear a text?
! To which path do I send a text to be spoken? | How is the text-to-speech endpoint called?
! What URL serves speech synthesis? | I want to hear a text. Which path do I use?

@a_files_route /openai/v1/files
= For uploading a file, send POST /openai/v1/files.
ep files | uploading files | file uploads | an uploaded file
vp upload a file | send a file to the server
? Where do I upload a file? | What is the files route? | Which request uploads a file?
? Where does a file go? | What is the upload endpoint called? | Where does the file of a batch go?
? I have a file to upload. Which path?
! To which path do I upload my file? | How is the files endpoint called? | What URL takes file uploads?
! I have a file for a batch. Where does it go?

@a_batches_route /openai/v1/batches
= For batches, send POST /openai/v1/batches.
ep batches | batch jobs | creating a batch | a batch of requests | starting a batch
vp create a batch | start a batch job
? Where do I create a batch? | What is the batches route? | Which request starts a batch?
? Where do I send a new batch? | What is the batch endpoint called? | I have a batch to start. Which path?
? To which URL do I post a batch?
! To which path do I send a new batch? | How is the batch endpoint called? | What URL serves batch jobs?
! I want to start a batch. Which path do I use?

@a_responses_route /openai/v1/responses
= For the Responses API, send POST /openai/v1/responses.
ep the Responses API | responses | OpenAI's Responses API | creating a response with the Responses API
vp use the Responses API | call the Responses API
? Where is the Responses API? | What is the responses route? | Which path has the Responses API?
? What is the Responses endpoint called? | At which path is the Responses API?
? Where do I find the Responses API?
! To which path do I send a Responses API request? | How is the Responses endpoint called?
! What URL serves the Responses API? | At what path do I find the Responses API?

@a_rerank_route /openai/v1/reranking
= For reranking documents, send POST /openai/v1/reranking.
ep reranking | reranking documents | sorting documents by relevance | a reranker
vp rerank documents | score documents for a query
? Where do I rerank documents? | What is the reranking route? | Which request reranks documents?
? What is the reranking endpoint called? | Where do I send documents to be sorted?
! To which path do I send documents to be reranked? | How is the reranking endpoint called?
! What URL serves reranking? | I want to order documents by relevance. Which path do I use?

@a_required model and messages
= A chat request needs the fields model and messages.
nps the required fields of a chat request | the fields a chat request must have | the mandatory fields
nps the required fields
? Which fields are required? | What must a chat request contain? | What is the smallest chat request?
? Which fields can't I leave out? | What does a minimal request need?
? Which fields are mandatory for chat? | What must be in every chat request?
? Which fields does a request need at least? | What two fields must always be sent?
? Which fields can never be left out?
! What fields does every chat request need? | At least which fields must I send?
! What has to be in a chat request? | Which two fields can never be missing?

@a_temperature_range temperature may be from 0 to 2
= temperature may be from 0 to 2; the default is 1.
rng temperature | the temperature
def temperature
np the range of temperature | the default temperature | the default value of temperature
np the highest temperature | the maximum temperature | the allowed range for temperature
np the largest temperature I can send
? Which values may temperature have? | How high can the temperature be?
? Between what numbers is temperature? | Is a temperature of 3 allowed?
? What is temperature if I don't set it? | Can temperature be negative? | Can I send temperature 1.5?
? Up to what value can the temperature go? | Which temperature applies if I give none?
? Can I raise the temperature to 5? | Which numbers does temperature accept?
! What values does temperature accept? | Up to what number can I raise the temperature?
! What temperature is used unless I give one? | In which range does temperature have to be?

@a_top_p_range top_p may be from 0 to 1
= top_p may be from 0 to 1; the default is 1.
rng top_p | the top_p value
def top_p
np the range of top_p | the default top_p | the default value of top_p | the highest top_p
np the maximum of top_p | the allowed range for top_p | the largest top_p I can send
? Which values may top_p have? | How high can top_p be? | Between what numbers is top_p?
? Is a top_p of 2 allowed? | What is top_p if I don't set it? | Can top_p be negative?
? Can I send top_p 0.9? | Up to what value can top_p go? | Which top_p applies if I give none?
? Can I raise top_p to 2? | Which numbers does top_p accept?
! What values does top_p accept? | Up to what number can I raise top_p?
! What top_p is used unless I give one? | In which range does top_p have to be?

@a_max_completion_tokens max_completion_tokens limits
= max_completion_tokens limits how many tokens the answer may have.
pu max_completion_tokens | the field max_completion_tokens | the max_completion_tokens parameter
np the field that limits the length of an answer | the parameter for the answer's length
? How do I limit the length of an answer? | Which field limits the answer?
? How do I get shorter answers through the API? | How do I cap the output?
? Which parameter sets the maximum output length? | Which parameter caps the answer's tokens?
? How do I restrict the length of the output? | Which field limits the output?
? How can I keep answers short with a parameter?
! What parameter caps the number of tokens in an answer? | How can I restrict how long the answer gets?
! Which field should I send to limit the output? | What is max_completion_tokens used for?

@a_max_tokens older name
= max_tokens is the older name of max_completion_tokens.
pu max_tokens | the field max_tokens | the max_tokens parameter
? Can I use max_tokens? | Is max_tokens deprecated?
? How does max_tokens differ from max_completion_tokens? | Does max_tokens still work?
? Should I send max_tokens or max_completion_tokens? | What replaced max_tokens?
? How are max_tokens and max_completion_tokens different?
? What's the difference between max_tokens and max_completion_tokens?
? Is max_tokens the same as max_completion_tokens? | Are max_tokens and max_completion_tokens the same?
? May I send max_tokens? | Is sending max_tokens still fine?
! In what way are max_tokens and max_completion_tokens different? | Is max_tokens outdated?
! May I still send max_tokens? | What is the field max_tokens compared to max_completion_tokens?

@a_stop_count four stop
= A request may have up to four stop sequences.
np the maximum number of stop sequences | the limit on stop sequences | the number of stop texts allowed
np the largest number of stop strings
? How many stop sequences can I give? | How many stop strings are allowed?
? How many entries may stop have? | Can I give five stop sequences? | Is there a limit on stop sequences?
? How many stop texts can a request have? | May stop be a list? | Would eight stop strings be accepted?
? Are six stop sequences too many? | How many stop strings fit in a request?
? Up to how many stop sequences can there be? | How many stop strings may I send?
! Up to how many stop strings may I send? | What's the greatest number of stop sequences in a request?
! How many texts can I put in the stop list? | Would ten stop sequences be accepted?

@a_n how many answers
= n says how many answers to write for one request; the default is 1.
pu n | the field n | the n parameter | n: 3
np the default of n | the field for the number of answers | the field for the number of choices
? How do I get several answers to one request? | How do I get more than one choice?
? Which field sets the number of choices? | Which parameter gives me three answers? | What does n set?
? How do I ask for several answers? | I want two choices. | How can I get more than one answer?
? How do I get three choices at once?
! How can I ask for more than one answer at once? | Which parameter do I set to get several choices?
! What is the parameter n good for? | I want three choices from one request. Which field do I use?

@a_seed_used x_groq.seed
= The seed in use is in x_groq.seed, also when the request named none.
np the seed that was used | the field with the seed in use | the seed of an answer
? Where do I find the seed that was used? | Which seed was used if I sent none?
? How do I learn the seed of an answer? | Where is the seed in the response?
? Does the response tell the seed? | Where does the answer show its seed? | What is x_groq.seed?
? What does x_groq.seed hold? | I sent no seed, can I find out which one was taken?
? Which field of the response has the seed? | Where is the seed reported?
? I gave no seed. Where do I see it? | Which field shows the seed?
! In which field of the answer is the seed? | How can I find out what seed was used?
! Does an answer tell me its seed? | Where is the seed reported when I gave none?

@a_penalty_range from -2 to 2
= frequency_penalty and presence_penalty may be from -2 to 2; the default is 0.
rng frequency_penalty | presence_penalty | the penalty
def frequency_penalty | presence_penalty
np the range of frequency_penalty | the range of presence_penalty | the default of frequency_penalty
np the default of presence_penalty | the allowed range of the penalties
? Which values may frequency_penalty have? | How high can presence_penalty be?
? Between what numbers are the penalties? | Is a frequency_penalty of 3 allowed?
? Can presence_penalty be negative? | What are the limits of the penalties?
? Up to what value can a penalty go? | Which numbers does presence_penalty accept?
? What penalty applies if I give none? | Can I raise frequency_penalty to 5?
! What values does frequency_penalty accept? | In which range does presence_penalty have to be?
! Up to what number can I raise a penalty? | What penalty applies unless I give one?

@a_frequency_penalty more often
= frequency_penalty makes tokens less likely the more often they have appeared.
pu frequency_penalty | the field frequency_penalty | a frequency penalty
co a frequency penalty | frequency_penalty
? Which penalty counts how often a token appeared? | How do I punish tokens that come again and again?
? Which field makes frequent tokens less likely? | Which penalty grows with every repetition?
? Describe frequency_penalty. | What sort of penalty is frequency_penalty?
? Which penalty depends on how often a token came?
! What influence does frequency_penalty have? | Which penalty grows with the number of repetitions?
! Could you describe frequency_penalty? | What kind of penalty is frequency_penalty?

@a_presence_penalty appeared at all
= presence_penalty makes tokens less likely once they have appeared at all.
pu presence_penalty | the field presence_penalty | a presence penalty
co a presence penalty | presence_penalty
? Which penalty counts only whether a token appeared? | How do I make the model turn to new words?
? Which field makes tokens less likely after one appearance?
? Which penalty does not grow with repetitions? | Describe presence_penalty.
? What sort of penalty is presence_penalty? | Which penalty is the same after one repetition or many?
! What influence does presence_penalty have? | Which penalty is the same for one or many repetitions?
! Could you describe presence_penalty? | What kind of penalty is presence_penalty?

@a_logit_bias logit_bias adds
= logit_bias adds numbers from -100 to 100 to the logits of chosen tokens.
pu logit_bias | the field logit_bias | the logit_bias parameter | a logit bias
np the range of logit_bias
? How do I forbid a token? | How do I make a certain token more likely?
? Which field changes the logits of tokens? | Which values may logit_bias have? | How do I ban a token?
? How do I make one token less likely? | How can I change the chance of single tokens?
? How do I make a single token more likely?
! How can I make single tokens more or less likely? | Which parameter lets me ban a token?
! What influence does logit_bias have? | Could you describe logit_bias?

@a_logprobs log-probabilities
= With logprobs set to true, the answer has the log-probabilities of its tokens.
pu logprobs | the field logprobs | the logprobs parameter | logprobs: true
? How do I get log-probabilities? | Which field gives me the probabilities of tokens?
? How do I see how likely each token was? | What happens if I set logprobs to true?
? How do I get the probability of each token? | How sure was the model of its tokens?
? How do I see how sure the model is? | What do I set to get probabilities?
! How can I get the log-probability of each token? | Which parameter returns token probabilities?
! What influence does setting logprobs have?
! I want to see how sure the model was of its tokens. What do I set?

@a_top_logprobs top_logprobs, 20
= top_logprobs may be up to 20 and needs logprobs set to true.
rng top_logprobs
np the maximum of top_logprobs | the range of top_logprobs | the largest top_logprobs
np the limit of top_logprobs
? How many top_logprobs can I get? | How high can top_logprobs be? | Which values may top_logprobs have?
? What does top_logprobs need? | Is a top_logprobs of 50 allowed?
? How many alternatives per token can I get? | Can I use top_logprobs without logprobs?
? Up to what number does top_logprobs go? | Which numbers does top_logprobs accept?
? How many alternatives does top_logprobs show? | What else must be set for top_logprobs?
! Up to what number can top_logprobs go? | What values does top_logprobs accept?
! What must be set beside top_logprobs? | How many alternative tokens can top_logprobs show?

@a_response_format text, json_object, json_schema
= response_format has the types text, json_object and json_schema.
val response_format
nps the types of response_format | the values of response_format | the possible response formats
nps the kinds of response_format
? Which response formats are there? | What can I put into response_format?
? Which types does response_format have? | How can I ask for JSON?
? Which values may response_format have? | What does response_format choose between?
? What may response_format be? | What can stand in response_format?
? Which formats can I choose for an answer?
! What types can response_format have? | Which formats can I choose for the response?
! What may stand in response_format? | Between which response formats can I choose?

@a_json_object valid JSON
= With response_format json_object, the answer is valid JSON.
co JSON mode | json_object | JSON mode in the API
pu json_object | the type json_object | JSON mode
? How do I make the model answer in JSON? | How do I turn on JSON mode? | What does json_object guarantee?
? How do I get valid JSON? | How do I make sure that I get JSON? | Which setting is JSON mode?
? How can the answer be guaranteed to be JSON? | How is JSON mode turned on?
! How can I be sure that the answer is JSON? | What does JSON mode guarantee?
! Which setting turns JSON mode on? | What does the response format json_object give me?

@a_max_tools 128 tools
= A request may have up to 128 tools.
np the maximum number of tools | the limit on tools | the largest number of tools in a request
np the number of tools a request may have
? How many tools can I send? | How many tools may a request have? | How many functions can I declare?
? Can I send 200 tools? | Is there a limit on tools? | How many tools are allowed?
? Would 300 tools be accepted? | Are 150 tools too many? | How many tools fit in a request?
? How many tools at most?
! Up to how many tools may I declare? | What's the greatest number of tools in one request?
! Would 500 tools be accepted? | How many tools at most fit in a request?

@a_tool_choice none, auto, required
= tool_choice may be none, auto, required or one named function.
val tool_choice
nps the values of tool_choice | the possible tool choices | the options of tool_choice
? Which values may tool_choice have? | What can I put into tool_choice? | What is allowed for tool_choice?
? Which tool choices are there? | What can tool_choice be? | What does tool_choice accept?
? What may stand in tool_choice? | Which tool choices can I choose from? | How can I set tool_choice?
! What values does tool_choice take? | To what can I set tool_choice?
! Which settings exist for tool_choice? | Between which tool choices can I choose?

@a_tool_required required, at least one
= With tool_choice required, the model must call at least one tool.
pu tool_choice required | the tool choice required | setting tool_choice to required
? How do I force the model to call a tool? | How do I make sure that a tool is called?
? Which tool_choice forces a call? | What happens if tool_choice is required?
? What must the model do with tool_choice required? | Can I force a tool call?
? I want a tool call in any case. | How do I make the model always use a tool?
? What do I set to always get a tool call?
! How can I make the model use a tool in any case?
! What does it mean when tool_choice is set to required? | Which value of tool_choice forces a tool call?
! I always want a tool call. What do I set?

@a_tool_auto auto, decides
= With tool_choice auto, the model decides whether to call a tool.
pu tool_choice auto | the tool choice auto | setting tool_choice to auto
np the default of tool_choice when there are tools | the default tool_choice with tools
? How do I let the model decide about tools? | Which tool_choice lets the model decide?
? What happens if tool_choice is auto? | Who decides about tool calls with tool_choice auto?
? How do I leave the decision about tools to the model?
? Which value leaves it to the model whether to call a tool?
? What do I set so that the model may choose to call a tool?
! How can I leave it to the model whether it calls a tool?
! What does it mean when tool_choice is set to auto?
! Which value of tool_choice leaves the decision to the model?
! Who decides on calls when tool_choice is auto?

@a_tool_none none, no tool
= With tool_choice none, the model calls no tool.
pu tool_choice none | the tool choice none | setting tool_choice to none
? How do I keep the model from calling tools? | How do I forbid tool calls?
? Which tool_choice forbids calls? | How do I turn tools off? | What happens if tool_choice is none?
? Can I forbid tool calls? | How do I stop the model from using tools? | How do I prevent tool calls?
? I want no tool call this time. | I send tools but they must not be used.
? What do I set to get no tool call? | How is tool use ruled out?
? Which value of tool_choice means no tool calls? | Which value of tool_choice turns calls off?
! How can I prevent tool calls? | What does it mean when tool_choice is set to none?
! Which value of tool_choice rules out tool calls?
! I send tools but want no call this time. What do I set?

@a_parallel parallel_tool_calls
= Set parallel_tool_calls to false to get at most one tool call at a time.
pu parallel_tool_calls | the field parallel_tool_calls | the parallel_tool_calls parameter
? How do I get only one tool call at a time? | How do I stop parallel tool calls?
? Which field allows several tool calls at once? | How do I turn off parallel tool calls?
? Can the model call several tools at once? | I want a single tool call.
? How do I prevent several tool calls at once? | What do I set to get one tool call per answer?
? May a model call two tools together?
! How can I prevent several tool calls in one answer? | Which parameter controls parallel tool calls?
! What influence does parallel_tool_calls have? | I want a single tool call per answer. What do I set?

@a_arguments JSON string
= The arguments of a tool call are a JSON string, so parse them first.
np the type of a tool call's arguments | the format of a tool call's arguments
np the form of function arguments
? How are the arguments of a tool call given? | Are tool arguments an object or a string?
? How do I read the arguments of a tool call? | In which format are function arguments?
? What type does arguments have in a tool call? | Do I have to parse the arguments of a call?
? How do I read the arguments of a call? | How are the arguments of a function written?
? What form do a call's arguments have? | With what was the tool called?
! In what form do I get a tool call's arguments? | Is arguments a string or an object?
! How can I read what a tool was called with? | What type are the arguments of a function call?

@a_tool_result role tool
= Send the result in a message of role tool with the call's tool_call_id.
vp send back the result of a tool | return a tool result | give the model a tool's result
vp answer a tool call | report what a function returned
? Which role has a tool result? | Where does a tool's result go?
? What message do I send after a tool call? | What is tool_call_id for?
? In which message do I put the result of a function? | How do I hand a function's result back?
? Which field links the result to the call? | What role does a tool result's message have?
? How does the model see what the tool returned?
! How does the model get to see the result of a tool?
! What role should the message with a tool's result have?
! I ran the function. How do I hand its result back? | Which field links a tool result to its call?

@a_reasoning_effort how much the model thinks
= reasoning_effort sets how much the model thinks before it answers, such as low, medium or high.
val reasoning_effort
pu reasoning_effort | the field reasoning_effort | the reasoning_effort parameter
nps the values of reasoning_effort | the levels of reasoning_effort
? How do I make a model think more? | How do I make a model think less?
? Which field sets the amount of reasoning? | Which values may reasoning_effort have?
? How do I control how long the model reasons? | Which parameter controls reasoning?
? What do I set so that the model thinks longer?
! How can I control how long a model reasons? | Which parameter makes a reasoning model think less?
! What influence does reasoning_effort have? | To what can I set reasoning_effort?

@a_reasoning_format hidden, raw, parsed
= reasoning_format may be hidden, raw or parsed.
val reasoning_format
nps the values of reasoning_format | the possible reasoning formats | the options of reasoning_format
? Which values may reasoning_format have? | What can I put into reasoning_format?
? What is allowed for reasoning_format? | Which reasoning formats are there?
? How can I hide the reasoning? | How can reasoning be shown? | In which forms does reasoning come?
? How can the reasoning be formatted? | In what formats is reasoning given?
! What values does reasoning_format take? | To what can I set reasoning_format?
! Which settings exist for reasoning_format? | In which formats can the reasoning come?

@a_service_tier auto, on_demand, flex, performance
= service_tier may be auto, on_demand, flex or performance.
val service_tier
nps the service tiers | the values of service_tier | the possible service tiers
nps the options of service_tier
? Which service tiers are there? | Which values may service_tier have? | What can I put into service_tier?
? What can service_tier be? | What tiers of service does the API have? | What tiers can I choose?
? Which tiers are there to choose from? | What service tiers does it have?
! What service tiers exist? | To what can I set service_tier? | Between which tiers can I choose?
! What values does service_tier take?

@a_tier_default default service tier is on_demand
= The default service tier is on_demand.
def service_tier
np the default service tier | the default of service_tier | the service tier if I set none
np the normal service tier
? Which service tier is used by default? | What is service_tier unless I set it?
? Which tier do requests get by default? | In which tier is a request without service_tier?
? My request names no tier. Which one does it get? | What tier runs requests without service_tier?
? Which tier is used when I name none? | What tier does a normal request have?
! What service tier do I get when I name none? | Which tier applies by default?
! To what is service_tier set by default? | My request has no service_tier. In which tier does it run?

@a_flex flex tier never waits
= The flex tier never waits: when the server is full, it gets 498.
co the flex tier | service_tier flex | flex
pu the flex tier | service_tier flex | flex processing
? What happens to flex requests when the queue is full? | Does flex wait in the queue?
? Which service tier never waits? | What is special about flex?
? How does flex behave when there is no room? | Which tier fails instead of waiting?
? Describe the flex tier. | Which tier does not wait in the queue? | What is different in the flex tier?
! Which tier fails at once instead of waiting? | What does the flex service tier mean?
! How does flex behave when the server is full? | What's different about requests in the flex tier?

@a_user_field no effect on the answer
= user, metadata and store are accepted but have no effect on the answer.
pu the user field | the metadata field | the store field | metadata | store
? Does the user field change the answer? | What does Peregrine do with metadata?
? Is the store field used? | Can I send metadata? | Which fields have no effect?
? Which fields are accepted but ignored? | Is metadata ignored? | Does metadata make a difference?
? Does it matter what I send as user? | Which fields change nothing? | Does store make a difference?
? Do user and metadata matter?
! What becomes of the user field? | Does it matter what I put in metadata?
! Which request fields change nothing? | Does sending store make any difference?
"""
