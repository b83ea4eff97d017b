import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { createContext, useMemo, useSyncExternalStore } from 'react';
import { useStored } from '../ui/use-stored.js';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
type ThemeChoice = (typeof THEME_CHOICES)[number];

export interface ThemeState {
  readonly choice: ThemeChoice;
  readonly dark: boolean;
  readonly fluent: Theme;
  choose(choice: ThemeChoice): void;
}

const isChoice = (value: unknown): value is ThemeChoice => THEME_CHOICES.some((choice) => choice === value);
const system = matchMedia('(prefers-color-scheme: dark)');
const subscribe = (listener: () => void): (() => void) => {
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
};

export const ThemeContext = createContext<ThemeState>({
  choice: 'system',
  dark: false,
  fluent: webLightTheme,
  choose: () => undefined,
});

export const useThemeChoice = (): ThemeState => {
  const [choice, choose] = useStored<ThemeChoice>('theme', 'system', isChoice);
  const systemIsDark = useSyncExternalStore(subscribe, () => system.matches);
  const dark = choice === 'system' ? systemIsDark : choice === 'dark';
  return useMemo(() => ({ choice, dark, fluent: dark ? webDarkTheme : webLightTheme, choose }), [choice, dark, choose]);
};
