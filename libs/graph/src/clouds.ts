/**
 * Graph root and sign-in authority of each cloud; tokens are not interchangeable. GCC uses the global one. Another root and authority are
 * given by hand. https://learn.microsoft.com/graph/deployments; Bleu (France), Delos (Germany) and GovSG (Singapore) have their own metadata
 * in microsoftgraph/msgraph-metadata (schemas/v1.0-*.csdl), and their addresses in Connect-MgGraph of microsoftgraph/msgraph-sdk-powershell.
 */
export const CLOUD_ENDPOINTS = {
  global: { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' },
  'gcc-high': { graph: 'https://graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  dod: { graph: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.chinacloudapi.cn' },
  bleu: { graph: 'https://graph.svc.sovcloud.fr', authority: 'https://login.sovcloud-identity.fr' },
  delos: { graph: 'https://graph.svc.sovcloud.de', authority: 'https://login.sovcloud-identity.de' },
  govsg: { graph: 'https://graph.svc.sovcloud.sg', authority: 'https://login.sovcloud-identity.sg' },
} as const satisfies Record<string, { graph: string; authority: string }>;

export type Cloud = keyof typeof CLOUD_ENDPOINTS;
export const CLOUDS = Object.keys(CLOUD_ENDPOINTS) as [Cloud, ...Cloud[]];
