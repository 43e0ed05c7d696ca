import './style/base.css';
import './style/controls.css';
import './style/shell.css';
import './style/chat.css';
import './style/views.css';
import './style/admin.css';

import { render } from 'preact';

import { App } from './app';
import { listenToKeys } from './state/commands';
import { readKeptConversations, saveOnLeave } from './state/conversations';
import { refreshModels, refreshWhenOnline } from './state/models';
import { applyPreferences } from './state/preferences';

applyPreferences();
listenToKeys();
saveOnLeave();
refreshWhenOnline();
render(<App />, document.getElementById('app')!);
void readKeptConversations();
void refreshModels();
