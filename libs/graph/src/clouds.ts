export const CLOUDS = ['global', 'gcc-high', 'dod', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

/**
 * Graph root and sign-in authority of each national cloud; tokens are not interchangeable. GCC uses the global one.
 * https://learn.microsoft.com/graph/deployments
 */
export const CLOUD_ENDPOINTS: Readonly<Record<Cloud, { readonly graph: string; readonly authority: string }>> = {
  global: { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' },
  'gcc-high': { graph: 'https://graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  dod: { graph: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.chinacloudapi.cn' },
};
