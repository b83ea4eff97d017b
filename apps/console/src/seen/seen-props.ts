import { shownText } from '@collection-sync/core/shown-text';

type Props = Readonly<Record<string, unknown>>;

/** Props that people read. What they type or choose, and what is compared or sent, stays as it is. */
const READ = ['children', 'title', 'label', 'hint', 'aria-label'] as const;

/** A text as people see it, see `shownText`; in a list of children too. Elements have been through here themselves. */
const seen = (content: unknown): unknown => {
  if (typeof content === 'string') return shownText(content);
  if (!Array.isArray(content)) return content;
  const each = content.map(seen);
  return each.every((one, at) => one === content[at]) ? content : each;
};

export const seenProps = (props: Props): Props => {
  const changed = READ.flatMap((name) => {
    const [before, after] = [props[name], seen(props[name])];
    return before === after ? [] : [[name, after] as const];
  });
  return changed.length === 0 ? props : { ...props, ...Object.fromEntries(changed) };
};
