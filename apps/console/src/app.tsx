import { FluentProvider, Toaster } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { toProblem } from './api/problem.js';
import { SignInGate } from './session/sign-in-gate.js';
import { Pages } from './pages.js';
import { Shell } from './shell/shell.js';
import { ThemeContext, useThemeChoice } from './shell/theme.js';
import { TOASTER } from './ui/use-notify.js';

/** A refusal stays one; what is away may come back. */
const mayPass = (failures: number, error: unknown): boolean => {
  const { status } = toProblem(error);
  return failures < 2 && (status === 0 || status >= 500);
};

const client = new QueryClient({
  defaultOptions: { queries: { retry: mayPass, staleTime: 5_000, refetchOnWindowFocus: true } },
});

export const App = (): ReactNode => {
  const theme = useThemeChoice();
  useEffect(() => {
    document.body.style.cssText = `margin: 0; background: ${theme.fluent.colorNeutralBackground2}`;
    document.documentElement.style.colorScheme = theme.dark ? 'dark' : 'light';
  }, [theme]);
  return (
    <ThemeContext value={theme}>
      <FluentProvider theme={theme.fluent} style={{ minHeight: '100dvh', background: 'transparent' }}>
        <QueryClientProvider client={client}>
          <BrowserRouter useTransitions={false}>
            <SignInGate>
              <Shell>
                <Pages />
              </Shell>
            </SignInGate>
          </BrowserRouter>
          <Toaster toasterId={TOASTER} position="bottom-end" pauseOnHover limit={4} />
        </QueryClientProvider>
      </FluentProvider>
    </ThemeContext>
  );
};
