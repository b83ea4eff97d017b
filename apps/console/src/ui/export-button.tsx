import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
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

const useDownload = ({ path, file, filter = {} }: Props) => {
  const onError = useNotifyProblem();
  return useMutation({ mutationFn: () => download(path + queryOf(filter), file), onError });
};

export const ExportButton = (props: Props): ReactNode => {
  const { mutate, isPending } = useDownload(props);
  return (
    <Button icon={<ArrowDownload20Regular />} onClick={() => mutate()} disabled={isPending}>
      {t('action.export')}
    </Button>
  );
};

const FORMATS = ['csv', 'ndjson'] as const;

const FormatItem = ({
  format,
  path,
  file,
  filter,
}: Props & { readonly format: (typeof FORMATS)[number] }): ReactNode => {
  const { mutate } = useDownload({ path, file: `${file}.${format}`, filter: { ...filter, format } });
  return <MenuItem onClick={() => mutate()}>{t(`export.${format}`)}</MenuItem>;
};

/** The same with a choice of formats. `file` has no ending. */
export const ExportMenu = (props: Props): ReactNode => (
  <Menu>
    <MenuTrigger disableButtonEnhancement>
      <Button icon={<ArrowDownload20Regular />}>{t('action.export')}</Button>
    </MenuTrigger>
    <MenuPopover>
      <MenuList>
        {FORMATS.map((format) => (
          <FormatItem key={format} format={format} {...props} />
        ))}
      </MenuList>
    </MenuPopover>
  </Menu>
);

const queryOf = (filter: NonNullable<Props['filter']>): string => {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};
