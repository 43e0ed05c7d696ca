// What goes over the wire, as docs/openapi.yaml describes it; only what the page uses.

export interface Model {
  id: string;
  created: number;
  active: boolean;
  context_window: number;
  max_completion_tokens: number;
}

export interface ModelState {
  id: string;
  kind: 'text' | 'speech';
  state: 'available' | 'loading' | 'loaded' | 'failed';
  progress?: number;
  error?: string;
}

export interface FunctionCall {
  name: string;
  arguments: string;
}

export interface ToolCall {
  id: string;
  type: 'function';
  function: FunctionCall;
}

export interface ToolDeclaration {
  type: 'function';
  function: { name: string; description?: string; parameters?: unknown };
}

export type Message =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string | null; reasoning?: string; tool_calls?: ToolCall[] }
  | { role: 'tool'; content: string; tool_call_id: string };

export type ResponseFormat =
  | { type: 'text' | 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; schema: unknown } }
  | { type: 'regex'; pattern: string }
  | { type: 'choice'; choices: string[] };

export interface ChatRequest {
  model: string;
  messages: Message[];
  stream?: boolean;
  stream_options?: { include_usage: boolean };
  temperature?: number;
  top_p?: number;
  max_completion_tokens?: number;
  n?: number;
  seed?: number;
  stop?: string[];
  frequency_penalty?: number;
  presence_penalty?: number;
  logit_bias?: Record<string, number>;
  logprobs?: boolean;
  top_logprobs?: number;
  response_format?: ResponseFormat;
  tools?: ToolDeclaration[];
  tool_choice?: 'none' | 'auto' | 'required';
  parallel_tool_calls?: boolean;
  reasoning_format?: 'hidden' | 'raw' | 'parsed';
  reasoning_effort?: string;
  service_tier?: string;
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  queue_time: number;
  prompt_time: number;
  completion_time: number;
  prompt_tokens_details?: { cached_tokens: number };
  completion_tokens_details?: { reasoning_tokens: number };
}

export interface TokenAlternative {
  token: string;
  logprob: number;
}

export interface TokenLogprob extends TokenAlternative {
  top_logprobs: TokenAlternative[];
}

export interface CallDelta {
  index: number;
  id?: string;
  function: { name?: string; arguments?: string };
}

export interface ChatChunk {
  choices: {
    index: number;
    delta: { content?: string | null; reasoning?: string; tool_calls?: CallDelta[] };
    logprobs: { content: TokenLogprob[] } | null;
    finish_reason: string | null;
  }[];
  x_groq?: { id: string; seed: number; usage?: Usage };
  usage?: Usage;
}

export interface ErrorBody {
  message: string;
  type: string;
  code?: string;
  param?: string;
  failed_generation?: string;
  status_code?: number;
}

export interface StoredFile {
  id: string;
  bytes: number;
  created_at: number;
  filename: string;
  purpose: string;
}

export interface Word {
  word: string;
  start: number;
  end: number;
}

export interface Segment {
  id: number;
  start: number;
  end: number;
  text: string;
  words?: Word[];
}

export interface Transcript {
  text: string;
  language?: string;
  duration?: number;
  segments?: Segment[];
  words?: Word[];
}

export interface UsageSum {
  day?: string;
  organisation?: string;
  key?: string;
  model?: string;
  requests: number;
  errors: number;
  prompt_tokens: number;
  cached_tokens: number;
  completion_tokens: number;
  audio_seconds: number;
}

export type BatchStatus = 'validating' | 'in_progress' | 'finalizing' | 'completed' | 'failed' | 'expired' | 'cancelling' | 'cancelled';

export interface BatchFault {
  code: string;
  message: string;
  param: string | null; // the member of the line
  line: number | null;
}

export interface Batch {
  id: string;
  endpoint: string;
  errors: { data: BatchFault[] } | null;
  input_file_id: string;
  completion_window: string;
  status: BatchStatus;
  output_file_id: string | null;
  error_file_id: string | null;
  created_at: number;
  in_progress_at: number | null;
  expires_at: number;
  completed_at: number | null;
  failed_at: number | null;
  expired_at: number | null;
  cancelled_at: number | null;
  request_counts: { total: number; completed: number; failed: number };
  metadata: Record<string, string> | null;
}

export interface BatchPage {
  data: Batch[];
  has_more: boolean;
}

export interface FineTune {
  id: string;
  name: string;
  base_model: string;
  created_at: number;
  fine_tuned_model: string;
}
