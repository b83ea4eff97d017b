// Made from the OpenAPI document by npm run docs.
export interface paths {
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
  '/api/v1/resources': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A device or user over all groups: in which, because of which collection, with which state, since when
     * @description Only collections that are synchronised are known. A name is found by its begin; a whole ResourceID or directory object id is found as well.
     *
     *     Role: Reader.
     */
    get: operations['searchResources'];
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
     *     Role: Operator, for everything or for the tenant and collection concerned.
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
     *     Role: Operator, for everything or for the tenant and collection concerned.
     */
    delete: operations['deleteMapping'];
    options?: never;
    head?: never;
    /**
     * Change policy, schedule, name or collection of a mapping
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    patch: operations['changeMapping'];
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
     * @description Each is created or refused on its own; the answer tells which.
     *
     *     Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['createMappings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['resumeMapping'];
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
     *     Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['syncTarget'];
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['retryMembers'];
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['cancelRun'];
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
     * Ask the writer to report all members again, which rebuilds what is shown here
     * @description Role: Admin, for everything or for the tenant and collection concerned.
     */
    post: operations['reportTarget'];
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
     *     Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['previewTarget'];
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
     * @description Removes those of its members that are still unwanted: less than approved, never more. A plan that was rejected, has expired or is kept may be approved after all.
     *
     *     Role: Operator, for everything or for the tenant and collection concerned.
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
     * Reject a plan: its members stay until a full run plans them again
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['rejectPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{id}/approve-part': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve some members of a plan; the others go on being held
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['approvePart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{id}/keep': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Keep the members of a plan as unmanaged: full runs leave them
     * @description They stay until the collection names them again, or the plan is approved after all.
     *
     *     Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['keepPlan'];
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
  '/api/v1/runs/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who joined, left or failed in a run, in order
     * @description Role: Reader.
     */
    get: operations['listRunMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/export/runs/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who joined, left or failed in a run, as a file
     * @description Role: Reader.
     */
    get: operations['exportRunMembers'];
    put?: never;
    post?: never;
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
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
     *     Role: Admin, for everything or for the tenant and collection concerned.
     */
    put: operations['switchTenant'];
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
     * @description Role: Operator, for everything or for the tenant and collection concerned.
     */
    post: operations['takeOverRelations'];
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
  '/api/v1/export/collections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The rows of the collections page as a file: all, or those that a filter leaves
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
     * Members of a target as a file: all, or those that a filter leaves
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
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Server-sent events: what changed, to be read again by whoever shows it
     * @description Each event is named after the kind of what changed; its data is `{"kind", "key", "at"}`. A `hello` comes first, a `heartbeat` every 15 s. After a lost connection read everything again. A stream ends with its token, and when its reader does not read; one user may have 20.
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
  '/api/v1/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What keeps groups from being kept equal now: something outside is away, a service is silent, a tenant is off
     * @description Role: Reader.
     */
    get: operations['listAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
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
  '/api/v1/export/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The audit log, or the part that fits, as a file, newest first
     * @description Role: Reader.
     */
    get: operations['exportAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether a line of the audit log was changed or taken out
     * @description Each line carries a hash of itself and of the line before. What the retention dropped at the old end is no break.
     *
     *     Role: Admin.
     */
    get: operations['verifyAudit'];
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
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Problem: {
      /** @description URI reference that names the kind of problem */
      type: string;
      title: string;
      status: number;
      /** @description what happened */
      detail?: string;
      /** @description this very answer, as the log of the service names it: urn:uuid:… */
      instance?: string;
      /** @description error code of the closed set, when it is one of them */
      code?: string;
      /** @description what to do */
      advice?: string;
      errors?: {
        /** @description such as body.policy.guard.maxShare */
        field: string;
        message: string;
      }[];
      /** @description the collection that the group belongs to already */
      collection?: string;
      /** @description what an ambiguous name may mean */
      matches?: {
        id: string;
        name: string;
      }[];
    };
    SignIn:
      | {
          /** @constant */
          mode: 'token';
        }
      | {
          /** @constant */
          mode: 'oidc';
          issuer: string;
          /** @description public client for the console (code with PKCE) and the command line (device code) */
          clientId: string | null;
          scope: string;
        };
    Me: {
      name: string;
      /**
       * @description the highest one held
       * @enum {string}
       */
      role: 'Reader' | 'Operator' | 'Admin';
      /** @description where which role is held; any of them lets read everything */
      grants: {
        /** @enum {string} */
        role: 'Reader' | 'Operator' | 'Admin';
        /** @description null for every tenant */
        tenants: string[] | null;
        /** @description ids, and beginnings with *; null for every one */
        collections: string[] | null;
      }[];
    };
    CollectionRow: {
      /** Collection Id */
      collectionId: string;
      /** Collection Name */
      collectionName: string;
      /**
       * Microsoft Entra group Id
       * @description null for a collection that is not mapped
       */
      groupId: string | null;
      /** Microsoft Entra group Name */
      groupName: string | null;
      /** Cloud Sync Status */
      cloudSyncStatus: ('Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale') | null;
      /**
       * Member Count
       * @description of the content merged last: Sync Completed + Sync InProgress + Sync Waiting + Sync Failed
       */
      memberCount: number;
      /** Sync Completed */
      syncCompleted: number;
      /** Sync InProgress */
      syncInProgress: number;
      /**
       * Sync Waiting
       * @description no record in Entra ID yet: nobody has to act, they join when it appears
       */
      syncWaiting: number;
      /**
       * Sync Failed
       * @description somebody has to act
       */
      syncFailed: number;
      /**
       * Cloud Service Id
       * @description the tenant
       */
      cloudServiceId: string | null;
      /**
       * Collection Type
       * @description Other can not be synchronised
       * @enum {string}
       */
      collectionType: 'Device' | 'User' | 'Other';
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
       * Collection State
       * @description null for a collection that the site has not shown yet
       */
      collectionState: components['schemas']['CollectionState'] | null;
      /**
       * Target
       * @description tenant/group
       */
      target: string | null;
      /** Tenant Id */
      tenantId: string | null;
      /**
       * Problem
       * @description what stopped the last run as a whole, or keeps the next one from starting
       */
      problem: components['schemas']['TargetProblem'] | null;
      /**
       * Status Detail
       * @description one sentence beside the status, where there is more to say
       */
      statusDetail: string | null;
      /**
       * Sync Removing
       * @description objects that are about to leave the group; no members of the collection
       */
      syncRemoving: number;
      /**
       * Sync Kept
       * @description objects that an operator keeps in the group although the collection does not name them; full runs leave them
       */
      syncKept: number;
      /**
       * Sync Held
       * @description removals that the guard stopped
       */
      syncHeld: number;
      /**
       * Sync Excluded
       * @description members that the policy leaves out of the status
       */
      syncExcluded: number;
      /** Source Checked */
      sourceCheckedTime: string | null;
      /**
       * Captured
       * @description the last complete read
       */
      capturedTime: string | null;
      /**
       * Merged
       * @description when content last reached the ledger
       */
      mergedTime: string | null;
      /**
       * Applied
       * @description when the group last was made equal to the ledger
       */
      appliedTime: string | null;
    };
    /**
     * @description `incomplete`: the last read was not; `missing`: two listings of the site did not show it; `failing`: it cannot be read or sent
     * @enum {string}
     */
    CollectionState: 'ok' | 'incomplete' | 'missing' | 'failing';
    /** @description What stops a target as a whole, and what to do */
    TargetProblem: {
      code: string;
      message: string;
      advice: string;
      since: string | null;
    };
    Collection: {
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'Device' | 'User' | 'Other';
      site: string;
      comment: string;
      /** @description members that the site states */
      memberCount: number;
      state: components['schemas']['CollectionState'];
      /** @description why it cannot be synchronised; null when it can */
      problem: components['schemas']['TargetProblem'] | null;
      version: number;
      changedTime: string | null;
      /** Format: date-time */
      checkedTime: string;
      lastRead: components['schemas']['ReadProof'] | null;
      lastComplete: components['schemas']['ReadProof'] | null;
      productRelations: {
        groupId: string;
        groupName: string;
        tenantId: string | null;
      }[];
      targets: components['schemas']['CollectionRow'][];
    };
    /** @description What a read of the collection showed, and why it may be believed */
    ReadProof: {
      /** @enum {string} */
      verdict: 'complete' | 'partial' | 'unknown';
      /** Format: date-time */
      at: string;
      durationMs: number;
      rows: number;
      distinct: number;
      stated: number | null;
      pages: number;
      evaluatedMeanwhile: boolean;
      leaversConfirmed: number;
      why?: string;
      /** Format: date-time */
      incompleteSince?: string;
    };
    Target: {
      row: components['schemas']['CollectionRow'];
      /** @enum {string} */
      mappingState: 'active' | 'paused' | 'deleting' | 'deleted';
      /** @description `tenant`: the switch of the whole tenant */
      pausedBy: ('operator' | 'tenant') | null;
      /** @description how old what is known is, at each step on the way */
      freshness: {
        sourceChecked: components['schemas']['FreshnessStage'];
        captured: components['schemas']['FreshnessStage'];
        resolved: components['schemas']['FreshnessStage'];
        merged: components['schemas']['FreshnessStage'];
        applied: components['schemas']['FreshnessStage'];
      };
      capturedVersion: number;
      mergedVersion: number;
      /** @description the run under way */
      run: {
        /** Format: uuid */
        id: string;
        /** @enum {string} */
        kind: 'full' | 'incremental';
      } | null;
      /** @description the same as `row.problem`; it goes in the next release */
      groupProblem: components['schemas']['TargetProblem'] | null;
      /** @description why the collection could not be read for this target; null when it could */
      captureProblem: components['schemas']['TargetProblem'] | null;
      /** @description how many members have each state and reason; what `listMembers` lists with the same filter */
      members: {
        /** @enum {string} */
        state: 'Success' | 'In Progress' | 'Waiting' | 'Failed' | 'Excluded' | 'Held' | 'Removing' | 'Kept';
        reason: string | null;
        members: number;
      }[];
      /** @description what is shown has a gap, or nothing is known yet; a report has been asked for */
      rebuilding: boolean;
    };
    FreshnessStage: {
      at: string | null;
      ageSeconds: number | null;
    };
    Summary: {
      collections: number;
      targets: number;
      byStatus: {
        [key: string]: number;
      };
      syncCompleted: number;
      syncInProgress: number;
      syncWaiting: number;
      syncFailed: number;
      syncHeld: number;
      openPlans: number;
      deadLetters: number;
    };
    Member: {
      /** @description null for an object that the collection never named */
      resourceId: number | null;
      /** @description directory object; null as long as there is none */
      objectId: string | null;
      name: string;
      /** @enum {string} */
      state: 'Success' | 'In Progress' | 'Waiting' | 'Failed' | 'Excluded' | 'Held' | 'Removing' | 'Kept';
      /** @description false: it is to leave the group */
      wanted: boolean;
      /** @description found in the group, although the collection does not name it and nobody here added it */
      unmanaged: boolean;
      /** @description of an unmanaged member: what it is in the directory, such as servicePrincipal, where Graph tells */
      objectType: string | null;
      /** @description of the closed list of reasons */
      reason: string | null;
      /** @description what was answered */
      message: string | null;
      /** @description what to do */
      advice: string | null;
      /** @description ends automatically when the directory or the site changes */
      waiting: boolean;
      attempts: number;
      /** Format: date-time */
      time: string;
      /** @description request-id of the last attempt, where Microsoft Graph answered */
      graphRequestId: string | null;
      /** @description client-request-id that was sent with it: support finds the request by either */
      clientRequestId: string | null;
      planId: string | null;
    };
    ResourceInGroup: {
      /** @description tenant/group */
      target: string;
      groupName: string;
      collectionId: string;
      collectionName: string;
      member: components['schemas']['Member'];
    };
    Mapping: {
      /** @description tenant/group */
      target: string;
      tenantId: string;
      groupId: string;
      groupName: string;
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'device' | 'user';
      /** @enum {string} */
      state: 'active' | 'paused' | 'deleting' | 'deleted';
      pausedBy: ('operator' | 'tenant') | null;
      onDelete: ('leave' | 'remove') | null;
      policy: components['schemas']['Policy'];
      schedule: components['schemas']['Schedule'];
      version: number;
      /** @description its version when last created, resumed or given another collection */
      activated: number;
      /** Format: date-time */
      changedAt: string;
      changedBy: string;
    };
    /** @description Limits of the removal guard, and what counts as a failed member */
    Policy: {
      guard: {
        /** @default 500 */
        maxRemovals: number;
        /** @default 0.25 */
        maxShare: number;
        /** @default 50 */
        shareFrom: number;
        /** @default 2 */
        neverEmptyFrom: number;
        /** @default 72 */
        expiresAfterHours: number;
      };
      /**
       * @default fail
       * @enum {string}
       */
      withoutRecord: 'fail' | 'exclude';
      /**
       * @default fail
       * @enum {string}
       */
      otherTenant: 'fail' | 'exclude';
      /** @default null */
      fullRuns: {
        expression: string;
        /** @default UTC */
        timeZone: string;
      } | null;
    };
    /** @description When an unchanged collection is read again */
    Schedule:
      | {
          /** @constant */
          kind: 'interval';
          seconds: number;
        }
      | {
          /** @constant */
          kind: 'cron';
          expression: string;
          /** @default UTC */
          timeZone: string;
        }
      | {
          /** @constant */
          kind: 'manual';
        };
    MappingCreate: {
      tenantId: string;
      groupId: string;
      /** @description read from Entra when left out */
      groupName?: string;
      /** @description such as ABC00014 */
      collectionId: string;
      /**
       * @description needed only for a collection that the site has not shown yet
       * @enum {string}
       */
      collectionType?: 'device' | 'user';
      /** @default {} */
      policy?: components['schemas']['PolicyGiven'];
      /**
       * @default {
       *       "kind": "interval",
       *       "seconds": 300
       *     }
       */
      schedule?: components['schemas']['ScheduleGiven'];
      /**
       * @description create it paused: nothing is sent until it is resumed
       * @default false
       */
      paused?: boolean;
      /**
       * @description `require` refuses (422) a group that cannot be written; `skip` asks Entra nothing when groupName is given
       * @default require
       * @enum {string}
       */
      preflight?: 'require' | 'skip';
    };
    PolicyGiven: {
      /** @default {} */
      guard?: {
        /** @default 500 */
        maxRemovals?: number;
        /** @default 0.25 */
        maxShare?: number;
        /** @default 50 */
        shareFrom?: number;
        /** @default 2 */
        neverEmptyFrom?: number;
        /** @default 72 */
        expiresAfterHours?: number;
      };
      /**
       * @default fail
       * @enum {string}
       */
      withoutRecord?: 'fail' | 'exclude';
      /**
       * @default fail
       * @enum {string}
       */
      otherTenant?: 'fail' | 'exclude';
      /** @default null */
      fullRuns?: {
        expression: string;
        /** @default UTC */
        timeZone?: string;
      } | null;
    };
    ScheduleGiven:
      | {
          /** @constant */
          kind: 'interval';
          seconds: number;
        }
      | {
          /** @constant */
          kind: 'cron';
          expression: string;
          /** @default UTC */
          timeZone?: string;
        }
      | {
          /** @constant */
          kind: 'manual';
        };
    MappingBatch: {
      mappings: components['schemas']['MappingCreate'][];
    };
    MappingBatchResult: {
      results: {
        target: string;
        /** @description the status that creating it alone would have answered */
        status: number;
        mapping?: components['schemas']['Mapping'];
        problem?: {
          title: string;
          detail?: string;
          advice?: string;
        };
      }[];
    };
    MappingChange: {
      groupName?: string;
      /** @description gives the group to another collection: its members are replaced by a full run */
      collectionId?: string;
      /** @description only what is named changes */
      policy?: {
        guard?: {
          maxRemovals?: number;
          maxShare?: number;
          shareFrom?: number;
          neverEmptyFrom?: number;
          expiresAfterHours?: number;
        };
        /** @enum {string} */
        withoutRecord?: 'fail' | 'exclude';
        /** @enum {string} */
        otherTenant?: 'fail' | 'exclude';
        fullRuns?: {
          expression: string;
          /** @default UTC */
          timeZone?: string;
        } | null;
      };
      schedule?: components['schemas']['ScheduleGiven'];
    };
    SyncRequest: {
      /**
       * @default incremental
       * @enum {string}
       */
      kind?: 'full' | 'incremental';
    };
    Command: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      kind: 'full' | 'incremental' | 'preview' | 'resend' | 'cancel' | 'retry' | 'approve' | 'reject' | 'report';
      target: string;
      collectionId: string | null;
      planId: string | null;
      /** @enum {string} */
      state: 'sent' | 'accepted' | 'refused' | 'expired';
      /** Format: date-time */
      issuedAt: string;
      /**
       * Format: date-time
       * @description never acted on after this
       */
      expiresAt: string;
      issuedBy: string;
      answeredAt: string | null;
      /** @description what capture or the writer said to it */
      message: string | null;
    };
    PreviewRequest: {
      /** @description the mapped one by default */
      collectionId?: string;
    };
    /** @description Removals that the guard stopped; its members are those of the target with this planId */
    Plan: {
      /** Format: uuid */
      id: string;
      target: string;
      collectionId: string;
      runId: string | null;
      /** @description as it was made */
      removals: number;
      /** @description who is held by it now; what `listMembers` lists with this planId */
      held: number;
      guard: {
        held: boolean;
        /** @enum {string} */
        limit?: 'maxRemovals' | 'maxShare' | 'emptying';
        counted: number;
        size: number;
        margin: number;
      };
      /** Format: date-time */
      heldAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** @enum {string} */
      state: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied' | 'kept';
      closedAt: string | null;
      closedBy: string | null;
    };
    PlanPart: {
      /** @description directory objects of its members */
      objectIds: string[];
    };
    Run: {
      /** Format: uuid */
      id: string;
      target: string;
      collectionId: string;
      /** @enum {string} */
      kind: 'full' | 'incremental';
      trigger: string | null;
      /** @description who gave the command, or approved the plan, that it is of */
      by: string | null;
      /** @enum {string} */
      state: 'running' | 'completed' | 'failed' | 'cancelled';
      /** Format: date-time */
      startedAt: string;
      endedAt: string | null;
      /** @description until now for a run under way */
      durationSeconds: number | null;
      adds: number | null;
      removes: number | null;
      counts: {
        planned: number;
        joined: number;
        outcomes: {
          /** @default 0 */
          applied: number;
          /** @default 0 */
          removed: number;
          /** @default 0 */
          failed: number;
          /** @default 0 */
          held: number;
          /** @default 0 */
          superseded: number;
          /** @default 0 */
          unanswered: number;
          /** @default 0 */
          notNeeded: number;
          /** @default 0 */
          stopped: number;
        };
        requests: number;
        writes: number;
        throttled: number;
        unaccounted?: number;
      } | null;
      /** @description members of the group at its end */
      members: number | null;
      /** @description how far the removals were from the limits */
      guard: {
        held: boolean;
        /** @enum {string} */
        limit?: 'maxRemovals' | 'maxShare' | 'emptying';
        counted: number;
        size: number;
        margin: number;
      } | null;
      /** @description of a full run: what it found in the group, and what it could not see */
      comparison: {
        listed: number;
        unmanaged: {
          objectType: string;
          members: number;
        }[];
        unseen?: number;
        refused?: string;
      } | null;
      /** @description of the read that the run worked on */
      proof: {
        /** @enum {string} */
        verdict: 'complete' | 'partial' | 'unknown';
        /** Format: date-time */
        at: string;
        durationMs: number;
        rows: number;
        distinct: number;
        stated: number | null;
        pages: number;
        evaluatedMeanwhile: boolean;
        leaversConfirmed: number;
        why?: string;
        /** Format: date-time */
        incompleteSince?: string;
      } | null;
      readAt: string | null;
      failure: {
        code: string;
        message: string;
        advice: string;
      } | null;
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
      event: string;
      producer: string;
      /** @description of the trace that it belongs to, where the services are traced */
      traceId: string | null;
      detail: {
        [key: string]: unknown;
      };
    };
    /** @description Somebody who joined a group, left it, or failed to; kept as long as runs are */
    Movement: {
      /** Name */
      name: string;
      /**
       * Change
       * @enum {string}
       */
      change: 'joined' | 'left' | 'failed';
      /** Reason */
      reason:
        | (
            | 'NoIdentity'
            | 'NoEntraRecord'
            | 'IdentityConflict'
            | 'OtherTenant'
            | 'AmbiguousMatch'
            | 'ObjectDisabled'
            | 'ObjectDeleted'
            | 'UnsupportedResourceType'
            | 'ObjectNotFound'
            | 'MemberTypeNotAllowed'
            | 'GuestNotAllowed'
            | 'PermissionMissing'
            | 'SignInRefused'
            | 'GroupNotFound'
            | 'GroupIsDynamic'
            | 'GroupIsSynced'
            | 'GroupIsMailEnabled'
            | 'GroupIsRoleAssignable'
            | 'GroupIsFull'
            | 'Throttled'
            | 'ConcurrentChange'
            | 'GraphUnavailable'
            | 'NoAnswer'
            | 'RequestRefused'
            | 'RemovalHeld'
            | 'RemovalRejected'
            | 'KeptUnmanaged'
            | 'RemovalExpired'
          )
        | null;
      /**
       * Time
       * Format: date-time
       */
      time: string;
      /** Resource Id */
      resourceId: number | null;
      /** Directory object */
      objectId: string | null;
    };
    Preview: {
      /** Format: uuid */
      id: string;
      target: string;
      collectionId: string;
      /** @description false while its members are still arriving */
      complete: boolean;
      /** Format: date-time */
      at: string;
      add: number;
      remove: number;
      keep: number;
      unresolved: number;
      /** @description the guard would stop the removals */
      wouldHold: boolean;
    };
    PreviewMember: {
      resourceId: number | null;
      objectId: string | null;
      name: string;
      /** @enum {string} */
      change: 'add' | 'remove' | 'keep' | 'unresolved';
      reason: string | null;
      advice: string | null;
    };
    Tenant: {
      tenantId: string;
      /** @description there is a credential for it */
      configured: boolean;
      /** @description the switch of the whole tenant */
      enabled: boolean;
      changedAt: string | null;
      changedBy: string | null;
      mappings: number;
      /** @description mappings that its switch stops when it goes off */
      stoppable: number;
      /** @description mappings that only its switch has stopped; they resume when it goes on */
      stopped: number;
      directory: components['schemas']['Upstream'] | null;
      /** @description of the first application that writes */
      budget: components['schemas']['Upstream'] | null;
      /** @description of each application that writes: `tenant id` for the first, `tenant id/client id` for others; then `tenant id/*` for all applications of the tenant together */
      budgets: components['schemas']['Upstream'][];
    };
    /** @description State of a site, of a tenant’s directory mirror, or of its write budget */
    Upstream: {
      /** @enum {string} */
      kind: 'site' | 'directory' | 'budget';
      /** @description site code, `unnamed` until the site has stated it; tenant id */
      name: string;
      /** @enum {string} */
      state: 'loading' | 'ready' | 'unavailable';
      code: string | null;
      reason: string | null;
      progress: {
        done: number;
        total: number | null;
        unit: string;
      } | null;
      /** Format: date-time */
      since: string;
      /** Format: date-time */
      checkedAt: string;
      /**
       * Format: date-time
       * @description when the service that reads or writes it last reported; it does so every minute
       */
      reportedAt: string;
      /** @description null when it never worked, or its service is of a release that does not tell */
      lastSuccess: string | null;
      /** @description of a site: the host that it is reached by */
      address: string | null;
      /** @description of a directory: what AADDeviceID and AADUserID of the site were found to hold; null until some were looked up */
      siteIds: {
        devices: ('deviceId' | 'objectId') | null;
        users: ('objectId' | 'unknown') | null;
      } | null;
      /** @description of a budget: `writes` left of at most `writeLimit`, which fill within `writeWindowMs`; `patchWeight`, the writes that one PATCH is booked with; `units` left; `blockedMs` and `throttled`, for 429s. Of a directory: `devices`, `users`. Of a site: `collections` */
      figures: {
        [key: string]: number;
      };
    };
    TenantSwitch: {
      enabled: boolean;
    };
    Group: {
      groupId: string;
      groupName: string;
      description: string | null;
      writable: boolean;
      problems: components['schemas']['Finding'][];
      warnings: components['schemas']['Finding'][];
      /** @description the collection that it is synchronised with already */
      collectionId: string | null;
      /** @description the site does not show it any more: the group may be given to another one */
      collectionMissing: boolean;
    };
    Finding: {
      code: string;
      message: string;
    };
    Relation: {
      collectionId: string;
      collectionName: string;
      /** @enum {string} */
      collectionType: 'device' | 'user' | 'other';
      groupId: string;
      groupName: string;
      /** @description null when the site does not say and several tenants are configured */
      tenantId: string | null;
      /**
       * @description `conflict`: the group is mapped to another collection, or claimed by several relations
       * @enum {string}
       */
      state: 'open' | 'taken over' | 'conflict';
      mappedCollectionId: string | null;
      /**
       * Format: date-time
       * @description when the site last said so
       */
      asOf: string;
      /** @description the site does not list the collection any more */
      missing: boolean;
    };
    TakeOver: {
      /** @description all that are not taken over yet by default */
      relations?: {
        /** @description such as ABC00014 */
        collectionId: string;
        groupId: string;
        tenantId?: string;
      }[];
      /**
       * @description create them paused, to be resumed once the product has let go
       * @default true
       */
      paused?: boolean;
    };
    TakeOverResult: {
      results: {
        target: string;
        /** @description the status that creating it alone would have answered */
        status: number;
        mapping?: components['schemas']['Mapping'];
        problem?: {
          title: string;
          detail?: string;
          advice?: string;
        };
        collectionId: string;
        collectionName: string;
        groupId: string;
        /** @description as the product knows it */
        groupName: string;
        asOf: string | null;
        /** @description what works, but should be known */
        notes: string[];
      }[];
    };
    Why: {
      traces: {
        /** @description null: not known */
        inGroup: boolean | null;
        conclusion: string;
        /** @description what Microsoft Graph lists now; null when it was not asked */
        graph: {
          inGroup: boolean | null;
          detail: string;
        } | null;
        member: components['schemas']['Member'] | null;
        /** @description other synchronised collections that name somebody of this name */
        elsewhere: {
          collectionId: string;
          collectionName: string;
          groupName: string;
        }[];
        /** @description what happened to this name in the group, newest first */
        timeline: components['schemas']['Movement'][];
        steps: components['schemas']['WhyStep'][];
      }[];
    };
    WhyStep: {
      /** @enum {string} */
      step:
        | 'mapped'
        | 'collection known'
        | 'read complete'
        | 'in the collection'
        | 'identity resolved'
        | 'merged'
        | 'applied';
      /** @enum {string} */
      state: 'yes' | 'no' | 'waiting' | 'unknown';
      /** @description what is known, and what to do if it is not as wanted */
      detail: string;
      at: string | null;
    };
    Alert: {
      /** @enum {string} */
      kind: 'part' | 'service' | 'site' | 'directory' | 'tenantOff';
      /** @description a part of this service, a service, a site code or a tenant id */
      name: string;
      /** @enum {string} */
      severity: 'error' | 'warning' | 'info';
      /** Format: date-time */
      since: string;
      title: string;
      /** @description the reason, and what to do */
      message: string;
      /** @description what is still right of what is shown, and what goes on */
      stillTrue: string;
      /** @description the tenant that it concerns; null when it concerns every group */
      tenantId: string | null;
      /** @description groups that it concerns */
      targets: number;
    };
    AuditEntry: {
      id: number;
      /** Format: date-time */
      at: string;
      /** @description name; two people may share it */
      actor: string;
      role: string;
      action: string;
      subject: string;
      detail: {
        [key: string]: unknown;
      };
      /** @description who vouched for the caller; `topic` for a record adopted from the bus */
      issuer: string | null;
      /** @description the caller at that issuer, unique and lasting */
      actorSubject: string | null;
      /** @description object id of the caller in Entra ID */
      objectId: string | null;
      /** @description the program that called, as it names itself */
      client: string | null;
      address: string | null;
      /** @description all settings before the change */
      before: {
        [key: string]: unknown;
      } | null;
      /** @description all settings after it */
      after: {
        [key: string]: unknown;
      } | null;
    };
    AuditVerification: {
      whole: boolean;
      lines: number;
      /** @description lines so new that they wait for their hash */
      unsealed: number;
      /** @description ids of the first ten lines where the chain is broken */
      broken: number[];
    };
    DeadLetter: {
      topic: string;
      partition: number;
      offset: string;
      consumer: string;
      key: string;
      code: string;
      why: string;
      /** Format: date-time */
      at: string;
      headers: {
        [key: string]: string;
      };
      cut: boolean;
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
  listCollections: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description part of the name or id of the collection or group */
        search?: string;
        status?: 'Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale';
        mapped?: 'true' | 'false';
        type?: 'Device' | 'User' | 'Other';
        tenantId?: string;
        /** @description such as ABC00014 */
        collectionId?: string;
        sort?:
          | 'collectionName'
          | 'collectionId'
          | 'groupName'
          | 'cloudSyncStatus'
          | 'memberCount'
          | 'syncCompleted'
          | 'syncInProgress'
          | 'syncWaiting'
          | 'syncFailed'
          | 'syncHeld'
          | 'lastSyncTime'
          | 'lastFullSyncTime';
        order?: 'asc' | 'desc';
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
  getTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
  listMembers: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        state?: 'Success' | 'In Progress' | 'Waiting' | 'Failed' | 'Excluded' | 'Held' | 'Removing' | 'Kept';
        reason?:
          | 'NoIdentity'
          | 'NoEntraRecord'
          | 'IdentityConflict'
          | 'OtherTenant'
          | 'AmbiguousMatch'
          | 'ObjectDisabled'
          | 'ObjectDeleted'
          | 'UnsupportedResourceType'
          | 'ObjectNotFound'
          | 'MemberTypeNotAllowed'
          | 'GuestNotAllowed'
          | 'PermissionMissing'
          | 'SignInRefused'
          | 'GroupNotFound'
          | 'GroupIsDynamic'
          | 'GroupIsSynced'
          | 'GroupIsMailEnabled'
          | 'GroupIsRoleAssignable'
          | 'GroupIsFull'
          | 'Throttled'
          | 'ConcurrentChange'
          | 'GraphUnavailable'
          | 'NoAnswer'
          | 'RequestRefused'
          | 'RemovalHeld'
          | 'RemovalRejected'
          | 'KeptUnmanaged'
          | 'RemovalExpired';
        /** @description begin of the name */
        search?: string;
        planId?: string;
        /** @description only members that the collection does not name and nobody here added, or only the others */
        unmanaged?: 'true' | 'false';
        order?: 'asc' | 'desc';
      };
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
  searchResources: {
    parameters: {
      query: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description begin of the name, a ResourceID, or a directory object id */
        search: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A device or user over all groups: in which, because of which collection, with which state, since when */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ResourceInGroup'][];
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
  listMappings: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        tenantId?: string;
        /** @description such as ABC00014 */
        collectionId?: string;
        /** @description deleted ones are shown only when asked for */
        state?: 'active' | 'paused' | 'deleting' | 'deleted';
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
      query?: {
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
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
      /** @description What it would be; nothing was done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description Synchronise a collection to a group */
      201: {
        headers: {
          /** @description /api/v1/mappings/{tenantId}/{groupId} */
          Location?: string;
          /** @description its version, for `If-Match` */
          ETag?: string;
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
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One mapping */
      200: {
        headers: {
          /** @description its version, for `If-Match` */
          ETag?: string;
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
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description `ETag` of the answer that the change is made from: refused (412) when somebody has changed it since */
        'If-Match'?: string;
      };
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What it would be; nothing was done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description Stop synchronising a group */
      202: {
        headers: {
          /** @description /api/v1/mappings/{tenantId}/{groupId} */
          Location?: string;
          /** @description its version, for `If-Match` */
          ETag?: string;
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
      /** @description It is not the version that `If-Match` names: somebody has changed it. */
      412: {
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
      query?: {
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description `ETag` of the answer that the change is made from: refused (412) when somebody has changed it since */
        'If-Match'?: string;
      };
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
          /** @description its version, for `If-Match` */
          ETag?: string;
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
      /** @description It is not the version that `If-Match` names: somebody has changed it. */
      412: {
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
      query?: {
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
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
  pauseMapping: {
    parameters: {
      query?: never;
      header?: {
        /** @description `ETag` of the answer that the change is made from: refused (412) when somebody has changed it since */
        'If-Match'?: string;
      };
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Pause a mapping: nothing is sent, a run under way stops */
      200: {
        headers: {
          /** @description its version, for `If-Match` */
          ETag?: string;
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
      /** @description It is not the version that `If-Match` names: somebody has changed it. */
      412: {
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
      header?: {
        /** @description `ETag` of the answer that the change is made from: refused (412) when somebody has changed it since */
        'If-Match'?: string;
      };
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Resume a mapping with a full run */
      200: {
        headers: {
          /** @description its version, for `If-Match` */
          ETag?: string;
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
      /** @description It is not the version that `If-Match` names: somebody has changed it. */
      412: {
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
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  resendContent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Send the complete content of the collection again */
      202: {
        headers: {
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Try failed members again now */
      202: {
        headers: {
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  cancelRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Stop the run under way; what is wanted stays wanted */
      202: {
        headers: {
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  reportTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ask the writer to report all members again, which rebuilds what is shown here */
      202: {
        headers: {
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  previewTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  listCommands: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
  listPlans: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        state?: 'open' | 'approved' | 'rejected' | 'expired' | 'emptied' | 'kept';
        /** @description those that still hold somebody: open ones, rejected or expired ones until a full run, and kept ones */
        holding?: 'true' | 'false';
        tenantId?: string;
        /** @description needs tenantId */
        groupId?: string;
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
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
      /** @description Reject a plan: its members stay until a full run plans them again */
      202: {
        headers: {
          /** @description /api/v1/commands/{id} */
          Location?: string;
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
  approvePart: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanPart'];
      };
    };
    responses: {
      /** @description Approve some members of a plan; the others go on being held */
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
  keepPlan: {
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
      /** @description Keep the members of a plan as unmanaged: full runs leave them */
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
  listRuns: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        tenantId?: string;
        /** @description needs tenantId */
        groupId?: string;
        /** @description such as ABC00014 */
        collectionId?: string;
        state?: 'running' | 'completed' | 'failed' | 'cancelled';
        kind?: 'full' | 'incremental';
        /** @description begun not before */
        from?: string;
        /** @description begun before */
        to?: string;
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
  listRunMembers: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        change?: 'joined' | 'left' | 'failed';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who joined, left or failed in a run, in order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Movement'][];
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
  exportRunMembers: {
    parameters: {
      query?: {
        format?: 'csv' | 'json';
        change?: 'joined' | 'left' | 'failed';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who joined, left or failed in a run, as a file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/json': components['schemas']['Movement'][];
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
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        change?: 'add' | 'remove' | 'keep' | 'unresolved';
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
  switchTenant: {
    parameters: {
      query?: {
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
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
            tenantId: string;
            enabled: boolean;
            /** @description those that it pauses or resumes */
            targets: string[];
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
  searchGroups: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
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
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
      query?: {
        /** @description true: check and answer as if it were done, and do nothing */
        dryRun?: 'true' | 'false';
      };
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
          'application/json': components['schemas']['TakeOverResult'];
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
  whyMember: {
    parameters: {
      query?: {
        /** @description ResourceID */
        resource?: number;
        name?: string;
        /** @description directory object id */
        object?: string;
        /** @description true asks Microsoft Graph too whether it is in the group now */
        graph?: 'true' | 'false';
      };
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
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
  exportCollections: {
    parameters: {
      query?: {
        format?: 'csv' | 'json';
        /** @description part of the name or id of the collection or group */
        search?: string;
        status?: 'Success' | 'Partial Success' | 'Failed' | 'In Progress' | 'Held' | 'Paused' | 'Stale';
        mapped?: 'true' | 'false';
        type?: 'Device' | 'User' | 'Other';
        tenantId?: string;
        /** @description such as ABC00014 */
        collectionId?: string;
        sort?:
          | 'collectionName'
          | 'collectionId'
          | 'groupName'
          | 'cloudSyncStatus'
          | 'memberCount'
          | 'syncCompleted'
          | 'syncInProgress'
          | 'syncWaiting'
          | 'syncFailed'
          | 'syncHeld'
          | 'lastSyncTime'
          | 'lastFullSyncTime';
        order?: 'asc' | 'desc';
        /** @description fields of the CSV, by name and separated by commas; all without it */
        columns?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The rows of the collections page as a file: all, or those that a filter leaves */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/json': components['schemas']['CollectionRow'][];
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
        state?: 'Success' | 'In Progress' | 'Waiting' | 'Failed' | 'Excluded' | 'Held' | 'Removing' | 'Kept';
        reason?:
          | 'NoIdentity'
          | 'NoEntraRecord'
          | 'IdentityConflict'
          | 'OtherTenant'
          | 'AmbiguousMatch'
          | 'ObjectDisabled'
          | 'ObjectDeleted'
          | 'UnsupportedResourceType'
          | 'ObjectNotFound'
          | 'MemberTypeNotAllowed'
          | 'GuestNotAllowed'
          | 'PermissionMissing'
          | 'SignInRefused'
          | 'GroupNotFound'
          | 'GroupIsDynamic'
          | 'GroupIsSynced'
          | 'GroupIsMailEnabled'
          | 'GroupIsRoleAssignable'
          | 'GroupIsFull'
          | 'Throttled'
          | 'ConcurrentChange'
          | 'GraphUnavailable'
          | 'NoAnswer'
          | 'RequestRefused'
          | 'RemovalHeld'
          | 'RemovalRejected'
          | 'KeptUnmanaged'
          | 'RemovalExpired';
        /** @description begin of the name */
        search?: string;
        planId?: string;
        /** @description only members that the collection does not name and nobody here added, or only the others */
        unmanaged?: 'true' | 'false';
        order?: 'asc' | 'desc';
      };
      header?: never;
      path: {
        /** @description tenant id */
        tenant: string;
        /** @description object id of the group */
        group: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Members of a target as a file: all, or those that a filter leaves */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/json': components['schemas']['Member'][];
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
  streamEvents: {
    parameters: {
      query?: {
        /** @description some of collection, target, mapping, run, plan, command, preview, upstream, tenant, dead-letter, separated by commas */
        kinds?: string;
        /** @description only this key, such as tenant/group */
        key?: string;
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
  listAlerts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What keeps groups from being kept equal now: something outside is away, a service is silent, a tenant is off */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Alert'][];
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
  listAudit: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description name, object id, or subject at the issuer */
        actor?: string;
        /** @description tenant/group, a tenant, a plan */
        subject?: string;
        action?: string;
        /** @description all actions on one kind of thing */
        kind?: 'mapping' | 'command' | 'tenant';
        /** @description not before */
        from?: string;
        /** @description before */
        to?: string;
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
  exportAudit: {
    parameters: {
      query?: {
        format?: 'csv' | 'json' | 'ndjson';
        /** @description name, object id, or subject at the issuer */
        actor?: string;
        /** @description tenant/group, a tenant, a plan */
        subject?: string;
        action?: string;
        /** @description all actions on one kind of thing */
        kind?: 'mapping' | 'command' | 'tenant';
        /** @description not before */
        from?: string;
        /** @description before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The audit log, or the part that fits, as a file, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/json': components['schemas']['AuditEntry'][];
          'application/x-ndjson': string;
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
  verifyAudit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Whether a line of the audit log was changed or taken out */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditVerification'];
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
  listDeadLetters: {
    parameters: {
      query?: {
        /** @description items on the page */
        limit?: number;
        /** @description `next` of the page before */
        cursor?: string;
        topic?: string;
        code?: string;
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
}
