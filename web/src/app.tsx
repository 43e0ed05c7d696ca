import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

import { AccessDialog } from './components/access_dialog';
import { Icon } from './components/icon';
import { Notice } from './components/notice';
import { PreferencesDialog } from './components/preferences_dialog';
import { ShortcutsDialog } from './components/shortcuts_dialog';
import { access } from './state/access';
import { useStore } from './state/store';
import { dialog, view, viewNames, type ViewName } from './state/ui';
import { useTexts } from './text';
import { ChatView } from './views/chat/chat_view';
import { useLateView } from './views/use_late_view';

// The chat is what people come for; the others are fetched when they are opened.
const kOtherViews: Record<Exclude<ViewName, 'chat'>, () => Promise<ComponentType>> = {
  speech: () => import('./views/speech/speech_view').then((module) => module.SpeechView),
  files: () => import('./views/files/files_view').then((module) => module.FilesView),
  models: () => import('./views/models/models_view').then((module) => module.ModelsView),
  batches: () => import('./views/batches/batches_view').then((module) => module.BatchesView),
  adapters: () => import('./views/adapters/adapters_view').then((module) => module.AdaptersView),
  keys: () => import('./views/keys/keys_view').then((module) => module.KeysView),
  live: () => import('./views/live/live_view').then((module) => module.LiveView),
  usage: () => import('./views/usage/usage_view').then((module) => module.UsageView),
};

function OtherView({ name }: { name: Exclude<ViewName, 'chat'> }) {
  const t = useTexts();
  const { View, failed, again } = useLateView(name, kOtherViews[name]);
  if (failed && View === null) return <div class="page"><h1>{t.views[name]}</h1><Notice onRetry={again}>{t.failures.unreachable}</Notice></div>;
  return View === null ? <p class="loading" role="status">{t.shell.loading}</p> : <View />;
}

function Rail({ current }: { current: ViewName }) {
  const t = useTexts();
  return (
    <nav class="rail" aria-label={t.shell.navigation}>
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><path class="wing" d="M3 11c8-1 12 1 14 5l3-7c4 1 6 3 7 5-3 0-5 1-6 4-3 6-7 9-14 8 3-2 6-4 6-6-1-5-4-8-10-9z" /><path class="beak" d="M20 9c4 1 6 3 7 5-2 0-4 0-6 2z" /></svg>
      {viewNames.map((name) => (
        <a key={name} href={`#/${name}`} class="rail-item" title={t.views[name]} aria-current={name === current ? 'page' : undefined}>
          <Icon name={name} />
          <span>{t.views[name]}</span>
        </a>
      ))}
      <div class="rail-end">
        <button type="button" class="rail-item" onClick={() => dialog.set('shortcuts')} aria-label={t.shell.shortcuts} title={`${t.shell.shortcuts} (?)`}><Icon name="help" /></button>
        <button type="button" class="rail-item" onClick={() => dialog.set('settings')} aria-label={t.shell.settings} title={t.shell.settings}><Icon name="settings" /></button>
      </div>
    </nav>
  );
}

export function App() {
  const t = useTexts();
  const current = useStore(view);
  const open = useStore(dialog);
  const asked = useStore(access, (state) => state.asked);
  useEffect(() => {
    document.title = `${t.views[current]} · Peregrine`;
  }, [current, t]);
  const close = (): void => dialog.set(null);
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t.shell.skip}</a>
      <Rail current={current} />
      <main id="main" tabIndex={-1} class={`view view-${current}`}>
        {current === 'chat' ? <ChatView /> : <OtherView key={current} name={current} />}
      </main>
      {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      {open === 'settings' && <PreferencesDialog onClose={close} />}
      {asked !== null && <AccessDialog refused={asked.refused} />}
    </div>
  );
}
