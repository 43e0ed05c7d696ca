import { preferences, type Language } from '../state/preferences';
import { useStore } from '../state/store';
import { de } from './de';
import { en, type Texts } from './en';

export type { Texts } from './en';

export const languages: Record<Language, Texts> = { en, de };

// In the language that the person chose.
export const useTexts = (): Texts => languages[useStore(preferences, ({ language }) => language)];
export const texts = (): Texts => languages[preferences.get().language];
