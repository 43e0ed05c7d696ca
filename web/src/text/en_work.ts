// What the views for work say, in English: batches, adapters, and the controls that came with them.
import type { BatchStatus } from '../api/types';
import type { MetadataProblem } from '../views/batches/batch_checks';

export const workEn = {
  batches: {
    title: 'Batches', hint: 'A file of requests that are answered when the server has time.',
    make: 'New batch', input: 'Input file', pick: 'Choose a file', noInput: 'Choose a file of requests, or upload one.', upload: 'Or upload one', uploadHint: 'A .jsonl file: each line has custom_id, method, url and body.',
    endpoint: 'Endpoint', endpointHint: 'What most lines ask; each line names its own.', window: 'Time window', windowHint: '24h to 7d, in hours (h) or days (d).', badWindow: 'Write hours or days from 24h to 7d, such as 48h or 3d.',
    metadata: 'Metadata', metadataHint: 'Your own notes: {"project": "a"}. May stay empty.',
    badMetadata: {
      notJson: 'This is not JSON.', notObject: 'This must be a JSON object: {…}.', notTexts: 'Each value must be a text: {"key": "text"}.',
      tooManyKeys: 'At most 16 keys.', longKey: 'A key has at most 64 bytes.', longValue: 'A value has at most 512 bytes.',
    } as Record<MetadataProblem, string>,
    start: 'Start the batch', none: 'No batches yet.', noneHint: 'Order one above; its counts move here while it runs.', older: 'Show older ones',
    states: { validating: 'Reading the file', in_progress: 'Running', finalizing: 'Finishing', completed: 'Completed', failed: 'Failed', expired: 'Expired', cancelling: 'Being cancelled', cancelled: 'Cancelled' } as Record<BatchStatus, string>,
    counts: (done: string, total: string, failed: string) => `${done} of ${total} lines answered, ${failed} failed`,
    reading: 'The file is being read', made: 'Ordered', until: 'Runs until', ended: 'Ended',
    cancel: 'Cancel the batch', cancelAsk: (name: string) => `Cancel the batch of ${name}? What was answered is kept.`, output: 'Download the output', errors: 'Download the errors',
    noBatch: 'The server asked nothing of this file. Put these lines right, and order a new batch.', someLines: 'These lines cannot be asked; the others are.', faults: 'What is wrong with the file',
    why: (count: number) => `Why ${count} ${count === 1 ? 'line' : 'lines'} failed`, moreLines: 'The first hundred are shown; the error file has all of them.',
    line: 'Line', wrong: 'What went wrong', todo: 'What to do',
    advice: {
      expired: 'The window was over. Order a new batch of these lines, with a longer window.',
      cancelled: 'It was cancelled before it was asked. Order a new batch of these lines.',
      model: 'Name a model that this server has; the view Models lists them.',
      body: 'Put the body of this line right, and order it again.',
      forbidden: 'Order it with a key that may use this endpoint and model.',
      tooLarge: 'Make this request smaller.',
      busy: 'The server stayed busy. Order these lines again later.',
      server: 'The server failed here. Order the line again; if it fails again, see the server’s log.',
      line_too_long: 'A line has at most 8 MiB: make the request smaller.', too_many_lines: 'Split the file: a batch has at most 50,000 lines.',
      duplicate_custom_id: 'Give this line a custom_id of its own.', empty_file: 'Put at least one request into the file.',
      invalid_json: 'Write one whole JSON object on this line.', invalid_line: 'Give the line custom_id, method, url and body, and nothing else.',
      invalid_method: 'Write "POST".', invalid_body: 'Take this member out of the body.',
    } as Record<string, string>,
  },
  adapters: {
    title: 'Adapters', hint: 'A LoRA adapter changes a model without a copy of it.',
    make: 'New adapter', file: 'File', fileHint: 'A ZIP archive as PEFT’s save_pretrained writes it, or a GGUF adapter.', noFile: 'Choose a .zip or .gguf file.',
    badFile: 'The name of an adapter file ends in .zip or .gguf.', emptyFile: 'This file is empty.', base: 'Base model', baseHint: 'The model that the adapter was trained for.', noBase: 'There is no model that an adapter could be of. Get one with “peregrine pull”.',
    name: 'Name', nameHint: 'Becomes part of the model’s id.', badName: 'Use 1 to 64 letters, digits, ., _ or -.',
    fix: 'Export it for exactly this base model, with a rank of 8, 16, 32 or 64 (up to 256 in GGUF) and nothing but LoRA pairs.',
    start: 'Make the adapter', checking: 'Being checked against its base', none: 'No adapters yet.', noneHint: 'Upload one above; it becomes a model with an id of its own.',
    made: 'Made', use: 'Try it', removeAsk: (name: string) => `Delete the adapter ${name}? Its model goes with it.`,
  },
  editor: { place: (line: number, column: number) => `Line ${line}, column ${column}.` },
  charts: {
    table: 'As a table', total: 'Together', others: 'All others', picture: (title: string) => `Chart: ${title}. The table below has its values.`,
    sum: (value: string) => `${value} in all these days`, onDay: (day: string, value: string) => `${day}: ${value}`, split: 'Split by', splits: { key: 'Key', model: 'Model', none: 'Nothing' },
  },
};

export type WorkTexts = typeof workEn;
