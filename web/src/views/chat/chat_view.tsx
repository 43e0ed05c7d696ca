// The chat: conversations at the left, the open one, and its parameters at the right.
import { useEffect } from 'preact/hooks';

import { Notice } from '../../components/notice';
import { onCommand } from '../../state/commands';
import { changeSettings, conversations, startConversation } from '../../state/conversations';
import { running, stop } from '../../state/generation';
import { models, refreshModels } from '../../state/models';
import { useStore } from '../../state/store';
import { dialog, panels } from '../../state/ui';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { ChatHead } from './chat_head';
import { CodeDialog } from './code_dialog';
import { Composer } from './composer';
import { ConversationList } from './conversation_list';
import { ParameterPanel } from './parameter_panel';
import { Thread } from './thread';

export function ChatView() {
  const t = useTexts();
  const conversation = useStore(conversations, ({ all, open }) => all[open]!);
  const { list, failure } = useStore(models);
  const shown = useStore(panels);
  const openDialog = useStore(dialog);
  const { id, settings } = conversation;

  // The first model that reads text, until one is chosen; the one that was, as long as it is there.
  const texts = list.filter(({ kind }) => kind === 'text');
  const known = list.length === 0 || texts.some((model) => model.id === settings.model);
  useEffect(() => {
    if (!known && texts[0] !== undefined) changeSettings(id, { model: texts[0].id });
  }, [id, known, texts[0]?.id]);

  useEffect(() => {
    const ends = [
      onCommand('fresh', startConversation),
      onCommand('code', () => dialog.set('code')),
      onCommand('stop', () => {
        if (running.get().size > 0) stop();
        else if (panels.get().list) panels.update((old) => ({ ...old, list: false }));
      }),
    ];
    return () => ends.forEach((end) => end());
  }, []);

  return (
    <div class="chat" data-list={shown.list} data-parameters={shown.parameters}>
      <ConversationList />
      <section class="chat-main" aria-label={t.chat.title}>
        <ChatHead conversation={conversation} />
        {failure !== null && list.length === 0 && (
          <Notice onRetry={() => void refreshModels()}>{explainFailure(failure, t)}</Notice>
        )}
        <Thread key={id} conversation={conversation} />
        <Composer key={`composer-${id}`} conversation={conversation} />
      </section>
      {shown.parameters && <ParameterPanel conversation={conversation} />}
      {(shown.list || shown.parameters) && (
        <button
          type="button" class="curtain" aria-label={t.shell.close} tabIndex={-1}
          onClick={() => panels.set({ list: false, parameters: false })}
        />
      )}
      {openDialog === 'code' && <CodeDialog conversation={conversation} onClose={() => dialog.set(null)} />}
    </div>
  );
}
