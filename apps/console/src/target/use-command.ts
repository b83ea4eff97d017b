import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, type Schema } from '../api/client.js';
import { api } from '../api/client.js';
import { t } from '../i18n/t.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';

type Command = Schema['Command'];

const LOOK_EVERY_MS = 700;
const TIMEOUT_MS = 30_000;

/** Waits until somebody answers a command, though not forever. */
export const answered = async (sent: Command): Promise<Command> => {
  let command = sent;
  for (const end = Date.now() + TIMEOUT_MS; command.state === 'sent' && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    command = await answerOf(api.GET('/api/v1/commands/{id}', { params: { path: { id: sent.id } } }));
  }
  return command;
};

const INTENTS = { accepted: 'success', refused: 'warning', expired: 'warning', sent: 'info' } as const;

/** Sends a command and tells what became of it. */
export const useCommand = () => {
  const notify = useNotify();
  const onError = useNotifyProblem();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ send }: { title: string; send: () => Promise<Command> }) => {
      const sent = await send();
      return answered(sent);
    },
    onMutate: ({ title }) => notify('info', title, t('command.sending')),
    onSuccess: (command, { title }) => {
      notify(INTENTS[command.state], title, command.message ?? t(`command.${command.state}`));
      void client.invalidateQueries();
    },
    onError,
  });
};
