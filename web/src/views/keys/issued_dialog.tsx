import type { Key } from '../../api/admin';
import { Button, CopyButton } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { giveKey } from '../../state/access';
import { useTexts } from '../../text';

interface IssuedProps {
  made: Key & { secret: string };
  needed: boolean; // this page has no key, and needs one from now on
  onClose: () => void;
}

// The one time that a key is seen.
export function IssuedDialog({ made, needed, onClose }: IssuedProps) {
  const t = useTexts();
  const use = (): void => {
    giveKey(made.secret, false);
    onClose();
  };
  return (
    <Dialog title={`${t.keys.issued}: ${made.name}`} onClose={onClose}>
      <p>{t.keys.once}</p>
      <div class="secret"><code>{made.secret}</code><CopyButton text={made.secret} label={t.keys.copyKey} bare={false} /></div>
      <div class="row end">
        {needed && made.scopes.includes('admin') && <Button primary label={t.keys.useHere} onClick={use} />}
        <Button label={t.keys.done} onClick={onClose} />
      </div>
    </Dialog>
  );
}
