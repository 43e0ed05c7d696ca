// Look and language: the system's, or what the person chose.
import { keep, readKept } from './kept';
import { createStore } from './store';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'de';

interface Preferences {
  theme: Theme;
  language: Language;
}

const kThemes: readonly string[] = ['system', 'light', 'dark'];
const kLanguages: readonly string[] = ['en', 'de'];

function initialLanguage(): Language {
  const kept = readKept('language');
  if (kept !== null && kLanguages.includes(kept)) return kept as Language;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

function initialTheme(): Theme {
  const kept = readKept('theme');
  return kept !== null && kThemes.includes(kept) ? (kept as Theme) : 'system';
}

export const preferences = createStore<Preferences>({ theme: initialTheme(), language: initialLanguage() });

export function setTheme(theme: Theme): void {
  keep('theme', theme);
  preferences.update((old) => ({ ...old, theme }));
}

export function setLanguage(language: Language): void {
  keep('language', language);
  preferences.update((old) => ({ ...old, language }));
}

// Keeps the document's attributes as the preferences say.
export function applyPreferences(): void {
  const apply = (): void => {
    const { theme, language } = preferences.get();
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
  };
  apply();
  preferences.subscribe(apply);
}
