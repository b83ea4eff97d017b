import { Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { Confirm } from '../ui/confirm.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';

interface Props {
  readonly row: Schema['CollectionRow'];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ends the synchronisation of a group; the person says what becomes of its members. */
export const StopDialog = ({ row, open, onClose }: Props): ReactNode => {
  const [members, setMembers] = useState<'leave' | 'remove'>('leave');
  const notify = useNotify();
  const onError = useNotifyProblem();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE('/api/v1/mappings/{tenant}/{group}', {
          params: { path: splitTarget(row.target ?? ''), query: { members } },
        }),
      ),
    onSuccess: () => {
      notify('success', t('stop.done'));
      void client.invalidateQueries();
    },
    onError,
  });
  return (
    <Confirm
      open={open}
      onClose={onClose}
      onConfirm={mutate}
      title={t('stop.title', { group: row.groupName ?? '' })}
      confirm={t('action.stop')}
    >
      <Text as="p" block>
        {t('stop.text')}
      </Text>
      <RadioGroup
        aria-label={t('stop.members')}
        value={members}
        onChange={(_, { value }) => setMembers(value === 'remove' ? 'remove' : 'leave')}
      >
        <Radio value="leave" label={t('stop.leave')} />
        <Radio value="remove" label={t('stop.remove')} />
      </RadioGroup>
    </Confirm>
  );
};
