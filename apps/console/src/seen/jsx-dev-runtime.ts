import { jsxDEV as make } from 'react/jsx-dev-runtime';
import { seenProps } from './seen-props.js';

export { Fragment } from 'react/jsx-dev-runtime';
export type { JSX } from 'react';

/** As jsx-runtime.ts, for `vite` while developing. */
export const jsxDEV: typeof make = (type, props, ...rest) =>
  make(type, seenProps(props as Record<string, unknown>), ...rest);
