import { Fragment } from 'preact';

import { viewNames } from '../state/ui';
import { useTexts } from '../text';
import { Dialog } from './dialog';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const s = t.shortcuts;
  const list: [string[], string][] = [
    [['?'], s.show], [['Alt', `1–${viewNames.length}`], s.views], [['n'], s.fresh], [['/'], s.write], [['Enter'], s.send], [['Shift', 'Enter'], s.line],
    [['Esc'], s.stop], [['r'], s.again], [['e'], s.edit], [['c'], s.code], [['p'], s.panel], [['←', '→'], s.tokens],
  ];
  return (
    <Dialog title={s.title} onClose={onClose}>
      <dl class="shortcuts">
        {list.map(([keys, what]) => (
          <Fragment key={what}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
