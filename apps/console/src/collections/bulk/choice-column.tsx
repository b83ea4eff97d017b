import { Checkbox } from '@fluentui/react-components';
import { useCallback, useMemo, useState } from 'react';
import { t } from '../../i18n/t.js';
import type { Column } from '../../ui/table.js';
import type { Row } from '../columns.js';
import type { Chosen } from './bulk-actions.js';

type Choices = ReadonlyMap<string, Chosen>;
const NOBODY: Choices = new Map();

const chosenOf = (row: Row): Chosen[] =>
  row.target === null
    ? []
    : [{ target: row.target, group: row.groupName ?? row.target, collection: row.collectionName }];

/** Groups that are chosen in the table, whatever it shows meanwhile. */
export const useChoice = () => {
  const [choices, setChoices] = useState<Choices>(NOBODY);
  const choose = useCallback(
    (rows: readonly Row[], chosen: boolean) =>
      setChoices((before) => {
        const after = new Map(before);
        for (const each of rows.flatMap(chosenOf)) {
          if (chosen) after.set(each.target, each);
          else after.delete(each.target);
        }
        return after;
      }),
    [],
  );
  const clear = useCallback(() => setChoices(NOBODY), []);
  const column = useMemo(() => choiceColumn(choices, choose), [choices, choose]);
  return { chosen: [...choices.values()], clear, column };
};

const choiceColumn = (choices: Choices, choose: (rows: readonly Row[], chosen: boolean) => void): Column<Row> => ({
  id: 'chosen',
  title: t('bulk.choose'),
  width: 28,
  resizable: false,
  header: (rows) => {
    const mapped = rows.filter(({ target }) => target !== null);
    const chosen = mapped.filter(({ target }) => choices.has(target ?? '')).length;
    const all = chosen > 0 && chosen === mapped.length;
    return (
      <Checkbox
        aria-label={t('bulk.chooseAll')}
        checked={all || (chosen > 0 ? 'mixed' : false)}
        disabled={mapped.length === 0}
        onChange={() => choose(mapped, !all)}
      />
    );
  },
  render: (row) =>
    row.target !== null && (
      <Checkbox
        aria-label={t('plan.choose', { name: row.groupName ?? row.target })}
        checked={choices.has(row.target)}
        onChange={(_, { checked }) => choose([row], checked === true)}
      />
    ),
});
