// Everything that a request may say beside its messages, each field with its default and its range.
import { useRef } from 'preact/hooks';

import { Button } from '../../components/button';
import { AreaField, CheckField, SelectField, TextField } from '../../components/field';
import { JsonField } from '../../editor/json_field';
import { pathOf, type Conversation } from '../../state/conversation';
import { changeSettings } from '../../state/conversations';
import { fieldOfParam, initialSettings, numberFields, readJson, readSettings, type ChatSettings, type FormatKind, type NumberField, type NumberName } from '../../state/settings';
import { panels } from '../../state/ui';
import { useTexts, type Texts } from '../../text';
import { explainFailure, explainProblem } from '../../text/explain';
import { formatNumber } from '../../text/format';
import { ToolEditor } from './tool_editor';

export interface PanelPart {
  settings: ChatSettings;
  set: (change: Partial<ChatSettings>) => void;
  problemAt: (at: string) => string | undefined;
}

const kSampling: readonly NumberName[] = ['temperature', 'top_p', 'max_completion_tokens', 'seed', 'frequency_penalty', 'presence_penalty', 'n'];

function initialOf(field: NumberField, t: Texts): string {
  if (field.initial !== null) return formatNumber(field.initial, 2);
  return field.name === 'seed' ? t.parameters.drawn : t.parameters.room;
}

const rangeOf = (field: NumberField): string =>
  field.initial === null ? '' : `${formatNumber(field.min, 2)} – ${formatNumber(field.max, 2)}`;

function NumberControl({ field, settings, set, problemAt }: PanelPart & { field: NumberField }) {
  const t = useTexts();
  const [label, hint] = t.parameters.numbers[field.name] ?? [field.name, ''];
  const typed = settings.numbers[field.name] ?? '';
  const put = (value: string): void => set({ numbers: { ...settings.numbers, [field.name]: value } });
  const aside = <span class="range">{[rangeOf(field), t.parameters.default(initialOf(field, t))].filter(Boolean).join(' · ')}</span>;
  const slides = field.initial !== null && field.name !== 'n';
  const slider = slides && (
    <input
      type="range" aria-label={`${label} (${t.parameters.slider})`} min={field.min} max={field.max} step={field.step}
      value={typed === '' || Number.isNaN(Number(typed)) ? (field.initial ?? field.min) : Number(typed)} onInput={(event) => put(event.currentTarget.value)}
    />
  );
  return <TextField label={label} hint={hint} aside={aside} value={typed} numeric placeholder={initialOf(field, t)} problem={problemAt(field.name)} beside={slider} onInput={put} />;
}

const fieldOf = (name: NumberName): NumberField => numberFields.find((field) => field.name === name)!;

function Sampling(part: PanelPart) {
  const t = useTexts();
  const { settings, set, problemAt } = part;
  return (
    <details class="group" open>
      <summary>{t.parameters.sampling}</summary>
      {kSampling.map((name) => <NumberControl key={name} field={fieldOf(name)} {...part} />)}
      <AreaField label={t.parameters.stop} hint={t.parameters.stopHint} rows={2} code value={settings.stop} problem={problemAt('stop')} onInput={(stop) => set({ stop })} />
      <AreaField label={t.parameters.bias} hint={t.parameters.biasHint} rows={1} code value={settings.logitBias} problem={problemAt('logitBias')} placeholder="{}" onInput={(logitBias) => set({ logitBias })} />
    </details>
  );
}

function Output(part: PanelPart) {
  const t = useTexts();
  const { settings, set, problemAt } = part;
  const tidy = (): void => {
    const value = readJson(settings.schema);
    if (value !== undefined) set({ schema: JSON.stringify(value, null, 2) });
  };
  return (
    <details class="group" open>
      <summary>{t.parameters.output}</summary>
      <SelectField<FormatKind> label={t.parameters.format} value={settings.format} options={Object.entries(t.parameters.formats) as [FormatKind, string][]} onChange={(format) => set({ format })} />
      {settings.format === 'json_schema' && (
        <JsonField
          label={t.parameters.schema} rows={10} value={settings.schema} problem={problemAt('schema')} onInput={(schema) => set({ schema })}
          aside={<button type="button" class="link" onClick={tidy}>{t.parameters.tidy}</button>}
        />
      )}
      {settings.format === 'regex' && <TextField label={t.parameters.pattern} hint={t.parameters.patternHint} value={settings.pattern} problem={problemAt('pattern')} onInput={(pattern) => set({ pattern })} />}
      {settings.format === 'choice' && <AreaField label={t.parameters.choices} hint={t.parameters.choicesHint} value={settings.choices} problem={problemAt('choices')} onInput={(choices) => set({ choices })} />}
      <CheckField label={t.parameters.logprobs} checked={settings.logprobs} onChange={(logprobs) => set({ logprobs })} />
      {settings.logprobs && <NumberControl field={fieldOf('top_logprobs')} {...part} />}
    </details>
  );
}

function More({ settings, set }: PanelPart) {
  const t = useTexts();
  const options = <T extends string>(texts: Record<T, string>): [T, string][] => Object.entries(texts) as [T, string][];
  return (
    <details class="group">
      <summary>{t.parameters.more}</summary>
      <SelectField label={t.parameters.reasoningFormat} value={settings.reasoningFormat} options={options(t.parameters.reasoningFormats)} onChange={(reasoningFormat) => set({ reasoningFormat })} />
      <SelectField label={t.parameters.reasoningEffort} value={settings.reasoningEffort} options={options(t.parameters.efforts)} onChange={(reasoningEffort) => set({ reasoningEffort })} />
      <SelectField label={t.parameters.tier} value={settings.serviceTier} options={options(t.parameters.tiers)} onChange={(serviceTier) => set({ serviceTier })} />
    </details>
  );
}

// What the server said of a field in the last answer, as long as no field has changed since.
function useRefusal(conversation: Conversation, t: Texts): { at: string; text: string } | null {
  const { settings } = conversation;
  const last = pathOf(conversation).at(-1)?.turn;
  const { error } = last ?? {};
  const seen = useRef({ turn: '', settings });
  if (error === undefined || error.status !== 400 || error.param === undefined) return null;
  if (seen.current.turn !== last!.id) seen.current = { turn: last!.id, settings };
  const at = seen.current.settings === settings ? fieldOfParam(error.param, settings) : null;
  return at === null ? null : { at, text: explainFailure(error, t) };
}

export function ParameterPanel({ conversation }: { conversation: Conversation }) {
  const t = useTexts();
  const { id, settings } = conversation;
  const { problems } = readSettings(settings);
  const refusal = useRefusal(conversation, t);
  const part: PanelPart = {
    settings,
    set: (change) => changeSettings(id, change),
    problemAt: (at) => {
      const problem = problems.find((each) => each.at === at);
      return problem ? explainProblem(problem, t) : refusal?.at === at ? refusal.text : undefined;
    },
  };
  const reset = (): void => changeSettings(id, { ...initialSettings(settings.model), compare: settings.compare });
  return (
    <aside class="parameters" aria-label={t.parameters.title}>
      <div class="list-head">
        <h2>{t.parameters.title}</h2>
        <div class="row tight">
          <Button label={t.parameters.reset} onClick={reset} />
          <Button icon="close" bare label={t.shell.close} onClick={() => panels.update((old) => ({ ...old, parameters: false }))} />
        </div>
      </div>
      <div class="group"><AreaField label={t.parameters.system} hint={t.parameters.systemHint} value={settings.system} onInput={(system) => part.set({ system })} /></div>
      <Sampling {...part} />
      <Output {...part} />
      <ToolEditor {...part} />
      <More {...part} />
    </aside>
  );
}
