// Calls that a script answers: each runs in a worker of its own, which is ended when it takes too long.
import { ancestry, type Conversation, type Turn } from './conversation';
import { conversationById } from './conversations';
import { giveResults } from './generation';

const kTimeLimit = 5_000;
const kMaxRounds = 8; // of calls and results without a person in between
const kMaxResult = 1_000_000; // characters

// Before the person's script and after it; arguments come by message, and the result goes the same way.
function workerSource(script: string): string {
  return `const respond = (message) => postMessage(message);
self.onmessage = async ({ data }) => {
  try {
    const answer = (${script}\n);
    const result = await answer(data);
    respond({ result: typeof result === 'string' ? result : JSON.stringify(result ?? null) });
  } catch (error) {
    respond({ error: String(error) });
  }
};`;
}

export function runScript(script: string, input: unknown, limit = kTimeLimit): Promise<string> {
  const url = URL.createObjectURL(new Blob([workerSource(script)], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return new Promise((resolve) => {
    const end = (result: string): void => {
      clearTimeout(timer);
      worker.terminate();
      URL.revokeObjectURL(url);
      resolve(result.slice(0, kMaxResult));
    };
    const failed = (error: string): void => end(JSON.stringify({ error }));
    const timer = setTimeout(() => failed(`the script took longer than ${limit / 1000} s`), limit);
    worker.onmessage = ({ data }: MessageEvent<{ result?: string; error?: string }>) =>
      data.result !== undefined ? end(data.result) : failed(data.error ?? '');
    worker.onerror = (event) => failed(event.message || 'the script is no function');
    worker.postMessage(input);
  });
}

function roundsBefore(conversation: Conversation, turn: Turn): number {
  const turns = ancestry(conversation, turn.id);
  const since = turns.findLastIndex(({ role }) => role === 'user');
  return turns.slice(since + 1).filter(({ calls }) => (calls?.length ?? 0) > 0).length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// Where all calls of a finished turn have scripts, they are answered, and the model goes on.
export async function answerByScripts(conversationId: string, turnId: string): Promise<void> {
  const conversation = conversationById(conversationId);
  const turn = conversation?.turns[turnId];
  if (conversation === undefined || turn?.finish !== 'tool_calls' || turn.calls === undefined) return;
  if (roundsBefore(conversation, turn) > kMaxRounds) return;
  const scripts = turn.calls.map(({ function: called }) =>
    conversation.settings.tools.find((tool) => tool.name === called.name && tool.answer === 'script')?.script,
  );
  if (scripts.some((script) => script === undefined || script.trim() === '')) return;
  const results = await Promise.all(turn.calls.map((call, i) => runScript(scripts[i]!, parsed(call.function.arguments))));
  await giveResults(conversationId, turn, results);
}
