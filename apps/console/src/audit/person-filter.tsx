import { Combobox, Field, makeStyles, Option } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useCallback, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { auditPeopleQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { useTyped } from '../ui/use-typed.js';
import type { AuditView } from './use-audit-view.js';

type Person = Schema['AuditPeople']['items'][number];

const useStyles = makeStyles({ field: { flex: '1 1 200px', maxWidth: '300px' } });

/** One of those who did something lately, or whoever is typed. */
export const PersonFilter = ({ view: { actor, change } }: { readonly view: AuditView }): ReactNode => {
  const people = useQuery(auditPeopleQuery).data?.items ?? [];
  const shown = people.find(({ id }) => id === actor)?.name ?? actor;
  const commit = useCallback((text: string) => change({ actor: text }), [change]);
  const [text, type] = useTyped(shown, commit);
  const fitting = text === shown ? people : people.filter(({ name }) => fits(name, text));
  return (
    <Field label={t('audit.actor.filter')} className={useStyles().field}>
      <Combobox
        freeform
        style={{ minWidth: 0 }}
        input={{ style: { minWidth: 0 } }}
        placeholder={t('audit.actor.hint')}
        value={text}
        selectedOptions={[actor]}
        onChange={({ target }) => type(target.value)}
        onOptionSelect={(_, { optionValue = '' }) => change({ actor: optionValue })}
      >
        {fitting.map((person) => (
          <Option key={person.id} value={person.id} text={person.name}>
            {label(person, people)}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
};

const fits = (name: string, text: string): boolean => name.toLowerCase().includes(text.trim().toLowerCase());

/** Two people may share a name. */
const label = ({ id, name }: Person, people: readonly Person[]): string =>
  people.some((other) => other.name === name && other.id !== id) ? t('audit.actor.same', { name, id }) : name;
