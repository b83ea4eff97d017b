import type { Manifest } from './manifests.js';

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly lifecycle?: { readonly preStop?: object };
  readonly args?: string[];
  readonly env?: { readonly name: string; readonly value?: string }[];
  readonly envFrom?: { readonly configMapRef?: { readonly name: string } }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: string[] };
  };
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

export interface Pod {
  /** of what makes it, such as Deployment/status */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: {
    readonly containers: Container[];
    readonly initContainers?: Container[];
    readonly volumes?: { readonly name: string; readonly secret?: object }[];
    readonly securityContext?: {
      readonly runAsNonRoot?: boolean;
      readonly seccompProfile?: { readonly type?: string };
    };
  };
}

interface Template {
  readonly template?: { readonly metadata?: { readonly labels?: Record<string, string> }; readonly spec: Pod['spec'] };
}

export const isOurs = ({ image }: Container): boolean => /(^|\/)collection-sync(:|$)/.test(image);

export const allOf = ({ spec }: Pod): Container[] => [...(spec.initContainers ?? []), ...spec.containers];

export const podsOf = (manifests: readonly Manifest[]): Pod[] =>
  manifests.flatMap(({ kind, metadata, spec }) => {
    const template = (spec as Template | undefined)?.template;
    return template
      ? [{ name: `${kind}/${metadata.name}`, labels: template.metadata?.labels ?? {}, spec: template.spec }]
      : [];
  });
