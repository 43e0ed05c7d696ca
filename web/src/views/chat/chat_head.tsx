import { Button } from '../../components/button';
import type { Conversation } from '../../state/conversation';
import { changeSettings } from '../../state/conversations';
import { models, type KnownModel } from '../../state/models';
import { useStore } from '../../state/store';
import { dialog, panels } from '../../state/ui';
import { useTexts, type Texts } from '../../text';
import { formatContext } from '../../text/format';

interface PickerProps {
  label: string;
  value: string;
  list: readonly KnownModel[];
  none?: string; // what no model is called, where there may be none
  onChange: (id: string) => void;
}

function describe(model: KnownModel, t: Texts): string {
  const state = model.state === 'available' ? '' : ` · ${t.models.states[model.state].toLowerCase()}`;
  return `${model.id} · ${formatContext(model.context_window)}${state}`;
}

function ModelPicker({ label, value, list, none, onChange }: PickerProps) {
  const t = useTexts();
  return (
    <select class={value === '' ? 'picker unset' : 'picker'} aria-label={label} title={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {(none !== undefined || list.length === 0) && <option value="">{none ?? t.chat.noModels}</option>}
      {list.map((model) => <option key={model.id} value={model.id} selected={model.id === value}>{describe(model, t)}</option>)}
    </select>
  );
}

export function ChatHead({ conversation }: { conversation: Conversation }) {
  const t = useTexts();
  const list = useStore(models, (state) => state.list).filter(({ kind }) => kind === 'text');
  const shown = useStore(panels);
  const { id, settings } = conversation;
  return (
    <header class="chat-head">
      <Button icon="list" bare class="only-narrow" label={t.chat.conversations} pressed={shown.list} onClick={() => panels.update((old) => ({ ...old, list: !old.list }))} />
      <h1 class="unseen">{conversation.title || t.chat.untitled}</h1>
      <div class="pickers">
        <ModelPicker label={t.chat.model} value={settings.model} list={list} onChange={(model) => changeSettings(id, { model })} />
        {list.length > 0 && (
          <ModelPicker label={t.chat.compareWith} value={settings.compare} list={list} none={`${t.chat.compare}…`} onChange={(compare) => changeSettings(id, { compare })} />
        )}
      </div>
      <div class="row tight">
        <Button icon="code" label={t.chat.code} class="words-wide" onClick={() => dialog.set('code')} />
        <Button icon="settings" label={t.chat.panel} class="words-wide" pressed={shown.parameters} onClick={() => panels.update((old) => ({ ...old, parameters: !old.parameters }))} />
      </div>
    </header>
  );
}
