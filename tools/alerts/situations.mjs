import { SERVICES } from '@collection-sync/core';

// Series in promtool's notation (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules), one value a minute.

const always = (value) => `${value}x180`;
const growing = (step) => `0+${step}x180`;
const buckets = (name, edges) =>
  Object.fromEntries(edges.map(([le, step]) => [`${name}_bucket{le="${le}"}`, growing(step)]));

/** An installation that works: nothing may fire. */
export const healthy = {
  ...Object.fromEntries(
    SERVICES.map((name) => [`collection_sync_build_info{service="${name}",version="1"}`, always(1)]),
  ),
  ...Object.fromEntries(
    SERVICES.map((name) => [`collection_sync_part_ok{service="${name}",part="database"}`, always(1)]),
  ),
  'collection_sync_status_upstream_ready{kind="site",name="ABC"}': always(1),
  'collection_sync_status_upstream_ready{kind="directory",name="t"}': always(1),
  collection_sync_status_oldest_check_seconds: always(60),
  'collection_sync_capture_reads_total{verdict="complete"}': growing(10),
  'collection_sync_capture_reads_total{verdict="incomplete"}': growing(1),
  'collection_sync_capture_mapped_collections{state="missing"}': always(0),
  'collection_sync_capture_mapped_collections{state="failing"}': always(0),
  'collection_sync_bus_lag_records{service="writer",topic="run"}': always(10),
  'collection_sync_outbox_oldest_seconds{service="writer"}': always(1),
  ...buckets('collection_sync_writer_merge_delay_seconds', [
    ['10', 5],
    ['300', 5],
    ['+Inf', 5],
  ]),
  ...buckets('collection_sync_writer_time_to_join_seconds', [
    ['60', 5],
    ['900', 5],
    ['+Inf', 5],
  ]),
  'collection_sync_writer_runs_total{kind="full",ending="completed"}': growing(10),
  'collection_sync_writer_runs_total{kind="full",ending="failed"}': always(0),
  collection_sync_writer_run_unaccounted_total: always(0),
  collection_sync_writer_lease_losses_total: always(0),
  'collection_sync_writer_graph_throttled_total{tenant="t"}': always(0),
  'collection_sync_writer_graph_writes_total{tenant="t",kind="add"}': growing(100),
  'collection_sync_writer_budget_blocked_seconds{tenant="t"}': always(0),
  collection_sync_status_open_plans: always(0),
  'collection_sync_status_targets{word="Failed"}': always(0),
  collection_sync_status_dead_letters_last_hour: always(0),
  // Prometheus' time begins at 0 here: a year from then
  'collection_sync_credential_end_timestamp_seconds{part="graph t",service="writer"}': always(365 * 86_400),
  'collection_sync_http_requests_total{route="/api/v1/collections",status="200"}': growing(100),
  'collection_sync_http_requests_total{route="/api/v1/collections",status="503"}': growing(1),
  'collection_sync_http_requests_total{route="/health/ready",status="503"}': growing(100),
};

/** What differs where an alert fires, and the labels that it fires with; `after` minutes it fires, just before `quietUntil` not yet. */
export const troubles = {
  CollectionSyncServiceDown: {
    series: { 'collection_sync_build_info{service="capture",version="1"}': '1x29 stale' },
    labels: { service: 'capture' },
    quietUntil: 30,
    after: 40,
  },
  CollectionSyncPartWaits: {
    series: { 'collection_sync_part_ok{service="writer",part="database"}': always(0) },
    labels: { service: 'writer', part: 'database' },
    quietUntil: 9,
    after: 11,
  },
  CollectionSyncSiteUnavailable: {
    series: { 'collection_sync_status_upstream_ready{kind="site",name="ABC"}': always(0) },
    labels: { name: 'ABC' },
    quietUntil: 9,
    after: 11,
  },
  CollectionSyncDirectoryUnavailable: {
    series: { 'collection_sync_status_upstream_ready{kind="directory",name="t"}': always(0) },
    labels: { name: 't' },
    quietUntil: 29,
    after: 31,
  },
  CollectionSyncStale: {
    series: { collection_sync_status_oldest_check_seconds: '0+60x180' },
    labels: {},
    quietUntil: 60,
    after: 75,
  },
  CollectionSyncReadsUnproven: {
    series: { 'collection_sync_capture_reads_total{verdict="incomplete"}': growing(5) },
    labels: {},
    quietUntil: 20,
    after: 45,
  },
  CollectionSyncCollectionMissing: {
    series: { 'collection_sync_capture_mapped_collections{state="missing"}': always(2) },
    labels: {},
    value: 2,
    quietUntil: 9,
    after: 11,
  },
  CollectionSyncCollectionFailing: {
    series: { 'collection_sync_capture_mapped_collections{state="failing"}': always(2) },
    labels: {},
    value: 2,
    quietUntil: 9,
    after: 11,
  },
  CollectionSyncBusLag: {
    series: { 'collection_sync_bus_lag_records{service="writer",topic="run"}': '2000+10x180' },
    labels: { service: 'writer', topic: 'run' },
    quietUntil: 10,
    after: 30,
  },
  CollectionSyncOutboxStuck: {
    series: { 'collection_sync_outbox_oldest_seconds{service="writer"}': '0+60x180' },
    labels: { service: 'writer' },
    quietUntil: 9,
    after: 15,
  },
  CollectionSyncMergeSlow: {
    series: buckets('collection_sync_writer_merge_delay_seconds', [
      ['10', 0],
      ['300', 5],
      ['+Inf', 5],
    ]),
    labels: {},
    quietUntil: 10,
    after: 30,
  },
  CollectionSyncJoinSlow: {
    series: buckets('collection_sync_writer_time_to_join_seconds', [
      ['60', 0],
      ['900', 5],
      ['+Inf', 5],
    ]),
    labels: {},
    quietUntil: 20,
    after: 45,
  },
  CollectionSyncRunsFail: {
    series: { 'collection_sync_writer_runs_total{kind="full",ending="failed"}': growing(5) },
    labels: {},
    quietUntil: 20,
    after: 45,
  },
  CollectionSyncRunUnaccounted: {
    series: { collection_sync_writer_run_unaccounted_total: '0x30 1x150' },
    labels: {},
    quietUntil: 29,
    after: 33,
  },
  CollectionSyncLeaseLosses: {
    series: { collection_sync_writer_lease_losses_total: growing(1) },
    labels: {},
    quietUntil: 2,
    after: 15,
  },
  CollectionSyncThrottled: {
    series: { 'collection_sync_writer_graph_throttled_total{tenant="t"}': growing(20) },
    labels: { tenant: 't' },
    quietUntil: 10,
    after: 30,
  },
  CollectionSyncBudgetBlocked: {
    series: { 'collection_sync_writer_budget_blocked_seconds{tenant="t"}': always(30) },
    labels: { tenant: 't' },
    quietUntil: 14,
    after: 16,
  },
  CollectionSyncPlanHeld: {
    series: { collection_sync_status_open_plans: always(1) },
    labels: {},
    quietUntil: 29,
    after: 31,
  },
  CollectionSyncTargetsFailed: {
    series: { 'collection_sync_status_targets{word="Failed"}': always(1) },
    labels: {},
    quietUntil: 29,
    after: 31,
  },
  CollectionSyncCredentialEnds: {
    series: {
      'collection_sync_credential_end_timestamp_seconds{part="graph t",service="writer"}': always(14 * 86_400 + 1_800),
    },
    labels: { part: 'graph t' },
    quietUntil: 30,
    after: 31,
  },
  CollectionSyncApiErrors: {
    series: { 'collection_sync_http_requests_total{route="/api/v1/collections",status="503"}': growing(20) },
    labels: {},
    quietUntil: 9,
    after: 21,
  },
  CollectionSyncDeadLetters: {
    series: { collection_sync_status_dead_letters_last_hour: '0x30 3x150' },
    labels: {},
    quietUntil: 29,
    after: 32,
  },
};
