import { useState } from 'preact/hooks';

import type { ChatRequest } from '../../api/types';
import { CopyButton } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { CheckField } from '../../components/field';
import { CodeBlock } from '../../components/markdown';
import { sample, sampleKinds, type SampleKind } from '../../code/samples';
import { accessKey } from '../../state/access';
import { messagesOf, pathOf, type Conversation } from '../../state/conversation';
import { readSettings } from '../../state/settings';
import { drafts } from '../../state/ui';
import { useTexts } from '../../text';

const kLanguages: Record<SampleKind, string> = { curl: 'bash', groq: 'python', openai: 'python', typescript: 'typescript' };

// What would be sent next: with what is typed, or else up to the last question.
export function requestOf(conversation: Conversation, typed: string): ChatRequest {
  const path = pathOf(conversation).map(({ turn }) => turn);
  const asked = path.slice(0, path.findLastIndex(({ role }) => role !== 'assistant') + 1);
  const messages = messagesOf(conversation.settings.system, typed.trim() === '' ? asked : path);
  if (typed.trim() !== '') messages.push({ role: 'user', content: typed });
  else if (asked.length === 0) messages.push({ role: 'user', content: 'Hello!' });
  return { model: conversation.settings.model, messages, ...readSettings(conversation.settings).fields };
}

export function CodeDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTexts();
  const [kind, setKind] = useState<SampleKind>('curl');
  const [stream, setStream] = useState(true);
  const keyed = accessKey() !== '';
  const request = { ...requestOf(conversation, drafts.get()[conversation.id] ?? ''), ...(stream && { stream: true }) };
  const text = sample(kind, request, { origin: location.origin, keyed });
  return (
    <Dialog title={t.code.title} onClose={onClose} wide>
      <div class="row spread">
        <div class="tabs" role="group" aria-label={t.code.language}>
          {sampleKinds.map((each) => (
            <button key={each} type="button" class="tab" aria-pressed={each === kind} onClick={() => setKind(each)}>{t.code.kinds[each]}</button>
          ))}
        </div>
        <div class="row tight">
          <CheckField label={t.code.stream} checked={stream} onChange={setStream} />
          <CopyButton text={text} bare={false} />
        </div>
      </div>
      <CodeBlock key={kind} language={kLanguages[kind]} text={text} settled />
      {keyed && <p class="hint">{t.code.keyNote}</p>}
    </Dialog>
  );
}
