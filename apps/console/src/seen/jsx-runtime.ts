import type { ElementType, Key, ReactElement } from 'react';
import * as react from 'react/jsx-runtime';
import { seenProps } from './seen-props.js';

// Every element of the console is made by these two (`jsxImportSource`), so no name from outside can hide or turn what is on a page.
export { Fragment } from 'react/jsx-runtime';
export type { JSX } from 'react';

type Make = (type: ElementType, props: Record<string, unknown>, key?: Key) => ReactElement;

export const jsx: Make = (type, props, key) => react.jsx(type, seenProps(props), key);
export const jsxs: Make = (type, props, key) => react.jsxs(type, seenProps(props), key);
