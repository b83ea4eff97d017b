import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({
  form: { flex: '0 1 320px', minWidth: 0, '@media (max-width: 640px)': { flex: '1 1 0' } },
  box: { width: '100%', minWidth: 0 },
});

/** Finds a device or user in all groups, from any page; on the page of what was found it shows what was asked for. */
export const SearchField = (): ReactNode => {
  const styles = useStyles();
  const { pathname, search: query } = useLocation();
  const asked = pathname === '/search' ? (new URLSearchParams(query).get('q') ?? '') : '';
  const [typed, setTyped] = useState({ text: asked, asked });
  const text = typed.asked === asked ? typed.text : asked;
  const navigate = useNavigate();
  const search = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void navigate(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    <form role="search" aria-label={t('search.title')} className={styles.form} onSubmit={search}>
      <SearchBox
        className={styles.box}
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        value={text}
        onChange={(_, { value }) => setTyped({ text: value, asked })}
      />
    </form>
  );
};
