import { Toast, ToastBody, ToastTitle, useToastController } from '@fluentui/react-components';
import { useCallback } from 'react';
import { toProblem } from '../api/problem.js';

export const TOASTER = 'notices';

type Intent = 'info' | 'success' | 'warning' | 'error';
export type Notify = (intent: Intent, title: string, text?: string) => void;

/** Tells in passing what happened. Errors stay longer. */
export const useNotify = (): Notify => {
  const { dispatchToast } = useToastController(TOASTER);
  return useCallback(
    (intent, title, text) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{title}</ToastTitle>
          {text && <ToastBody>{text}</ToastBody>}
        </Toast>,
        { intent, timeout: intent === 'error' || intent === 'warning' ? 12_000 : 5_000 },
      ),
    [dispatchToast],
  );
};

/** Tells why something could not be done. */
export const useNotifyProblem = (): ((error: unknown) => void) => {
  const notify = useNotify();
  return useCallback(
    (error) => {
      const { title, message, advice } = toProblem(error);
      notify('error', title, [message, advice].filter(Boolean).join(' '));
    },
    [notify],
  );
};
