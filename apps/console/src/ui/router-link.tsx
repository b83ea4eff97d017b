import { shownName } from '@collection-sync/core/shown-text';
import { Link as FluentLink } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link of the kit that opens a page of the console without loading everything again. */
export const RouterLink = ({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactNode => {
  const open = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <FluentLink as="a" href={useHref(to)} onClick={open}>
      {typeof children === 'string' ? shownName(children) : children}
    </FluentLink>
  );
};
