import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MenuGroup,
  MenuGroupHeader,
  MenuDivider,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Navigation20Regular, PersonCircle20Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { use, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { LiveState } from '../api/live.js';
import { meQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { useSignOut } from '../session/use-sign-out.js';
import { AlertMark } from './alert-mark.js';
import { useEntries } from './entries.js';
import { LiveSign } from './live-sign.js';
import { SearchField } from './search-field.js';
import { THEME_CHOICES, ThemeContext } from './theme.js';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    height: '48px',
    flexShrink: 0,
    paddingInline: tokens.spacingHorizontalL,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    '@media (max-width: 640px)': { paddingInline: tokens.spacingHorizontalS },
  },
  pages: { display: 'none', '@media (max-width: 840px)': { display: 'inline-flex' } },
  logo: { width: '24px', height: '24px' },
  space: { flex: 1, '@media (max-width: 640px)': { display: 'none' } },
  account: {
    flexShrink: 0,
    '@media (max-width: 640px)': { minWidth: 'auto', paddingInline: tokens.spacingHorizontalXS },
  },
  name: { '@media (max-width: 640px)': { display: 'none' } },
});

export const Header = ({ live }: { readonly live: LiveState }): ReactNode => {
  const styles = useStyles();
  const navigate = useNavigate();
  const entries = useEntries();
  return (
    <header className={styles.header}>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className={styles.pages}
            appearance="subtle"
            icon={<Navigation20Regular />}
            aria-label={t('shell.pages')}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {entries.map(({ path, title, icon }) => (
              <MenuItem key={path} icon={icon} onClick={() => void navigate(path)}>
                {t(title)} {path === '/system' && <AlertMark />}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <img className={styles.logo} src="/icon.svg" alt="" />
      <Text weight="semibold" className={styles.name}>
        {t('product')}
      </Text>
      <div className={styles.space} />
      <SearchField />
      <LiveSign state={live} />
      <AccountMenu />
    </header>
  );
};

const AccountMenu = (): ReactNode => {
  const styles = useStyles();
  const { data: me } = useQuery(meQuery);
  const { choice, choose } = use(ThemeContext);
  const signOut = useSignOut();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const chosen = THEME_CHOICES.find((each) => each === checkedItems[0]);
        if (chosen) choose(chosen);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.account}
          appearance="subtle"
          icon={<PersonCircle20Regular />}
          aria-label={me ? t('shell.accountOf', { name: me.name, role: me.role }) : t('shell.account')}
        >
          <span className={styles.name}>{me ? t('shell.me', { name: me.name, role: me.role }) : ''}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t('shell.theme')}</MenuGroupHeader>
            {THEME_CHOICES.map((each) => (
              <MenuItemRadio key={each} name="theme" value={each}>
                {t(`shell.theme.${each}`)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem onClick={signOut}>{t('shell.signOut')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
