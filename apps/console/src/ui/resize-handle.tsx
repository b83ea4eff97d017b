import { makeStyles, tokens } from '@fluentui/react-components';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { t } from '../i18n/t.js';

const STEP = 16;

const useStyles = makeStyles({
  handle: {
    position: 'absolute',
    insetBlock: 0,
    right: 0,
    width: '9px',
    cursor: 'col-resize',
    touchAction: 'none',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { borderRight: `3px solid ${tokens.colorBrandStroke1}` },
    ':focus-visible': { outline: 'none', borderRight: `3px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface Props {
  readonly title: string;
  readonly width: number;
  /** @param width null is the column's own */
  readonly onResize: (width: number | null, done: boolean) => void;
}

/** At the end of a column's title: dragged, or moved by the arrow keys; Home and a double click give its own width back. */
export const ResizeHandle = ({ title, width, onResize }: Props): ReactNode => {
  const styles = useStyles();
  const begin = useRef<{ x: number; width: number } | null>(null);
  /** as columns are measured: without the space around the text */
  const shown = ({ currentTarget }: { currentTarget: HTMLElement }): number => {
    const cell = currentTarget.closest('[role=columnheader]');
    return cell ? parseFloat(getComputedStyle(cell).width) : width;
  };
  const widthAt = ({ clientX }: PointerEvent): number =>
    begin.current ? begin.current.width + clientX - begin.current.x : width;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by !== undefined) onResize(shown(event) + by, true);
    else if (event.key === 'Home') onResize(null, true);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('table.width', { title })}
      aria-valuenow={width}
      tabIndex={0}
      className={styles.handle}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => onResize(null, true)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begin.current = { x: event.clientX, width: shown(event) };
      }}
      onPointerMove={(event) => begin.current && onResize(widthAt(event), false)}
      onPointerUp={(event) => {
        if (begin.current && begin.current.x !== event.clientX) onResize(widthAt(event), true);
        begin.current = null;
      }}
    />
  );
};
