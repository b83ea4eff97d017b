import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface Props {
  readonly intent: 'info' | 'success' | 'warning' | 'error';
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** What to know before reading on. */
export const Notice = ({ intent, title, actions, children }: Props): ReactNode => (
  <MessageBar intent={intent} layout="multiline" style={{ flexShrink: 0 }}>
    <MessageBarBody>
      {title && <MessageBarTitle>{title}</MessageBarTitle>}
      {children}
    </MessageBarBody>
    {actions && <MessageBarActions>{actions}</MessageBarActions>}
  </MessageBar>
);
