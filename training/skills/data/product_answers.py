"""Facts about the API: streams, answers, files and errors. The format is described in ../product.py."""

FACTS = r"""
@a_done data: [DONE]
= A stream ends with the line data: [DONE].
np the end of a stream | the last line of a stream | the marker at the end of a stream
np the end marker of a stream | the final event of a chat stream
? How does a stream end? | How do I know that a stream is over? | What comes last in a stream?
? Which line ends a stream? | What does [DONE] mean? | When is a streamed answer complete?
? What does a stream finish with? | How do I tell that a stream has finished? | What terminates a stream?
? What is sent at the end of a stream? | Has the stream finished?
! How can I tell that the stream has finished? | By what line is a stream terminated?
! What's sent at the very end of a stream? | What marks that a streamed answer is complete?

@a_stream_type text/event-stream
= A stream has the content type text/event-stream.
np the content type of a stream | the media type of a streamed answer
np the content-type header of a stream | the MIME type of a stream
? Which content type does a stream have? | What content-type comes with a streamed response?
? Which MIME type is used for streaming? | In which format is a stream sent?
? Is a stream sent as server-sent events?
! What media type is a stream sent with? | Which content-type header do streamed answers carry?
! As which MIME type are streams delivered? | What is in the content-type header when I stream?

@a_include_usage stream_options.include_usage
= Set stream_options.include_usage to true to get a chunk with the usage.
pu stream_options | include_usage | the field stream_options | stream_options.include_usage
vp get the usage of a stream | see the token counts of a stream | get usage while streaming
vp count tokens in a streamed answer
? Which option adds usage to a stream? | Where is the usage of a streamed answer?
? Which field makes a stream report its tokens? | How does a stream report usage?
? I stream. How do I count tokens?
! How can I have a stream tell its token usage? | Which field makes the stream report usage?
! What influence does include_usage have? | I stream answers and want token counts. What do I set?

@a_delta delta
= The new text of a chunk is in choices[0].delta.content.
np the place of the text in a chunk | the field with the text of a chunk | the path to a chunk's text
? Where is the text in a stream chunk? | Which field of a chunk has the text?
? How do I read the text of a chunk? | What is delta? | What does delta mean in a stream?
? Where do I find the new text while streaming? | What does delta.content hold? | How do I print a stream?
? Which part of a chunk do I print? | Where in a chunk is the content?
? Where do I take the text from while streaming? | Where does a chunk carry its text?
! In which field does a chunk carry its text? | How can I get at the text of a streamed chunk?
! What's in the delta of a chunk? | While streaming, from where do I take the new text?

@a_keepalive 15 seconds
= While nothing comes, a stream sends a comment line every 15 seconds.
np the keep-alive interval | the interval of keep-alive comments
np the time between keep-alives in a stream
? How does a stream stay alive? | What is sent while a stream waits?
? How often does a stream send a keep-alive? | Why are there comment lines in a stream?
? What happens in a stream when no token comes? | How does Peregrine keep a quiet stream open?
? Does a stream send keep-alives? | How often do comments come in a quiet stream?
? What does the server send while it has nothing to send? | How many seconds are between keep-alives?
? Why does a silent stream not time out?
! Every how many seconds comes a keep-alive?
! What does the server send in a stream while it has nothing to say?
! How often do comment lines appear in a silent stream?
! How does Peregrine prevent a quiet stream from timing out?

@a_cancel cancels the generation
= Closing the connection cancels the generation.
vp cancel a request | stop an answer that is being written | cancel a stream | abort a generation
vp interrupt an answer
? What happens if I close the connection? | What happens when the client disconnects?
? Does the server stop when I disconnect? | Does a closed connection waste compute?
? What if my client leaves in the middle of an answer? | How do I abort an answer?
? Does generation go on after I disconnect? | What does disconnecting do?
? The client has left. Does the server go on? | How do I interrupt a running request?
? Does hanging up end the generation? | I don't want the answer any more.
? How can I interrupt a running answer?
! How can I abort an answer in the middle? | Does Peregrine go on generating after the client has left?
! What does disconnecting do to a running request? | I no longer want the answer. How can I interrupt it?

@a_stream_error event: error
= An error after a stream has begun arrives as event: error.
? How are errors sent in a stream? | What happens if an error comes during a stream?
? How does an error look in a stream? | What if the generation fails in the middle of a stream?
? How do I notice an error while streaming? | Which event carries an error in a stream?
? What does event: error mean? | How does a stream report a failure?
? Where do errors go once streaming has begun? | What if something breaks after the stream started?
? How do I see that a stream has failed? | An error happened in the stream, how is it told?
? How is a failure reported in the middle of a stream? | In what form do stream errors arrive?
? Which event name do errors have in a stream? | How does a client detect an error in a stream?
? The stream went wrong. How do I see that?
! In what form does an error arrive in the middle of a stream?
! How can a client detect that a stream went wrong?
! Once a stream has started, how are failures reported? | Which event name do stream errors have?

@a_finish_reasons stop, length, tool_calls
= finish_reason is stop, length or tool_calls.
val finish_reason
nps the values of finish_reason | the finish reasons | the possible finish reasons
? Which finish reasons are there? | Which values may finish_reason have? | What can finish_reason be?
? Which reasons can an answer end for? | What does finish_reason contain?
? What kinds of finish_reason exist? | What may finish_reason be? | What can stand in finish_reason?
! What values does finish_reason take? | For which reasons can an answer end?
! Which finish reasons can I get? | What may stand in finish_reason?

@a_finish_length length, token limit
= finish_reason length means that the answer was cut off at the token limit.
er finish_reason length | the finish reason length | finish_reason: length
? Why was my answer cut off? | Why does the answer end in the middle of a sentence?
? When is finish_reason length? | My answer is incomplete. Why?
? Which finish_reason means that the answer was cut off?
? Which finish reason means the token limit was hit? | The answer stops too early. Why?
? How do I see that an answer was cut off? | The answer was cut in the middle.
? Which finish reason does an answer have that is too long?
! The answer stops in the middle. What happened? | finish_reason is length. What does that tell me?
! How do I recognize an answer that was cut off? | Which finish reason tells that the token limit was hit?

@a_finish_stop stop, ended by itself
= finish_reason stop means that the answer ended by itself or at a stop sequence.
er finish_reason stop | the finish reason stop | finish_reason: stop
? When is finish_reason stop? | Which finish_reason means that the answer is complete?
? How do I know that an answer is complete? | What is the finish_reason of a normal answer?
? Which finish reason does a finished answer have? | How do I see that the answer ended normally?
? What is the finish reason of a complete answer? | Did the answer end normally?
! finish_reason is stop. What does that tell me? | How do I recognize an answer that ended normally?
! Which finish reason does a complete answer have? | In what case do I see the finish reason stop?

@a_finish_tools tool_calls, called a tool
= finish_reason tool_calls means that the model called a tool.
er finish_reason tool_calls | the finish reason tool_calls | finish_reason: tool_calls
? When is finish_reason tool_calls? | Which finish_reason means that a tool was called?
? How do I know that the model called a tool? | What is the finish_reason after a tool call?
? Which finish reason does a tool call have? | How do I see that a tool should be run?
? What is the finish reason if the model wants a tool? | How do I see that the answer has tool calls?
! finish_reason is tool_calls. What does that tell me? | How do I recognize that a tool should be run?
! Which finish reason does an answer with tool calls have?
! In what case do I see the finish reason tool_calls?

@a_usage prompt_tokens, completion_tokens, total_tokens
= usage counts prompt_tokens, completion_tokens and total_tokens.
nps the token counts in usage | the fields of usage | the counters in usage
pu usage | the usage field | the usage object
? Where are the token counts? | How many tokens did my request use?
? How do I see how many tokens were used? | What is in usage? | Which field has the token counts?
? Where do I read how many tokens it took? | Which counts are in usage? | How many tokens did it take?
? What does usage count?
! Where can I read how many tokens a request took? | Which counts does usage hold?
! What do I find in the usage object? | How can I see the number of tokens used?

@a_cached_tokens cached_tokens
= usage.prompt_tokens_details.cached_tokens says how many prompt tokens were cached.
pu cached_tokens | the field cached_tokens | prompt_tokens_details
np the number of cached tokens | the field for cached tokens | the count of cached prompt tokens
? How do I see whether the cache was used? | Where are the cached tokens counted?
? How many tokens came from the cache? | How do I know that a prompt was cached?
? Which field counts cached tokens? | Where are cache hits reported?
? Which field reports that the cache was used? | Where do I see how much of the prompt was cached?
? How many prompt tokens were reused? | Where does a response report cached tokens?
? Which field shows reuse of the prefix? | Where are hits of the cache?
! How can I tell how much of my prompt was cached? | Where does the answer report cache hits?
! Which field reports reuse of the prefix cache? | In which place do I see the cached part of a prompt?

@a_fingerprint system_fingerprint names
= system_fingerprint names the build and weights that gave the answer.
pu system_fingerprint | the field system_fingerprint | the system fingerprint
? How do I know which build gave an answer? | Which field changes when the model changes?
? When does system_fingerprint change? | How do I notice that the weights have changed?
? What does a fingerprint starting with fp_ mean? | Which field begins with fp_?
? Which field tells about build and weights? | How do I see whether the build is the same?
? Which field tells me that the server's build changed? | What can the fingerprint tell me?
? How do I understand the system fingerprint?
! What can I read from system_fingerprint? | Which field tells me whether build and weights are the same?
! How is the system_fingerprint to be understood? | How can I see that the server's build has changed?

@a_completion_id chatcmpl-
= The id of a chat completion begins with chatcmpl-.
np the prefix of a completion's id | the beginning of a chat completion's id
np the shape of a chat completion id | the start of a completion id
? What does the id of a completion look like? | How do chat completion ids begin?
? With what does a completion's id start? | Which prefix has a chat completion id? | What is chatcmpl-?
? Which ids start with chatcmpl-?
! With which letters does a chat completion's id begin? | What do ids of completions start with?
! How can I recognize the id of a chat completion? | What prefix do completion ids have?

@a_roles system, user, assistant, tool
= Messages have the role system, developer, user, assistant or tool.
val role
nps the roles of messages | the message roles | the possible roles | the roles in a chat
nps the values of role
? Which roles are there? | Which roles can a message have? | What can role be?
? Which role values are allowed? | Who can a message be from? | Which values can the role field have?
? What can I put in the role field?
! What roles may messages have? | Which values does the role field take?
! To what can I set the role of a message? | Between which roles can I choose for a message?

@a_developer developer is the same
= The role developer is the same as the role system.
co the developer role | the role developer | a developer message
pu the developer role | a developer message
? Is developer the same as system? | What is the difference between developer and system?
? Can I use the developer role? | How is a developer message treated? | Which role is the same as system?
? How do developer and system differ? | Does developer differ from system?
? Are developer and system messages the same? | What happens to developer messages?
? What does the server do with the developer role?
! Does the developer role differ from the system role? | What does Peregrine do with developer messages?
! How do the roles developer and system differ?
! Is there any difference between a developer and a system message?

@a_prefill_message text is continued
= If the last message is the assistant's, its text is continued.
? What if the last message is from the assistant? | How do I make the model continue its own text?
? How do I prefill an answer? | Can I give the beginning of the answer?
? What happens if I end with an assistant message? | How do I start the answer for the model?
? Can the last message be the assistant's? | How do I prefill the assistant's message?
? How do I let the model go on with a text that I began? | Can I put words in the assistant's mouth?
? What does a final assistant message do? | Can I prefill a response?
? How do I force the first words of an answer? | How do I have the model continue my beginning?
? I want to start the answer myself. | How can I write the first words of an answer?
? Who continues a text that the assistant began?
! What happens when the conversation ends with an assistant message?
! How can I have the model continue an answer that I started?
! Is it possible to write the first words of the answer myself?
! What does Peregrine do if the assistant spoke last?

@a_image_part image_url
= An image goes in a content part of type image_url.
np the content part for images | the type of an image part | the message part for a picture
? How are images sent? | How does the API take an image? | Which content part is for images?
? What does an image message look like in the API? | How is a picture put into a message?
? What is image_url? | In which part of a message does an image go? | Which type has an image part?
? Which part type is for pictures? | What part type do images have in the API?
? In what part of the message is a picture?
! What content type part holds an image? | In what kind of part does a picture go?
! How is an image written in a message of the API? | Which part type does the API have for pictures?

@a_audio_types flac, mp3, wav
= Audio files may be flac, mp3, mp4, mpeg, mpga, m4a, ogg, opus, wav or webm.
nps the audio formats | the audio file types | the formats for transcription | the allowed audio formats
? Which audio files can I send? | Which audio formats are accepted? | Can I transcribe an mp3?
? Can I send a wav file? | Is ogg accepted? | What kinds of audio files are accepted for transcription?
? Can I upload m4a? | What file types can be transcribed? | May a recording be flac? | Is mp3 fine?
? In which file formats may a recording be? | Is webm audio accepted?
! What file types may a recording have? | Which formats of audio can be transcribed?
! Is flac fine for transcription? | In which formats may audio be?

@a_transcript_formats json, text, verbose_json
= Transcripts come as json, text or verbose_json.
nps the formats of a transcript | the response formats of transcriptions
nps the output formats of transcription
? Which formats can a transcript have? | What response_format does transcription take?
? What can a transcript come as? | How can I get a transcript as plain text?
? Which response formats are there for audio? | In which formats do I get transcripts?
? What formats do transcripts have? | Which response_format can a transcription have?
? Are transcripts available as text? | Which output formats does transcription have?
? What response_format may a transcription have? | What output can a transcription have?
! In what formats are transcripts available? | Which output formats can I choose for a transcription?
! As what can the API return a transcript? | What may response_format be for transcriptions?

@a_batch_window 24h to 7d
= A batch's completion_window may be from 24h to 7d.
val completion_window
np the completion window of a batch | the range of completion_window | the time limit of a batch
np the longest completion_window
? How long may a batch take? | Which values may completion_window have? | What can completion_window be?
? How many days may a batch run? | How much time does a batch have? | What is completion_window?
? How long can the window of a batch be? | Within what time is a batch finished?
? Which completion_window is the longest? | When will a batch be done at the latest?
! What values does completion_window take? | Within what time is a batch done?
! How long can a batch's window be? | What's the shortest and the longest window for a batch?

@a_batch_lines lines ~ 50,000, 50000
= A batch file may have up to 50,000 lines.
np the maximum number of lines in a batch file | the limit on requests in a batch
np the largest size of a batch in lines
? How many lines may a batch file have? | How many requests can a batch have?
? How many requests fit in one batch? | Is there a limit on batch lines? | How large can a batch be?
? How many lines are allowed in a batch file? | Up to how many lines does a batch have?
? Are 100,000 requests too many for a batch? | How many requests may a batch hold?
! Up to how many requests may a batch hold? | What's the greatest number of lines in a batch file?
! How many requests can I put in one batch? | At how many lines is a batch file too long?

@a_batch_format JSONL
= A batch file is JSONL: one JSON request per line.
np the format of a batch file | the file format for batches | the type of a batch input file
? What does a batch file look like? | Which format does a batch file have? | How do I write a batch file?
? Is a batch file CSV or JSONL? | What goes on each line of a batch file?
? Which file type do batches need? | How are requests written in a batch file?
? In which format are a batch's requests? | How is a batch file formatted? | What kind of file is a batch?
? What stands on a line of a batch? | How should the file for a batch look?
! In what format are the requests of a batch? | What kind of file does a batch need?
! How should my batch file be formatted? | What has to stand on a line of a batch file?

@a_custom_id custom_id
= custom_id tells which request of a batch a result belongs to.
pu custom_id | the field custom_id | the custom_id of a batch line
? How do I match batch results with requests? | Which field links a batch result to its request?
? Why does every batch line need a custom_id? | How do I find my request in the batch output?
? Which id do I give each batch line? | Are batch results in order?
? Which result belongs to which request in a batch? | How do I tell batch results apart?
? What is custom_id about in a batch?
! How can I tell which batch result is for which request? | What is the use of the custom_id in a batch?
! By which field do I match the output of a batch? | What's custom_id about?

@a_encoding_format float or base64
= encoding_format may be float or base64; the default is float.
val encoding_format
nps the values of encoding_format | the encodings of embeddings
np the default encoding_format | the encoding of an embedding | the default format of embeddings
? Which values may encoding_format have? | How are embeddings encoded? | Can embeddings be base64?
? What can encoding_format be? | Which encodings can an embedding have?
? Which formats can embeddings have? | Can I get embeddings in base64?
? Is base64 possible for embeddings? | Are base64 embeddings available?
! What values does encoding_format take? | To what can I set encoding_format?
! In which encodings can I get embeddings? | Are embeddings available as base64?

@a_embed_input inputs ~ 2048, 2,048
= One embeddings request may have up to 2048 inputs.
np the maximum number of inputs for embeddings | the limit on texts in an embeddings request
np the largest number of texts to embed at once
? How many texts can I embed at once? | How many inputs may an embeddings request have?
? Can I embed several texts in one request? | How many inputs are allowed for embeddings?
? Is there a limit on inputs for embeddings? | Up to how many texts can be embedded together?
? How many strings can I embed? | How many strings may an embeddings input have?
! Up to how many texts may I embed in a request? | What's the greatest number of inputs for embeddings?
! How many strings can the input of an embeddings request hold?
! At how many texts is an embeddings request too long?

@a_rate_headers x-ratelimit
= The x-ratelimit headers tell how many requests and tokens are left.
pu the x-ratelimit headers | x-ratelimit-remaining-requests | x-ratelimit-remaining-tokens
pu the rate limit headers
nps the headers about rate limits
? Which headers tell my rate limit? | How do I see how many requests are left?
? Where do I see my remaining tokens? | How do I know my limits?
? Where are my remaining requests reported? | How do I find out how many tokens I have left today?
? How many requests do I have left?
! In which headers can I read what is left of my limit? | How can I find out how many tokens I have left?
! What do headers beginning with x-ratelimit say? | Where does the server report remaining requests?

@a_retry_after how many seconds
= retry-after says how many seconds to wait before trying again.
pu retry-after | the retry-after header | the header retry-after
np the header that tells when to try again
? How long should I wait before trying again? | When can I try again after a 503?
? Which header says how long to wait? | What does the number in retry-after mean?
? When should I repeat a refused request? | How do I know when to try again? | When may I try again?
! For how long do I wait before I repeat a request? | What does the retry-after header tell a client?
! Which header tells me when to retry? | How do I know when I may try again?

@a_error_shape error, message, type
= An error is a JSON object error with message and type, and often code and param.
np the shape of an error | the format of errors | the form of error answers | the error object
? What does an error look like? | How are errors written? | Which fields does an error have?
? In which format do errors come? | What is in an error body? | How do I read an error?
? In what form are errors? | How does the API report an error?
? In which form do I get errors from the API?
! What fields are in an error answer? | How is the body of an error built?
! In what form does the API report errors? | Which parts does an error object have?

@a_param names the wrong field
= param names the wrong field of the request, such as messages[1].content.
pu param | the param of an error | the field param in an error
? How do I know which field was wrong? | Which part of an error names the field?
? Where does an error say what was wrong with my request? | What does param tell in an error?
? Which field did I get wrong? | How do I find the field that caused an error?
? Where does an error name the faulty field? | Which field is faulty?
? Which part of an error tells me the field? | What does the error's param say?
! How can I tell which field the server did not like? | What can I read from param in an error?
! Where does the error tell me the faulty field? | What's the meaning of param in error bodies?

@e_400 400, malformed
= 400 means that the request is malformed or has a wrong or unknown field.
er 400 | a 400 error | status 400 | HTTP 400 | error 400 | a 400 response | a Bad Request error
? Which status do I get for malformed JSON? | Which status do I get for an unknown field?
? What if my request has a wrong field? | What is the error for a bad request?
? Which error comes for a wrong value? | What did I do to get 400? | Code 400? | Bad Request, why?
? What have I done wrong with 400? | Error code 400 came back.
? Which code says that the request is malformed?
! I see error code 400. What did I do wrong? | Which status tells that my request was malformed?
! What's the reason for a Bad Request? | The server says 400. Why?

@e_401 401, key
= 401 means that the API key is missing or wrong.
er 401 | a 401 error | status 401 | HTTP 401 | error 401 | a 401 response | invalid_api_key
er an Unauthorized error
? Which status do I get for a wrong key? | Which error comes without an API key?
? What if my API key is wrong? | What if I forget the key? | What is the error for a bad API key?
? What did I do to get 401? | Code 401? | Unauthorized, why? | What have I done wrong with 401?
? Error code 401 came back. | Which code says that the key is not valid?
! I see error code 401. What did I do wrong? | Which status tells that my API key is not valid?
! What's the reason for invalid_api_key? | The server says 401. Why?

@e_403 403, Host
= 403 means that the Host header names a host that the server does not know.
er 403 | a 403 error | status 403 | HTTP 403 | error 403 | a 403 response | host_not_allowed
er a Forbidden error
? Which status do I get for an unknown Host header? | What if the Host header is wrong?
? Which error comes for a host name that is not allowed? | What is the error for an unknown host?
? What did I do to get 403? | Code 403? | Forbidden, why? | What have I done wrong with 403?
? Error code 403 came back. | Which code says that the host is not known?
! I see error code 403. What did I do wrong? | Which status tells that my host name is not known?
! What's the reason for host_not_allowed? | The server says 403. Why?

@e_404 404, does not exist
= 404 means that the model or the URL does not exist.
er 404 | a 404 error | status 404 | HTTP 404 | error 404 | a 404 response | a Not Found error
er unknown_url
? Which status do I get for an unknown model? | Which error comes for a wrong URL?
? What if the route does not exist? | What if I mistype the URL? | What is the error for an unknown path?
? What did I do to get 404? | Code 404? | Not Found, why? | What have I done wrong with 404?
? Error code 404 came back. | Which code says that the URL is unknown?
! I see error code 404. What did I do wrong? | Which status tells that a URL is unknown?
! What's the reason for a Not Found? | The server says 404. Why?

@e_model_not_found no model with that id
= model_not_found means that there is no model with that id; list them with GET /openai/v1/models.
er model_not_found | the error model_not_found | the code model_not_found
? My model is not found, what do I do? | Why does the server not know my model?
? It says that the model does not exist. | What if I get the model's name wrong?
? The model does not exist or I have no access to it, it says.
? My model does not exist, the server claims. | How do I get rid of model_not_found?
? How do I solve model_not_found? | What now, my model was not found?
! Why do I see model_not_found? | The server claims my model does not exist. What now?
! What's behind the error code model_not_found? | How do I fix model_not_found?

@e_405 405, method
= 405 means that the route exists but not with this method.
er 405 | a 405 error | status 405 | HTTP 405 | error 405 | a 405 response | method_not_allowed
er a Method Not Allowed error
? Which status do I get for a wrong method? | What if I send GET instead of POST?
? Which error comes for the wrong HTTP method? | What is the error for a wrong method?
? What did I do to get 405? | Code 405? | Method Not Allowed, why? | What have I done wrong with 405?
? Error code 405 came back. | Which code says that the method is wrong?
! I see error code 405. What did I do wrong? | Which status tells that I used the wrong HTTP method?
! What's the reason for method_not_allowed? | The server says 405. Why?

@e_408 408, too slowly
= 408 means that the request arrived too slowly.
er 408 | a 408 error | status 408 | HTTP 408 | error 408 | a 408 response | request_timeout
er a Request Timeout error
? Which status do I get if my request is too slow? | What if my request arrives too slowly?
? Which error comes for a slow upload? | What is the error for a request that times out?
? What did I do to get 408? | Code 408? | Request Timeout, why? | What have I done wrong with 408?
? Error code 408 came back. | Which code says that my request took too long?
! I see error code 408. What did I do wrong? | Which status tells that my request took too long to arrive?
! What's the reason for request_timeout? | The server says 408. Why?

@e_413 413, too large
= 413 means that the request body is too large.
er 413 | a 413 error | status 413 | HTTP 413 | error 413 | a 413 response | request_too_large
er a Request Entity Too Large error
? Which status do I get if my request is too large? | What if I send too much data?
? Which error comes for a big body? | What is the error for a body over the limit?
? What did I do to get 413? | Code 413? | Request Entity Too Large, why?
? What have I done wrong with 413? | Error code 413 came back.
? Which code says that the request is too big?
! I see error code 413. What did I do wrong? | Which status tells that my request is too big?
! What's the reason for request_too_large? | The server says 413. Why?

@e_429 429, rate limit
= 429 means that a rate limit was reached; wait and try again.
er 429 | a 429 error | status 429 | HTTP 429 | error 429 | a 429 response | rate_limit_exceeded
er a Too Many Requests error
? Which status do I get for too many requests? | What if I send too many requests?
? Which error comes when I reach my rate limit? | What is the error for a rate limit?
? What did I do to get 429? | Code 429? | Too Many Requests, why? | What have I done wrong with 429?
? Error code 429 came back. | Which code says that I sent too much?
! I see error code 429. What did I do wrong? | Which status tells that I sent too many requests?
! What's the reason for rate_limit_exceeded? | The server says 429. Why?

@e_498 498, flex tier has no room
= 498 means that the flex tier has no room right now.
er 498 | a 498 error | status 498 | HTTP 498 | error 498 | a 498 response | capacity_exceeded
? Which status do I get when flex is full? | What if the flex tier is full?
? Which error comes when a flex request would have to wait? | What is the error for a full flex tier?
? Which status means flex capacity exceeded? | What did I do to get 498? | Code 498?
? capacity_exceeded, why? | What have I done wrong with 498? | Error code 498 came back.
? Which code says that flex is full?
! I see error code 498. What did I do wrong? | Which status tells that there is no flex capacity?
! What's the reason for capacity_exceeded? | The server says 498. Why?

@e_499 499, client
= 499 means that the client left before the answer; it appears in the metrics only.
er 499 | a 499 error | status 499 | HTTP 499 | error 499 | a 499 in the metrics
? Which status is counted when a client leaves? | What is counted when the client disconnects?
? Which status stands for a client that left? | What if the metrics show 499?
? Which status do the metrics have for closed connections? | Code 499? | Why are there 499 in the metrics?
? What is counted as 499? | Clients hang up. Which code is counted?
? Which status do clients have that have left? | Which code stands for a gone client?
! I see 499 in my metrics. What does that tell me? | Which status shows that clients have gone away?
! My metrics count some 499. Why? | What is the status of a client that hung up?

@e_500 500, inside the server
= 500 means that something failed inside the server; its log has the reason.
er 500 | a 500 error | status 500 | HTTP 500 | error 500 | a 500 response | an Internal Server Error
? Which status do I get for a fault of the server? | What if the server has a bug?
? Which error is the server's own fault? | Where do I find the reason for a 500?
? What happened if I get 500? | Code 500? | Internal Server Error, why? | What has gone wrong with 500?
? Error code 500 came back. | Which code says that the server itself has failed?
! I see error code 500. What happened? | Which status tells that the server itself failed?
! What's the reason for an Internal Server Error? | The server says 500. Why?

@e_503 503, queue
= 503 means that the queue is full or the server is loading or shutting down.
er 503 | a 503 error | status 503 | HTTP 503 | error 503 | a 503 response | a Service Unavailable error
? Which status do I get while models are loading? | Which status do I get when the queue is full?
? What if the server is shutting down? | Which error comes when the server is too busy?
? Which status tells that the server is unavailable? | What happened if I get 503? | Code 503?
? Service Unavailable, why? | What has gone wrong with 503? | Error code 503 came back.
? Which code does an overloaded server send?
! I see error code 503. What happened? | Which status do overloaded servers send?
! What's the reason for Service Unavailable? | The server says 503. Why?

@e_context prompt and answer do not fit
= context_length_exceeded means that prompt and answer do not fit the context window.
er context_length_exceeded | the error context_length_exceeded | the code context_length_exceeded
er a context length error
? What if my prompt is too long? | Which error comes for a prompt that is too long?
? It says to reduce the length of the messages. Why? | My conversation is too long for the model.
? Which error code tells that the context is full? | My prompt is longer than the context window.
? The server says that my messages are too long. | My messages are too long. What does the server say?
? What happens when the prompt exceeds the window?
! Why do I see context_length_exceeded? | What happens if a prompt is longer than the context window?
! What's behind the code context_length_exceeded?
! The server complains about the length of my messages. Why?
"""
