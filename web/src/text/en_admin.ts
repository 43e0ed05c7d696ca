// What the views of administration say, in English.
import type { AdminState, LimitName, PullState, ScopeName } from '../api/admin';

export const adminEn = {
  admin: {
    how: 'Whoever runs the server can make one with “peregrine keys create --scope admin”.', otherKey: 'Use another key',
  },
  manage: {
    only: 'Loading, unloading and fetching models is for keys with the scope admin. What there is you see all the same.',
    states: { on_disk: 'On disk', loading: 'Loading', ready: 'Ready', unloading: 'Being unloaded', failed: 'Failed' } as Record<AdminState, string>,
    load: 'Load', unload: 'Unload', size: 'File', memory: 'Memory', inUse: (count: string) => `${count} in use`, waiting: (count: string) => `${count} waiting`,
    named: 'Named when the server was started', removeAsk: (name: string) => `Delete the files of ${name} from the disk?`,
    budget: 'Memory budget', budgetOf: (used: string, limit: string) => `${used} of ${limit} taken`, weights: 'Weights', kvCache: 'KV cache', scratch: 'Scratch', caches: 'Adapters and caches', free: 'Free',
    unfinished: 'Unfinished downloads', unfinishedHint: 'Fetching the model again goes on where it stopped.', unfinishedOf: (done: string, total: string) => `${done} of ${total}`, discard: (file: string) => `Discard ${file}`, discardAsk: (file: string) => `Throw away what came of ${file}?`,
    pull: 'Fetch a model', source: 'Name or address', sourceHint: 'A name of the catalogue, hf:ORG/REPO or hf:ORG/REPO:FILE, or the address of a file.', noSource: 'Say which model.', digest: 'SHA-256', digestHint: 'Of a file with an address; may stay empty.', badDigest: 'These are not 64 hexadecimal digits.', order: 'Fetch',
    off: 'This server fetches nothing. Start it with “--allow-pulls”, or set pulls.allow in its configuration, to fetch models from here; “peregrine pull” does it beside the server.',
    pulls: 'Fetched', pullStates: { queued: 'Waits its turn', running: 'Running', done: 'There', failed: 'Failed', cancelled: 'Cancelled' } as Record<PullState, string>,
    stages: { asking: 'Asking what there is', waiting: 'Waiting to try again', downloading: 'Downloading', checking: 'Checking' } as Record<string, string>,
    progress: (done: string, total: string) => `${done} of ${total}`, rate: (rate: string, left: string) => `${rate}/s, ${left} left`, file: (at: string, of: string) => `file ${at} of ${of}`,
    cancelPull: (name: string) => `Cancel ${name}`, again: 'Fetch again',
  },
  keys: {
    title: 'Keys', hint: 'Who may use this server, for what, and how much.', only: 'Keys are managed with a key that has the scope admin.',
    none: 'There are no keys: whoever is on this machine may do everything.', first: 'The first key has to be an administrator’s. From then on every request needs a key, also those of this page.',
    make: 'New key', name: 'Name', nameHint: 'For you to know it by.', organisation: 'Organisation', organisationHint: 'Its keys share limits and files.', badName: 'Use 1 to 64 plain characters.', badOrganisation: 'Use 1 to 64 letters, digits, _, - or .',
    scope: 'What it opens', all: 'Everything but administration', admin: 'Administration: models, keys, usage, this page’s live view', noScope: 'Choose at least one part.', needsAdmin: 'The first key needs administration.',
    scopes: { chat: 'Chat', responses: 'Responses', embeddings: 'Embeddings', reranking: 'Reranking', audio: 'Audio', models: 'Changing models', files: 'Files', batches: 'Batches', fine_tunings: 'Fine tunings', all: 'Everything', admin: 'Administration' } as Record<ScopeName, string>,
    models: 'Models', modelsHint: 'One a line; llama-* is all that begin so. Empty: all models.', badModel: (name: string) => `“${name}” is no id of a model.`,
    limits: 'Limits', limitsHint: 'Empty: what the server says. 0: expressly none.', limitNames: { requests_per_minute: 'Requests per minute', requests_per_day: 'Requests per day', tokens_per_minute: 'Tokens per minute', tokens_per_day: 'Tokens per day', audio_seconds_per_hour: 'Seconds of audio per hour', audio_seconds_per_day: 'Seconds of audio per day' } as Record<LimitName, string>,
    expires: 'Until', expiresHint: 'Useless from the beginning of this day (UTC). Empty: for ever.', past: 'This day has begun already.', create: 'Make the key',
    issued: 'The new key', once: 'It is shown this once; only its digest is kept. Copy it now.', copyKey: 'Copy the key', useHere: 'Use it on this page', done: 'I have it',
    key: 'Key', opens: 'Opens', made: 'Made', until: 'Until', state: 'State', never: 'for ever', states: { valid: 'Valid', expired: 'Expired', revoked: 'Revoked' } as Record<string, string>, allModels: 'all models', configured: 'in the configuration file',
    revoke: (name: string) => `Revoke ${name}`, revokeAsk: (name: string) => `Revoke the key ${name}? Whoever uses it is shut out at once, for good.`, showAll: 'Also show keys that open nothing any more',
  },
  live: {
    title: 'Live', hint: 'What the server does now, every second.', only: 'What the server does is shown to keys with the scope admin.',
    lost: 'The connection to the server broke off. Trying again.', waiting: 'Waiting for the first picture.',
    prompt: 'Prompt tokens/s', generated: 'Generated tokens/s', running: 'Running requests', queued: 'Waiting', memory: 'Memory', kv: 'KV cache in use',
    tokens: 'Tokens per second', requests: 'Requests', kvChart: 'KV cache in use, by model', picture: (title: string) => `Chart: ${title}, over the last five minutes.`, now: 'now',
    models: 'Models in memory', noModels: 'No model is in memory.', model: 'Model', state: 'State', inUse: 'In use', kvOf: (used: string, total: string) => `${used} of ${total} blocks`,
    list: 'Running requests', noRequests: 'Nothing runs.', request: 'Request', endpoint: 'Endpoint', tier: 'Tier', key: 'Key', noKey: 'none', age: 'Since', read: 'Prompt', written: 'Written',
  },
};

export type AdminTexts = typeof adminEn;
