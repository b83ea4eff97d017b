import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { CollectionsPage } from './collections/collections-page.js';
import { t } from './i18n/t.js';
import { NotFoundPage } from './shell/not-found-page.js';
import { LoadingState } from './ui/states.js';

const page = <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  lazy(async () => ({ default: (await load())[name] }));

const CollectionPage = page(() => import('./collection/collection-page.js'), 'CollectionPage');
const MapPage = page(() => import('./mapping/map-page.js'), 'MapPage');
const TakeOverPage = page(() => import('./take-over/take-over-page.js'), 'TakeOverPage');
const HealthPage = page(() => import('./health/health-page.js'), 'HealthPage');
const SearchPage = page(() => import('./search/search-page.js'), 'SearchPage');
const AuditPage = page(() => import('./audit/audit-page.js'), 'AuditPage');

export const Pages = (): ReactNode => (
  <Suspense fallback={<LoadingState label={t('state.page')} />}>
    <Routes>
      <Route path="/" element={<Navigate to="/collections" replace />} />
      <Route path="/collections" element={<CollectionsPage />} />
      <Route path="/collections/:id" element={<CollectionPage />} />
      <Route path="/map" element={<MapPage />} />
      <Route path="/take-over" element={<TakeOverPage />} />
      <Route path="/system" element={<HealthPage />} />
      <Route path="/search" element={<SearchPage />} />
      <Route path="/audit" element={<AuditPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  </Suspense>
);
