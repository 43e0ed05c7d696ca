// Answers under way: streams go into their turns, in steps that the eye takes for smooth.
import { streamChat } from '../api/chat';
import { ApiFailure, isAbort } from '../api/failure';
import type { CallDelta, ChatChunk, ChatRequest, TokenLogprob, ToolCall } from '../api/types';
import { addTurn, ancestry, changeTurn, messagesOf, newId, type Turn, type TurnError } from './conversation';
import { change, conversationById } from './conversations';
import { readSettings } from './settings';
import { createStore } from './store';
import { answerByScripts } from './tools';

const kStep = 40; // milliseconds between two renderings of a stream

// Turns that are being written, and how to stop each.
export const running = createStore<ReadonlyMap<string, AbortController>>(new Map());

function setRunning(id: string, controller: AbortController | null): void {
  const next = new Map(running.get());
  if (controller === null) next.delete(id);
  else next.set(id, controller);
  running.set(next);
}

export function stop(ids: Iterable<string> = running.get().keys()): void {
  for (const id of [...ids]) running.get().get(id)?.abort();
}

export function toTurnError(error: unknown): TurnError {
  if (!(error instanceof ApiFailure)) return { status: 0, message: error instanceof Error ? error.message : '' };
  const { status, message, code, param, failedGeneration } = error;
  return { status, message, code, param, failedGeneration };
}

// What a stream has said of one choice so far.
export class Gathered {
  content: string;
  reasoning = '';
  calls: ToolCall[] = [];
  logprobs: TokenLogprob[] = [];
  finish: string | null = null;

  constructor(content = '') {
    this.content = content;
  }

  add({ delta, logprobs, finish_reason: finish }: ChatChunk['choices'][number]): void {
    this.content += delta.content ?? '';
    this.reasoning += delta.reasoning ?? '';
    for (const piece of delta.tool_calls ?? []) this.#addCall(piece);
    if (logprobs !== null && logprobs !== undefined) this.logprobs.push(...logprobs.content);
    this.finish = finish ?? this.finish;
  }

  #addCall({ index, id, function: called }: CallDelta): void {
    const call = (this.calls[index] ??= { id: id ?? '', type: 'function', function: { name: '', arguments: '' } });
    call.function.name += called.name ?? '';
    call.function.arguments += called.arguments ?? '';
  }

  get said(): boolean {
    return this.content !== '' || this.reasoning !== '' || this.calls.length > 0;
  }

  turn(): Partial<Turn> {
    return {
      content: this.content,
      ...(this.reasoning !== '' && { reasoning: this.reasoning }),
      ...(this.calls.length > 0 && { calls: this.calls.map((call) => ({ ...call, function: { ...call.function } })) }),
      ...(this.logprobs.length > 0 && { logprobs: [...this.logprobs] }),
    };
  }
}

// Runs `request` into the turns `ids`, one for each choice.
async function run(conversationId: string, ids: readonly string[], request: ChatRequest, before = ''): Promise<void> {
  const controller = new AbortController();
  for (const id of ids) setRunning(id, controller);
  const gathered = ids.map(() => new Gathered(before));
  const begun = performance.now();
  let firstToken: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const put = (more: Partial<Turn> = {}): void => {
    timer = null;
    change(conversationId, (old) => ids.reduce((conversation, id, i) => changeTurn(conversation, id, { ...gathered[i]!.turn(), ...more }), old));
  };
  const stats = (chunk: ChatChunk): void => {
    const usage = chunk.usage ?? chunk.x_groq?.usage ?? null;
    if (usage !== null) put({ stats: { firstToken, usage, seed: chunk.x_groq?.seed ?? request.seed ?? null } });
  };
  let error: unknown = null;
  try {
    for await (const chunk of streamChat(request, controller.signal)) {
      for (const choice of chunk.choices) gathered[choice.index]?.add(choice);
      if (firstToken === null && gathered.some((each) => each.content !== before || each.said)) firstToken = performance.now() - begun;
      stats(chunk);
      timer ??= setTimeout(put, kStep);
    }
  } catch (thrown) {
    error = thrown;
  }
  if (timer !== null) clearTimeout(timer);
  put();
  const aborted = isAbort(error) || controller.signal.aborted;
  change(conversationId, (old) =>
    ids.reduce((conversation, id, i) => {
      const finish = gathered[i]!.finish ?? (aborted ? 'stopped' : 'failed');
      return changeTurn(conversation, id, { finish, ...(error !== null && !aborted && { error: toTurnError(error) }) });
    }, old),
  );
  for (const id of ids) setRunning(id, null);
  for (const id of ids) await answerByScripts(conversationId, id);
}

function emptyTurn(parent: string | null, model: string, more: Partial<Turn>): Turn {
  return { id: newId(), parent, role: 'assistant', content: '', created: Date.now(), model, ...more };
}

// Asks for an answer to the turn `parent`: of one model, or of two side by side. `only`: of this model.
export async function answer(conversationId: string, parent: string, only?: string): Promise<void> {
  const conversation = conversationById(conversationId);
  if (conversation === undefined) return;
  const { settings } = conversation;
  const { fields, problems } = readSettings(settings);
  if (problems.length > 0) return;
  const both = only === undefined && settings.compare !== '';
  const names = only !== undefined ? [only] : both ? [settings.model, settings.compare] : [settings.model];
  const pair = both ? newId() : undefined;
  const messages = messagesOf(settings.system, ancestry(conversation, parent));
  const structured = settings.format === 'json_object' || settings.format === 'json_schema';
  const runs = names.map((model) => {
    const turns = Array.from({ length: both ? 1 : (fields.n ?? 1) }, () => emptyTurn(parent, model, { ...(pair && { pair }), ...(structured && { structured }) }));
    return { turns, request: { ...fields, model, messages, ...(both && { n: 1 }) } };
  });
  // The first one is shown: it is added last, and so chosen.
  change(conversationId, (old) => runs.flatMap(({ turns }) => turns).reverse().reduce(addTurn, old));
  await Promise.all(runs.map(({ turns, request }) => run(conversationId, turns.map(({ id }) => id), request)));
}

export async function ask(conversationId: string, content: string, parent: string | null): Promise<void> {
  const turn: Turn = { id: newId(), parent, role: 'user', content, created: Date.now() };
  change(conversationId, (old) => addTurn(old, turn));
  await answer(conversationId, turn.id);
}

// The results of a turn's calls, in their order; the model goes on from there.
export async function giveResults(conversationId: string, turn: Turn, results: readonly string[]): Promise<void> {
  let parent = turn.id;
  change(conversationId, (old) =>
    (turn.calls ?? []).reduce((conversation, call, i) => {
      const added: Turn = { id: newId(), parent, role: 'tool', content: results[i] ?? '', created: Date.now(), callId: call.id };
      parent = added.id;
      return addTurn(conversation, added);
    }, old),
  );
  await answer(conversationId, parent, turn.model);
}

// Where an answer was cut, the model goes on with it.
export async function proceed(conversationId: string, turn: Turn): Promise<void> {
  const conversation = conversationById(conversationId);
  if (conversation === undefined || turn.content === '') return;
  const { fields, problems } = readSettings(conversation.settings);
  if (problems.length > 0) return;
  const messages = messagesOf(conversation.settings.system, ancestry(conversation, turn.id));
  change(conversationId, (old) => changeTurn(old, turn.id, { error: undefined, finish: undefined } as Partial<Turn>));
  const { response_format: _format, ...rest } = fields;
  const model = turn.model ?? conversation.settings.model;
  await run(conversationId, [turn.id], { ...rest, n: 1, model, messages }, turn.content);
}
