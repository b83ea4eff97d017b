import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowRepeatAll20Regular,
  ArrowSync20Regular,
  DocumentSearch20Regular,
  MoreHorizontal20Regular,
  Pause20Regular,
  Play20Regular,
  RecordStop20Regular,
} from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { answerOf, api, splitTarget, type Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { NO_PREVIEW, PreviewDrawer } from '../preview/preview-drawer.js';
import { useMay } from '../session/use-role.js';
import { useAddress } from '../ui/use-address.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';
import { FullSyncDialog } from './full-sync-dialog.js';
import { StopDialog } from './stop-dialog.js';
import { useCommand } from './use-command.js';

const useStyles = makeStyles({ bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });

/** What can be done with a target, by whoever may. */
export const TargetActions = ({ target }: { readonly target: Schema['Target'] }): ReactNode =>
  useMay('Operator') && <Actions target={target} />;

const Actions = ({ target }: { readonly target: Schema['Target'] }): ReactNode => {
  const styles = useStyles();
  const [open, setOpen] = useState<'full' | 'stop' | null>(null);
  const { params, change } = useAddress();
  const { row, mappingState, run } = target;
  const id = row.target ?? '';
  const preview = (): void => change({ target: id, preview: 'yes' });
  const path = { params: { path: splitTarget(id) } };
  const command = useCommand();
  const sync = (kind: 'full' | 'incremental', listing = false): void =>
    command.mutate({
      title: t(`action.sync.${kind}`),
      send: () => answerOf(api.POST('/api/v1/targets/{tenant}/{group}/sync', { ...path, body: { kind, listing } })),
    });
  const pause = useMappingState(id);
  const active = mappingState === 'active';
  const close = (): void => setOpen(null);
  return (
    <div className={styles.bar} role="group" aria-label={t('target.actions')}>
      <Button icon={<ArrowSync20Regular />} disabled={!active} onClick={() => sync('incremental')}>
        {t('action.sync.incremental')}
      </Button>
      <Button
        icon={<ArrowRepeatAll20Regular />}
        title={t('full.also')}
        disabled={!active}
        onClick={() => setOpen('full')}
      >
        {t('action.sync.full')}…
      </Button>
      <Button icon={<DocumentSearch20Regular />} onClick={preview}>
        {t('action.preview')}
      </Button>
      {mappingState === 'paused' ? (
        <Button
          icon={<Play20Regular />}
          disabledFocusable={target.pausedBy === 'tenant'}
          {...(target.pausedBy === 'tenant' && { title: t('action.resume.off') })}
          onClick={() => pause.mutate('resume')}
        >
          {t('action.resume')}
        </Button>
      ) : (
        <Button icon={<Pause20Regular />} disabled={!active} onClick={() => pause.mutate('pause')}>
          {t('action.pause')}
        </Button>
      )}
      {run && (
        <Button
          icon={<RecordStop20Regular />}
          onClick={() =>
            command.mutate({
              title: t('action.cancel'),
              send: () => answerOf(api.POST('/api/v1/targets/{tenant}/{group}/cancel', path)),
            })
          }
        >
          {t('action.cancel')}
        </Button>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<MoreHorizontal20Regular />} aria-label={t('action.more')} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem
              disabled={!active || row.syncFailed === 0}
              onClick={() =>
                command.mutate({
                  title: t('action.retryFailed'),
                  send: () => answerOf(api.POST('/api/v1/targets/{tenant}/{group}/retry', path)),
                })
              }
            >
              {t('action.retryFailed')}
            </MenuItem>
            <MenuItem
              disabled={!active}
              onClick={() =>
                command.mutate({
                  title: t('action.resend'),
                  send: () => answerOf(api.POST('/api/v1/targets/{tenant}/{group}/resend', path)),
                })
              }
            >
              {t('action.resend')}
            </MenuItem>
            <MenuItem
              disabled={mappingState === 'deleting'}
              onClick={() =>
                command.mutate({
                  title: t('action.compare'),
                  send: () => answerOf(api.POST('/api/v1/targets/{tenant}/{group}/compare', path)),
                })
              }
            >
              {t('action.compare')}
            </MenuItem>
            <MenuItem disabled={mappingState === 'deleting'} onClick={() => setOpen('stop')}>
              {t('action.stop')}…
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <FullSyncDialog
        row={row}
        open={open === 'full'}
        onClose={close}
        onConfirm={(listing) => sync('full', listing)}
        onPreview={preview}
      />
      <StopDialog row={row} open={open === 'stop'} onClose={close} />
      {params.get('preview') !== null && (
        <PreviewDrawer
          target={id}
          collection={row.collectionId}
          group={row.groupName ?? id}
          onClose={() => change(NO_PREVIEW)}
        />
      )}
    </div>
  );
};

const useMappingState = (target: string) => {
  const notify = useNotify();
  const onError = useNotifyProblem();
  const client = useQueryClient();
  const path = { params: { path: splitTarget(target) } };
  return useMutation({
    mutationFn: (to: 'pause' | 'resume') =>
      answerOf(
        to === 'pause'
          ? api.POST('/api/v1/mappings/{tenant}/{group}/pause', path)
          : api.POST('/api/v1/mappings/{tenant}/{group}/resume', path),
      ),
    onSuccess: (_, to) => {
      notify('success', t(`mapping.${to}d`));
      void client.invalidateQueries();
    },
    onError,
  });
};
