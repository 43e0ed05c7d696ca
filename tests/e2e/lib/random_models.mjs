// Models of random weights that speak the language of a family: its chat template, its control tokens, bytes and a
// few dozen made-up words. What they write under a constraint must have its form, whatever it says.
import path from 'node:path';

import { peregrine } from './cli.mjs';
import { scratch } from './environment.mjs';
import { readGguf, setKey, writeGguf } from './gguf.mjs';
import { Server } from './server.mjs';

const kNormal = 1;
const kControl = 3;
const kUserDefined = 4;
// Ids of the vocabularies that make-model writes: the bytes come first.
const kBytes = 256;
export const randomEnd = 258; // <|im_end|>

// ChatML, without a word of tools: they are written into the system message.
const kPlain =
  '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}' +
  '{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

// ChatML with tools the way that Hermes began it and Qwen keeps it.
const kTools = `{% if tools %}<|im_start|>system
# Tools
<tools>{% for tool in tools %}
{{ tool | tojson }}{% endfor %}
</tools>
A call: <tool_call>{"name": NAME, "arguments": ARGUMENTS}</tool_call><|im_end|>
{% endif %}{% for message in messages %}{% if message.role == 'tool' %}<|im_start|>user
<tool_response>
{{ message.content }}
</tool_response><|im_end|>
{% else %}<|im_start|>{{ message.role }}
{{ message.content }}{% for call in message.tool_calls or [] %}
<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
</tool_call>{% endfor %}<|im_end|>
{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
`;
const kThoughts = `{% if message.reasoning_content %}<think>
{{ message.reasoning_content }}
</think>

{% endif %}`;
const kThinks = kTools.replace('{{ message.content }}{% for', `${kThoughts}{{ message.content }}{% for`);
const kNoThought = '{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}';
const kThoughtBegun = '{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% else %}<think>\n{% endif %}';

const kLlama = `{{ bos_token }}{% if tools %}<|start_header_id|>system<|end_header_id|>

Environment: ipython. Answer with {"name": NAME, "parameters": PARAMETERS}.
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}<|eot_id|>{% endif %}{% for message in messages %}{% if message.tool_calls %}{% if message.tool_calls | length != 1 %}{{ raise_exception('one call at a time') }}{% endif %}<|start_header_id|>assistant<|end_header_id|>

{"name": "{{ message.tool_calls[0].function.name }}", "parameters": {{ message.tool_calls[0].function.arguments | tojson }}}<|eot_id|>{% else %}<|start_header_id|>{{ 'ipython' if message.role == 'tool' else message.role }}<|end_header_id|>

{{ message.content }}<|eot_id|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>

{% endif %}`;

const kLlama4 = kLlama.replaceAll('<|start_header_id|>', '<|header_start|>').replaceAll('<|end_header_id|>', '<|header_end|>').replaceAll('<|eot_id|>', '<|eot|>');

const kHarmony = `<|start|>system<|message|>Reasoning: {{ reasoning_effort or 'medium' }}
Valid channels: analysis, commentary, final.<|end|>{% if tools %}<|start|>developer<|message|># Tools
namespace functions {
{% for tool in tools %}type {{ tool.function.name }} = (_: {{ tool.function.parameters | tojson }}) => any;
{% endfor %}}<|end|>{% endif %}{% for message in messages %}{% if message.role == 'tool' %}<|start|>functions.{{ message.name }} to=assistant<|channel|>commentary<|message|>{{ message.content }}<|end|>{% elif message.tool_calls %}{% if message.thinking %}<|start|>assistant<|channel|>analysis<|message|>{{ message.thinking }}<|end|>{% endif %}<|start|>assistant to=functions.{{ message.tool_calls[0].function.name }}<|channel|>commentary json<|message|>{{ message.tool_calls[0].function.arguments | tojson }}<|call|>{% elif message.role == 'assistant' %}<|start|>assistant<|channel|>final<|message|>{{ message.content }}<|end|>{% else %}<|start|>{{ 'developer' if message.role == 'system' else message.role }}<|message|>{{ message.content }}<|end|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|start|>assistant{% endif %}`;

const kKimi = `{% if tools %}<|im_system|>tool_declare<|im_middle|>{{ tools | tojson }}<|im_end|>{% endif %}{% for message in messages %}{% if message.role == 'tool' %}<|im_system|>tool<|im_middle|>## Return of {{ message.tool_call_id }}
{{ message.content }}<|im_end|>{% else %}<|im_{{ message.role }}|>{{ message.role }}<|im_middle|>{{ message.content }}{% if message.tool_calls %}<|tool_calls_section_begin|>{% for call in message.tool_calls %}<|tool_call_begin|>{{ call.id }}<|tool_call_argument_begin|>{{ call.function.arguments | tojson }}<|tool_call_end|>{% endfor %}<|tool_calls_section_end|>{% endif %}<|im_end|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_assistant|>assistant<|im_middle|>{% endif %}`;

const kEndIf = '{% endif %}';

// What tells a family: its template, its control tokens, pieces that are tokens of their own but plain text, and the
// architecture of its published models. `end` is the control token that ends an answer,
// if it is not <|im_end|>; `hasten` are pieces that end a thought.
export const families = {
  generic: { architecture: 'llama', template: kPlain },
  hermes: { architecture: 'qwen3', template: kTools + kEndIf, words: ['<tool_call>', '</tool_call>'] },
  think: {
    architecture: 'qwen3',
    template: kThinks + kNoThought + kEndIf,
    words: ['<tool_call>', '</tool_call>', '<think>', '</think>'],
    hasten: ['</think>'],
  },
  'think, begun': { architecture: 'qwen3', template: kThinks + kThoughtBegun + kEndIf, words: ['</think>'], hasten: ['</think>'] },
  'think, control': {
    architecture: 'qwen3moe',
    template: kThinks + kNoThought + kEndIf,
    control: ['<think>', '</think>', '<tool_call>', '</tool_call>'],
    hasten: ['</think>'],
  },
  llama3: {
    architecture: 'llama',
    template: kLlama,
    control: ['<|python_tag|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
    end: '<|eot_id|>',
  },
  llama4: {
    architecture: 'llama4',
    template: kLlama4,
    control: ['<|python_start|>', '<|python_end|>', '<|header_start|>', '<|header_end|>', '<|eot|>'],
    end: '<|eot|>',
  },
  harmony: {
    architecture: 'gpt-oss',
    template: kHarmony,
    control: ['<|start|>', '<|end|>', '<|message|>', '<|channel|>', '<|constrain|>', '<|return|>', '<|call|>'],
    end: '<|return|>',
    hasten: ['<|end|>'],
  },
  'kimi-k2': {
    architecture: 'deepseek2',
    template: kKimi,
    control: [
      '<|im_system|>', '<|im_user|>', '<|im_assistant|>', '<|im_middle|>', '<|tool_calls_section_begin|>',
      '<|tool_call_begin|>', '<|tool_call_argument_begin|>', '<|tool_call_end|>', '<|tool_calls_section_end|>',
    ],
  },
};

// The spelling of a byte in a byte-level vocabulary, as the file's UTF-8 read as Latin-1.
function spelled(byte) {
  const printable = (b) => (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255);
  let next = 256;
  for (let b = 0; b < byte; ++b) if (!printable(b)) ++next;
  return Buffer.from(String.fromCharCode(printable(byte) ? byte : next)).toString('latin1');
}

// The language of a published template: what looks like a control token in it is one.
export function languageOf(template) {
  const control = new Set(template.match(/<\|[\w ]{1,40}\|>|<\uff5c[^<>\s]{1,40}\uff5c>|<\/?(?:s|bos|eos|start_of_turn|end_of_turn)>/g));
  for (const piece of control.has('<|channel|>') ? ['<|return|>', '<|call|>', '<|constrain|>'] : []) control.add(piece);
  for (const known of ['<|im_start|>', '<|im_end|>']) control.delete(known); // every vocabulary here has them
  const words = template.includes('</think>') ? ['</think>'] : [];
  const hasten = control.has('<|end|>') ? ['<|end|>'] : words;
  return { architecture: 'llama', template, control: [...control], words, hasten, end: control.has('<|return|>') ? '<|return|>' : undefined };
}

// A file named `id` with the language of a family, by its name or as told like those above. {file, token(piece): its id, bias}: `bias` hastens the ends of
// strings, numbers, lists and thoughts, which weights of no sense would let run on.
export async function randomModel(id, family, { seed = 0, context = 16384 } = {}) {
  const { architecture, template, control = [], words = [], hasten = [], end } = families[family] ?? family;
  const file = path.join(scratch, `${id}.gguf`);
  const sizes = { layers: 2, width: 64, heads: 4, 'feed-forward': 64, vocabulary: 320, context, seed };
  const flags = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { status, stderr } = await peregrine(['make-model', '--architecture', architecture, '--type', 'F32', ...flags, '--out', file]);
  if (status !== 0) throw new Error(stderr);

  const model = readGguf(file);
  const tokens = model.keys.find(({ key }) => key === 'tokenizer.ggml.tokens').value;
  const types = model.keys.find(({ key }) => key === 'tokenizer.ggml.token_type').value;
  [...control.map((piece) => [piece, kControl]), ...words.map((piece) => [piece, kUserDefined])].forEach(([piece, type], i) => {
    const at = tokens.length - 1 - i;
    if (at < kBytes || types[at] !== kNormal) throw new Error('the vocabulary is too small');
    tokens[at] = Buffer.from(piece).toString('latin1');
    types[at] = type;
  });
  const token = (piece) => tokens.indexOf(Buffer.from(piece).toString('latin1'));
  setKey(model, { key: 'tokenizer.chat_template', type: 'string', value: Buffer.from(template).toString('latin1') });
  if (end) setKey(model, { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: token(end) });
  writeGguf(file, model);
  const byte = (character) => tokens.indexOf(spelled(character.charCodeAt(0)));
  const bias = Object.fromEntries([...'"}],'].map((character) => [byte(character), character === ',' ? 2 : 5]));
  for (const piece of hasten) bias[token(piece)] = 4;
  return { file, token, byte, bias };
}

// What the model of a family is called by serveFamilies().
export const nameOf = (family) => family.replaceAll(/\W+/g, '-');

// A server with a model of every family; `models` has them by family.
export async function serveFamilies() {
  const models = {};
  for (const family of Object.keys(families)) models[family] = await randomModel(nameOf(family), family);
  const server = await Server.start({ models: Object.values(models).map(({ file }) => file), config: 'memory = "2GiB"' });
  return { models, server };
}
