import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { Section } from '../ui/section.js';
import type { Relation } from './relation-columns.js';

const useStyles = makeStyles({
  code: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

/** A text of PowerShell that means nothing but itself: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
const quoted = (text: string): string => `'${text.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;

/** https://learn.microsoft.com/powershell/module/configurationmanager/set-cmcollectioncloudsync */
const commandOf = ({ collectionId, groupName }: Relation): string =>
  `Set-CMCollectionCloudSync -Id ${quoted(collectionId)} -RemoveGroupName ${quoted(groupName)}`;

/** The product's own command lines that end the relations that were taken over. */
export const EndInProduct = ({ relations }: { readonly relations: readonly Relation[] }): ReactNode => {
  const styles = useStyles();
  if (relations.length === 0) return null;
  return (
    <Section title={t('takeOver.commands')}>
      <Text>{t('takeOver.commands.text')}</Text>
      <pre className={styles.code} tabIndex={0}>
        {relations.map(commandOf).join('\n')}
      </pre>
    </Section>
  );
};
