import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { TableSettings20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { COLUMNS, DEFAULT_COLUMNS } from './columns.js';

interface Props {
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** Which columns are shown. The name stays: it leads to the collection. */
export const ColumnChooser = ({ chosen, onChoose }: Props): ReactNode => (
  <Menu
    checkedValues={{ column: [...chosen] }}
    onCheckedValueChange={(_, { checkedItems }) =>
      onChoose(COLUMNS.map(({ id }) => id).filter((id) => id === 'collectionName' || checkedItems.includes(id)))
    }
  >
    <MenuTrigger disableButtonEnhancement>
      <Button icon={<TableSettings20Regular />}>{t('collections.columns')}</Button>
    </MenuTrigger>
    <MenuPopover>
      <MenuList>
        {COLUMNS.map(({ id, title }) => (
          <MenuItemCheckbox key={id} name="column" value={id} disabled={id === 'collectionName'}>
            {title}
          </MenuItemCheckbox>
        ))}
        <MenuDivider />
        <MenuItem onClick={() => onChoose(DEFAULT_COLUMNS)}>{t('collections.columns.default')}</MenuItem>
      </MenuList>
    </MenuPopover>
  </Menu>
);
