// Made from the OpenAPI document by scripts/api-types.mjs.
export interface paths {
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did what, newest first
     * @description Role: Reader.
     */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/collections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Collections with their targets: the product’s monitoring view
     * @description One row per collection and target; a collection without a target has one row, whose group is null.
     *
     *     Role: Reader.
     */
    get: operations['listCollections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/collections/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One collection: what the site says of it, the proof of its reads, and its targets
     * @description Role: Reader.
     */
    get: operations['getCollection'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/commands/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One command, and what became of it
     * @description Role: Reader.
     */
    get: operations['getCommand'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Records that could not be read or acted on, with the reason, newest first
     * @description Role: Reader.
     */
    get: operations['listDeadLetters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Server-sent events: what changed, to be read again by whoever shows it
     * @description Each event is named after the kind of what changed; its data is `{"kind", "key", "at"}`. A `hello` comes first, a `heartbeat` every 15 s. After a lost connection read everything again.
     *
     *     Role: Reader.
     */
    get: operations['streamEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/export/collections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All rows of the collections page as a file
     * @description The CSV has the product’s column titles.
     *
     *     Role: Reader.
     */
    get: operations['exportCollections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/export/members/{tenant}/{group}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All members of a target as a file
     * @description Role: Reader.
     */
    get: operations['exportMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/mappings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Mappings, by target
     * @description Role: Reader.
     */
    get: operations['listMappings'];
    put?: never;
    /**
     * Synchronise a collection to a group
     * @description The first run is full: it overwrites the members of the group, under the removal guard.
     *
     *     Role: Operator.
     */
    post: operations['createMapping'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/mappings/{tenant}/{group}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One mapping
     * @description Role: Reader.
     */
    get: operations['getMapping'];
    put?: never;
    post?: never;
    /**
     * Stop synchronising a group
     * @description The caller says what becomes of the members: `leave` them in the group, or `remove` what the collection wanted, under the removal guard.
     *
     *     Role: Operator.
     */
    delete: operations['deleteMapping'];
    options?: never;
    head?: never;
    /**
     * Change policy, schedule, name or collection of a mapping
     * @description Role: Operator.
     */
    patch: operations['changeMapping'];
    trace?: never;
  };
  '/api/v1/mappings/{tenant}/{group}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause a mapping: nothing is sent, a run under way stops
     * @description Role: Operator.
     */
    post: operations['pauseMapping'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/mappings/{tenant}/{group}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume a mapping with a full run
     * @description Role: Operator.
     */
    post: operations['resumeMapping'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/mappings/batch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create many mappings at once
     * @description Each is created or refused by itself; the answer tells which.
     *
     *     Role: Operator.
     */
    post: operations['createMappings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who the caller is, and what they may do
     * @description Role: Reader.
     */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/migration/relations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Relations that Configuration Manager’s own cloud sync keeps
     * @description Preview one with POST /targets/{tenant}/{group}/preview and its collectionId. Take the group off the collection’s Cloud Sync tab once it is taken over, or both will undo each other.
     *
     *     Role: Reader.
     */
    get: operations['listRelations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/migration/take-over': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create mappings for relations of the product
     * @description Role: Operator.
     */
    post: operations['takeOverRelations'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * This document
     * @description Needs no sign-in.
     */
    get: operations['getOpenApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Held removals, newest first
     * @description Role: Reader.
     */
    get: operations['listPlans'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One plan
     * @description Role: Reader.
     */
    get: operations['getPlan'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve a plan
     * @description Removes those of its members that are still unwanted: less than approved, never more.
     *
     *     Role: Operator.
     */
    post: operations['approvePlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{id}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reject a plan: its members stay until a full run plans them anew
     * @description Role: Operator.
     */
    post: operations['rejectPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/previews/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a full run would do
     * @description Role: Reader.
     */
    get: operations['getPreview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/previews/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Members of a preview by what would happen to them
     * @description Role: Reader.
     */
    get: operations['listPreviewMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Runs, newest first
     * @description Role: Reader.
     */
    get: operations['listRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One run with its timeline
     * @description Role: Reader.
     */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-in': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How to sign in here
     * @description Needs no sign-in.
     */
    get: operations['getSignIn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Totals over all targets
     * @description Role: Reader.
     */
    get: operations['getSummary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One target: status, freshness at each step, problems
     * @description Role: Reader.
     */
    get: operations['getTarget'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop the run under way; what is wanted stays wanted
     * @description Role: Operator.
     */
    post: operations['cancelRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/commands': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Commands of a target, newest first
     * @description Role: Reader.
     */
    get: operations['listCommands'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Members of a target by state, each with its reason and what to do
     * @description Role: Reader.
     */
    get: operations['listMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Compare a collection with a group, changing nothing
     * @description The group need not be mapped, nor to this collection. The result is at /previews/{id} with the id of the command.
     *
     *     Role: Operator.
     */
    post: operations['previewTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the writer to tell all members again, which rebuilds what is shown here
     * @description Role: Admin.
     */
    post: operations['reportTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send the complete content of the collection again
     * @description Role: Operator.
     */
    post: operations['resendContent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try failed members again now
     * @description Role: Operator.
     */
    post: operations['retryMembers'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Synchronise now
     * @description `incremental` reads the collection now and applies what changed. `full` overwrites the group: what others put there is removed, under the guard.
     *
     *     Role: Operator.
     */
    post: operations['syncTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/targets/{tenant}/{group}/why': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Why a resource is, or is not, in the group: step by step
     * @description Name the resource by its id, its name or its directory object; a name may fit several.
     *
     *     Role: Reader.
     */
    get: operations['whyMember'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tenants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tenants with their switch, directory mirror and write budget
     * @description Role: Reader.
     */
    get: operations['listTenants'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tenants/{tenant}/groups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Groups of a tenant whose name starts with a text
     * @description Role: Reader.
     */
    get: operations['searchGroups'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tenants/{tenant}/groups/{group}/preflight': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * May this group be synchronised, and what is to be fixed first
     * @description Role: Reader.
     */
    get: operations['preflightGroup'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tenants/{tenant}/switch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Switch synchronisation to a whole tenant on or off
     * @description Off pauses every active mapping of the tenant; on resumes those, each with a full run.
     *
     *     Role: Admin.
     */
    put: operations['switchTenant'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/upstreams': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Sites, directory mirrors and write budgets
     * @description Role: Reader.
     */
    get: operations['listUpstreams'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AuditEntry: {
      action: string;
      actor: string;
      /** Format: date-time */
      at: string;
      detail: {
        [key: string]: unknown;
      };
      id: number;
      role: string;
      subject: string;
    };
    Collection: {
      changedTime: string | null;
      /** Format: date-time */
      checkedTime: string;
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'Device' | 'User';
      comment: string;
      lastComplete: components['schemas']['ReadProof'] | null;
      lastRead: components['schemas']['ReadProof'] | null;
      /** @description members that the site states */
      memberCount: number;
      productRelations: {
        groupId: string;
        groupName: string;
        tenantId: string | null;
      }[];
      site: string;
      /** @enum {string} */
      state: 'ok' | 'incomplete' | 'missing';
      targets: components['schemas']['CollectionRow'][];
      version: number;
    };
    CollectionRow: {
      /**
       * Applied
       * @description when the group last was made equal to the ledger
       */
      appliedTime: string | null;
      /**
       * Captured
       * @description the last complete read
       */
      capturedTime: string | null;
      /**
       * Cloud Service Id
       * @description the tenant
       */
      cloudServiceId: string | null;
      /** Cloud Sync Status */
      cloudSyncStatus: ('Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale') | null;
      /** Collection Id */
      collectionId: string;
      /** Collection Name */
      collectionName: string;
      /**
       * Collection Type
       * @enum {string}
       */
      collectionType: 'Device' | 'User';
      /**
       * Microsoft Entra group Id
       * @description null for a collection that is not mapped
       */
      groupId: string | null;
      /** Microsoft Entra group Name */
      groupName: string | null;
      /** Last Full Sync Member Count */
      lastFullSyncMemberCount: number | null;
      /** Last Full Sync Status */
      lastFullSyncStatus:
        ('Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale') | null;
      /** Last Full Sync Time */
      lastFullSyncTime: string | null;
      /** Last Sync Member Count */
      lastSyncMemberCount: number | null;
      /** Last Sync Status */
      lastSyncStatus: ('Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale') | null;
      /**
       * Last Sync Time
       * @description a run, or a complete read that found nothing to do
       */
      lastSyncTime: string | null;
      /**
       * Member Count
       * @description of the content merged last: Sync Completed + Sync InProgress + Sync Failed
       */
      memberCount: number;
      /**
       * Merged
       * @description when content last reached the ledger
       */
      mergedTime: string | null;
      /** Source Checked */
      sourceCheckedTime: string | null;
      /** Sync Completed */
      syncCompleted: number;
      /**
       * Sync Excluded
       * @description members that the policy leaves out of the status
       */
      syncExcluded: number;
      /** Sync Failed */
      syncFailed: number;
      /**
       * Sync Held
       * @description removals that the guard stopped
       */
      syncHeld: number;
      /** Sync InProgress */
      syncInProgress: number;
      /**
       * Target
       * @description tenant/group
       */
      target: string | null;
      /** Tenant Id */
      tenantId: string | null;
    };
    Command: {
      answeredAt: string | null;
      collectionId: string | null;
      /**
       * Format: date-time
       * @description never acted on after this
       */
      expiresAt: string;
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      issuedAt: string;
      issuedBy: string;
      /** @enum {string} */
      kind: 'full' | 'incremental' | 'preview' | 'resend' | 'cancel' | 'retry' | 'approve' | 'reject' | 'report';
      /** @description what capture or the writer said to it */
      message: string | null;
      planId: string | null;
      /** @enum {string} */
      state: 'sent' | 'accepted' | 'refused' | 'expired';
      target: string;
    };
    DeadLetter: {
      /** Format: date-time */
      at: string;
      code: string;
      consumer: string;
      cut: boolean;
      headers: {
        [key: string]: string;
      };
      key: string;
      offset: string;
      partition: number;
      topic: string;
      why: string;
    };
    Finding: {
      code: string;
      message: string;
    };
    FreshnessStage: {
      ageSeconds: number | null;
      at: string | null;
    };
    Group: {
      /** @description the collection that it is synchronised with already */
      collectionId: string | null;
      description: string | null;
      groupId: string;
      groupName: string;
      problems: components['schemas']['Finding'][];
      warnings: components['schemas']['Finding'][];
      writable: boolean;
    };
    Mapping: {
      /** @description its version when last created, resumed or given another collection */
      activated: number;
      /** Format: date-time */
      changedAt: string;
      changedBy: string;
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'device' | 'user';
      groupId: string;
      groupName: string;
      onDelete: ('leave' | 'remove') | null;
      pausedBy: ('operator' | 'tenant') | null;
      policy: components['schemas']['Policy'];
      schedule: components['schemas']['Schedule'];
      /** @enum {string} */
      state: 'active' | 'paused' | 'deleting' | 'deleted';
      /** @description tenant/group */
      target: string;
      tenantId: string;
      version: number;
    };
    MappingBatch: {
      mappings: components['schemas']['MappingCreate'][];
    };
    MappingBatchResult: {
      results: {
        mapping?: components['schemas']['Mapping'];
        problem?: {
          advice?: string;
          detail?: string;
          title: string;
        };
        /** @description the status that creating it alone would have answered */
        status: number;
        target: string;
      }[];
    };
    MappingChange: {
      /** @description gives the group to another collection: its members are replaced by a full run */
      collectionId?: string;
      groupName?: string;
      /** @description only what is named changes */
      policy?: {
        guard?: {
          expiresAfterHours?: number;
          maxRemovals?: number;
          maxShare?: number;
          neverEmptyFrom?: number;
          shareFrom?: number;
        };
        /** @enum {string} */
        otherTenant?: 'fail' | 'exclude';
        /** @enum {string} */
        withoutRecord?: 'fail' | 'exclude';
      };
      schedule?: components['schemas']['ScheduleGiven'];
    };
    MappingCreate: {
      /** @description such as ABC00014 */
      collectionId: string;
      /**
       * @description needed only for a collection that the site has not shown yet
       * @enum {string}
       */
      collectionType?: 'device' | 'user';
      groupId: string;
      /** @description read from Entra when left out */
      groupName?: string;
      /**
       * @description create it paused: nothing is sent until it is resumed
       * @default false
       */
      paused: boolean;
      /** @default {} */
      policy: components['schemas']['PolicyGiven'];
      /**
       * @description `require` refuses (422) a group that cannot be written; `skip` asks Entra nothing when groupName is given
       * @default require
       * @enum {string}
       */
      preflight: 'require' | 'skip';
      /**
       * @default {
       *       "kind": "interval",
       *       "seconds": 300
       *     }
       */
      schedule: components['schemas']['ScheduleGiven'];
      tenantId: string;
    };
    Me: {
      name: string;
      /** @enum {string} */
      role: 'Reader' | 'Operator' | 'Admin';
    };
    Member: {
      /** @description what to do */
      advice: string | null;
      attempts: number;
      graphRequestId: string | null;
      /** @description what was answered */
      message: string | null;
      name: string;
      /** @description directory object; null as long as there is none */
      objectId: string | null;
      planId: string | null;
      /** @description of the closed list of reasons */
      reason: string | null;
      /** @description null for an object that the collection never named */
      resourceId: number | null;
      /** @enum {string} */
      state: 'Success' | 'Failed' | 'In Progress' | 'Held';
      /** Format: date-time */
      time: string;
      /** @description ends by itself when the directory or the site changes */
      waiting: boolean;
      /** @description false: it is to leave the group */
      wanted: boolean;
    };
    /** @description Removals that the guard stopped; its members are those of the target with this planId */
    Plan: {
      closedAt: string | null;
      closedBy: string | null;
      collectionId: string;
      /** Format: date-time */
      expiresAt: string;
      guard: {
        counted: number;
        held: boolean;
        /** @enum {string} */
        limit?: 'maxRemovals' | 'maxShare' | 'emptying';
        margin: number;
        size: number;
      };
      /** Format: date-time */
      heldAt: string;
      /** Format: uuid */
      id: string;
      removals: number;
      runId: string | null;
      /** @enum {string} */
      state: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied';
      target: string;
    };
    /** @description Limits of the removal guard, and what counts as a failed member */
    Policy: {
      guard: {
        /** @default 72 */
        expiresAfterHours: number;
        /** @default 500 */
        maxRemovals: number;
        /** @default 0.25 */
        maxShare: number;
        /** @default 10 */
        neverEmptyFrom: number;
        /** @default 50 */
        shareFrom: number;
      };
      /**
       * @default fail
       * @enum {string}
       */
      otherTenant: 'fail' | 'exclude';
      /**
       * @default fail
       * @enum {string}
       */
      withoutRecord: 'fail' | 'exclude';
    };
    PolicyGiven: {
      /** @default {} */
      guard: {
        /** @default 72 */
        expiresAfterHours: number;
        /** @default 500 */
        maxRemovals: number;
        /** @default 0.25 */
        maxShare: number;
        /** @default 10 */
        neverEmptyFrom: number;
        /** @default 50 */
        shareFrom: number;
      };
      /**
       * @default fail
       * @enum {string}
       */
      otherTenant: 'fail' | 'exclude';
      /**
       * @default fail
       * @enum {string}
       */
      withoutRecord: 'fail' | 'exclude';
    };
    Preview: {
      add: number;
      /** Format: date-time */
      at: string;
      collectionId: string;
      /** @description false while its members are still arriving */
      complete: boolean;
      /** Format: uuid */
      id: string;
      keep: number;
      remove: number;
      target: string;
      unresolved: number;
      /** @description the guard would stop the removals */
      wouldHold: boolean;
    };
    PreviewMember: {
      advice: string | null;
      /** @enum {string} */
      change: 'add' | 'remove' | 'keep' | 'unresolved';
      name: string;
      objectId: string | null;
      reason: string | null;
      resourceId: number | null;
    };
    PreviewRequest: {
      /** @description the mapped one by default */
      collectionId?: string;
    };
    Problem: {
      /** @description what to do */
      advice?: string;
      /** @description error code of the closed set, when it is one of them */
      code?: string;
      /** @description the collection that the group belongs to already */
      collection?: string;
      /** @description what happened */
      detail?: string;
      errors?: {
        /** @description such as body.policy.guard.maxShare */
        field: string;
        message: string;
      }[];
      /** @description what an ambiguous name may mean */
      matches?: {
        id: string;
        name: string;
      }[];
      status: number;
      title: string;
      /** @description URI reference that names the kind of problem */
      type: string;
    };
    /** @description What a read of the collection showed, and why it may be believed */
    ReadProof: {
      /** Format: date-time */
      at: string;
      distinct: number;
      durationMs: number;
      evaluatedMeanwhile: boolean;
      leaversConfirmed: number;
      pages: number;
      rows: number;
      stated: number | null;
      /** @enum {string} */
      verdict: 'complete' | 'partial' | 'unknown';
      why?: string;
    };
    Relation: {
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'device' | 'user';
      groupId: string;
      groupName: string;
      mappedCollectionId: string | null;
      /**
       * @description `conflict`: the group is mapped to another collection, or claimed by several relations
       * @enum {string}
       */
      state: 'open' | 'taken over' | 'conflict';
      /** @description null when the site does not say and several tenants are configured */
      tenantId: string | null;
    };
    Run: {
      adds: number | null;
      collectionId: string;
      counts: {
        joined: number;
        outcomes: {
          /** @default 0 */
          applied: number;
          /** @default 0 */
          failed: number;
          /** @default 0 */
          held: number;
          /** @default 0 */
          notNeeded: number;
          /** @default 0 */
          removed: number;
          /** @default 0 */
          stopped: number;
          /** @default 0 */
          superseded: number;
          /** @default 0 */
          unanswered: number;
        };
        planned: number;
        requests: number;
        throttled: number;
        unaccounted?: number;
        writes: number;
      } | null;
      /** @description until now for a run under way */
      durationSeconds: number | null;
      endedAt: string | null;
      failure: {
        advice: string;
        code: string;
        message: string;
      } | null;
      /** @description how far the removals were from the limits */
      guard: {
        counted: number;
        held: boolean;
        /** @enum {string} */
        limit?: 'maxRemovals' | 'maxShare' | 'emptying';
        margin: number;
        size: number;
      } | null;
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      kind: 'full' | 'incremental';
      /** @description members of the group at its end */
      members: number | null;
      /** @description of the read that the run worked on */
      proof: {
        /** Format: date-time */
        at: string;
        distinct: number;
        durationMs: number;
        evaluatedMeanwhile: boolean;
        leaversConfirmed: number;
        pages: number;
        rows: number;
        stated: number | null;
        /** @enum {string} */
        verdict: 'complete' | 'partial' | 'unknown';
        why?: string;
      } | null;
      readAt: string | null;
      removes: number | null;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      state: 'running' | 'completed' | 'failed' | 'cancelled';
      target: string;
      trigger: string | null;
      /** @description of a cancelled run */
      why: string | null;
    };
    RunDetail: {
      run: components['schemas']['Run'];
      timeline: components['schemas']['RunStep'][];
    };
    RunStep: {
      /** Format: date-time */
      at: string;
      detail: {
        [key: string]: unknown;
      };
      event: string;
      producer: string;
      /** @description of the trace that it belongs to, where the services are traced */
      traceId: string | null;
    };
    /** @description When an unchanged collection is read again */
    Schedule:
      | {
          /** @constant */
          kind: 'interval';
          seconds: number;
        }
      | {
          expression: string;
          /** @constant */
          kind: 'cron';
          /** @default UTC */
          timeZone: string;
        }
      | {
          /** @constant */
          kind: 'manual';
        };
    ScheduleGiven:
      | {
          /** @constant */
          kind: 'interval';
          seconds: number;
        }
      | {
          expression: string;
          /** @constant */
          kind: 'cron';
          /** @default UTC */
          timeZone: string;
        }
      | {
          /** @constant */
          kind: 'manual';
        };
    SignIn:
      | {
          /** @constant */
          mode: 'token';
        }
      | {
          /** @description public client for the console (code with PKCE) and the command line (device code) */
          clientId: string | null;
          issuer: string;
          /** @constant */
          mode: 'oidc';
          scope: string;
        };
    Summary: {
      byStatus: {
        [key: string]: number;
      };
      collections: number;
      deadLetters: number;
      openPlans: number;
      syncCompleted: number;
      syncFailed: number;
      syncHeld: number;
      syncInProgress: number;
      targets: number;
    };
    SyncRequest: {
      /**
       * @default incremental
       * @enum {string}
       */
      kind: 'full' | 'incremental';
    };
    TakeOver: {
      /**
       * @description create them paused, to be resumed once the product has let go
       * @default true
       */
      paused: boolean;
      /** @description all that are open by default */
      relations?: {
        /** @description such as ABC00014 */
        collectionId: string;
        groupId: string;
        tenantId?: string;
      }[];
    };
    Target: {
      capturedVersion: number;
      /** @description why the collection could not be read for this target; null when it could */
      captureProblem: unknown;
      /** @description how old what is known is, at each step on the way */
      freshness: {
        applied: components['schemas']['FreshnessStage'];
        captured: components['schemas']['FreshnessStage'];
        merged: components['schemas']['FreshnessStage'];
        resolved: components['schemas']['FreshnessStage'];
        sourceChecked: components['schemas']['FreshnessStage'];
      };
      /** @description why the group as a whole was refused: code, message, advice, at; null when it was not */
      groupProblem: unknown;
      /** @enum {string} */
      mappingState: 'active' | 'paused' | 'deleting' | 'deleted';
      mergedVersion: number;
      /** @description what is shown has a gap, or nothing is known yet; a report has been asked for */
      rebuilding: boolean;
      row: components['schemas']['CollectionRow'];
      /** @description the run under way */
      run: {
        /** Format: uuid */
        id: string;
        /** @enum {string} */
        kind: 'full' | 'incremental';
      } | null;
    };
    Tenant: {
      budget: components['schemas']['Upstream'] | null;
      changedAt: string | null;
      changedBy: string | null;
      /** @description there is a credential for it */
      configured: boolean;
      directory: components['schemas']['Upstream'] | null;
      /** @description the switch of the whole tenant */
      enabled: boolean;
      mappings: number;
      tenantId: string;
    };
    TenantSwitch: {
      enabled: boolean;
    };
    /** @description State of a site, of a tenant’s directory mirror, or of its write budget */
    Upstream: {
      /** Format: date-time */
      checkedAt: string;
      code: string | null;
      /** @description of a budget: `writes` left of at most `writeLimit`, which fill within `writeWindowMs`; `patchWeight`, the writes that one PATCH is booked with; `units` left; `blockedMs` and `throttled`, for 429s. Of a directory: `devices`, `users`. Of a site: `collections` */
      figures: {
        [key: string]: number;
      };
      /** @enum {string} */
      kind: 'site' | 'directory' | 'budget';
      name: string;
      progress: {
        done: number;
        total: number | null;
        unit: string;
      } | null;
      reason: string | null;
      /** Format: date-time */
      since: string;
      /** @enum {string} */
      state: 'loading' | 'ready' | 'unavailable';
    };
    Why: {
      traces: {
        conclusion: string;
        /** @description null: not known */
        inGroup: boolean | null;
        member: components['schemas']['Member'] | null;
        steps: components['schemas']['WhyStep'][];
      }[];
    };
    WhyStep: {
      at: string | null;
      /** @description what is known, and what to do if it is not as wanted */
      detail: string;
      /** @enum {string} */
      state: 'yes' | 'no' | 'waiting' | 'unknown';
      /** @enum {string} */
      step:
        | 'mapped'
        | 'collection known'
        | 'read complete'
        | 'in the collection'
        | 'identity resolved'
        | 'merged'
        | 'applied';
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listAudit: {
    parameters: {
      query?: {
        action?: string;
        actor?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        /** @description tenant/group, a tenant, a plan */
        subject?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who did what, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AuditEntry'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listCollections: {
    parameters: {
      query?: {
        /** @description such as ABC00014 */
        collectionId?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        mapped?: 'true' | 'false';
        order?: 'asc' | 'desc';
        /** @description part of the name or id of the collection or group */
        search?: string;
        sort?:
          | 'collectionName'
          | 'collectionId'
          | 'groupName'
          | 'cloudSyncStatus'
          | 'memberCount'
          | 'syncCompleted'
          | 'syncInProgress'
          | 'syncFailed'
          | 'syncHeld'
          | 'lastSyncTime'
          | 'lastFullSyncTime';
        status?: 'Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale';
        tenantId?: string;
        type?: 'Device' | 'User';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Collections with their targets: the product’s monitoring view */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['CollectionRow'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getCollection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description such as ABC00014 */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One collection: what the site says of it, the proof of its reads, and its targets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Collection'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getCommand: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One command, and what became of it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listDeadLetters: {
    parameters: {
      query?: {
        code?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        topic?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Records that could not be read or acted on, with the reason, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['DeadLetter'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  streamEvents: {
    parameters: {
      query?: {
        /** @description only this key, such as tenant/group */
        key?: string;
        /** @description some of collection, target, mapping, run, plan, command, preview, upstream, tenant, dead-letter, separated by commas */
        kinds?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events: what changed, to be read again by whoever shows it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportCollections: {
    parameters: {
      query?: {
        format?: 'csv' | 'json';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All rows of the collections page as a file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CollectionRow'][];
          'text/csv': string;
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportMembers: {
    parameters: {
      query?: {
        format?: 'csv' | 'json';
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All members of a target as a file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Member'][];
          'text/csv': string;
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMappings: {
    parameters: {
      query?: {
        /** @description such as ABC00014 */
        collectionId?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        /** @description deleted ones are shown only when asked for */
        state?: 'active' | 'paused' | 'deleting' | 'deleted';
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mappings, by target */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Mapping'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createMapping: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MappingCreate'];
      };
    };
    responses: {
      /** @description Synchronise a collection to a group */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It is well-formed, but cannot be done; the detail says what to fix. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Microsoft Graph refused. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMapping: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One mapping */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteMapping: {
    parameters: {
      query: {
        members: 'leave' | 'remove';
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Stop synchronising a group */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeMapping: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MappingChange'];
      };
    };
    responses: {
      /** @description Change policy, schedule, name or collection of a mapping */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pauseMapping: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Pause a mapping: nothing is sent, a run under way stops */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resumeMapping: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Resume a mapping with a full run */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createMappings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MappingBatch'];
      };
    };
    responses: {
      /** @description Create many mappings at once */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MappingBatchResult'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who the caller is, and what they may do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Me'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRelations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Relations that Configuration Manager’s own cloud sync keeps */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Relation'][];
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  takeOverRelations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TakeOver'];
      };
    };
    responses: {
      /** @description Create mappings for relations of the product */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MappingBatchResult'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description This document */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listPlans: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description needs tenantId */
        groupId?: string;
        /** @description items on the page */
        limit?: number;
        state?: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied';
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Held removals, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Plan'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getPlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One plan */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  approvePlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Approve a plan */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rejectPlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Reject a plan: its members stay until a full run plans them anew */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getPreview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description id of the preview command */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What a full run would do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Preview'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listPreviewMembers: {
    parameters: {
      query?: {
        change?: 'add' | 'remove' | 'keep' | 'unresolved';
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description id of the preview command */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Members of a preview by what would happen to them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PreviewMember'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRuns: {
    parameters: {
      query?: {
        /** @description such as ABC00014 */
        collectionId?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description needs tenantId */
        groupId?: string;
        kind?: 'full' | 'incremental';
        /** @description items on the page */
        limit?: number;
        state?: 'running' | 'completed' | 'failed' | 'cancelled';
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Runs, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Run'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One run with its timeline */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDetail'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How to sign in here */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignIn'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSummary: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Totals over all targets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Summary'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One target: status, freshness at each step, problems */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Target'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Stop the run under way; what is wanted stays wanted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listCommands: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Commands of a target, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Command'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMembers: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        order?: 'asc' | 'desc';
        planId?: string;
        /** @description begin of the name */
        search?: string;
        state?: 'Success' | 'Failed' | 'In Progress' | 'Held';
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Members of a target by state, each with its reason and what to do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Member'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PreviewRequest'];
      };
    };
    responses: {
      /** @description Compare a collection with a group, changing nothing */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It is well-formed, but cannot be done; the detail says what to fix. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  reportTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ask the writer to tell all members again, which rebuilds what is shown here */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendContent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Send the complete content of the collection again */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryMembers: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Try failed members again now */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  syncTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SyncRequest'];
      };
    };
    responses: {
      /** @description Synchronise now */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Command'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It does not fit the present state; the detail says why. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  whyMember: {
    parameters: {
      query?: {
        name?: string;
        /** @description directory object id */
        object?: string;
        /** @description ResourceID */
        resource?: number;
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Why a resource is, or is not, in the group: step by step */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Why'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenants: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Tenants with their switch, directory mirror and write budget */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Tenant'][];
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  searchGroups: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description items on the page */
        limit?: number;
        /** @description blank lists all; a whole id finds that group */
        startsWith?: string;
      };
      header?: never;
      path: {
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Groups of a tenant whose name starts with a text */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Group'][];
            /** @description cursor of the next page; null at the end */
            next: string | null;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Microsoft Graph refused. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  preflightGroup: {
    parameters: {
      query?: {
        collectionType?: 'device' | 'user';
      };
      header?: never;
      path: {
        /** @description object id of the group */
        group: string;
        /** @description tenant id */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description May this group be synchronised, and what is to be fixed first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Group'];
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Microsoft Graph refused. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  switchTenant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TenantSwitch'];
      };
    };
    responses: {
      /** @description Switch synchronisation to a whole tenant on or off */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            enabled: boolean;
            tenantId: string;
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description There is no such thing. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUpstreams: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sites, directory mirrors and write budgets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Upstream'][];
          };
        };
      };
      /** @description The request is not as described; `errors` names each field. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No token, or one that is not accepted. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The path is there, but not with this method; `Allow` names those that are. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many failed sign-ins from this address. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The address and the headers are longer than the server reads. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A defect; the log has the details. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something this service needs is away; try again after `Retry-After` seconds. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
