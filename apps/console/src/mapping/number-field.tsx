import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly unit: string;
  /** NaN while nothing or no number is typed */
  readonly value: number;
  readonly problem?: string | undefined;
  readonly onChange: (value: number) => void;
}

const useStyles = makeStyles({ input: { width: '100%', maxWidth: '180px' } });

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** A number with its unit. What is typed stays as it is, and what is wrong with it is told beneath. */
export const NumberField = ({ label, hint, unit, value, problem, onChange }: Props): ReactNode => {
  const styles = useStyles();
  const [typed, setTyped] = useState('');
  const text = Object.is(numberOf(typed), value) ? typed : Number.isNaN(value) ? '' : String(value);
  return (
    <Field label={label} hint={hint} {...(problem && { validationMessage: problem, validationState: 'error' })}>
      <Input
        type="number"
        className={styles.input}
        input={{ style: { minWidth: 0 } }}
        value={text}
        contentAfter={unit}
        onChange={(_, data) => {
          setTyped(data.value);
          onChange(numberOf(data.value));
        }}
      />
    </Field>
  );
};
