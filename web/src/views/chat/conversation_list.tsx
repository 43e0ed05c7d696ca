import { useRef, useState } from 'preact/hooks';

import { Button } from '../../components/button';
import type { Conversation } from '../../state/conversation';
import { addConversations, conversations, listed, openConversation, removeConversation, rename, show, startConversation } from '../../state/conversations';
import { exportConversations, importConversations } from '../../state/exchange';
import { useStore } from '../../state/store';
import { panels } from '../../state/ui';
import { useTexts } from '../../text';
import { saveFile } from '../save_file';

function Line({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const t = useTexts();
  const [editing, setEditing] = useState(false);
  const title = conversation.title || t.chat.untitled;
  const { id } = conversation;
  if (editing) {
    const end = (value: string): void => {
      setEditing(false);
      if (value.trim() !== '') rename(id, value.trim());
    };
    return (
      <li>
        <input
          class="rename" aria-label={t.chat.rename} defaultValue={title} autofocus onBlur={(event) => end(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') end(event.currentTarget.value);
            if (event.key === 'Escape') setEditing(false);
          }}
        />
      </li>
    );
  }
  return (
    <li class={open ? 'line open' : 'line'}>
      <button type="button" class="line-title" aria-current={open ? 'true' : undefined} onClick={() => { show(id); panels.update((old) => ({ ...old, list: false })); }}>{title}</button>
      <span class="line-actions">
        <Button icon="edit" bare label={`${t.chat.rename}: ${title}`} onClick={() => setEditing(true)} />
        <Button icon="remove" bare label={`${t.shell.remove}: ${title}`} onClick={() => { if (confirm(t.chat.removeAsk)) removeConversation(id); }} />
      </span>
    </li>
  );
}

export function ConversationList() {
  const t = useTexts();
  const { all, open, kept, ready } = useStore(conversations);
  const [sought, setSought] = useState('');
  const [problem, setProblem] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const list = listed(all);
  const found = list.filter((conversation) => conversation.title.toLowerCase().includes(sought.toLowerCase()));

  const read = async (file: File | undefined): Promise<void> => {
    const read = file === undefined ? null : importConversations(await file.text());
    setProblem(read === null ? t.chat.importFailed : '');
    if (read !== null) addConversations(read);
    if (chooser.current !== null) chooser.current.value = '';
  };

  return (
    <aside class="list" aria-label={t.chat.conversations}>
      <div class="list-head">
        <h2>{t.chat.conversations}</h2>
        <Button icon="plus" label={t.chat.fresh} onClick={() => { startConversation(); panels.update((old) => ({ ...old, list: false })); }} />
      </div>
      {list.length > 5 && <input type="search" class="search" placeholder={t.chat.search} aria-label={t.chat.search} value={sought} onInput={(event) => setSought(event.currentTarget.value)} />}
      {ready && !kept && <p class="hint pad">{t.chat.notKept}</p>}
      {list.length === 0 ? <p class="hint pad">{t.chat.noneYet}</p> : found.length === 0 && <p class="hint pad">{t.chat.nothingFound}</p>}
      <ul class="lines">{found.map((conversation) => <Line key={conversation.id} conversation={conversation} open={conversation.id === open} />)}</ul>
      <div class="list-foot">
        {problem !== '' && <p class="problem" role="alert">{problem}</p>}
        <input ref={chooser} type="file" accept="application/json,.json" class="unseen" tabIndex={-1} aria-hidden="true" onChange={(event) => void read(event.currentTarget.files?.[0])} />
        <Button icon="upload" bare label={t.chat.import} onClick={() => chooser.current?.click()} />
        <Button icon="download" bare label={t.chat.export} onClick={() => saveFile('conversation.json', exportConversations([openConversation()]), 'application/json')} />
        <Button icon="files" bare label={t.chat.exportAll} disabled={list.length === 0} onClick={() => saveFile('conversations.json', exportConversations(list), 'application/json')} />
      </div>
    </aside>
  );
}
