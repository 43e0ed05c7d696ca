import { access, forgetKey } from '../state/access';
import { preferences, setLanguage, setTheme, type Language, type Theme } from '../state/preferences';
import { useStore } from '../state/store';
import { languages, useTexts } from '../text';
import { Button } from './button';
import { Dialog } from './dialog';
import { SelectField } from './field';

export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const { theme, language } = useStore(preferences);
  const { key, remembered } = useStore(access);
  const themes = Object.entries(t.preferences.themes) as [Theme, string][];
  const tongues = Object.entries(languages).map(([code, { name }]) => [code as Language, name] as const);
  return (
    <Dialog title={t.preferences.title} onClose={onClose}>
      <div class="stack">
        <SelectField label={t.preferences.theme} value={theme} onChange={setTheme} options={themes} />
        <SelectField label={t.preferences.language} value={language} onChange={setLanguage} options={tongues} />
        <div class="row spread">
          <div>
            <strong>{t.preferences.key}</strong>
            <p class="hint">{key === '' ? t.preferences.noKey : remembered ? t.preferences.keyKept : t.preferences.keyInMemory}</p>
          </div>
          {key !== '' && <Button label={t.preferences.forget} onClick={forgetKey} />}
        </div>
      </div>
    </Dialog>
  );
}
