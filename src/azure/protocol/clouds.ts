/** Where a cloud signs people in, and what its storage addresses end in. */
export type Cloud = { name: string; authority: string; suffix: string };

/** learn.microsoft.com/entra/identity-platform/authentication-national-cloud; the token's scope is the same in all. */
export const CLOUDS = {
  public: { name: 'Azure', authority: 'https://login.microsoftonline.com', suffix: 'core.windows.net' },
  usGovernment: {
    name: 'Azure US Government',
    authority: 'https://login.microsoftonline.us',
    suffix: 'core.usgovcloudapi.net',
  },
  china: {
    name: 'Azure in China (21Vianet)',
    authority: 'https://login.chinacloudapi.cn',
    suffix: 'core.chinacloudapi.cn',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof CLOUDS;

export const isCloudName = (name: unknown): name is CloudName =>
  typeof name === 'string' && Object.hasOwn(CLOUDS, name);

/** The cloud that an endpoint is in, as far as its address tells; the public one for custom domains and emulators. */
export function cloudOf(endpoint: string): CloudName {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  const found = (Object.keys(CLOUDS) as CloudName[]).find((name) => host.endsWith(`.${CLOUDS[name].suffix}`));
  return found ?? 'public';
}

/** What tokens for storage are asked for, in every cloud; what they then name as their audience. */
export const STORAGE_RESOURCE = 'https://storage.azure.com';
