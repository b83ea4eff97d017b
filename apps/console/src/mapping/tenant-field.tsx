import { Dropdown, Field, Option } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { tenantsQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import type { Wizard } from './use-wizard.js';

/** The tenant that the address names, else the first that is configured. */
export const useTenant = ({ tenant }: Wizard) => {
  const { data, error, refetch } = useQuery(tenantsQuery);
  const tenants = data?.items.filter(({ configured }) => configured).map(({ tenantId }) => tenantId) ?? [];
  return { tenants, tenant: tenant ?? tenants[0] ?? null, loading: !data, error, refetch };
};

interface Props {
  readonly wizard: Wizard;
  readonly choice: ReturnType<typeof useTenant>;
}

export const TenantField = ({ wizard, choice }: Props): ReactNode => {
  const { tenants, tenant, loading, error, refetch } = choice;
  if (error) return <ProblemState error={error} retry={refetch} />;
  if (loading) return <LoadingState label={t('map.tenant')} />;
  if (tenants.length === 0) return <EmptyState title={t('map.noTenant')} hint={t('map.noTenant.hint')} />;
  return (
    <Field label={t('map.tenant')}>
      <Dropdown
        value={tenant ?? ''}
        selectedOptions={[tenant ?? '']}
        onOptionSelect={(_, { optionValue }) => wizard.change({ tenant: optionValue, group: null })}
      >
        {tenants.map((each) => (
          <Option key={each} value={each}>
            {each}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
};
