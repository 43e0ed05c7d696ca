import { Button } from '../../components/button';
import { AreaField, CheckField, SelectField, TextField } from '../../components/field';
import { JsonField } from '../../editor/json_field';
import { newId } from '../../state/conversation';
import type { ToolSetting } from '../../state/settings';
import { useTexts } from '../../text';
import type { PanelPart } from './parameter_panel';

const kParameters = `{
  "type": "object",
  "properties": {
    "city": { "type": "string" }
  },
  "required": ["city"]
}`;

const kScript = `(args) => ({
  city: args.city,
  celsius: 21
})`;

// Names stay apart from those that are there.
function nameFor(tools: readonly ToolSetting[]): string {
  const first = 'get_weather';
  if (!tools.some(({ name }) => name === first)) return first;
  return `function_${tools.length + 1}`;
}

function OneTool({ tool, settings, set, problemAt }: PanelPart & { tool: ToolSetting }) {
  const t = useTexts();
  const change = (more: Partial<ToolSetting>): void => set({ tools: settings.tools.map((each) => (each.id === tool.id ? { ...each, ...more } : each)) });
  const at = `tool.${tool.id}`;
  return (
    <fieldset class="tool-card">
      <legend><code>{tool.name}</code></legend>
      <TextField label={t.parameters.toolName} value={tool.name} problem={problemAt(`${at}.name`)} onInput={(name) => change({ name })} />
      <TextField label={t.parameters.toolDescription} value={tool.description} onInput={(description) => change({ description })} />
      <JsonField label={t.parameters.toolParameters} rows={6} value={tool.parameters} problem={problemAt(`${at}.parameters`)} onInput={(parameters) => change({ parameters })} />
      <SelectField label={t.parameters.answeredBy} value={tool.answer} options={[['manual', t.parameters.manual], ['script', t.parameters.script]]} onChange={(answer) => change({ answer })} />
      {tool.answer === 'script' && <AreaField label={t.parameters.scriptLabel} hint={t.parameters.scriptHint} rows={4} code value={tool.script} onInput={(script) => change({ script })} />}
      <div class="row end">
        <Button icon="remove" bare label={t.parameters.removeTool(tool.name)} onClick={() => set({ tools: settings.tools.filter(({ id }) => id !== tool.id) })} />
      </div>
    </fieldset>
  );
}

export function ToolEditor(part: PanelPart) {
  const t = useTexts();
  const { settings, set } = part;
  const add = (): void =>
    set({ tools: [...settings.tools, { id: newId(), name: nameFor(settings.tools), description: '', parameters: kParameters, answer: 'manual', script: kScript }] });
  return (
    <details class="group" open={settings.tools.length > 0}>
      <summary>{t.parameters.tools}{settings.tools.length > 0 && <span class="count">{settings.tools.length}</span>}</summary>
      {settings.tools.map((tool) => <OneTool key={tool.id} tool={tool} {...part} />)}
      <Button icon="plus" label={t.parameters.addTool} onClick={add} />
      {settings.tools.length > 0 && (
        <>
          <SelectField
            label={t.parameters.toolChoice} value={settings.toolChoice} options={Object.entries(t.parameters.toolChoices) as ['' | 'none' | 'auto' | 'required', string][]}
            onChange={(toolChoice) => set({ toolChoice })}
          />
          <CheckField label={t.parameters.parallel} checked={settings.parallelCalls} onChange={(parallelCalls) => set({ parallelCalls })} />
        </>
      )}
    </details>
  );
}
