import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { jsx, jsxs } from './jsx-runtime.js';

it('what would act instead of being seen is a symbol, wherever it is read', () => {
  const name = 'Pay\u202Eroll\u0007';
  const link = jsx('a', { href: `/${name}`, title: name, 'aria-label': name, children: name });
  expect(renderToStaticMarkup(jsxs('p', { children: ['Group ', name, ': ', link, 3] }))).toBe(
    '<p>Group Pay\u27E8U+202E\u27E9roll\u2407: ' +
      `<a href="/${name}" title="Pay\u27E8U+202E\u27E9roll\u2407" aria-label="Pay\u27E8U+202E\u27E9roll\u2407">Pay\u27E8U+202E\u27E9roll\u2407</a>3</p>`,
  );
});

it('what is typed stays as it is, and so does a list without such characters', () => {
  const value = '\u202Etyped';
  expect(renderToStaticMarkup(jsx('input', { value, readOnly: true }))).toContain(`value="${value}"`);
  const children = ['Finance', ' ', 'people'];
  const element = jsxs('b', { children });
  expect((element.props as { children: unknown }).children).toBe(children);
});
