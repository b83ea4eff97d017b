import { Button } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '../api/problem.js';
import { t } from '../i18n/t.js';
import { session } from '../api/session.js';
import { useNotifyProblem } from './use-notify.js';

/** Keeps a file of the API. A plain link could not, as it has no way to say who asks. */
const download = async (path: string, file: string): Promise<void> => {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${session.get().token ?? ''}` } });
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined));
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  URL.revokeObjectURL(url);
};

interface Props {
  readonly path: string;
  readonly file: string;
  /** what is shown: the file holds the same */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

export const ExportButton = ({ path, file, filter = {} }: Props): ReactNode => {
  const onError = useNotifyProblem();
  const { mutate, isPending } = useMutation({ mutationFn: () => download(path + queryOf(filter), file), onError });
  return (
    <Button icon={<ArrowDownload20Regular />} onClick={() => mutate()} disabled={isPending}>
      {t('action.export')}
    </Button>
  );
};

const queryOf = (filter: NonNullable<Props['filter']>): string => {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};
